"""The card of a prompt: one question, a short passage and its buttons; the rest is behind More."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import discord
from discord import ui

from bot.client import Bot
from bot.models.prompts import Prompt, PromptState, Wording
from bot.models.views import LEAST_PRESSES
from bot.prompts.texts import check_card, shorten_passage
from bot.text.clean import clean_line
from bot.text.dates import MONTHS, format_local_date, local_date
from bot.text.links import message_link
from bot.text.markdown import escape
from cogs.ui.cards import Part, card
from cogs.ui.parts import Button, Row, button

SAFE = "No patient details. The thread shows names."
LATE = "Sorry this is late: the bot was off when it was due."
OUR_WORDS, ITS_WORDS = "our words", "from the report"
OPEN_UNTIL = "until {date}"
CLOSED = "This question has closed. You can still reply (we’ll mark it late)."
WRITERS = "{count} people have written in the thread."
ANSWER_BY = "The board answers by {date}."
MODEL_HELPS = "A language model helps sort replies (see More)."
LAST_TIME = "[Last time: you said, we did]({address})"
REPLY, REPLY_PRIVATELY = "Reply", "Reply privately"
OTHERS, GET_HELP, MORE = "What others said", "Get help", "More"
NUMBER = ", number {number}"
PASSAGE = "### The passage"
MORE_ROOM = 600
"""Characters that are kept free behind More, for how people's words are used."""
MODEL_HEAD = "### A language model helps sort replies"
MODEL_TEXT = (
    "It is run by {run_by} (`{host}`). It gets the passage, the question and what people write in the thread, without "
    "names and in random order. We take out what we can find that shows who someone is. It groups replies, also those "
    "to several questions, and names the groups. It writes and counts nothing, and people check what it does. "
    "{private} You can say no at any time: press “Don’t send my words to the language model”, here or in /my. That "
    "goes for everything you wrote before, too."
)
MODEL_PRIVATE = "Once facilitators have read them, private replies go there too."
MODEL_NOT_PRIVATE = "It never gets private replies."


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card says beside its wording. ``writers`` are the people in the thread; ``answers`` leads to outcomes."""

    time_zone: str
    writers: int = 0
    answers: str = ""


async def current_card(bot: Bot, prompt: Prompt) -> ui.LayoutView:
    """Draw the card of a prompt with what is true of it now."""
    settings = await bot.store.settings.of(prompt.guild_id)
    writers, _ = await bot.store.replies.count(prompt.id)
    return prompt_card(prompt, CardFacts(settings.time_zone, writers, await _link_answers(bot, prompt)))


def prompt_card(prompt: Prompt, facts: CardFacts, *, preview: bool = False) -> ui.LayoutView:
    """Draw the card. ``preview`` switches the buttons off.

    Raises UserError where the words do not fit into one message once they are escaped, here or behind More.
    """
    texts = [text for text in _texts(prompt, facts) if text]
    buttons = _buttons(prompt, preview)
    parts: list[Part] = [*texts, Row(*buttons)]
    check_card(texts, len(parts) + len(buttons) + 1)
    check_card([*_whole(prompt), *model_texts(prompt), " " * MORE_ROOM], len(parts))
    return card(*parts, accent=discord.Colour.dark_teal())


def passage_texts(prompt: Prompt) -> list[str]:
    """Write what is behind More: the whole passage, where it is from, and its place in the series."""
    passage, *rest = _whole(prompt)
    return [PASSAGE, passage, "\n".join(rest)]


def model_texts(prompt: Prompt) -> list[str]:
    """Write what is behind More of a language model, and how to say no; nothing where no reply may be sent."""
    wording = prompt.wording
    if not wording.model_host:
        return []
    text = MODEL_TEXT.format(
        run_by=escape(clean_line(wording.model_run_by)),
        host=wording.model_host,
        private=MODEL_PRIVATE if wording.model_private else MODEL_NOT_PRIVATE,
    )
    return [f"{MODEL_HEAD}\n{text}"]


def _texts(prompt: Prompt, facts: CardFacts) -> Iterator[str]:
    wording = prompt.wording
    yield f"### {escape(clean_line(wording.question))}"
    yield _passage(wording, shorten_passage(wording.text))
    yield _small_line(prompt, facts.time_zone)
    yield "\n".join(_foot(prompt, facts))


def _passage(wording: Wording, text: str) -> str:
    lines = escape(text).splitlines() or [""]
    if not wording.own_words:
        lines[0] = f"“{lines[0]}"
        lines[-1] = f"{lines[-1]}”"
    return "\n".join(f"> {line}" for line in lines)


def _small_line(prompt: Prompt, time_zone: str) -> str:
    """Name the source and the last day, in one small line."""
    wording = prompt.wording
    source = escape(clean_line(wording.publisher) or clean_line(wording.source_title))
    if wording.address:
        source = f"[{source}]({wording.address})"
    whose = OUR_WORDS if wording.own_words else ITS_WORDS
    parts = ", ".join(part for part in (source, str(wording.year or ""), whose) if part)
    if prompt.state is PromptState.CLOSED:
        return f"-# {parts}"
    day = local_date(prompt.closes_at, time_zone)
    return f"-# {parts} · {OPEN_UNTIL.format(date=f'{day.day} {MONTHS[day.month - 1][:3]}')}"


def _foot(prompt: Prompt, facts: CardFacts) -> Iterator[str]:
    if prompt.state is PromptState.CLOSED:
        yield CLOSED
    elif prompt.late:
        yield LATE
    yield SAFE
    if prompt.wording.model_host:
        yield MODEL_HELPS
    if facts.writers >= LEAST_PRESSES:
        yield WRITERS.format(count=facts.writers)
    if prompt.wording.answer_days is not None:
        answered = prompt.closes_at + timedelta(days=prompt.wording.answer_days)
        yield ANSWER_BY.format(date=format_local_date(answered, facts.time_zone))
    if facts.answers:
        yield LAST_TIME.format(address=facts.answers)


def _whole(prompt: Prompt) -> list[str]:
    """Return the whole passage, its source, its heading, the right to quote it, and the series, each where known."""
    wording = prompt.wording
    title = escape(clean_line(wording.source_title))
    if wording.address:
        title = f"[{title}]({wording.address})"
    parts = [title, escape(clean_line(wording.publisher)), str(wording.year or ""), escape(clean_line(wording.place))]
    source = ", ".join(part for part in parts if part)
    heading, licence = clean_line(wording.heading), clean_line(wording.licence)
    lines = [f"From {source} ({OUR_WORDS})." if wording.own_words else f"From {source}."]
    if heading and heading.casefold() != clean_line(wording.source_title).casefold():
        lines.append(f"-# Part: {escape(heading)}")
    if licence:
        lines.append(f"-# {escape(licence[0].upper() + licence[1:])}")
    if wording.series_title:
        number = NUMBER.format(number=wording.number) if wording.number else ""
        lines.append(f"-# Series: {escape(clean_line(wording.series_title))}{number}")
    return [_passage(wording, wording.text), *lines]


def _buttons(prompt: Prompt, preview: bool) -> list[Button]:
    reply = button(REPLY, "reply", prompt.claim, style=discord.ButtonStyle.primary, disabled=preview)
    privately = button(REPLY_PRIVATELY, "private", prompt.claim, disabled=preview)
    others = button(OTHERS, "others", prompt.claim, disabled=preview)
    is_open = prompt.state is not PromptState.CLOSED
    return [
        reply,
        *([privately] if is_open else []),
        *([others] if is_open and prompt.shows_others else []),
        button(GET_HELP, "contacts", disabled=preview),
        button(MORE, "more", prompt.claim, disabled=preview),
    ]


async def _link_answers(bot: Bot, prompt: Prompt) -> str:
    """Return the address of the series' card of outcomes, once the board has answered something; else empty."""
    if prompt.series_id is None:
        return ""
    told = await bot.store.outcomes.card(prompt.series_id)
    if told is None or told.message_id is None:
        return ""
    prompts = {counted.prompt.id for counted in await bot.store.prompts.of_series(prompt.series_id)}
    if not await bot.store.outcomes.of_prompts(prompt.guild_id, prompts):
        return ""
    return message_link(prompt.guild_id, told.channel_id, told.message_id)
