"""Tables of a PDF that go on over a page: their heads, and the rows that the page parts."""

from __future__ import annotations

from tests.library.documents import BOLD, Frame, Line, column, paragraph, pdf, section, sentence, texts, wrapped
from tests.library.pages import HEADS, TOP, in_cells, of_cells, read, units


def test_a_table_that_goes_on_over_the_page_keeps_its_heads_and_its_rows() -> None:
    rows = [(["Ward"], ["What it asks for"])]
    rows += [([f"Ward {number}"], wrapped(sentence(number, 9))) for number in (1, 2, 3)]
    above, frames = in_cells([*rows, (["Ward 4"], ["It asks for more beds,"])])
    below, more = in_cells([([""], ["and for a rota."]), (["Ward 5"], ["Nothing else."]), (["Ward 6"], ["A clinic."])])
    bold = [
        (words, left, bottom, size, BOLD if words in ("Ward", "What it asks for") else font)
        for words, left, bottom, size, font in above
    ]
    found = units(pdf([bold, [line for line in below if line[0]]], frames=[frames, more]))
    assert found[-3:-1] == [
        "Ward: Ward 4; What it asks for: It asks for more beds, and for a rota.",
        "Ward: Ward 5; What it asks for: Nothing else.",
    ]
    last = read(pdf([bold, [line for line in below if line[0]]], frames=[frames, more]))[-1]
    assert last.page_to == 2


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


def test_a_table_of_which_one_row_is_on_the_next_page_goes_on_there() -> None:
    above, frames = of_cells([HEADS, ["A rota", "Ward 1", "May", "Little"], ["A list", "Ward 2", "May", "Much"]], set())
    more = [(left, TOP - 40, width, 40) for left, width in ((60, 180), (240, 100), (340, 90), (430, 90))]
    words = [("A plan", 66), ("Ward 3", 246), ("June", 346), ("Much", 436)]
    below: list[Line] = [(text, left, TOP - 14, 10, "Helvetica") for text, left in words]
    below.append(("for nights", 66, TOP - 28, 10, "Helvetica"))
    assert units(pdf([above, below], frames=[frames, more]))[2:] == [
        "What: A plan for nights; Who: Ward 3; Begins: June; Costs: Much"
    ]


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


def test_cells_at_the_head_of_a_table_are_no_running_head_though_all_pages_have_them() -> None:
    pages: list[list[Line]] = []
    frames: list[list[Frame]] = []
    plans = [[sentence(10 * number + row, 18) for row in range(4)] for number in range(5)]
    for said in plans:
        lines, drawn = in_cells([(wrapped(words, 30), ["", "Ward 1"]) for words in said])
        pages.append([line for line in lines if line[0]])
        frames.append(drawn)
    assert units(pdf(pages, frames=frames)) == [f"{words}: Ward 1" for said in plans for words in said]


def test_what_a_table_says_of_its_next_page_is_no_text() -> None:
    pages = [
        [*column(wrapped(paragraph(number))), ("Continued on next page", 380, 320, 11, "Helvetica")]
        for number in (1, 2)
    ]
    assert "Continued" not in "\n".join(texts(pdf(pages)))
