"""Where rules are drawn in parts, cell by cell: a table or a form, of which not every cell may be closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.library.readers.pdf.lines import Line
from bot.library.readers.pdf.margins import LARGER, body_size
from bot.library.readers.pdf.shapes import Frame
from bot.library.sentences import CAPTION

_LEVEL = 2.0
_ALIGNED = 2.5
_ABUTTING = 3.0
_FEWEST_ROWS = 3
_MOST_RULES = 300


@dataclass(slots=True)
class _Rule:
    """A horizontal line across a table, and where its parts meet; a filled bar reaches from ``at`` up to ``top``."""

    left: float
    right: float
    at: float
    cuts: list[float]
    top: float
    is_title: bool = False


def find_parted(
    lines: Sequence[Line], frames: Sequence[Frame], body: float
) -> Iterator[tuple[list[float], list[float]]]:
    """Return the heights of rows, from the top, and the sides of columns: of tables whose rules are in parts.

    Three rules or more are in parts that meet at the same places. Below a bar with a title a table begins. Between two
    tables is text that runs on across their cells, a caption, or what is larger than the running text, whose size is
    ``body``, and than what most of the tables is set in.
    """
    rules = _rules_in_parts([frame for frame in frames if frame.is_rule])
    if len(rules) < _FEWEST_ROWS:
        return
    rules = sorted([*rules, *_title_bars(rules, lines, frames)], key=lambda rule: -rule.at)
    size = max(body, body_size(line for line in lines if rules[-1].at < line.bottom < rules[0].at))
    outside = [line for line in lines if line.size >= LARGER * size or CAPTION.match(line.text)]
    for rows in _tables(rules, lines, outside):
        left, right = min(row.left for row in rows), max(row.right for row in rows)
        heights = sorted({height for row in rows for height in (row.top, row.at)}, reverse=True)
        if rows[-1] is rules[-1]:
            heights.append(_foot_of_open_row(rows[-1], lines, outside))
        sides = [left]
        for cut in sorted(cut for row in rows for cut in row.cuts):
            shared = sum(any(abs(cut - other) < _ALIGNED for other in row.cuts) for row in rows)
            if shared * 2 >= len(rows) and cut > sides[-1] + _ALIGNED:
                sides.append(cut)
        yield heights, [*sides, right]


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
            row = _Rule(part.left, part.right, part.bottom, [], part.bottom)
            found.append(row)
    return [row for row in found if row.cuts]


def _title_bars(rules: Sequence[_Rule], lines: Sequence[Line], frames: Sequence[Frame]) -> Iterator[_Rule]:
    """Return the filled bars that are as wide as the rule below them, and in which one line is."""
    for frame in frames:
        inside = [line for line in lines if frame.holds(line.left, line.right, line.bottom)]
        below = next((rule for rule in rules if rule.at < frame.bottom + _LEVEL), None)
        if below is None or len(inside) != 1 or not frame.is_box:
            continue
        if abs(frame.left - below.left) < 2 * _ALIGNED and abs(frame.right - below.right) < 2 * _ALIGNED:
            yield _Rule(below.left, below.right, frame.bottom, below.cuts, frame.top, is_title=True)


def _tables(rules: Sequence[_Rule], lines: Sequence[Line], outside: Sequence[Line]) -> Iterator[list[_Rule]]:
    """Return the rules of each table: their parts meet at the same places, and nothing that is in none parts them."""
    table: list[_Rule] = []
    for rule in rules:
        if table and (rule.is_title or not _is_next(table[-1], rule, lines, outside)):
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
