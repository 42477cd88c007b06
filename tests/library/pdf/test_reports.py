"""What public reports by ten makers showed: each kind of fault that was read there, on a small page of its own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.library import read_document
from bot.library.blocks import HEADING_CHARACTERS
from bot.library.sentences import has_sentence, is_note
from bot.library.split import split_sentences
from bot.models.library import Passage
from tests.library.documents import (
    BOLD,
    HEIGHT,
    LEADING,
    Frame,
    Line,
    column,
    paragraph,
    pdf,
    places,
    sentence,
    wrapped,
)

TOP = HEIGHT - 80


def read(data: bytes) -> tuple[Passage, ...]:
    return read_document(data, "x.pdf").passages


def text(data: bytes) -> str:
    return "\n".join(passage.text for passage in read(data))


def test_a_heading_too_long_for_a_place_is_shortened_and_what_follows_stands_under_it() -> None:
    long = "What the night team must do before it hands over the ward, " + " and ".join(["what it must write"] * 8)
    lines = [*wrapped(long, 75), "", *wrapped(paragraph(2))]
    page: list[Line] = [("Findings", 72, TOP, 16, BOLD), *column(wrapped(paragraph(1)), top=TOP - 30)]
    for index, line in enumerate(lines):
        font = BOLD if index < lines.index("") else "Helvetica"
        page += [(line, 72, TOP - 160 - index * LEADING, 11, font)] if line else []
    assert len(long) > HEADING_CHARACTERS
    last = read(pdf([page], outline=[("Findings", 1, 0), (long, 2, 0)]))[-1]
    chapter, place = last.heading.split(" > ")
    assert (chapter, place[:27]) == ("Findings", "What the night team must do")
    assert len(place) <= HEADING_CHARACTERS
    assert paragraph(2) in last.text


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


def test_a_heading_in_one_column_ends_no_column_that_runs_on_beside_it() -> None:
    left = [*column(wrapped(paragraph(1, 3), 40), size=10, top=TOP), ("What is asked", 72, TOP - 160, 12, BOLD)]
    left += column(wrapped(paragraph(2), 40), size=10, top=TOP - 190)
    right = [*column(wrapped(paragraph(3, 2), 40), left=320, size=10, top=TOP)]
    right += column(wrapped(paragraph(4, 3), 36), left=326, size=10, top=TOP - 120)
    joined = text(pdf([[*left, *right]], frames=[[(316, TOP - 260, 240, 156)]]))
    assert joined.index(paragraph(2)) < joined.index(sentence(300))


def test_the_title_of_a_chapter_over_one_of_its_columns_comes_before_both() -> None:
    page: list[Line] = [("Scope of the work", 320, TOP, 24, BOLD)]
    page += column(wrapped(paragraph(1), 40), size=10, top=TOP - 80)
    page += column(wrapped(paragraph(2), 40), left=320, size=10, top=TOP - 80)
    assert {passage.heading for passage in read(pdf([page]))} == {"Scope of the work"}


def test_raised_signs_in_brackets_go_and_their_notes_stand_under_notes() -> None:
    lines = wrapped(paragraph(1))
    page = [*column(lines), ("as the rota group wrote", 72, 400, 11, "Helvetica")]
    page += [("(", 72 + 117, 404, 6, "Helvetica"), ("17", 72 + 119, 404, 6, "Helvetica")]
    page += [(")", 72 + 126, 404, 6, "Helvetica"), (" in its letter.", 72 + 129, 400, 11, "Helvetica")]
    page += [("(", 72, 100, 9, "Helvetica"), ("17", 75, 103, 5, "Helvetica"), (")", 81, 100, 9, "Helvetica")]
    page += [("Letter of the rota group to the office, kept by the ward.", 95, 100, 9, "Helvetica")]
    shown = {passage.heading: passage.text for passage in read(pdf([page]))}
    assert "as the rota group wrote in its letter." in shown[""]
    assert "Letter of the rota group" in shown["Notes"]


def test_a_heading_that_is_an_acronym_stands_beside_its_fellows() -> None:
    titles = ["1. The night team", "2. NHS", "3. The day team"]
    pages = [
        [(title, 72, TOP, 12, BOLD), *column(wrapped(paragraph(number)), top=TOP - 30)]
        for number, title in enumerate(titles)
    ]
    assert places(pdf(pages)) == titles


def test_a_label_stands_in_its_heading() -> None:
    pages = [
        [
            *column(wrapped(paragraph(number + 5)), top=TOP),
            (f"Article {number}", 270, TOP - 120, 11, "Helvetica"),
            (f"Rest on ward {'abcd'[number]}", 250, TOP - 137, 11, BOLD),
            *column(wrapped(paragraph(number)), top=TOP - 170),
        ]
        for number in range(1, 4)
    ]
    assert places(pdf(pages))[1:] == [f"Article {number} Rest on ward {'abcd'[number]}" for number in range(1, 4)]


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


def test_a_box_that_goes_on_over_the_page_keeps_its_place_and_its_sentences() -> None:
    lines = wrapped(paragraph(2, 6), 70)
    first = [("Findings", 72, TOP, 16, BOLD), *column(wrapped(paragraph(1)), top=TOP - 30)]
    first += [("Example", 80, 180, 11, BOLD), *column(lines[:5], left=80, top=164)]
    second = [*column(lines[5:], left=80, top=TOP), *column(wrapped(paragraph(3)), top=TOP - 200)]
    frames: list[list[Frame]] = [[(70, 96, 470, 104)], [(70, TOP - 100, 470, 116)]]
    shown = read(pdf([first, second], frames=frames))
    assert [passage.heading for passage in shown] == ["Findings", "Findings > Example", "Findings"]
    assert shown[1].text == paragraph(2, 6)


def test_a_paragraph_that_a_figure_parts_stays_whole() -> None:
    lines = wrapped(paragraph(1))
    first = [*column(wrapped(paragraph(2))), *column(lines[:3], top=150)]
    labels: list[Line] = [(name, 100 + 60 * n, TOP - 30, 8, "Helvetica") for n, name in enumerate(["North", "South"])]
    second = [*labels, ("Figure 2: Where the wards are", 72, TOP - 80, 11, "Helvetica")]
    second += column(lines[3:], top=TOP - 120)
    assert paragraph(1) in text(pdf([first, second]))


def test_a_large_first_letter_stands_in_its_word() -> None:
    lines = wrapped(f"he ward team has met. {paragraph(1)}", 60)
    page: list[Line] = [("T", 72, TOP - 28, 44, "Helvetica")]
    page += [
        (line, 102 if number < 3 else 72, TOP - number * LEADING, 11, "Helvetica") for number, line in enumerate(lines)
    ]
    assert text(pdf([page])).startswith("The ward team has met.")


def test_an_item_within_an_item_is_one_and_not_a_word() -> None:
    lines: list[Line] = [("We ask for:", 72, TOP, 11, "Helvetica")]
    for number in range(1, 4):
        lines += [("o", 90, TOP - number * 28, 11, "Courier")]
        lines += [(f"a rota that ward {number} can read;", 104, TOP - number * 28, 11, "Helvetica")]
    joined = text(pdf([lines]))
    assert [line for line in joined.split("\n") if line.startswith("- ")] == [
        f"- a rota that ward {number} can read;" for number in range(1, 4)
    ]


def test_a_bold_item_over_a_paragraph_is_its_heading() -> None:
    page: list[Line] = [("Findings", 72, TOP, 16, BOLD)]
    for number in (1, 2):
        top = TOP - 150 * number + 110
        page += [("•", 72, top, 11, BOLD), (f"Ask ward {'abc'[number]} each week", 86, top, 11, BOLD)]
        page += column(wrapped(paragraph(number)), top=top - LEADING)
    assert places(pdf([page])) == ["Findings > Ask ward b each week", "Findings > Ask ward c each week"]


def test_a_year_in_brackets_that_begins_a_page_ends_the_sentence_before_it() -> None:
    second: list[Line] = [("[2015, amended 2022]", 72, TOP, 11, "Helvetica"), *column(wrapped(paragraph(2)))]
    assert f"{paragraph(1)} [2015, amended 2022]" in text(pdf([column(wrapped(paragraph(1))), second]))


def test_the_number_of_a_row_stands_in_its_cell() -> None:
    questions = [
        ("1.", "Is the drug licensed for"),
        ("", "this use?"),
        ("2.", "Is there any other way"),
        ("", "to pay?"),
    ]
    lines: list[Line] = [
        (cell, left, TOP - number * LEADING, 10, "Helvetica")
        for number, row in enumerate(questions)
        for cell, left in zip(row, (76, 106), strict=True)
        if cell
    ]
    edges = (TOP + 12, TOP - 20, TOP - 48)
    frames: list[Frame] = [(72, low, width, high - low) for high, low in pairwise(edges) for width in (30, 200)]
    page = [*lines, *column(wrapped(paragraph(1)), top=400)]
    assert "1. Is the drug licensed for this use?\n2. Is there any other way to pay?" in text(
        pdf([page], frames=[frames])
    )


def test_a_numbered_paragraph_is_cut_between_its_sentences() -> None:
    whole = f"(58) {paragraph(1, 20)}"
    assert "".join(split_sentences(whole)) == whole
    assert len(split_sentences(whole)) >= 20


@pytest.mark.parametrize(
    "caption",
    [
        "Table 6: How the wards did. The figures in brackets are those of last year.",
        "Figure 4 Where the wards are in the house.",
        "Source: the office, by letter.",
        "The night team meets in its room. Photo by: Jo Hill",
    ],
)
def test_a_caption_alone_holds_no_sentence_to_discuss(caption: str) -> None:
    assert not has_sentence(f"{caption}\nNorth: 21; South: 35")
    assert has_sentence(f"{caption}\nMost wards have too few beds.")


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("8. References", "Smith, J. wrote about it."),
        ("Annex C: Bibliography > The night", "Smith, J. wrote about it."),
        ("VII. Notes and references", "Smith, J. wrote about it."),
        ("Part 2", "1a) Name of the ward: Click here to enter text. We will read it."),
        ("Part 2", "I have read the notes.\n- Yes\n- No"),
        ("Part 2", "Equality: Yes/No\nThe panel reads what the ward has written."),
    ],
)
def test_numbered_references_and_forms_are_nothing_to_discuss(heading: str, words: str) -> None:
    assert is_note(heading, words)
    assert not is_note("8. Reference wards", "They have more beds.")
