"""How the letters of a PDF’s page become words: which letters are read, and where a space is between them."""

from __future__ import annotations

import io
import math

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from bot.library import read_document
from tests.library.documents import (
    BOLD,
    HEIGHT,
    LEADING,
    Line,
    column,
    embed_font,
    paragraph,
    pdf,
    pdf_with_unread_letter,
    places,
    sentence,
    texts,
    wrapped,
)
from tests.library.pages import TOP, together, under, whole_text


def test_a_number_that_is_set_close_to_its_paragraph_is_a_word_of_its_own() -> None:
    first, *others = wrapped(paragraph(1))
    after = 72 + stringWidth("29.", "Helvetica", 11) + 1.2
    page: list[Line] = [("29.", 72, TOP, 11, "Helvetica"), (first, after, TOP, 11, "Helvetica")]
    page += column(others, top=TOP - LEADING)
    assert whole_text(pdf([page])).startswith(f"29. {first}")


@pytest.mark.parametrize("number", ["iii.", "13.", "13.1", "2.4.1"])
def test_a_number_that_is_close_to_its_words_has_a_space_behind_it(number: str) -> None:
    read_back = whole_text(pdf([column([f"{number}How the wards answered the letters of the office."])]))
    assert f"{number} How the wards" in read_back


def test_a_figure_that_is_close_to_its_unit_stays_so() -> None:
    assert "2.5GHz is the least" in whole_text(
        pdf([column(["2.5GHz is the least that the wards need for their screens."])])
    )


@pytest.mark.parametrize("number", ["31.", "4.2."])
def test_a_number_that_is_set_close_to_a_bracket_is_a_word_of_its_own(number: str) -> None:
    page = column([f"{number}[Only asked in May] {sentence(1)}", *wrapped(paragraph(1))])
    assert whole_text(pdf([page])).startswith(f"{number} [Only asked in May]")


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


@pytest.mark.parametrize(
    ("first", "space", "words"),
    [("W hilst ", -4.5, "Whilst"), ("Wh ilst ", -3.336, "Whilst"), ("If the ", -3.336, "If the")],
)
def test_a_letter_under_the_capital_before_it_is_in_one_word_with_it_whatever_the_file_has_between_them(
    first: str, space: float, words: str
) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for at, line in enumerate(wrapped(paragraph(1))):
        canvas.drawString(72, HEIGHT - 140 - LEADING * at, line)
    text = canvas.beginText(72, HEIGHT - 100)
    text.setWordSpace(space)  # a space is 3.336 points wide
    text.textOut(first)
    text.setWordSpace(0)
    text.textOut("wards B and C wait, they work.")
    canvas.drawText(text)
    canvas.save()
    assert f"{words} wards B and C wait, they work." in together(read_document(file.getvalue(), "x.pdf"))


def test_a_large_first_letter_stands_in_its_word() -> None:
    lines = wrapped(f"he ward team has met. {paragraph(1)}", 60)
    page: list[Line] = [("T", 72, TOP - 28, 44, "Helvetica")]
    page += [
        (line, 102 if number < 3 else 72, TOP - number * LEADING, 11, "Helvetica") for number, line in enumerate(lines)
    ]
    assert whole_text(pdf([page])).startswith("The ward team has met.")


def test_a_raised_sign_stands_in_its_line_past_a_wide_space() -> None:
    lines = ["There were as many visits of the wards that year as in", "the one before it.", *wrapped(paragraph(1), 60)]
    page = [*column(lines, top=500, font="Courier"), ("23", 196, 500 - LEADING + 3, 6.5, "Courier")]
    assert texts(pdf([page]))[0].startswith(" ".join(lines[:2]) + "\n")


def test_words_of_latin_letters_stay_in_their_line_of_hebrew() -> None:
    font = embed_font()
    words = ["הצוות", "עובד", "בלילה", "עם", "NHS", "England", "כל", "שבוע", "מחדש"]
    # Drawn from left to right, as programs do: the Hebrew words and their letters the other way round.
    drawn = " ".join(["שדחמ", "עובש", "לכ", "NHS England", "םע", "הלילב", "דבוע", "תווצה"])
    page = [(drawn, 72.0, TOP - number * LEADING, 11.0, font) for number in range(6)]
    assert " ".join(texts(pdf([page]))).count(" ".join(words)) == 6


def test_a_letter_that_the_file_does_not_tell_is_shown_as_such() -> None:
    assert "e\ufffdcient" in " ".join(texts(pdf_with_unread_letter()))


def test_letters_along_a_curve_are_no_heading() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number, letter in enumerate("FRONTIER"):
        angle = 35 - 10 * number
        canvas.saveState()
        canvas.translate(300 + 90 * math.sin(math.radians(-angle)), TOP - 60 + 90 * math.cos(math.radians(angle)))
        canvas.rotate(angle)
        canvas.setFont(BOLD, 24)
        canvas.drawString(0, 0, letter)
        canvas.restoreState()
    for text, left, bottom, size, font in under("How wards rest", 1, top=TOP - 60):
        canvas.setFont(font, size)
        canvas.drawString(left, bottom, text)
    canvas.save()
    assert places(file.getvalue()) == ["How wards rest"]


def test_a_stamp_that_is_turned_against_the_text_is_left_out() -> None:
    from reportlab.pdfgen.canvas import Canvas  # only this test draws by itself

    canvas = Canvas("stamp.pdf", pagesize=A4)
    for text, left, bottom, size, font in column(wrapped(paragraph(1))):
        canvas.setFont(font, size)
        canvas.drawString(left, bottom, text)
    canvas.rotate(90)
    canvas.drawString(300, -30, "Draft of a Tuesday")
    assert [passage.text for passage in read_document(canvas.getpdfdata(), "x.pdf").passages] == [paragraph(1)]


def test_a_page_that_stands_on_its_side_is_read_whole() -> None:
    lines = column(wrapped(paragraph(1)), top=500)
    assert texts(pdf([lines], turned=True)) == [paragraph(1)]
