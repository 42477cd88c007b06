"""What a statement is, where its words carry it: a proposal, a question or an offer; else it is only a view."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.summaries import Kind, SummaryOptions
from bot.summaries import summarise
from bot.summaries.engine.kinds import is_joke, kind_of
from tests.summaries.threads import NAMES, discussion, texts

TOLD = {Kind.PROPOSAL, Kind.QUESTION, Kind.OFFER, Kind.VIEW}
WALLS = (
    "a" * 4_000,
    "we " * 1_400,
    "could the " * 400,
    "really very so just quite " * 160,
    "should " * 600,
    "(" * 2_000 + ")" * 2_000,
    "n't" * 1_300,
    "'s' " * 1_000,
    "one the would not say that it is really very so just " * 80,
    "haha" * 1_000,
    " " * 4_000,
    "\n" * 4_000,
    "😂" * 4_000,
    "lo" + "l" * 4_000,
)
TELLING = "we should not i have could the why how about let's need told ? , . n't ' really lol please - … give us"


@pytest.mark.parametrize(
    "text",
    [
        "Could we have a later bus?",
        "Why not ask the porters?",
        "Scrap the paper one",
        "Let's try a shorter handover",
        "We need a second printer",
        "Give us a break room",
        "The managers should come round at night",
        "What about a list on the door",
    ],
)
def test_who_wants_something_done_proposes(text: str) -> None:
    assert kind_of(text) is Kind.PROPOSAL


@pytest.mark.parametrize(
    "text", ["I'm happy to help with the rota", "I'll show you how it works", "We can show any new starter round"]
)
def test_who_will_do_it_offers(text: str) -> None:
    assert kind_of(text) is Kind.OFFER


@pytest.mark.parametrize(
    "text",
    [
        "They should have told us",
        "It should've been sorted years back",
        "He could have asked first",
        "She told me that I should lose weight",
        "Somebody said we should be ashamed of ourselves",
        "They shouldn't have moved the clinic",
    ],
)
def test_what_should_have_been_done_and_reported_insults_are_no_proposals(text: str) -> None:
    assert kind_of(text) is Kind.VIEW


@pytest.mark.parametrize(
    "text",
    [
        "We should all work for free then lol",
        "Just put the chief exec on nights 😂",
        "Yeah right, we should ask the board for a pay rise.",
        "We could always train the cat to do it ;)",
    ],
)
def test_a_joke_is_only_a_view(text: str) -> None:
    assert is_joke(text)
    assert kind_of(text) is Kind.VIEW


@pytest.mark.parametrize(
    "text",
    [
        "I worry about the night shift",
        "I saw a patient wait for six hours",
        "Our manager is brilliant",
        "The rota is late",
    ],
)
def test_what_the_words_do_not_carry_is_a_view_and_no_guess(text: str) -> None:
    assert kind_of(text) is Kind.VIEW


def test_a_question_that_wants_an_answer_is_one_whatever_its_words() -> None:
    assert kind_of("Can we move the printer", question=True) is Kind.QUESTION


@pytest.mark.parametrize("name", NAMES)
def test_a_summary_tells_no_other_kinds(name: str) -> None:
    summary = summarise(discussion(name), SummaryOptions(max_points=100))
    assert {point.kind for point in (*summary.points, *summary.voices)} <= TOLD


@given(texts, st.booleans())
def test_any_text_has_a_kind_and_the_same_one_each_time(text: str, question: bool) -> None:
    first = kind_of(text, question=question)
    assert first in TOLD
    assert kind_of(text, question=question) is first


@given(st.lists(st.sampled_from(TELLING.split()), max_size=150))
def test_any_run_of_the_words_that_tell_a_kind_has_one(words: list[str]) -> None:
    assert kind_of(" ".join(words)) in TOLD


@pytest.mark.parametrize("wall", WALLS, ids=range(len(WALLS)))
def test_a_wall_of_text_takes_no_time(wall: str) -> None:
    before = time.process_time()
    for text in (wall, wall + "?", "We " + wall + " hm"):
        assert kind_of(text) in TOLD
    assert time.process_time() - before < 1
