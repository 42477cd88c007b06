import pytest

from bot.errors import UserError
from bot.text.time_zones import check_time_zone


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
