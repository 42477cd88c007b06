"""Read Word files (.docx), after a look at what they would unpack to."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from bot.errors import UserError
from bot.library.blocks import MIB, Content
from bot.library.readers.contents import tidy_blocks
from bot.library.readers.docx_view import HEADING_STYLE, TITLE_STYLE, rewrite_as_seen
from bot.library.readers.file_type import DAMAGED
from bot.library.readers.markup import LOWEST_HEADING, NOTES_HEADING, blocks_of_html
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

# A report's words pack to a tenth or so; XML of tables to a fiftieth. Pictures are never unpacked here.
MOST_UNPACKED = 100 * MIB
MOST_TEXT_UNPACKED = 30 * MIB
MOST_PARTS = 5000
MOST_RATIO = 200
RATIO_COUNTS_FROM = MIB

# Word's lists of contents are for pages that excerpts do not have; its titles are headings that mammoth takes for text.
STYLES = f"""
p.{TITLE_STYLE} => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='TOC Heading'] => !
p[style-name='table of figures'] => !
""" + "\n".join(f"p.{HEADING_STYLE.format(level)} => h{level}:fresh" for level in range(1, LOWEST_HEADING + 1))
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ExpatError, ParseError),
    *(KeyError, ValueError, EOFError, NotImplementedError, SyntaxError),
)
_BACK_LINK = re.compile(r'<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>')
_NOTES = re.compile(r'<ol>(?=<li id="(?:foot|end)note-)')
_XML_FIELD = r"<(?:\w+:)?{0}\b[^>]*>([^<]*)</(?:\w+:)?{0}>"


def read_docx(data: bytes) -> Content:
    """Return the blocks of a Word file.

    Its footnotes stand at the end. Raises UserError for a bomb or a damaged file.
    """
    # It is needed with the first Word file only.
    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(archive)
            details = _details(archive)
            seen = rewrite_as_seen(archive)
        html: str = mammoth.convert_to_html(
            io.BytesIO(seen), style_map=STYLES, convert_image=mammoth.images.img_element(lambda _image: {})
        ).value
    except _BROKEN:
        raise UserError(DAMAGED) from None
    html = _NOTES.sub(f"<h1>{NOTES_HEADING}</h1><ol>", _BACK_LINK.sub("", html), count=1)
    return Content(tidy_blocks(blocks_of_html(html)), details)


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Raise UserError where the parts would unpack to far more than a report has. The sizes are the archive's own."""
    parts = archive.infolist()
    text = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    swollen = [part for part in parts if part.file_size > max(RATIO_COUNTS_FROM, part.compress_size * MOST_RATIO)]
    too_much = text > MOST_TEXT_UNPACKED or sum(part.file_size for part in parts) > MOST_UNPACKED
    if swollen or too_much or len(parts) > MOST_PARTS:
        raise UserError("The Word file unpacks to far more than a report should have. Save it as PDF, then try again.")
    for part in parts:
        if part.flag_bits & 1:
            raise UserError("The file is locked with a password. Save a copy without the password, then try again.")


def _details(archive: zipfile.ZipFile) -> SourceDetails:
    core, app = _part(archive, "docProps/core.xml"), _part(archive, "docProps/app.xml")
    return SourceDetails(
        title=_field(core, "title"),
        publisher=_field(core, "publisher") or _field(app, "Company") or _field(core, "creator"),  # none is certain
    )


def _part(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace") if name in archive.namelist() else ""


def _field(xml: str, name: str) -> str:
    match = re.search(_XML_FIELD.format(name), xml)
    return clean_line(unescape(match[1])) if match else ""
