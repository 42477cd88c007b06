"""The helper that looks for the product's texts fails where a text is not there, and where it could not fail."""

from __future__ import annotations

import pytest

from tests.wording import opening, says

KEPT = "Your answers to points {first} to {last} are kept."
PLACED = "It is in <#{}>, until {}."


def test_a_text_is_found_with_any_value_in_its_fields() -> None:
    assert says("Thank you. Your answers to points 1 to 4 are kept.", KEPT)
    assert says("It is in <#12>, until Friday.", PLACED)


def test_a_given_field_has_to_be_there_as_it_is() -> None:
    assert says("Your answers to points 1 to 4 are kept.", KEPT, last=4)
    assert not says("Your answers to points 1 to 4 are kept.", KEPT, last=5)
    assert says("It is in <#12>, until Friday.", PLACED, 12)
    assert not says("It is in <#12>, until Friday.", PLACED, 12, "Monday")


def test_a_text_in_two_lines_or_with_other_words_is_not_found() -> None:
    assert not says("Your answers to points 1\nto 4 are kept.", "Your answers to points {first} are kept.")
    assert not says("Your answers to points 1 to 4 are gone.", KEPT)


def test_a_text_opens_with_what_stands_before_its_first_field() -> None:
    assert opening(KEPT) == "Your answers to points "
    assert opening("No field at all.") == "No field at all."


def test_what_could_not_fail_is_refused() -> None:
    with pytest.raises(ValueError, match="too few words"):
        says("It is on.", "{what} is {state}")
    with pytest.raises(ValueError, match="too few words"):
        opening("{points} points can be answered.")
    with pytest.raises(ValueError, match="no field date"):
        says("Your answers to points 1 to 4 are kept.", KEPT, date="today")
