"""A server with the summaries, which have the board paper among their commands, and the outcomes."""

from __future__ import annotations

import pytest

from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import Discussion, discuss, new_series
from tests.world import World


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The summaries, whose cog has the board paper, and the outcomes, whose list opens the follow-up."""
    return ("cogs.summaries", "cogs.outcomes")


@pytest.fixture
async def sitting(world: World) -> Sitting:
    """A reviewer with the draft of a closed prompt of a series."""
    discussion: Discussion = await discuss(world, series=await new_series(world))
    await world.store.prompts.close(discussion.prompt, world.env.now())
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()
    return sitting
