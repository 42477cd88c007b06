"""Counts, lists and text that shows nothing, as all pages, cards and files write them."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.text.clean import clean_line, strip_harmful
from bot.text.markdown import escape_markdown, escape_staff_words
from bot.text.words import count_people, human_join, parse_numbers, plural


def test_counts_agree_with_their_noun_and_have_their_comma() -> None:
    assert [plural(count, "reply", "replies") for count in (0, 1, 2)] == ["0 replies", "1 reply", "2 replies"]
    assert plural(12_345, "point") == "12,345 points"
    assert count_people(1_000) == "1,000 people"


def test_lists_read_as_people_say_them() -> None:
    assert [human_join("abc"[:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert human_join(["a", "b"], "or") == "a or b"


def test_marks_of_direction_alone_say_nothing_and_stay_beside_letters_that_need_them() -> None:
    assert clean_line("\u200b\u200f") == clean_line("\u061c\u200e") == ""
    assert clean_line("اب\u200f 1") == "اب\u200f 1"
    assert strip_harmful("a\u202eb\tc\u200bd") == "ab cd"


def test_an_address_stays_usable_where_the_organisation_wrote_it_and_does_nothing_where_staff_did() -> None:
    assert escape_markdown("speak@riverside.example | 1. [x]") == "speak@riverside.example \\| 1. \\[x\\]"
    assert "@riverside" not in escape_staff_words("speak@riverside.example")


def test_numbers_of_excerpts_are_read_in_order_each_once() -> None:
    assert parse_numbers("3, 1, 5-7, 1", 9) == (3, 1, 5, 6, 7)
    for typed in ("", "0", "7-5", "10", "x"):
        with pytest.raises(UserError, match="numbers"):
            parse_numbers(typed, 9)
