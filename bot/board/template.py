"""The organisation's own template: a Word file whose named styles, margins, header and footer a paper takes over."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from bot.errors import UserError

if TYPE_CHECKING:
    from docx.document import Document

MIB = 1024 * 1024
MOST_BYTES = 5 * MIB
MOST_UNPACKED = 50 * MIB
MOST_PARTS = 2000
STYLES = ("Heading 1", "Heading 2", "Heading 3", "Normal", "Table Grid")
"""What a template must have; the paper uses no other style by name."""
TOO_LARGE = "The template has more than 5 MiB. Make its pictures smaller, then try again."
SWOLLEN = "The template unpacks to far more than a template holds. Save it anew in Word, then try again."
BROKEN = "The template cannot be read. It must be a Word file (.docx) that is neither damaged nor locked."
MACROS = "The template holds macros. Save it as a Word document without macros (.docx), then try again."
MISSING = "The template lacks these styles: {names}. Add them in Word, then try again."


def check_template_size(size: int) -> None:
    """Raise UserError for a file that is too large to be opened."""
    if size > MOST_BYTES:
        raise UserError(TOO_LARGE)


def opened_template(data: bytes) -> Document:
    """The template, opened and emptied of text. Raises UserError where it cannot be used. Call it in the worker."""
    import docx

    check_template_size(len(data))
    _refuse_hostile(data)
    try:
        document = docx.Document(io.BytesIO(data))
        names = {style.name for style in document.styles}
    except Exception:  # noqa: BLE001 - a library meets a stranger's file here, and may fail in any way
        raise UserError(BROKEN) from None
    missing = [name for name in STYLES if name not in names]
    if missing:
        raise UserError(MISSING.format(names=", ".join(missing)))
    _empty(document)
    return document


def _refuse_hostile(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError):
        raise UserError(BROKEN) from None
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise UserError(SWOLLEN)
    if any(part.flag_bits & 1 for part in parts):
        raise UserError(BROKEN)
    if any("vbaproject" in part.filename.casefold() for part in parts):
        raise UserError(MACROS)


def _empty(document: Document) -> None:
    """Take the body's text away; the last section's properties (page, margins, header, footer) stay."""
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
