"""What python-docx has no words for: our own look, header rows, alternative text, the language, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
FONT = "Arial"
INK = "16488C"
PALE = "EEF3FA"
RULE = "8A8F99"
CELL_MARGIN, SIDE_MARGIN = "40", "108"
"""Twentieths of a point. Without an indent, a table would begin left of the text by its cells' margin."""
SIZES = {"Normal": 9.5, "Heading 1": 18.0, "Heading 2": 12.5, "Heading 3": 10.5}
SPACES = {"Normal": (0.0, 3.0), "Heading 1": (0.0, 4.0), "Heading 2": (9.0, 3.0), "Heading 3": (6.0, 2.0)}


def blank_document() -> Document:
    """Return an empty document of A4 pages in our own look."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.6)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.4), Cm(1.5), Cm(0.7)
    for name in SIZES:
        _set_styles(document.styles[name], name)
    _draw_rules(document.styles["Table Grid"].element)
    return document


def _draw_rules(style: BaseOxmlElement) -> None:
    """Thin grey lines, and a little room above and below the words of a cell."""
    from docx.oxml.ns import qn

    for line in (border for borders in style.iter(qn("w:tblBorders")) for border in borders):
        line.set(qn("w:color"), RULE)
    for margins in style.iter(qn("w:tblCellMar")):
        for side in ("w:top", "w:bottom"):
            margins.find(qn(side)).set(qn("w:w"), CELL_MARGIN)
    for indent in style.iter(qn("w:tblInd")):
        indent.set(qn("w:w"), SIDE_MARGIN)


def _set_styles(style: ParagraphStyle, name: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font, spacing = style.font, style.paragraph_format
    font.name, font.size, font.bold = FONT, Pt(SIZES[name]), name != "Normal"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)  # a theme's font would win over the named one
        fonts.set(qn(f"w:{kind}"), FONT)
    if name != "Normal":
        font.color.rgb = RGBColor.from_string(INK)
    spacing.space_before, spacing.space_after = (Pt(space) for space in SPACES[name])
    spacing.line_spacing = 1.0


def set_language(document: Document) -> None:
    """Set the language of the document, also where a template says another one."""
    from docx.oxml.ns import qn

    styles = document.styles.element
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    defaults = _child(_child(_child(styles, "w:docDefaults", first=True), "w:rPrDefault"), "w:rPr")
    _child(defaults, "w:lang").set(qn("w:val"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)


def _child(parent: BaseOxmlElement, name: str, *, first: bool = False) -> BaseOxmlElement:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    child: BaseOxmlElement | None = parent.find(qn(name))
    if child is None:
        child = OxmlElement(name)
        parent.insert(0, child) if first else parent.append(child)
    return child


def add_table(document: Document, heads: Sequence[str], rows: int, widths: Sequence[float], caption: str) -> Table:
    """Return a table with a header row that is marked as one and repeated on each page.

    ``widths`` are in centimetres.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    table: Table = document.add_table(rows + 1, len(heads), "Table Grid")
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
    _head_row(table, heads)
    after = document.add_paragraph().paragraph_format  # without it, two tables would become one
    after.space_after, after.line_spacing = 0, Pt(4)
    return table


def _head_row(table: Table, heads: Sequence[str]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, head in zip(row.cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", PALE)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def add_paragraph(cell: _Cell, text: str) -> None:
    """Return one more paragraph in a cell, close to the one before."""
    from docx.shared import Pt

    spacing = cell.add_paragraph(text).paragraph_format
    spacing.space_before, spacing.space_after = Pt(2), 0


def kept_with_next(paragraph: Paragraph) -> None:
    """Let no page end between this paragraph and what follows."""
    paragraph.paragraph_format.keep_with_next = True


def write_notice(paragraph: Paragraph, text: str) -> None:
    """Write a line that readers are to see first."""
    paragraph.add_run(text).bold = True


def page_numbers(document: Document, said: str) -> None:
    """Return a footer with a sentence and the number of the page."""
    from docx.shared import Pt

    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run(f"{said} Page ").font.size = Pt(8)
    _field(footer, "PAGE")
    footer.add_run(" of ").font.size = Pt(8)
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size = Pt(8)
    field.append(run._r)
    paragraph._p.append(field)
