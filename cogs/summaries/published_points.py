"""The points of a prompt's published summary, by the names that outcomes, checks and papers use."""

from __future__ import annotations

from bot.client import Bot
from bot.models.outcomes import PointRef
from bot.models.prompts import Prompt
from bot.outcomes.points import PublishedPoint, named_points
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import is_reviewed
from cogs.summaries.readable import readable
from cogs.summaries.records import opened, renewed


async def published_record(bot: Bot, prompt: Prompt) -> Record | None:
    """The newest summary of a prompt that was posted after a person confirmed supporters, true to what is held now.

    It is held against the replies at hand, whether or not its message could be changed yet. Raises ValueError where
    what is stored is no summary.
    """
    recorded = await bot.store.summaries.shared(prompt.id)
    if not recorded:
        return None
    read = await readable(bot, prompt.id, prompt.guild_id)
    for shared in reversed(recorded):
        record = await renewed(await opened(shared), read, "")
        if is_reviewed(record.summary):
            return record
    return None


async def published_points(bot: Bot, prompt: Prompt) -> tuple[PublishedPoint, ...]:
    """The points of that summary with their names; () where none was published."""
    record = await published_record(bot, prompt)
    return () if record is None else named_points(prompt.id, record.summary)


async def known_points(bot: Bot, prompt: Prompt) -> tuple[PublishedPoint, ...]:
    """Those, and then the points that only its earlier reviewed summaries show, which outcomes may name."""
    read = await readable(bot, prompt.id, prompt.guild_id)
    found: dict[PointRef, PublishedPoint] = {}
    for shared in reversed(await bot.store.summaries.shared(prompt.id)):
        summary = (await renewed(await opened(shared), read, "")).summary
        if is_reviewed(summary):
            found = {one.ref: one for one in named_points(prompt.id, summary)} | found
    newest = {one.ref for one in await published_points(bot, prompt)}
    return tuple(sorted(found.values(), key=lambda one: one.ref not in newest))
