"""Which lines of a PDF’s page make a paragraph, and what stays with it: quotations, addresses and larger words."""

from __future__ import annotations

import pytest

from tests.library.documents import LEADING, Line, column, embed_font, paragraph, pdf, places, sentence, texts, wrapped
from tests.library.pages import PLAIN, TOP, under, units


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


def test_large_words_that_change_their_size_in_mid_sentence_are_one_sentence() -> None:
    large = [
        ("Since the spring, the wards have given", 72.0, TOP - 200, 15.0, PLAIN),
        ("39 thousand hours of rest to all", 72.0, TOP - 222, 20.0, PLAIN),
        ("of the people who work at night.", 72.0, TOP - 244, 15.0, PLAIN),
    ]
    report = pdf([[*under("The year", 1), *large, *column(wrapped(paragraph(2)), top=TOP - 290)]])
    assert places(report) == ["The year"]
    assert " ".join(text for text, *_ in large) in "\n".join(texts(report))


def test_whose_words_a_quotation_is_stays_with_it() -> None:
    quoted = "“Nobody writes anything down at night, and nobody asks us what became of it afterwards.”"
    lines = [*wrapped(quoted), "", "Ward clerk, second workshop", "", *wrapped(paragraph(1))]
    assert f"{quoted}\nWard clerk, second workshop" in " ".join(texts(pdf([column(lines)])))


def test_whose_words_a_quotation_is_stays_in_its_brackets() -> None:
    quotation = "“Nobody in the night team of the ward knew who had been told, and so we asked the people.” (Early"
    page = [*column(wrapped(paragraph(2)), top=TOP), (quotation, 72, TOP - 120, 11, "Times-Italic")]
    page += column(["Intervention Practitioner)"], top=TOP - 120 - LEADING)
    assert f"{quotation} Intervention Practitioner)" in "\n".join(texts(pdf([page])))


def test_a_framed_quotation_stays_with_the_words_that_lead_to_it() -> None:
    lead = sentence(1, 40).rstrip(".") + ":"
    quoted = "“We would not have known whom to ask at night. Now we do.” (Night nurse)"
    page: list[Line] = [*column(wrapped(paragraph(3)), top=TOP), *column(wrapped(lead), top=TOP - 110)]
    page += [(quoted, 90, TOP - 180, 11, "Helvetica"), *column(wrapped(paragraph(2)), top=TOP - 230)]
    shown = texts(pdf([page], frames=[[(80, TOP - 190, 440, 26)]]))
    assert any(f"{lead}\n\n{quoted}" in text for text in shown)
