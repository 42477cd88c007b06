"""A paper as PDF: tagged, in its language, on two pages, whatever people wrote; and none where it is not installed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pypdfium2.raw as pdfium
import pytest
from pypdfium2 import PdfDocument

from bot.board import html
from bot.board.follow_up_files import follow_up_files
from bot.board.html import board_files
from bot.board.pdf import bars, heading, paragraph, table, write_pdf
from bot.board.texts import ANNEX
from bot.summaries.output.export import ExportFile
from tests.board.series import series_source
from tests.board.sources import hostile_source
from tests.board.test_follow_up import promised
from tests.summaries.papers import HOSTILE

MADE = datetime(2026, 1, 5, 9, 0, 0, 250, tzinfo=UTC)
UNDRAWN = ("🙂 on nights", "漢字", "ไทย", "हिन्दी", "\x01 control", "#set text(1pt) $x$ *b* `c` @x <y>", "x" * 3000, " ")


def pdf_of(files: tuple[ExportFile, ...]) -> bytes:
    (content,) = [file.content for file in files if file.name.endswith(".pdf")]
    return content


def language(document: PdfDocument) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFCatalog_GetLanguage(document.raw, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def roles(element: object) -> Iterator[str]:
    """What screen readers are told of a page: headings, tables, figures, from the outside in."""
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    yield buffer.raw.decode("utf-16-le").rstrip("\0")
    for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
        if child:
            yield from roles(child)


@pytest.mark.parametrize(
    ("write", "title"),
    [
        (lambda: board_files(series_source()), "Board paper: What staff say about leadership on the ward"),
        (lambda: follow_up_files(promised()), "Leadership on the ward: what was promised, and what is done"),
    ],
)
def test_it_has_its_title_its_language_and_its_tags(write: Callable[[], tuple[ExportFile, ...]], title: str) -> None:
    with PdfDocument(pdf_of(write())) as document:
        assert document.get_metadata_dict()["Title"] == title
        assert language(document) == "en-GB"
        assert pdfium.FPDFCatalog_IsTagged(document.raw)
        page = document[0]
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        told = [
            role
            for number in range(pdfium.FPDF_StructTree_CountChildren(tree))
            for role in roles(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number))
        ]
        pdfium.FPDF_StructTree_Close(tree)
    assert {"H1", "Table", "TH", "TD"} <= set(told)


def test_its_body_has_two_pages_and_the_same_paper_gives_the_same_file() -> None:
    content = pdf_of(board_files(series_source()))
    with PdfDocument(content) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    assert [number for number, text in enumerate(texts) if text.lstrip().startswith(ANNEX)] == [3]
    assert pdf_of(board_files(series_source())) == content


def test_what_leads_to_a_table_is_on_the_same_page_as_its_first_row() -> None:
    for lines in range(40, 60):
        filling = [heading("A paper", 1), *(paragraph("A line.") for _ in range(lines))]
        led = [heading("3. Answers"), paragraph("Two have an answer."), table(["Point"], [["Under way"]] * 3, [1])]
        document = PdfDocument(write_pdf("A paper", "", [*filling, *led], MADE))
        texts = [page.get_textpage().get_text_range() for page in document]

        (page,) = [text for text in texts if "Two have an answer." in text]
        assert "3. Answers" in page
        assert "Under way" in page


@pytest.mark.parametrize("words", [*HOSTILE, *UNDRAWN])
def test_words_stay_words_and_signs_that_the_font_lacks_stop_nothing(words: str) -> None:
    blocks = [
        heading(f"A {words}", 1),
        paragraph(words),
        table(("A", words), [(words, [(words, True)])], (0.5, 0.5)),
        bars([(words, 1.0, "2")], f"Bars. {words}", words),
    ]
    assert write_pdf(f"A {words}", words, blocks, MADE).startswith(b"%PDF")


def test_a_hostile_paper_is_written() -> None:
    assert pdf_of(board_files(hostile_source())).startswith(b"%PDF")


def test_without_the_extra_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "can_write_pdf", lambda: False)
    assert [file.name for file in board_files(series_source()) if file.name.endswith(".pdf")] == []
