"""Tell the headings among the paragraphs of a word processor's file: those that say so, and lines that stand out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.library.readers.markup import LOWEST_HEADING
from bot.library.readers.text import BULLET, is_heading_like
from bot.library.sentences import CAPTION

T = TypeVar("T")

# Word keeps its own styles' names in English; some other programs write them in their language.
_HEADING_NAME = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|pennawd) ?([1-9])",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:toc|contents) (?:heading|\d+)|table of figures|index \d+")
MOST_BASED = 50
"""So many styles may be based on one another; more would only make a file slow to read."""
_CAPTION = re.compile(r"(?:figure|fig\.?|table|chart|photo(?:graph)?|image|source|note)\b", re.IGNORECASE)
_NO_HEADINGS = frozenset({"caption", "legend", "illustration", "table", "figure", "drawing"})
"""Styles of captions, whose words may be in bold."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its visible text. ``bold_size`` is its type's in half points where all stands out, else 0."""

    element: Any
    text: str
    level: int | None
    listed: bool
    bold_size: int


def is_title(names: Sequence[str]) -> bool:
    """Say whether a style is the title's, by its name and those that it is based on."""
    return next((name for name in names if name in ("title", "subtitle", "author", "date")), "") == "title"


def level_of_name(style: str) -> int | None:
    """Return the level of the headings that a style of this name is for; None for other styles."""
    match = _HEADING_NAME.fullmatch(style)
    return int(match[1]) if match else None


def is_listed(names: Sequence[str]) -> bool:
    """Say whether a style is that of a list of contents, by its name and the one that it is based on."""
    return any(map(_LISTED.fullmatch, names[:2]))


def is_caption(names: Sequence[str]) -> bool:
    """Say whether a style is that of a caption, by its name and those that it is based on."""
    return not _NO_HEADINGS.isdisjoint(names)


def find_usual_size(sizes: Counter[int]) -> int:
    """Return the size of type in which most letters are set; ``sizes`` counts the letters of each."""
    return max(sizes, key=lambda size: (sizes[size], -size), default=0)


def is_large(size: int, usual: int) -> bool:
    """Say whether type is clearly larger than that of the text, as that of headings is."""
    return size * 5 >= usual * 6


def could_be_heading(text: str) -> bool:
    """Say whether a bold line reads like a heading. It may end with a colon; a caption of a figure is none."""
    return is_heading_like(text.rstrip(" :") or text) and not (_CAPTION.match(text) or CAPTION.match(text))


def read_paragraph(
    element: Any,
    pieces: Iterable[tuple[str, T]],
    *,
    level: int | None,
    listed: bool,
    is_heavy: Callable[[T], bool],
    half_points: Callable[[T], int] | None,
) -> Paragraph:
    """Return a paragraph of pieces of text, each with its look.

    ``is_heavy`` says whether a look stands out, ``half_points`` how large its type is; None where no heading can be.
    """
    pieces = list(pieces)
    text = " ".join("".join(words for words, _ in pieces).split())
    weighty = [look for words, look in pieces if any(char.isalnum() for char in words)]
    is_bold = half_points is not None and bool(weighty) and all(map(is_heavy, weighty)) and could_be_heading(text)
    size = max(map(half_points, weighty)) if half_points is not None and is_bold else 0
    return Paragraph(element, text, level, listed, size)


def heading_levels(paragraphs: Iterable[Paragraph], *, above: int) -> dict[Any, int]:
    """Return the levels of the headings: those that say so, and below them the lines that stand out.

    ``above`` is 1 if there is a title, which is higher than those lines.
    """
    visible = [paragraph for paragraph in paragraphs if any(map(str.isalnum, paragraph.text))]
    levels = {each.element: each.level for each in visible if each.level is not None}
    by_look = _headings_by_look(visible)
    sizes = sorted({each.bold_size for each in by_look}, reverse=True)
    above = max(above, *levels.values()) if levels else above
    for each in by_look:
        levels[each.element] = min(above + 1 + sizes.index(each.bold_size), LOWEST_HEADING)
    return levels


def _headings_by_look(visible: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the lines that stand out and lead to text that does not; one item of a list among others is none."""
    made: list[Paragraph] = []
    following: Paragraph | None = None
    led_to: Paragraph | None = None  # the next line that isn’t bold
    for line in reversed(visible):
        if line.bold_size and line.level is None:
            in_list = following is not None and (following.listed or BULLET.match(following.text) is not None)
            is_item = in_list and (line.listed or line.text.endswith(":"))
            leads_on = led_to is not None and led_to.level is None and len(led_to.text.split()) > 3
            made += [line] if leads_on and not is_item else []
            led_to = line if is_item else led_to
        else:
            led_to = line
        following = line
    return made[::-1]
