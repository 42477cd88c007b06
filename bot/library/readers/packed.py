"""Open files that are packed folders (.docx, .odt, .epub), after a look at what they would unpack to."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from html import unescape
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from bot.errors import UserError
from bot.library.blocks import MIB
from bot.text.clean import clean_line

# A report's words pack to a tenth or so; XML of tables to a fiftieth. Pictures are never unpacked here.
MOST_UNPACKED = 100 * MIB
MOST_TEXT_UNPACKED = 30 * MIB
MOST_PARTS = 5000
MOST_RATIO = 200
RATIO_COUNTS_FROM = MIB
TOO_LARGE = "The file unpacks to far more than a report holds. Save it as PDF, then try again."
LOCKED = "The file is locked with a password. Save a copy without the password, then try again."
DAMAGED_ARCHIVE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError)
"""What zipfile raises for a damaged archive, and for one that is packed in a way that it doesn’t know."""
BROKEN = (*DAMAGED_ARCHIVE, ExpatError, ParseError, SyntaxError)
"""What zipfile and readers of XML raise for a damaged file."""
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How parts of documents are packed; zipfile has no bound for others."""
_TEXT = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")
_XML_FIELD = r"<(?:\w+:)?{0}\b[^>]*>([^<]*)</(?:\w+:)?{0}>"


def open_packed(data: bytes) -> zipfile.ZipFile:
    """Return the packed folder, to be used with ``with``.

    Raises UserError where the parts would unpack to far more than a report has, by the sizes that the archive gives, or
    are locked with a password. These sizes may be wrong, so only read_bytes and what is below read parts.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = archive.infolist()
    text = sum(part.file_size for part in parts if part.filename.endswith(_TEXT))
    swollen = [part for part in parts if part.file_size > max(RATIO_COUNTS_FROM, part.compress_size * MOST_RATIO)]
    too_much = text > MOST_TEXT_UNPACKED or sum(part.file_size for part in parts) > MOST_UNPACKED
    if swollen or too_much or len(parts) > MOST_PARTS:
        raise UserError(TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise UserError(LOCKED)
    return archive


def read_bytes(archive: zipfile.ZipFile, name: str, most: int | None = None) -> bytes:
    """Return a part, or its first ``most`` bytes. No more is unpacked than the archive says that there is.

    Raises UserError for a locked part, and one of DAMAGED_ARCHIVE.
    """
    part = archive.getinfo(name)
    if part.flag_bits & 1:
        raise UserError(LOCKED)
    if part.compress_type not in _WAYS:
        raise zipfile.BadZipFile("no document is packed in this way")
    with archive.open(part) as file:
        return file.read(part.file_size if most is None else most)


def read_part(archive: zipfile.ZipFile, name: str) -> str:
    """Return a part as text; nothing if there is none of that name."""
    return read_bytes(archive, name).decode("utf-8", "replace") if name in archive.namelist() else ""


def repack(archive: zipfile.ZipFile, rewrite: Callable[[str, bytes], bytes], *, kept: tuple[str, ...] = ("",)) -> bytes:
    """Return an archive of the parts whose names end with one of ``kept``, each rewritten, that is safe to unpack."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as repacked:
        for name in dict.fromkeys(archive.namelist()):
            if name.endswith(kept):
                repacked.writestr(name, rewrite(name, read_bytes(archive, name)))
    return file.getvalue()


def read_field(xml: str, name: str) -> str:
    """Return what is in the first element of a name, whatever its namespace, on one line."""
    match = re.search(_XML_FIELD.format(name), xml)
    return clean_line(unescape(match[1])) if match else ""


def parse_xml(data: bytes) -> Any:
    """Return the root of an XML part, without entities and without fetching anything. Raises SyntaxError."""
    # It is large, and needed with the first packed file only.
    from lxml import etree  # type: ignore[import-untyped]

    # LibreOffice gives two lists one id where one of them is in a shape.
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False))
