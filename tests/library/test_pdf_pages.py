"""Pages that hold more than one page or less than they draw, and what is drawn in groups."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.library.readers.pdf.document import read_pdf
from tests.library.documents import (
    BOLD,
    HEIGHT,
    Line,
    column,
    paragraph,
    pdf,
    places,
    section,
    sentence,
    texts,
    wrapped,
)
from tests.library.test_pdf_guidance import TOP, read

WIDE = (0.0, HEIGHT - 380, 595.0, HEIGHT)
"""The part of a page that is seen, where it is a double page."""


def half(heading: str, seed: int, left: float) -> list[Line]:
    lines = column(wrapped(paragraph(seed, 9), 42), left=left, top=TOP - 24, size=10)
    return [(heading, left, TOP, 16, BOLD), *lines]


def test_the_halves_of_double_pages_are_read_one_after_the_other() -> None:
    pages = [[*half(f"How wards meet {n}", 2 * n, 40), *half(f"How wards rest {n}", 2 * n + 1, 330)] for n in range(4)]
    found = read(pdf(pages, crop=WIDE))
    assert [(passage.heading, passage.page_from) for passage in found if "n500x" in passage.text] == [
        ("How wards rest 2", 3)
    ]
    assert all(any(paragraph(seed, 9) in passage.text for passage in found) for seed in range(8))


def test_a_line_runs_on_from_one_half_of_a_double_page_to_the_other() -> None:
    words = wrapped(paragraph(40, 16), 42)
    pages = [[*half("How wards meet", 2 * n, 40), *half("How wards rest", 2 * n + 1, 330)] for n in range(4)]
    pages.append([*column(words[:18], left=40, top=TOP, size=10), *column(words[18:], left=330, top=TOP, size=10)])
    assert paragraph(40, 16) in [block.text for block in read_pdf(pdf(pages, crop=WIDE)).blocks]


def test_a_bookmark_names_the_heading_on_the_right_half_of_a_double_page() -> None:
    pages = [[*half(f"Wards {n}", 2 * n, 40), *half(f"Teams {n}", 2 * n + 1, 330)] for n in range(4)]
    marks = [(f"{name} {n}", 1 if name == "Wards" else 2, n) for n in range(4) for name in ("Wards", "Teams")]
    assert places(pdf(pages, crop=WIDE, outline=marks))[:3] == ["Wards 0", "Wards 0 > Teams 0", "Wards 1"]


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
    for text, left, bottom, size, font in lines:
        canvas.setFont(font, size)
        canvas.drawString(left, bottom, text)
    canvas.save()
    found = read(file.getvalue())
    assert [passage.heading for passage in found if "n300x" in passage.text] == ["The wards"]


def test_the_large_number_of_a_chapter_stands_before_the_first_line_of_its_title() -> None:
    page: list[Line] = [("2", 60, TOP - 30, 70, BOLD), ("A good start for wards", 120, TOP, 24, BOLD)]
    page += [("and for all teams", 120, TOP - 30, 24, BOLD), ("of the house", 120, TOP - 60, 24, BOLD)]
    page += column(wrapped(paragraph(1)), top=TOP - 110)
    assert places(pdf([page])) == ["2 A good start for wards and for all teams of the house"]


def test_a_short_line_that_is_on_top_of_some_pages_and_within_others_is_no_running_head() -> None:
    pages = []
    for number in range(9):
        words = column(wrapped(paragraph(number)), top=TOP - 20)
        pages.append([("What to do", 72, TOP if number % 2 else TOP - 140, 11, "Helvetica"), *words])
        pages[-1] += column([sentence(number + 50)], top=TOP - 160)
    assert "\n".join(texts(pdf(pages))).count("What to do") == 9
