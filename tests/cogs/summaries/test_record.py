"""The record of a shared summary follows the replies that are held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.prompts import Prompt, PromptState
from bot.models.replies import Reply, ReplyKind
from bot.services.summaries.published_summaries import format_age, note_age
from bot.summaries import check_summary, summarise
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.lifecycle.freshness import RepliesSince, count_changes
from bot.summaries.lifecycle.record import CHANGED as CHANGED_ON
from bot.summaries.lifecycle.record import REWORDED, UNENDORSED, Record, remove_lost_words
from bot.summaries.proof.check import quotes_of
from tests.cogs.summaries.discussion import SAID, WORDING
from tests.examples import examples

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PROMPT = Prompt(1, 2, 3, PromptState.OPEN, "c" * 16, WORDING, NOW, NOW)
REPLIES = tuple(
    Reply(number, 1, f"person {author}", ReplyKind.THREAD, text, NOW, message_id=number, late=number > 10)
    for number, (author, text) in enumerate(SAID, 1)
)


def record_of(replies: tuple[Reply, ...]) -> Record:
    summary = summarise(thread_of(PROMPT, replies))
    held = {str(reply.id): reply.person for reply in replies}
    return Record(summary, held, sum(reply.late for reply in replies), "5 January 2026", pending=False)


RECORD = record_of(REPLIES)


def test_a_record_survives_storage() -> None:
    assert Record.from_json(RECORD.to_json()) == RECORD


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"record": {}}', RECORD.to_json().replace('"late"', '"early"')])
def test_what_is_no_record_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="the text is not a"):
        Record.from_json(body)


def test_nothing_changes_while_all_replies_are_held() -> None:
    more = replace(REPLIES[0], id=99, message_id=99)

    assert remove_lost_words(RECORD, REPLIES, "today") is RECORD
    assert remove_lost_words(RECORD, (*REPLIES, more), "today") is RECORD


def test_replies_that_went_are_counted_as_taken_back_each_once_however_often_it_is_repaired() -> None:
    first = remove_lost_words(RECORD, REPLIES[1:], "today")
    again = remove_lost_words(first, REPLIES[1:], "today")
    second = remove_lost_words(again, REPLIES[2:], "today")

    assert [record.gone for record in (RECORD, first, again, second)] == [0, 1, 1, 2]
    assert count_changes(first, REPLIES[1:]) == RepliesSince(taken_back=1)
    assert count_changes(second, REPLIES[3:]) == RepliesSince(taken_back=3)
    assert note_age(first, REPLIES[1:]).outdated == format_age(RepliesSince(0, 0, 1))
    assert Record.from_json(second.to_json()).gone == 2


def test_a_reply_that_a_facilitator_left_out_was_not_taken_back() -> None:
    record = remove_lost_words(RECORD, REPLIES, "today", left_out=[REPLIES[0].id])

    assert record.gone == 0
    assert count_changes(record, REPLIES[1:]) == RepliesSince()


def test_endorsements_fall_with_reactions_that_were_taken_back_and_do_not_rise() -> None:
    fans = ("fan 1", "fan 2")
    liked = tuple(replace(reply, endorsers=fans) for reply in REPLIES)
    before = record_of(liked)
    fewer = tuple(replace(reply, endorsers=fans[:1]) for reply in REPLIES)
    more = tuple(replace(reply, endorsers=(*fans, "fan 3")) for reply in REPLIES)

    after = remove_lost_words(before, fewer, "today")

    assert {point.endorsements for point in before.summary.points} == {2}
    assert {point.endorsements for point in after.summary.points} == {1}
    assert after.changed == CHANGED_ON.format(date="today", why=UNENDORSED)
    assert after.summary.coverage == before.summary.coverage
    assert remove_lost_words(before, more, "today") is before


@settings(max_examples=examples(60), deadline=None)
@given(st.sets(st.integers(0, len(REPLIES) - 1)), st.sets(st.integers(0, len(REPLIES) - 1)))
def test_after_any_deletions_and_edits_every_quote_and_count_is_of_what_is_held(gone: set[int], new: set[int]) -> None:
    held = tuple(
        replace(reply, text="I have thought again.") if place in new else reply
        for place, reply in enumerate(REPLIES)
        if place not in gone
    )

    record = remove_lost_words(RECORD, held, "6 January 2026")

    assert check_summary(record.summary, thread_of(PROMPT, held)) == ()
    assert set(record.held) == {str(reply.id) for reply in held}
    assert record.late == sum(reply.late for reply in held)
    assert remove_lost_words(record, held, "7 January 2026") is record


@settings(max_examples=examples(60), deadline=None)
@given(st.sets(st.integers(0, len(REPLIES) - 1)))
def test_who_said_no_to_quotes_is_quoted_nowhere_and_still_counted(places: set[int]) -> None:
    refused = {str(REPLIES[place].id) for place in places}

    record = remove_lost_words(RECORD, REPLIES, "6 January 2026", refused=refused)

    assert refused.isdisjoint(quote.message for quote in quotes_of(record.summary) if quote.text)
    said = [reply.text for reply in REPLIES if str(reply.id) not in refused]
    assert all(any(line in text for text in said) for line in record.summary.text.splitlines())
    assert sorted(point.people for point in record.summary.points) == sorted(p.people for p in RECORD.summary.points)
    assert check_summary(record.summary, thread_of(PROMPT, REPLIES), later=True) == ()
    assert record.summary.coverage == RECORD.summary.coverage
    assert record.held == RECORD.held
    assert remove_lost_words(record, REPLIES, "7 January 2026", refused=refused) is record


def test_who_changed_their_words_is_still_counted_but_not_quoted() -> None:
    held = (replace(REPLIES[0], text="I have thought again."), *REPLIES[1:])

    record = remove_lost_words(RECORD, held, "6 January 2026")

    assert record.summary.coverage == RECORD.summary.coverage
    assert record.changed == CHANGED_ON.format(date="6 January 2026", why=REWORDED)
    assert record.pending
    assert "1" not in {quote.message for point in record.summary.points for quote in point.quotes}
