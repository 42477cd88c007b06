"""Outside of the server, everybody counts, and only those are quoted who said yes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.prompts import Wording
from bot.models.replies import Reply, ReplyKind
from bot.models.summaries import Coverage, Disagreement, KeyPoint, Quote, Review, Role, Side, Summary
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from bot.summaries.lifecycle.consent import count_unconsented_quotes, remove_unconsented_quotes
from bot.summaries.output.export import Export, export_files
from bot.summaries.output.plain_text import NOT_QUOTED
from tests.examples import examples
from tests.summaries.threads import NAMES, discussion, threads

NOON = datetime(2018, 8, 6, 12, tzinfo=UTC)
SAID = (
    "Nobody listens when we raise short staffing on nights.",
    "Nobody listens when we raise short staffing on nights. It is our biggest worry by far.",
    "Nobody listens when we raise short staffing on nights. So people stop raising it.",
    "Car parking costs more than an hour of my pay each week.",
    "Who decides which training is paid for and which is not?",
)


def said_by(thread: Thread, people: set[str]) -> dict[str, str]:
    return {message.id: message.text for message in thread.messages if message.author in people}


def counts(summary: Summary) -> list[object]:
    """Every number of people that a summary tells."""
    return [
        summary.coverage,
        sorted((point.people, len(point.possible), point.endorsements) for point in summary.points),
        sorted((voice.people, len(voice.possible)) for voice in summary.voices),
        [[side.people for side in found.sides] for found in summary.disagreements],
        len(summary.questions),
    ]


def words(summary: Summary) -> list[str]:
    """Everything in a summary that is somebody's words."""
    points = (*summary.points, *summary.voices)
    quotes = [quote for point in points for quote in (*point.quotes, *point.possible)]
    quotes += [quote for found in summary.disagreements for side in found.sides for quote in side.quotes]
    quotes += [*(quote for found in summary.disagreements for quote in found.common), *summary.questions]
    statements = [*(point.statement for point in points), *(found.statement for found in summary.disagreements)]
    return [text for text in (*(quote.text for quote in quotes), *statements, summary.text) if text]


def export(*said: str, yes: set[int], board: bool = False, review: Review | None = None) -> dict[str, bytes]:
    replies = tuple(
        Reply(10 + n, 1, f"person-{n}", ReplyKind.THREAD, text, NOON, message_id=10 + n) for n, text in enumerate(said)
    )
    summary = summarise(Thread("t", "", tuple(Message(str(one.id), one.person, one.text) for one in replies)))
    if review is not None:
        ids = tuple(quote.message for quote in summary.points[0].quotes)
        checked = replace(summary.points[0], review=replace(review, confirmed=ids, unnamed=ids))
        summary = replace(summary, points=(checked, *summary.points[1:]))
    quotable = frozenset(f"person-{n}" for n in yes)
    exported = Export(
        Wording("", True, "Why?", "No more heroes"), replies, summary, NOON, board=board, quotable=quotable
    )
    return {file.name: file.content for file in export_files(exported, Random(1))}  # noqa: S311 - a seed makes tests repeat


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=examples(5), deadline=None)
@given(data=st.data())
def test_an_exported_summary_holds_against_its_thread_with_the_same_counts(name: str, data: st.DataObject) -> None:
    thread = discussion(name)
    held_to(thread, data)


@settings(max_examples=examples(60), deadline=None)
@given(thread=threads(), data=st.data())
def test_so_does_that_of_any_thread(thread: Thread, data: st.DataObject) -> None:
    distinct = {message.id: message for message in reversed(thread.messages)}
    held_to(replace(thread, messages=tuple(reversed(distinct.values()))), data)


def held_to(thread: Thread, data: st.DataObject) -> None:
    people = sorted({message.author for message in thread.messages})
    yes = set(data.draw(st.lists(st.sampled_from(people), unique=True))) if people else set[str]()
    whole = summarise(thread)
    outside = remove_unconsented_quotes(whole, said_by(thread, yes))

    assert check_summary(outside, thread) == ()
    assert counts(outside) == counts(whole)
    texts = [message.text for message in thread.messages if message.author in yes]
    shown = [line for text in words(outside) for line in ([text] if text != outside.text else [])]
    assert all(text == NOT_QUOTED or any(text in said for said in texts) for text in shown)
    assert all(any(line.text in said for said in texts) for line in outside.lines)


def test_a_statement_gives_way_to_the_words_of_the_next_who_said_yes() -> None:
    quotes = (Quote("1", SAID[0]), Quote("2", SAID[1]))
    summary = summarise(Thread("t", "", (Message("1", "a", SAID[0]), Message("2", "b", SAID[1]))))
    summary = replace(summary, points=(KeyPoint(SAID[0], quotes, 2),), voices=(), lines=(), text="", questions=())

    (point,) = remove_unconsented_quotes(summary, {"2": SAID[1]}).points
    assert point.statement in SAID[1]
    assert point.quotes == (Quote("2", SAID[1]), Quote("1", ""))
    assert count_unconsented_quotes(summary, {"2": SAID[1]}) == 1
    (point,) = remove_unconsented_quotes(summary, {}).points
    assert (point.statement, point.people) == (NOT_QUOTED, 2)


