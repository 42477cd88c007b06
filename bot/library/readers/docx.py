"""Read Word files (.docx), after a look at what they would unpack to."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from bot.errors import UserError
from bot.library.blocks import MIB, Block, Content
from bot.library.metadata import year_in
from bot.library.readers.file_type import DAMAGED
from bot.library.readers.markup import blocks_of_html
from bot.library.readers.text import BULLET, set_bullet
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

# A report's words pack to a tenth or so; XML of tables to a fiftieth. Pictures are never unpacked here.
MOST_UNPACKED = 100 * MIB
MOST_TEXT_UNPACKED = 30 * MIB
MOST_PARTS = 5000
MOST_RATIO = 200
RATIO_COUNTS_FROM = MIB

# Word's lists of contents are for pages that excerpts do not have; its titles are headings that mammoth takes for text.
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='TOC Heading'] => !
p[style-name='table of figures'] => !
"""
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ExpatError, ParseError),
    *(KeyError, ValueError, EOFError, NotImplementedError),
)
_BACK_LINK = re.compile(r'<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>')
_NOTES = re.compile(r'<ol>(?=<li id="(?:foot|end)note-)')
_XML_FIELD = r"<(?:\w+:)?{0}\b[^>]*>([^<]*)</(?:\w+:)?{0}>"
NOTES_HEADING = "Notes"


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
        html: str = mammoth.convert_to_html(
            io.BytesIO(data), style_map=STYLES, convert_image=mammoth.images.img_element(lambda _image: {})
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
        raise UserError("The Word file unpacks to far more than a report holds. Save it as PDF, then try again.")
    for part in parts:
        if part.flag_bits & 1:
            raise UserError("The file is locked with a password. Save a copy without the password, then try again.")


def _details(archive: zipfile.ZipFile) -> SourceDetails:
    core, app = _part(archive, "docProps/core.xml"), _part(archive, "docProps/app.xml")
    return SourceDetails(
        title=_field(core, "title"),
        publisher=_field(core, "publisher") or _field(app, "Company") or _field(core, "creator"),
        year=year_in(_field(core, "created")),
    )


def _part(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace") if name in archive.namelist() else ""


def _field(xml: str, name: str) -> str:
    match = re.search(_XML_FIELD.format(name), xml)
    return clean_line(unescape(match[1])) if match else ""


CONTENTS = re.compile(
    r"(?:table of )?contents(?: page)?|in this (?:report|document)|list of (?:figures|tables|boxes)", re.IGNORECASE
)
_PAGE_AT_END = re.compile(r"(?:(?:\d{1,2}-)?\d{1,3}|[ivxl]{1,6})\Z")
_LEADERS = " \t.·…_\n"
_LONGEST_PAGE = 6
FEWEST_ENTRIES = 3
MOST_BETWEEN = 3
"""So many lines of a list of contents may stand before one that ends with a page."""


def tidy_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks without a typed list of contents, with typed list items made items."""
    return tuple(_with_items(_without_contents(blocks)))


def _without_contents(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        end = _end_of_contents(blocks, index + 1) if CONTENTS.fullmatch(block.text.strip(" :")) else index
        if end > index:
            index = end
        else:
            kept.append(block)
            index += 1
    return kept


def _end_of_contents(blocks: Sequence[Block], start: int) -> int:
    """Say where the entries from ``start`` on end; ``start`` - 1 where these are too few to be a list of contents."""
    end, entries = start, 0
    for index in range(start, len(blocks)):
        text = blocks[index].text
        if len(text.split()) > 25 or index - end > MOST_BETWEEN:
            break
        if _is_entry(text):
            end, entries = index + 1, entries + 1
    return end if entries >= FEWEST_ENTRIES else start - 1


def _is_entry(text: str) -> bool:
    """Say whether a line of a list of contents ends with a page. It looks from the end: a line may be all dots."""
    page = _PAGE_AT_END.search(text, max(1, len(text) - _LONGEST_PAGE))
    return page is not None and not text[0].isspace() and "\n" not in text[: page.start()].rstrip(_LEADERS)


def _with_items(blocks: Sequence[Block]) -> list[Block]:
    """A paragraph that starts like an item is one if it follows a lead-in, or if its neighbour starts like that too."""
    made: list[Block] = []
    for index, block in enumerate(blocks):
        before = made[-1] if made else None
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        is_led = before is not None and (before.kind == "item" or before.text.endswith((":", "–", "—")))
        has_fellow = after is not None and after.kind != "heading" and BULLET.match(after.text)
        if block.kind == "paragraph" and BULLET.match(block.text) and (is_led or has_fellow):
            made.append(replace(block, kind="item", text=set_bullet(block.text)))
        else:
            made.append(block)
    return made
