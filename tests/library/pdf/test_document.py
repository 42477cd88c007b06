"""A whole PDF: what is read of its pages and what is hidden there, and which files are refused."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.errors import UserError
from bot.library import read_document
from tests.library.documents import BOLD, HEIGHT, LEADING, Line, column, paragraph, pdf, places, section, texts, wrapped
from tests.library.pages import TOP, furniture


def test_a_report_gives_its_paragraphs_with_pages_and_headings() -> None:
    pages = []
    for number in range(1, 7):
        body = column(["", *wrapped(paragraph(number)), "", *wrapped(paragraph(number + 20))])
        heading: Line = (f"Part {number}: Rotas", 72, HEIGHT - 110, 18, "Helvetica-Bold")
        pages.append([*furniture(number), heading, *body])
    document = read_document(pdf(pages, title="Rotas and rest"), "x.bin")
    assert (document.format, document.pages, document.details.title) == ("pdf", 6, "Rotas and rest")
    expected = [(paragraph(seed), page) for page in range(1, 7) for seed in (page, page + 20)]
    assert [(passage.text, passage.page_from) for passage in document.passages] == expected
    assert document.passages[2].heading == "Part 2: Rotas"


def test_text_that_a_filled_box_covers_is_not_read() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number, seed in enumerate((1, 2)):
        if number:
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(60, TOP - 200, 480, 220, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
        for index, line in enumerate(wrapped(paragraph(seed))):
            canvas.drawString(72, TOP - index * LEADING, line)
    canvas.save()
    assert texts(file.getvalue()) == [paragraph(2)]


def test_text_below_which_a_box_was_drawn_before_is_read() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFillColorRGB(0.9, 0.9, 0.9)
    canvas.rect(60, TOP - 200, 480, 220, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    for index, line in enumerate(wrapped(paragraph(1))):
        canvas.drawString(72, TOP - index * LEADING, line)
    canvas.save()
    assert texts(file.getvalue()) == [paragraph(1)]


def test_what_is_drawn_beside_the_page_is_not_read() -> None:
    page = [*section("The wards", 1, top=TOP, size=16), ("The teams", -300, TOP, 16, BOLD)]
    assert places(pdf([page])) == ["The wards"]


def test_a_scanned_pdf_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(UserError, match="text recognition"):
        read_document(pdf([[], [], []]), "scan.pdf")


def test_a_locked_pdf_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(UserError, match="password"):
        read_document(pdf([column(wrapped(paragraph(1)))], encrypt="secret"), "locked.pdf")


def test_a_truncated_pdf_is_refused_with_a_clear_sentence() -> None:
    whole = pdf([column(wrapped(paragraph(number))) for number in range(8)])
    for length in (len(whole) // 3, len(whole) - 60):
        with pytest.raises(UserError, match="damaged"):
            read_document(whole[:length], "cut.pdf")


def test_a_pdf_of_too_many_pages_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(UserError, match="1,001 pages"):
        read_document(pdf([[]] * 1001), "long.pdf")
