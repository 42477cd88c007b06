"""Tables of a PDF's page: their cells, and the rows that are read of them."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.library.readers.pdf.words.bullets import BULLETS
from bot.library.readers.pdf.words.hyphens import Hyphens
from bot.library.readers.pdf.words.lines import ORDINAL, Line, without
from bot.library.readers.text import BULLET

NUMBER = re.compile(
    r"[-–−+~<>≤≥]?[£$€]?\s?\d[\d,.]*\s?(?:%|[kKmM]\b|per cent)?(?:\s?\([\d.,%–-]+\))?|[–—-]|n/?a", re.IGNORECASE
)
CELL_WORDS = 60
"""A cell with more words than this reads better as paragraphs of its own."""
_BULLETS = re.compile(rf"[{BULLETS}]\s")
_STOPS = (*".;:?!", "; and", "; or", ", and", ", or")
_HEAD_WORDS = 16
_LARGER = 1.1
_NEAR = 8.0
_CENTRED = 0.1
_WIDEST = 1.7
"""The widest leading of a cell, in sizes of type."""


@dataclass(slots=True)
class Table:
    """A table's cells, row by row, each a run of lines. Points, from the page's lower left corner."""

    page: int
    left: float
    right: float
    bottom: float
    top: float
    rows: list[list[list[Line]]] = field(default_factory=list)
    aside: int = 0
    loose: set[int] = field(default_factory=set)
    """The lines in cells that are joined over several columns, which no head names."""
    sides: tuple[float, ...] = ()
    """Where its columns begin, if that is drawn."""
    title: list[Line] = field(default_factory=list)
    """What is over all of its columns, in a row of its own at the top."""

    def part_title(self) -> None:
        """Take what is above all else for the title, if it is set out, and is over all columns or begins the first."""
        first = sorted((line for cell in self.rows[0] for line in cell), key=lambda line: -line.bottom)
        colours = {line.colour for row in self.rows[1:] for cell in row for line in cell}
        set_out = [line for line in first if line.bold or line.colour not in colours]
        is_row = sum(map(bool, self.rows[0])) == 1
        title = first if is_row else first[:1]
        if len(self.rows) < 3 or len(self.rows[0]) < 2 or len(title) != len(set_out) or title[0] not in set_out:
            return
        is_centred = all(
            abs(line.left + line.right - self.left - self.right) < _CENTRED * (self.right - self.left) for line in title
        )
        if (title[0] in self.rows[0][0] or is_centred) and all(
            title[-1].bottom >= line.top for line in first[len(title) :]
        ):
            self.title = title
            self.rows[0] = [without(cell, title) for cell in self.rows[0]]
            self.rows = self.rows[is_row:]

    def is_continued_by(self, other: Table) -> bool:
        last_page = max(line.page for cell in self.rows[-1] for line in cell)
        are_alike = abs(self.left - other.left) + abs(self.right - other.right) < _NEAR
        are_alike = are_alike and len(self.rows[0]) == len(other.rows[0])
        if other.page != last_page + 1 or not are_alike or other.title:
            return False
        return self._has_same_head(other) or not all(line.bold for cell in other.rows[0] for line in cell)

    def _has_same_head(self, other: Table) -> bool:
        """Say whether another table begins as this one does, or with what is left of its head."""
        heads, cells = _texts_of(self.rows[0]), _texts_of(other.rows[0])
        return all(cell in head for head, cell in zip(heads, cells, strict=True)) and (
            heads == cells or all(line.bold for cell in other.rows[0] for line in cell)
        )

    def extend(self, other: Table) -> None:
        rows = other.rows[1:] if self._has_same_head(other) else other.rows
        if rows and _is_parted(self.rows[-1], rows[0]):
            self.rows[-1] = [[*above, *below] for above, below in zip(self.rows[-1], rows[0], strict=True)]
            rows = rows[1:]
        self.rows += rows
        self.loose |= other.loose

    def sentences(self, hyphens: Hyphens) -> Iterator[tuple[str, int, int]]:
        """Return the rows as text, such as "Group: Nursing; invited 210; replied 148", with their pages."""
        rows = [[_cell_text(cell, hyphens) for cell in row] for row in self.rows]
        heads: list[str] = []
        for index, (cells, row) in enumerate(zip(self.rows, rows, strict=True)):
            if self._is_head(index, rows):
                heads = row
                below = [
                    [line for cells in column for line in cells] for column in zip(*self.rows[index + 1 :], strict=True)
                ]
                unused = [head for head, lines in zip(row, below, strict=True) if self.loose.issuperset(map(id, lines))]
                # In a form, of which only the first column is filled, they say what is to be written there.
                if unused and unused != row[1:]:
                    yield "; ".join(unused), *_pages_of(cells)
                continue
            own = [head * self.loose.isdisjoint(map(id, cell)) for head, cell in zip(heads, cells, strict=False)]
            if _is_in_parts(cells, row):
                yield from _cell_texts(cells, own, hyphens)
            else:
                yield _row_text(row, own), *_pages_of(cells)

    def _is_head(self, index: int, rows: Sequence[Sequence[str]]) -> bool:
        """Say whether a row names the columns of those below it. Only one in bold does so within a table."""
        row = rows[index]
        if index + 1 == len(rows) or not all(row[1:]):
            return False
        if any(len(text.split()) > _HEAD_WORDS for text in row) or any(map(NUMBER.fullmatch, row[1:])):
            return False
        head = [line for cell in self.rows[index] for line in cell]
        is_bold = all(line.bold for line in head)
        if index:
            is_bold_below = any(line.bold for cell in self.rows[index + 1] for line in cell)
            return is_bold and len(row) > 2 and bool(row[0]) and not is_bold_below
        others = [line for cells in self.rows[1:] for cell in cells for line in cell]
        is_coloured = {line.colour for line in head}.isdisjoint(line.colour for line in others)
        is_larger = min(line.size for line in head) > _LARGER * max(line.size for line in others)
        above_numbers = any(NUMBER.fullmatch(text) for row in rows[1:] for text in row[1:])
        return (is_bold and not all(line.bold for line in others)) or is_coloured or is_larger or above_numbers


def _texts_of(row: Sequence[Sequence[Line]]) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in row]


def _is_parted(above: Sequence[Sequence[Line]], below: Sequence[Sequence[Line]]) -> bool:
    """Say whether a row goes on in the next one: in small letters, and after no sentence."""
    goes_on = above[0] and above[0][-1].text.endswith((":", ",", ";"))
    if below[0] and not below[0][0].text[:1].islower() and not goes_on:
        return False
    pairs = [(upper[-1].text, lower[0].text) for upper, lower in zip(above, below, strict=True) if upper and lower]
    return any(lower[:1].islower() and not upper.endswith(_STOPS) for upper, lower in pairs)


def join_tables(elements: Sequence[Line | Table]) -> list[Line | Table]:
    """Join each table with what continues it on the next page: cells at the same places, without a head of its own.

    A head that is repeated there is left out. A row that the page parts is one.
    """
    joined: list[Line | Table] = []
    for element in elements:
        last = joined[-1] if joined else None
        if isinstance(last, Table) and isinstance(element, Table) and last.is_continued_by(element):
            last.extend(element)
        else:
            joined.append(element)
    return joined


def _cell_text(cell: Sequence[Line], hyphens: Hyphens) -> str:
    text = cell[0].text if cell else ""
    for line in cell[1:]:
        text = hyphens.join(text, line.text)
    return text


def _pages_of(cells: Sequence[Sequence[Line]]) -> tuple[int, int]:
    pages = [line.page for cell in cells for line in cell]
    return min(pages), max(pages)


def _cell_texts(
    cells: Sequence[Sequence[Line]], heads: Sequence[str], hyphens: Hyphens
) -> Iterator[tuple[str, int, int]]:
    """Return the paragraphs and items of each cell, the first with the head of its column, and their pages.

    What is in a first cell names the row where no column has a head.
    """
    is_named = len(cells) == 2 and cells[0] and not cells[0][-1].text.endswith(_STOPS)
    if is_named and not any(heads) and len(list(_parts_of_cell(cells[0]))) == 1:
        heads, cells = ["", _cell_text(cells[0], hyphens).rstrip(":")], [[], cells[1]]
    for index, cell in enumerate(cells):
        head = f"{heads[index]}: " if heads and heads[index] else ""
        for part in _parts_of_cell(cell):
            yield f"{head}{_cell_text(part, hyphens)}", *_pages_of([part])
            head = ""


def _is_in_parts(cells: Sequence[Sequence[Line]], row: Sequence[str]) -> bool:
    """Say whether a row is read cell by cell: it has two long cells, or one with several paragraphs or items."""
    if any(len(_BULLETS.findall(text)) > 1 for text in row):
        return True
    long = [cell for cell, text in zip(cells, row, strict=True) if len(text.split()) > CELL_WORDS]
    return len(long) > 1 or any(len(list(_parts_of_cell(cell))) > 1 for cell in long)


def _parts_of_cell(cell: Sequence[Line]) -> Iterator[list[Line]]:
    """Return the lines of each paragraph or item of a cell. A bullet may be a line of its own, before its text."""
    right = max((line.right for line in cell), default=0.0)
    gaps = [above.bottom - below.bottom for above, below in pairwise(cell)]
    gaps = [gap for gap, line in zip(gaps, cell, strict=False) if gap > 0.5 * line.size]
    usual = statistics.median_low(gaps) if gaps else 0.0
    part: list[Line] = []
    for line in cell:
        if part and _begins_part(part, line, min(usual, _WIDEST * line.size), right):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _begins_part(part: Sequence[Line], line: Line, usual: float, right: float) -> bool:
    last, sign = part[-1], f"{line.text} x"
    if BULLET.match(sign):
        is_fellow = part[0].text[0] == line.text[0]
        return is_fellow or _BULLETS.match(sign) is not None or last.text.endswith(_STOPS)
    if BULLET.match(f"{last.text} x") and len(last.text.split()) == 1:
        return False
    is_short = last.right < 0.7 * right + 0.3 * last.left and last.text.endswith(_STOPS)
    return is_short or last.bottom - line.bottom > 1.25 * usual


def _row_text(row: Sequence[str], heads: Sequence[str]) -> str:
    filled = [(index, text) for index, text in enumerate(row) if text]
    if heads:
        return "; ".join(_with_head(heads[index], text) for index, text in filled)
    (_, first), *others = filled
    sign = " " if re.fullmatch(ORDINAL, first) else ": "
    return f"{first}{sign}{'; '.join(text for _, text in others)}" if others else first


def _with_head(head: str, text: str) -> str:
    if not head:
        return text
    return f"{head} {text}" if NUMBER.fullmatch(text) else f"{head.rstrip(':')}: {text}"


def grid(rows: Sequence[Sequence[Line]], gutters: Sequence[tuple[float, float]]) -> Table:
    """Return the table whose columns are between gutters. ``rows`` are its lines by their height, from the top."""
    sides = [gutter[1] for gutter in gutters]
    gaps = [above[0].bottom - below[0].bottom for above, below in pairwise(rows)]
    least = min((gap for gap in gaps if gap > 0), default=0.0)
    is_even = not gaps or max(gaps) <= 1.25 * least
    cells: list[list[list[Line]]] = []
    for index, row in enumerate(rows):
        placed: list[list[Line]] = [[] for _ in range(len(sides) + 1)]
        for line in row:
            placed[sum(line.left >= side - 1 for side in sides)].append(line)
        starts = bool(placed[0]) if is_even else index > 0 and gaps[index - 1] > 1.2 * least
        # The second line of a cell is words; a row of figures begins with its own first cell.
        starts = starts or (bool(placed[0]) and any(NUMBER.fullmatch(line.text) for line in row[1:]))
        if cells and not starts:
            for cell, more in zip(cells[-1], placed, strict=True):
                cell.extend(more)
        else:
            cells.append(placed)
    every = [line for row in rows for line in row]
    return Table(
        every[0].page,
        min(line.left for line in every),
        max(line.right for line in every),
        min(line.bottom for line in every),
        max(line.top for line in every),
        cells,
    )
