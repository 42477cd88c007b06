"""What guidance, evaluations and reviews showed: each kind of fault that was read there, on a small page of its own."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.library import read_document
from bot.models.library import Passage
from tests.library.documents import HEIGHT, LEADING, Frame, Line, column, paragraph, pdf, sentence, wrapped

TOP = HEIGHT - 80
BOLD = "Helvetica-Bold"


def read(data: bytes) -> tuple[Passage, ...]:
    return read_document(data, "x.pdf").passages


def text(data: bytes) -> str:
    return "\n".join(passage.text for passage in read(data))


def units(data: bytes) -> list[str]:
    return text(data).replace("\n\n", "\n").split("\n")


def numbered(number: str, words: str, top: float, *, left: float = 56, indent: float = 36) -> list[Line]:
    """A paragraph with its number in the margin."""
    first, *others = wrapped(words, 75)
    lines: list[Line] = [(number, left, top, 11, "Helvetica"), (first, left + indent, top, 11, "Helvetica")]
    return lines + column(others, left=left + indent, top=top - LEADING)


def test_a_number_that_is_set_close_to_its_paragraph_is_a_word_of_its_own() -> None:
    first, *others = wrapped(paragraph(1))
    after = 72 + stringWidth("29.", "Helvetica", 11) + 1.2
    page: list[Line] = [("29.", 72, TOP, 11, "Helvetica"), (first, after, TOP, 11, "Helvetica")]
    page += column(others, top=TOP - LEADING)
    assert text(pdf([page])).startswith(f"29. {first}")


def test_a_hyphen_that_is_set_apart_a_little_stays_with_its_word() -> None:
    before = f"{sentence(1)} The ward reads what the Secretary"
    after = 72 + stringWidth(before, "Helvetica", 10) + 1.5
    page: list[Line] = [(before, 72, TOP, 10, "Helvetica"), ("-", after, TOP, 10, "Helvetica")]
    page += column(
        ["General writes about it, and asks for more of it.", *wrapped(paragraph(2))], size=10, top=TOP - LEADING
    )
    assert "the Secretary-General writes" in text(pdf([page]))


def test_a_numbered_paragraph_after_an_item_is_one_of_its_own() -> None:
    page = numbered("6.22.", f"{paragraph(1, 2)} It may ask for:", TOP)
    page += [
        ("•", 114, TOP - 60, 11, "Helvetica"),
        ("a return to the ward at any time.", 132, TOP - 60, 11, "Helvetica"),
    ]
    page += numbered("6.23.", paragraph(2, 3), TOP - 75)
    assert [unit[:6] for unit in units(pdf([page]))][1:] == ["- a re", "6.23. "]


def test_numbers_that_follow_each_other_begin_paragraphs_without_space_between_them() -> None:
    page = numbered("7.58.", sentence(1, 20), TOP)
    page += numbered("7.59.", paragraph(2, 4), TOP - 2 * LEADING)
    found = units(pdf([page]))
    assert [unit[:5] for unit in found] == ["7.58.", "7.59."]


def test_bold_words_that_fill_the_first_line_of_a_paragraph_are_no_heading() -> None:
    page: list[Line] = [("What helped", 72, TOP, 14, BOLD)]
    for index, name in enumerate(
        ("Clear words to all teams and wards at the start of it all:", "A culture that is open:")
    ):
        top = TOP - 30 - index * 160
        page.append((name, 72, top, 11, "Times-Bold"))
        page.append(("Wards in", 75 + stringWidth(name, "Times-Bold", 11), top, 11, "Helvetica"))
        page += column(wrapped(f"North and South say so. {paragraph(index + 1)}"), top=top - LEADING)
    assert "at the start of it all: Wards in North and South say so." in text(pdf([page]))


def test_a_heading_without_a_number_is_beside_the_numbered_ones_that_look_like_it() -> None:
    names = [("4. Evidence", 24), ("4.4 Feasibility", 18), ("4.4.1 Money", 14), ("Costs of the rota", 14)]
    names += [
        ("4.4.2 Risks", 14),
        ("4.4.3 Data", 14),
        ("5. Next steps", 24),
        ("5.1 The wards", 18),
        ("5.1.1 North", 14),
        ("Costs of the beds", 14),
    ]
    pages: list[list[Line]] = [column(wrapped(paragraph(index))) for index in (20, 21)]
    for index, (name, size) in enumerate(names):
        pages.append([(name, 72, TOP, size, BOLD), *column(wrapped(paragraph(index + 1)), top=TOP - 40)])
    found = [passage.heading for passage in read(pdf(pages))]
    assert "4. Evidence > 4.4 Feasibility > Costs of the rota" in found
    assert "4. Evidence > 4.4 Feasibility > 4.4.2 Risks" in found


def in_cells(rows: list[tuple[list[str], list[str]]], *, shaded: bool = False) -> tuple[list[Line], list[Frame]]:
    """A table of two columns whose cells are drawn; ``shaded`` draws the background of each line as well."""
    lines: list[Line] = []
    frames: list[Frame] = []
    top = TOP
    for row in rows:
        height = 6 + LEADING * max(map(len, row))
        for left, cell in zip((60, 220), row, strict=True):
            width = 160 if left == 60 else 300
            frames.append((left, top - height, width, height))
            for index, line in enumerate(cell):
                lines.append((line, left + 6, top - 12 - index * LEADING, 10, "Helvetica"))
                if shaded:
                    frames.append((left + 4, top - 16 - index * LEADING, width - 8, LEADING))
        top -= height
    return lines, frames


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


def test_a_word_with_a_hyphen_keeps_it_within_a_cell() -> None:
    left = ["Places that are owned", "by the government-", "owned company"]
    lines, frames = in_cells([(["What"], ["Who"]), (left, ["the wards"]), (["Beds"], ["nobody"])])
    page = [*lines, *column(wrapped("The company is owned by the government. " + paragraph(1)), top=TOP - 200)]
    assert "government-owned company" in text(pdf([page], frames=[frames]))


def test_boxes_whose_sides_are_a_hair_apart_are_two() -> None:
    frames: list[Frame] = []
    lines: list[Line] = [("Findings", 72, TOP, 16, BOLD)]
    for index, right in enumerate((520.95, 521.05)):
        bottom = TOP - 140 - index * 300
        frames += [
            (60, bottom, 0.5, 110),
            (right, bottom, 0.5, 110),
            (60, bottom, 461, 0.5),
            (60, bottom + 110, 461, 0.5),
        ]
        lines += [(f"Story {index + 1}", 66, bottom + 90, 11, BOLD)]
        lines += column(wrapped(paragraph(index + 1, 4), 70), left=66, top=bottom + 70)
        lines += column(wrapped(paragraph(index + 5)), top=bottom - 30)
    found = {passage.heading for passage in read(pdf([lines], frames=[frames])) if sentence(500) in passage.text}
    found |= {passage.heading for passage in read(pdf([lines], frames=[frames])) if sentence(600) in passage.text}
    assert found == {"Findings"}


def test_a_line_of_text_at_the_foot_is_none_because_others_end_alike_there() -> None:
    ends = ("with the ward", "with the ward", "with the ward", "with the ward", "with the porter", "with a clinic")
    pages: list[list[Line]] = []
    for index, end in enumerate(ends):
        page = column(wrapped(paragraph(index + 1, 60))[:49], top=60 + 49 * LEADING)
        pages.append([*page, (end, 72, 60, 11, "Helvetica"), (str(index + 1), 290, 30, 11, "Helvetica")])
    assert "with the porter" in text(pdf(pages))


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


def test_a_bullet_stands_before_an_item_that_begins_with_a_figure() -> None:
    page = column(["The wards count all that is in them:"], top=TOP)
    for index, words in enumerate(("456 beds are in use", "2,058 letters were read", "331 visits were made")):
        top = TOP - 20 - index * LEADING
        page += [("•", 90, top, 11, "Helvetica"), (words, 112, top, 11, "Helvetica")]
    page += column(wrapped(paragraph(1)), top=TOP - 90)
    assert "- 456 beds are in use\n- 2,058 letters were read\n- 331 visits were made" in text(pdf([page]))


def test_compounds_of_three_words_keep_both_hyphens_at_the_end_of_a_line() -> None:
    lines = [
        "The plan is read before the meeting, and it is up-to-",
        "date when the ward meets. The team takes a joined-",
    ]
    lines += ["up view of it, and each person writes a self-", "assessment before that.", *wrapped(paragraph(1))]
    found = text(pdf([column(lines)]))
    assert "it is up-to-date when" in found
    assert "a joined-up view" in found
    assert "a self-assessment before" in found


def test_where_a_raised_sign_goes_from_between_two_words_a_space_is_left() -> None:
    before = "It is the disorder"
    after = 72 + stringWidth(before, "Helvetica", 11)
    page: list[Line] = [(before, 72, TOP, 11, "Helvetica"), ("17", after, TOP + 4, 6, "Helvetica")]
    page += [
        ("and the ward that count.", after + 7, TOP, 11, "Helvetica"),
        *column(wrapped(paragraph(1)), top=TOP - 30),
    ]
    assert "It is the disorder and the ward that count." in text(pdf([page]))


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
    assert f"{left} and of the wards.: staff of the night and of the day." in text(pdf([page], frames=[frames]))


@pytest.mark.parametrize("number", ["(2)", "2)"])
def test_the_number_of_an_item_in_brackets_on_top_of_a_page_is_not_the_page_s(number: str) -> None:
    page: list[Line] = [
        (number, 72, TOP + 40, 11, "Helvetica"),
        *column(wrapped(sentence(2, 30)), left=98, top=TOP + 40),
    ]
    data = pdf([column(wrapped(paragraph(1))), page, column(wrapped(paragraph(3)))])
    assert f"{number} {sentence(2, 30)[:20]}" in text(data)


def test_an_address_that_is_set_smaller_stays_in_its_sentence() -> None:
    long = "https://www.wards.example.org/government/publications/rest-of-the-wards-and-of-all-"
    page: list[Line] = [
        ("The ward asks for rest under the act on the rest of wards and teams (see", 72, TOP, 14, "Helvetica")
    ]
    page += [("(https://www.wards.example.org/acts/2000/14/section/15)", 72, TOP - 16, 12.6, "Helvetica")]
    page += [("and the rules", 410, TOP - 16, 14, "Helvetica")]
    page += column(["of the wards). It says so to the board of the trust in a letter a year"], top=TOP - 32, size=14)
    page += [(f"({long}", 72, TOP - 48, 12.6, "Helvetica"), ("teams-and-shifts).", 72, TOP - 64, 12.6, "Helvetica")]
    page += column(wrapped(paragraph(1), 66), top=TOP - 100, size=14)
    assert units(pdf([page]))[0] == (
        "The ward asks for rest under the act on the rest of wards and teams (see "
        "(https://www.wards.example.org/acts/2000/14/section/15) and the rules of the wards). It says so to the board "
        f"of the trust in a letter a year ({long}teams-and-shifts)."
    )
