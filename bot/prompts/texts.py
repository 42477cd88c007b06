"""The words of a prompt: frozen from the library, checked against Discord's limits, and named for its thread."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Sequence

from bot.errors import UserError
from bot.models.library import Excerpt, Passage, Source
from bot.models.prompts import Prompt, Series, Wording
from bot.text.clean import clean_line
from bot.text.headings import shorten_path
from bot.text.markdown import escape_line
from bot.text.unbroken import find_sentence_ends
from bot.text.words import human_join, shorten

CARD_CHARACTERS = 4000
CARD_COMPONENTS = 40
THREAD_NAME = 100

LIMITS = {
    "text": ("The excerpt", 1800),
    "question": ("The question", 300),
    "source_title": ("The report’s title", 200),
    "heading": ("The heading", 200),
    "publisher": ("The publisher", 150),
    "address": ("The address", 300),
    "licence": ("The right to quote", 150),
    "place": ("The place", 100),
    "series_title": ("The series’ title", 100),
}
"""What a part is called, and its most characters. Together they leave 700 of a card's 4,000 for its own lines."""
NEEDED = ("text", "question", "source_title")
FEW_LEFT = 2
SHORT_QUESTION = 120
SHOWN_WORDS = 45
"""How many words of a passage a card shows; a phone then shows the buttons too."""
EMPTY = "{name} is empty. Write it first, then try again."
TOO_LONG = "This prompt is too long for one Discord message. Shorten the excerpt or the question."
LACKS_QUESTION = "Excerpt {} in “{}” isn’t posted before it has a question. {}"
LACK_QUESTIONS = "Excerpts {} in “{}” aren’t posted before they have a question. {}"
BUTTON_ELSEWHERE, BUTTON_BELOW = "/series has a button for it.", "Use the button below."
MOST_NAMED = 5
"""How many excerpts without a question are named."""
ONE_LEFT = "There’s only one excerpt left in “{series}”. Mark more in /library, then add them with /series."


MISSING = {"title": "what the report is called", "publisher": "who published it", "year": "when it came out"}
"""What a file may leave open, and facilitators are asked for before the first prompt."""


def freeze_wording(
    excerpt: Excerpt,
    source: Source,
    *,
    series_title: str = "",
    number: int | None = None,
    answer_days: int | None = None,
) -> Wording:
    """Return the words of a prompt as they are now; later changes of the library leave them as they are.

    Of a long path of headings, those that fit a card.
    """
    passage, details = excerpt.passage, source.details
    return Wording(
        text=passage.text.strip(),
        own_words=passage.own_words,
        question=passage.question.strip(),
        source_title=details.title.strip(),
        publisher=details.publisher.strip(),
        year=details.year,
        address=details.address.strip(),
        licence=details.licence.strip(),
        heading=shorten_path(passage.heading.strip(), LIMITS["heading"][1]),
        place=place_text(passage),
        series_title=series_title.strip(),
        number=number,
        answer_days=answer_days,
    )


def place_text(passage: Passage) -> str:
    """Say where a passage is in its source, such as "pages 12 to 13"; empty if that is not known."""
    if passage.place or passage.page_from is None:
        return passage.place.strip()
    if passage.page_to is None or passage.page_to == passage.page_from:
        return f"page {passage.page_from}"
    return f"pages {passage.page_from} to {passage.page_to}"


def check_wording(wording: Wording) -> None:
    """Raise UserError when a part of the prompt is empty, is too long, or is an address that is no web address."""
    for field, (name, limit) in LIMITS.items():
        value: str = getattr(wording, field)
        if field in NEEDED and not clean_line(value):
            raise UserError(EMPTY.format(name=name))
        if len(value) > limit:
            raise UserError(f"{name} has {len(value):,} characters. Shorten it to {limit:,} or fewer.")
    if wording.address and not re.fullmatch(r"https?://[^\s<>()\[\]]+", wording.address):
        raise UserError("The report’s address has to be a web address that starts with https:// and has no spaces.")


def check_card(lines: Iterable[str], components: int) -> None:
    """Raise UserError when a card as it will be sent (each text part, and all its components) is more than fits."""
    # Discord's strictest reader counts UTF-16 code units: an emoji takes two.
    length = sum(len(line.encode("utf-16-le", "surrogatepass")) // 2 for line in lines)
    if length > CARD_CHARACTERS or components > CARD_COMPONENTS:
        raise UserError(TOO_LONG)


def thread_name(wording: Wording) -> str:
    """Return a name of 1 to 100 characters for the prompt's thread: its number in the series and its question."""
    number = "" if wording.number is None else f"{wording.number}. "
    heading = shorten_path(clean_line(wording.heading), THREAD_NAME - len(number))
    topics = (clean_line(wording.question), heading, clean_line(wording.source_title))
    name = number + next(filter(None, topics), "Prompt")
    cut = textwrap.shorten(name, THREAD_NAME, placeholder=" …")
    # A first word that is longer than a name leaves only the placeholder.
    return cut if len(cut) > THREAD_NAME // 2 or len(name) <= THREAD_NAME else name[: THREAD_NAME - 1] + "…"


def shorten_passage(text: str, most: int = SHOWN_WORDS) -> str:
    """Return a passage of at most ``most`` words, whole if it has no more; else up to a sentence's end, with " …".

    Where the last whole sentence would leave less than a third of that, it is cut between two words.
    """
    words = list(re.finditer(r"\S+", text))
    if len(words) <= most:
        return text
    room = text[: words[most - 1].end()]
    ends = find_sentence_ends(text[: words[most].end()])
    cut = room[: ends[-1]] if ends and len(room[: ends[-1]].split()) * 3 >= most else room
    return f"{cut} …"


def format_missing(missing: Collection[str]) -> str:
    """Say which details of a report, by their names, could not be found; empty if none is missing."""
    unknown = [phrase for name, phrase in MISSING.items() if name in missing]
    return f"The bot couldn’t find out {human_join(unknown)}." if unknown else ""


def quote_question(prompt: Prompt) -> str:
    """Quote a prompt's question as reports do, escaped."""
    return f"“{escape_line(prompt.wording.question, SHORT_QUESTION)}”"


def series_warnings(series: Series, waiting: Sequence[Excerpt], *, where: str = BUTTON_ELSEWHERE) -> tuple[str, ...]:
    """Say what a facilitator should know of a series: excerpts running out, and excerpts without a question.

    ``waiting`` are the excerpts still to be posted, in order; ``where`` says where one gets its question.
    """
    warnings = []
    if not waiting:
        warnings.append(
            f"There are no excerpts left in “{series.title}”, so nothing more is posted. "
            "Mark more in /library, then add them with /series."
        )
    elif len(waiting) < FEW_LEFT:
        warnings.append(ONE_LEFT.format(series=series.title))
    missing = [str(excerpt.position) for excerpt in waiting if not clean_line(excerpt.question)]
    if missing:
        more = [f"{len(missing) - MOST_NAMED} more"] if len(missing) > MOST_NAMED else []
        which = human_join([*missing[:MOST_NAMED], *more])
        warnings.append(
            (LACKS_QUESTION if len(missing) == 1 else LACK_QUESTIONS).format(which, shorten(series.title, 60), where)
        )
    return tuple(warnings)
