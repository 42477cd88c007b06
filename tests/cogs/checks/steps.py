"""How an organiser starts a check in the tests: the preview, then its button."""

from __future__ import annotations

from typing import Any

from bot.models.prompts import Prompt
from cogs.checks.start import START
from tests.world import World


async def preview_check(world: World, prompt: Prompt, **options: Any) -> Any:
    """See what a check would ask; nothing is posted."""
    return await world.organiser.slash(world.prompts, "check start", prompt=str(prompt.id), **options)


async def start_check(world: World, prompt: Prompt, **options: Any) -> Any:
    """See it, and start it. Returns the answer to the button."""
    asked = await preview_check(world, prompt, **options)
    return await world.organiser.click(asked.response or asked.followups[-1], label=START)
