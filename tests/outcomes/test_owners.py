"""Owners are roles: usual ones pass, and what reads like a person's name is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.outcomes.owners import LONGEST_OWNER, ROLES, check_owner, is_like_a_name, is_usual

KNOWN = ("Temperance Ogunleye (Ward 7)", "Director Dan", "finance.lead")


def test_usual_roles_fit_a_list_are_taken_and_read_like_no_name() -> None:
    assert len(ROLES) <= 24
    for role in ROLES:
        assert check_owner(role) == role
        assert is_usual(f" {role.upper()} ")
        assert not is_like_a_name(role)


@pytest.mark.parametrize(
    "name",
    [
        "Sarah Jones",
        "sarah",
        "Matron Hope",
        "Sister Byron",
        "Nkosana Dlamini",
        "Thandiwe A. Mbeki",
        "Ogunleye",
        "Director of Nursing, Sarah Jones",
        "temperance",
    ],
)
def test_a_title_a_first_name_a_display_name_and_a_full_name_read_like_a_person(name: str) -> None:
    assert is_like_a_name(name, KNOWN)
    assert not is_usual(name)


@pytest.mark.parametrize("role", ["Bank team", "Rota coordinator", "Quality and Safety Committee", "Ward 9 night team"])
def test_other_roles_do_not(role: str) -> None:
    assert not is_like_a_name(role, KNOWN)


@given(st.text(max_size=120))
def test_whatever_is_typed_is_one_short_line_or_refused(typed: str) -> None:
    try:
        owner = check_owner(typed)
    except UserError:
        return
    assert len(owner) <= LONGEST_OWNER
    assert len(owner.splitlines()) <= 1
    is_like_a_name(owner, (typed,))
