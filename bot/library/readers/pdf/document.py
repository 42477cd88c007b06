"""Read PDF files: the running text of their pages, with page numbers kept and the notes at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.errors import UserError
from bot.library.blocks import MAX_CHARACTERS, MAX_PAGES, Block, Content
from bot.library.readers.file_type import DAMAGED
from bot.library.readers.pdf.furniture import body_size, drop_furniture, part_notes, usual_leading
from bot.library.readers.pdf.lines import Line, page_lines
from bot.library.readers.pdf.paragraphs import Hyphens, Style, blocks_of_lines
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

NOTES_HEADING = "Notes"
SCANNED = (
    "The PDF holds pictures of pages, without text that can be read. "
    "Run text recognition (OCR) on it first, or choose another file."
)
LOCKED = "The PDF is locked with a password. Save a copy without the password, then try again."
_LETTERS_A_PAGE = 25
_END_MARK = b"%%EOF"


def read_pdf(data: bytes) -> Content:
    """Return the blocks of a PDF. Raises UserError for one that is locked, damaged, scanned or far too long."""
    # Where the end is missing, so are pages, though what is there may open.
    if data.rfind(_END_MARK) < len(data) // 2:
        raise UserError(DAMAGED)
    document = _open_document(data)
    try:
        if len(document) > MAX_PAGES:
            raise UserError(
                f"The PDF has {len(document):,} pages. The most is {MAX_PAGES:,}. Split it, then try again."
            )
        pages = _pages(document)
        _refuse_scan(pages)
        return Content(tuple(_blocks(pages)), _details(document), len(pages))
    finally:
        document.close()


def _open_document(data: bytes) -> Any:
    # It brings a large native library, so it loads with the first PDF.
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise UserError(LOCKED if locked else DAMAGED) from None


def _pages(document: Any) -> list[list[Line]]:
    import pypdfium2  # as above

    pages, letters = [], 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            raise UserError(DAMAGED) from None
        pages.append(page_lines(page, index + 1))
        page.close()
        letters += sum(len(line.text) for line in pages[-1])
        if letters > MAX_CHARACTERS:
            raise UserError(f"The PDF holds more than {MAX_CHARACTERS:,} characters. Split it, then try again.")
    return pages


def _refuse_scan(pages: Sequence[Sequence[Line]]) -> None:
    """Raise UserError where at least half of the pages hold no more text than a stamp or a page number."""
    letters = [sum(char.isalnum() for line in page for char in line.text) for page in pages]
    readable = sum(count >= _LETTERS_A_PAGE for count in letters)
    if not any(letters) or (readable * 10 < len(pages) and len(pages) > 1):
        raise UserError(SCANNED)


def _blocks(pages: Sequence[Sequence[Line]]) -> list[Block]:
    every = [line for page in pages for line in page]
    body = body_size(every)
    running: list[Line] = []
    notes: list[Line] = []
    for page in drop_furniture(pages):
        text, at_foot = part_notes(page, body)
        running.extend(text)
        notes.extend(at_foot)
    hyphens = Hyphens(line.text for line in every)
    style = Style(body, usual_leading([line for line in running if line.size == body]) or 1.2 * body)
    blocks = blocks_of_lines(running, style, hyphens)
    if notes:
        set_small = Style(body_size(notes), usual_leading(notes) or body)
        note_blocks = blocks_of_lines(notes, set_small, hyphens)
        blocks.append(Block("heading", NOTES_HEADING, 1, notes[0].page, notes[0].page))
        blocks += [replace(block, kind="paragraph") if block.kind == "heading" else block for block in note_blocks]
    return blocks


def _details(document: Any) -> SourceDetails:
    fields: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    return SourceDetails(
        title=clean_line(fields.get("Title", "")),
        publisher=clean_line(fields.get("Author", "")),
    )
