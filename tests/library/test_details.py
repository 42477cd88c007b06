"""What is known of a report beside its words: found where a reader looks for it, or left open."""

from __future__ import annotations

import time

import pytest

from bot.library import read_document
from bot.library.blocks import Block
from bot.library.report_title import find_title, is_title
from bot.library.title_page import find_publisher, find_year, is_organisation
from bot.models.library import SourceDetails
from tests.library.documents import column, paragraph, pdf, word_file, wrapped


@pytest.mark.parametrize(
    "author",
    [
        "Jane Smith",
        "jsmith",
        "Acrobat Pro 24",
        "Jane Smith (RX1)",
        "SMITH, Jane (NHS ENGLAND - X24)",
        "Microsoft Office User",
        "python-docx",
        "DHSC\\jsmith",
        "NHS England",
    ],
)
def test_whoever_wrote_a_file_is_not_its_publisher(author: str) -> None:
    document = word_file("By Jane Smith, jsmith and others", author=author)
    assert document.details.publisher == ""
    assert "publisher" in document.missing


def test_an_organisation_that_the_file_names_is_the_publisher_if_the_title_page_has_it_too() -> None:
    assert (
        word_file("Riverside Health Trust", author="Riverside Health Trust").details.publisher
        == "Riverside Health Trust"
    )


def test_the_date_of_a_file_is_never_the_year() -> None:
    document = word_file()
    assert document.details.year is None
    assert set(document.missing) == {"publisher", "year"}
    lines = column(["Rest and rotas", "", *wrapped(paragraph(1))])
    assert read_document(pdf([lines]), "rest.pdf").details.year is None


@pytest.mark.parametrize(
    ("line", "publisher", "year"),
    [
        ("May 2023", "", 2023),
        ("12 May 2023", "", 2023),
        ("May–June 2021", "", 2021),
        ("Spring 2022", "", 2022),
        ("01/02/2020", "", 2020),
        ("Version 2.1, March 2020", "", 2020),
        ("Published 3 May 2024", "", 2024),
        ("2024-05-03", "", 2024),
        ("Report: RX-1 | Published: 2024-05-03 | Source: Office", "", 2024),
        ("© The Staff Fund 2011", "The Staff Fund", 2011),
        ("© 2019–2023 Riverside Trust. All rights reserved.", "Riverside Trust", 2023),
        ("© Crown copyright 2024", "", 2024),
        ("© Rest England copyright 2020", "Rest England", 2020),
        ("Produced by Riverside Council, Spring 2020", "Riverside Council", 2020),
        ("© Parliamentary Copyright House of Commons 2025", "House of Commons", 2025),
        ("First published 2011 by The Staff Fund", "The Staff Fund", 2011),
        ("Published by The Staff Fund, 11–13 Rest Square, London W1A 0AA", "The Staff Fund", None),
        ("Published in May 2023 by the Department of Rest", "Department of Rest", 2023),
        ("Publisher: Rest England, June 2020", "Rest England", 2020),
        ("© Jane Smith 2020", "", 2020),
        ("Accounts 2022/23", "", None),
        ("In 2019 we asked the teams on nights", "", None),
        ("A report published by the paper says so in 2015 of all the people whom we met on that day, " * 4, "", None),
    ],
)
def test_the_title_page_and_the_imprint_tell_publisher_and_year(line: str, publisher: str, year: int | None) -> None:
    details = word_file(line).details
    assert (details.publisher, details.year) == (publisher, year)


def test_an_imprint_on_the_last_page_is_found_and_a_list_of_books_in_the_middle_is_not() -> None:
    text = [Block("paragraph", paragraph(n)) for n in range(60)]
    book = [Block("paragraph", "Published by Anybody Press 1999")]
    imprint = [Block("paragraph", "First published 2011 by The Staff Fund")]
    assert find_year([*text, *book, *text, *imprint]) == 2011
    assert find_publisher([*text, *book, *text, *imprint]) == "The Staff Fund"
    assert find_publisher([*text, *book, *text]) == ""


@pytest.mark.parametrize(
    "name",
    [
        "NHS England",
        "The King's Fund",
        "Department of Health and Social Care",
        "Riverside Hospitals NHS Foundation Trust",
        "Royal College of Nursing",
    ],
)
def test_organisations_are_known(name: str) -> None:
    assert is_organisation(name)


def test_names_of_bodies_in_a_row_are_looked_at_in_no_time() -> None:
    begun = time.process_time()
    assert find_title([Block("heading", "Department of " * 14 + ", x"), Block("heading", "Department of " * 9_000)])
    assert time.process_time() - begun < 1


def test_a_long_number_of_parts_is_looked_at_in_no_time() -> None:
    assert is_title("1." * 20_000 + " Rest")


