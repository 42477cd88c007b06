"""Pages that hold more than one page or less than they draw, and what is drawn in groups."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.library.documents import (
    BOLD,
    Line,
    column,
    paragraph,
    pdf,
    places,
    section,
    sentence,
    wrapped,
)
from tests.library.pdf.test_guidance import TOP, read, text


def test_what_is_drawn_beside_the_page_is_not_read() -> None:
    page = [*section("The wards", 1, top=TOP, size=16), ("The teams", -300, TOP, 16, BOLD)]
    assert places(pdf([page])) == ["The wards"]


def test_a_tint_that_is_drawn_as_a_group_is_the_frame_of_a_box() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.beginForm("tint")
    canvas.setFillColorRGB(0.8, 0.9, 0.9)
    canvas.rect(66, TOP - 260, 460, 110, stroke=0, fill=1)
    canvas.endForm()
    canvas.doForm("tint")
    lines = [*section("The wards", 1, top=TOP, size=16), ("How wards rest", 72, TOP - 165, 12, BOLD)]
    lines += column(wrapped(paragraph(2)), top=TOP - 185, size=10)
    lines += column(wrapped(paragraph(3)), top=TOP - 300)
    canvas.setFillColorRGB(0, 0, 0)
    for words, left, bottom, size, font in lines:
        canvas.setFont(font, size)
        canvas.drawString(left, bottom, words)
    canvas.save()
    found = read(file.getvalue())
    assert [passage.heading for passage in found if "n300x" in passage.text] == ["The wards"]


def test_a_short_line_where_headings_in_a_colour_are_on_top_of_other_pages_is_no_running_head() -> None:
    pages: list[list[Line]] = []
    for number in range(8):
        name = "Reasons" if number % 2 else "Evidence"
        first = name if number < 6 else sentence(number, 7).removesuffix(".")
        page = [(first, 72.0, TOP, 11.0, "Helvetica"), *column(wrapped(paragraph(number)), top=TOP - 40)]
        page += [(name, 72.0, TOP - 150, 11.0, "Helvetica"), *column(wrapped(paragraph(number + 20)), top=TOP - 180)]
        pages.append(page)
    shown = text(pdf(pages, colours=dict.fromkeys(("Reasons", "Evidence"), (0.5, 0, 0.5))))
    assert all(sentence(number, 7).removesuffix(".") in shown for number in (6, 7))
