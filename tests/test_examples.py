"""A clean checkout tries every example that a test asks for; a desk tries a quarter of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.examples import examples, load_profile

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


def test_no_test_has_a_number_of_its_own_that_no_profile_can_scale() -> None:
    fixed = [
        f"{path.relative_to(TESTS)}: {line.strip()}"
        for path in sorted(TESTS.rglob("test_*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"max_examples=\d", line)
    ]
    assert fixed == []
