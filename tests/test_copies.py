"""What the simulated Discord sends and gets is copied whole, and apart from what it was copied from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests import copies

SENT: dict[str, Any] = {
    "content": "The rota comes late.",
    "flags": 64,
    "edited": None,
    "pinned": False,
    "position": 0.5,
    "at": datetime(2026, 1, 1, tzinfo=UTC),
    "components": [{"type": 1, "components": [{"label": "Reply", "options": ["a", "b"]}]}],
}


def test_a_copy_is_the_same_and_shares_nothing_that_can_be_changed() -> None:
    copied = copies.copy_json(SENT)
    assert copied == SENT
    copied["components"][0]["components"][0]["options"].append("c")
    copied["components"][0]["type"] = 2
    assert SENT["components"] == [{"type": 1, "components": [{"label": "Reply", "options": ["a", "b"]}]}]


def test_what_is_no_json_is_copied_too() -> None:
    inner = [1]
    (copied,) = copies.copy_json([(inner,)])
    assert copied == (inner,)
    assert copied[0] is not inner


@pytest.mark.parametrize(
    ("module", "name"),
    [*((module, "copy") for module in copies.BY_MODULE), *((module, "deepcopy") for module in copies.BY_NAME)],
)
def test_a_simulated_discord_that_copies_otherwise_stops_the_tests_with_a_sentence(
    module: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(module, name)

    with pytest.raises(RuntimeError, match=f"^simcord .* has no {name} in {module.__name__}, which the tests use"):
        copies.copy_sooner()
