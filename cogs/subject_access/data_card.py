"""The card of what is stored about a person: on its first page all of it in short, on the others the words."""

from __future__ import annotations

from collections.abc import Iterator

import discord
from discord import ui

from bot.models.personal import PersonData
from bot.models.prompts import Prompt
from bot.models.views import OwnPresses
from bot.subject_access.account import CANNOT_TELL, find_erasure, format_link, thread_link
from bot.text.clean import clean_line
from bot.text.dates import format_date, format_local_date
from bot.text.links import link_words, message_link
from bot.text.markdown import escape, escape_line
from bot.text.words import human_join, plural, shorten
from cogs.ui.cards import card, fit
from cogs.ui.limits import MOST_CHARACTERS
from cogs.ui.pages import join_pages, paginate
from cogs.ui.parts import NEXT, PREVIOUS, button, button_rows, pager

PIECE = 1_000
"""Characters of a reply in one part of a page; escaped, they may become twice as many."""
QUESTION = 80
MOST_PROMPTS = 5
MOST_SUMMARIES = 4
NOTHING = "We store nothing about you in this server."
PRIVATE = ("private reply to an open question", "private replies to open questions")
MISSING = ("private reply in an open check", "private replies in open checks")
TAPS = ("tap on what others said", "taps on what others said")
ERASED = "(these words aren’t shown now)"
TICKS = ("point with your words, put there by a facilitator", "points with your words, put there by a facilitator")
REACTIONS = ("reaction to a reply", "reactions to replies")
SUGGESTIONS = ("suggestion", "suggestions")
LEFT_OUT = ("reply that a facilitator left out of summaries", "replies left out of summaries")
ACTIONS = ("entry in the log of what facilitators did", "entries in the log of what facilitators did")
BY_QUESTION = "**Your replies, by question**"
USED = "**Summaries that used your replies**"
BECAME = "**What happened to points you support**"
KEPT_UNTIL = " Kept until {date} at the latest."
REPLIES_IN = "- {replies} to {questions}"
SEE_TICKS = "Points with your words ({count})"
READ_WORDS = "Your words"
MORE = "- and {}: “Get a copy” in /my lists them all"
KNOW = "We keep your replies encrypted, with a code in place of your name."
BACK = "Back"
BACK_TO_CARD = BACK, "my-card"
"""The way back to the card of /my: a label and a route."""


def data_card(data: PersonData, page: int, time_zone: str) -> ui.LayoutView:
    """Show one page, counted from 0; a number past the end gives the last page."""
    texts = [format_overview(data, time_zone), *join_pages(_words(data), MOST_CHARACTERS, "\n\n")]
    shown = paginate(texts, 1, page)
    labels = ("What’s stored" if shown.number == 1 else PREVIOUS, READ_WORDS if shown.number == 0 else NEXT)
    ways = pager(shown.number, shown.count, "my-data", labels=labels)
    if data.ticks and shown.number == 0:
        ways.append(button(SEE_TICKS.format(count=len(data.ticks)), "my-ticks", 0))
    ways.append(button(*BACK_TO_CARD))
    return card(*shown.items, *button_rows(ways), framed=False)


def format_overview(data: PersonData, time_zone: str) -> str:
    """Say what is stored, in short: with as many prompts as fit."""
    (text,) = fit(lambda most: [_overview(data, time_zone, most)], range(MOST_PROMPTS, -1, -1))
    return text


def _overview(data: PersonData, time_zone: str, most: int) -> str:
    lines = ["## What’s stored about you", *list_counts(data)]
    if data.is_empty:
        lines.append(NOTHING)
    prompts = [prompt for _, prompt in sorted(data.prompts.items(), reverse=True) if _count_held(data, prompt)]
    by_question = [BY_QUESTION] if prompts else []
    by_question += [_prompt_line(data, prompt, time_zone) for prompt in prompts[:most]]
    if len(prompts) > most:
        by_question.append(MORE.format(plural(len(prompts) - most, "more question")))
    lists = (lines, by_question, list(_uses(data)), list(_answers_to_points(data)), [CANNOT_TELL, KNOW])
    # An empty line ends a list: what came right after it would be read as a part of its last entry.
    return "\n\n".join("\n".join(part) for part in lists if part)


def list_counts(data: PersonData) -> Iterator[str]:
    """Say how much of each kind is stored, a line each; none where nothing is."""
    if data.replies:
        prompts = len({reply.prompt_id for reply in data.replies})
        yield REPLIES_IN.format(
            replies=plural(len(data.replies), "reply", "replies"), questions=plural(prompts, "question")
        )
    for count, words in (
        (len(data.private), PRIVATE),
        (len(data.missing), MISSING),
        (sum(len(pressed.pressed) for pressed in data.presses), TAPS),
        (len(data.reactions), REACTIONS),
        (len(data.objections), ("answer to a summary", "answers to summaries")),
        (len(data.suggestions), SUGGESTIONS),
        (len(data.left_out), LEFT_OUT),
        (len(data.ticks), TICKS),
        (len(data.changes), ("change that you made to a draft", "changes that you made to drafts")),
        (len(data.actions), ACTIONS),
    ):
        if count:
            yield f"- {plural(count, *words)}"


