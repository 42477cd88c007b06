"""How an organiser starts a check in the tests: the preview, then its button."""

from __future__ import annotations

from typing import Any

from bot.models.prompts import Prompt
from cogs.checks.commands import END_EARLY
from cogs.checks.start import START
from tests.world import World


async def preview_check(world: World, prompt: Prompt, **options: Any) -> Any:
    """See what a check would ask; nothing is posted."""
    return await world.organiser.slash(world.prompts, "check start", prompt=str(prompt.id), **options)


async def start_check(world: World, prompt: Prompt, **options: Any) -> Any:
    """See it, and start it. Returns the answer to the button."""
    asked = await preview_check(world, prompt, **options)
    return await world.organiser.click(asked.response or asked.followups[-1], label=START)


async def ask_to_end(world: World) -> Any:
    """Press "End early" at the first of the list of checks, and return what asks if they are sure."""
    status = await world.organiser.slash(world.prompts, "check status")
    return await world.organiser.click(status.response or status.followups[-1], label=END_EARLY)
