"""Files to take away: safe in a spreadsheet and in Markdown, and they name nobody."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.models.prompts import Wording
from bot.models.replies import Reply, ReplyKind
from bot.models.threads import Message, Thread
from bot.summaries import summarise
from bot.summaries.output.export import Export, export_files
from bot.text.markdown import escape_staff_words
from bot.text.mentions import anonymise_ids
from bot.text.spreadsheet import safe_cell
from tests.examples import examples
from tests.summaries.threads import texts

NOON = datetime(2018, 8, 6, 12, tzinfo=UTC)
WORDING = Wording(
    "Staff know best.", own_words=True, question="What would help?", source_title="No more heroes", year=2011
)
FILES = ["summary.html", "summary.md", "picture.png", "replies.csv", "summary.csv", "summary.json"]
IDS = 900_000_000_000_000_000


def export(*replies: str, seed: int = 1) -> dict[str, bytes]:
    stored = tuple(
        Reply(IDS + n, 1, f"person-{n}", ReplyKind.THREAD, text, NOON, message_id=IDS + n, reply_to=IDS + 1)
        for n, text in enumerate(replies, 1)
    )
    messages = tuple(Message(str(reply.id), reply.person, reply.text) for reply in stored)
    summary = summarise(Thread("t", "What would help?", messages))
    everybody = frozenset(reply.person for reply in stored)
    exported = Export(WORDING, stored, summary, NOON, quotable=everybody)
    files = export_files(exported, Random(seed))  # noqa: S311 - a seed makes tests repeat
    return {file.name: file.content for file in files}


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_files_hold_replies_points_coverage_and_the_warning() -> None:
    files = export("The canteen shuts before we start.", "Who reads the incident reports?")
    assert list(files) == FILES
    data = json.loads(files["summary.json"])
    assert data["note"] == "Found by the program, not checked by a person."
    assert data["coverage"]["read"] == 2
    quote = {"reference": "R1", "text": "The canteen shuts before we start.", "how": "wrote it"}
    assert data["points"][0]["quotes"] == [quote]
    assert (data["points"][0]["people"], data["points"][0]["in_private_replies"]) == (1, False)
    assert rows(files["summary.csv"])[1][:5] == ["Also raised", "1", "view", "1", "no"]
    assert "found by the program, not checked by a person" in files["summary.md"].decode().casefold()
    assert "The summary used 2 of 2 replies." in files["summary.csv"].decode()
    assert "found by the program, not checked by a person" in files["summary.html"].decode().casefold()


def test_no_file_holds_an_id_a_pseudonym_of_the_database_or_a_link_to_discord() -> None:
    files = export(
        f"Look at https://discord.com/channels/1/{IDS} and <#{IDS}> by <@{IDS}> <:wave:{IDS}> for the rota.",
        f"The old number {IDS} was in the canteen at discord.gg/abc too.",
    )
    for content in files.values():
        assert not re.search(rb"(?<![\d.])\d{15,}|person-\d|discord\.(?:com|gg)", content)


def test_pseudonyms_are_new_each_time_and_each_person_has_one() -> None:
    said = [f"Ward {n} needs its own printer." for n in range(8)]
    people = [[row[1] for row in rows(export(*said, seed=seed)["replies.csv"])[1:]] for seed in (1, 2)]
    assert sorted(people[0]) == sorted(people[1]) == [f"Person {n}" for n in range(1, 9)]
    assert people[0] != people[1]


def test_answers_name_the_reply_they_answer_by_its_reference() -> None:
    assert rows(export("One more nurse please.", "Two more nurses please.")["replies.csv"])[2][3] == "R1"


def test_a_quote_whose_reply_is_no_longer_held_is_left_out() -> None:
    summary = summarise(Thread("t", "", (Message("5", "a", "The canteen shuts too early."),)))
    files = export_files(Export(WORDING, (), summary, NOON), Random(1))  # noqa: S311 - a seed makes tests repeat
    assert all(b"canteen" not in file.content for file in files)


def test_a_board_gets_papers_alone_and_of_them_what_is_confirmed() -> None:
    reply = Reply(5, 1, "a", ReplyKind.THREAD, "The canteen shuts too early.", NOON, message_id=5)
    summary = summarise(Thread("t", "", (Message("5", "a", reply.text),)))
    files = export_files(Export(WORDING, (reply,), summary, NOON, board=True), Random(1))  # noqa: S311 - a seed makes tests repeat
    assert [file.name for file in files] == FILES[:3]
    assert all(b"canteen" not in file.content for file in files)


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r\n=1",
    "  =1",
    "\ufeff=1",
    "\xa0=1",
    "\u200b=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '"=1',
    "'=1",
    "|calc",
    "%0A=1",
    "\x00=1",
    "\u3000=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = rows(export(text)["replies.csv"])[1][-1]
    assert cell.startswith("'")


def test_no_cell_starts_a_formula_after_a_semicolon() -> None:
    assert safe_cell("hello;=1+1") == "hello;'=1+1"
    assert safe_cell("hello; wait") == "hello; wait"


@settings(max_examples=examples(15), deadline=None)
@given(st.lists(texts, max_size=4))
def test_any_words_give_well_formed_files_without_control_characters(said: list[str]) -> None:
    files = export(*said)
    json.loads(files["summary.json"])
    table = rows(files["replies.csv"])
    assert len(table) == len(said) + 1
    assert all(len(row) == 7 for row in table)
    for row in table[1:]:
        assert all(char.isprintable() or char in "\u200c\u200d\u200e\u200f" for char in row[-1])


@given(texts)
def test_words_stay_plain_text_in_markdown(text: str) -> None:
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"> {escape_staff_words(text)} (R1)")
    tags = set(re.findall(r"<(/?\w+)", html))
    assert tags <= {"blockquote", "/blockquote", "p", "/p"}


def test_mentions_and_links_do_nothing_in_markdown() -> None:
    assert "@everyone" not in escape_staff_words("@everyone look")
    escaped = escape_staff_words("[x](https://example.org) https://example.org www.example.org a@b.org")
    assert "<a" not in MarkdownIt("commonmark").render(escaped)
    assert not any(live in escaped for live in ("https://", "www.", "a@b"))


@given(texts)
def test_taking_ids_out_twice_changes_nothing_more(text: str) -> None:
    assert anonymise_ids(anonymise_ids(text)) == anonymise_ids(text)
