"""The documents for an information governance team cannot drift from the program."""

from __future__ import annotations

import ast
import csv
import io
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import SETTINGS
from bot.governance import NAMES, Facts, LanguageModelFacts, ProgramSetting, describe_language_model, write_documents
from bot.governance.documents import render_document, render_document_page
from bot.governance.register import read_promises, read_register
from bot.models.model_endpoint import ModelEndpoint
from bot.models.settings import AT_ONCE, Contact, GuildSettings
from bot.models.settings import SETTINGS as SERVER_SETTINGS
from bot.store.erasure.journal import Entry, Mark
from bot.store.keyed.key_file import bring_up_to_date
from bot.store.schema.sealed_columns import SEALED
from bot.store.tables import metadata
from tests.examples import examples

ROOT = Path(__file__).parents[2]
CONTACTS = {contact.value: f"The {contact.label}, speak@riverside.example" for contact in Contact}
FACTS = Facts(
    server="Riverside",
    settings=GuildSettings(1, retention_days=180, group_threshold=12, contacts=CONTACTS, house_rules="Be kind."),
    program=tuple(ProgramSetting(one.name, one.meaning, one.default or "set") for one in SETTINGS),
    made_on="6 August 2018",
    version="1.2.3",
)


def text(name: str, facts: Facts = FACTS) -> str:
    """A file of the folder, its lines joined, since they are wrapped."""
    return " ".join(write_documents(facts)[name].decode().split())


RISK_WORDS = ("phrases that may be about a risk", "score", "tells nobody", "awful basis")
"""What both main texts say of the search for words about a risk."""


