"""The organisation's own template: a Word file whose named styles, margins, header and footer a paper takes over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.board.active_content import MACROS, refuse_active_content
from bot.errors import UserError
from bot.library.readers.packed import DAMAGED_ARCHIVE, repack

if TYPE_CHECKING:
    from docx.document import Document

MIB = 1024 * 1024
MOST_BYTES = 5 * MIB
MOST_UNPACKED = 50 * MIB
MOST_PARTS = 2000
STYLES = ("Heading 1", "Heading 2", "Heading 3", "Normal", "Table Grid")
"""What a template must have; the paper uses no other style by name."""
EMU_PER_CM = 360_000
OWN_WIDTH, OWN_HEIGHT, OWN_SIZE = 17.0, 26.1, 11.0
"""Centimetres of text on a page in our own look, and points of its letters."""
USUAL_SIZE, LOOSER = 11.0, 0.85
"""Where a template does not say it: its letters, and that its lines stand further apart than ours."""
LEAST_ROOM = 0.75
"""A template of wide margins may make a third page, rather than take the points out of the paper."""
A4_WIDTH, A4_HEIGHT = 21 * EMU_PER_CM, int(29.7 * EMU_PER_CM)
ACTIVE = ("vbaproject", "/activex/", "/embeddings/")
"""Parts that may hold a program."""
TOO_LARGE = "The template has more than 5 MiB. Make its pictures smaller, then try again."
SWOLLEN = "The template unpacks to far more than a template should have. Save it again in Word, then try again."
BROKEN = "The template can’t be read. It must be a Word file (.docx), not damaged or locked."
MISSING = "The template needs these styles: {names}. Add them in Word, then try again."


def check_template_size(size: int) -> None:
    """Raise UserError for a file that is too large to be opened."""
    if size > MOST_BYTES:
        raise UserError(TOO_LARGE)


def open_template(data: bytes) -> Document:
    """Return the template, opened and emptied of text.

    Raises UserError if it cannot be used. Call it in the worker.
    """
    import docx

    check_template_size(len(data))
    safe = _refuse_hostile(data)
    try:
        document = docx.Document(io.BytesIO(safe))
        names = {style.name for style in document.styles}
        _unattach(document)
        refuse_active_content(document.part.package)
    except UserError:
        raise
    except Exception:  # noqa: BLE001 - a library meets a stranger's file here, and may fail in any way
        raise UserError(BROKEN) from None
    missing = [name for name in STYLES if name not in names]
    if missing:
        raise UserError(MISSING.format(names=", ".join(missing)))
    _empty(document)
    return document


def estimate_room(data: bytes) -> float:
    """Say how much of our own two pages those of a template hold, about: 1.0 for all of it. Raises as above."""
    document = open_template(data)
    last = document.sections[-1]
    height = (last.page_height or A4_HEIGHT) - (last.top_margin or 0) - (last.bottom_margin or 0)
    area = text_width(document) * height / (OWN_WIDTH * OWN_HEIGHT * EMU_PER_CM**2)
    return float(min(1.0, max(LEAST_ROOM, area / letter_size(document) ** 2 * LOOSER)))


def text_width(document: Document) -> int:
    """Say how wide the text of the last section may be, in English Metric Units."""
    last = document.sections[-1]
    return int((last.page_width or A4_WIDTH) - (last.left_margin or 0) - (last.right_margin or 0))


def letter_size(document: Document) -> float:
    """Say how large ordinary letters are beside our own."""
    size = document.styles["Normal"].font.size
    return (size.pt if size is not None else USUAL_SIZE) / OWN_SIZE


def _refuse_hostile(data: bytes) -> bytes:
    """Return the template packed in a way that unpacks to no more than it says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_parts(archive.infolist())
            return repack(archive, lambda _, part: part)
    except DAMAGED_ARCHIVE:
        raise UserError(BROKEN) from None


def _refuse_parts(parts: Sequence[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise UserError(SWOLLEN)
    if any(part.flag_bits & 1 for part in parts):
        raise UserError(BROKEN)
    names = [part.filename.casefold() for part in parts]
    if any(active in name for name in names for active in ACTIVE):
        raise UserError(MACROS)


def _unattach(document: Document) -> None:
    """Forget the file that the template was itself made from: Word would look for it in its old place."""
    from docx.oxml.ns import qn

    for part in document.part.package.iter_parts():
        element = getattr(part, "element", None)
        for attached in [] if element is None else list(element.iter(qn("w:attachedTemplate"))):
            part.rels.pop(attached.get(qn("r:id")), None)
            attached.getparent().remove(attached)


def _empty(document: Document) -> None:
    """Take the body's text away; the last section's properties (page, margins, header, footer) stay."""
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