def test_a_statement_does_not_give_way_to_what_somebody_added_who_agreed_unless_a_person_confirmed_them() -> None:
    quotes = (Quote("1", SAID[0]), Quote("2", "Same here. Our rota comes out too late.", role=Role.AGREED))
    summary = Summary("t", "", (KeyPoint(SAID[0], quotes, 2),), (), Coverage(2, 2, 2))

    (point,) = remove_unconsented_quotes(summary, {"2": quotes[1].text}).points
    assert (point.statement, point.people, point.wrote) == (NOT_QUOTED, 2, 1)
    review = Review(confirmed=("1", "2"), unnamed=("1", "2"))
    confirmed = replace(point, statement=SAID[0], quotes=quotes, review=review)
    (point,) = remove_unconsented_quotes(replace(summary, points=(confirmed,)), {"2": quotes[1].text}).points
    assert (point.statement, point.people) == ("Our rota comes out too late.", 2)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("The same with us: the birth is in three systems.", "the birth is in three systems."),
        ("Agree with Priya: one manager for two wards does not work.", "one manager for two wards does not work."),
        ("She's right. I type those reports, and nobody reads them.", "I type those reports, and nobody reads them."),
        ("Yes, it shuts at seven.", "it shuts at seven."),
        ("Same here – our rota comes out too late.", "our rota comes out too late."),
        ("The same with us, but only at night.", "The same with us, but only at night."),
        ("The same forms go to three offices.", "The same forms go to three offices."),
        ("Agree with Priya: nights.", "Agree with Priya: nights."),
    ],
)
def test_a_heading_from_another_persons_words_begins_after_what_only_agrees(
    text: str, heading: str, role: Role
) -> None:
    quotes = (Quote("1", SAID[0]), Quote("2", text, role=role))
    review = Review(confirmed=("1", "2"), unnamed=("1", "2"))
    point = KeyPoint(SAID[0], quotes, 2, review=review)

    (outside,) = remove_unconsented_quotes(Summary("t", "", (point,), (), Coverage(2, 2, 2)), {"2": text}).points
    assert (outside.statement, outside.people) == (heading, 2)
    assert heading in outside.quotes[0].text
    assert outside.quotes[0].text in text


@pytest.mark.parametrize(
    "review",
    [
        Review(),
        Review(confirmed=("1", "2")),
        Review(confirmed=("1",), unnamed=("1", "2")),
        Review(confirmed=("1", "2"), unnamed=("1", "2"), unquoted=("2",)),
    ],
)
def test_once_a_facilitator_looked_at_a_point_words_that_they_have_not_read_never_head_it(review: Review) -> None:
    point = KeyPoint(SAID[0], (Quote("1", SAID[0]), Quote("2", SAID[1])), 2, review=review)
    summary = Summary("t", "", (point,), (), Coverage(2, 2, 2))

    (point,) = remove_unconsented_quotes(summary, {"2": SAID[1]}).points
    assert (point.statement, point.people) == (NOT_QUOTED, 2)


def test_the_whole_quote_that_a_facilitator_read_heads_the_point_and_not_a_clause_of_it() -> None:
    review = Review(confirmed=("1", "2"), unnamed=("1", "2"))
    point = KeyPoint(SAID[0], (Quote("1", SAID[0]), Quote("2", SAID[1])), 2, review=review)
    summary = Summary("t", "", (point,), (), Coverage(2, 2, 2))

    (point,) = remove_unconsented_quotes(summary, {"2": SAID[1]}).points
    assert (point.statement, point.quotes[0]) == (SAID[1], Quote("2", SAID[1]))


def test_beside_what_a_facilitator_looked_at_a_disagreement_is_not_restated() -> None:
    sides = Side((Quote("1", SAID[0]), Quote("2", SAID[1])), 2), Side((Quote("3", SAID[3]),), 1)
    point = KeyPoint(SAID[4], (Quote("4", SAID[4]),), 1, review=Review(confirmed=("4",)))
    summary = Summary("t", "", (point,), (), Coverage(4, 4, 4), disagreements=(Disagreement(SAID[0], sides),))
    said = {"2": SAID[1], "3": SAID[3], "4": SAID[4]}

    (found,) = remove_unconsented_quotes(summary, said).disagreements
    assert found.statement == NOT_QUOTED
    (found,) = remove_unconsented_quotes(replace(summary, points=()), said).disagreements
    assert found.statement in SAID[1]


def test_who_says_yes_or_takes_it_back_changes_the_next_export() -> None:
    whole = export(*SAID, yes={0, 1, 2, 3, 4})
    none = export(*SAID, yes=set())

    for text in SAID:
        assert any(text.encode() in content for content in whole.values())
        assert not any(
            part.encode() in content for content in none.values() for part in re.split("[,.?]", text) if part
        )
    assert none.keys() == whole.keys()
    assert b"3 people" in none["summary.md"]
    assert b"5 replies are counted here but not quoted" in none["summary.md"]
    assert b"5 replies are counted here but not quoted" in none["summary.html"]
    assert none["replies.csv"].count(NOT_QUOTED.encode()) == 5
    assert b'"not_quoted": 5' in none["summary.json"]
    assert b"counted here but not quoted" not in whole["summary.md"]


def test_a_facilitators_own_heading_stays_where_nobody_may_be_quoted() -> None:
    files = export(*SAID[:3], yes=set(), board=True, review=Review(words="Nights are short"))

    assert b"Nights are short" in files["summary.html"]
    assert "3 people said this in the thread. Checked." in files["summary.md"].decode()
    assert not any(b"nobody listens" in content.lower() for content in files.values())
