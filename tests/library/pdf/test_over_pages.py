"""Paragraphs and sentences of a PDF that go on over pages, and past figures, pictures and notes."""

from __future__ import annotations

from tests.library.documents import BOLD, LEADING, Line, column, paragraph, pdf, texts, wrapped
from tests.library.pages import TOP, under, whole_text


def test_a_paragraph_that_a_page_parts_after_an_abbreviation_stays_whole() -> None:
    first = "The team asks before it changes the rota of those who cannot agree to it (i.e."
    second = "when a nurse is ill or away) and it writes down what it was told."
    data = pdf([column(wrapped(first)), column(wrapped(second))])
    assert texts(data) == [f"{first} {second}"]


def test_a_list_in_one_sentence_goes_on_over_the_page_after_a_semicolon() -> None:
    lines = [
        "The team saw all the wards and the offices; it read all the letters, records and",
        "answers of the year; and it held two more meetings with all porters and nurses;",
    ]
    pages = [column(lines, top=40 + LEADING * len(lines)), column(["and it wrote to the office."], top=TOP)]
    assert texts(pdf(pages)) == [" ".join([*lines, "and it wrote to the office."])]


def test_a_bold_sentence_goes_on_over_the_page_after_a_word_that_ends_none() -> None:
    lines = [
        "7.48. We ask for the letters of the last year and we recommend that the",
        "Office (a) count each of them.",
    ]
    pages = [column(wrapped(paragraph(1)), top=220), column(lines[1:], top=TOP, font=BOLD)]
    pages[0] += column(lines[:1], top=100, font=BOLD)
    pages[1] += column(wrapped(paragraph(2)), top=TOP - 60)
    assert " ".join(lines) in "\n".join(texts(pdf(pages)))


def test_a_sentence_goes_on_over_the_page_in_brackets() -> None:
    lines = ["All letters of the wards are free for all in two ways, for they are both “open”", "(all may read them)."]
    pages = [column([*wrapped(paragraph(1)), lines[0]], top=100 + 6 * LEADING), column(lines[1:], top=TOP)]
    assert texts(pdf(pages))[0].endswith(" ".join(lines))


def test_a_year_in_brackets_that_begins_a_page_ends_the_sentence_before_it() -> None:
    second: list[Line] = [("[2015, amended 2022]", 72, TOP, 11, "Helvetica"), *column(wrapped(paragraph(2)))]
    assert f"{paragraph(1)} [2015, amended 2022]" in whole_text(pdf([column(wrapped(paragraph(1))), second]))


def test_a_paragraph_goes_on_past_a_typed_rule_at_the_foot_of_its_page() -> None:
    start = ["The ward asks that all who work at night be told in good time by the members of the"]
    end = ["Ward Committee what was said of their rest."]
    note: list[Line] = [("1 See the rota of the ward.", 72, 60, 8, "Helvetica")]
    first = [*column(start, top=112), ("_" * 18, 72, 84, 8, BOLD), *note]
    assert f"{start[0]} {end[0]}" in "\n".join(texts(pdf([[*column(wrapped(paragraph(2))), *first], column(end)])))


def test_a_sentence_goes_on_past_a_page_that_is_full_of_figures() -> None:
    lines = wrapped(paragraph(1))
    at = next(index for index, line in enumerate(lines) if index > 1 and line[0].islower())
    figure: list[Line] = [("Figure 1: How the wards rest at night", 72, TOP, 11, "Helvetica")]
    pages = [column(lines[:at], top=TOP), figure, column([*lines[at:], "", *wrapped(paragraph(2))], top=TOP)]
    assert paragraph(1) in "\n".join(texts(pdf(pages)))


def test_a_paragraph_that_a_figure_parts_stays_whole() -> None:
    lines = wrapped(paragraph(1))
    first = [*column(wrapped(paragraph(2))), *column(lines[:3], top=150)]
    labels: list[Line] = [(name, 100 + 60 * n, TOP - 30, 8, "Helvetica") for n, name in enumerate(["North", "South"])]
    second = [*labels, ("Figure 2: Where the wards are", 72, TOP - 80, 11, "Helvetica")]
    second += column(lines[3:], top=TOP - 120)
    assert paragraph(1) in whole_text(pdf([first, second]))


def test_a_paragraph_that_a_bold_label_of_a_figure_parts_stays_whole() -> None:
    lines = wrapped(paragraph(1))
    first = [*column(wrapped(paragraph(2))), *column(lines[:2], top=150)]
    second: list[Line] = [("Ask", 100, TOP, 8, "Helvetica"), ("FIGURE 6-1", 72, TOP - 40, 8, BOLD)]
    second += [("How the wards ask.", 72, TOP - 50, 8, "Helvetica"), *column(lines[2:], top=TOP - 120)]
    assert paragraph(1) in "\n".join(texts(pdf([first, second])))


def test_a_sentence_that_a_figures_title_parts_stays_whole() -> None:
    lines = wrapped(paragraph(1))
    cut = next(at for at, line in enumerate(lines) if at > 1 and line[0].islower())
    figure: Line = ("Hours of rest", 72, TOP - 100, 14, BOLD)
    page = [*column(lines[:cut], top=TOP), figure, *column(lines[cut:], top=TOP - 200)]
    assert paragraph(1) in texts(pdf([page, under("What was asked", 2)]))


def test_a_paragraph_goes_on_past_large_figures_and_what_is_said_of_them_in_italics() -> None:
    first = [
        *under("How wards rest", 1),
        *column([*wrapped(paragraph(2)), "The night team asks that they be"], top=200),
    ]
    second: list[Line] = [("81%", 72, TOP, 20, "Times-Italic")]
    said = wrapped("Of those who work at night say that they would like to be told before the rota changes", 40)
    second += column(said, top=TOP - 20, font="Times-Italic")
    second += column(["told of changes in good time.", *wrapped(paragraph(3))], top=TOP - 140)
    shown = "\n".join(texts(pdf([first, second])))
    assert "asks that they be told of changes in good time." in shown
    assert " ".join(said) in shown


def test_the_words_on_a_picture_at_the_foot_of_a_page_do_not_part_the_text() -> None:
    first = [*column([*wrapped(paragraph(2)), "The night team asks that they be"], top=400)]
    first += [("The night team at work.", 100, 120, 10, "Helvetica")]
    second = column(["told of changes in good time."])
    shown = texts(pdf([first, second], pictures=[[(72, 100, 400, 180)]]))
    assert any("asks that they be told of changes" in words for words in shown)
    assert "The night team at work." in shown


def test_a_paragraph_whose_last_lines_run_over_a_picture_stays_whole() -> None:
    lines = wrapped(paragraph(2))
    page = [*under("How wards rest", 1), *column(lines, top=400)]
    wave = (0, 0, 595, 400 - LEADING * (len(lines) - 2) + 4)
    assert paragraph(2) in texts(pdf([page], pictures=[[wave]]))
