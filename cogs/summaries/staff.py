"""Adds who took part, by staff group, to a summary of a whole prompt or a whole series, where that may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.client import Bot
from bot.models.groups import StaffGroups
from bot.models.replies import Reply
from bot.summaries.disclosure.staff_groups import groups_of, told
from cogs.summaries.findings import Findings, SeriesFindings


async def with_staff(bot: Bot, found: Findings) -> Findings:
    """The findings of a prompt with the table of its people."""
    subject = f"prompt:{found.prompt.id}"
    staff = await _table(bot, found.prompt.guild_id, subject, found.replies)
    return replace(found, summary=replace(found.summary, staff=staff))


async def series_with_staff(bot: Bot, found: SeriesFindings, series_id: int | None) -> SeriesFindings:
    """The findings of a whole series with the table of its people; without a series there is none.

    Weeks of a series and all prompts of a server have no table: two spans of time could tell of those in between.
    """
    if series_id is None:
        return found
    staff = await _table(bot, found.prompts[0].guild_id, f"series:{series_id}", found.replies)
    return replace(found, summary=replace(found.summary, staff=staff))


async def _table(bot: Bot, guild_id: int, subject: str, replies: Sequence[Reply]) -> StaffGroups | None:
    """The table of people in threads. Private replies are in no table: each is nobody's."""
    settings = await bot.store.settings.of(guild_id)
    people = frozenset(reply.person for reply in replies)
    group_of = groups_of(people, await bot.store.people.groups(guild_id))
    now = discord.utils.utcnow()
    table = await bot.store.groups.table(guild_id, subject, group_of, settings.group_threshold, now)
    return None if table is None else told(table, settings.group_threshold, settings.time_zone)
