"""Threads and answers as JSON; what is malformed is named by its place, without anyone's words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.summaries import (
    Balance,
    Coverage,
    Disagreement,
    KeyPoint,
    Kind,
    Quote,
    Role,
    Side,
    Summary,
    SummaryOptions,
)
from bot.models.threads import Message, Thread
from bot.summaries import summarise, summary_from_json, summary_to_json
from bot.summaries.io.threads_json import summary_to_data, thread_from_data, thread_from_json
from tests.summaries.threads import discussion, thread

SECRET = "a secret that must not be echoed"


def message(**changes: object) -> dict[str, object]:
    return {"id": "1", "author": "a", "text": "Hello there.", "reply_to": None, **changes}


def given_thread(*messages: object, **changes: object) -> dict[str, object]:
    return {"id": "t", "prompt": "Why?", "messages": list(messages), **changes}


def test_a_thread_is_read_as_it_is_written() -> None:
    data = given_thread(message(), message(id=2, reply_to="1"), budget_words=80, max_points=4)
    assert thread_from_json(json.dumps(data)) == (
        Thread("t", "Why?", (Message("1", "a", "Hello there."), Message("2", "a", "Hello there.", "1")), names=("a",)),
        SummaryOptions(budget_words=80, max_points=4),
    )


def test_those_who_endorse_a_message_are_read_each_once() -> None:
    said, _ = thread_from_data(given_thread(message(endorsers=["b", 7, "b"]), message(id="2", endorsers=None)))
    assert [one.endorsers for one in said.messages] == [("b", "7"), ()]


def test_every_part_of_a_summary_is_answered_by_ids() -> None:
    quotes = tuple(Quote(str(number), f"words {number}") for number in range(6))
    possible = (replace(quotes[1], role=Role.GROUPED), Quote("6", "words 6", role=Role.SUGGESTED))
    summary = Summary(
        thread="t",
        text="",
        points=(KeyPoint("words 0", quotes[:1], 1, possible, 3, Kind.CONCERN),),
        questions=(),
        coverage=Coverage(7, 7, 7),
        disagreements=(Disagreement("words 2", (Side(quotes[2:3], 1), Side(quotes[3:5], 2))),),
        voices=(KeyPoint("words 5", quotes[5:], 1),),
        agreements=("4",),
        balance=Balance(60, 31),
        vectors="TF-IDF",
    )
    given_answer: dict[str, Any] = summary_to_data(summary)
    assert given_answer["points"] == [
        {
            "text": "words 0",
            "kind": "concern",
            "support": ["0"],
            "possible": ["1"],
            "suggested": ["6"],
            "endorsements": 3,
            "quotes": [{"message": "0", "text": "words 0"}],
        }
    ]
    assert given_answer["disagreements"] == [{"text": "words 2", "sides": [["2"], ["3", "4"]]}]
    assert given_answer["voices"] == [{"text": "words 5", "message": "5", "kind": "view"}]
    assert (given_answer["agreements"], given_answer["vectors"]) == (["4"], "TF-IDF")
    assert given_answer["balance"] == {"people": 60, "percent": 31}


def test_limits_that_are_not_given_are_the_usual_ones() -> None:
    assert thread_from_data(given_thread())[1] == SummaryOptions()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], 'A thread must be a JSON object with "id", "prompt" and "messages".'),
        ({"id": "t", "prompt": ""}, 'The thread needs "messages", a list of messages.'),
        (given_thread(SECRET), 'Message 1 must be a JSON object with "id", "author" and "text".'),
        (given_thread(message(), message(id="2", text=3)), 'Message 2 has a "text" that isn’t text.'),
        (given_thread({"id": "1", "author": SECRET}), 'Message 1 has no "text".'),
        (given_thread(message(author="")), 'Message 1 needs "author", a text that isn’t empty or a whole number.'),
        (given_thread(message(id=True)), 'Message 1 needs "id", a text that isn’t empty or a whole number.'),
        (given_thread(message(endorsers=SECRET)), 'Message 1 has "endorsers" that aren’t a list of names.'),
        (
            given_thread(message(endorsers=[None])),
            'Message 1 needs "endorsers", a text that isn’t empty or a whole number.',
        ),
        (given_thread(message(reply_to=[])), 'Message 1 needs "reply_to", a text that isn’t empty or a whole number.'),
        (given_thread(message(), message()), "Messages 1 and 2 have the same id. Each message needs its own."),
        (given_thread(prompt=7), 'The thread has a "prompt" that isn’t text.'),
        (given_thread(id=None), 'The thread needs "id", a text that isn’t empty or a whole number.'),
        (given_thread(budget_words=0), 'The thread has a "budget_words" that isn’t a whole number from 1 to 10000.'),
        (given_thread(max_points="5"), 'The thread has a "max_points" that isn’t a whole number from 1 to 100.'),
    ],
)
def test_malformed_threads_are_refused_with_the_place_and_no_words(data: object, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        thread_from_data(data)
    assert str(refused.value) == sentence
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"id": ' + b"9" * 5000 + b"}", SECRET.encode()]
)
def test_what_is_no_json_is_refused_calmly(text: bytes) -> None:
    with pytest.raises(UserError) as refused:
        thread_from_json(text)
    assert SECRET not in str(refused.value)


def test_a_byte_order_mark_and_half_characters_do_no_harm() -> None:
    text = b"\xef\xbb\xbf" + json.dumps(given_thread(message(text="Half \ud83d of it is here."))).encode()
    said, _ = thread_from_json(text)
    assert json.dumps(summary_to_data(summarise(said)), ensure_ascii=False).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "prompt", "messages", "author", "text", "reply_to", "channel"]), inner)
    ),
    max_leaves=25,
)


@given(JSON)
def test_any_json_is_read_or_refused_with_a_sentence(data: object) -> None:
    try:
        said, options = thread_from_data(data)
    except UserError:
        return  # refused with a sentence; anything else would fail the test
    assert summarise(said, options).thread == said.id


def test_an_answer_has_the_agreed_form() -> None:
    said = discussion("discharge")
    given_answer: dict[str, Any] = json.loads(json.dumps(summary_to_data(summarise(said))))
    assert list(given_answer) == [
        *("id", "summary", "points", "voices", "disagreements", "agreements"),
        *("questions", "balance", "coverage", "vectors"),
    ]
    point = given_answer["points"][0]
    assert list(point) == ["text", "kind", "support", "possible", "suggested", "endorsements", "quotes"]
    assert point["support"] == [quote["message"] for quote in point["quotes"]]
    assert given_answer["coverage"] == {
        "read": 22,
        "held": 24,
        "people": 22,
        "left_out": {"no words of their own": 1, "only a greeting, thanks or agreement": 1},
    }


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"thread": 1}', "[" * 100_000, SECRET])
def test_what_is_no_stored_summary_is_refused_without_its_words(text: str) -> None:
    with pytest.raises(ValueError, match="not a stored summary") as refused:
        summary_from_json(text)
    assert SECRET not in str(refused.value)


def test_a_summary_is_read_that_was_stored_with_how_its_points_stand_to_the_passage() -> None:
    summary = summarise(discussion("discharge"))
    stored = json.loads(summary_to_json(summary))
    for point in stored["points"]:
        point["toward"] = "challenges"

    assert summary_from_json(json.dumps(stored)) == summary


def exported(**changes: object) -> dict[str, object]:
    author = {"id": "77", "name": "somebody", "discriminator": "0000", "nickname": "Somebody", "isBot": False}
    return {
        "id": "100",
        "type": "Default",
        "timestamp": "2018-08-06T09:00:00+00:00",
        "timestampEdited": None,
        "isPinned": False,
        "content": "The canteen shuts before we start.",
        "author": author,
        "attachments": [],
        "reactions": [],
        "mentions": [],
        **changes,
    }


def chat(*messages: object) -> dict[str, object]:
    return {
        "guild": {"id": "1", "name": "Somewhere", "iconUrl": ""},
        "channel": {"id": "55", "type": "GuildTextChat", "categoryId": "2", "name": "week-1", "topic": "Night work"},
        "dateRange": {"after": None, "before": None},
        "messages": list(messages),
        "messageCount": len(messages),
    }


def test_a_file_of_discordchatexporter_is_read_without_bots_and_notices() -> None:
    said, _ = thread_from_data(
        chat(
            exported(),
            exported(id="101", type="Reply", reference={"messageId": "100", "channelId": "55", "guildId": "1"}),
            exported(id="102", author={"id": "9", "isBot": True}),
            exported(id="103", type="ChannelPinnedMessage", content="Pinned a message."),
            exported(id="104", type="20"),
        )
    )
    text = "The canteen shuts before we start."
    assert said == Thread("55", "Night work", (Message("100", "77", text), Message("101", "77", text, "100")))


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("x", "Message 1 of the exported chat isn’t a JSON object."),
        (exported(author=None), 'Message 1 of the exported chat has no "author" with an "id".'),
        (exported(content=None), 'Message 1 of the exported chat needs an "id" and a "content" that is text.'),
    ],
)
def test_a_broken_export_is_refused_with_the_place(entry: object, sentence: str) -> None:
    with pytest.raises(UserError, match="^" + sentence.replace(".", r"\.") + "$"):
        thread_from_data(chat(entry))


def test_a_point_of_a_thread_of_one_keeps_its_statement_in_the_answer() -> None:
    said = thread("The canteen shuts before we start.")
    assert summary_to_data(summarise(said))["points"] == [
        {
            "text": "The canteen shuts before we start",
            "kind": "view",
            "support": ["m1"],
            "possible": [],
            "suggested": [],
            "endorsements": 0,
            "quotes": [{"message": "m1", "text": "The canteen shuts before we start."}],
        }
    ]
