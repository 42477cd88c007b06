"""A server in which summaries are the only step that is loaded, with the board paper among their commands."""

from __future__ import annotations

import pytest


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The summaries, whose cog has the commands of the board paper."""
    return ("cogs.summaries",)
