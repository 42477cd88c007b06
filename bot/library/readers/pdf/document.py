"""Read PDF files: the running text of their pages, with page numbers kept and the notes at the end."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bot.errors import UserError
from bot.library.blocks import MAX_CHARACTERS, MAX_PAGES, Block, Content
from bot.library.readers.file_type import DAMAGED
from bot.library.readers.pdf.furniture.contents import drop_contents
from bot.library.readers.pdf.furniture.front import part_front
from bot.library.readers.pdf.furniture.furniture import drop_furniture
from bot.library.readers.pdf.furniture.labels import join_labels
from bot.library.readers.pdf.furniture.margins import body_size, unsqueeze
from bot.library.readers.pdf.furniture.notes import Signs, part_notes
from bot.library.readers.pdf.furniture.pull_quotes import drop_pull_quotes
from bot.library.readers.pdf.headings.looks import Style
from bot.library.readers.pdf.headings.outline import Entry, Outline, read_outline
from bot.library.readers.pdf.page.badges import drop_badges
from bot.library.readers.pdf.page.box_titles import take_in_titles
from bot.library.readers.pdf.page.boxes import Boxes
from bot.library.readers.pdf.page.layout import reading_order
from bot.library.readers.pdf.page.shapes import Frame, find_walls, page_links, page_shapes
from bot.library.readers.pdf.page.spans import Element
from bot.library.readers.pdf.page.spreads import Page, lead_to_halves, part_spreads
from bot.library.readers.pdf.page.tables import join_tables
from bot.library.readers.pdf.paragraphs import blocks_of_elements
from bot.library.readers.pdf.words.hyphens import Hyphens
from bot.library.readers.pdf.words.letters import LINK, page_letters
from bot.library.readers.pdf.words.lines import Line, page_lines
from bot.library.readers.pdf.words.marks import set_marks
from bot.models.library import SourceDetails
from bot.text.clean import clean_line

NOTES_HEADING = "Notes"
SCANNED = (
    "The PDF only has pictures of pages, with no text the bot can read. "
    "Run text recognition (OCR) on it first, or choose another file."
)
LOCKED = "The PDF is locked with a password. Save a copy without the password, then try again."
_LETTERS_A_PAGE = 25
_ALL_BOLD = 0.7
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
        parted, numbers = part_spreads(pages)
        entries = lead_to_halves(read_outline(document), parted, numbers)
        blocks = _on_pages(part_front(_blocks(parted, entries), len(parted)), numbers)
        return Content(tuple(blocks), _details(document), len(pages))
    finally:
        document.close()


def _open_document(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise UserError(LOCKED if locked else DAMAGED) from None


def _pages(document: Any) -> list[Page]:
    pages, letters = [], 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            raise UserError(DAMAGED) from None
        pages.append(_read_page(page, index + 1))
        page.close()
        letters += sum(len(line.text) for line in pages[-1].lines)
        if letters > MAX_CHARACTERS:
            raise UserError(f"The PDF has more than {MAX_CHARACTERS:,} characters. Split it, then try again.")
    return _with_plain_text(pages)


def _with_plain_text(pages: list[Page]) -> list[Page]:
    """Return the pages, none of their lines bold where the file calls nearly all bold, which then tells nothing."""
    lines = [line for page in pages for line in page.lines]
    if sum(len(line.text) for line in lines if line.bold) < _ALL_BOLD * sum(len(line.text) for line in lines):
        return pages
    return [
        replace(page, lines=[replace(line, bold=False, starts_bold=False) for line in page.lines]) for page in pages
    ]


def _read_page(page: Any, number: int) -> Page:
    hidden, *shapes = page_shapes(page)
    text_page = page.get_textpage()
    try:
        letters, turn = page_letters(page, text_page, hidden)
    finally:
        text_page.close()
    frames, pictures, marks, links = (
        [Frame(*turn.place(*box)) for box in boxes] for boxes in (*shapes, page_links(page))
    )
    lines = page_lines(letters, turn, number, find_walls(frames))
    # What stands beside the page, such as the other half of a spread, is not seen.
    seen = (line for line in lines if line.right > 0 and line.left < turn.width)
    return Page([_without_link(line, links) for line in seen], frames, pictures, marks)


def _without_link(line: Line, links: Sequence[Frame]) -> Line:
    """Return a line that is coloured as a link is with the colour of all links, which tells nothing of a heading."""
    is_link = line.colour and any(
        link.left < line.right and line.left < link.right and link.bottom <= line.bottom + 1 <= link.top
        for link in links
    )
    return replace(line, colour=LINK) if is_link else line


def _refuse_scan(pages: Sequence[Page]) -> None:
    """Raise UserError where at least half of the pages hold no more text than a stamp or a page number."""
    letters = [sum(char.isalnum() for line in page.lines for char in line.text) for page in pages]
    readable = sum(count >= _LETTERS_A_PAGE for count in letters)
    if not any(letters) or (readable * 10 < len(pages) and len(pages) > 1):
        raise UserError(SCANNED)


def _blocks(pages: Sequence[Page], entries: Sequence[Entry]) -> list[Block]:
    frames = [page.frames for page in pages]
    marked = set_marks([page.lines for page in pages], [page.marks for page in pages], frames)
    every = [line for lines in marked for line in lines]
    body = body_size(every)
    own = drop_badges(unsqueeze(marked, body), frames)
    kept = drop_contents(drop_furniture(own, body), own, entries)
    kept = join_labels(kept, frames, body)
    parted = [part_notes(lines, body, page.frames) for lines, page in zip(kept, pages, strict=True)]
    notes = [line for _, at_foot in parted for line in at_foot]
    signs = Signs()
    signs.learn_notes(notes)
    for text, _ in parted:
        signs.learn_text(text)
    running: list[Element] = []
    boxes = Boxes(frames)
    for (text, _), page in zip(parted, pages, strict=True):
        last = running[-1] if running else None
        running += reading_order([signs.drop(line) for line in text], page.frames, body, page.pictures, last, boxes)
    running = take_in_titles(join_tables(drop_pull_quotes(running, body)))
    lines = [element for element in running if isinstance(element, Line)]
    hyphens = Hyphens(line.text for line in every)
    outline = Outline(entries, lines)
    blocks = blocks_of_elements(running, _style(lines, body), hyphens, outline)
    if notes:
        blocks.append(Block("heading", NOTES_HEADING, 1, notes[0].page, notes[0].page))
        in_order = [signs.drop(line) for line in notes]
        note_blocks = blocks_of_elements(in_order, _style(in_order, body_size(notes)), hyphens, Outline((), ()))
        blocks += [replace(block, kind="paragraph", level=0, aside=0) for block in note_blocks]
    return blocks


def _on_pages(blocks: Sequence[Block], numbers: Sequence[int]) -> list[Block]:
    """Return blocks of printed pages with the ``numbers`` of the file's pages that these are on."""
    return [
        replace(block, page_from=numbers[block.page_from - 1], page_to=numbers[block.page_to - 1])
        if block.page_from and block.page_to
        else block
        for block in blocks
    ]


def _style(lines: Sequence[Line], size: float) -> Style:
    """Return how most of the lines of this size are set."""
    usual = [line for line in lines if line.size == size]
    gaps = [
        above.bottom - line.bottom
        for above, line in pairwise(usual)
        if above.page == line.page and 0 < above.bottom - line.bottom < 3 * line.size
    ]
    faces: Counter[str] = Counter()
    colours: Counter[int] = Counter()
    for line in usual:
        faces[line.face] += len(line.text)
        colours[line.colour] += len(line.text)
    face, colour = max(faces, key=faces.__getitem__, default=""), max(colours, key=colours.__getitem__, default=0)
    return Style(size, statistics.median(gaps) if gaps else 1.2 * size, face, colour)


def _details(document: Any) -> SourceDetails:
    fields: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    return SourceDetails(
        title=clean_line(fields.get("Title", "")),
        publisher=clean_line(fields.get("Author", "")),
    )