def test_what_a_page_and_a_front_matter_say_of_themselves_is_taken() -> None:
    said = '<meta property="og:site_name" content="Ward Weekly"><meta name="author" content="Jane Smith">'
    page = f"<html><head>{said}</head><body><h1>Rest areas</h1><p>{paragraph(1)}</p></body></html>"
    assert read_document(page.encode(), "a.html").details.publisher == "Ward Weekly"
    assert read_document(page.replace("og:site_name", "x").encode(), "a.html").details.publisher == ""
    text = f"---\ntitle: Rest\nauthor: Jane Smith\ndate: 2019-03-04\n---\n# Rest\n\n{paragraph(1)}\n"
    details = read_document(text.encode(), "a.md").details
    assert (details.title, details.publisher, details.year) == ("Rest", "", 2019)


def test_a_year_within_a_paragraph_of_the_first_page_is_found() -> None:
    told = (
        "This report, together with the minutes that go with it, was ordered by the committee on 1 April 2024 to be "
        "printed for all of its members and for the library. It was published on 14 April 2025 by authority of the "
        "committee, which has the right to do so."
    )
    lines = column(["Rest and rotas", "", *wrapped(told), "", *wrapped(paragraph(1))])
    assert read_document(pdf([lines]), "rest.pdf").details.year == 2025


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("This publication is available free of charge from: https://example.org/rest July 2024", 2024),
        ("Distr.: General 15 October 2024", 2024),
        ("Report on the sixty-eighth session (6 December 2023 and 10–14 March 2025)", 2025),
        ("Riverside Planning Council June 30, 2017", 2017),
        ("Accounts for the year ended March 2024", None),
        ("Rotas as they were in July 2024", None),
        ("We asked 400 people about rest in the spring, and most of them had none. It got worse after May 2024.", None),
        (" ".join(["Rest"] * 60) + " July 2024", None),
    ],
)
def test_a_month_and_year_that_end_a_line_of_the_title_page_tell_the_year(line: str, year: int | None) -> None:
    assert (
        find_year([Block("heading", "Rest and rotas"), Block("paragraph", line), Block("paragraph", paragraph(1))])
        == year
    )


def test_a_site_that_is_named_as_its_page_is_no_publisher() -> None:
    page = (
        '<html><head><title>Rest and rotas</title><meta property="og:site_name" content="Rest and rotas"></head>'
        f"<body><article><h1>Rest and rotas</h1><p>{paragraph(1)}</p><p>{paragraph(2)}</p></article></body></html>"
    )
    document = read_document(page.encode(), "page.html")
    assert document.details.publisher == ""
    assert "publisher" in document.missing


def test_the_date_of_a_letter_is_not_that_of_the_report() -> None:
    letter = [Block("paragraph", "November 2010"), Block("paragraph", "Dear members of the council,")]
    assert find_year([Block("heading", "Rest and rotas"), *letter]) is None
    assert find_year([Block("heading", "Rest and rotas"), *letter[:1], Block("paragraph", paragraph(1))]) == 2010


@pytest.mark.parametrize(
    ("line", "licence"),
    [
        (
            "This publication is licensed under the Open Government Licence v3.0 except where it says otherwise.",
            "Open Government Licence v3.0",
        ),
        ("Some rights reserved: CC BY-NC-SA 3.0 IGO.", "CC BY-NC-SA 3.0 IGO"),
        (
            "This work has a Creative Commons Attribution-NonCommercial 4.0 International Licence.",
            "Creative Commons Attribution-NonCommercial 4.0 International",
        ),
        ("All rights reserved.", ""),
    ],
)
def test_the_licence_is_the_one_that_the_imprint_names(line: str, licence: str) -> None:
    assert word_file(line).details.licence == licence


def web_page(head: str, address: str = "") -> SourceDetails:
    link = f'<link rel="canonical" href="{address}">' if address else ""
    page = f"<html><head><title>Rest</title>{head}{link}</head><body><main><h1>Rest and rotas</h1>"
    body = f"<p>Founded in 1998.</p><p>{paragraph(1)}</p><p>{paragraph(2)}</p></main></body></html>"
    return read_document(f"{page}{body}".encode(), "page.html").details


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ('<meta property="article:published_time" content="2022-03-09T08:00:00+00:00">', 2022),
        ('<meta name="date" content="2020-08-26">', 2020),
        ('<meta property="fb:pages" content="199012345678, update"><meta name="x" content="dates 1990">', None),
        (
            '<meta property="article:modified_time" content="2025-01-07"><meta name="pubdate" content="2018-04-05">',
            2018,
        ),
        ('<meta property="article:modified_time" content="2025-01-07T09:08:22+00:00">', None),
        ("", None),
    ],
)
def test_the_year_of_a_page_is_that_in_which_it_says_that_it_was_published(head: str, year: int | None) -> None:
    assert web_page(head).year == year


@pytest.mark.parametrize(
    ("site", "publisher"),
    [
        ("The Ward Trust", "The Ward Trust"),
        ("Jo Shah", ""),
        ("Jo Shah (jshah)", ""),
        ("WARDS.COM | BY: JO SHAH", ""),
        ("www.example.org", ""),
        ("https://example.org", ""),
    ],
)
def test_an_author_or_an_address_is_not_the_publisher_of_a_page(site: str, publisher: str) -> None:
    head = f'<meta property="og:site_name" content="{site}"><meta content="Jo Shah" name="author">'
    assert web_page(head, "https://www.example.org/rest").publisher == publisher
