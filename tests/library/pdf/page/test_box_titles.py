"""Titles of boxes that a number tells, such as "Box 3", above a frame or without one: they end with their box."""

from __future__ import annotations

from bot.library import read_document
from tests.library.documents import BOLD, LEADING, Frame, Line, column, paragraph, pdf, section, wrapped
from tests.library.pages import HIGH, TOP, under


def numbered_box(number: int, title: str, top: float, seed: int) -> tuple[list[Line], Frame]:
    """A box whose number and title stand above its frame, in a face that no heading of the report has."""
    text = wrapped(paragraph(seed, 2), 70)
    more = wrapped(paragraph(seed + 1, 2), 70)
    drawn: list[Line] = [(f"BOX {number}", 270, top, 11, "Times-Bold"), (title, 240, top - 16, 11, "Times-Bold")]
    drawn += column([*text, "", "", *more], left=82, top=top - 40)
    drawn.append(("Porters", 82, top - 46 - LEADING * len(text), 11, "Times-Bold"))
    height = LEADING * (len(text) + len(more) + 4)
    return drawn, (72, top - 22 - height, 450, height)


def test_a_numbered_title_above_a_frame_ends_with_its_box_also_where_the_outline_has_it_above_all() -> None:
    box, frame = numbered_box(1, "Night work", HIGH - 120, 5)
    ask: list[Line] = [
        ("What to ask", 72, HIGH - 300, 11, "Helvetica-Oblique"),
        *column(wrapped(paragraph(7)), top=HIGH - 320),
    ]
    pages = [
        [
            *section("1. The wards", 1, top=HIGH, size=20),
            *section("Plans", 10, top=HIGH - 130, size=11, font="Times-Bold"),
            *section("What they say", 2, top=HIGH - 260, size=14),
            *section("By day", 3, top=HIGH - 390, size=11, font="Helvetica-Oblique"),
            *section("By night", 4, top=HIGH - 520, size=11, font="Helvetica-Oblique"),
        ],
        [*column(wrapped(paragraph(8)), top=HIGH), *box, *ask, *section("2. The teams", 9, top=200, size=20)],
    ]
    outline = [
        *(("1. The wards", 1, 0), ("What they say", 2, 0), ("By day", 3, 0), ("By night", 3, 0)),
        *(("BOX 1", 1, 1), ("Night work", 1, 1), ("Porters", 1, 1), ("What to ask", 2, 1), ("2. The teams", 1, 1)),
    ]
    document = read_document(pdf(pages, frames=[[], [frame]], outline=outline), "x.pdf")
    paths = {passage.text: passage.heading for passage in document.passages}
    assert paths[paragraph(7)] == "1. The wards > What they say > What to ask"
    assert paths[paragraph(5, 2)].endswith(" > BOX 1 Night work")
    assert paths[paragraph(6, 2)].endswith(" > Porters")
    assert paths[paragraph(9)] == "2. The teams"
    assert paths[paragraph(10)] == "1. The wards > Plans"


def test_a_numbered_box_without_a_frame_ends_where_the_text_is_set_as_usual_again() -> None:
    small = [(line, 72, HIGH - 190 - 12 * at, 9, "Helvetica") for at, line in enumerate(wrapped(paragraph(3), 100))]
    lines: list[Line] = [("Box 2. Night work of porters", 72, HIGH - 170, 12, BOLD), *small]
    pages = [
        [*section("The wards", 1, top=HIGH, size=18), *lines, *column(wrapped(paragraph(4)), top=HIGH - 280)],
        section("The teams", 5, top=HIGH, size=18),
    ]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages), "x.pdf").passages}
    assert paths[paragraph(3)] == "The wards > Box 2. Night work of porters"
    assert paths[paragraph(4)] == "The wards"


def test_a_numbered_box_that_is_set_as_the_text_is_ends_at_the_next_heading() -> None:
    pages = [
        [
            *section("The wards", 1, top=HIGH, size=18),
            *section("Box 2. Night work of porters", 2, top=HIGH - 150, size=14),
            *section("Day work", 3, top=HIGH - 300, size=12),
        ],
        section("The teams", 4, top=HIGH, size=18),
    ]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages), "x.pdf").passages}
    assert paths[paragraph(2)] == "The wards > Box 2. Night work of porters"
    assert paths[paragraph(3)] == "The wards > Day work"


def test_a_box_whose_source_is_told_keeps_its_heading_over_its_text() -> None:
    page = [*under("How wards rest", 1, size=20), ("Box 1. Hours of rest", 72, TOP - 120, 11, BOLD)]
    page += column(wrapped(paragraph(2)), top=TOP - 140, size=9)
    page.append(("Source: the rota of the wards.", 72, TOP - 230, 8, "Helvetica"))
    passages = read_document(pdf([page]), "x.pdf").passages
    assert any("Box 1" in passage.heading and paragraph(2) in passage.text for passage in passages)
