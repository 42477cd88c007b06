"""More of what evaluations and plans showed: speakers, joined cells, tables over several pages, notes and lists."""

from __future__ import annotations

import pytest

from tests.library.documents import Frame, Line, column, paragraph, pdf, places, sentence, wrapped
from tests.library.pdf.test_guidance import BOLD, TOP, in_cells, read, text, units

Row = list[str]


def test_a_bold_name_right_below_a_quotation_is_no_heading() -> None:
    said = wrapped(f"“{paragraph(1)}”")
    page = [("What helped", 72, TOP, 14, BOLD), *column(said, top=TOP - 30)]
    below = TOP - 30 - 14 * len(said)
    page.append(("Porter [nights], Ward 1 (May 2024)", 72, below, 11, BOLD))
    page += column(wrapped(paragraph(2)), top=below - 30)
    page.append(("What did not", 72, below - 150, 14, BOLD))
    page += column(wrapped(paragraph(3)), top=below - 180)
    data = pdf([page])
    assert set(places(data)) == {"What helped", "What did not"}
    assert "”\nPorter [nights], Ward 1 (May 2024)" in text(data)


def test_a_word_with_a_hyphen_keeps_it_where_its_parts_are_found_in_other_forms() -> None:
    lines = [
        "Each reference is read. The ward checks them all with its reference-",
        "checking list, and writes to who sent them about what it found in it.",
    ]
    assert "reference-checking list" in text(pdf([column(lines)]))


def test_a_word_with_a_hyphen_keeps_it_before_a_form_of_a_verb_that_is_found_nowhere_else() -> None:
    lines = ["They change their behaviour. Behaviour is a habit, and that behaviour matters. A behaviour-"]
    lines.append("modifying letter helps the wards, which read it twice before they answered it at all.")
    assert "A behaviour-modifying letter" in text(pdf([column(lines)]))


@pytest.mark.parametrize("number", ["iii.", "13.", "13.1", "2.4.1"])
def test_a_number_that_is_close_to_its_words_has_a_space_behind_it(number: str) -> None:
    read_back = text(pdf([column([f"{number}How the wards answered the letters of the office."])]))
    assert f"{number} How the wards" in read_back


def test_a_figure_that_is_close_to_its_unit_stays_so() -> None:
    assert "2.5GHz is the least" in text(pdf([column(["2.5GHz is the least that the wards need for their screens."])]))


def test_a_parted_word_is_one_where_another_form_of_it_is_so() -> None:
    lines = [
        "The stream and the lining are old. The ward streamlined its rota, and stream-",
        "lining the rest is next.",
    ]
    assert "streamlining the rest" in text(pdf([column([*lines, *wrapped(paragraph(1))])]))


def test_a_parted_word_stays_one_though_its_beginning_is_a_word() -> None:
    lines = ["The govern of the ward and the manage-", "ment of it are read by all, and no one else."]
    assert "the management of it" in text(pdf([column([*lines, *wrapped(paragraph(1))])]))


def of_cells(
    rows: list[Row], joined: set[int], *, top: float = TOP, bold: bool = True
) -> tuple[list[Line], list[Frame]]:
    """A drawn table of four columns; in the rows that are ``joined`` nothing parts the last two."""
    lines: list[Line] = []
    frames: list[Frame] = []
    sides = [(60, 180), (240, 100), (340, 90), (430, 90)]
    for number, row in enumerate(rows):
        bottom = top - 20 * (number + 1)
        cells = [*sides[:2], (340, 180)] if number in joined else sides
        frames += [(left, bottom, width, 20) for left, width in cells]
        for (left, _), words in zip(sides, row, strict=False):
            is_bold = bold and number == 0
            lines += [(words, left + 6, bottom + 6, 10, BOLD if is_bold else "Helvetica")] if words else []
    return lines, frames


HEADS = ["What", "Who", "Begins", "Costs"]


def test_what_stands_in_joined_cells_has_the_head_of_none_of_them() -> None:
    rows = [HEADS, ["More beds", "Ward 1", "May", "Little"], ["A rota", "Ward 2", "", "A rule of the house"]]
    rows += [["A list", "Ward 3", "June", "Much"]]
    lines, frames = of_cells(rows, {2})
    found = units(pdf([lines], frames=[frames]))
    assert "What: A rota; Who: Ward 2; A rule of the house" in found
    assert "What: A list; Who: Ward 3; Begins: June; Costs: Much" in found


