"""Open the tables of a Word file that only lay text out, such as the frame around a case study."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from bot.library.readers.docx_styles import Styles, W
from bot.library.readers.markup import BOX

_START, _END = "\ue010", "\ue011"
"""What stands for the edges of a box on its way through the converter, each in a paragraph of its own."""


def open_boxes(root: Any, styles: Styles) -> None:
    """Put what is in layout tables where these are: tables of one column, and those with sections in their cells."""
    for table in reversed(list(root.iter(f"{W}tbl"))):
        cells = list(_cells(table))
        is_column = all(len(row) <= 1 for row in cells)
        if is_column or any(_is_section(cell, styles) for row in cells for cell in row):
            inside = [each for row in cells for cell in row for each in cell if each.tag != f"{W}tcPr"]
            if is_column:
                inside = [_edge(table, _START), *inside, _edge(table, _END)]
            for each in inside:
                table.addprevious(each)
            table.getparent().remove(table)


def close_boxes(root: Any, headings: Collection[Any]) -> None:
    """Keep the edges of boxes that begin with a heading, which ends with its box; what is in others is plain text."""
    starts: list[Any] = []
    for edge in [each for each in root.iter(f"{W}p") if _is_edge(each)]:
        if _text(edge) == _START:
            starts.append(edge)
            continue
        start = starts.pop()
        first = next((each for each in start.itersiblings(f"{W}p") if _text(each).strip()), None)
        if first not in headings:
            start.getparent().remove(start)
            edge.getparent().remove(edge)


def mark_edges(html: str) -> str:
    """Return the HTML of a file with its boxes as elements."""
    return html.replace(f"<p>{_START}</p>", f'<div {BOX}="1">').replace(f"<p>{_END}</p>", "</div>")


def _cells(table: Any) -> Iterator[list[Any]]:
    """Return the cells of each row that hold words or a number."""
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is table:
            own = (cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row)
            yield [cell for cell in own if _text(cell).strip() or cell.find(f".//{W}numPr") is not None]


def _is_section(cell: Any, styles: Styles) -> bool:
    """Say whether a cell has a heading with text under it."""
    texts = [each for each in cell.iterchildren(f"{W}p") if _text(each).strip()]
    return len(texts) > 1 and any(styles.heading_level(each) is not None for each in texts[:-1])


def _edge(table: Any, sign: str) -> Any:
    edge = table.makeelement(f"{W}p")
    run = edge.makeelement(f"{W}r")
    text = run.makeelement(f"{W}t")
    text.text = sign
    run.append(text)
    edge.append(run)
    return edge


def _is_edge(paragraph: Any) -> bool:
    return _text(paragraph) in (_START, _END)


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))
