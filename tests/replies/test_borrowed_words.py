"""Words of others are seen in what somebody types, however they are dressed; a few by chance are not."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.borrowed_words import RUN, borrows_words

SAID = "Nobody on nights has ever met the manager who signs our rota, and we've stopped asking."
WORDS = st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=8), min_size=RUN, max_size=40)


@pytest.mark.parametrize(
    "typed",
    [
        SAID,
        "A point: Nobody on nights has ever met anybody",
        "nobody ON nights — has *ever* met",
        "No\u200bbody on ni\u00adghts has e\u0301ver met",
        "… and weve stopped asking, met the manager who signs our rota",
        "Ｎｏｂｏｄｙ on nights has ever met",
    ],
)
def test_a_run_of_somebodys_words_is_seen(typed: str) -> None:
    assert borrows_words(typed, ["Something else is said here.", SAID])


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Nobody on nights has ever",
        "Nights have no manager whom staff know",
        "met nights on nobody ever has manager",
    ],
)
def test_words_of_ones_own_are_not(typed: str) -> None:
    assert not borrows_words(typed, [SAID])


def test_words_of_the_question_are_anybodys() -> None:
    question = "How should an organisation decide how many managers it needs?"
    said = f"{question} I would ask the staff."
    assert not borrows_words(question, [said], [question])
    assert borrows_words("how many managers it needs I would ask", [said], [question])


@given(words=WORDS, before=WORDS, start=st.integers(0, 34), mark=st.sampled_from([",", ".", "!", "-", "*", "’", "\n"]))
def test_every_run_is_seen_wherever_it_stands(words: list[str], before: list[str], start: int, mark: str) -> None:
    start = min(start, len(words) - RUN)
    typed = " ".join(before) + " xxxxxxxxxx " + f"{mark} ".join(words[start : start + RUN]).upper()
    assert borrows_words(typed, [" ".join(words)])
