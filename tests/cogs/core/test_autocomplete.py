"""What is offered while a person types."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cogs.core.autocomplete import LONGEST_CHOICE, MOST_CHOICES, Candidate, holds_words, match_choices

lines = st.text("ab cé", min_size=1, max_size=150)


def test_words_are_found_in_any_order_and_any_case() -> None:
    assert holds_words("Night shifts on the Ward", "WARD night")
    assert not holds_words("Night shifts on the ward", "night day")
    assert holds_words("Anything", "")


def test_words_may_be_looked_for_elsewhere_than_in_the_line_that_is_shown() -> None:
    candidates = [Candidate("Question 1 (March)", 1, searched="Who listens?"), Candidate("Who leads?", 2)]

    assert [(each.name, each.value) for each in match_choices(candidates, "who")] == [
        ("Question 1 (March)", "1"),
        ("Who leads?", "2"),
    ]
    assert match_choices(candidates, "march") == []


@given(st.lists(lines, max_size=60), st.text("ab ", max_size=3))
def test_discord_takes_whatever_is_offered(texts: list[str], words: str) -> None:
    candidates = [Candidate(text, number) for number, text in enumerate(texts)]
    offered = match_choices(candidates, words)

    assert len(offered) == min(MOST_CHOICES, sum(holds_words(text, words) for text in texts))
    assert all(1 <= len(each.name) <= LONGEST_CHOICE for each in offered)
    assert [int(each.value) for each in offered] == sorted(int(each.value) for each in offered)
