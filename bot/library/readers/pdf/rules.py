"""Tables that are drawn with rules or filled cells: their edges, and the lines that are between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.library.readers.pdf.edges import (
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
from bot.library.readers.pdf.lines import Line, without
from bot.library.readers.pdf.shapes import Frame
from bot.library.readers.pdf.tables import NUMBER, Table

_MOST_CROSSING = 0.6
"""The part of a table's lines that may reach over a side; where most do, the edges are those of the page."""
_MOSTLY, _WHOLLY = 0.5, 0.85
"""The part of a box's side that is drawn at the least, where three sides or two are."""
_DIAGRAM = 20
_COLUMN = 15
"""The lines of two cells from which on they are columns of text, if no other row has two cells."""
_MOST_BOXES = 300


def find_ruled(lines: Sequence[Line], frames: Sequence[Frame]) -> tuple[list[Table], list[Frame], list[Line]]:
    """Return the tables whose cells are drawn, the boxes that are none, and the lines that are in no table."""
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
        sides = find_cuts(upright, left, right, 0.4 * (top - bottom))
        heights = find_cuts(level, bottom, top, 0.5 * (right - left))
        inside = [line for line in rest if _is_within(line, left, right, bottom, top)]
        table = _fill(inside, heights[::-1], sides, upright) if len(sides) > 2 and len(inside) > 3 else None
        crossing = sum(any(line.left < at - 2 and line.right > at + 2 for at in sides[1:-1]) for line in inside)
        if table is not None and crossing <= _MOST_CROSSING * len(inside) and _is_table(table):
            head = _head_above(rest, table)
            if head:
                table.rows.insert(0, [[line] for line in head])
            rest = without(rest, [*inside, *head])
            found.append(table)
            continue
        loose += level
        if _is_enclosed(level, upright, Frame(left, bottom, right, top)):
            boxes.append(Frame(left, bottom, right, top))
    for stack in stacks_of(loose):
        table, inside = _fill_headed(rest, stack)
        if table is not None:
            rest = without(rest, inside)
            found.append(table)
    return found, boxes, rest


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
        # Figures one below the other between two rules are rows of their own.
        is_whole = len(table.rows) > 2 or not any(NUMBER.fullmatch(line.text) for line in without(inside, head))
        if is_whole and all(table.rows[0]) and _is_table(table):
            return table, inside
    return None, []


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
        column = sum(line.left >= side - MEETING for side in sides[1:-1])
        rows[row][column].append(line)
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


def _head_above(lines: Sequence[Line], table: Table) -> list[Line]:
    """Return the bold line right above a table that names each of its columns, if there is one."""
    near = [line for line in lines if 0 < line.bottom - table.top < 1.5 * line.size and line.bold]
    head = sorted(near, key=lambda line: line.left)
    return head if len(head) == len(table.sides) else []


def _is_table(table: Table) -> bool:
    """Say whether what edges part is a table: most of its rows have more than one cell, or a head is over a form.

    Two long cells beside each other, and no others, are the columns of a page.
    """
    beside = [cells for row in table.rows if len(cells := [cell for cell in row if cell]) >= 2]
    is_form = len(table.rows[0]) > 2 and all(table.rows[0])
    are_columns = len(beside) == 1 and min(map(len, beside[0])) >= _COLUMN
    return len(table.rows) >= 2 and not are_columns and (is_form or len(beside) * 2 >= len(table.rows))
