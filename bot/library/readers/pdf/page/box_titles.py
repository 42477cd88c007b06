"""Tell which titles name only the box right below them, though they stand above its frame: they end with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from bot.library.readers.pdf.page.spans import Element
from bot.library.readers.pdf.page.tables import Table
from bot.library.readers.pdf.words.lines import Line

_LABEL = re.compile(
    r"(?:(?:text\s?)?box|panel|case (?:study|example)|vignette)\s"
    r"(?:no\.?\s)?(?:(?:[A-Z]\.?)?\d[\d.]*|[IVXL]{1,5}|[A-Z])\b",
    re.IGNORECASE,
)
_MOST_LINES = 4
_TITLE_WORDS = 20
_NEAR = 3.0
"""The space, in sizes of type, within which a title stands right above its box."""


def is_title_of_box(text: str) -> bool:
    """Say whether a few words are the title of a box, as a number tells: "Box 3"."""
    return _LABEL.match(text) is not None and len(text.split()) <= _TITLE_WORDS


def take_in_titles(elements: Sequence[Element]) -> list[Element]:
    """Give the lines of a numbered title that stands right above a frame or a table the number of that."""
    taken = list(elements)
    unused = count(max((element.aside for element in elements), default=0) + 1)
    for start, title in enumerate(elements):
        if not isinstance(title, Line) or title.aside or not is_title_of_box(title.text):
            continue
        end = start + 1
        while end < min(len(elements), start + _MOST_LINES) and _is_of_title(elements[end], title):
            end += 1
        below = elements[end] if end < len(elements) else None
        if below is None or not _is_right_below(elements[end - 1], below):
            continue
        if isinstance(below, Table):
            below.aside = below.aside or next(unused)
        taken[start:end] = [replace(line, aside=below.aside) for line in elements[start:end] if isinstance(line, Line)]
    return taken


def _is_of_title(element: Element, title: Line) -> bool:
    return isinstance(element, Line) and not element.aside and element.setting == title.setting


def _is_right_below(title: Element, below: Element) -> bool:
    """Say whether a box or a table begins right below the last line of a title."""
    size = title.size if isinstance(title, Line) else 0.0
    is_box = isinstance(below, Table) or below.aside > 0
    return is_box and below.page == title.page and -size < title.bottom - below.top < _NEAR * size
