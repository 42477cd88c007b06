"""Reports whose pages are two printed ones beside each other: read one after the other, named by the file’s pages."""

from __future__ import annotations

from bot.library import read_document
from tests.library.documents import BOLD, HEIGHT, WIDTH, Line, column, paragraph, pdf, places, section, wrapped
from tests.library.pages import HIGH

SPREAD = (2 * WIDTH, HEIGHT)


def spread(number: int, left: list[Line], right: list[Line]) -> list[Line]:
    """Two printed pages, the left one with this number."""
    moved = [(text, across + WIDTH, *rest) for text, across, *rest in right]
    numbers = [(str(number), 40.0, 30.0, 9.0, "Helvetica"), (str(number + 1), 2 * WIDTH - 50, 30.0, 9.0, "Helvetica")]
    return [*left, *moved, *numbers]


def own(seed: int) -> list[Line]:
    return section(f"What ward {seed} said", seed, top=HIGH)


def test_the_left_page_of_a_spread_is_read_before_the_right_one_whatever_is_how_high() -> None:
    low = section("What nobody said", 99, top=HIGH - 200)
    pages = [spread(62 + 2 * at, low if at == 2 else own(2 * at), own(2 * at + 1)) for at in range(4)]
    document = read_document(pdf(pages, page_size=SPREAD), "x.pdf")
    headings = ["What nobody said" if seed == 4 else f"What ward {seed} said" for seed in range(8)]
    assert [passage.heading for passage in document.passages] == headings
    assert [passage.page_from for passage in document.passages] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert document.pages == 4


def test_a_paragraph_goes_on_from_the_left_page_of_a_spread_to_the_right_one() -> None:
    lines = wrapped(paragraph(1))
    halves = column(lines[:3], top=200.0), column(lines[3:], top=HIGH)
    pages = [spread(2, own(5), own(6)), spread(4, *halves), spread(6, own(7), own(8))]
    passage = next(
        each for each in read_document(pdf(pages, page_size=SPREAD), "x.pdf").passages if each.page_from == 2
    )
    assert passage.text == paragraph(1)


def test_bookmarks_lead_to_the_half_of_a_spread_that_has_their_words() -> None:
    pages = [spread(2 + 2 * at, own(2 * at), own(2 * at + 1)) for at in range(3)]
    outline = [(f"What ward {seed} said", 1 + seed % 2, seed // 2) for seed in range(6)]
    found = places(pdf(pages, page_size=SPREAD, outline=outline))
    assert found[:2] == ["What ward 0 said", "What ward 0 said > What ward 1 said"]


def test_a_wide_page_with_one_number_or_with_a_title_across_its_middle_stays_whole() -> None:
    slides = [
        [
            ("Results of the year for all wards and all teams of the city", 200.0, HIGH, 30.0, BOLD),
            *column(wrapped(paragraph(at, 2)), top=HIGH - 60),
            *column(wrapped(paragraph(at + 50, 2)), left=WIDTH + 40, top=HIGH - 60),
            (str(at), 40.0, 30.0, 9.0, "Helvetica"),
        ]
        for at in range(1, 5)
    ]
    texts = [passage.text for passage in read_document(pdf(slides, page_size=SPREAD), "x.pdf").passages]
    assert all(paragraph(at, 2) in "\n".join(texts) for at in range(1, 5))
    titled = [
        spread(
            2 + 2 * at,
            [
                ("One title over both of these pages of the report", WIDTH - 300, HIGH, 30.0, BOLD),
                *column(wrapped(paragraph(at))),
            ],
            column(wrapped(paragraph(at + 50))),
        )
        for at in range(3)
    ]
    assert {passage.heading for passage in read_document(pdf(titled, page_size=SPREAD), "x.pdf").passages} == {
        "One title over both of these pages of the report"
    }
