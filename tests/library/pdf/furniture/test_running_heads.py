"""Running heads, feet and page numbers of a PDF, which are no text, and what stands at their places and stays."""

from __future__ import annotations

import pytest

from bot.library import read_document
from tests.library.documents import (
    HEIGHT,
    LEADING,
    Line,
    column,
    paragraph,
    pdf,
    places,
    sentence,
    texts,
    wrapped,
)
from tests.library.pages import FOOT, HIGH, PLAIN, TOP, furniture, on_top, together, under, whole_text


def test_running_heads_and_feet_are_taken_out_of_a_paragraph_that_runs_over_pages() -> None:
    lines = wrapped(paragraph(1, 10))
    pages = [[*furniture(number), *column(lines[number * 3 - 3 : number * 3])] for number in range(1, 5)]
    pages[-1] += column(lines[12:], top=HEIGHT - 120 - 3 * LEADING)
    document = read_document(pdf(pages), "x.pdf")
    assert together(document).replace("\n\n", " ") == paragraph(1, 10)
    assert "night shifts" not in together(document)
    assert {passage.page_to for passage in document.passages} >= {4}


def test_running_heads_are_known_on_a_page_that_is_cut_to_its_middle() -> None:
    pages = [
        [("Our wards", 130, 700, 8, "Helvetica"), *column(wrapped(paragraph(number), 60), left=130, top=660)]
        for number in range(6)
    ]
    assert texts(pdf(pages, crop=(108, 72, 504, 720))) == [paragraph(number) for number in range(6)]


def test_a_bold_running_head_with_the_number_of_the_page_goes() -> None:
    pages = [
        [
            (f"Our wards this year {number + 400}", 72, HEIGHT - 40, 11, "Helvetica-Bold"),
            *column(wrapped(paragraph(number))),
        ]
        for number in range(1, 7)
    ]
    document = read_document(pdf(pages), "x.pdf")
    assert {passage.heading for passage in document.passages} == {""}
    assert "Our wards" not in whole_text(pdf(pages))


def test_the_running_head_of_a_section_of_two_pages_goes_as_those_of_longer_sections_do() -> None:
    pages: list[list[Line]] = []
    for number in range(1, 9):
        section = "Summary" if number < 3 else "What the wards said"
        heading = on_top(section, number) if number in (1, 3) else column(wrapped(paragraph(number)), top=HIGH)
        pages.append([(section, 72, HEIGHT - 30, 8, "Helvetica"), *heading])
    assert places(pdf(pages)) == ["Summary", "What the wards said"]
    assert "Summary" not in whole_text(pdf(pages))


def test_the_running_head_of_a_short_section_goes_where_others_are_set_like_headings() -> None:
    sections = ["OUR WARDS", "OUR WARDS", "OUR WARDS", "OUR WARDS", "STAGE 1 - ASK", "STAGE 2 - LEARN"]
    pages = [
        [(name, 72.0, HEIGHT - 30, 12.5, PLAIN), *under(f"What we did in {'abcdef'[number]}", number, size=16)]
        for number, name in enumerate(sections)
    ]
    assert places(pdf(pages)) == [f"What we did in {letter}" for letter in "abcdef"]


def test_a_running_head_set_like_a_heading_above_all_text_goes() -> None:
    pages: list[list[Line]] = []
    for number in range(1, 9):
        head = "THE NIGHT SHIFT" if number < 5 else "THE DAY SHIFT"
        page: list[Line] = [(head, 72, HEIGHT - 40, 12.5, "Helvetica")]
        pages.append([*page, *under(f"How ward {number} rests", number)])
    data = pdf(pages)
    assert [place.split(" > ")[-1] for place in places(data)] == [f"How ward {number} rests" for number in range(1, 9)]
    assert "SHIFT" not in "\n".join(texts(data))


@pytest.mark.parametrize("on", [(3,), (3, 5)])
def test_a_bold_running_head_is_not_put_into_the_sentence_that_goes_on_below_it(on: tuple[int, ...]) -> None:
    pages: list[list[Line]] = []
    for number in range(8):
        lines = ["that others have too.", *wrapped(paragraph(number, 12))]
        lines[-1] = "and they ask that everyone who works at night has a bed and a lamp near it,"
        head = [("What the wards say", 72.0, TOP + 26, 11.0, "Helvetica-Bold")] if number in on else []
        pages.append([*head, *column(lines, top=TOP)])

    assert "near it, What" not in whole_text(pdf(pages)).replace("\n", " ")


