"""Tables and forms that go on over pages, are hardly filled, or are none."""

from __future__ import annotations

from collections.abc import Sequence

from bot.library.readers.pdf.document import read_pdf
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
from tests.library.pdf.test_evaluations import HEADS, of_cells
from tests.library.pdf.test_guidance import TOP, read, units


def test_a_form_is_read_row_by_row_with_the_head_of_its_first_column() -> None:
    lines, frames = of_cells([HEADS, *([f"Plan {name} for the night"] for name in ("one", "two", "three"))], set())
    assert units(pdf([lines], frames=[frames])) == [
        f"What: Plan {name} for the night" for name in ("one", "two", "three")
    ]


def test_a_row_goes_on_over_the_page_after_the_word_and() -> None:
    above, frames = of_cells(
        [HEADS, ["A rota", "Ward 1", "May", "Little"], ["Beds and", "nurses and", "May", "Much"]], set()
    )
    below, more = of_cells(
        [["more letters", "porters", "", ""], ["A list", "Ward 3", "June", "Much"]], set(), bold=False
    )
    assert units(pdf([above, below], frames=[frames, more]))[1:] == [
        "What: Beds and more letters; Who: nurses and porters; Begins: May; Costs: Much",
        "What: A list; Who: Ward 3; Begins: June; Costs: Much",
    ]


def test_a_head_that_the_next_page_repeats_in_part_is_no_row() -> None:
    heads = [*HEADS[:3], "What it costs"]
    above, frames = of_cells([heads, ["A rota", "Ward 1", "May", "Little"], ["Beds", "Ward 2", "May", "Much"]], set())
    below, more = of_cells([["", "", "", "it costs"], ["A list", "Ward 3", "June", "Much"]], set())
    assert units(pdf([above, below], frames=[frames, more]))[2:] == [
        "What: A list; Who: Ward 3; Begins: June; What it costs: Much",
    ]


def test_narrow_columns_below_bold_heads_are_no_table() -> None:
    page: list[Line] = []
    said = [paragraph(seed, 3) for seed in (1, 2, 3)]
    for left, head, words in zip((72, 220, 368), ("Day team", "Night team", "Porters"), said, strict=True):
        page += [(head, left, TOP, 11, BOLD)]
        page += column(wrapped(words, 24), left=left, top=TOP - LEADING)
    shown = "\n".join(texts(pdf([page])))
    assert all(words in shown for words in said)


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


def test_a_table_that_only_has_rules_is_known_by_a_head_of_another_colour_in_a_frame() -> None:
    page: list[Line] = [("Duty", 76, 600, 11, "Helvetica"), ("What it asks", 240, 600, 11, "Helvetica")]
    for row, (duty, seed) in enumerate([("Keep wards safe at night", 2), ("Write down what was said", 3)]):
        page += column(wrapped(duty, 14), left=76, top=578 - row * 80)
        page += column(wrapped(paragraph(seed, 2), 52), left=240, top=578 - row * 80)
    frames = [(72.0, 594.0, 450.0, 20.0), *((72.0, height, 450.0, 0.5) for height in (514, 434))]
    blue = (0.1, 0.2, 0.9)
    shown = units(pdf([page], frames=[frames], colours={"Duty": blue, "What it asks": blue}))
    assert f"Duty: Keep wards safe at night; What it asks: {paragraph(2, 2)}" in shown


def test_what_is_bold_in_an_open_table_names_nothing_below_the_table() -> None:
    lines: list[Line] = []
    rules: list[Frame] = []
    top = TOP - 160
    for number, name in enumerate(("Follow-up of wards", "Visits of nurses", "Letters to teams")):
        lines += [(name, 78, top, 11, BOLD), *column(wrapped(sentence(number, 30), 32), left=215, top=top - 3)]
        lines += column(["See the plan"], left=430, top=top - 3)
        rules += [(72, top + 16, 133, 0.5), (205, top + 16, 215, 0.5), (420, top + 16, 100, 0.5)]
        top -= 110
    rules += [(72, top + 16, 133, 0.5), (205, top + 16, 215, 0.5), (420, top + 16, 100, 0.5)]
    pages = [
        [*section("1. The wards", 1, top=TOP, size=18), *lines, *column(wrapped(paragraph(5)), top=200)],
        section("2. The teams", 6, top=TOP, size=18),
    ]
    found = read(pdf(pages, frames=[rules, []]))
    assert [passage.heading for passage in found if paragraph(5)[:40] in passage.text] == ["1. The wards"]


def test_a_heading_that_is_set_as_the_others_of_its_page_stays_one_in_the_head_of_a_table() -> None:
    page: list[Line] = [*section("Hands", 1, top=TOP, size=11), ("Masks", 78, TOP - 156, 11, BOLD)]
    rules: list[Frame] = []
    for number in range(4):
        top = TOP - 140 - 45 * number
        rules += [(72, top, 133, 0.5), (205, top, 215, 0.5), (420, top, 100, 0.5)]
        if number:
            cells = ((78, "Ward"), (215, sentence(number)[:34]), (430, "Yes"))
            page += [(text, left, top + 12 if number > 1 else top + 8, 11, "Helvetica") for left, text in cells]
    page += column(wrapped(paragraph(5)), top=TOP - 340)
    blocks = read_pdf(pdf([page], frames=[rules])).blocks
    assert [block.aside for block in blocks if block.text == "Masks"] == [0]


