"""The title of a report: found on its title page, in a file's own words, or asked for."""

from __future__ import annotations

import pytest

from bot.library.blocks import Block
from bot.library.metadata import fit_details
from bot.library.report_title import find_title, is_title
from bot.models.library import SourceDetails
from tests.library.documents import paragraph, word_file


@pytest.mark.parametrize(
    "title",
    [
        "Volume 1",
        "Committee Report 4.3",
        "Final report",
        "Appendix A",
        "HC 123",
        "Draft v0.3",
        "Item 5.2",
        "Recommendation 2",
        "Microsoft Word - rest.docx",
        "Another report of another year",
    ],
)
def test_a_title_that_names_no_report_gives_way_to_that_on_the_title_page(title: str) -> None:
    assert word_file(title=title).details.title == "Rest and rotas"


def test_where_no_title_is_found_the_name_of_the_file_stands_in_and_is_asked_for() -> None:
    document = word_file(heading="Volume 1", title="Committee Report 4.3")
    assert document.details.title == "Cp report v3 final"
    assert "title" in document.missing


@pytest.mark.parametrize(
    "title",
    ["No more heroes", "Volume II: Evidence from the wards", "Our people promise", "Annual report 2022", "Rest"],
)
def test_titles_are_known(title: str) -> None:
    assert is_title(title)


@pytest.mark.parametrize(
    "heading", ["ABOUT NHSX", "About this report", "Current Membership", "Declaration of interests"]
)
def test_a_heading_that_every_report_has_is_no_title(heading: str) -> None:
    document = word_file(heading=heading)
    assert document.details.title == "Cp report v3 final"
    assert "title" in document.missing


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        (["ADAPTING ROTAS", "FOR REST FIRST"], "ADAPTING ROTAS FOR REST FIRST"),
        (["Rest and rotas", "Introduction"], "Rest and rotas"),
        (["Rest: guidance", "Volume 3: planning for nights"], "Rest: guidance, Volume 3: planning for nights"),
        (["Rest and rotas:", "Safer nights for all"], "Rest and rotas: Safer nights for all"),
        (["Rest & Rotas", "riverside.gov Work Plan"], "Rest & Rotas Work Plan"),
        (["CITY OF RIVERSIDE", "REST", "STRATEGY"], "CITY OF RIVERSIDE REST STRATEGY"),
        (["City of Riverside", "2020", "Rest Plan"], "City of Riverside Rest Plan"),
        (["Rest and rotas [v0.7 | Draft | 14/11/23]", "Introduction"], "Rest and rotas"),
        (["Viewpoint Paper", "Rest and rotas"], "Rest and rotas"),
        (["RIVERSIDE JOURNAL OF REST", "Rest and rotas"], "Rest and rotas"),
        (["Shah et al., Unintended rest", "Rest and rotas"], "Rest and rotas"),
        (["Rest Notice: 14/2009 Date of Issue: August 2010", "Rest and rotas"], "Rest and rotas"),
    ],
)
def test_a_title_in_two_headings_is_whole_and_a_label_is_none(headings: list[str], title: str) -> None:
    blocks = (*(Block("heading", text, 1, 1, 1) for text in headings), Block("paragraph", paragraph(1), 0, 1, 1))
    assert fit_details(SourceDetails(""), blocks, "x.pdf", "pdf")[0].title == title


def test_an_organisation_behind_its_label_is_no_title_and_a_line_above_a_date_is_one() -> None:
    named = [Block("paragraph", "Sponsoring Organisation:"), Block("heading", "Riverside Health Trust")]
    assert find_title([*named, Block("heading", "Rest and rotas")]) == "Rest and rotas"
    line = Block("paragraph", "City of Riverside Rest Plan")
    assert find_title([line, Block("paragraph", "October 12, 2009"), Block("paragraph", paragraph(1))]) == line.text
    assert find_title([line, Block("paragraph", paragraph(1))]) == ""


def test_a_document_of_the_united_nations_is_named_below_its_masthead() -> None:
    top = (
        "United Nations",
        "General Assembly Security Council",
        "Agenda item 33",
        "A/79/1",
        "12 June 2025",
        "Original: English",
    )
    masthead = [Block("heading", text, 1, 1, 1) for text in top]
    body = Block("heading", "Security Council Eightieth year", 1, 1, 1)
    title = Block("paragraph", "Fourteenth progress report on rest in the Secretariat", 0, 1, 1)
    blocks = (*masthead, body, title, Block("paragraph", "(c) the tower, which was added in 1973.", 0, 1, 1))
    details = fit_details(SourceDetails("", "Jo Shah"), blocks, "x.pdf", "pdf")[0]
    assert (details.title, details.publisher, details.year) == (title.text, "United Nations", 2025)


@pytest.mark.parametrize("body", ["Department for Education", "House of Lords", "World Health Organization"])
def test_the_name_of_a_body_above_the_title_is_no_title(body: str) -> None:
    assert find_title([Block("heading", body), Block("heading", "Rest and rotas")]) == "Rest and rotas"


def test_a_heading_behind_the_first_page_is_no_title() -> None:
    cover = Block("paragraph", "A road map for Riverside", 0, 1, 1)
    assert find_title([cover, Block("heading", "Riverside environmental", 1, 2, 2)]) == ""
    assert find_title([Block("heading", "Letter to the people of Riverside", 1, 3, 3)]) == ""


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("Rest Newsletter June 25 (002)", "Rest Newsletter June 25"),
        ("Copy of Rest Plan 2009-1008.xls", "Rest and rotas"),
    ],
)
def test_what_a_program_adds_to_the_name_of_a_copy_is_no_part_of_a_title(told: str, title: str) -> None:
    assert word_file("Rest Newsletter June 25", title=told).details.title == title