def test_a_small_running_head_that_says_the_bookmarked_heading_of_two_lines_below_it_is_no_text() -> None:
    heads = ("Chapter 1: Rest", "Chapter 2: What the wards said", "Chapter 3: Rotas", "Chapter 4: Nights and days off")
    pages: list[list[Line]] = []
    for number, name in enumerate(heads):
        running = (name, 300, HEIGHT - 30, 8, "Helvetica")
        title = column([name[:-9], name[-9:].strip()], top=HIGH - 40, size=20)
        pages.append([running, *title, *column(wrapped(paragraph(number)), top=HIGH - 100)])
        pages += [[running, *column(wrapped(paragraph(20 + 3 * number + page)), top=HIGH)] for page in range(3)]
    outline = [(name, 1, 4 * number) for number, name in enumerate(heads)]
    assert not any(head in whole_text(pdf(pages, outline=outline)) for head in heads)


def test_numbered_headings_at_the_top_of_every_page_are_no_running_heads() -> None:
    pages = [on_top(f"Recommendation {number}", number) for number in range(1, 9)]
    document = read_document(pdf(pages), "x.pdf")
    assert [(passage.heading, passage.text) for passage in document.passages] == [
        (f"Recommendation {number}", paragraph(number)) for number in range(1, 9)
    ]


def test_case_studies_one_a_page_keep_their_headings_beside_numbers_of_pages() -> None:
    pages = [
        [*on_top(f"Case study {number}", number), (f"Page {number}", 280, FOOT, 8, "Helvetica")]
        for number in range(1, 7)
    ]
    assert places(pdf(pages)) == [f"Case study {number}" for number in range(1, 7)]


def test_a_short_line_where_headings_in_a_colour_are_on_top_of_other_pages_is_no_running_head() -> None:
    pages: list[list[Line]] = []
    for number in range(8):
        name = "Reasons" if number % 2 else "Evidence"
        first = name if number < 6 else sentence(number, 7).removesuffix(".")
        page = [(first, 72.0, TOP, 11.0, "Helvetica"), *column(wrapped(paragraph(number)), top=TOP - 40)]
        page += [(name, 72.0, TOP - 150, 11.0, "Helvetica"), *column(wrapped(paragraph(number + 20)), top=TOP - 180)]
        pages.append(page)
    shown = whole_text(pdf(pages, colours=dict.fromkeys(("Reasons", "Evidence"), (0.5, 0, 0.5))))
    assert all(sentence(number, 7).removesuffix(".") in shown for number in (6, 7))


def test_a_foot_with_another_note_on_every_page_stays() -> None:
    pages = [
        [
            *column(wrapped(paragraph(number))),
            (f"{number} See the talk with ward {number * 7}, kept by the office.", 72, 90, 9, "Helvetica"),
        ]
        for number in range(1, 9)
    ]
    assert all(f"ward {number * 7}," in whole_text(pdf(pages)) for number in range(1, 9))


def test_a_line_of_text_at_the_foot_is_none_because_others_end_alike_there() -> None:
    ends = ("with the ward", "with the ward", "with the ward", "with the ward", "with the porter", "with a clinic")
    pages: list[list[Line]] = []
    for index, end in enumerate(ends):
        page = column(wrapped(paragraph(index + 1, 60))[:49], top=60 + 49 * LEADING)
        pages.append([*page, (end, 72, 60, 11, "Helvetica"), (str(index + 1), 290, 30, 11, "Helvetica")])
    assert "with the porter" in whole_text(pdf(pages))


@pytest.mark.parametrize("number", ["(2)", "2)"])
def test_the_number_of_an_item_in_brackets_on_top_of_a_page_is_not_the_page_s(number: str) -> None:
    page: list[Line] = [
        (number, 72, TOP + 40, 11, "Helvetica"),
        *column(wrapped(sentence(2, 30)), left=98, top=TOP + 40),
    ]
    data = pdf([column(wrapped(paragraph(1))), page, column(wrapped(paragraph(3)))])
    assert f"{number} {sentence(2, 30)[:20]}" in whole_text(data)


def test_a_year_in_brackets_alone_on_top_of_a_page_is_no_page_number() -> None:
    second: list[Line] = [("[2015]", 72, TOP, 11, "Helvetica"), *column(wrapped(paragraph(2)), top=TOP - 28)]
    pages = [column(wrapped(paragraph(1))), second, *(column(wrapped(paragraph(number))) for number in (3, 4))]
    assert f"{paragraph(1)} [2015]" in "\n".join(texts(pdf(pages)))