def in_parts(rows: Sequence[Sequence[str]], top: float, *, bold: int = 0) -> tuple[list[Line], list[Frame]]:
    """A table with a rule below each row, drawn cell by cell; the first ``bold`` columns are bold."""
    lines: list[Line] = []
    rules: list[Frame] = []
    for row in rows:
        for number, (left, words) in enumerate(zip((72, 205, 420), row, strict=True)):
            lines += column(wrapped(words, 30), left=left + 6, top=top, font=BOLD if number < bold else "Helvetica")
        top -= 2 * LEADING
        rules += [(72, top + 8, 133, 0.5), (205, top + 8, 215, 0.5), (420, top + 8, 100, 0.5)]
    return lines, rules


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


def test_a_bar_over_a_table_names_its_rows_and_nothing_below_the_table() -> None:
    lines: list[Line] = []
    rules: list[Frame] = []
    for top, name in ((TOP - 220, "How wards meet"), (TOP - 400, "How wards rest")):
        rows = [(f"Plan {number}", sentence(number, 5), "Ward 3") for number in range(4)]
        table, below = in_parts(rows, top, bold=1)
        lines += [*table, (name, 250, top + 25, 11, BOLD)]
        rules += [(72, top + 19, 448, 20), *below]
    page = [*section("The wards", 1, top=TOP, size=16), *lines, *column(wrapped(paragraph(7)), top=TOP - 560)]
    found = read(pdf([page], frames=[rules]))
    at = {passage.heading for passage in found if "Plan 2" in passage.text}
    assert at == {"The wards > How wards meet", "The wards > How wards rest"}
    assert [passage.heading for passage in found if "n700x" in passage.text] == ["The wards"]


def between_gaps(rows: Sequence[Sequence[str]], top: float) -> tuple[list[Line], list[Frame]]:
    """A table of two columns, each cell in a frame of its own, with gaps between them."""
    lines: list[Line] = []
    frames: list[Frame] = []
    for number, row in enumerate(rows):
        for left, words in zip((72, 242), row, strict=True):
            lines.append((words, left + 8, top - 25 * number, 11, "Helvetica"))
            frames.append((left, top - 25 * number - 8, 167, 22))
    return lines, frames


def test_a_title_near_above_a_table_is_a_heading_and_no_cell_of_its_head() -> None:
    lines, frames = between_gaps([(f"Plan {number}", f"Ward {number}") for number in range(6)], TOP - 230)
    head: list[Line] = [("What", 80, TOP - 212, 11, BOLD), ("Who", 250, TOP - 212, 11, BOLD)]
    page = [*section("The wards", 1, top=TOP, size=30), ("Words", 74, TOP - 175, 30, BOLD), *head, *lines]
    found = read(pdf([page], frames=[frames]))
    at = {passage.heading for passage in found if "What: Plan 2; Who: Ward 2" in passage.text}
    assert at == {"Words"}


def test_a_first_row_that_is_larger_than_the_others_names_the_columns() -> None:
    lines, frames = between_gaps([("Level 1", "Level 2"), *((f"Plan {n}", f"Ward {n}") for n in range(6))], TOP - 230)
    sized = [(words, left, top, 14 if "Level" in words else size, BOLD) for words, left, top, size, _ in lines]
    page = [*section("The wards", 1, top=TOP, size=16), *sized]
    assert "Level 1: Plan 2; Level 2: Ward 2" in units(pdf([page], frames=[frames]))


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


def test_a_table_of_which_one_row_is_on_the_next_page_goes_on_there() -> None:
    above, frames = of_cells([HEADS, ["A rota", "Ward 1", "May", "Little"], ["A list", "Ward 2", "May", "Much"]], set())
    more = [(left, TOP - 40, width, 40) for left, width in ((60, 180), (240, 100), (340, 90), (430, 90))]
    words = [("A plan", 66), ("Ward 3", 246), ("June", 346), ("Much", 436)]
    below: list[Line] = [(text, left, TOP - 14, 10, "Helvetica") for text, left in words]
    below.append(("for nights", 66, TOP - 28, 10, "Helvetica"))
    assert units(pdf([above, below], frames=[frames, more]))[2:] == [
        "What: A plan for nights; Who: Ward 3; Begins: June; Costs: Much"
    ]


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


def test_a_page_that_holds_a_framed_table_alone_is_read() -> None:
    lines, frames = of_cells([HEADS, ["A rota", "Ward 1", "May", "Little"], ["A list", "Ward 2", "May", "Much"]], set())
    shown = units(pdf([lines], frames=[[*frames, (40, TOP - 90, 500, 120)]]))
    assert "What: A list; Who: Ward 2; Begins: May; Costs: Much" in shown


def test_the_row_of_a_table_that_the_page_leaves_open_is_part_of_it() -> None:
    lines: list[Line] = []
    rules: list[Frame] = []
    top = 470
    for number, name in enumerate(("Follow-up of wards", "Visits of nurses", "Letters to teams", "Plans of clinics")):
        lines += [(name, 78, top, 11, BOLD), *column(wrapped(sentence(number, 30), 32), left=215, top=top - 3)]
        lines += column(["See the plan"], left=430, top=top - 3)
        rules += [(72, top + 16, 133, 0.5), (205, top + 16, 215, 0.5), (420, top + 16, 100, 0.5)]
        top -= 110
    pages = [
        [*section("1. The wards", 1, top=TOP, size=18), *lines],
        [*column(wrapped(paragraph(5)), top=TOP), *section("2. The teams", 6, top=400, size=18)],
    ]
    found = read(pdf(pages, frames=[rules, []]))
    assert [passage.heading for passage in found if paragraph(5)[:40] in passage.text] == ["1. The wards"]
