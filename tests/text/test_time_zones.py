import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.text.time_zones import check_time_zone, find_time_zones


@pytest.mark.parametrize("typed", ["Europe/London", "europe/london", " London ", "EUROPE/LONDON"])
def test_a_time_zone_is_found_in_any_spelling(typed: str) -> None:
    assert check_time_zone(typed) == "Europe/London"


def test_spaces_stand_for_underscores() -> None:
    assert check_time_zone("america/new york") == "America/New_York"
    assert check_time_zone("utc") == "UTC"


@pytest.mark.parametrize("typed", ["Europe/Lodnon", "Lundon", "GMT", "bst", "UK"])
def test_a_slip_gets_a_suggestion(typed: str) -> None:
    with pytest.raises(UserError, match="Did you mean Europe/London"):
        check_time_zone(typed)


@pytest.mark.parametrize("typed", ["", "zzzzz", "../../etc/passwd"])
def test_what_is_nothing_like_a_zone_gets_an_example(typed: str) -> None:
    with pytest.raises(UserError, match="Type its area and city, like Europe/London"):
        check_time_zone(typed)


def test_zones_are_found_by_words_within_the_limit() -> None:
    assert find_time_zones("lond") == ["Europe/London"]
    assert find_time_zones("york america") == ["America/New_York"]
    assert find_time_zones("bst") == ["Europe/London"]
    assert find_time_zones("")[0] == "Europe/London"
    assert len(find_time_zones("")) == 25
    assert find_time_zones("a", limit=3) == find_time_zones("a")[:3]


@given(st.text(max_size=30))
def test_whatever_is_found_is_accepted(words: str) -> None:
    for zone in find_time_zones(words, limit=2):
        assert check_time_zone(zone) == zone
