"""Boxes on a PDF’s page: which frames are boxes, where a box ends, and how it goes on over the page."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.library import read_document
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
from tests.library.pages import HIGH, ORDER, TOP, box, on_top, read, under


def test_the_heading_of_a_box_ends_with_its_box() -> None:
    inside, after = HIGH - 200, HIGH - 320
    page = [
        *on_top("Findings", 1),
        ("Box 1: How one ward rests", 80, inside, 11, "Helvetica-Bold"),
        *column(wrapped(paragraph(2, 2), 70), left=80, top=inside - 16),
        *column(wrapped(paragraph(3)), top=after),
    ]
    frames: list[Frame] = [(70, inside - 80, 470, 100)]
    document = read_document(pdf([page], frames=[frames]), "x.pdf")
    assert [(passage.heading, passage.text) for passage in document.passages] == [
        ("Findings", paragraph(1)),
        ("Findings > Box 1: How one ward rests", paragraph(2, 2)),
        ("Findings", paragraph(3)),
    ]


def test_a_box_that_is_drawn_as_four_lines_ends_where_its_lines_end() -> None:
    inside, after = TOP - 160, TOP - 280
    page = [
        ("Findings", 72, TOP + 20, 16, BOLD),
        *column(wrapped(paragraph(1)), top=TOP - 10),
        ("Example: how one ward rests", 80, inside, 11, BOLD),
        *column(wrapped(paragraph(2, 2), 70), left=80, top=inside - 16),
        *column(wrapped(paragraph(3)), top=after),
    ]
    low, high = inside - 76, inside + 16
    frames: list[Frame] = [(70, low, 470, 0.4), (70, high, 470, 0.4), (70, low, 0.4, high - low)]
    frames += [(540, low, 0.4, high - low)]
    assert [passage.heading for passage in read(pdf([page], frames=[frames]))] == [
        "Findings",
        "Findings > Example: how one ward rests",
        "Findings",
    ]


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


def test_a_box_whose_lines_stand_in_another_that_it_overlaps_is_read() -> None:
    page = [
        *column(wrapped(paragraph(1)), top=TOP),
        *column(["Ask the ward team", "before the shift"], left=310, top=480),
    ]
    frames: list[Frame] = [(60, 400, 0.4, 160), (80, 400, 0.4, 160), (60, 400, 440, 0.4), (60, 560, 440, 0.4)]
    frames += [(300, 440, 220, 60)]
    assert "Ask the ward team before the shift" in "\n".join(texts(pdf([page], frames=[frames])))


def test_boxes_whose_sides_are_a_hair_apart_are_two() -> None:
    frames: list[Frame] = []
    lines: list[Line] = [("Findings", 72, TOP, 16, BOLD)]
    for index, right in enumerate((520.95, 521.05)):
        bottom = TOP - 140 - index * 300
        frames += [
            (60, bottom, 0.5, 110),
            (right, bottom, 0.5, 110),
            (60, bottom, 461, 0.5),
            (60, bottom + 110, 461, 0.5),
        ]
        lines += [(f"Story {index + 1}", 66, bottom + 90, 11, BOLD)]
        lines += column(wrapped(paragraph(index + 1, 4), 70), left=66, top=bottom + 70)
        lines += column(wrapped(paragraph(index + 5)), top=bottom - 30)
    found = {passage.heading for passage in read(pdf([lines], frames=[frames])) if sentence(500) in passage.text}
    found |= {passage.heading for passage in read(pdf([lines], frames=[frames])) if sentence(600) in passage.text}
    assert found == {"Findings"}


def test_lines_that_decorate_a_page_are_no_box_around_its_text() -> None:
    decoration: list[Frame] = [(40, 30, 2, 790), (0, 20, 590, 30), (20, 760, 150, 60)]
    first = [
        *under("How wards rest", 1),
        *column([*wrapped(paragraph(2)), "The night team asks that they be"], top=140),
    ]
    pages = [first, column(["told of changes in good time."])]
    data = pdf(pages, frames=[decoration, decoration])
    assert places(data) == ["How wards rest"]
    assert "asks that they be told of changes" in "\n".join(texts(data))


def test_a_chapter_whose_title_is_set_in_a_frame_goes_on_below_it() -> None:
    pages = [section(f"What {ORDER[number]} wards said", number, top=HIGH, size=22) for number in (1, 2)]
    summary, frame = box(HIGH - 40, "In short", paragraph(3, 2))
    title: list[Line] = [("How all wards rest", 110, HIGH - 10, 22, BOLD)]
    pages.append([*title, *summary, *column(wrapped(paragraph(4)), top=HIGH - 200)])
    frames: list[list[Frame]] = [[], [], [(frame[0], frame[1], frame[2], frame[3] + 50)]]
    document = read_document(pdf(pages, frames=frames), "x.pdf")
    assert [passage.heading for passage in document.passages if paragraph(4) in passage.text] == ["How all wards rest"]


def test_text_in_large_type_is_that_of_its_box() -> None:
    stories, frames = [], []
    for number, top in ((1, HIGH - 120), (2, HIGH - 320)):
        lines = wrapped(paragraph(number), 60)
        name: Line = (f"The {ORDER[number]} nurse", 110, top, 14, BOLD)
        stories += [name, *[(line, 110, top - 20 - 16 * at, 14, "Helvetica") for at, line in enumerate(lines)]]
        frames.append((100, top - 30 - 16 * len(lines), 460, 50 + 16 * len(lines)))
    page = [*section("What nurses say", 5, top=HIGH, size=20), *stories, *column(wrapped(paragraph(6)), top=60)]
    pages = [section("How this was done", 7, top=HIGH, size=20), page]
    document = read_document(pdf(pages, frames=[[], frames]), "x.pdf")
    paths = {passage.heading: passage.text for passage in document.passages}
    assert paths["What nurses say > The two nurse"] == paragraph(2)
    assert paths["What nurses say > The one nurse"] == paragraph(1)


def test_a_box_at_the_end_of_a_chapter_is_under_what_is_above_its_own_heading() -> None:
    drawn, frame = box(HIGH - 370, "", paragraph(9))
    chapter = [
        *section("What wards do", 1, top=HIGH, size=18),
        *section("Aims", 2, top=HIGH - 120),
        *section("Night work", 3, top=HIGH - 240, size=12),
        ("How one ward rests", 110, HIGH - 365, 14, BOLD),
        *drawn[1:],
    ]
    pages = [chapter, section("What teams do", 4, top=HIGH, size=18)]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=[[frame]]), "x.pdf").passages}
    assert paths[paragraph(3)] == "What wards do > Aims > Night work"
    assert paths[paragraph(9)] == "What wards do > How one ward rests"


def framed_page(title: str, size: float) -> tuple[list[Line], Frame]:
    text = column(wrapped(paragraph(9, 6), 70), left=90, top=HIGH - 50)
    return [(title, 90, HIGH - 20, size, BOLD), *text], (72, HIGH - 300, 420, 320)


@pytest.mark.parametrize("size", [12, 14])
def test_a_framed_page_is_a_section_only_where_the_next_heading_is_as_high(size: int) -> None:
    chapters = [
        [
            *section(f"{name} wards", at, top=HIGH, size=18),
            *section(f"Aims of {name} wards", at + 1, top=HIGH - 120 - at),
            *section(f"Night work on {name} wards", at + 2, top=HIGH - 240 - at, size=12),
        ]
        for at, name in enumerate(("Cold", "Warm", "Large", "Small"))
    ]
    framed, frame = framed_page("How one ward rests", 14)
    data = pdf([*chapters, framed, section("Day work", 7, top=HIGH, size=size)], frames=[*([],) * 4, [frame], []])
    paths = {passage.text: passage.heading for passage in read_document(data, "x.pdf").passages}
    above = "Small wards > Aims of Small wards" if size == 12 else "Small wards"
    assert paths[paragraph(7)] == f"{above} > Day work"
    above += " > Night work on Small wards" * (size == 12)
    assert paths[paragraph(9, 6)] == f"{above} > How one ward rests"


def test_a_framed_page_with_the_number_of_a_chapter_begins_it_though_only_text_is_on_the_next() -> None:
    first = [*section("1. Day", 1, top=HIGH, size=18), *section("Aims", 2, top=HIGH - 120)]
    framed, frame = framed_page("2. Night", 18)
    pages = [first, framed, column(wrapped(paragraph(3)), top=HIGH), section("3. Week", 4, top=HIGH, size=18)]
    data = pdf(pages, frames=[[], [frame], [], []])
    paths = {passage.text: passage.heading for passage in read_document(data, "x.pdf").passages}
    assert paths[paragraph(2)] == "1. Day > Aims"
    assert paths[paragraph(3)] == paths[paragraph(9, 6)] == "2. Night"


def test_a_box_that_goes_on_over_the_page_keeps_its_place_and_its_sentences() -> None:
    lines = wrapped(paragraph(2, 6), 70)
    first = [("Findings", 72, TOP, 16, BOLD), *column(wrapped(paragraph(1)), top=TOP - 30)]
    first += [("Example", 80, 180, 11, BOLD), *column(lines[:5], left=80, top=164)]
    second = [*column(lines[5:], left=80, top=TOP), *column(wrapped(paragraph(3)), top=TOP - 200)]
    frames: list[list[Frame]] = [[(70, 96, 470, 104)], [(70, TOP - 100, 470, 116)]]
    shown = read(pdf([first, second], frames=frames))
    assert [passage.heading for passage in shown] == ["Findings", "Findings > Example", "Findings"]
    assert shown[1].text == paragraph(2, 6)


def test_a_box_that_goes_on_over_the_whole_next_page_ends_with_that_page() -> None:
    first: list[Line] = [("Night work", 90, 300, 11, BOLD), *column(wrapped(paragraph(2, 6), 70), left=90, top=280)]
    second: list[Line] = [
        ("Day work", 90, HIGH - 20, 11, BOLD),
        *column(wrapped(paragraph(3), 70), left=90, top=HIGH - 40),
    ]
    pages = [
        [*section("The wards", 1, top=HIGH, size=18), *first],
        second,
        [*column(wrapped(paragraph(4)), top=HIGH), *section("The teams", 5, top=300, size=18)],
    ]
    frames = [[(72, 150, 390, 170)], [(72, HIGH - 200, 390, 200)], []]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=frames), "x.pdf").passages}
    assert paths[paragraph(3)] == "The wards > Day work"
    assert paths[paragraph(4)] == "The wards"


def bold(seed: int, top: float, left: float = 90) -> list[Line]:
    return [(line, left, top - LEADING * at, 11, BOLD) for at, line in enumerate(wrapped(paragraph(seed), 60))]


def test_a_bold_box_goes_on_over_the_page_also_where_the_next_has_its_margins_the_other_way_round() -> None:
    pages = [
        [*section("The wards", 1, top=HIGH, size=18), ("Night work", 90, 300, 11, BOLD), *bold(2, 270)],
        [*bold(3, HIGH - 20, 140), *column(wrapped(paragraph(4)), left=122, top=HIGH - 200)],
        section("The teams", 5, top=HIGH, size=18),
    ]
    frames = [[(72, 150, 390, 170)], [(122, HIGH - 130, 390, 130)], []]
    paths = {passage.text: passage.heading for passage in read_document(pdf(pages, frames=frames), "x.pdf").passages}
    assert paths[paragraph(3)] == paths[paragraph(2)] == "The wards > Night work"
    assert paths[paragraph(4)] == "The wards"


def test_a_paragraph_that_runs_on_below_a_box_stays_whole() -> None:
    lines = wrapped(paragraph(1))
    page = [*column(lines[:3], top=HIGH), *column(lines[3:], top=HIGH - 220)]
    page += [("Box 1: How one ward rests", 80, HIGH - 100, 11, "Helvetica-Bold")]
    page += column(wrapped(paragraph(2, 2), 70), left=80, top=HIGH - 116)
    document = read_document(pdf([page], frames=[[(70, HIGH - 180, 470, 100)]]), "x.pdf")
    assert [passage.text for passage in document.passages] == [paragraph(1), paragraph(2, 2)]
