"""Footnotes of a PDF and their raised signs: both leave the text, and the notes stand at the end."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.library import read_document
from tests.library.documents import BOLD, HEIGHT, LEADING, Frame, Line, column, paragraph, pdf, sentence, texts, wrapped
from tests.library.pages import TOP, read, whole_text

RULE = (72.0, 212.0, 450.0, 1.0)


def test_footnotes_go_to_the_end_and_their_signs_out_of_the_text() -> None:
    lines = wrapped(paragraph(1))
    last = lines.pop()
    end = HEIGHT - 120 - len(lines) * LEADING
    page = column(lines)
    page.append((last, 72, end, 11, "Helvetica"))
    page.append(("7", 72 + 5.6 * len(last), end + 5, 6, "Helvetica"))
    page.append(("7 See the report of the rota group, which was printed in March.", 72, 100, 8, "Helvetica"))
    following = column(wrapped(paragraph(2)))
    document = read_document(pdf([page, following, column(wrapped(paragraph(3)))]), "x.pdf")
    assert [passage.text for passage in document.passages[:3]] == [paragraph(1), paragraph(2), paragraph(3)]
    assert document.passages[-1].heading == "Notes"
    assert "rota group" in document.passages[-1].text


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


def test_notes_whose_numbers_stand_apart_below_a_wide_rule_are_no_text() -> None:
    page = column(wrapped(paragraph(1)), top=TOP)
    for at, note in enumerate(["The survey of the rota group, March 2025", "Letter from the porters"]):
        page += [(f"{62 + at}", 72, 200 - 11 * at, 8, "Helvetica"), (note, 92, 200 - 11 * at, 8, "Helvetica")]
    read_back = texts(pdf([page, column(wrapped(paragraph(2)), top=TOP)], frames=[[RULE]]))
    assert read_back[:2] == [paragraph(1), paragraph(2)]
    assert "62 The survey of the rota group, March 2025 63 Letter" in read_back[2]


def test_notes_with_small_roman_numbers_are_no_text() -> None:
    page: list[Line] = [("The ward asks for more beds at night.", 72, TOP, 11, "Helvetica")]
    page += [("iv", 257, TOP + 4, 6, "Helvetica"), ("The office counts them.", 264, TOP, 11, "Helvetica")]
    page += column(wrapped(paragraph(1)), top=TOP - 28)
    page += [("iv", 72, 94, 6, "Helvetica"), ("Nobody counted the beds of the day.", 82, 90, 9, "Helvetica")]
    found = texts(pdf([page]))
    assert found[0].startswith("The ward asks for more beds at night. The office counts them.")
    assert not any("iv" in each.split() for each in found if "Nobody" not in each)


def test_notes_with_numbers_in_brackets_are_notes_on_a_page_of_small_letters() -> None:
    small = wrapped(paragraph(1), 90)
    page = column(small, size=9, top=TOP)
    below = TOP - 14 * len(small)
    page += [
        ("It has regard to what the clinic says", 72, below, 9, "Helvetica"),
        ("(53)", 213, below + 3, 6, "Helvetica"),
    ]
    page += [
        ("(53)", 60, 200, 8.5, "Helvetica"),
        ("The clinic is that of the ward, as it was in May, and as it is", 110, 200, 8.5, "Helvetica"),
        ("written down in the list of all clinics of the wards.", 60, 189, 8.5, "Helvetica"),
    ]
    pages = [column(wrapped(paragraph(index))) for index in (2, 3, 4)]
    data = pdf([*pages, page])
    assert [passage.heading for passage in read(data) if "clinic is that of" in passage.text] == ["Notes"]


def test_a_note_that_goes_on_over_the_page_below_a_wide_rule_is_no_text() -> None:
    page = [*column(wrapped(paragraph(1, 20))), ("the ward says no more of it in that year.", 72, 200, 9, "Helvetica")]
    page += [("4", 72, 190, 6, "Helvetica"), ("See the list of the wards for that.", 77, 187, 9, "Helvetica")]
    found = read(pdf([page, column(wrapped(paragraph(2)))], frames=[[(72, 212, 450, 0.5)], []]))
    assert [passage.heading for passage in found if "no more of it" in passage.text] == ["Notes"]


def test_small_letters_in_the_cells_at_the_foot_of_a_page_are_no_notes() -> None:
    page = column(wrapped(paragraph(1, 60), 80)[:40], size=12, top=TOP)
    heads, below = TOP - 580, TOP - 600
    frames: list[Frame] = []
    for left in (70, 290):
        page += [("Before May" if left == 70 else "After May", left + 6, heads, 12, BOLD)]
        page += column(wrapped(sentence(left), 40), left=left + 6, size=11, top=below - 6)
        frames += [(left, below + 12, 220, 0.5), (left, below - 50, 0.5, 80), (left, below + 30, 220, 0.5)]
    found = read(pdf([page, column(wrapped(paragraph(3), 80), size=12)], frames=[frames, []]))
    assert not [passage for passage in found if passage.heading == "Notes"]


def test_a_page_of_smaller_text_than_the_tables_has_no_notes_though_large_headings_are_on_it() -> None:
    first: list[Line] = [
        ("Memo", 72, TOP, 24, BOLD),
        ("1", 72, TOP - 90, 18, BOLD),
        ("Introduction", 100, TOP - 90, 18, BOLD),
    ]
    first += [("4 Ward Road", 400, TOP - 30, 9.5, "Helvetica"), ("Wardtown", 400, TOP - 44, 9.5, "Helvetica")]
    first += column(wrapped(paragraph(1)), top=TOP - 120, size=9.5)
    pages = [first, *(column(wrapped(paragraph(seed, 20))) for seed in (2, 3))]
    found = read(pdf(pages))
    assert any(paragraph(1) in passage.text and passage.heading.endswith("1 Introduction") for passage in found)


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


def test_where_a_raised_sign_goes_from_between_two_words_a_space_is_left() -> None:
    before = "It is the disorder"
    after = 72 + stringWidth(before, "Helvetica", 11)
    page: list[Line] = [(before, 72, TOP, 11, "Helvetica"), ("17", after, TOP + 4, 6, "Helvetica")]
    page += [
        ("and the ward that count.", after + 7, TOP, 11, "Helvetica"),
        *column(wrapped(paragraph(1)), top=TOP - 30),
    ]
    assert "It is the disorder and the ward that count." in whole_text(pdf([page]))


def test_a_raised_figure_of_which_there_is_no_note_is_part_of_a_name() -> None:
    page: list[Line] = [
        ("The wards take part in ROTA", 72, TOP, 11, "Courier"),
        ("2", 72 + 6.6 * 27, TOP + 4, 6, "Courier"),
        ("as they did before.", 72 + 6.6 * 29, TOP, 11, "Courier"),
        ("62", 72 + 6.6 * 48, TOP + 4, 6, "Courier"),
        *column(wrapped(paragraph(1)), top=TOP - 60),
        ("62 See the report of the rota group, which was printed in March.", 72, 100, 8, "Helvetica"),
    ]
    assert texts(pdf([page]))[0].startswith("The wards take part in ROTA² as they did before.\n")
