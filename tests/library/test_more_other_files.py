"""More files that are no report, more transcripts, and what pages and title pages of other makers say of themselves."""

from __future__ import annotations

import json

import pytest

from bot.errors import UserError
from bot.library import read_document
from bot.library.split import cut_passage
from bot.models.library import Document
from bot.summaries.io.threads_json import thread_from_json
from tests.library.documents import paragraph, sentence
from tests.library.test_docx import bold, read
from tests.word_files import new_word_file

CHATS = {
    "export as text": "=====\nGuild: Leeds\nChannel: nights\n=====\n\n[04/03/2024 10:00] Jo Hill\nNobody asked.\n",
    "copied from Teams": "".join(f"[04/03/2024 10:0{n}] Jo Hill\nWe were never asked.\n" for n in range(3)),
    "copied from Slack": "".join(f"Jo Hill  10:0{n} AM\nWe were never asked.\n" for n in range(3)),
    "saved from Zoom": "".join(f"10:00:1{n}\t From Jo Hill : We were never asked.\n" for n in range(3)),
    "export as a page": "<!DOCTYPE html><html><body><div class=chatlog><p>We were never asked.</p></div></body></html>",
}


@pytest.mark.parametrize("text", CHATS.values(), ids=CHATS)
def test_chats_of_other_programs_are_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(UserError, match=r"chat with people’s names.*“Write an excerpt”"):
        read_document(text.encode(), "chat.txt")


@pytest.mark.parametrize("mark", ["", "**"])
def test_a_mail_that_was_copied_is_refused(mark: str) -> None:
    fields = (("From", "Jo Hill"), ("Sent", "4 March 2024 10:00"), ("To", "Sam"), ("Subject", "Nights"))
    head = "".join(f"{mark}{name}:{mark} {said}\n" for name, said in fields)
    with pytest.raises(UserError, match="e-mail"):
        read_document(f"{head}\n{paragraph(1)}\n".encode(), "mail.txt")


def test_data_without_a_declaration_is_refused() -> None:
    with pytest.raises(UserError, match="XML"):
        read_document(b'<beds xmlns="urn:beds"><bed>A</bed></beds>', "beds.xml")


def test_a_transcript_with_a_time_behind_each_name_is_read_without_it() -> None:
    text = f"Jo Hill  0:03\n{sentence(1)}\n\nSam Brown  1:02:09\n{sentence(2)}\n"
    document = read_document(text.encode(), "talk.txt")
    assert [passage.text for passage in document.passages] == [f"Jo Hill: {sentence(1)}\n\nSam Brown: {sentence(2)}"]


def test_times_with_short_parts_are_those_of_a_transcript() -> None:
    text = f"0:0:3.0 --> 0:0:6.0\n{sentence(1)}\n0:0:6.0 --> 0:0:9.0\n{sentence(2)}\n"
    document = read_document(text.encode(), "talk.txt")
    assert [passage.text for passage in document.passages] == [f"{sentence(1)} {sentence(2)}"]


def test_a_line_that_begins_with_a_time_is_no_heading() -> None:
    text = f"Agenda\n\n10:15 Review of the rota by the night team\n10:45 {paragraph(1)}\n"
    document = read_document(text.encode(), "agenda.txt")
    assert "10:15 Review of the rota by the night team" in document.passages[0].text


@pytest.mark.parametrize(
    "text", ["<!DOCTYPE html><html></html>", "AuthorID,Author,Date\n1,Jo,x\n", "=====\nGuild: x\n"]
)
def test_an_export_in_another_form_says_which_form_to_choose(text: str) -> None:
    with pytest.raises(UserError, match="choose JSON as its format"):
        thread_from_json(text)


@pytest.mark.parametrize(
    "unit", ["Smith, J. (2019)", "version 2.1", "PO Box 12", "Q3 2024", "1 in 5", "§ 12", "SI 2014"]
)
def test_no_cut_parts_a_name_from_its_initial_or_a_sign_from_its_number(unit: str) -> None:
    for before in range(120, 150):
        words = " ".join(["ward"] * before)
        assert any(unit in part for part in cut_passage(f"The {words} {unit} {words}."))


