"""How a point goes over several prompts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.summaries import KeyPoint, Quote
from bot.models.threads import Message, Thread
from bot.summaries.output.trends import Course, Trend, find_course, find_courses, people_by_prompt

counts = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("said", "replied", "expected"),
    [
        ((0, 0, 1), (9, 9, 9), Trend.NEW),
        ((3,), (9,), Trend.STEADY),
        ((1, 4), (10, 10), Trend.GROWING),
        ((4, 1), (10, 10), Trend.FADING),
        ((4, 0), (10, 10), Trend.FADING),
        ((1, 2), (10, 10), Trend.STEADY),
        ((5, 7), (10, 10), Trend.STEADY),
        ((2, 6), (10, 30), Trend.STEADY),
        ((1, 9, 4), (10, 10, 10), Trend.GROWING),
        ((1, 0, 1, 0), (9, 9, 9, 9), Trend.STEADY),
        ((0, 3, 0), (9, 9, 9), Trend.STEADY),
    ],
)
def test_the_trend_goes_by_people_and_their_share(
    said: tuple[int, ...], replied: tuple[int, ...], expected: Trend
) -> None:
    assert find_course(said, replied).trend is expected


@given(counts)
def test_what_grows_fades_when_the_prompts_are_turned_round(found: list[tuple[int, int]]) -> None:
    said, replied = zip(*found, strict=True)
    forwards, backwards = find_course(said, replied), find_course(said[::-1], replied[::-1])

    assert (forwards.prompts, forwards.of) == (backwards.prompts, backwards.of) == (sum(map(bool, said)), len(said))
    if Trend.NEW not in (forwards.trend, backwards.trend):
        assert (forwards.trend is Trend.GROWING) == (backwards.trend is Trend.FADING)


def test_counts_of_different_prompts_are_refused() -> None:
    with pytest.raises(ValueError, match="both counts"):
        find_course((1, 2), (1,))


def test_a_person_counts_once_for_each_prompt_in_which_they_say_so() -> None:
    messages = (Message("1", "a", "x"), Message("2", "b", "x"), Message("3", "a", "x"), Message("4", "c", "y"))
    prompt_of = {"1": 7, "2": 7, "3": 9, "4": 9}
    people = people_by_prompt(Thread("t", "", messages), prompt_of)
    point = KeyPoint("x", tuple(Quote(str(number), "x") for number in (1, 2, 3)), 2)

    found = find_courses([point], prompt_of, people, {message.id: message.author for message in messages})

    assert people == {7: 2, 9: 2}
    assert found == {"x": Course(2, 2, Trend.STEADY)}
