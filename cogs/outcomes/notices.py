"""Tells those whose replies support a point, once and only where they allowed it, that it has an outcome."""

from __future__ import annotations

from bot.client import Bot
from bot.models.outcomes import Outcome
from bot.services.published_summaries import newest_reviewed
from cogs.core.direct_messages import tell
from cogs.outcomes.texts import told_decided

TOLD = "Your reply supports a point that now has an answer in {server}. {place}/my data shows it too.\n{answer}"


async def tell_supporters(bot: Bot, outcome: Outcome, server_name: str) -> int:
    """Write to each supporter who chose /my notices; who was told of this outcome before is not told again."""
    told = 0
    for person, place in (await _supporters(bot, outcome)).items():
        user_id = await bot.store.people.reach(outcome.guild_id, person)
        # Noted before it is sent: after a crash somebody may miss it, but nobody gets it twice.
        if user_id is None or not await bot.store.outcomes.claim_notice(outcome.id, person):
            continue
        text = TOLD.format(server=server_name, answer=told_decided(outcome.decided), place=place)
        told += await tell(bot, outcome.guild_id, user_id, text[:2_000])
    return told


async def _supporters(bot: Bot, outcome: Outcome) -> dict[str, str]:
    """The pseudonyms of those who wrote in a thread what a point says, with the place to look; private replies: none.

    Nobody is told by a private reply, since nobody knows whose it is.
    """
    found: dict[str, str] = {}
    for prompt_id in sorted({ref.prompt_id for ref in outcome.points}):
        prompt = await bot.store.prompts.get(outcome.guild_id, prompt_id)
        record = await newest_reviewed(bot.store, prompt)
        if record is None:
            continue
        refs = {ref.ref for ref in outcome.points if ref.prompt_id == prompt_id}
        quotes = [quote for point in record.summary.points if point.ref in refs for quote in point.quotes]
        place = f"It is in <#{prompt.thread_id}>. " if prompt.thread_id and prompt.gone_at is None else ""
        found |= {record.held[one.message]: place for one in quotes if not one.private and one.message in record.held}
    return found
