"""Discord's limits for cards and forms, checked here because discord.py sends what Discord refuses."""

from __future__ import annotations

import discord
from discord import ui

MOST_CHARACTERS = 4000
MOST_COMPONENTS = 40
MOST_OPTIONS = 25
MOST_IN_A_ROW = 5
LONGEST_OPTION = 100
LONGEST_CUSTOM_ID = 100
LONGEST_PLACEHOLDER = 150
LONGEST_LABEL = 80
LONGEST_ALT = 1024
LONGEST_FORM_TITLE = 45
LONGEST_FIELD_LABEL = 45
LONGEST_FIELD_HINT = 100
MOST_FIELDS = 5


def count_units(text: str) -> int:
    """Measure a text as the strictest reader does: in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def cut_to_units(text: str, limit: int) -> str:
    """Return the longest start of a text that has at most ``limit`` UTF-16 code units."""
    text = text[:limit]
    while count_units(text) > limit:
        text = text[: limit - count_units(text)]
    return text


def beyond_limits(view: ui.LayoutView) -> tuple[str, ...]:
    """Say what Discord would refuse about a card, without its words; empty if it fits."""
    texts = [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    problems = []
    if sum(map(count_units, texts)) > MOST_CHARACTERS:
        problems.append("too many characters")
    if not all(text.strip() for text in texts):
        problems.append("an empty text")
    if view.total_children_count > MOST_COMPONENTS:
        problems.append("too many components")
    for item in view.walk_children():
        problems.extend(_of_item(item))
    return tuple(problems)


def _of_item(item: ui.Item[ui.LayoutView]) -> list[str]:
    if isinstance(item, ui.Button):
        return _name_item("button", item.custom_id, item.label, LONGEST_LABEL)
    if isinstance(item, ui.Select):
        faults = _name_item("select", item.custom_id, item.placeholder, LONGEST_PLACEHOLDER)
        return faults + _of_options(item.options)
    if isinstance(item, ui.MediaGallery):
        fits = 1 <= len(item.items) <= 10 and all(
            count_units(picture.description or "") <= LONGEST_ALT for picture in item.items
        )
        return [] if fits else ["a gallery out of bounds"]
    return []


def _name_item(what: str, custom_id: str | None, label: str | None, longest: int) -> list[str]:
    fits = 1 <= count_units(custom_id or "") <= LONGEST_CUSTOM_ID and count_units(label or "") <= longest
    return [] if fits else [f"a {what} out of bounds"]


def _of_options(options: list[discord.SelectOption]) -> list[str]:
    values = {option.value for option in options}
    texts = [text for option in options for text in (option.label, option.value, option.description or "x")]
    fits = 1 <= len(options) <= MOST_OPTIONS and len(values) == len(options)
    fits = fits and all(1 <= count_units(text) <= LONGEST_OPTION for text in texts)
    return [] if fits else ["options out of bounds"]
