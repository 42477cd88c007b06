"""Tell the headings among the paragraphs of a word processor's file: those that say so, and lines that are all bold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.library.readers.markup import LOWEST_HEADING
from bot.library.readers.text import BULLET, is_heading_like

_CAPTION = re.compile(r"(?:figure|fig\.?|table|chart|photo(?:graph)?|image|source|note)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its visible text. ``bold_size`` is its type's in half points where all of it is bold, else 0."""

    element: Any
    text: str
    level: int | None
    listed: bool
    bold_size: int


def is_title(names: Sequence[str]) -> bool:
    """Say whether a style is the title's, by its name and those that it is based on."""
    return next((name for name in names if name in ("title", "subtitle", "author", "date")), "") == "title"


def could_be_heading(text: str) -> bool:
    """Say whether a bold line reads like a heading. It may end with a colon; a caption of a figure is none."""
    return is_heading_like(text.rstrip(" :") or text) and not _CAPTION.match(text)


def heading_levels(paragraphs: Iterable[Paragraph], *, above: int) -> dict[Any, int]:
    """Return the levels of the headings: those that say so, and below them the lines that are all bold.

    ``above`` is 1 if there is a title, which is higher than those lines.
    """
    visible = [paragraph for paragraph in paragraphs if paragraph.text]
    levels = {each.element: each.level for each in visible if each.level is not None}
    by_look = _headings_by_look(visible)
    sizes = sorted({each.bold_size for each in by_look}, reverse=True)
    above = max(above, *levels.values()) if levels else above
    for each in by_look:
        levels[each.element] = min(above + 1 + sizes.index(each.bold_size), LOWEST_HEADING)
    return levels


def _headings_by_look(visible: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the bold lines that lead to text that is not bold; one item of a list among others is none."""
    made: list[Paragraph] = []
    following: Paragraph | None = None
    led_to: Paragraph | None = None  # the next one that is no bold line
    for line in reversed(visible):
        if line.bold_size and line.level is None:
            in_list = following is not None and (following.listed or BULLET.match(following.text) is not None)
            is_item = in_list and (line.listed or line.text.endswith(":"))
            leads_on = led_to is not None and led_to.level is None and len(led_to.text.split()) > 3
            made += [line] if leads_on and not is_item else []
        else:
            led_to = line
        following = line
    return made[::-1]
