"""What organisers type is read as an outcome, or refused with what to do."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.outcomes.decision import read_decision, read_refs
from bot.outcomes.owners import check_owner

DOING = Decision(OutcomeState.DOING, "We hire.", owner="Matron", due=date(2026, 3, 2))


@pytest.mark.parametrize("typed", ["P12-1, P12-b2n", "p12-1;P12-B2N", "P12-1 P12-b2n P12-1"])
def test_points_are_named_one_or_several_at_once(typed: str) -> None:
    assert read_refs(typed) == (PointRef(12, "1"), PointRef(12, "b2n"))


@pytest.mark.parametrize("typed", ["", "nights", "P12", "P12-1, nights", ", ".join(f"P1-{n}" for n in range(26))])
def test_anything_else_is_no_point(typed: str) -> None:
    with pytest.raises(UserError):
        read_refs(typed)


def test_what_is_not_given_stays_and_none_takes_the_day_away() -> None:
    after = read_decision(DOING, what="We hired.", state="done", due="None")

    assert after == Decision(OutcomeState.DONE, "We hired.", owner="Matron")
    assert read_decision(DOING, due="6 August 2026").due == date(2026, 8, 6)


def test_what_is_not_possible_needs_a_reason_and_a_reason_goes_when_it_is_possible_after_all() -> None:
    with pytest.raises(UserError, match="reason"):
        read_decision(DOING, state="not possible", reason="  ")
    refused = read_decision(DOING, state="not possible", reason="It costs too much.")

    assert refused.reason == "It costs too much."
    assert read_decision(refused, state="doing").reason == ""
    with pytest.raises(UserError, match="plain words"):
        read_decision(None, state="done", what=" ")


@pytest.mark.parametrize(
    "role", ["Director of Nursing", "Ward 7 manager", "HR, e.g. the bank team", "Estates & parking"]
)
def test_a_role_may_own_an_outcome(role: str) -> None:
    assert check_owner(f" {role} ") == role


@pytest.mark.parametrize(
    "person", ["<@123>", "@ada", "ada_lovelace", "ada.l", "ada99", "Ada#1234", "Dr Ada Byron", "1" * 18]
)
def test_a_person_or_an_account_may_not(person: str) -> None:
    with pytest.raises(UserError, match="role"):
        check_owner(person)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(typed: str) -> None:
    for read in (read_refs, check_owner, lambda text: read_decision(None, state="done", what="x", due=text)):
        assert refusal_of(read, typed) != ""


def refusal_of(read: Callable[[str], object], typed: str) -> str | None:
    """What is said where it is refused; None where it is read."""
    try:
        read(typed)
    except UserError as error:
        return str(error)
    return None
