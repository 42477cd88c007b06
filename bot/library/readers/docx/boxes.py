"""Open the tables of a Word file that only lay text out, such as the frame around a case study."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from bot.library.readers.docx.styles import Styles, W
from bot.library.readers.markup import BOX

_START, _END = "\ue010", "\ue011"
"""What stands for the edges of a box on its way through the converter, each in a paragraph of its own."""


def open_boxes(root: Any, styles: Styles) -> None:
    """Put what is in layout tables where these are: tables of one column, and those with sections in their cells."""
    for text in root.iter(f"{W}t"):
        if text.text and (_START in text.text or _END in text.text):
            text.text = text.text.replace(_START, "").replace(_END, "")
    for table in reversed(list(root.iter(f"{W}tbl"))):
        cells = list(_cells(table))
        if all(len(row) <= 1 for row in cells) or any(_is_section(cell, styles) for row in cells for cell in row):
            inside = [each for row in cells for cell in row for each in cell if each.tag != f"{W}tcPr"]
            for each in (_edge(table, _START), *inside, _edge(table, _END)):
                table.addprevious(each)
            table.getparent().remove(table)


def close_boxes(root: Any, headings: Collection[Any]) -> None:
    """Keep the edges of boxes with headings, which end with their box.

    What is in others is plain text; a banner, which ends with a heading, is over what follows it.
    """
    within: list[tuple[Any, list[bool]]] = []
    for paragraph in list(root.iter(f"{W}p")):
        text = _text(paragraph)
        if text == _START:
            within.append((paragraph, []))
        elif text == _END:
            start, told = within.pop()
            if not any(told) or told[-1]:
                start.getparent().remove(start)
                paragraph.getparent().remove(paragraph)
        elif text.strip():
            for _, told in within:
                told.append(paragraph in headings)


def is_edge(paragraph: Any) -> bool:
    """Say whether a paragraph is no text of the file, but the edge of a box."""
    return _text(paragraph) in (_START, _END)


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


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))
