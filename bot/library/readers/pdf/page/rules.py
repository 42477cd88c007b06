"""Tables that are drawn with rules or filled cells: their edges, and the lines that are between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.library.readers.pdf.page.edges import (
    MARGIN,
    MEETING,
    SHORTEST,
    Edge,
    connected,
    edges_of,
    find_cuts,
    length_at,
    stacks_of,
)
from bot.library.readers.pdf.page.regions import find_parted
from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.page.tables import NUMBER, Table
from bot.library.readers.pdf.words.lines import Line, rows_of_lines, without

_MOST_CROSSING = 0.6
"""The part of a table's lines that may reach over a side; where most do, the edges are those of the page."""
_MOSTLY, _WHOLLY = 0.5, 0.85
"""The part of a box's side that is drawn at the least, where three sides or two are."""
_GUTTER = 12.0
"""The widest gap between two cells, which is no column."""
_DIAGRAM = 20
_COLUMN = 15
"""The lines of two cells from which on they are columns of text, if no other row has two cells."""
_MOST_BOXES = 300


def find_ruled(
    lines: Sequence[Line], frames: Sequence[Frame], body: float, last: Line | Table | None
) -> tuple[list[Table], list[Frame], list[Line]]:
    """Return the tables whose cells are drawn, the boxes that are none, and the lines that are in no table.

    ``last`` is what the page before ends with: a table may go on with one row.
    """
    found: list[Table] = []
    boxes: list[Frame] = []
    rest = list(lines)
    loose: list[Edge] = []
    for level, upright in connected(edges_of(_without_shades(lines, frames))):
        if not upright:
            loose += level
        if len(level) + len(upright) < 3:
            continue
        left, right = min(edge.start for edge in level), max(edge.end for edge in level)
        bottom = min([edge.at for edge in level] + [edge.start for edge in upright])
        top = max([edge.at for edge in level] + [edge.end for edge in upright])
        sides = find_cuts(upright, left, right, 0.4 * (top - bottom), _GUTTER)
        heights = find_cuts(level, bottom, top, 0.5 * (right - left))
        inside = [line for line in rest if _is_within(line, left, right, bottom, top)]
        table = _fill(inside, heights[::-1], sides, upright) if len(sides) > 2 and len(inside) > 3 else None
        before = None if any(line.bottom > top for line in lines) else last
        crossing = sum(any(line.left < at - 2 and line.right > at + 2 for at in sides[1:-1]) for line in inside)
        if table is not None and crossing <= _MOST_CROSSING * len(inside) and _is_table(table, before):
            rest = without(rest, [*inside, *_take_head(rest, table)])
            found.append(table)
            continue
        loose += level
        if _is_enclosed(level, upright, Frame(left, bottom, right, top)):
            boxes.append(Frame(left, bottom, right, top))
    for drawn, inside in _find_open(rest, frames, loose, body):
        rest = without(rest, inside)
        if isinstance(drawn, Table):
            found.append(drawn)
        else:
            boxes.append(drawn)
    for table in found:
        table.part_title()
    return found, boxes, rest


def _find_open(
    lines: Sequence[Line], frames: Sequence[Frame], loose: Sequence[Edge], body: float
) -> Iterator[tuple[Table | Frame, list[Line]]]:
    """Return the tables without upright edges, and the lines of each: rules in parts tell its columns, or its head.

    Where rules in parts tell no rows, there is a box.
    """
    rest = list(lines)
    for heights, sides in find_parted(lines, frames, body):
        inside = [line for line in lines if _is_within(line, sides[0], sides[-1], heights[-1], heights[0])]
        table = _fill(inside, heights, sides) if len(inside) > 3 else None
        if table is not None and _is_table(table) and not _has_stacks_of_figures(table):
            inside += _take_head(lines, table)
            rest = without(rest, inside)
            yield table, inside
        else:
            yield Frame(sides[0], heights[-1], sides[-1], heights[0]), []
    for stack in stacks_of(loose):
        table, inside = _fill_headed(rest, stack)
        if table is not None:
            rest = without(rest, inside)
            yield table, inside


def _is_enclosed(level: Sequence[Edge], upright: Sequence[Edge], box: Frame) -> bool:
    """Say whether most of three sides is drawn, as of a box that goes on and is open at its foot, or two whole ones.

    The axes of a chart are two such sides, and a diagram has many edges inside. Lines that only decorate the page may
    meet, and enclose nothing.
    """
    if len(level) + len(upright) >= _DIAGRAM:
        return True
    sides = [length_at(upright, side) / box.height for side in (box.left, box.right)]
    sides += [length_at(level, end) / box.width for end in (box.bottom, box.top)]
    _, third, second, _ = sorted(sides)
    return third > _MOSTLY or second > _WHOLLY


def _without_shades(lines: Sequence[Line], frames: Sequence[Frame]) -> Sequence[Frame]:
    """Return the frames without the backgrounds of single lines that are drawn one below the other in a cell."""
    boxes = [frame for frame in frames if frame.is_box]
    if len(boxes) > _MOST_BOXES:
        return frames
    gone: set[int] = set()
    for box in boxes:
        cells = (cell for cell in boxes if cell.width - box.width < 2 * SHORTEST and cell.height > box.height + 2)
        if any(cell.holds(box.left, box.right, box.bottom) and box.top <= cell.top + 2 for cell in cells):
            held = sum(box.holds(line.left, line.right, line.bottom) for line in lines)
            gone.update([id(box)] if held < 2 else ())
    return [frame for frame in frames if id(frame) not in gone]


