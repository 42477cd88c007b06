"""What a person sees of a message or a form, as plain text for a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord

WIDTH = 96
CHOICES_SHOWN = 7
SPANS = (("day", 1440), ("hour", 60), ("minute", 1))
"""Units of time and their minutes; a span is told in the largest that it fills."""
MARKS = re.compile(r"(?<!\\)(\*\*|__|~~|`)|^(#{1,3} |-# |>>(?=> ))", re.MULTILINE)
ESCAPED = re.compile(r"\\([\\*_~`|>#\-()\[\].:@<])")
LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
OWN_LINK = re.compile(r"\[([^\]]+)\]\(https://discord\.com/channels/[\d/]+\)|https://discord\.com/channels/[\d/]+")
"""A link to a message, which Discord shows as a word to press."""
STAMP = re.compile(r"<t:(\d+)(?::([tTdDfFR]))?>")
MENTION = re.compile(r"<(?:@[!&]?|#|/[\w -]+:)(\d+)>")
COMMAND = re.compile(r"<(/[\w -]+):\d+>")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the names behind mentions, by Discord id, and the reader's own time, in their zone."""

    names: Mapping[int, str] = field(default_factory=dict)
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)


def render_message(message: discord.Message, reader: Reader) -> str:
    """Write down all that a message shows: its words, its card with buttons in brackets, its files and reactions."""
    blocks = [message.content] if message.content else []
    for component in message.components:
        blocks += _lines(component.to_dict())
    blocks += [f"(file: {attachment.filename})" for attachment in message.attachments]
    reactions = "  ".join(f"{reaction.emoji} {reaction.count}" for reaction in message.reactions)
    text = strip_marks("\n".join(blocks), reader)
    return text + (f"\n{reactions}" if reactions else "")


def render_form(form: Mapping[str, Any]) -> str:
    """Write down a form: its title, and each part with its label and what it is filled with."""
    lines = [f"Form: {form['title']}"]
    for part in form["components"]:
        lines += [strip_marks(line, Reader()) for line in _part(part)]
    return "\n".join(lines)


def strip_marks(text: str, reader: Reader) -> str:
    """Take marks out, and write mentions and time stamps as a person reads them."""
    text = STAMP.sub(lambda found: _stamp(int(found[1]), found[2], reader.now), text)
    text = COMMAND.sub(r"\1", text)
    text = MENTION.sub(lambda found: reader.names.get(int(found[1]), "somebody"), text)
    text = OWN_LINK.sub(lambda found: found[1] or "(a link to the message)", text)
    text = LINK.sub(r"\1 (\2)", text)
    return ESCAPED.sub(r"\1", MARKS.sub("", text))


def wrap_lines(text: str) -> str:
    """Break lines after at most 96 characters."""
    return "\n".join(
        textwrap.fill(line, WIDTH, subsequent_indent=_indent(line), break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )


def _indent(line: str) -> str:
    """Return what the lines that follow begin with: a quotation goes on as one, and all else is set in."""
    return "> " if line.startswith("> ") else "  "


def _stamp(seconds: int, style: str | None, now: datetime) -> str:
    moment = datetime.fromtimestamp(seconds, now.tzinfo)
    if style != "R":
        return f"{moment:%A} {moment.day} {moment:%B %Y}, {moment:%H:%M}"
    minutes = (moment - now).total_seconds() / 60
    unit, size = next((unit, size) for unit, size in SPANS if abs(minutes) >= size or size == 1)
    number = round(abs(minutes) / size)
    span = f"{number} {unit}{'' if number == 1 else 's'}"
    return f"in {span}" if minutes >= 0 else f"{span} ago"


def _lines(component: Mapping[str, Any]) -> list[str]:
    """Return a component and what is in it, a line for each text and one for each row of buttons."""
    kind = component.get("type")
    if kind == discord.ComponentType.action_row.value:
        return ["  ".join(_control(child) for child in component["components"])]
    if kind == discord.ComponentType.separator.value:
        return [""]
    if kind == discord.ComponentType.media_gallery.value:
        return [f"(picture: {item.get('description') or 'without description'})" for item in component["items"]]
    lines = [component["content"]] if "content" in component else []
    for child in component.get("components", ()):
        lines += _lines(child)
    if component.get("accessory"):
        lines.append(_control(component["accessory"]))
    return lines


def _control(control: Mapping[str, Any]) -> str:
    if control.get("options"):
        return f"[{control.get('placeholder') or 'Choose'}: {_choices(control['options'])}]"
    return f"[{control.get('label') or control.get('placeholder') or 'Choose'}]"


def _choices(options: Sequence[Mapping[str, Any]]) -> str:
    if len(options) > CHOICES_SHOWN:
        return f"a list of {len(options)}"
    return " | ".join(option["label"] for option in options)


def _part(part: Mapping[str, Any]) -> Iterator[str]:
    if "content" in part:
        yield part["content"]
        return
    field = part.get("component", {})
    shown = field.get("value") or _choices(field.get("options", ()))
    yield f"  {part.get('label', '')}: {shown or '…'}"
    if part.get("description"):
        yield f"    {part['description']}"
