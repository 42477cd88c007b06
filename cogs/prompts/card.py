"""The card of a prompt: one passage with its source, one question, and its buttons."""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord import ui

from bot.models.prompts import Prompt, PromptState, Wording
from bot.prompts.texts import check_card, one_line
from bot.text.dates import closing_date_text
from bot.text.escape import escape
from cogs.ui.parts import custom_id, detached

NO_PATIENTS = "No patient details, please. This is not a place to report a concern."
WHO_SEES = "Everyone here can read the thread. Outside this server you are quoted only if you say yes."


def prompt_card(prompt: Prompt, time_zone: str, *, preview: bool = False) -> ui.LayoutView:
    """The card as it is posted. ``preview`` switches the buttons off.

    Raises UserError where the words do not fit into one message once they are escaped.
    """
    texts = list(card_texts(prompt, time_zone))
    view = ui.LayoutView()
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=discord.Colour.dark_teal())
    head, passage, source, question, foot = texts
    for text in (head, passage, source):
        if text:
            container.add_item(ui.TextDisplay(text))
    container.add_item(ui.Separator())
    container.add_item(ui.TextDisplay(question))
    container.add_item(ui.TextDisplay(foot))
    container.add_item(ui.ActionRow(*_buttons(prompt, preview)))
    view.add_item(container)
    check_card(texts, view.total_children_count)
    return detached(view)


def card_texts(prompt: Prompt, time_zone: str) -> Iterable[str]:
    """The five parts of the card: head, passage, source, question and foot."""
    wording = prompt.wording
    yield _head(wording, late=prompt.late)
    yield _passage(wording)
    yield _source(wording)
    yield f"### {escape(one_line(wording.question))}"
    yield _foot(prompt, time_zone)


def _head(wording: Wording, *, late: bool) -> str:
    lines = []
    if wording.series_title:
        number = f", number {wording.number}" if wording.number else ""
        lines.append(f"**{escape(one_line(wording.series_title))}{number}**")
    if late:
        lines.append("This prompt comes later than planned: the bot was away at its time.")
    return "\n".join(lines)


def _passage(wording: Wording) -> str:
    words = "\n".join(f"> {escape(line)}" for line in wording.text.splitlines())
    if wording.own_words:
        return f"Our summary:\n{words}"
    lines = escape(wording.text).splitlines()
    return "The report's words:\n" + "\n".join(f"> {line}" for line in _marked(lines))


def _marked(lines: list[str]) -> list[str]:
    lines = lines or [""]
    return [("“" if n == 0 else "") + line + ("”" if n == len(lines) - 1 else "") for n, line in enumerate(lines)]


def _source(wording: Wording) -> str:
    title = escape(one_line(wording.source_title))
    if wording.address:
        title = f"[{title}]({wording.address})"
    parts = [title, escape(one_line(wording.publisher)), str(wording.year or ""), escape(one_line(wording.place))]
    line = f"Source: {', '.join(part for part in parts if part)}."
    heading, licence = one_line(wording.heading), one_line(wording.licence)
    lines = [line]
    if heading and heading.casefold() != one_line(wording.source_title).casefold():
        lines.append(f"-# Part: {escape(heading)}")
    if licence:
        lines.append(f"-# {escape(licence[0].upper() + licence[1:])}")
    return "\n".join(lines)


def _foot(prompt: Prompt, time_zone: str) -> str:
    day = closing_date_text(prompt.closes_at, time_zone)
    closes = f"Open until {day} ({discord.utils.format_dt(prompt.closes_at, 'R')})."
    if prompt.state is PromptState.CLOSED:
        closes = "This prompt is closed. You can still reply; a late reply is marked late."
    return f"{closes}\n{NO_PATIENTS}\n{WHO_SEES}"


def _buttons(prompt: Prompt, preview: bool) -> list[ui.Button[ui.LayoutView]]:
    privately: ui.Button[ui.LayoutView] = ui.Button(
        label="Reply privately", custom_id=custom_id("private", prompt.claim), disabled=preview
    )
    return [
        ui.Button(
            label="Reply",
            style=discord.ButtonStyle.primary,
            custom_id=custom_id("reply", prompt.claim),
            disabled=preview,
        ),
        *([] if prompt.state is PromptState.CLOSED else [privately]),
        ui.Button(
            label="How your words are used",
            style=discord.ButtonStyle.secondary,
            custom_id=custom_id("reply-about", prompt.claim),
            disabled=preview,
        ),
        ui.Button(label="Who to speak to", custom_id=custom_id("contacts"), disabled=preview),
    ]
