"""A facilitator who is about to review the summary of a discussion."""

from __future__ import annotations

import pytest

from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import Discussion, discuss
from tests.world import World


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The summaries, whose extension loads the review too."""
    return ("cogs.summaries",)


@pytest.fixture
async def discussion(world: World) -> Discussion:
    """A prompt with thirteen replies of four people."""
    return await discuss(world)


@pytest.fixture
async def sitting(discussion: Discussion) -> Sitting:
    """A facilitator with the card of a draft of five points in the facilitators' channel."""
    discussion.world.bot.watch.add(discussion.prompt)
    sitting = Sitting(discussion, discussion.world.facilitator)
    await sitting.start()
    return sitting