def columns_of_key_file() -> dict[str, list[str]]:
    """The columns of each table of a new file of prompt keys, as SQLite tells them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        bring_up_to_date(connection)
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables}


def test_every_table_and_every_column_is_in_the_register() -> None:
    own_file = {table: set(columns) for table, columns in columns_of_key_file().items()}
    stored = {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables} | own_file
    stored["erasure_journal"] = {*Entry._fields, *Mark._fields}

    assert {one.table: {column.name for column in one.columns} for one in read_register()} == stored


def test_the_register_says_of_exactly_those_columns_that_they_are_encrypted_which_are() -> None:
    sealed = {table.name: set(sealing.columns) for table, sealing in SEALED.items()}
    told = {one.table: {column.name for column in one.columns if column.form == "encrypted"} for one in read_register()}

    assert {table: columns for table, columns in told.items() if columns} == sealed


def test_every_column_is_in_the_document_and_in_the_table() -> None:
    files = write_documents(FACTS)
    rows = list(csv.DictReader(io.StringIO(files["what-is-stored.csv"].decode("utf-8-sig"))))

    assert {(row["table"], row["column"]) for row in rows} == {
        (one.table, column.name) for one in read_register() for column in one.columns
    }
    for one in read_register():
        assert one.what in files["3-what-is-stored.md"].decode()
    assert any("180 days after the question closes" in row["how long"] for row in rows)
    assert not any("{" in value for row in rows for value in row.values())


def test_every_setting_of_the_program_and_of_a_server_is_in_the_documents() -> None:
    told = text("8-settings.md")

    for setting in SETTINGS:
        assert setting.name in told
    for declared in SERVER_SETTINGS.values():
        assert f"| {declared.label} |" in told


def test_each_promise_names_tests_that_exist() -> None:
    for promise in read_promises():
        assert promise.tests
        for name in promise.tests:
            file, _, function = name.partition("::")
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
            assert function in found, name


def test_the_notice_says_what_this_server_has_set() -> None:
    notice = text("1-privacy-notice.md")

    assert "The Data controller: how your words are used in Riverside" in notice
    assert "erased 180 days after their question closed" in notice
    assert "groups of 12 people or more" in notice
    for contact in Contact:
        assert contact.label in notice or CONTACTS[contact] in notice
    for promised in (
        "must not use what you write here for appraisal",
        "“Get a copy” there",
        "not a place to report a concern",
    ):
        assert promised in notice


def test_the_notice_tells_of_all_that_people_give() -> None:
    collected = text("1-privacy-notice.md").partition("## What we collect")[2].partition("## Why")[0]
    ways = {
        "replies": "write in a question’s thread",
        "reactions": "who reacted",
        "private_replies": "reply privately",
        **dict.fromkeys(("presses", "pressers"), "what you tap"),
        "check_words": "whether the points of a summary are the same",
        "objections": "That’s not what I meant",
        "suggestions": "suggest a passage",
        "people": "choose anything in /my",
    }

    assert all(words in collected for words in ways.values())
    staff = ("the author", "who reacted", "the person", "who objects")
    coded = (
        (one.table, column.meaning) for one in read_register() for column in one.columns if column.form == "as a code"
    )
    assert {table for table, meaning in coded if meaning.startswith(staff)} == set(ways)


def test_what_only_the_organisation_knows_is_marked_to_be_filled_in() -> None:
    bare = replace(FACTS, settings=GuildSettings(1))

    assert "To fill in: the data protection officer, with /setup" in text("1-privacy-notice.md", bare)
    assert "To fill in: the data protection officer" not in text("1-privacy-notice.md")
    assert "To fill in: how long backups are kept" in text("2-impact-assessment.md")


def test_the_assessment_says_where_summaries_are_published_unread() -> None:
    at_once = replace(FACTS, settings=replace(FACTS.settings, publish=AT_ONCE))

    assert "it is not set so now" in text("2-impact-assessment.md", at_once)
    assert "it is not set so now" not in text("2-impact-assessment.md")


@pytest.mark.parametrize("name", NAMES)
def test_each_document_is_a_page_too_with_its_tables_and_without_scripts(name: str) -> None:
    page = text(f"{name}.html")

    assert page.startswith('<!DOCTYPE html> <html lang="en-GB">')
    assert page.count("<h1>") == 1
    assert "|---" not in page
    assert "<script" not in page
    assert "{{" not in page


@settings(deadline=None, max_examples=examples(60))
@given(st.text(max_size=80))
def test_whatever_managers_write_shows_as_they_typed_it(words: str) -> None:
    hostile = replace(FACTS.settings, contacts={contact.value: words for contact in Contact})
    page, plain = (
        render_document_page(render_document("1-privacy-notice", replace(FACTS, server=name, settings=chosen)))
        for name, chosen in ((words, hostile), ("x", FACTS.settings))
    )

    for tag in ("<a", "<img", "<table", "<h2", "<script", "<li>", "<em", "<strong"):
        assert page.count(tag) == plain.count(tag) + (6 if tag == "<strong" and not words.split() else 0)


def test_the_documents_say_what_a_data_protection_officer_asks_for() -> None:
    asked = {
        "1-privacy-notice.md": (*RISK_WORDS, "United States", "your own device", "If we stop using the bot"),
        "2-impact-assessment.md": (
            *RISK_WORDS,
            "| likelihood | severity |",
            "owner and date",
            "Sign-off and review",
            "United States",
            "their own accounts and devices",
            "How does it end?",
        ),
        "3-what-is-stored.md": ("stores nothing about it", "Annex A: table by table", "Annex B: column by column"),
        "5-suppliers.md": ("transfer risk assessment", "When you stop using it"),
        "6-requests.md": ("cannot prevent",),
        "9-record-of-processing.md": (
            "Article 30",
            "Purposes",
            "How long",
            "no note and no score",
            "United States",
            "their own devices",
            "At the end",
        ),
        "10-if-data-is-breached.md": ("72 hours", "rotate-key", "python -m bot verify"),
        "11-standards.md": ("DSPT", "DTAC", "DCB0129"),
    }
    for name, words in asked.items():
        shown = text(name)
        assert all(word in shown for word in words), name
        assert shown.startswith("# The Data controller: "), name


def test_without_a_controller_the_titles_name_the_server() -> None:
    bare = replace(FACTS, settings=GuildSettings(1))
    assert text("9-record-of-processing.md", bare).startswith("# Riverside: record of processing")


def test_the_page_of_what_is_stored_names_each_table_once() -> None:
    page = write_documents(FACTS)["3-what-is-stored.md"].decode().partition("## Annex A")[0]
    named = [name for row in re.findall(r"(?m)^\| .+ \| ([a-z_, ]+) \|$", page)[1:] for name in row.split(", ")]

    assert sorted(named) == sorted(one.table for one in read_register())


def test_a_data_protection_officer_reads_the_two_main_texts_in_ten_minutes() -> None:
    both = " ".join(text(f"{name}.md") for name in ("1-privacy-notice", "2-impact-assessment"))

    assert len(re.findall(r"\w[\w’-]*", re.sub(r"\*\*\[.*?\]\*\*", "", both))) <= 2_500


NEAR = LanguageModelFacts("llama", "127.0.0.1", "Riverside Trust", False, 500_000, gets_private=False)
AWAY = LanguageModelFacts("gpt", "models.example.org", "A Company", True, 90_000, gets_private=True)
SENDS = re.compile(r"language model", re.IGNORECASE)
DESCRIBED = ("1-privacy-notice", "2-impact-assessment", "4-data-flows", "5-suppliers", "9-record-of-processing")


def test_without_a_language_model_no_document_says_that_words_go_to_one() -> None:
    for name in DESCRIBED:
        told = [sentence for sentence in re.split(r"(?<=\.) ", text(f"{name}.md")) if SENDS.search(sentence)]
        assert set(told) <= {"No language model is used: summaries compare words."}, name
    assert "language model" not in write_documents(FACTS)["data-flows.csv"].decode()
    assert "No language model is used" in text("5-suppliers.md")


@pytest.mark.parametrize("used", [NEAR, AWAY])
def test_with_one_each_document_names_its_host_and_who_runs_it(used: LanguageModelFacts) -> None:
    facts = replace(FACTS, language_model=used)
    for name in DESCRIBED:
        shown = text(f"{name}.md", facts).replace("\\", "")
        assert used.host in shown, name
        assert used.run_by in shown, name
        assert "No language model is used" not in shown
    assert used.host in write_documents(facts)["data-flows.csv"].decode()
    assert f"At most {used.words_a_day} words a day" in text("2-impact-assessment.md", facts)


def test_what_goes_beside_replies_is_in_each_document_that_says_what_goes() -> None:
    facts = replace(FACTS, language_model=NEAR)
    for name in ("1-privacy-notice.md", "4-data-flows.md"):
        assert "the passage and the question, if neither was suggested by staff" in text(name, facts), name
    for page in ("staff.md", "reference.md", "admins.md"):
        told = " ".join((ROOT / "docs" / page).read_text(encoding="utf-8").split())
        assert re.search(r"the passage(,| and) the question (and|that people answered)", told), page


def test_a_host_outside_is_a_supplier_and_one_inside_is_not() -> None:
    inside, outside = (replace(FACTS, language_model=used) for used in (NEAR, AWAY))

    assert "outside our own network" in text("1-privacy-notice.md", outside)
    assert "outside our own network" not in text("1-privacy-notice.md", inside)
    assert "| A Company (models" in text("5-suppliers.md", outside)
    assert "| Riverside Trust" not in text("5-suppliers.md", inside)
    assert "is a processor" in text("2-impact-assessment.md", outside)
    assert "is a processor" not in text("2-impact-assessment.md", inside)


def test_the_documents_say_whether_private_replies_go_to_the_language_model() -> None:
    without, with_private = (replace(FACTS, language_model=used) for used in (NEAR, AWAY))

    assert "Never private replies." in text("2-impact-assessment.md", without)
    assert "private replies once facilitators have read them" not in text("1-privacy-notice.md", without)
    assert "private replies once facilitators have read them" in text("1-privacy-notice.md", with_private)


def test_a_language_model_is_described_only_where_the_server_switched_it_on() -> None:
    endpoint = ModelEndpoint("https://models.example.org/v1", "gpt", "made-up-key", "models.example.org", "A Company")
    on = replace(FACTS.settings, language_model=True, language_model_private=True)

    assert describe_language_model(endpoint, FACTS.settings, "Riverside") is None
    assert describe_language_model(None, on, "Riverside") is None
    described = describe_language_model(endpoint, on, "Riverside")
    assert described == replace(AWAY, words_a_day=endpoint.words_a_day)
    assert "made-up-key" not in str(write_documents(replace(FACTS, language_model=described)))


def test_every_document_with_a_language_model_is_a_page_with_whole_tables() -> None:
    for used in (NEAR, AWAY):
        for name in NAMES:
            lines = write_documents(replace(FACTS, language_model=used))[f"{name}.md"].decode().splitlines()
            for before, line in pairwise(lines):
                if before.startswith("|") and line.startswith("|"):
                    assert before.count("|") == line.count("|"), line


def test_with_a_database_server_the_documents_name_whoever_runs_it_as_a_supplier() -> None:
    facts = replace(FACTS, is_on_server=True)

    for name in ("1-privacy-notice", "2-impact-assessment", "5-suppliers"):
        assert "who runs it" in text(f"{name}.md", facts), name
        assert "who runs it" not in text(f"{name}.md"), name
    assert "The database, the keys and the summariser are on your own machine." in text("5-suppliers.md")
    assert "The database, the keys and the summariser are on your own machine." not in text("5-suppliers.md", facts)
    assert "password of the database server" in text("10-if-data-is-breached.md", facts)
    assert "password of the database server" not in text("10-if-data-is-breached.md")


def test_on_a_phone_a_wide_table_scrolls_by_itself_and_can_be_reached_with_the_keyboard() -> None:
    page = write_documents(FACTS)["2-impact-assessment.html"].decode()
    start = page.index('<div class="scrolls" role="group" tabindex="0"')

    assert page.count('class="scrolls"') == page.count("</table>\n</div>") == 1
    assert "<th>owner and date</th>" in page[start : page.index("</div>", start)]
    assert page.count("<table>") == page.count("</table>") > 2


def test_on_a_phone_each_cell_of_a_row_of_three_or_four_says_its_column() -> None:
    documents = write_documents(FACTS)
    flows, requests = (documents[name].decode() for name in ("4-data-flows.html", "6-requests.html"))

    assert flows.count('<table class="stacks">') == flows.count("<table")
    assert '<td data-label="from">A person’s device</td>\n<td data-label="to">Discord</td>' in flows
    assert flows.count("data-label=") == flows.count("<td")
    assert '<td data-label="right">See it</td>' in requests
