"""The picture in words: every number of it, in as many characters as Discord takes."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.summaries import Coverage, KeyPoint, Kind, Quote, Review, Role, Summary
from bot.summaries.output.alt_text import LONGEST, count_units, describe_picture
from tests.examples import examples
from tests.summaries.threads import texts

MONDAY = date(2018, 8, 6)


NOT_SHARED = "No two people raised the same thing."


def point(statement: str, people: int, kind: Kind = Kind.VIEW, confirmed: int = 0, words: str = "") -> KeyPoint:
    """A point with as many quotes as people, the first of them confirmed by a person."""
    quotes = tuple(Quote(str(number), statement) for number in range(people))
    review = Review(words=words, confirmed=tuple(str(n) for n in range(confirmed))) if confirmed or words else None
    return KeyPoint(statement, quotes, people, kind=kind, review=review)


def summary(*points: KeyPoint) -> Summary:
    return Summary("t", "", points, (), Coverage(9, 9, 9))


def test_it_says_every_number_that_the_picture_shows() -> None:
    found = summary(
        point("Nights are short staffed", 7, Kind.CONCERN, confirmed=3),
        point("Pair new starters with a mentor", 4, Kind.PROPOSAL),
        point("Parking is dear", 1),
    )
    words = describe_picture(found, [(MONDAY, 5), (MONDAY + timedelta(days=2), 13)])
    assert "What worries them: 1. “Nights are short staffed” (7 people said this in the thread)." in words
    assert "What they propose: 2. “Pair new starters with a mentor” (4 people said this in the thread)." in words
    assert "Parking" not in words
    assert "partly checked" in words
    assert "Replies a day from 6 August 2018 to 8 August 2018: 18 replies, most on 8 August 2018 (13)." in words


def test_it_says_that_nobody_checked_the_points() -> None:
    assert "not checked yet" in describe_picture(summary(point("We need more beds", 2)), [])


def test_it_says_the_words_of_a_reviewer() -> None:
    words = describe_picture(summary(point("beds!!", 2, confirmed=2, words="More beds are needed")), [])
    assert "More beds are needed (facilitator’s words) (2 people said this in the thread)" in words
    assert "beds!!" not in words


def test_it_tells_who_agreed_and_that_a_point_came_up_in_private_replies() -> None:
    quotes = (Quote("1", "Beds"), Quote("2", "+1", role=Role.AGREED), Quote("p", "Beds!", private=True))
    words = describe_picture(summary(KeyPoint("Beds", quotes, 2, endorsements=1, private=1)), [])
    assert "1. “Beds” (3 people: 1 wrote it, 2 said “same here”. It came up in private replies too)." in words


def test_an_empty_summary_has_words_too() -> None:
    words = describe_picture(summary(), [])
    assert NOT_SHARED in words
    assert "One chart" in words


def test_long_times_are_told_by_week() -> None:
    days = [(MONDAY + timedelta(days=number), 1) for number in range(80)]
    words = describe_picture(summary(), days)
    assert "Replies a week" in words
    assert "80 replies, most in the week of 6 August 2018 (7)" in words


def test_no_link_or_id_of_discord_is_told() -> None:
    words = describe_picture(summary(point("See discord.gg/abc and 900000000000000001 now", 2)), [])
    assert "discord.gg" not in words
    assert "900000000000000001" not in words


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(texts, max_size=10), st.integers(1, 400))
def test_it_never_is_longer_than_discord_takes_and_keeps_every_count(said: list[str], people: int) -> None:
    found = summary(*(point(text * 40 or "x", people + 1) for text in said))
    words = describe_picture(found, [(MONDAY, people)])
    assert count_units(words) <= LONGEST
    assert words.count(f"({people + 1} people said this in the thread)") == len(said)
