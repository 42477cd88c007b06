"""Where rules are drawn in parts, cell by cell: a table or a form, of which not every cell may be closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.library.readers.pdf.furniture.margins import LARGER, body_size
from bot.library.readers.pdf.page.edges import Edge, edges_of
from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.words.lines import Line
from bot.library.sentences import CAPTION

_ALIGNED = 2.5
_FEWEST_ROWS = 3


def find_parted(
    lines: Sequence[Line], frames: Sequence[Frame], body: float
) -> Iterator[tuple[list[float], list[float]]]:
    """Return the heights of rows, from the top, and the sides of columns: of tables whose rules are in parts.

    Three rules or more are in parts that meet at the same places. Below a bar with a title a table begins.
    Between two tables is text that runs on across their cells, a caption, or what is larger than the running text,
    whose size is ``body``, and than what most of the tables is set in.
    """
    edges = edges_of([frame for frame in frames if frame.is_rule])
    rules = sorted((edge for edge in edges if edge.cuts), key=lambda edge: -edge.at)
    if len(rules) < _FEWEST_ROWS:
        return
    tops: list[Edge] = []
    for bar, cuts in _title_bars(rules, lines, frames):
        tops.append(Edge(True, bar.top, bar.left, bar.right, cuts))
        rules += [tops[-1], Edge(True, bar.bottom, bar.left, bar.right, cuts)]
    rules.sort(key=lambda edge: -edge.at)
    size = max(body, body_size(line for line in lines if rules[-1].at < line.bottom < rules[0].at))
    outside = [line for line in lines if line.size >= LARGER * size or CAPTION.match(line.text)]
    for rows in _tables(rules, tops, lines, outside):
        foot = _foot_of_open_row(rows[-1], lines, outside) if rows[-1] is rules[-1] else rows[-1].at
        sides = [min(row.start for row in rows)]
        for cut in sorted(cut for row in rows for cut in row.cuts):
            shared = sum(any(abs(cut - other) < _ALIGNED for other in row.cuts) for row in rows)
            if shared * 2 >= len(rows) and cut > sides[-1] + _ALIGNED:
                sides.append(cut)
        yield [*(row.at for row in rows), foot], [*sides, max(row.end for row in rows)]


def _title_bars(
    rules: Sequence[Edge], lines: Sequence[Line], frames: Sequence[Frame]
) -> Iterator[tuple[Frame, list[float]]]:
    """Return the filled bars with one line that are as wide as the rule below them, and where that is cut."""
    for frame in frames:
        inside = [line for line in lines if frame.holds(line.left, line.right, line.bottom)]
        below = next((rule for rule in rules if rule.at < frame.bottom + _ALIGNED), None)
        if below is None or len(inside) != 1 or not frame.is_box:
            continue
        if abs(frame.left - below.start) < 2 * _ALIGNED and abs(frame.right - below.end) < 2 * _ALIGNED:
            yield frame, below.cuts


def _tables(
    rules: Sequence[Edge], tops: Sequence[Edge], lines: Sequence[Line], outside: Sequence[Line]
) -> Iterator[list[Edge]]:
    """Return the rules of each table: their parts meet at the same places, and nothing that is in none parts them."""
    table: list[Edge] = []
    for rule in rules:
        if table and (rule in tops or not (table[-1] in tops or _is_next(table[-1], rule, lines, outside))):
            if len(table) >= _FEWEST_ROWS:
                yield table
            table = []
        table.append(rule)
    if len(table) >= _FEWEST_ROWS:
        yield table


def _foot_of_open_row(rule: Edge, lines: Sequence[Line], outside: Sequence[Line]) -> float:
    """Return where the row ends that goes on upon the next page: all below the last rule is in its cells."""
    below = [line for line in lines if line.bottom < rule.at]
    are_cells = any(line.left > rule.cuts[0] - _ALIGNED for line in below)
    is_crossed = any(_crosses(line, [cut]) for line in below for cut in rule.cuts)
    if not are_cells or is_crossed or any(line.bottom < rule.at for line in outside):
        return rule.at
    return min(line.bottom for line in below)


def _is_next(above: Edge, rule: Edge, lines: Sequence[Line], outside: Sequence[Line]) -> bool:
    cuts = [cut for cut in above.cuts if any(abs(cut - other) < _ALIGNED for other in rule.cuts)]
    if not cuts or any(rule.at < line.bottom < above.at for line in outside):
        return False
    between = (line for line in lines if rule.at < line.bottom < above.at)
    return not any(_crosses(line, cuts) for line in between)


def _crosses(line: Line, cuts: Sequence[float]) -> bool:
    return all(line.left < cut - _ALIGNED and line.right > cut + _ALIGNED for cut in cuts)
