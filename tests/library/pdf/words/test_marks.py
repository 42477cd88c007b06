"""The marks before items of a PDF and around its headings: letters, signs of fonts of pictures, small shapes."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.library import read_document
from tests.library.documents import (
    BOLD,
    LEADING,
    Frame,
    Line,
    column,
    embed_font,
    paragraph,
    pdf,
    places,
    sentence,
    texts,
    wrapped,
)
from tests.library.pages import PLAIN, TOP, under, whole_text

ITEMS = ["rest for the teams that work at night;", "2,058 letters that the wards answer;", "beds for all who need one."]
LISTED = "We ask for:\n" + "\n".join(f"- {item}" for item in ITEMS)


def test_a_list_with_drawn_bullets_stays_with_its_lead_in() -> None:
    items = [sentence(number) for number in range(3)]
    lines = column(["We asked three things:", *(f"\u2022 {item}" for item in items), "", *wrapped(paragraph(2))])
    document = read_document(pdf([lines]), "x.pdf")
    assert document.passages[0].text.startswith("We asked three things:\n- ")
    assert document.passages[0].text.count("\n- ") == 3


def test_bullets_right_before_their_words_are_bullets() -> None:
    page: list[Line] = [("We ask for:", 72, TOP, 11, "Helvetica")]
    page += column([f"•rest for team {name} at night;" for name in "abc"], top=TOP - LEADING)
    assert texts(pdf([page])) == ["We ask for:\n" + "\n".join(f"- rest for team {name} at night;" for name in "abc")]


def test_a_bullet_stands_before_an_item_that_begins_with_a_figure() -> None:
    page = column(["The wards count all that is in them:"], top=TOP)
    for index, words in enumerate(("456 beds are in use", "2,058 letters were read", "331 visits were made")):
        top = TOP - 20 - index * LEADING
        page += [("•", 90, top, 11, "Helvetica"), (words, 112, top, 11, "Helvetica")]
    page += column(wrapped(paragraph(1)), top=TOP - 90)
    assert "- 456 beds are in use\n- 2,058 letters were read\n- 331 visits were made" in whole_text(pdf([page]))


def test_items_beside_each_other_stay_apart() -> None:
    page = [*column(wrapped(paragraph(1)), top=TOP), ("The teams ask for:", 72, TOP - 100, 11, "Helvetica")]
    page += [("• Rest at night", 90, TOP - 114, 11, "Helvetica"), ("• A rota", 300, TOP - 114, 11, "Helvetica")]
    page += [("• Meals", 90, TOP - 128, 11, "Helvetica"), *column(wrapped(paragraph(2)), top=TOP - 160)]
    assert "- Rest at night\n- A rota\n- Meals" in "\n".join(texts(pdf([page])))


def test_a_sign_of_a_font_of_pictures_begins_an_item() -> None:
    font = embed_font()
    page = [*column(wrapped(paragraph(1)), top=TOP), ("The teams ask for:", 72, TOP - 100, 11, "Helvetica")]
    for number, name in enumerate("abc"):
        bottom = TOP - 100 - LEADING * (number + 1)
        page += [("❱", 90, bottom, 11, font), (f"rest for team {name} at night;", 108, bottom, 11, "Helvetica")]
    shown = "\n".join(texts(pdf([page])))
    assert "\n".join(f"- rest for team {name} at night;" for name in "abc") in shown


def listed(mark: str, font: str, *, left: float = 86) -> list[Line]:
    """A list with a mark in a font of its own before each item."""
    page = column(["We ask for:"], top=TOP)
    for index, item in enumerate(ITEMS, 1):
        page += [(mark, left, TOP - index * LEADING, 11, font), (item, 108, TOP - index * LEADING, 11, "Helvetica")]
    return page


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


def test_a_small_circle_that_is_typed_as_a_letter_begins_an_item() -> None:
    page = [*column(wrapped(paragraph(1)), top=TOP), ("The teams ask for:", 72, TOP - 100, 11, "Helvetica")]
    for number, name in enumerate("abc"):
        bottom = TOP - 100 - LEADING * (number + 1)
        page += [
            ("o", 90, bottom, 11, "Times-Roman"),
            (f"rest for team {name} at night;", 108, bottom, 11, "Helvetica"),
        ]
    shown = "\n".join(texts(pdf([page])))
    assert "\n".join(f"- rest for team {name} at night;" for name in "abc") in shown


def test_an_item_within_an_item_is_one_and_not_a_word() -> None:
    lines: list[Line] = [("We ask for:", 72, TOP, 11, "Helvetica")]
    for number in range(1, 4):
        lines += [("o", 90, TOP - number * 28, 11, "Courier")]
        lines += [(f"a rota that ward {number} can read;", 104, TOP - number * 28, 11, "Helvetica")]
    joined = whole_text(pdf([lines]))
    assert [line for line in joined.split("\n") if line.startswith("- ")] == [
        f"- a rota that ward {number} can read;" for number in range(1, 4)
    ]


def test_an_odd_letter_that_the_page_has_before_items_only_is_their_mark() -> None:
    font = embed_font()
    page: list[Line] = [("We ask for:", 72, TOP, 11, font)]
    for at, item in enumerate(["rest for the teams;", "letters for the wards."], 1):
        page += [("ɚ", 80, TOP - at * LEADING, 11, font), (item, 100, TOP - at * LEADING, 11, font)]
    assert texts(pdf([page])) == ["We ask for:\n- rest for the teams;\n- letters for the wards."]


def shapes(lines: list[Line], side: float = 4) -> list[Frame]:
    """A small shape before each line."""
    return [(left - 14, bottom + 2, side, side) for _, left, bottom, *_ in lines]


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


def test_a_mark_behind_a_heading_is_no_word_of_it() -> None:
    pages = [
        [(f"What ward {number} asks for ■", 72.0, TOP, 16.0, embed_font()), *column(wrapped(paragraph(number)))]
        for number in (1, 2)
    ]
    assert places(pdf(pages)) == ["What ward 1 asks for", "What ward 2 asks for"]


def test_a_sign_before_a_heading_in_capitals_only_decorates_it() -> None:
    font = embed_font()
    page = under("How wards rest", 1, size=20)
    for number, title in enumerate(("REST FOR THE NIGHT TEAM", "MEALS FOR THE DAY TEAM")):
        top = TOP - 130 - 140 * number
        page += [("■", 72, top, 20, font), (title, 96, top, 14, BOLD)]
        page += column(wrapped(paragraph(2 + number)), top=top - 20)
    assert places(pdf([page])) == [
        "How wards rest",
        "How wards rest > REST FOR THE NIGHT TEAM",
        "How wards rest > MEALS FOR THE DAY TEAM",
    ]


def test_a_sign_of_another_font_before_a_heading_tells_nothing_of_its_size() -> None:
    pages: list[list[Line]] = []
    for number, word in enumerate(("ROTAS", "WARDS")):
        pages.append(
            [
                ("n", 72, TOP, 18, "ZapfDingbats"),
                (f"MORE OF THE {word} THAT ARE MADE BY", 90, TOP, 12.5, PLAIN),
                ("THOSE WHO WORK IN THEM", 90, TOP - 15, 12.5, PLAIN),
                *column(wrapped(paragraph(number)), top=TOP - 40),
            ]
        )
    assert [place.lstrip("■ ") for place in places(pdf(pages))] == [
        f"MORE OF THE {word} THAT ARE MADE BY THOSE WHO WORK IN THEM" for word in ("ROTAS", "WARDS")
    ]
