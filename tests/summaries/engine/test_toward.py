"""How a statement stands to the passage that was posted: it supports, challenges or extends it, or none of these."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.stances import OWN, labelled, scores
from bot.models.summaries import Toward
from bot.summaries.engine.toward import find_direction

PASSAGE = "Every ward should have a named manager who answers for it. The rota is drawn up by the people who work it."
LEAST_RIGHT = 0.9
LEAST_FOUND = 0.7
TELLING = "the report is not right wrong this true on our ward agree with here exactly only also if ? , . n't '"
WALLS = (
    "the report " * 360,
    "not only " * 440,
    "this is " * 500,
    "the really report is " * 190,
    "agree with " * 360,
    "if the report " * 280,
    "a" * 4_000,
    "'" * 4_000,
    "“" * 2_000 + "”" * 2_000,
    " " * 4_000,
    "\n" * 4_000,
    "on our ward " * 330,
)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_where_a_statement_is_set_against_the_passage_it_nearly_always_is_rightly(path: Path) -> None:
    for name, (precision, recall, _) in scores(labelled(path)).items():
        assert precision >= LEAST_RIGHT, name
        assert recall >= LEAST_FOUND, name


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_statement_that_carries_nothing_is_given_nothing(path: Path) -> None:
    silent = [(passage, text) for passage, text, truth in labelled(path) if truth is None]
    assert silent
    assert [text for passage, text in silent if find_direction(text, passage) is not None] == []


def test_what_denies_a_sentence_of_the_passage_challenges_it() -> None:
    assert find_direction("The rota is not drawn up by the people who work it.", PASSAGE) is Toward.CHALLENGES


def test_words_copied_from_the_passage_take_no_side() -> None:
    assert find_direction("The rota is drawn up by the people who work it.", PASSAGE) is None
    assert find_direction("“The report is wrong” is what the paper said.", PASSAGE) is None


def test_a_statement_that_agrees_and_denies_takes_no_side() -> None:
    assert find_direction("The report is right about rotas, and the report ignores the rest.", PASSAGE) is None


def test_who_adds_to_what_they_agree_with_extends_it() -> None:
    assert (
        find_direction("I agree with the report and I would add that clerks need one too.", PASSAGE) is Toward.EXTENDS
    )


@pytest.mark.parametrize(
    "text",
    [
        "Is the report right?",
        "The report is right lol",
        "If the report is right we need ten more managers.",
        "I'm not sure the report is right.",
        "People who say the report is right have never been here.",
        "My report is right there on the desk.",
        "I agree with Sian.",
    ],
)
def test_what_is_asked_joked_doubted_or_said_of_others_supports_nothing(text: str) -> None:
    assert find_direction(text, PASSAGE) is not Toward.SUPPORTS


def test_nothing_is_said_of_a_passage_that_is_not_there() -> None:
    assert find_direction("The report is right.", " ") is None


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_get_the_same_answer_each_time(statement: str, passage: str) -> None:
    first = find_direction(statement, passage)
    assert first is None or first in Toward
    assert find_direction(statement, passage) is first


@given(st.lists(st.sampled_from(TELLING.split()), max_size=150))
def test_any_run_of_the_words_that_take_a_side_is_read(words: list[str]) -> None:
    found = find_direction(" ".join(words), PASSAGE)
    assert found is None or found in Toward


@pytest.mark.parametrize("wall", WALLS, ids=range(len(WALLS)))
def test_a_wall_of_text_takes_no_time(wall: str) -> None:
    before = time.process_time()
    for text in (wall, "We " + wall + " hm"):
        find_direction(text, PASSAGE)
        find_direction(text, wall)
    assert time.process_time() - before < 1
