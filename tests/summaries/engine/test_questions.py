"""What staff ask: questions that somebody wants answered, and not those that are a way of saying something."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.threads import Message, Thread
from bot.summaries import summarise
from bot.summaries.engine.questions import is_claim, is_question, wants_answer
from tests.summaries.threads import thread

CANTEEN = "The canteen shuts before the night shift starts."


def asked(text: str) -> bool:
    return is_question(text) and wants_answer(text, is_last=True, is_answered=False)


@pytest.mark.parametrize(
    "text",
    [
        "Who reads our incident reports?",
        "Does anyone know when the new rota comes out?",
        "Can I ask who decides this?",
        "How do you book the room?",
        "What do you do on your ward?",
        "Is it allowed to swap shifts?",
        "Why can't we have a later bus?",
        "does anyone have the form",
        "Which winter?",
    ],
)
def test_who_wants_to_know_something_asks(text: str) -> None:
    assert asked(text)
    assert [question.text for question in summarise(thread(text, CANTEEN)).questions] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Isn't that what we asked for last winter?",
        "Since when did anyone ask the porters?",
        "It's hardly rocket science, is it?",
        "What's the point of another survey?",
        "Do they think we have four hands?",
        "Who would do that for the money?",
        "Why bother with the forms?",
        "Who knew?",
        "So what?",
    ],
)
def test_what_is_said_in_the_form_of_a_question_asks_nothing(text: str) -> None:
    assert is_question(text)
    assert not asked(text)
    assert summarise(thread(text, CANTEEN)).questions == ()


def test_a_question_that_says_something_may_be_a_point_and_one_that_does_not_is_none() -> None:
    says = "Isn't a later bus what the night porters asked for?"
    assert is_claim(says)
    assert [point.statement for point in summarise(thread(says)).points] == [says]
    assert not is_claim("What's the point of another survey about the canteen?")
    assert summarise(thread("What's the point of another survey about the canteen?")).points == ()


def test_a_question_in_the_middle_is_asked_where_somebody_answers_it() -> None:
    text = "Why is the clinic on the third floor? We carry the notes up. We carry them down."
    alone = Thread("t", "", (Message("1", "a", text),))
    answered = Thread("t", "", (*alone.messages, Message("2", "b", "The ground floor was flooded in May.", "1")))
    assert summarise(alone).questions == ()
    assert [question.message for question in summarise(answered).questions] == ["1"]


def test_a_complaint_of_many_words_that_ends_in_a_mark_is_no_question() -> None:
    wall = f"why is it that {'the forms come back and the phone rings and ' * 4}nobody is there?"
    assert not asked(wall)


def test_questions_stand_apart_from_points() -> None:
    summary = summarise(thread("Who reads our incident reports?", CANTEEN))
    assert [question.text for question in summary.questions] == ["Who reads our incident reports?"]
    assert [point.statement for point in summary.points] == [CANTEEN.rstrip(".")]
    assert summary.voices == ()


def test_a_question_asked_twice_is_listed_once() -> None:
    summary = summarise(thread("Can the app show annual leave?", "Could the app show annual leave please?"))
    assert len(summary.questions) == 1


@given(st.text(max_size=200), st.booleans(), st.booleans())
def test_any_text_is_a_question_or_none_every_time(text: str, is_last: bool, is_answered: bool) -> None:
    said = is_question(text), is_claim(text), wants_answer(text, is_last=is_last, is_answered=is_answered)
    assert said == (is_question(text), is_claim(text), wants_answer(text, is_last=is_last, is_answered=is_answered))


@pytest.mark.parametrize("wall", ["why " * 1000, "?" * 4000, "is it " * 700 + "?", "so, but, and " * 300 + "?"])
def test_a_wall_of_text_takes_no_time(wall: str) -> None:
    before = time.process_time()
    for text in (wall, f"{wall} we ask"):
        wants_answer(text, is_last=True, is_answered=True)
        is_question(text)
        is_claim(text)
    assert time.process_time() - before < 1
