"""A server with the summaries, which have the board paper among their commands, and the outcomes."""

from __future__ import annotations

import pytest


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The summaries, whose cog has the board paper, and the outcomes, whose list opens the follow-up."""
    return ("cogs.summaries", "cogs.outcomes")
