"""How a card tells each part of a summary, in Discord's Markdown; people's words are escaped and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.models.summaries import Balance, Disagreement, KeyPoint, Quote, Side, Summary
from bot.summaries.output.counts import format_checked_count, says_something
from bot.summaries.output.plain_text import (
    NOT_QUOTED,
    UNQUOTED_POINT,
    format_supporters,
    format_unquoted,
    format_unquoted_people,
)
from bot.summaries.output.point_groups import ERASED
from bot.summaries.output.returning_themes import NAMED, ThemeAcrossWeeks, format_compared
from bot.summaries.output.returning_themes import TITLE as COMES_BACK
from bot.text.links import link_words
from bot.text.markdown import escape
from bot.text.quotes import nest_quotes, quote
from bot.text.words import count_people, plural
from cogs.summaries.pages import cut_words

USUAL_VECTORS = "TF-IDF"
IN_WORDS_OF_FACILITATOR = "{heading} (facilitator’s words)"
NOTE = "Facilitator’s note: {note}"
UNQUOTED_MATTER = "something that may not be quoted"
DISPUTED = "### People see this differently: {disputed}"
SPLIT = "Opinion is split on {disputed}: in replies, {one} on one side, {other} on the other."
UNCHECKED = "This isn’t checked."
MORE_SPLIT = "And on something else too."
SIDES = "One side", "The other side"
BOTH_SAY = "What both say:"
QUESTIONS = "### What people asked"
BALANCE = "The most active tenth of {people} wrote {percent}% of the words."
METHOD = "Similar replies were found with {vectors}."


LONGEST_BACK = 120
"""Characters of a heading of a point below a theme that comes back."""
MOST_BACK, MOST_WEEKS = 3, 12
"""Points and weeks that are written out of a theme that comes back: the points of most people, the latest weeks."""
MORE_BACK, EARLIER = "- {points} in this summary.", "{weeks} earlier"


@dataclass(frozen=True, slots=True)
class CardLimits:
    """How much is shown of each part: characters of a quotation, quotations of a point or a side, links or none.

    ``addresses`` holds addresses of messages by the ids that quotes use; it is empty where others see the card.
    """

    length: int
    quotes: int = 2
    links: bool = True
    addresses: Mapping[str, str] = field(default_factory=dict)

    def quoted(self, quote: Quote) -> str:
        """Return somebody's words in quotation marks, with a link to their message."""
        return mark_words(quote.text, self.length) + self.link(quote)

    def link(self, quote: Quote) -> str:
        """Write the way to a quote's message."""
        address = self.addresses.get(quote.message) if self.links else None
        return f" ([message]({address}))" if address else ""


def mark_words(text: str, length: int) -> str:
    """Put words in quotation marks; those that are left out show as an ellipsis outside of the marks."""
    part, cut = cut_words(text, length)
    return f"{escape(quote(part))}{' …' * cut}"


def format_words(text: str, length: int) -> str:
    """Write words that are no quotation, such as a facilitator's."""
    part, cut = cut_words(text, length)
    return f"{escape(part)}{' …' * cut}"


def format_statement(point: KeyPoint, length: int) -> str:
    """Write a point's statement as a quotation; where a facilitator gave it other words, these, marked as theirs."""
    if point.review is not None and point.review.words.strip():
        return IN_WORDS_OF_FACILITATOR.format(heading=format_words(nest_quotes(point.review.words), length))
    if point.statement == NOT_QUOTED:
        return UNQUOTED_POINT
    return mark_words(point.statement, length) if point.statement else ERASED


def list_shown_quotes(point: KeyPoint) -> tuple[Quote, ...]:
    """Return the supporters' quotes without those that a facilitator chose to count only, or whose authors said no."""
    hidden = frozenset(point.review.unquoted) if point.review is not None else frozenset()
    return tuple(quote for quote in point.quotes if quote.text and quote.message not in hidden)


def list_telling_quotes(point: KeyPoint) -> tuple[Quote, ...]:
    """Return the quotes that tell something: no "+1", and none whose words head the point already."""
    reworded = point.review is not None and point.review.words.strip()
    head = "" if reworded else _normalise(point.statement)
    return tuple(
        quote for quote in list_shown_quotes(point) if says_something(quote) and _normalise(quote.text) != head
    )


