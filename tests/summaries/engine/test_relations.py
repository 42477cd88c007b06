"""How a reply stands to what it answers, on replies that people labelled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summaries.engine.relations import Relation, find_relation

HERE = Path(__file__).parent


def labelled(name: str) -> list[tuple[str, str, Relation]]:
    pairs = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return [(pair["text"], pair["answered"], Relation(pair["relation"])) for pair in pairs]


@pytest.mark.parametrize("name", ["relations", "relations_held_out"])
@pytest.mark.parametrize("told", [Relation.AGREES, Relation.DISAGREES])
def test_what_is_told_is_so_and_much_of_it_is_found(name: str, told: Relation) -> None:
    found = [(find_relation(text, answered), truth) for text, answered, truth in labelled(name)]
    right = sum(one is told is truth for one, truth in found)
    assert right / sum(one is told for one, _ in found) >= 0.95
    assert right / sum(truth is told for _, truth in found) >= 0.55


@pytest.mark.parametrize(
    ("answered", "text", "expected"),
    [
        ("The app saves time.", "It does.", Relation.AGREES),
        ("The app saves time.", "It doesn't.", Relation.DISAGREES),
        ("The app never works.", "Ours does.", Relation.DISAGREES),
        ("The app never works.", "Ours doesn't.", Relation.AGREES),
        ("Does the app save time?", "It does.", Relation.NEITHER),
        ("The app saves time.", "It isn't raining today.", Relation.NEITHER),
    ],
)
def test_taking_up_the_verb_alone_agrees_or_contradicts(answered: str, text: str, expected: Relation) -> None:
    assert find_relation(text, answered) is expected


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_have_one_relation_every_time(text: str, answered: str) -> None:
    assert find_relation(text, answered) is find_relation(text, answered)


@pytest.mark.parametrize(
    "wall", ["no " * 1400, "is not the " * 400, "I" + " very" * 900, "our x " * 700, "but, " * 900]
)
def test_long_texts_are_read_quickly_enough_to_answer_at_all(wall: str) -> None:
    assert find_relation(wall, wall) in Relation
