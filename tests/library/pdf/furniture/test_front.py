"""Covers, imprints and lists of contents of a PDF: no passage runs from them into the text."""

from __future__ import annotations

import pytest

from bot.library import read_document
from bot.library.sentences import has_sentence, is_note
from tests.library.documents import BOLD, Line, column, paragraph, pdf, places, texts, wrapped
from tests.library.pages import HIGH, PLAIN, TOP, on_top, under

IMPRINT = (
    "© Care Office 2024. This work is available under a licence that its makers chose for it.",
    "All rights reserved. It may be reproduced for any purpose that is no sale.",
    "The designations employed in it say nothing of what the office thinks of any ward.",
)
NAMES = ("Cold wards", "Warm wards", "Night wards", "Day wards", "All wards")


def cover() -> list[Line]:
    return [
        ("How wards rest", 72, 500, 30, BOLD),
        ("Care Office", 72, 440, 16, PLAIN),
        ("May 2024", 72, 400, 12, PLAIN),
    ]


def chapters() -> list[list[Line]]:
    return [on_top(name, number) for number, name in enumerate(NAMES, start=1)]


def test_the_words_of_a_cover_are_in_no_passage_and_tell_the_details() -> None:
    document = read_document(pdf([cover(), [], *chapters()]), "x.pdf")
    first = document.passages[0]
    assert (first.heading, first.text, first.page_from) == ("Cold wards", paragraph(1), 3)
    assert (document.details.title, document.details.year) == ("How wards rest", 2024)


def test_the_passages_of_an_imprint_are_set_aside_as_notes_are() -> None:
    imprint = [line for row, text in enumerate(IMPRINT) for line in column(wrapped(text), top=HIGH - 60 * row)]
    imprint.append(("How to reach us", 72, HIGH - 240, 14, BOLD))
    imprint += column(wrapped("Published by the Care Office, which answers all letters."), top=HIGH - 270)
    document = read_document(pdf([cover(), imprint, *chapters()]), "x.pdf")
    shown = [passage for passage in document.passages if not is_note(passage.heading, passage.text)]
    assert shown[0].heading == "Cold wards"
    assert all(has_sentence(passage.text) for passage in shown)
    assert any("designations" in passage.text for passage in document.passages)


def test_a_contents_list_ends_with_its_page_though_the_number_of_its_last_entry_is_like_the_page_s() -> None:
    contents: list[Line] = [("Contents", 72, HIGH, 18, BOLD)]
    for row, name in enumerate(NAMES):
        contents += [(name, 72, HIGH - 40 - 20 * row, 11, PLAIN), (str(row + 3), 500, HIGH - 40 - 20 * row, 11, PLAIN)]
    contents.append(("6 What the wards asked for, and what", 72, HIGH - 140, 11, PLAIN))
    contents.append(("the office answered to them", 72, HIGH - 160, 11, PLAIN))
    document = read_document(pdf([cover(), contents, *chapters()]), "x.pdf")
    assert (document.passages[0].text, document.passages[0].page_from) == (paragraph(1), 3)


@pytest.mark.parametrize("name", ["Indhold", ""])
def test_dots_that_lead_to_the_numbers_of_pages_tell_contents_in_any_language(name: str) -> None:
    entries = [f"{index}. Part about rotas {'. ' * 30}{index * 3}" for index in range(1, 9)]
    data = pdf([cover(), column([name, "", *entries], top=HIGH), *chapters()])
    assert not any("Part about rotas" in text or "Indhold" in text for text in texts(data))


def test_contents_that_are_drawn_all_over_their_page_are_no_text() -> None:
    contents: list[Line] = [("Contents", 72, HIGH, 18, BOLD)]
    for number in range(6):
        left, top = 90 + 160 * (number % 3), HIGH - 80 - 140 * (number // 3) - 7 * (number % 3)
        contents += [(str(3 + 2 * number), left, top, 14, BOLD), (f"What ward {number}", left - 10, top - 30, 11, BOLD)]
        contents += [("asks for", left, top - 44, 11, BOLD)]
    data = pdf([cover(), *chapters(), contents, on_top("Grey wards", 9)])
    assert not any("asks for" in text for text in [*places(data), *texts(data)])


def test_figures_to_which_dots_lead_in_a_table_are_no_contents() -> None:
    rows = [f"Beds of ward {index} {'. ' * 30}{number}" for index, number in enumerate((31, 12, 44, 9))]
    assert "Beds of ward 2" in "\n".join(texts(pdf([cover(), column(rows, top=HIGH), *chapters()])))


def test_contents_of_a_printed_web_page_have_the_names_of_its_headings_and_no_numbers() -> None:
    contents = [("Contents", 72.0, HIGH, 14.0, BOLD), *column(NAMES, top=HIGH - 30)]
    data = pdf([[*contents, *column(wrapped(paragraph(9)), top=400)], *chapters()])
    assert not any("Warm wards\n" in text or "Warm wards Night" in text for text in texts(data))
    assert [place for place in places(data) if place] == list(NAMES)


def test_a_list_of_contents_is_no_excerpt() -> None:
    contents = [f"{index}. Part about rotas {'.' * 40} {index * 3}" for index in range(1, 9)]
    pages = [column(["Contents", "", *contents]), column(wrapped(paragraph(1))), column(wrapped(paragraph(2)))]
    assert [passage.text for passage in read_document(pdf(pages), "x.pdf").passages] == [paragraph(1), paragraph(2)]


def test_a_list_of_contents_within_an_annex_is_left_out_and_no_place() -> None:
    titles = ["How wards rest", "How wards eat", "How wards meet", "How wards end a shift"]
    pages = [under(f"Part {number}", number) for number in range(1, 10)]
    contents: list[Line] = [("Annex: more to read", 72, TOP, 18, BOLD), ("Table of contents", 72, TOP - 40, 16, BOLD)]
    contents += [
        (f"{title}   {number}", 72, TOP - 70 - 14 * number, 11, "Helvetica") for number, title in enumerate(titles, 1)
    ]
    pages += [contents, *(under(title, 20 + number) for number, title in enumerate(titles))]
    data = pdf(pages)
    assert not any("contents" in place.casefold() for place in places(data))
    assert not any("How wards rest 1" in text for text in texts(data))


def test_the_title_of_a_chapter_after_a_list_of_contents_is_no_entry_of_it() -> None:
    entries = ["1. The night ....... 3", "2. The day ........ 4", "3. The year ....... 5"]
    contents: list[Line] = [("TABLE OF", 72, TOP, 24, BOLD), ("CONTENTS", 72, TOP - 30, 24, BOLD)]
    contents += column([entry.replace(".......", "   ") for entry in entries], top=TOP - 80)
    pages: list[list[Line]] = [
        under("A plan for rest", 9, size=24),
        contents,
        [("1 THE NIGHT", 72, 300, 60, BOLD)],
        column(wrapped(paragraph(1))),
    ]
    assert places(pdf(pages))[1:] == ["1 THE NIGHT"]
