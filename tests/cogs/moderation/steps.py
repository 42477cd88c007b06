"""What facilitators do on the card of /moderation."""

from __future__ import annotations

from typing import Any

from cogs.moderation.cards import LEAVE_OUT
from cogs.moderation.words import ADD_WORD
from tests.world import World, shown


async def press(world: World, *labels: str, who: Any = None, channel: Any = None) -> Any:
    """Open /moderation, as a facilitator unless it says ``who``, and press these buttons one after the other."""
    person = who or world.facilitator
    result = await person.slash(channel or world.office, "moderation")
    for label in labels:
        result = await person.click(result.response, label=label)
    return result


async def add_word(world: World, word: str) -> str:
    """Put a word on the list, and return what the facilitator is shown."""
    return shown(await world.facilitator.submit_modal(await press(world, ADD_WORD), {"word": word}))


async def leave_out(world: World, message: str, reason: str) -> str:
    """Leave a reply out by a link to its message, and return what the facilitator is shown."""
    form = await press(world, LEAVE_OUT)
    return shown(await world.facilitator.submit_modal(form, {"message": message, "reason": reason}))
