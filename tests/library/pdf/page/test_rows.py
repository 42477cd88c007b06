"""How a table of a PDF is read row by row: its cells, and the heads of its columns."""

from __future__ import annotations

from itertools import pairwise

from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.library import read_document
from bot.library.sentences import has_sentence
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
from tests.library.pages import HEADS, TOP, between_gaps, in_cells, in_parts, in_rows, of_cells, units, whole_text


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
        *in_rows(table, (72, 250, 350), top=TOP - 150, bold=1),
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
    lines = [line for line in in_rows(table, lefts, bold=1) if line[0]]
    edges = (TOP + 12, TOP - 4, TOP - 4 - 2 * LEADING, TOP - 4 - 4 * LEADING)
    frames: list[Frame] = [(72, low, width, high - low) for high, low in pairwise(edges) for width in (160, 340)]
    (passage,) = read_document(
        pdf([[*lines, *column(wrapped(paragraph(1)), top=300)]], frames=[frames]), "x.pdf"
    ).passages[:1]
    assert passage.text == (
        "What we do: We ask the night team every week.; Who does it: The matron, with the site team.\n"
        "What we do: We answer them.; Who does it: The board, within a month."
    )


def test_the_backgrounds_of_lines_do_not_cut_the_cells_of_a_table() -> None:
    words = [(wrapped(sentence(index), 24), wrapped(paragraph(index, 2), 52)) for index in (1, 2, 3)]
    lines, frames = in_cells(words, shaded=True)
    found = units(pdf([lines], frames=[frames]))
    assert found == [f"{sentence(index)}: {paragraph(index, 2)}" for index in (1, 2, 3)]


def test_a_long_cell_is_read_as_its_paragraphs_and_items() -> None:
    left = [*wrapped(sentence(1), 24), "They must:", "• ask", "• answer what is", "asked of them"]
    right = [*wrapped(paragraph(2), 52), *wrapped(sentence(3), 52)]
    lines, frames = in_cells([(["What"], ["Who"]), (left, right), (wrapped(sentence(4), 24), ["nobody"])])
    found = units(pdf([lines], frames=[frames]))
    assert found[found.index("- ask") :][:2] == ["- ask", "- answer what is asked of them"]
    assert f"{sentence(4)}: nobody" in found


def test_a_row_with_one_long_cell_is_read_as_a_row() -> None:
    long = wrapped(paragraph(1, 8), 52)
    lines, frames = in_cells([(["Who"], ["What"]), (["Ward 1"], long), (["Ward 2"], ["nothing"])])
    assert f"Ward 1: {paragraph(1, 8)}" in units(pdf([lines], frames=[frames]))


def test_the_first_cell_of_a_row_names_what_is_read_paragraph_by_paragraph() -> None:
    frames: list[Frame] = []
    lines: list[Line] = []
    top = TOP
    for name, said in (("Rota", [1, 2, 3]), ("List", [4, 5, 6])):
        begin = top
        lines.append((name, 80, top - 14, 10, BOLD))
        for seed in said:
            words = wrapped(paragraph(seed, 2), 60)
            lines += [(line, 200, top - 14 - 12 * at, 10, "Helvetica") for at, line in enumerate(words)]
            top -= 12 * len(words) + 10
        frames += [(72, top, 120, begin - top), (192, top, 340, begin - top)]
    shown = units(pdf([lines], frames=[frames]))
    assert shown[0].startswith(f"Rota: {paragraph(1, 2)}")
    assert any(text.startswith(f"List: {paragraph(4, 2)}") for text in shown)


def test_words_on_both_sides_of_the_line_between_two_cells_stay_in_theirs() -> None:
    left = "Frameworks for the work of all teams -"
    end = 66 + stringWidth(left, "Helvetica", 10)
    page: list[Line] = [("What", 66, TOP, 10, "Helvetica"), ("Who", end + 7, TOP, 10, "Helvetica")]
    page += [(left, 66, TOP - 30, 10, "Helvetica"), ("staff of the night", end + 7, TOP - 30, 10, "Helvetica")]
    page += [
        ("and of the wards.", 66, TOP - 44, 10, "Helvetica"),
        ("and of the day.", end + 7, TOP - 44, 10, "Helvetica"),
    ]
    frames: list[Frame] = []
    for bottom, height in ((TOP - 12, 26), (TOP - 54, 42)):
        frames += [(60, bottom, end - 56.5, height), (end + 3.5, bottom, 180, height), (end + 3.5, bottom, 0.1, height)]
    assert f"{left} and of the wards.: staff of the night and of the day." in whole_text(pdf([page], frames=[frames]))


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
    assert "1. Is the drug licensed for this use?\n2. Is there any other way to pay?" in whole_text(
        pdf([page], frames=[frames])
    )


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