def test_a_bold_line_right_above_a_drawn_table_is_its_head() -> None:
    rows = [HEADS, *([f"Plan {n}", f"Ward {n}", "May", "Little"] for n in range(1, 5))]
    lines, frames = of_cells(rows, set())
    found = units(pdf([lines], frames=[frames[4:]]))
    assert found[0] == "What: Plan 1; Who: Ward 1; Begins: May; Costs: Little"


def test_a_row_with_one_long_cell_is_read_as_a_row() -> None:
    long = wrapped(paragraph(1, 8), 52)
    lines, frames = in_cells([(["Who"], ["What"]), (["Ward 1"], long), (["Ward 2"], ["nothing"])])
    assert f"Ward 1: {paragraph(1, 8)}" in units(pdf([lines], frames=[frames]))


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


def test_a_note_that_goes_on_over_the_page_below_a_wide_rule_is_no_text() -> None:
    page = [*column(wrapped(paragraph(1, 20))), ("the ward says no more of it in that year.", 72, 200, 9, "Helvetica")]
    page += [("4", 72, 190, 6, "Helvetica"), ("See the list of the wards for that.", 77, 187, 9, "Helvetica")]
    found = read(pdf([page, column(wrapped(paragraph(2)))], frames=[[(72, 212, 450, 0.5)], []]))
    assert [passage.heading for passage in found if "no more of it" in passage.text] == ["Notes"]


def test_cells_at_the_head_of_a_table_are_no_running_head_though_all_pages_have_them() -> None:
    pages: list[list[Line]] = []
    frames: list[list[Frame]] = []
    plans = [[sentence(10 * number + row, 18) for row in range(4)] for number in range(5)]
    for said in plans:
        lines, drawn = in_cells([(wrapped(words, 30), ["", "Ward 1"]) for words in said])
        pages.append([line for line in lines if line[0]])
        frames.append(drawn)
    assert units(pdf(pages, frames=frames)) == [f"{words}: Ward 1" for said in plans for words in said]


def test_a_bold_term_that_a_dash_leads_on_from_is_no_heading() -> None:
    term = "Advice and support of the service for all wards of the clinic -"
    page = [("Words", 72, TOP, 14, BOLD), (term, 72, TOP - 30, 11, BOLD), *column(wrapped(paragraph(1)), top=TOP - 44)]
    found = read(pdf([page]))
    assert [passage.heading for passage in found] == ["Words"] * len(found)
    assert f"{term} {paragraph(1)[:20]}" in found[0].text


def test_the_end_of_a_list_that_is_too_long_begins_with_the_sentence_that_leads_to_it() -> None:
    page: list[Line] = [("Duties", 72, TOP, 14, BOLD), *column([f"{sentence(1)} Wards should see that:"], top=TOP - 30)]
    top = TOP - 50
    for number in range(9):
        first, *others = wrapped(sentence(number + 2, 34))
        page += [("•", 80, top, 11, "Helvetica"), (first, 98, top, 11, "Helvetica")]
        page += column(others, left=98, top=top - 14)
        top -= 14 * (len(others) + 1)
    found = read(pdf([page]))
    assert {passage.heading for passage in found} == {"Duties"}
    assert all(passage.text.startswith("Wards should see that:\n[…]\n- ") for passage in found[1:])
    assert len(found) > 1


def test_a_word_that_a_table_parts_is_one_whatever_the_title_of_the_table() -> None:
    before = [*wrapped(paragraph(1)), "All that was found in the wards and in the clinics is manage-"]
    after = ["ment of the beds, and nothing else of it.", *wrapped(paragraph(2))]
    page = [*column(before, top=TOP), ("Beds y By ward", 72, TOP - 120, 13, BOLD)]
    page += [("The figures are those of May.", 72, TOP - 140, 8, "Helvetica"), *column(after, top=TOP - 170)]
    assert "in the clinics is management of the beds" in text(pdf([page]))


@pytest.mark.parametrize("number", ["31.", "4.2."])
def test_a_number_that_is_set_close_to_a_bracket_is_a_word_of_its_own(number: str) -> None:
    page = column([f"{number}[Only asked in May] {sentence(1)}", *wrapped(paragraph(1))])
    assert text(pdf([page])).startswith(f"{number} [Only asked in May]")
