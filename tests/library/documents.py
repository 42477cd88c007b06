"""Makes the files that the tests of reading read: PDF with reportlab, DOCX by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import bot.render
from bot.library import read_document
from bot.models.library import Document
from tests.word_files import new_word_file

WIDTH, HEIGHT = A4
LEADING = 14
BOLD = "Helvetica-Bold"

WORDS = (
    *(
        "ward",
        "team",
        "shift",
        "nurse",
        "porter",
        "clinic",
        "budget",
        "rota",
        "morning",
        "evening",
        "question",
        "answer",
    ),
    *("patient", "visit", "result", "letter", "kitchen", "corridor", "window", "doctor", "meeting", "person", "number"),
    *("reason", "change", "plan", "office", "teacher", "student", "record"),
)


def sentence(seed: int, words: int = 12) -> str:
    """A sentence of made-up words that differs for every seed."""
    chosen = [WORDS[(seed * 7 + index * (3 + seed % 5)) % len(WORDS)] for index in range(words - 1)]
    return f"{chosen[0].capitalize()} {' '.join(chosen[1:])} n{seed}x."


def paragraph(seed: int, sentences: int = 5) -> str:
    return " ".join(sentence(seed * 100 + index) for index in range(sentences))


Line = tuple[str, float, float, float, str]
"""Text, distance from the left and from the bottom in points, size, font."""
FontLine = Line
Frame = tuple[float, float, float, float]
"""The left and the bottom of a rectangle, its width and its height, in points."""


def pdf(
    pages: Sequence[Sequence[Line]],
    *,
    title: str = "",
    encrypt: str | None = None,
    frames: Sequence[Sequence[Frame]] = (),
    pictures: Sequence[Sequence[Frame]] = (),
    links: Sequence[Sequence[Frame]] = (),
    outline: Sequence[tuple[str, int, int]] = (),
    turned: bool = False,
    crop: tuple[float, float, float, float] | None = None,
    page_size: tuple[float, float] = A4,
    colours: Mapping[str, tuple[float, float, float]] | None = None,
) -> bytes:
    """A PDF with these lines drawn on its pages, frames around some, pictures below others, and links on others.

    ``outline`` has a title, a level from 1 and the number of a page from 0 for each bookmark. ``turned`` draws every
    page on its side; ``crop`` is the part of each page that is seen, ``page_size`` its width and height. ``colours``
    are those of texts that are not black.
    """
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=page_size, encrypt=encrypt)
    if title:
        canvas.setTitle(title)
    for number, lines in enumerate(pages):
        for name, level, page in outline:
            if page == number:
                canvas.bookmarkPage(name)
                canvas.addOutlineEntry(name, name, level - 1)
        if crop:
            canvas.setCropBox(crop)
        if turned:
            canvas.translate(WIDTH, 0)
            canvas.rotate(90)
        _draw_shapes(canvas, *(each[number : number + 1] for each in (frames, pictures, links)))
        for text, left, bottom, size, font in lines:
            canvas.setFont(font, size)
            canvas.setFillColorRGB(*(colours or {}).get(text, (0, 0, 0)))
            canvas.drawString(left, bottom, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_shapes(
    canvas: Canvas,
    frames: Iterable[Sequence[Frame]],
    pictures: Iterable[Sequence[Frame]],
    links: Iterable[Sequence[Frame]],
) -> None:
    for left, bottom, width, height in chain(*frames):
        canvas.rect(left, bottom, width, height)
    for left, bottom, width, height in chain(*pictures):
        canvas.drawInlineImage(Image.new("L", (2, 2), 200), left, bottom, width, height)
    for left, bottom, width, height in chain(*links):
        canvas.linkURL("https://example.org", (left, bottom, left + width, bottom + height))


def embed_font() -> str:
    """The name of a font with Hebrew letters, whose letters stand in higher boxes than Helvetica's."""
    path = Path(bot.render.__file__).parent / "fonts" / "DejaVuSans.ttf"
    pdfmetrics.registerFont(TTFont("DejaVuSans", path))
    return "DejaVuSans"


def pdf_with_unread_letter() -> bytes:
    """A PDF that draws "efficient" with one sign for its three letters in the middle, and does not say what it is."""
    words = b"The team wants an e\\001cient rota for the night, and the ward agrees with them on that. " * 2
    content = b"BT /F1 11 Tf 72 700 Td (" + words[:81] + b") Tj 0 -14 Td (" + words[81:] + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/Differences[1/g123]>>>>",
    ]
    file = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(file))
        file += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(file)
    return file + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def column(
    texts: Sequence[str], *, left: float = 72, top: float = HEIGHT - 120, size: float = 11, font: str = "Helvetica"
) -> list[Line]:
    """Lines below one another, for a page of a PDF; an empty text leaves a line free."""
    placed = enumerate(texts)
    return [(text, left, top - index * LEADING, size, font) for index, text in placed if text]


def wrapped(text: str, width: int = 80) -> list[str]:
    """The text in lines of at most ``width`` characters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
_CORE = """<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>{title}</dc:title><dc:creator>The rota group</dc:creator>
<dcterms:created>2019-03-04T10:00:00Z</dcterms:created></cp:coreProperties>"""
_WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def section(heading: str, seed: int, *, top: float, font: str = BOLD, size: float = 14) -> list[Line]:
    """A heading with a paragraph below it."""
    return [(heading, 72, top, size, font), *column(wrapped(paragraph(seed)), top=top - 30)]


def places(data: bytes) -> list[str]:
    """The headings under which a PDF's passages stand, each once, in order."""
    return list(dict.fromkeys(passage.heading for passage in read_document(data, "x.pdf").passages))


def texts(data: bytes) -> list[str]:
    """The texts of a PDF's passages, in order."""
    return [passage.text for passage in read_document(data, "x.pdf").passages]


def docx(paragraphs: Sequence[tuple[str, str]], *, title: str = "", extra: bytes = b"") -> bytes:
    """A Word file of (style, text) paragraphs; ``extra`` is one more part that is not read."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    names = sorted({style for style, _ in paragraphs})
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{_style_name(name)}"/></w:style>'
        for name in names
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("docProps/core.xml", _CORE.format(title=escape(title)))
        archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{_WORDPROCESSING}">{styles}</w:styles>')
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_WORDPROCESSING}"><w:body>{body}</w:body></w:document>'
        )
        if extra:
            archive.writestr("word/extra.xml", extra)
    return file.getvalue()


def _style_name(style: str) -> str:
    """Word's name of a style, such as "heading 1" for Heading1."""
    return style.replace("Heading", "heading ").replace("TOC", "toc ")


def word_file(*lines: str, heading: str = "Rest and rotas", **core: Any) -> Document:
    """A report in Word as it is read: a heading, lines and a paragraph; ``core`` is what the file says of itself."""
    file = new_word_file()
    for name, value in {"author": "", "title": "", **core}.items():
        setattr(file.core_properties, name, value)
    if heading:
        file.add_heading(heading, 1)
    for line in lines:
        file.add_paragraph(line)
    file.add_paragraph(paragraph(1))
    out = io.BytesIO()
    file.save(out)
    return read_document(out.getvalue(), "cp-report_v3-final.docx")
