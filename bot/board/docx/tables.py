"""Tables of a Word document: header rows and columns that readers announce, and their look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.board.docx.parts import add_paragraph, set_fill

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell


def add_table(document: Document, heads: Sequence[str], rows: int, widths: Sequence[float], caption: str) -> Table:
    """Return a table with a header row that is marked as one and repeated on each page.

    ``widths`` are in centimetres.
    """
    table = _new_table(document, rows + 1, widths, caption)
    _head_row(table, heads)
    return table


def add_labelled_table(
    document: Document, rows: Sequence[tuple[str, Sequence[str]]], widths: Sequence[float], caption: str
) -> None:
    """Add a table whose first column holds the labels of its rows, each with the lines beside it."""
    table = _new_table(document, len(rows), widths, caption)
    _mark_row_headers(table)
    for row, (label, lines) in zip(table.rows, rows, strict=True):
        row.cells[0].paragraphs[0].add_run(label).bold = True
        _shade(row.cells[0])
        first, *others = lines
        row.cells[1].paragraphs[0].add_run(first)
        for line in others:
            add_paragraph(row.cells[1], line)


def _new_table(document: Document, rows: int, widths: Sequence[float], caption: str) -> Table:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    table: Table = document.add_table(rows, len(widths), "Table Grid")
    table.autofit = False
    described_as = OxmlElement("w:tblCaption")
    described_as.set(qn("w:val"), caption)
    table._tbl.tblPr.append(described_as)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
            cell.paragraphs[0].paragraph_format.space_after = 0
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    after = document.add_paragraph().paragraph_format  # without it, two tables would become one
    after.space_after, after.line_spacing = 0, Pt(4)
    return table


def _head_row(table: Table, heads: Sequence[str]) -> None:
    from docx.oxml import OxmlElement

    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, head in zip(row.cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
        _shade(cell)


def _mark_row_headers(table: Table) -> None:
    """Say that the first column holds the headers of the rows, and that there is no header row."""
    from docx.oxml.ns import qn

    for look in table._tbl.tblPr.iter(qn("w:tblLook")):
        look.set(qn("w:val"), "0080")
        for key, value in (("firstRow", "0"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1")):
            look.set(qn(f"w:{key}"), value)


def _shade(cell: _Cell) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    cell._tc.get_or_add_tcPr().append(set_fill(OxmlElement("w:shd"), qn))