def _prompt_line(data: PersonData, prompt: Prompt, time_zone: str) -> str:
    replies, private = _count_held(data, prompt)
    parts = [plural(replies, "reply", "replies")] if replies else []
    parts += ["1 private reply"] if private else []
    until = find_erasure(prompt, data.retention_days)
    kept = KEPT_UNTIL.format(date=format_local_date(until, time_zone)) if until else ""
    question = escape_line(prompt.wording.question, QUESTION)
    address = thread_link(prompt)
    thread = link_words("Open the thread.", address) if address else ""
    return f"- {question} {human_join(parts)}. {thread}{kept}"


def _count_held(data: PersonData, prompt: Prompt) -> tuple[int, ...]:
    """Count the replies and the private replies to a prompt; empty where none is held."""
    kinds = (data.replies, data.private)
    counts = tuple(sum(reply.prompt_id == prompt.id for reply in replies) for replies in kinds)
    return counts if any(counts) else ()


def _uses(data: PersonData) -> Iterator[str]:
    if not data.uses:
        return
    yield USED
    for use in data.uses[:MOST_SUMMARIES]:
        shared = "" if use.shared_at is None else message_link(data.guild_id, *use.shared_at)
        place = link_words("The summary", shared) if shared else "A draft"
        prompt = data.prompts.get(use.prompt_id)
        about = f" of “{escape_line(prompt.wording.question, QUESTION)}”" if prompt is not None else ""
        them = "it" if use.counted == 1 else "them"
        quoted = f"{plural(len(use.quotes), 'part')} of {them}" if use.quotes else f"nothing from {them}"
        yield f"- {place}{about} counts {use.counted} of your replies and quotes {quoted}"
    if len(data.uses) > MOST_SUMMARIES:
        yield MORE.format(plural(len(data.uses) - MOST_SUMMARIES, "more summary", "more summaries"))


def _answers_to_points(data: PersonData) -> Iterator[str]:
    if not data.became:
        return
    yield BECAME
    for point in data.became[:MOST_SUMMARIES]:
        decided = point.outcome.decided
        said = shorten(clean_line(f"{decided.what} {decided.reason}"), QUESTION)
        heading = escape_line(point.heading, QUESTION)
        yield f"- {heading} ({point.ref}). {decided.state.label}: {escape(said)}"
    if len(data.became) > MOST_SUMMARIES:
        yield MORE.format(plural(len(data.became) - MOST_SUMMARIES, "more point"))


def _words(data: PersonData) -> Iterator[str]:
    """Give everything that the person wrote, in parts that fit into a page each."""
    for reply in data.replies:
        prompt = data.prompts.get(reply.prompt_id)
        question = escape_line(prompt.wording.question, QUESTION) if prompt is not None else ""
        link = format_link(prompt, reply) if prompt is not None else ""
        opened = link_words("Open it", link) if link else ""
        head = f"**{question}**\n{discord.utils.format_dt(reply.created_at, 'f')} {opened}".rstrip()
        reason = data.left_out.get(reply.id)
        yield from _entry(head, reply.text)
        if reason:
            yield from _entry("A facilitator left this reply out of summaries, because:", reason)
    for private in data.private:
        question = escape_line(data.prompts[private.prompt_id].wording.question, QUESTION)
        yield from _entry(f"**{question}**\nYour private reply, {format_date(private.day)}", private.text)
    for _, missing in data.missing:
        yield from _entry(f"Your private reply in an open check, {format_date(missing.day)}", missing.text)
    for pressed in data.presses:
        prompt = data.prompts.get(pressed.prompt_id)
        question = escape_line(prompt.wording.question, QUESTION) if prompt is not None else ""
        yield from _entry(f"**{question}**\nWhat you tapped", "\n".join(_taps(pressed)))
    for objection in data.objections:
        yield from _entry(
            f"Your answer to a summary, {discord.utils.format_dt(objection.made_at, 'f')}", objection.text
        )
    for suggestion in data.suggestions:
        parts = (suggestion.passage, suggestion.source, suggestion.question)
        when = discord.utils.format_dt(suggestion.made_at, "f")
        yield from _entry(f"Your suggestion, {when}: {suggestion.state}", "\n".join(part for part in parts if part))
        if suggestion.answer:
            yield from _entry("Facilitators declined your suggestion, because:", suggestion.answer)


def _taps(pressed: OwnPresses) -> Iterator[str]:
    """Say what a person tapped about each statement or point."""
    for words, choice in pressed.pressed:
        said = shorten(clean_line(words), QUESTION)
        yield f"{choice.label}: {f'“{said}”' if said else ERASED}"


def _entry(head: str, words: str) -> Iterator[str]:
    for piece in _pieces(words):
        quote_heading = "\n".join(f"> {line}" for line in escape(piece).splitlines() or [""])
        yield f"{head}\n{quote_heading}"


def _pieces(words: str) -> Iterator[str]:
    """Cut words into parts, after a word where that can be; nothing is lost but the space at a cut."""
    while len(words) > PIECE:
        end = max(words.rfind(" ", PIECE // 2, PIECE), words.rfind("\n", PIECE // 2, PIECE))
        end = end if end > 0 else PIECE
        yield words[:end]
        words = words[end:].removeprefix(" ")
    yield words
