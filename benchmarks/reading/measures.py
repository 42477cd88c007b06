"""Compare the excerpts of a PDF with what a second reader sees in it, and with the file's own outline."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.reading.second_reader import OutlineEntry, SeenLine, letters_of, read_lines, read_outline, words_of
from bot.library.lead_ins import drop_repeated
from bot.library.sentences import CAPTION

Passages = Sequence[Mapping[str, Any]]
_SHORTEST = 25
"""The letters that a line needs to be found again in a page without doubt."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Shares are of the second reader's words; ``steps`` are pairs of lines below each other in one column."""

    lost: float
    doubled: float
    headings_found: int
    headings: int
    misplaced: int
    placed: int
    upward: int
    steps: int


def compare(path: Path, passages: Passages) -> Comparison:
    """Return what was lost, doubled, misplaced or put out of order in the excerpts of a PDF."""
    lines = read_lines(path)
    lost, doubled = _words(lines, passages)
    outline = _seen_entries(read_outline(path), lines)
    names = {letters_of(part) for passage in passages for part in passage["heading"].split(" > ")}
    found = sum(any(_is_same(letters_of(entry.title), name) for name in names) for entry in outline)
    misplaced, placed = _places(outline, passages)
    upward, steps = _order(lines, passages)
    return Comparison(lost, doubled, found, len(outline), misplaced, placed, upward, steps)


def _words(lines: Sequence[SeenLine], passages: Passages) -> tuple[float, float]:
    seen = Counter(word for line in lines for word in words_of(line.text))
    # A heading is the place of many excerpts, but stands once in the file.
    places = {part for passage in passages for part in passage["heading"].split(" > ")}
    ours = Counter(word for passage in passages for word in words_of(drop_repeated(passage["text"])))
    with_places = ours + Counter(word for place in places for word in words_of(place))
    total = max(1, seen.total())
    return (seen - with_places).total() / total, (ours - seen).total() / total


def _seen_entries(outline: Sequence[OutlineEntry], lines: Sequence[SeenLine]) -> list[OutlineEntry]:
    """Return the entries whose words stand on their page: others are no headings that a reader could find.

    Nor are the captions of figures and tables, which some outlines have alone.
    """
    pages: defaultdict[int, str] = defaultdict(str)
    for line in lines:
        pages[line.page] += letters_of(line.text)
    return [
        entry
        for entry in outline
        if len(letters_of(entry.title)) > 2
        and letters_of(entry.title) in pages[entry.page]
        and (not CAPTION.match(entry.title) or entry.title.isupper())
    ]


def _is_same(title: str, name: str) -> bool:
    if len(name) > 100 and title.startswith(name):
        return True  # a long heading is shortened as a place
    return title == name or (len(name) > 6 and (title.endswith(name) or name.endswith(title)) and len(title) > 6)


def _places(outline: Sequence[OutlineEntry], passages: Passages) -> tuple[int, int]:
    """Count the excerpts that name none of the sections which their page belongs to, of those that can be judged."""
    if len(outline) < 3:
        return 0, 0
    ordered = sorted(outline, key=lambda entry: entry.page)
    pages = [entry.page for entry in ordered]
    misplaced = placed = 0
    for passage in passages:
        if not passage["from"] or passage["from"] < pages[0] or passage["heading"].startswith("Notes"):
            continue
        placed += 1
        # Whatever began on the page itself, and what was open when it began, at any depth.
        began = bisect_right(pages, passage["from"] - 1)
        open_then = _open_entries(ordered[:began]) + ordered[began : bisect_right(pages, passage["to"])]
        titles = [letters_of(entry.title) for entry in open_then]
        names = [letters_of(part) for part in passage["heading"].split(" > ")]
        misplaced += not any(_is_same(title, name) for title in titles for name in names)
    return misplaced, placed


def _open_entries(before: Sequence[OutlineEntry]) -> list[OutlineEntry]:
    open_ones: list[OutlineEntry] = []
    for entry in before:
        open_ones = [outer for outer in open_ones if outer.level < entry.level] + [entry]
    return open_ones


def _order(lines: Sequence[SeenLine], passages: Passages) -> tuple[int, int]:
    """Count where the excerpts go up a column, of all the steps from line to line in one column of one page."""
    text = letters_of("".join(drop_repeated(passage["text"]) for passage in passages))
    by_page: defaultdict[int, list[SeenLine]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    upward = steps = 0
    for page in by_page.values():
        found = []
        for line in page:
            letters = letters_of(line.text)
            if len(letters) >= _SHORTEST and text.count(letters) == 1:
                found.append((text.index(letters), line))
        found.sort(key=lambda pair: pair[0])
        for (_, before), (_, after) in pairwise(found):
            if min(before.right, after.right) - max(before.left, after.left) > 0:
                steps += 1
                upward += after.bottom > before.bottom + 2
    return upward, steps
