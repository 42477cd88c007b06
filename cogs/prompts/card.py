"""The card of a prompt: one passage with its source, one question, and its buttons."""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord import ui

from bot.models.prompts import Prompt, PromptState, Wording
from bot.prompts.texts import check_card
from bot.text.clean import clean_line
from bot.text.dates import format_local_date
from bot.text.markdown import escape
from cogs.ui.cards import Part, Space, card
from cogs.ui.parts import Button, Row, button

NO_PATIENTS = "No patient details, please. This is not a place to report a concern."
WHO_SEES = "Everyone here can read the thread. Outside this server you are quoted only if you say yes."
NUMBER = ", number {number}"
LATE = "This prompt comes later than planned: the bot was away at its time."
OUR_SUMMARY, ITS_WORDS = "Our summary:", "The report's words:"
OPEN_UNTIL = "Open until {date}."
CLOSED = "This prompt is closed. You can still reply; a late reply is marked late."
REPLY, REPLY_PRIVATELY = "Reply", "Reply privately"
OTHERS = "What others said"
YOUR_WORDS, SPEAK_TO = "How your words are used", "Who to speak to"


def prompt_card(prompt: Prompt, time_zone: str, *, preview: bool = False) -> ui.LayoutView:
    """Draw the card as it is posted. ``preview`` switches the buttons off.

    Raises UserError where the words do not fit into one message once they are escaped.
    """
    texts = list(card_texts(prompt, time_zone))
    head, passage, source, question, foot = texts
    buttons = _buttons(prompt, preview)
    parts: list[Part] = [head, passage, source, Space.LINE, question, foot, Row(*buttons)]
    check_card(texts, len(parts) + len(buttons) + 1)
    return card(*parts, accent=discord.Colour.dark_teal())


def card_texts(prompt: Prompt, time_zone: str) -> Iterable[str]:
    """Write the five texts of the card: head, passage, source, question and foot."""
    wording = prompt.wording
    yield _head(wording, late=prompt.late)
    yield _passage(wording)
    yield _source(wording)
    yield f"### {escape(clean_line(wording.question))}"
    yield _foot(prompt, time_zone)


def _head(wording: Wording, *, late: bool) -> str:
    lines = []
    if wording.series_title:
        number = NUMBER.format(number=wording.number) if wording.number else ""
        lines.append(f"**{escape(clean_line(wording.series_title))}{number}**")
    if late:
        lines.append(LATE)
    return "\n".join(lines)


def _passage(wording: Wording) -> str:
    words = "\n".join(f"> {escape(line)}" for line in wording.text.splitlines())
    if wording.own_words:
        return f"{OUR_SUMMARY}\n{words}"
    lines = escape(wording.text).splitlines()
    return f"{ITS_WORDS}\n" + "\n".join(f"> {line}" for line in _quote_lines(lines))


def _quote_lines(lines: list[str]) -> list[str]:
    lines = lines or [""]
    return [("“" if n == 0 else "") + line + ("”" if n == len(lines) - 1 else "") for n, line in enumerate(lines)]


def _source(wording: Wording) -> str:
    title = escape(clean_line(wording.source_title))
    if wording.address:
        title = f"[{title}]({wording.address})"
    parts = [title, escape(clean_line(wording.publisher)), str(wording.year or ""), escape(clean_line(wording.place))]
    line = f"Source: {', '.join(part for part in parts if part)}."
    heading, licence = clean_line(wording.heading), clean_line(wording.licence)
    lines = [line]
    if heading and heading.casefold() != clean_line(wording.source_title).casefold():
        lines.append(f"-# Part: {escape(heading)}")
    if licence:
        lines.append(f"-# {escape(licence[0].upper() + licence[1:])}")
    return "\n".join(lines)


def _foot(prompt: Prompt, time_zone: str) -> str:
    day = format_local_date(prompt.closes_at, time_zone)
    closes = OPEN_UNTIL.format(date=f"{day} ({discord.utils.format_dt(prompt.closes_at, 'R')})")
    if prompt.state is PromptState.CLOSED:
        closes = CLOSED
    return f"{closes}\n{NO_PATIENTS}\n{WHO_SEES}"


def _buttons(prompt: Prompt, preview: bool) -> list[Button]:
    reply = button(REPLY, "reply", prompt.claim, style=discord.ButtonStyle.primary, disabled=preview)
    privately = button(REPLY_PRIVATELY, "private", prompt.claim, disabled=preview)
    others = button(OTHERS, "others", prompt.claim, disabled=preview)
    is_open = prompt.state is not PromptState.CLOSED
    return [
        reply,
        *([privately] if is_open else []),
        *([others] if is_open and prompt.shows_others else []),
        button(YOUR_WORDS, "reply-about", prompt.claim, disabled=preview),
        button(SPEAK_TO, "contacts", disabled=preview),
    ]
