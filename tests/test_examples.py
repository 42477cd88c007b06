"""A clean checkout tries every example that a test asks for; a desk tries a quarter of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.examples import examples, is_whole, leave_out, load_profile, spread

TESTS = Path(__file__).parent
NUMBERS = (3, 8, 60, 300)


@pytest.fixture(autouse=True)
def _profile_of_the_run() -> Iterator[None]:
    name = settings.get_current_profile_name()
    yield
    settings.load_profile(name)


def loaded(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[int]:
    """The numbers of examples in such an environment: of a test without a number of its own, then of some with one."""
    for name in ("CI", "HYPOTHESIS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    load_profile()
    return [settings().max_examples, *map(examples, NUMBERS)]


def test_a_clean_checkout_tries_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, CI="true") == [100, 3, 8, 60, 300]
    assert loaded(monkeypatch, HYPOTHESIS_PROFILE="ci") == [100, 3, 8, 60, 300]
    assert "export CI=true" in (TESTS.parent / ".ci/run").read_text(encoding="utf-8")


def test_a_desk_tries_a_quarter_of_them_and_five_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch) == [25, 3, 5, 15, 75]
    assert loaded(monkeypatch, CI="true", HYPOTHESIS_PROFILE="quick") == [25, 3, 5, 15, 75]


@pytest.mark.parametrize("profile", ["quick", "ci"])
def test_a_test_does_not_fail_because_a_busy_machine_makes_its_examples_slowly(profile: str) -> None:
    settings.load_profile(profile)
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check


def test_a_clean_checkout_plays_every_case_of_a_long_test(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(monkeypatch, CI="true")
    assert is_whole()
    loaded(monkeypatch)
    assert not is_whole()


@pytest.mark.parametrize(
    ("count", "kept"), [(0, []), (1, [0]), (2, [0, 5]), (3, [0, 3, 6]), (10, [*range(10)]), (99, [*range(10)])]
)
def test_a_desk_plays_cases_far_from_each_other(count: int, kept: list[int]) -> None:
    assert spread(range(10), count) == kept


def test_a_desk_leaves_out_cases_of_marked_tests_alone(request: pytest.FixtureRequest) -> None:
    mine = [item for item in request.session.items if item.path == Path(__file__)]
    assert leave_out(mine) == []
    for item in mine:
        if "far_from_each_other" in item.nodeid:
            item.add_marker(pytest.mark.sampled(2))
    assert [item.nodeid.split("[")[1] for item in leave_out(mine)] == ["1-kept1]", "2-kept2]", "10-kept4]", "99-kept5]"]


def test_no_test_has_a_number_of_its_own_that_no_profile_can_scale() -> None:
    fixed = [
        f"{path.relative_to(TESTS)}: {line.strip()}"
        for path in sorted(TESTS.rglob("test_*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"max_examples=\d", line)
    ]
    assert fixed == []
