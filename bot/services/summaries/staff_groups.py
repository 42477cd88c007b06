"""Add who took part, by staff group, to a summary, as far as that may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.models.groups import StaffGroups
from bot.models.replies import Reply
from bot.services.summaries.generation import Findings, SeriesFindings
from bot.store import Store
from bot.summaries.disclosure.staff_groups import groups_of, publish_table


async def add_staff_groups(store: Store, findings: Findings, now: datetime) -> Findings:
    """Add who took part, by staff group, to the summary of a prompt, if that may be shown."""
    prompt = findings.prompt
    staff = await _publish_groups(store, prompt.guild_id, f"prompt:{prompt.id}", findings.replies, now)
    return replace(findings, summary=replace(findings.summary, staff=staff))


async def add_series_staff_groups(
    store: Store, findings: SeriesFindings, series_id: int | None, now: datetime
) -> SeriesFindings:
    """Add who took part, by staff group, to the summary of a whole series; without a series nothing is added.

    Weeks of a series and all prompts of a server have no table: two spans of time could tell of those in between.
    """
    if series_id is None:
        return findings
    guild_id = findings.prompts[0].guild_id
    staff = await _publish_groups(store, guild_id, f"series:{series_id}", findings.replies, now)
    return replace(findings, summary=replace(findings.summary, staff=staff))


async def _publish_groups(
    store: Store, guild_id: int, subject: str, replies: Sequence[Reply], now: datetime
) -> StaffGroups | None:
    """Table the people in threads. Private replies are in no table: nobody knows whose each is."""
    settings = await store.settings.of(guild_id)
    people = frozenset(reply.person for reply in replies)
    group_of = groups_of(people, await store.people.groups(guild_id))
    table = await store.groups.table(guild_id, subject, group_of, settings.group_threshold, now)
    return None if table is None else publish_table(table, settings.group_threshold, settings.time_zone)
