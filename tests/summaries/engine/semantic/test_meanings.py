"""How close the thoughts of one thread are in meaning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.summaries.engine.reading import read
from bot.summaries.engine.semantic import Meanings
from tests.examples import examples
from tests.summaries.engine.semantic.models import minilm
from tests.summaries.threads import discussion, texts

CANTEEN = ("There is nowhere to sit down and eat at night, the canteen shuts at seven.", "the canteen closes at seven")


def thoughts(name: str) -> list[str]:
    return [unit.text for unit in read(discussion(name)).units]


def starting(said: list[str], words: str) -> int:
    return next(index for index, text in enumerate(said) if words in text)


def test_what_two_people_say_in_other_words_comes_first_among_all_thoughts() -> None:
    said = thoughts("night-staffing")
    one, other = (starting(said, words) for words in CANTEEN)

    likeness = Meanings(minilm(), said).similarity(one)

    assert [int(index) for index in np.argsort(-likeness)[:2]] == [one, other]
    assert likeness[other] > 0.6
    assert np.median(likeness) < 0.1


def test_what_all_thoughts_share_makes_none_alike() -> None:
    said = thoughts("discharge")
    raw = minilm().encode(said)

    meanings = Meanings(minilm(), said)

    assert np.median(raw @ raw.T) > 0.15
    assert np.median([meanings.similarity(index) for index in range(len(said))]) < 0.05


def test_a_thought_is_alike_to_itself_and_the_likeness_is_mutual() -> None:
    said = thoughts("discharge")
    meanings = Meanings(minilm(), said)
    table = np.array([meanings.similarity(index) for index in range(len(said))])

    assert np.abs(np.diag(table) - 1).max() < 1e-4
    assert np.abs(table - table.T).max() < 1e-4
    assert np.abs(table).max() < 1.0001


def test_words_that_are_no_thought_of_the_thread_can_be_placed_in_it() -> None:
    said = thoughts("night-staffing")
    meanings = Meanings(minilm(), said)

    likeness = meanings.similarity(meanings.vector("The canteen shuts early, so nobody gets hot food at night."))

    assert int(np.argmax(likeness)) in {starting(said, words) for words in CANTEEN}


def test_a_text_said_500_times_is_not_taken_for_the_matter_of_the_thread() -> None:
    once = ["Nobody answers our incident reports.", "The rota comes too late.", "We never hear back about Datix."]
    often = [*once, *once[:1] * 500]

    few, many = Meanings(minilm(), once), Meanings(minilm(), often)

    assert np.allclose(few.similarity(0), many.similarity(0)[:3], atol=1e-4)
    assert many.similarity(0)[3:].min() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("said", [[], ["The rota is late."], ["The rota is late."] * 3, [""]])
def test_few_thoughts_are_no_fault(said: list[str]) -> None:
    meanings = Meanings(minilm(), said)

    assert meanings.similarity(meanings.vector("The rota is late.")).shape == (len(said),)
    assert all(meanings.similarity(index).min() > 0.99 for index in range(len(said)))


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(texts, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_thoughts_changes_nothing(said: list[str], chance: object) -> None:
    order = list(range(len(said)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    one, other = Meanings(minilm(), said), Meanings(minilm(), [said[index] for index in order])

    assert np.abs(one.similarity(order[0])[order] - other.similarity(0)).max() < 1e-3