def format_point(number: int, point: KeyPoint, room: CardLimits, course: str = "") -> str:
    """Write a point's heading, who said it, and some of their words, but no quote that adds nothing to the heading."""
    shown, telling = list_shown_quotes(point), list_telling_quotes(point)
    is_head = bool(shown) and shown[0] not in telling and _normalise(shown[0].text) == _normalise(point.statement)
    link = room.link(shown[0]) if is_head else ""
    lines = [f"### {number}. {format_statement(point, room.length)}{link}", format_checked_count(point)]
    lines += [course] if course else []
    lines += [f"> {room.quoted(quote)}" for quote in telling[: max(room.quotes - is_head, min(room.quotes, 1))]]
    if point.review is not None and point.review.note.strip():
        lines.append(NOTE.format(note=format_words(nest_quotes(point.review.note), room.length)))
    return "\n".join(lines)


def format_brief_point(point: KeyPoint, length: int) -> str:
    """Write a point for the first screen: its heading, and below it who made it."""
    return f"**{format_statement(point, length)}**\n{format_checked_count(point)}"


def format_split(disagreements: Sequence[Disagreement], length: int, *, beside_checked: bool = False) -> str:
    """Say in a line on what people differ; empty where they do not. ``beside_checked`` points, it says it is not."""
    if not disagreements:
        return ""
    first = disagreements[0]
    one, other = (format_supporters(side.people, side.private) for side in first.sides)
    line = SPLIT.format(disputed=_format_disputed(first, length), one=one, other=other)
    return " ".join([line, *([MORE_SPLIT] if len(disagreements) > 1 else []), *([UNCHECKED] if beside_checked else [])])


def format_disagreement(disagreement: Disagreement, room: CardLimits) -> str:
    """Say what is disputed, each side with its people and some of their words, and what both sides say."""
    lines = [DISPUTED.format(disputed=_format_disputed(disagreement, room.length))]
    for name, side in zip(SIDES, disagreement.sides, strict=True):
        lines += [f"{name}, {format_supporters(side.people, side.private)}:", *_side(side, room)]
    if disagreement.common and room.quotes:
        lines += [BOTH_SAY, *(f"> {room.quoted(quote)}" for quote in disagreement.common[: room.quotes])]
    return "\n".join(lines)


def format_returning_themes(found: Sequence[ThemeAcrossWeeks], room: CardLimits) -> str:
    """Write one or more themes that come back, each with its weeks and its points."""
    head = " ".join(line for line in (NAMED, format_compared(found)) if line)
    themes = "\n\n".join(_format_theme(theme, room) for theme in found)  # or a name would be in the list before it
    return "\n".join([f"### {COMES_BACK}", head, themes])


def _format_theme(theme: ThemeAcrossWeeks, room: CardLimits) -> str:
    left_out = len(theme.weeks) - MOST_WEEKS
    weeks = [EARLIER.format(weeks=left_out)] if left_out > 0 else []
    weeks += [link_words(week.day, week.address if room.links else "") for week in theme.weeks[-MOST_WEEKS:]]
    length = min(room.length, LONGEST_BACK)
    lines = [f"**{format_words(theme.name, room.length)}**: {', '.join(weeks)}"]
    lines += [theme.together] if theme.together else []
    shown = theme.points[: MOST_BACK if room.quotes else 1]
    for point in shown:
        count = f" {format_checked_count(point)}" if point.is_shared else ""
        lines.append(f"- {format_statement(point, length)}{count}")
    if more := len(theme.points) - len(shown):
        lines.append(MORE_BACK.format(points=plural(more, "more point", "more points")))
    return "\n".join(lines)


def format_questions(questions: Sequence[Quote], room: CardLimits) -> str:
    """List the questions that people asked."""
    return "\n".join([QUESTIONS, *(f"- {room.quoted(question)}" for question in questions if question.text)])


def format_balance(balance: Balance) -> str:
    """Say how much of the text came from the most active tenth, without names."""
    return BALANCE.format(people=count_people(balance.people), percent=balance.percent)


def format_method(summary: Summary) -> str:
    """Say how likeness was measured, unless it was in the usual way."""
    if summary.vectors == USUAL_VECTORS:
        return ""
    return METHOD.format(vectors=format_words(summary.vectors, 80))


def _format_disputed(disagreement: Disagreement, length: int) -> str:
    if disagreement.statement in ("", NOT_QUOTED):
        return UNQUOTED_MATTER if disagreement.statement else ERASED
    return mark_words(disagreement.statement, length)


def _side(side: Side, room: CardLimits) -> list[str]:
    unquoted = format_unquoted(len(side.counted))
    refused = format_unquoted_people(sum(not quote.text for quote in side.quotes))
    return [
        *(f"> {room.quoted(quote)}" for quote in [quote for quote in side.quotes if quote.text][: room.quotes]),
        *([refused] if refused else []),
        *([unquoted] if unquoted else []),
    ]


def _normalise(text: str) -> str:
    return " ".join(text.split()).rstrip(".!…").casefold()
