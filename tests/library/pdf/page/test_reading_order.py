"""The order in which a PDF’s page is read: its columns and bands, and headings in its margin."""

from __future__ import annotations

from bot.library import read_document
from tests.library.documents import (
    BOLD,
    LEADING,
    Frame,
    Line,
    column,
    paragraph,
    pdf,
    section,
    sentence,
    texts,
    wrapped,
)
from tests.library.pages import TOP, in_rows, read, together, under, whole_text


def test_what_is_drawn_last_but_stands_first_is_read_first() -> None:
    page = [
        *column(wrapped(paragraph(2)), top=TOP - 200),
        *column(wrapped(paragraph(1)), top=TOP - 40),
        ("A plan for handover", 72, TOP, 18, "Helvetica-Bold"),
    ]
    assert texts(pdf([page])) == [paragraph(1), paragraph(2)]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = wrapped(paragraph(1), 38), wrapped(paragraph(2), 38)
    page = [*column(left, size=9), *column(right, left=320, size=9)]
    text = together(read_document(pdf([page]), "x.pdf"))
    assert paragraph(1) in text
    assert paragraph(2) in text


def test_two_columns_drawn_row_by_row_are_no_table() -> None:
    left, right = wrapped(paragraph(1), 40), wrapped(paragraph(2), 40)
    both = list(zip(left, right, strict=False))
    rest = column(right[len(both) :], left=320, top=TOP - len(both) * LEADING, size=10)
    rest += column(left[len(both) :], top=TOP - len(both) * LEADING, size=10)
    assert texts(pdf([[*in_rows(both, (72, 320)), *rest]])) == [paragraph(1), paragraph(2)]


def test_columns_below_a_wide_paragraph_are_read_after_it_and_before_the_next() -> None:
    page = [
        *column(wrapped(paragraph(1)), top=TOP),
        *column(wrapped(paragraph(2), 40), top=TOP - 120, size=10),
        *column(wrapped(paragraph(3), 40), top=TOP - 120, left=320, size=10),
        *column(wrapped(paragraph(4)), top=TOP - 320),
    ]
    assert texts(pdf([page])) == [paragraph(number) for number in range(1, 5)]


def test_a_rule_over_both_columns_parts_what_is_above_it_from_what_is_below() -> None:
    lines: list[Line] = []
    for seed, left, top in ((1, 72, TOP), (2, 320, TOP), (3, 72, TOP - 200), (4, 320, TOP - 200)):
        lines += column(wrapped(paragraph(seed), 38), left=left, top=top)
    shown = "\n".join(texts(pdf([lines], frames=[[(72, TOP - 180, 460, 1)]])))
    assert sorted(range(1, 5), key=lambda seed: shown.index(sentence(seed * 100))) == [1, 2, 3, 4]


def test_a_heading_in_one_column_ends_no_column_that_runs_on_beside_it() -> None:
    left = [*column(wrapped(paragraph(1, 3), 40), size=10, top=TOP), ("What is asked", 72, TOP - 160, 12, BOLD)]
    left += column(wrapped(paragraph(2), 40), size=10, top=TOP - 190)
    right = [*column(wrapped(paragraph(3, 2), 40), left=320, size=10, top=TOP)]
    right += column(wrapped(paragraph(4, 3), 36), left=326, size=10, top=TOP - 120)
    joined = whole_text(pdf([[*left, *right]], frames=[[(316, TOP - 260, 240, 156)]]))
    assert joined.index(paragraph(2)) < joined.index(sentence(300))


def test_the_title_of_a_chapter_over_one_of_its_columns_comes_before_both() -> None:
    page: list[Line] = [("Scope of the work", 320, TOP, 24, BOLD)]
    page += column(wrapped(paragraph(1), 40), size=10, top=TOP - 80)
    page += column(wrapped(paragraph(2), 40), left=320, size=10, top=TOP - 80)
    assert {passage.heading for passage in read(pdf([page]))} == {"Scope of the work"}


def test_a_large_heading_in_the_margin_is_over_the_text_that_begins_above_its_foot() -> None:
    pages: list[list[Line]] = []
    for number, name in enumerate(("Rest", "Meals", "Rotas")):
        page = column(wrapped(paragraph(2 * number)), left=216, top=TOP)
        page += column(wrapped(paragraph(2 * number + 1)), left=216, top=TOP - 150)
        pages.append([*page, (name, 37, TOP - 157, 17, "Helvetica")])
    passages = read_document(pdf(pages), "x.pdf").passages
    assert {(passage.heading, passage.text) for passage in passages} >= {
        ("Rest", paragraph(1)),
        ("Meals", paragraph(3)),
        ("Rotas", paragraph(5)),
    }


def test_figures_in_a_margin_that_begin_no_paragraph_do_not_part_the_text_beside_them() -> None:
    page = [*under("How wards rest", 1), *column(wrapped(paragraph(2, 12), 45), left=260, top=TOP - 150, size=11)]
    for number, (figure, words) in enumerate((("17", "of nurses rested"), ("19", "of porters rested"))):
        top = TOP - 195 - 77 * number
        page += [(figure, 72, top, 20, "Helvetica"), (words, 72, top - 14, 9, "Helvetica")]
    assert paragraph(2, 12) in "\n".join(texts(pdf([page])))


def test_boxes_beside_each_other_are_read_one_after_the_other() -> None:
    lines: list[Line] = []
    frames: list[Frame] = []
    for number, name in enumerate(("Meet", "Rest", "Plan", "Write")):
        left = 72 + 112 * number
        words = wrapped(sentence(number, 9), 16)
        lines += [(name, left + 6, TOP - 180, 10, BOLD), *column(words, left=left + 6, top=TOP - 195 - number, size=9)]
        frames.append((left, TOP - 300, 100, 135))
    page = [*section("The wards", 1, top=TOP, size=16), *lines]
    page += column(wrapped(paragraph(7)), top=TOP - 330)
    found = read(pdf([page], frames=[frames]))
    assert all(any(sentence(number, 9) in passage.text for passage in found) for number in range(4))
    assert [passage.heading for passage in found if "n700x" in passage.text] == ["The wards"]