def _fill_headed(lines: Sequence[Line], stack: Sequence[Edge]) -> tuple[Table | None, list[Line]]:
    """Return the table that only has level rules, and its lines: its first cells are bold, or of a colour of their own.

    Its columns part where no line reaches over.
    """
    left, right = stack[0].start, stack[0].end
    for top, (upper, lower) in enumerate(pairwise(stack[:-1])):
        head = [line for line in lines if _is_within(line, left, right, lower.at, upper.at)]
        inside = [line for line in lines if _is_within(line, left, right, stack[-1].at, upper.at)]
        colours = {line.colour for line in without(inside, head)}
        if len(head) < 2 or not all(line.bold or line.colour not in colours for line in head):
            continue
        sides, end = [left], left
        for line in sorted(inside, key=lambda line: line.left):
            if line.left > end + MARGIN and end > left:
                sides.append((line.left + end) / 2)
            end = max(end, line.right)
        table = _fill(inside, [edge.at for edge in stack[top:]], [*sides, right])
        if all(table.rows[0]) and _is_table(table) and not _has_stacks_of_figures(table):
            return table, inside
    return None, []


def _has_stacks_of_figures(table: Table) -> bool:
    """Say whether figures are one below the other in two cells or more of a row: they are in rows of their own."""
    cells = [[cell for cell in row if len(cell) > 1] for row in table.rows]
    return any(sum(all(NUMBER.fullmatch(line.text) for line in cell) for cell in row) > 1 for row in cells)


def _is_within(line: Line, left: float, right: float, bottom: float, top: float) -> bool:
    middle = line.bottom + 0.3 * line.size
    return left - MARGIN <= line.left and line.right <= right + MARGIN and bottom <= middle <= top


def _fill(
    lines: Sequence[Line], heights: Sequence[float], sides: Sequence[float], upright: Sequence[Edge] = ()
) -> Table:
    """Put lines into the cells between these heights (from the top) and sides (from the left).

    What stands alone in cells that no upright edge parts is in no one column.
    """
    rows: list[list[list[Line]]] = [[[] for _ in sides[1:]] for _ in heights[1:]]
    for line in sorted(lines, key=lambda line: (-round(line.bottom), line.left)):
        middle = line.bottom + 0.3 * line.size
        row = sum(middle <= height for height in heights[1:-1])
        rows[row][_column_of(line, sides[:-1])].append(line)
    loose: set[int] = set()
    for row_cells, (top, bottom) in zip(rows, pairwise(heights), strict=True) if upright else ():
        middle = (top + bottom) / 2
        for column, side in enumerate(sides[1:-1]):
            beside = row_cells[column : column + 2]
            near = (edge for edge in upright if abs(edge.at - side) <= 2 * MEETING)
            if all(beside) or any(edge.start <= middle <= edge.end for edge in near):
                continue
            loose.update(id(line) for cell in beside for line in cell)
    filled = [row for row in rows if any(row)]
    return Table(
        lines[0].page, sides[0], sides[-1], heights[-1], heights[0], filled, loose=loose, sides=tuple(sides[:-1])
    )


def _column_of(line: Line, sides: Sequence[float]) -> int:
    """Return in which of the columns a line begins whose left sides these are."""
    return sum(line.left >= side - MEETING for side in sides[1:])


def _take_head(lines: Sequence[Line], table: Table) -> list[Line]:
    """Give a table the bold lines right above it that name each of its columns, if there are such, and return them."""
    head: list[list[Line]] = [[] for _ in table.sides]
    ends = [*table.sides[1:], table.right]
    taken: list[Line] = []
    last = table.top
    for row in rows_of_lines(line for line in lines if line.bottom > table.top and line.bold)[::-1]:
        places = [_column_of(line, table.sides) for line in row]
        is_over = all(line.right <= ends[place] + MEETING for line, place in zip(row, places, strict=True))
        are_alike = len({line.setting for line in (*taken, *row)}) == 1
        if row[0].bottom - last >= 1.5 * row[0].size or not (is_over and are_alike):
            break
        for line, place in zip(row, places, strict=True):
            head[place].insert(0, line)
        taken += row
        last = row[0].bottom
    if not all(head):
        return []
    table.rows.insert(0, head)
    return taken


def _is_table(table: Table, last: Line | Table | None = None) -> bool:
    """Say whether what edges part is a table: most of its rows have more than one cell, or a head is over a form.

    Two long cells beside each other, and no others, are the columns of a page. One row of several lines may go on
    from ``last``.
    """
    if len(table.rows) == 1:
        is_long = any(len(cell) > 1 for cell in table.rows[0])
        return is_long and isinstance(last, Table) and last.is_continued_by(table)
    beside = [cells for row in table.rows if len(cells := [cell for cell in row if cell]) >= 2]
    is_form = len(table.rows[0]) > 2 and all(table.rows[0])
    are_columns = len(beside) == 1 and min(map(len, beside[0])) >= _COLUMN
    return not are_columns and (is_form or len(beside) * 2 >= len(table.rows))
