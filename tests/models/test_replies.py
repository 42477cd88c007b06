"""Which reactions count as agreement."""

from __future__ import annotations

import pytest

from bot.models.replies import is_agreement


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", "❤", "💯", "✅", "➕", "👏🏿", "🙌", "☝️", "☝🏻", "⬆️"])
def test_signs_of_agreement_count_in_every_variant(emoji: str) -> None:
    assert is_agreement(emoji)


@pytest.mark.parametrize("emoji", ["👀", "😂", "😢", "👎", "👎🏽", "", "1234567890", "🏽"])
def test_other_signs_say_nothing_of_agreement(emoji: str) -> None:
    assert not is_agreement(emoji)
