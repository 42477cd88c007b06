"""Files that are odd without being wrong, and some that are wrong in odd ways."""

from __future__ import annotations

import io
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from bot.errors import UserError
from bot.library import read_document
from bot.library.blocks import Block
from bot.library.excerpts import make_excerpts

PAGE = "<html><head><title>Wards</title></head><body><x-article>{}</x-article></body></html>"


@pytest.mark.parametrize("xml", [b"", b"<w:document><w:body>"])
def test_a_word_file_with_broken_xml_is_refused_as_damaged(xml: bytes) -> None:
    with pytest.raises(UserError, match="damaged"):
        read_document(_word_file(xml), "report.docx")


def test_a_heading_too_long_to_be_a_place_stays_before_its_text() -> None:
    heading = "What the nurses of the night shift said. " * 8

    (passage,) = make_excerpts([Block("heading", heading, 1), Block("paragraph", "They want more rest.")])

    assert passage.text.index("night shift") < passage.text.index("more rest")


def test_boxes_to_tick_are_items_of_a_list() -> None:
    document = read_document(b"Before you start:\n\xe2\x96\xa1 Read the plan\n\xe2\x96\xa1 Ask the team\n", "list.txt")

    assert "- Read the plan\n- Ask the team" in document.passages[0].text


def test_the_sign_of_a_footnote_drawn_after_its_line_is_left_out() -> None:
    document = read_document(_pdf_with_late_sign(), "report.pdf")

    text = " ".join(passage.text for passage in document.passages)
    assert text.count("too few nurses at night") == 6


def test_a_page_of_unknown_elements_keeps_its_headings() -> None:
    text = "the team spoke about nights and rest, and what it would take to change them. " * 6
    parts = [
        f"<h2>Part {part}</h2>" + "".join(f"<p>Point {part}.{n}: {text}</p>" for n in range(3)) for part in range(1, 5)
    ]

    document = read_document(PAGE.format("".join(parts)).encode(), "page.html")

    assert {passage.heading for passage in document.passages} == {"Part 1", "Part 2", "Part 3", "Part 4"}


def _word_file(xml: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return data.getvalue()


def _pdf_with_late_sign() -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data)
    canvas.setFont("Helvetica", 12)
    for number, line in enumerate(["Most wards have too few nurses at", "night and the team feels it each week."] * 6):
        canvas.drawString(72, 700 - 16 * number, line)
        if number == 0:
            canvas.setFont("Helvetica", 7)
            canvas.drawString(140, 704, "1")
            canvas.setFont("Helvetica", 12)
    canvas.save()
    return data.getvalue()