def test_a_first_row_that_is_larger_than_the_others_names_the_columns() -> None:
    lines, frames = between_gaps([("Level 1", "Level 2"), *((f"Plan {n}", f"Ward {n}") for n in range(6))], TOP - 230)
    sized = [(words, left, top, 14 if "Level" in words else size, BOLD) for words, left, top, size, _ in lines]
    page = [*section("The wards", 1, top=TOP, size=16), *sized]
    assert "Level 1: Plan 2; Level 2: Ward 2" in units(pdf([page], frames=[frames]))


def test_a_bold_row_within_a_table_names_what_is_below_it() -> None:
    rows = [["Goal", "A rest for all", "", ""], HEADS, ["A rota", "Ward 1", "May", "Little"]]
    rows += [HEADS, ["Beds", "Ward 2", "June", "Much"]]
    lines, frames = of_cells(rows, set(), bold=False)
    lines = [(words, left, bottom, size, BOLD if words in HEADS else font) for words, left, bottom, size, font in lines]
    assert units(pdf([lines], frames=[frames])) == [
        "Goal: A rest for all",
        "What: A rota; Who: Ward 1; Begins: May; Costs: Little",
        "What: Beds; Who: Ward 2; Begins: June; Costs: Much",
    ]


def test_a_form_is_read_row_by_row_with_the_head_of_its_first_column() -> None:
    lines, frames = of_cells([HEADS, *([f"Plan {name} for the night"] for name in ("one", "two", "three"))], set())
    assert units(pdf([lines], frames=[frames])) == [
        f"What: Plan {name} for the night" for name in ("one", "two", "three")
    ]


def test_a_table_with_rules_between_its_rows_alone_is_read_row_by_row() -> None:
    page: list[Line] = column(wrapped(paragraph(1)), top=TOP)
    page += [("Duty", 76, 600, 11, BOLD), ("What it asks", 240, 600, 11, BOLD)]
    for row, (duty, seed) in enumerate([("Keep wards safe at night", 2), ("Write down what was said", 3)]):
        page += column(wrapped(duty, 14), left=76, top=578 - row * 80)
        page += column(wrapped(paragraph(seed, 2), 52), left=240, top=578 - row * 80)
    rules: list[Frame] = [(72, height, 450, 0.5) for height in (614, 594, 514, 434)]
    shown = "\n".join(texts(pdf([page], frames=[rules])))
    assert f"Duty: Keep wards safe at night; What it asks: {paragraph(2, 2)}" in shown
    assert f"Duty: Write down what was said; What it asks: {paragraph(3, 2)}" in shown


def test_a_table_that_only_has_rules_is_known_by_a_head_of_another_colour_in_a_frame() -> None:
    page: list[Line] = [("Duty", 76, 600, 11, "Helvetica"), ("What it asks", 240, 600, 11, "Helvetica")]
    for row, (duty, seed) in enumerate([("Keep wards safe at night", 2), ("Write down what was said", 3)]):
        page += column(wrapped(duty, 14), left=76, top=578 - row * 80)
        page += column(wrapped(paragraph(seed, 2), 52), left=240, top=578 - row * 80)
    frames = [(72.0, 594.0, 450.0, 20.0), *((72.0, height, 450.0, 0.5) for height in (514, 434))]
    blue = (0.1, 0.2, 0.9)
    shown = units(pdf([page], frames=[frames], colours={"Duty": blue, "What it asks": blue}))
    assert f"Duty: Keep wards safe at night; What it asks: {paragraph(2, 2)}" in shown


def test_a_table_whose_rules_are_in_parts_is_read_row_by_row_with_the_bold_line_above_it_as_its_head() -> None:
    rows = [(f"Plan {number}", f"{sentence(number, 6)} So it is done.", "Ward 3") for number in range(4)]
    lines, rules = in_parts(rows, TOP - 200, bold=1)
    heads: list[Line] = [
        (words, left, TOP - 180, 11, BOLD) for words, left in (("What", 78), ("Why", 211), ("Who", 426))
    ]
    page = [*section("The wards", 1, top=TOP, size=16), *heads, *lines]
    found = units(
        pdf(
            [page], frames=[[(72, TOP - 186, 133, 0.5), (205, TOP - 186, 215, 0.5), (420, TOP - 186, 100, 0.5), *rules]]
        )
    )
    assert f"What: Plan 2; Why: {sentence(2, 6)} So it is done.; Who: Ward 3" in found
