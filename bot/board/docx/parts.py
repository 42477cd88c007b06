"""What python-docx has no words for: our own look, alternative text, the language, page numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
FONT = "Arial"
INK = "16488C"
PALE = "EEF3FA"
RULE = "8A8F99"
CELL_MARGIN, SIDE_MARGIN = "40", "108"
"""Twentieths of a point. Without an indent, a table would begin left of the text by its cells' margin."""
SIZES = {"Normal": 11.0, "Heading 1": 20.0, "Heading 2": 14.0, "Heading 3": 11.5}
SPACES = {"Normal": (0.0, 4.0), "Heading 1": (4.0, 10.0), "Heading 2": (11.0, 4.0), "Heading 3": (7.0, 3.0)}
SMALL = 0.9
"""Of the size of ordinary letters: the box, the annex and what is under a chart."""


def blank_document() -> Document:
    """Return an empty document of A4 pages in our own look."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.8), Cm(1.8), Cm(0.8)
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
    """Set the language of the document, also if a template says another one."""
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


def frame(paragraph: Paragraph) -> None:
    """Draw a box around a paragraph; Word joins the boxes of those that follow each other."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    # The lines are drawn outside of the text, so it moves in by as much.
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(0.25)
    properties = paragraph._p.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", RULE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    shade = set_fill(OxmlElement("w:shd"), qn)
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def add_picture(document: Document, png: bytes, alt: str, width: float) -> None:
    """Add a picture, ``width`` centimetres wide, with its alternative text; it stays with what follows."""
    from docx.shared import Cm

    paragraph = document.add_paragraph()
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(width))
    shape._inline.docPr.set("descr", alt)
    shape._inline.docPr.set("name", "Figure 1")
    keep_with_next(paragraph)


def start_page(paragraph: Paragraph) -> Paragraph:
    """Let a paragraph start a new page."""
    paragraph.paragraph_format.page_break_before = True
    return paragraph


def make_small(document: Document, *paragraphs: Paragraph) -> None:
    """Write paragraphs in smaller letters than ordinary ones."""
    from docx.shared import Pt

    usual = document.styles["Normal"].font.size
    size = Pt(round((usual.pt if usual is not None else SIZES["Normal"]) * SMALL * 2) / 2)
    for paragraph in paragraphs:
        for run in paragraph.runs:
            run.font.size = size


def add_paragraph(cell: _Cell, text: str) -> None:
    """Return one more paragraph in a cell, close to the one before."""
    from docx.shared import Pt

    spacing = cell.add_paragraph(text).paragraph_format
    spacing.space_before, spacing.space_after = Pt(2), 0


def keep_with_next(paragraph: Paragraph) -> None:
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


def set_fill(shade: BaseOxmlElement, name: Callable[[str], str]) -> BaseOxmlElement:
    """Give an element our pale fill, and return it; ``name`` makes a name of Word’s XML whole."""
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", PALE)):
        shade.set(name(f"w:{key}"), value)
    return shade
