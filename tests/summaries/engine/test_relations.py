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


TWICE = "We write everything twice, on paper and on the screen."
LEAST_FOUND = {
    ("relations", Relation.AGREES): 0.9,
    ("relations", Relation.DISAGREES): 0.8,
    ("relations_held_out", Relation.AGREES): 0.65,
    ("relations_held_out", Relation.DISAGREES): 0.85,
}
"""Shares of the labelled replies; the held out ones were looked at by nobody who wrote the rules."""


@pytest.mark.parametrize(("name", "told"), LEAST_FOUND)
def test_what_is_told_is_so_and_much_of_it_is_found(name: str, told: Relation) -> None:
    found = [(find_relation(text, answered), truth) for text, answered, truth in labelled(name)]
    right = sum(relation is told is truth for relation, truth in found)
    assert right / sum(relation is told for relation, _ in found) >= 0.95
    assert right / sum(truth is told for _, truth in found) >= LEAST_FOUND[name, told]


@pytest.mark.parametrize(
    "text",
    [
        *("The same with us", "Yep mine", "with Clive on this", "she's right about the trolleys", "Wish mine had"),
        *(
            "Cytuno'n llwyr",
            "💯",
            "+1",
            "👆",
            "This.",
            "Snap",
            "Same here",
            "Us too.",
            "Aye.",
            "Hear hear",
            "Neither do we",
        ),
        *("what Priya said", "Couldn't agree more", "Spot on Dawn", "I'm with Clive on this one.", "Lol, same on ours"),
        "Yes, and then the clerk types it a third time.",
        "@Priya totally agree, it took me an hour last night",
    ],
)
def test_how_people_at_work_say_that_they_agree_is_understood(text: str) -> None:
    assert find_relation(text, TWICE) is Relation.AGREES


@pytest.mark.parametrize(
    "text",
    [
        *("I can't go along with that", "It did for me, actually", "Tried that here", "Easy to say in theatres"),
        *("I disagree.", "Not on our ward.", "Speak for yourself", "Absolutely not", "We tried that and it failed."),
        *("Yes, but not on nights.", "Yeah right", "All very well for you", "But it works for us", "With respect, no."),
    ],
)
def test_how_people_at_work_say_that_they_do_not_is_understood(text: str) -> None:
    assert find_relation(text, TWICE) is Relation.DISAGREES


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Same old story",
            "No doubt about it",
            "No problem here",
            "True?",
            "Could you say more?",
            "",
            "> she's right",
        ),
        *("Totally agree, except for the weekend", "It isn't raining today.", "They don't serve soup on Mondays"),
        *("We use an app for swaps.", "Which ward is that?", "I was with Clive when the bleep went off"),
    ],
)
def test_what_only_sounds_like_agreeing_or_disagreeing_is_neither(text: str) -> None:
    assert find_relation(text, TWICE) is Relation.NEITHER


def test_no_to_a_question_is_an_answer_and_contradicts_nobody() -> None:
    assert find_relation("No, not on our ward.", "The forms came. Do you fill them in twice?") is Relation.NEITHER
    assert find_relation("No, not on our ward.", "You fill them in twice.") is Relation.DISAGREES


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
