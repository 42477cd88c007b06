"""Where rules are drawn in parts, cell by cell: a table or a form, of which not every cell may be closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.library.readers.pdf.lines import Line
from bot.library.readers.pdf.margins import LARGER
from bot.library.readers.pdf.shapes import Frame
from bot.library.sentences import CAPTION

_LEVEL = 2.0
_ALIGNED = 2.5
_ABUTTING = 3.0
_FEWEST_ROWS = 3
_MOST_RULES = 300


@dataclass(slots=True)
class _Rule:
    """A horizontal line across a table, and where its parts meet."""

    left: float
    right: float
    at: float
    cuts: list[float]


def find_regions(lines: Sequence[Line], frames: Sequence[Frame], body: float) -> list[Frame]:
    """Return the regions in which three rules or more are in parts that meet at the same places.

    A frame that is as wide and meets them, such as a filled head, belongs to the region. Between two tables is text
    that runs on across their cells, a caption, or what is larger than the running text, whose size is ``body``.
    """
    regions = []
    outside = [line for line in lines if line.size >= LARGER * body or CAPTION.match(line.text)]
    for rows in _tables(_rules_in_parts([frame for frame in frames if frame.is_rule]), lines, outside):
        bottom = _foot_of_open_row(rows[-1], lines, outside)
        region = Frame(min(row.left for row in rows), bottom, max(row.right for row in rows), rows[0].at)
        for frame in frames:
            is_as_wide = abs(frame.left - region.left) < 2 * _ALIGNED and abs(frame.right - region.right) < 2 * _ALIGNED
            if frame.is_box and is_as_wide and frame.bottom < region.top + _ALIGNED and frame.top > region.bottom:
                region = Frame(region.left, min(region.bottom, frame.bottom), region.right, max(region.top, frame.top))
        regions.append(region)
    return regions


def _rules_in_parts(rules: Sequence[Frame]) -> list[_Rule]:
    """Return the lines that are drawn in several parts, one right after the other, from the top."""
    if len(rules) > _MOST_RULES:
        return []
    found: list[_Rule] = []
    row: _Rule | None = None
    for part in sorted(rules, key=lambda rule: (-round(rule.bottom / _LEVEL), rule.left)):
        if (
            row
            and abs(row.at - part.bottom) < _LEVEL
            and abs(part.left - row.right) < _ABUTTING < part.right - row.right
        ):
            row.cuts.append(part.left)
            row.right = part.right
        else:
            row = _Rule(part.left, part.right, part.bottom, [])
            found.append(row)
    return [row for row in found if row.cuts]


def _tables(rules: Sequence[_Rule], lines: Sequence[Line], outside: Sequence[Line]) -> Iterator[list[_Rule]]:
    """Return the rules of each table: their parts meet at the same places, and nothing that is in none parts them."""
    table: list[_Rule] = []
    for rule in rules:
        if table and not _is_next(table[-1], rule, lines, outside):
            if len(table) >= _FEWEST_ROWS:
                yield table
            table = []
        table.append(rule)
    if len(table) >= _FEWEST_ROWS:
        yield table


def _foot_of_open_row(rule: _Rule, lines: Sequence[Line], outside: Sequence[Line]) -> float:
    """Return where the row ends that goes on upon the next page: all below the last rule is in its cells."""
    below = [line for line in lines if line.bottom < rule.at]
    are_cells = any(line.left > rule.cuts[0] - _ALIGNED for line in below)
    is_crossed = any(_crosses(line, [cut]) for line in below for cut in rule.cuts)
    if not are_cells or is_crossed or any(line.bottom < rule.at for line in outside):
        return rule.at
    return min(line.bottom for line in below)


def _is_next(above: _Rule, rule: _Rule, lines: Sequence[Line], outside: Sequence[Line]) -> bool:
    cuts = [cut for cut in above.cuts if any(abs(cut - other) < _ALIGNED for other in rule.cuts)]
    if not cuts or any(rule.at < line.bottom < above.at for line in outside):
        return False
    between = (line for line in lines if rule.at < line.bottom < above.at)
    return not any(_crosses(line, cuts) for line in between)


def _crosses(line: Line, cuts: Sequence[float]) -> bool:
    return all(line.left < cut - _ALIGNED and line.right > cut + _ALIGNED for cut in cuts)
