"""Part double spreads: two pages of a printed report that are beside each other on one page of its PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from bot.library.readers.pdf.furniture.margins import outer_lines
from bot.library.readers.pdf.headings.outline import Entry, letters_of, letters_of_lines
from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.words.lines import Line

_WIDE = 1.2
"""How much wider than high a page is at the least that may be two."""
_FEWEST = 2
_NUMBER = re.compile(r"\d{1,4}\b|\b\d{1,4}$")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, and what is drawn on it."""

    lines: list[Line]
    frames: list[Frame]
    pictures: list[Frame]
    marks: list[Frame]


def part_spreads(pages: Sequence[Page]) -> tuple[list[Page], list[int]]:
    """Return the pages as they are printed, their lines numbered so, and for each the number of the file's page.

    The file has spreads where most of its wide pages have two numbers, which go on from page to page. What is set
    across the middle keeps its page whole, with an empty one after it.
    """
    wide = [(own, page) for own, page in enumerate(pages, start=1) if _is_wide(page)]
    # The numbers of printed pages are by two higher on each page of the file.
    ahead = Counter(shift for own, page in wide for shift in {number - 2 * own for number in _left_numbers(page)})
    told = max(ahead.values(), default=0)
    if told < _FEWEST or told * 2 < len(wide):
        return list(pages), list(range(1, len(pages) + 1))
    parted: list[Page] = []
    numbers: list[int] = []
    for own, page in enumerate(pages, start=1):
        for half in _halves(page) if _is_wide(page) else (page,):
            numbers.append(own)
            parted.append(replace(half, lines=[replace(line, page=len(numbers)) for line in half.lines]))
    return parted, numbers


def lead_to_halves(entries: Sequence[Entry], pages: Sequence[Page], numbers: Sequence[int]) -> list[Entry]:
    """Return bookmarks of the file's pages as those of the printed ones: the first that has a bookmark's words."""
    if numbers[-1:] == [len(numbers)]:
        return list(entries)
    texts = [letters_of_lines(page.lines) for page in pages]
    moved = []
    for entry in entries:
        own = [at for at, number in enumerate(numbers) if number == entry.page]
        found = next((at for at in own if letters_of(entry.title) in texts[at]), own[0])
        moved.append(replace(entry, page=found + 1))
    return moved


def _is_wide(page: Page) -> bool:
    return bool(page.lines) and page.lines[0].page_width > _WIDE * page.lines[0].page_height


def _left_numbers(page: Page) -> Iterator[int]:
    """Return the numbers at the head or the foot of the left half which are right before one of the right half."""
    middle = page.lines[0].page_width / 2
    outer = list(outer_lines(page.lines))
    left, right = ([line for line in outer if (line.left >= middle) == is_right] for is_right in (False, True))
    for line, other in product(left, right):
        if line.is_level_with(other):
            numbers = [set(map(int, _NUMBER.findall(each.text))) for each in (line, other)]
            yield from (number for number in numbers[0] if number + 1 in numbers[1])


def _halves(page: Page) -> Iterator[Page]:
    middle = page.lines[0].page_width / 2
    if any(line.left < middle < line.right for line in page.lines):
        yield page
        yield Page([], [], [], [])
        return
    for start in (0.0, middle):
        lines = [
            replace(line, left=line.left - start, right=line.right - start, page_width=middle)
            for line in page.lines
            if (line.left >= middle) == (start > 0)
        ]
        yield Page(lines, *(_cut(each, start, middle) for each in (page.frames, page.pictures, page.marks)))


def _cut(frames: Sequence[Frame], start: float, width: float) -> list[Frame]:
    """Return the parts of frames that are in a half which begins at ``start``."""
    return [
        replace(frame, left=max(frame.left - start, 0.0), right=min(frame.right - start, width))
        for frame in frames
        if frame.left - start < width and frame.right > start
    ]
