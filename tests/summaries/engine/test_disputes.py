"""Disagreements: two sides of people who answered each other so, and of nobody else."""

from __future__ import annotations

import pytest

from bot.models.summaries import Role
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from tests.summaries.threads import thread

CLAIM = Message("1", "a", "The new record system is slow and it freezes when two people open one patient.")
AGAINST = Message("2", "b", "I disagree about the record system, it saved us hours on the ward round.", "1")


def sides(*messages: Message) -> list[tuple[str, list[str], list[str]]]:
    """What is disputed in a thread, and whose messages stand on either side."""
    said = Thread("t", "What would help your team?", messages)
    summary = summarise(said)
    assert check_summary(summary, said) == ()
    stands = [[[quote.message for quote in side.quotes] for side in dispute.sides] for dispute in summary.disagreements]
    return [
        (dispute.statement, here, there) for dispute, (here, there) in zip(summary.disagreements, stands, strict=True)
    ]


def test_who_disagrees_by_an_answer_is_set_against_the_statement_that_they_take_up() -> None:
    ((statement, here, there),) = sides(CLAIM, AGAINST)
    assert (here, there) == (["1"], ["2"])
    assert statement.startswith("The new record system is slow")


@pytest.mark.parametrize(
    "other",
    [
        "Huddles are brilliant on our ward.",
        "Huddles are not a waste of time.",
        "I disagree that huddles are a waste of time.",
        "Huddles would be brilliant if the doctors came.",
        "Someone said “huddles are brilliant” on the radio.",
    ],
)
def test_opposite_words_that_answer_nobody_are_no_disagreement(other: str) -> None:
    summary = summarise(thread("Huddles are a waste of time.", other, "Parking costs more than my lunch."))
    assert summary.disagreements == ()


def test_who_agrees_with_either_stands_on_that_side() -> None:
    more = (
        Message("3", "c", "Same here", "1"),
        Message("4", "d", "Agreed, it saves us hours as well.", "2"),
        Message("5", "e", "I can't go along with that", "2"),
        Message("6", "f", "Exactly.", "5"),
    )
    ((_, here, there),) = sides(CLAIM, AGAINST, *more)
    assert (here, there) == (["1", "3", "5", "6"], ["2", "4"])


def test_those_who_agreed_before_anybody_disagreed_are_on_the_first_side() -> None:
    ((_, here, there),) = sides(CLAIM, Message("3", "c", "Same here", "1"), AGAINST)
    assert (here, there) == (["1", "3"], ["2"])


def test_who_changes_sides_stands_on_neither() -> None:
    ((_, here, there),) = sides(
        CLAIM, AGAINST, Message("3", "c", "Same here", "1"), Message("4", "c", "Same here", "2")
    )
    assert (here, there) == (["1"], ["2"])


def test_nobody_disputes_their_own_words_or_a_message_that_says_nothing() -> None:
    assert sides(CLAIM, Message("2", "a", "No, that is wrong of me.", "1")) == []
    assert sides(Message("1", "a", "Thanks all 🙏"), Message("2", "b", "I disagree, with respect.", "1")) == []


def test_a_short_answer_that_takes_a_side_is_read_and_its_quote_says_how() -> None:
    claim = Message("1", "a", "The new app never works on the wards.")
    said = Thread("t", "", (claim, Message("2", "b", "Ours does.", "1"), Message("3", "c", "Ours doesn't.", "1")))
    summary = summarise(said)

    assert summary.coverage.read == 3
    assert [[side.people for side in found.sides] for found in summary.disagreements] == [[2, 1]]
    roles = {quote.message: quote.role for side in summary.disagreements[0].sides for quote in side.quotes}
    assert roles == {"1": Role.WROTE, "2": Role.WROTE, "3": Role.AGREED}
    assert (summary.points[0].people, summary.agreements) == (2, ("3",))
    assert check_summary(summary, said) == ()


def test_the_dispute_of_most_people_comes_first() -> None:
    other = Message("7", "g", "The last bus leaves before the late shift ends.")
    more = (other, Message("8", "h", "It doesn't, there is one at ten.", "7"), Message("9", "i", "+1", "2"))
    assert [here[0] for _, here, _ in sides(CLAIM, AGAINST, *more)] == ["1", "7"]
