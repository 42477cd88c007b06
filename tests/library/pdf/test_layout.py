"""Pages of a PDF in the order in which a person reads them, whatever the order of drawing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.library import read_document
from bot.library.sentences import has_sentence
from tests.library.documents import (
    HEIGHT,
    LEADING,
    Frame,
    Line,
    column,
    embed_font,
    paragraph,
    pdf,
    pdf_with_unread_letter,
    sentence,
    texts,
    wrapped,
)

TOP = HEIGHT - 100


def rows(lines: Sequence[tuple[str, ...]], lefts: tuple[float, ...], *, top: float = TOP, bold: int = 0) -> list[Line]:
    """Cells side by side, drawn row by row; the first ``bold`` rows in bold."""
    return [
        (text, left, top - number * LEADING, 10, "Helvetica-Bold" if number < bold else "Helvetica")
        for number, row in enumerate(lines)
        for text, left in zip(row, lefts, strict=True)
    ]


def test_what_is_drawn_last_but_stands_first_is_read_first() -> None:
    page = [
        *column(wrapped(paragraph(2)), top=TOP - 200),
        *column(wrapped(paragraph(1)), top=TOP - 40),
        ("A plan for handover", 72, TOP, 18, "Helvetica-Bold"),
    ]
    assert texts(pdf([page])) == [paragraph(1), paragraph(2)]


def test_two_columns_drawn_row_by_row_are_no_table() -> None:
    left, right = wrapped(paragraph(1), 40), wrapped(paragraph(2), 40)
    both = list(zip(left, right, strict=False))
    rest = column(right[len(both) :], left=320, top=TOP - len(both) * LEADING, size=10)
    rest += column(left[len(both) :], top=TOP - len(both) * LEADING, size=10)
    assert texts(pdf([[*rows(both, (72, 320)), *rest]])) == [paragraph(1), paragraph(2)]


def test_columns_below_a_wide_paragraph_are_read_after_it_and_before_the_next() -> None:
    page = [
        *column(wrapped(paragraph(1)), top=TOP),
        *column(wrapped(paragraph(2), 40), top=TOP - 120, size=10),
        *column(wrapped(paragraph(3), 40), top=TOP - 120, left=320, size=10),
        *column(wrapped(paragraph(4)), top=TOP - 320),
    ]
    assert texts(pdf([page])) == [paragraph(number) for number in range(1, 5)]


def test_a_page_that_stands_on_its_side_is_read_whole() -> None:
    lines = column(wrapped(paragraph(1)), top=500)
    assert texts(pdf([lines], turned=True)) == [paragraph(1)]


def test_running_heads_are_known_on_a_page_that_is_cut_to_its_middle() -> None:
    pages = [
        [("Our wards", 130, 700, 8, "Helvetica"), *column(wrapped(paragraph(number), 60), left=130, top=660)]
        for number in range(6)
    ]
    assert texts(pdf(pages, crop=(108, 72, 504, 720))) == [paragraph(number) for number in range(6)]


def test_a_table_becomes_rows_that_read_and_its_head_no_heading() -> None:
    table = [
        ("Group", "Invited", "Replied"),
        ("Nursing", "210", "148"),
        ("Porters", "35", "20"),
        ("Clerks", "40", "31"),
    ]
    page = [
        ("Findings", 72, TOP + 30, 16, "Helvetica-Bold"),
        *column(wrapped(paragraph(1)), top=TOP),
        ("Table 1: Who replied", 72, TOP - 130, 11, "Helvetica"),
        *rows(table, (72, 250, 350), top=TOP - 150, bold=1),
        *column(wrapped(paragraph(2)), top=TOP - 260),
    ]
    first, rest, last = read_document(pdf([page]), "x.pdf").passages
    assert (first.text, last.text) == (paragraph(1), paragraph(2))
    assert rest.text == (
        "Table 1: Who replied\nGroup: Nursing; Invited 210; Replied 148\n"
        "Group: Porters; Invited 35; Replied 20\nGroup: Clerks; Invited 40; Replied 31"
    )
    assert {first.heading, rest.heading, last.heading} == {"Findings"}
    assert not has_sentence(rest.text)


def test_cells_of_a_drawn_table_are_read_whole_though_their_lines_are_drawn_across() -> None:
    lefts = (76, 236)
    table = [
        ("What we do", "Who does it"),
        ("We ask the night team", "The matron, with"),
        ("every week.", "the site team."),
    ]
    table += [("We answer them.", "The board, within"), ("", "a month.")]
    lines = [line for line in rows(table, lefts, bold=1) if line[0]]
    edges = (TOP + 12, TOP - 4, TOP - 4 - 2 * LEADING, TOP - 4 - 4 * LEADING)
    frames: list[Frame] = [(72, low, width, high - low) for high, low in pairwise(edges) for width in (160, 340)]
    (passage,) = read_document(
        pdf([[*lines, *column(wrapped(paragraph(1)), top=300)]], frames=[frames]), "x.pdf"
    ).passages[:1]
    assert passage.text == (
        "What we do: We ask the night team every week.; Who does it: The matron, with the site team.\n"
        "What we do: We answer them.; Who does it: The board, within a month."
    )


def test_notes_a_little_smaller_than_the_text_stand_under_notes() -> None:
    pages = [
        [
            *column(wrapped(paragraph(number))),
            (f"{number} Notes of a meeting with ward {number}, kept by the office.", 72, 110, 10, "Helvetica"),
        ]
        for number in range(1, 4)
    ]
    document = read_document(pdf(pages), "x.pdf")
    assert [passage.text for passage in document.passages[:3]] == [paragraph(number) for number in range(1, 4)]
    assert {passage.heading for passage in document.passages[3:]} == {"Notes"}


def test_signs_of_notes_after_years_go_and_powers_stay_raised() -> None:
    page = [
        *column(wrapped(paragraph(1))),
        ("It began in January 2025", 72, 400, 11, "Helvetica"),
        ("21", 72 + 123, 404, 6, "Helvetica"),
        ("and covers 12 m", 72 + 135, 400, 11, "Helvetica"),
        ("2", 72 + 215, 404, 6, "Helvetica"),
        ("of floor.", 72 + 224, 400, 11, "Helvetica"),
        ("21 See the minutes of the rota group, kept by the office.", 72, 100, 8, "Helvetica"),
    ]
    assert "It began in January 2025 and covers 12 m² of floor." in "\n".join(texts(pdf([page])))


def test_whose_words_a_quotation_is_stays_with_it() -> None:
    quoted = "“Nobody writes anything down at night, and nobody asks us what became of it afterwards.”"
    lines = [*wrapped(quoted), "", "Ward clerk, second workshop", "", *wrapped(paragraph(1))]
    assert f"{quoted}\nWard clerk, second workshop" in " ".join(texts(pdf([column(lines)])))


def test_a_line_that_begins_like_an_item_stays_in_a_sentence_that_runs_on() -> None:
    lines = [
        "The rota group met the night nurses of every ward in the house, who were older than",
        "64. Most of them had worked on the same ward for years, and they were told by the ward",
        "J. Smith had run that nobody would ask them again, by day and by night, in any house",
        "– both were wrong, as it turned out, and so the group came back to them in the spring.",
    ]
    assert texts(pdf([column(lines)])) == [" ".join(lines)]


def test_numbered_items_that_fill_their_lines_stay_items() -> None:
    items = [f"{number}. {sentence(number, 26)[:-1]}" for number in range(1, 4)]
    lines = ["We ask for three things:", *(line for item in items for line in wrapped(item))]
    (text,) = texts(pdf([column(lines)]))
    assert text.split("\n") == ["We ask for three things:", *items]


def test_words_of_latin_letters_stay_in_their_line_of_hebrew() -> None:
    font = embed_font()
    words = ["הצוות", "עובד", "בלילה", "עם", "NHS", "England", "כל", "שבוע", "מחדש"]
    # Drawn from left to right, as programs do: the Hebrew words and their letters the other way round.
    drawn = " ".join(["שדחמ", "עובש", "לכ", "NHS England", "םע", "הלילב", "דבוע", "תווצה"])
    page = [(drawn, 72.0, TOP - number * LEADING, 11.0, font) for number in range(6)]
    assert " ".join(texts(pdf([page]))).count(" ".join(words)) == 6


def test_a_letter_that_the_file_does_not_tell_is_shown_as_such() -> None:
    assert "e\ufffdcient" in " ".join(texts(pdf_with_unread_letter()))
