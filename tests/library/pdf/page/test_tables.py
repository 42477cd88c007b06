"""What is a table on a PDF’s page and what is none, and where a table ends: it names nothing below it."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.library import read_document
from bot.library.readers.pdf.document import read_pdf
from tests.library.documents import (
    BOLD,
    LEADING,
    Frame,
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
from tests.library.pages import HEADS, HIGH, TOP, between_gaps, in_parts, of_cells, on_top, read, under, units


def test_narrow_columns_below_bold_heads_are_no_table() -> None:
    page: list[Line] = []
    said = [paragraph(seed, 3) for seed in (1, 2, 3)]
    for left, head, words in zip((72, 220, 368), ("Day team", "Night team", "Porters"), said, strict=True):
        page += [(head, left, TOP, 11, BOLD)]
        page += column(wrapped(words, 24), left=left, top=TOP - LEADING)
    shown = "\n".join(texts(pdf([page])))
    assert all(words in shown for words in said)


def test_columns_with_headings_of_their_own_are_no_table_though_their_paragraphs_begin_at_one_height() -> None:
    page = under("How the wards rest", 1)
    for left, seed in ((72, 2), (320, 5)):
        for part in range(3):
            top = TOP - 130 - 110 * part
            page += [(f"Ward {'abcdefgh'[seed + part]}", left, top, 12, BOLD)]
            page += column(wrapped(paragraph(seed + part, 2), 38), left=left, top=top - 20, size=10)
    assert texts(pdf([page]))[1:] == [paragraph(seed, 2) for seed in (2, 3, 4, 5, 6, 7)]


def test_lines_that_are_spread_over_their_column_are_no_table() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    rows = ["Most wards rest", "less than they", "need, when both", "beds and people", "move each night."]
    for index, line in enumerate(rows):
        written = canvas.beginText(72, TOP - index * LEADING)
        written.setFont("Courier", 10)
        written.setWordSpace(5)
        written.textLine(line)
        canvas.drawText(written)
    canvas.save()
    assert texts(file.getvalue()) == [" ".join(rows)]


def test_a_page_in_a_frame_with_a_bar_and_a_margin_is_no_table() -> None:
    frames: list[Frame] = [
        (36, 48, 126, 708),
        (54, 55, 2, 683),
        (54, 55, 522, 4),
        (574, 55, 2, 683),
        (54, 720, 522, 18),
    ]
    page: list[Line] = [("THE ROTA PLAN", 72, 725, 10, BOLD), ("Page 14", 530, 725, 10, BOLD)]
    page += [*column(wrapped(paragraph(1)), top=680), *column(wrapped(paragraph(2)), top=520)]
    shown = texts(pdf([page, page], frames=[frames, frames]))
    assert paragraph(1) in shown
    assert paragraph(2) in shown


def test_a_page_that_holds_a_framed_table_alone_is_read() -> None:
    lines, frames = of_cells([HEADS, ["A rota", "Ward 1", "May", "Little"], ["A list", "Ward 2", "May", "Much"]], set())
    shown = units(pdf([lines], frames=[[*frames, (40, TOP - 90, 500, 120)]]))
    assert "What: A list; Who: Ward 2; Begins: May; Costs: Much" in shown


def test_a_heading_below_a_table_is_no_row_of_it() -> None:
    rows = [("Headquarters", "Field", "Overall"), *((f"{n}4", f"{n}7", f"{n}9") for n in range(1, 5))]
    names = ["", "I know who is on shift", "I know whom to ask", "We rest at night", "We meet each week"]
    page = under("How the wards rest", 1)
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        cells = zip(row, (300, 380, 460), strict=True)
        page += [(text, left, 560 - LEADING * number, 9, "Helvetica") for text, left in cells]
        page += [(name, 72, 560 - LEADING * number, 9, "Helvetica")] if name else []
    page.append(("Source: a survey of staff.", 72, 482, 9, "Helvetica"))
    page += under("How teams meet", 2, top=440)
    assert places(pdf([page])) == ["How the wards rest", "How teams meet"]


def test_a_heading_below_a_table_begins_the_text_that_is_set_in_as_it_is() -> None:
    cells = [(72, "Risks of the first year"), (236, "Risks of the second year"), (402, "Risks of now")]
    page: list[Line] = []
    for number, (left, head) in enumerate(cells):
        page += [(head, left, HIGH, 8, "Helvetica-Oblique")]
        page += column(wrapped(sentence(number, 20), 26), left=left, top=HIGH - 16, size=10)
    page += [("What the wards fear most of all risks", 130, HIGH - 130, 10, "Helvetica-Bold")]
    page += column(wrapped(paragraph(5), 70), left=130, top=HIGH - 150, size=10)
    document = read_document(pdf([on_top("Risks", 1), page]), "x.pdf")
    last = document.passages[-1]
    assert (last.heading, last.text) == ("Risks > What the wards fear most of all risks", paragraph(5))


def test_the_number_of_a_short_heading_is_no_cell_of_the_table_above_it() -> None:
    rows = [("Ward", "Beds", "Staff"), ("North", "21", "14"), ("South", "35", "20"), ("East", "40", "31")]
    page: list[Line] = [
        (cell, left, TOP - number * LEADING, 10, BOLD if number == 0 else "Helvetica")
        for number, row in enumerate(rows)
        for cell, left in zip(row, (72, 220, 340), strict=True)
    ]
    page += [("2", 72, TOP - 100, 12, BOLD), ("Results", 100, TOP - 100, 12, BOLD)]
    page += column(wrapped(paragraph(1)), top=TOP - 130)
    assert places(pdf([page]))[-1] == "2 Results"


def test_a_title_near_above_a_table_is_a_heading_and_no_cell_of_its_head() -> None:
    lines, frames = between_gaps([(f"Plan {number}", f"Ward {number}") for number in range(6)], TOP - 230)
    head: list[Line] = [("What", 80, TOP - 212, 11, BOLD), ("Who", 250, TOP - 212, 11, BOLD)]
    page = [*section("The wards", 1, top=TOP, size=30), ("Words", 74, TOP - 175, 30, BOLD), *head, *lines]
    found = read(pdf([page], frames=[frames]))
    at = {passage.heading for passage in found if "What: Plan 2; Who: Ward 2" in passage.text}
    assert at == {"Words"}


def test_a_heading_that_is_set_as_the_others_of_its_page_stays_one_in_the_head_of_a_table() -> None:
    page: list[Line] = [*section("Hands", 1, top=TOP, size=11), ("Masks", 78, TOP - 156, 11, BOLD)]
    rules: list[Frame] = []
    for number in range(4):
        top = TOP - 140 - 45 * number
        rules += [(72, top, 133, 0.5), (205, top, 215, 0.5), (420, top, 100, 0.5)]
        if number:
            cells = ((78, "Ward"), (215, sentence(number)[:34]), (430, "Yes"))
            page += [(text, left, top + 12 if number > 1 else top + 8, 11, "Helvetica") for left, text in cells]
    page += column(wrapped(paragraph(5)), top=TOP - 340)
    blocks = read_pdf(pdf([page], frames=[rules])).blocks
    assert [block.aside for block in blocks if block.text == "Masks"] == [0]


def test_what_is_bold_in_an_open_table_names_nothing_below_the_table() -> None:
    lines: list[Line] = []
    rules: list[Frame] = []
    top = TOP - 160
    for number, name in enumerate(("Follow-up of wards", "Visits of nurses", "Letters to teams")):
        lines += [(name, 78, top, 11, BOLD), *column(wrapped(sentence(number, 30), 32), left=215, top=top - 3)]
        lines += column(["See the plan"], left=430, top=top - 3)
        rules += [(72, top + 16, 133, 0.5), (205, top + 16, 215, 0.5), (420, top + 16, 100, 0.5)]
        top -= 110
    rules += [(72, top + 16, 133, 0.5), (205, top + 16, 215, 0.5), (420, top + 16, 100, 0.5)]
    pages = [
        [*section("1. The wards", 1, top=TOP, size=18), *lines, *column(wrapped(paragraph(5)), top=200)],
        section("2. The teams", 6, top=TOP, size=18),
    ]
    found = read(pdf(pages, frames=[rules, []]))
    assert [passage.heading for passage in found if paragraph(5)[:40] in passage.text] == ["1. The wards"]


def test_a_bar_over_a_table_names_its_rows_and_nothing_below_the_table() -> None:
    lines: list[Line] = []
    rules: list[Frame] = []
    for top, name in ((TOP - 220, "How wards meet"), (TOP - 400, "How wards rest")):
        rows = [(f"Plan {number}", sentence(number, 5), "Ward 3") for number in range(4)]
        table, below = in_parts(rows, top, bold=1)
        lines += [*table, (name, 250, top + 25, 11, BOLD)]
        rules += [(72, top + 19, 448, 20), *below]
    page = [*section("The wards", 1, top=TOP, size=16), *lines, *column(wrapped(paragraph(7)), top=TOP - 560)]
    found = read(pdf([page], frames=[rules]))
    at = {passage.heading for passage in found if "Plan 2" in passage.text}
    assert at == {"The wards > How wards meet", "The wards > How wards rest"}
    assert [passage.heading for passage in found if "n700x" in passage.text] == ["The wards"]