def described(kind: str, **said: object) -> Document:
    data = json.dumps([{"@graph": [{"@type": "Person", "name": "Jo Hill"}, {"@type": kind, **said}]}])
    head = f'<title>Nights</title><script type="application/ld+json">{data}</script>'
    page = f"<html><head>{head}</head><body><main><h1>Nights on wards</h1><p>{paragraph(1)}</p></main></body></html>"
    return read_document(page.encode(), "page.html")


def test_the_data_that_a_page_has_for_search_engines_tells_publisher_and_year() -> None:
    details = described(
        "Article",
        datePublished="2021-05-06",
        author={"@type": "Person", "name": "Jo Hill"},
        publisher={"@type": "Organization", "name": "Ward Watch"},
    ).details
    assert (details.publisher, details.year) == ("Ward Watch", 2021)
    details = described("Event", datePublished="2021-05-06", publisher="Ward Watch").details
    assert (details.publisher, details.year) == ("", None)


def test_a_page_whose_data_is_broken_is_read() -> None:
    head = '<script type="application/ld+json">{"a":</script>'
    page = f"<html><head>{head}</head><body><p>{paragraph(1)}</p></body></html>"
    assert read_document(page.encode(), "page.html").details.year is None


def titled(*lines: str) -> Document:
    file = new_word_file()
    file.add_paragraph("Safe nights on the wards", style="Title")
    for line in lines:
        file.add_paragraph(line)
    file.add_heading("Introduction", 1)
    file.add_paragraph(paragraph(1))
    return read(file)


def test_a_review_date_is_not_the_year_and_a_later_update_does_not_change_it() -> None:
    assert titled("Review date: March 2027").details.year is None
    assert titled("For review in May 2027").details.year is None
    assert titled("March 2024 (updated June 2025)").details.year == 2024


def test_an_organisation_above_a_title_is_no_title() -> None:
    file = new_word_file()
    bold(file, "Leeds Hospitals Trust", 14)
    file.add_paragraph("Safe nights on the wards", style="Title")
    file.add_heading("Introduction", 1)
    file.add_paragraph(paragraph(1))
    assert read(file).details.title == "Safe nights on the wards"


def test_a_person_with_an_employer_is_no_publisher() -> None:
    file = new_word_file()
    file.core_properties.author = "Jane Hill - Leeds Hospitals Trust"
    file.add_paragraph("Safe nights on the wards", style="Title")
    file.add_paragraph("Jane Hill - Leeds Hospitals Trust")
    file.add_paragraph(paragraph(1))
    assert read(file).details.publisher == ""


def test_no_heading_behind_the_first_text_is_a_title_and_no_part_of_every_policy_is() -> None:
    file = new_word_file()
    file.add_heading("Policy Statement", 1)
    file.add_paragraph(paragraph(1))
    file.add_heading("Recognising harm", 1)
    file.add_paragraph(paragraph(2))
    document = read(file)
    assert document.details.title == "Report"
    assert "title" in document.missing


def test_a_bold_line_with_a_rule_under_it_is_a_heading() -> None:
    file = new_word_file()
    bold(file, "Who is asked", 14)
    file.add_paragraph("_" * 40)
    file.add_paragraph(paragraph(1))
    assert read(file).passages[-1].heading == "Who is asked"


def test_a_list_typed_into_one_paragraph_has_items() -> None:
    file = new_word_file()
    run = file.add_paragraph().add_run("They asked for:")
    for line in ("· more beds", "· two lifts that", "work at night", "· one phone"):
        run.add_break()
        run.add_text(line)
    text = read(file).passages[0].text
    assert text == "They asked for:\n- more beds\n- two lifts that\nwork at night\n- one phone"
    page = f"<main><h1>Nights</h1><p>They asked for:<br>• more beds<br>• two lifts</p><p>{paragraph(1)}</p></main>"
    assert (
        read_document(page.encode(), "page.html")
        .passages[0]
        .text.startswith("They asked for:\n- more beds\n- two lifts")
    )
