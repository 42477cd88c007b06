"""What a statement is: an experience, a concern, a proposal, a question, an offer, praise, or only a view."""

from __future__ import annotations

import time
from itertools import permutations
from pathlib import Path

import pytest
from benchmarks.sentence_kinds import OWN, labelled, scores
from hypothesis import given
from hypothesis import strategies as st

from bot.models.summaries import Kind
from bot.summaries.engine.kinds import kind_of, kind_of_point

LEAST_RIGHT = 0.9
LEAST_FOUND = 0.8
SAID = [kind for kind in Kind if kind is not Kind.VIEW]
WALLS = (
    "a" * 4_000,
    "we " * 1_400,
    "could the " * 400,
    "really very so just quite " * 160,
    "should " * 600,
    "?" * 4_000,
    "(" * 2_000 + ")" * 2_000,
    "n't" * 1_300,
    "'s' " * 1_000,
    "i have been " * 330 + "?",
    "would not say that it is really very so just " * 90,
    "haha" * 1_000,
    " " * 4_000,
    "\n" * 4_000,
    "😂" * 4_000,
    "lo" + "l" * 4_000,
    "more " * 800,
)


TELLING = "we should not i have could the why ? , . n't ' really lol please - …"


def kind(text: str) -> Kind:
    return kind_of(text, text)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_kind_that_is_given_is_nearly_always_the_right_one(path: Path) -> None:
    for name, (precision, recall, _) in scores(labelled(path)).items():
        assert precision >= LEAST_RIGHT, name
        assert recall >= LEAST_FOUND, name


@pytest.mark.parametrize(
    "text",
    [
        "We should all work for free then lol",
        "Just put the chief exec on nights 😂",
        "Yeah right, we should ask the board for a pay rise.",
        "We could always train the cat to do it ;)",
        "Great, another survey, that will fix it.",
    ],
)
def test_a_joke_or_sarcasm_is_only_a_view(text: str) -> None:
    assert kind(text) is Kind.VIEW


@pytest.mark.parametrize(
    "text", ["They should have told us.", "It should've been sorted years back.", "He could have asked first."]
)
def test_what_should_have_been_done_is_no_proposal(text: str) -> None:
    assert kind(text) is not Kind.PROPOSAL


@pytest.mark.parametrize(
    "text", ["Who knew?", "It's hardly rocket science, is it?", "Isn't that always the way?", "What's the point?"]
)
def test_a_rhetorical_question_is_no_question(text: str) -> None:
    assert kind(text) is not Kind.QUESTION


def test_a_proposal_or_an_offer_put_as_a_question_is_what_it_is() -> None:
    assert kind("Could we have a later bus?") is Kind.PROPOSAL
    assert kind("Can I help with the new rota?") is Kind.OFFER
    assert kind_of("Can I help with the new rota", "Can I help with the new rota?", question=True) is Kind.OFFER


def test_the_rest_of_the_sentence_tells_what_most_of_it_is() -> None:
    sentence = "A short handover at eight on nights should be tried."
    assert kind_of("A short handover", sentence) is Kind.VIEW
    assert kind_of("A short handover at eight on nights", sentence) is Kind.PROPOSAL


def test_a_joke_in_the_sentence_takes_its_part_with_it() -> None:
    assert kind_of("We should all move to Spain", "We should all move to Spain, only joking") is Kind.VIEW


@given(st.text(max_size=300), st.text(max_size=300), st.booleans())
def test_any_text_has_a_kind_and_the_same_one_each_time(statement: str, sentence: str, question: bool) -> None:
    first = kind_of(statement, sentence, question=question)
    assert first in Kind
    assert kind_of(statement, sentence, question=question) is first


@given(st.lists(st.sampled_from(TELLING.split()), max_size=150))
def test_any_run_of_the_words_that_tell_a_kind_has_one(words: list[str]) -> None:
    assert kind(" ".join(words)) in Kind


@pytest.mark.parametrize("wall", WALLS, ids=range(len(WALLS)))
def test_a_wall_of_text_takes_no_time(wall: str) -> None:
    before = time.process_time()
    for text in (wall, wall + "?", "We " + wall + " hm"):
        assert kind_of(text, text) in Kind
    assert time.process_time() - before < 1


def test_a_point_of_nobody_is_a_view() -> None:
    assert kind_of_point([]) is Kind.VIEW


def test_what_the_heading_says_counts_twice() -> None:
    assert kind_of_point([(Kind.CONCERN, 1), (Kind.PROPOSAL, 1)]) is Kind.CONCERN
    assert kind_of_point([(Kind.CONCERN, 1), *[(Kind.PROPOSAL, 1.0)] * 3]) is Kind.PROPOSAL


def test_a_kind_that_few_say_is_not_given_to_the_point() -> None:
    assert kind_of_point([(Kind.VIEW, 1), *[(Kind.VIEW, 1.0)] * 5, (Kind.PRAISE, 1)]) is Kind.VIEW


@given(st.lists(st.tuples(st.sampled_from(Kind), st.floats()), max_size=8))
def test_any_weights_give_a_kind(kinds: list[tuple[Kind, float]]) -> None:
    assert kind_of_point(kinds) in Kind


@given(st.sampled_from(Kind), st.lists(st.tuples(st.sampled_from(Kind), st.floats(0, 1)), min_size=1, max_size=4))
def test_the_order_of_a_points_supporters_does_not_matter(heading: Kind, others: list[tuple[Kind, float]]) -> None:
    given_kinds = {kind_of_point([(heading, 1.0), *order]) for order in permutations(others)}
    assert len(given_kinds) == 1


@given(st.sampled_from(SAID), st.integers(1, 20))
def test_what_all_say_is_what_the_point_is(said: Kind, people: int) -> None:
    assert kind_of_point([(said, 1.0)] * people) is said
