"""The questions that are suggested for a passage, and the cues that they go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import load_pack, suggest_questions
from bot.library.acts import Act, count_acts, read_acts
from bot.library.questions import FITTED_QUESTIONS, PLAIN_QUESTIONS

OPENERS = {"How", "What", "When", "Where", "Which", "Who", "Why", "If"}
LABELLED = json.loads((Path(__file__).parent / "labelled_passages.json").read_text(encoding="utf-8"))
"""Sixty passages, written for this purpose, with what each does in the eyes of a person."""
FEWEST_FOUND = {Act.RECOMMENDS: 0.75, Act.WARNS: 0.5}
"""How many of the labels the cues find at least. What they find has to be right, always."""


@pytest.mark.parametrize("act", Act)
def test_a_question_is_fitted_to_a_labelled_passage_only_where_it_fits(act: Act) -> None:
    found = [passage for passage in LABELLED if act in read_acts(passage["text"])]
    labelled = [passage for passage in LABELLED if act.value in passage["does"]]

    assert [passage["text"] for passage in found if act.value not in passage["does"]] == []
    assert len(found) >= FEWEST_FOUND[act] * len(labelled)


def test_a_title_with_a_point_does_not_make_two_sentences_of_one() -> None:
    assert count_acts("Dr. Smith says that managers should listen. Boards should ask.")[Act.RECOMMENDS] == 2


@pytest.mark.parametrize(
    "text",
    [
        "Practitioners are alert to the possibility that children are bullied or neglected at home.",
        "Leaders address discrimination and promote equality, and schools reduce bullying.",
        "A near miss is a mistake that could do harm but fails to do so by chance.",
        "Vendors collect reports of deaths, injuries and unsafe conditions.",
        "This method was not used, because of a lack of detailed information.",
        "If the user failed to follow the instructions, the vendor is not liable.",
        "We will never be afraid to act, and courses meet skills shortages.",
        "Secure homes are a last resort when all other ways have been exhausted.",
        "Supervisors learn from mistakes rather than blaming people.",
        "Neglect may involve a carer failing to give a child food, or a pupil who has failed to attend.",
        "The helpline is for those who are worried about friends, and children may struggle with trust.",
        "Some adapt a system too much or too little to their ward.",
        "Should both sides wish to go on, the authority draws up an agreement.",
        "With all the new projects we need to be acutely aware that time is short.",
        "Here are the main sources that trusts should find useful.",
    ],
)
def test_what_is_prevented_defined_or_only_thought_of_is_no_finding_and_no_advice(text: str) -> None:
    assert read_acts(text) == ()


def test_sixty_passages_are_labelled_and_some_of_them_do_nothing_special() -> None:
    assert len({passage["text"] for passage in LABELLED}) == 60
    assert sum(not passage["does"] for passage in LABELLED) >= 15


def test_five_plain_questions_come_first_whatever_the_passage_is() -> None:
    for text in ("", "Trusts should act at once.", "Wards are short of staff.", "It stands beside the river."):
        assert suggest_questions(text)[:5] == PLAIN_QUESTIONS


def test_fitted_questions_follow_and_what_the_passage_does_most_comes_first() -> None:
    text = "Boards must listen. They should act. Wards are short of staff."

    fitted = FITTED_QUESTIONS[Act.RECOMMENDS] + FITTED_QUESTIONS[Act.WARNS]

    assert suggest_questions(text) == PLAIN_QUESTIONS + fitted


@pytest.mark.parametrize(
    "text",
    [
        "How should a record be designed?",
        "- Whether data should be treated differently.",
        "It should be noted that figures may not add up.",
        "Respondents were asked whether they struggled to recruit.",
        "He died of heart failure.",
        "It is not clear whether boards should publish the figures.",
        "The team asked how records should be kept.",
        "All letters should be addressed to the clerk.",
        "This balances the “should” and the “could” of a new tool.",
        "That should never have happened.",
        "A line of people stood in the rain, which freed up time to talk.",
        "The committee on threats met each week, and each risk was given a number.",
    ],
)
def test_a_question_a_method_and_an_illness_do_nothing(text: str) -> None:
    assert read_acts(text) == ()


@given(st.text(max_size=300) | st.sampled_from([card.text for card in load_pack("no_more_heroes").passages]))
def test_any_text_gets_short_open_questions_that_stay_the_same(text: str) -> None:
    questions = suggest_questions(text)
    assert questions == suggest_questions(text)
    assert 5 <= len(set(questions)) == len(questions) <= 9
    for question in questions:
        assert question.endswith("?")
        assert question.split()[0] in OPENERS
        assert len(question) <= 100  # a select's option shows no more
