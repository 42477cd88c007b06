"""The marks of a PDF's items, and what else begins, ends and goes on among its lines."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.library.documents import (
    BOLD,
    HEIGHT,
    LEADING,
    Frame,
    Line,
    column,
    embed_font,
    paragraph,
    pdf,
    places,
    texts,
    wrapped,
)

TOP = HEIGHT - 80
ITEMS = ["rest for the teams that work at night;", "2,058 letters that the wards answer;", "beds for all who need one."]
LISTED = "We ask for:\n" + "\n".join(f"- {item}" for item in ITEMS)


def listed(mark: str, font: str, *, left: float = 86) -> list[Line]:
    """A list with a mark in a font of its own before each item."""
    page = column(["We ask for:"], top=TOP)
    for index, item in enumerate(ITEMS, 1):
        page += [(mark, left, TOP - index * LEADING, 11, font), (item, 108, TOP - index * LEADING, 11, "Helvetica")]
    return page


def shapes(lines: list[Line], side: float = 4) -> list[Frame]:
    """A small shape before each line."""
    return [(left - 14, bottom + 2, side, side) for _, left, bottom, *_ in lines]


@pytest.mark.parametrize("mark", ["l", "ll", "q", "n"])
def test_letters_of_a_font_of_pictures_are_the_marks_of_items(mark: str) -> None:
    assert texts(pdf([listed(mark, "ZapfDingbats")])) == [LISTED]


@pytest.mark.parametrize("mark", ["I", "<", "N"])
def test_one_letter_of_a_font_that_sets_nothing_else_is_the_mark_of_items(mark: str) -> None:
    assert texts(pdf([listed(mark, "Courier", left=94)])) == [LISTED]


def test_a_letter_of_a_font_that_sets_words_too_is_no_mark() -> None:
    page = [*listed("I", "Courier", left=94), *column([ITEMS[0]], top=TOP - 80, font="Courier")]
    assert "I rest for" in "\n".join(texts(pdf([page])))


def test_the_sign_of_a_list_within_a_list_is_told_by_the_space_after_it() -> None:
    assert texts(pdf([listed("o", "Helvetica", left=96)])) == [LISTED]
    page = column(["The staff of the wards go", "o dan y bont i weld beth sydd yno heno."], top=TOP)
    assert texts(pdf([page])) == ["The staff of the wards go o dan y bont i weld beth sydd yno heno."]


def test_small_shapes_before_lines_are_the_marks_of_items() -> None:
    items = column(ITEMS, left=108, top=TOP - LEADING)
    page = [*column(["We ask for:"], top=TOP), *items]
    assert texts(pdf([page], frames=[shapes(items)])) == [LISTED]


def test_items_of_few_words_in_their_first_line_have_marks_too() -> None:
    items = column(
        [
            "Rest for the teams",
            "that work at night",
            "Letters for all",
            "who write to us",
            "Beds for those",
            "who need one",
        ],
        left=108,
        top=TOP - LEADING,
    )
    page = [*column(["We ask for:"], top=TOP), *items]
    assert texts(pdf([page], frames=[shapes(items[::2])])) == [
        "We ask for:\n- Rest for the teams that work at night\n"
        "- Letters for all who write to us\n- Beds for those who need one"
    ]


def test_the_squares_of_a_chart_s_legend_are_no_marks() -> None:
    legend = [(f"Ward {number}", 300.0, 500.0 - number * 20, 8.0, "Helvetica") for number in range(5)]
    page = [*column(wrapped(paragraph(1)), top=TOP), *legend, *column(wrapped(paragraph(2)), top=300)]
    assert "- Ward" not in "\n".join(texts(pdf([page], frames=[shapes(legend)])))


def test_the_corners_of_a_frame_are_no_marks() -> None:
    lines = column(wrapped(paragraph(1)), top=TOP)
    bands = [(left - 14, bottom + 2, 60, 4) for _, left, bottom, *_ in lines]
    assert texts(pdf([lines], frames=[[*shapes(lines), *bands]])) == [paragraph(1)]


def test_the_name_below_a_quotation_in_a_box_is_no_heading() -> None:
    page = [("How we buy", 72.0, TOP, 20.0, BOLD), *column(wrapped(paragraph(1)), top=TOP - 40)]
    frames: list[Frame] = []
    for number, top in enumerate((560, 440, 320), 1):
        words = [f"It takes the ward {number} weeks to buy a bed,", "so the list should be shorter."]
        page += [
            *column(words, left=110, top=top, size=12),
            (f"Person {number}, ward {number}", 110, top - 44, 12, BOLD),
        ]
        frames.append((100, top - 60, 340, 84))
    assert places(pdf([page], frames=[frames])) == ["How we buy"]
    assert "so the list should be shorter.\n\nPerson 2, ward 2" in "\n".join(texts(pdf([page], frames=[frames])))


def test_notes_with_small_roman_numbers_are_no_text() -> None:
    page: list[Line] = [("The ward asks for more beds at night.", 72, TOP, 11, "Helvetica")]
    page += [("iv", 257, TOP + 4, 6, "Helvetica"), ("The office counts them.", 264, TOP, 11, "Helvetica")]
    page += column(wrapped(paragraph(1)), top=TOP - 28)
    page += [("iv", 72, 94, 6, "Helvetica"), ("Nobody counted the beds of the day.", 82, 90, 9, "Helvetica")]
    found = texts(pdf([page]))
    assert found[0].startswith("The ward asks for more beds at night. The office counts them.")
    assert not any("iv" in each.split() for each in found if "Nobody" not in each)


def test_a_mark_behind_a_heading_is_no_word_of_it() -> None:
    pages = [
        [(f"What ward {number} asks for ■", 72.0, TOP, 16.0, embed_font()), *column(wrapped(paragraph(number)))]
        for number in (1, 2)
    ]
    assert places(pdf(pages)) == ["What ward 1 asks for", "What ward 2 asks for"]


def test_a_sentence_goes_on_where_its_lines_are_a_little_further_apart() -> None:
    lines = wrapped(paragraph(1))
    page = [*column(lines[:2], top=TOP), *column(lines[2:], top=TOP - 2 * LEADING - 8)]
    assert texts(pdf([page])) == [paragraph(1)]


@pytest.mark.parametrize("words", ["as the wards say it, i.e.", "whether that is “properly”"])
def test_a_paragraph_goes_on_in_small_letters_after_what_is_no_end_of_a_sentence(words: str) -> None:
    font = embed_font()
    lines = ["The office asks of each of the wards, every year and in every season,", f"that it says {words}"]
    rest = ["done at night and in time, so that nobody waits for a bed or a letter."]
    page = [("4.14.", 72.0, TOP, 11.0, font), *column([*lines, *rest], left=110, top=TOP, font=font)]
    assert texts(pdf([page])) == [" ".join(["4.14.", *lines, *rest])]


def test_the_text_behind_a_list_at_the_foot_of_a_page_is_no_part_of_its_last_item() -> None:
    items = column(["• rest for the teams that work at night and for all the others", "  who work with them"], top=160)
    after = "They are asked for by all of the wards, and by the office that counts them."
    pages = [
        [*column(wrapped(paragraph(1)), top=TOP), *column(["We ask for:"], top=180), *items],
        column([after, *wrapped(paragraph(2))], top=TOP),
    ]
    assert any(each.startswith("They are asked for") for each in texts(pdf(pages)))


def test_hyphens_of_addresses_and_of_compounds_stay_at_the_end_of_a_line() -> None:
    lines = [
        "The rules are at https://www.wards.example.org/rest-of-the-",
        "wards and at no other place. The wards count all of their out-",
        "of-area visits, and what each of the visits has for a knock-",
        "on for the rota. All of it is asked for again by the board.",
    ]
    assert texts(pdf([column(lines, top=TOP)])) == [
        "The rules are at https://www.wards.example.org/rest-of-the-wards and at no other place. The wards "
        "count all of their out-of-area visits, and what each of the visits has for a knock-on for the rota. "
        "All of it is asked for again by the board."
    ]


def test_a_figure_that_is_a_run_of_its_own_has_a_narrow_space_before_it() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for index, (word, number) in enumerate(
        (("The rules of regulation", "36 say what wards ask for."), ("H", "2O is asked for."))
    ):
        written = canvas.beginText(72, TOP - 40 * index)
        written.setFont("Helvetica", 11)
        written.textOut(word)
        written.moveCursor(pdfmetrics.stringWidth(word, "Helvetica", 11) + (1.5 if len(word) > 1 else 0), 0)
        written.textOut(number)
        canvas.drawText(written)
    canvas.save()
    assert texts(file.getvalue()) == ["The rules of regulation 36 say what wards ask for.\n\nH2O is asked for."]


def test_a_numbered_paragraph_begins_behind_one_that_ends_without_a_stop() -> None:
    pages = [[*column(wrapped(paragraph(number)), top=TOP)] for number in (1, 2)]
    pages[0] += column(
        ["8.14 The ward asks for beds by telephone, whose numbers are at", "www.wards.example.org"], top=120
    )
    pages[1] = column(["8.15 The list below goes with it, and so do the letters of the wards."], top=TOP)
    assert any(each.startswith("8.15 The list") for text in texts(pdf(pages)) for each in text.split("\n\n"))


def test_the_text_right_behind_a_list_whose_marks_are_at_its_left_is_no_part_of_its_last_item() -> None:
    lines = [
        "We ask for:",
        "• rest for the teams",
        "• beds for those who need one",
        "They are asked for by all of the wards,",
    ]
    page = column([*lines, "and by the office that counts the beds of each of the wards at night."], top=TOP)
    assert texts(pdf([page]))[0].split("\n\n")[-1].startswith("They are asked for by all of the wards, and")


def test_a_sentence_goes_on_past_a_page_that_is_full_of_figures() -> None:
    lines = wrapped(paragraph(1))
    at = next(index for index, line in enumerate(lines) if index > 1 and line[0].islower())
    figure: list[Line] = [("Figure 1: How the wards rest at night", 72, TOP, 11, "Helvetica")]
    pages = [column(lines[:at], top=TOP), figure, column([*lines[at:], "", *wrapped(paragraph(2))], top=TOP)]
    assert paragraph(1) in "\n".join(texts(pdf(pages)))


def test_who_signs_at_the_foot_of_a_page_is_no_heading() -> None:
    pages = []
    for number in range(1, 4):
        page = [
            (f"What ward {number} asks for", 72.0, TOP, 18.0, BOLD),
            *column(wrapped(paragraph(number)), top=TOP - 30),
        ]
        page += [("How it rests", 72, 560, 11, BOLD), *column(wrapped(paragraph(10 + number)), top=540)]
        pages.append(page)
    pages[0] += [("Chair of the Office for Wards", 72, 400, 11, BOLD)]
    data = pdf(pages)
    assert "Chair of the Office for Wards" not in "\n".join(places(data))
    assert any(each.endswith("\n\nChair of the Office for Wards") for each in texts(data))


def test_the_dots_of_a_dotted_line_do_not_hide_the_marks_of_items() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    items = column(ITEMS, left=108, top=TOP - LEADING)
    dots = [(60.0 + 2 * number, 300.0, 0.8, 0.8) for number in range(230)]
    for frame in (*shapes(items), *dots):
        canvas.rect(*frame, stroke=0, fill=1)
    for text, left, bottom, size, font in (*column(["We ask for:"], top=TOP), *items):
        canvas.setFont(font, size)
        canvas.drawString(left, bottom, text)
    canvas.save()
    assert texts(file.getvalue()) == [LISTED]
