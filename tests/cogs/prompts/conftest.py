"""The cogs that prompts need: what is posted, how people answer it, and where a facilitator finds and sets it up."""

from __future__ import annotations

import pytest


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """Prompts with the steps around them: no summaries, outcomes or checks."""
    return ("cogs.setup", "cogs.library", "cogs.prompts", "cogs.replies")
