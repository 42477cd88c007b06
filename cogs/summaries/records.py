"""What is kept of a shared summary, and the card that shows it.

A record of 20,000 replies takes long to read and write, so this is done in threads, which let the event loop run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

import discord
from discord import ui

from bot.client import Bot
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.summaries import SharedSummary
from bot.summaries.lifecycle.freshness import Version, edits_of, since
from bot.summaries.lifecycle.record import Record, repaired
from bot.summaries.output.days import Days
from bot.text.dates import closing_date_text
from cogs.summaries.card import Shown, summary_card
from cogs.summaries.findings import Findings, days_of, span_of
from cogs.summaries.readable import Readable
from cogs.summaries.texts import told_since
from cogs.ui.parts import custom_id


async def record_of(bot: Bot, findings: Findings, date: str, changes: int) -> Record:
    """What is kept of a summary that is about to be shared. ``changes`` counts those that a reviewer made."""
    settings = await bot.store.settings.of(findings.prompt.guild_id)
    return await asyncio.to_thread(_record, findings, date, changes, settings.time_zone)


async def opened(shared: SharedSummary) -> Record:
    """A shared summary's record. Raises ValueError where what is stored is none."""
    return await asyncio.to_thread(Record.from_json, shared.body)


async def renewed(record: Record, read: Readable, date: str, *, refresh: bool = False) -> Record:
    """The record without what is held no longer, and then, or with ``refresh``, with how far it is out of date."""

    def renew() -> Record:
        true = repaired(record, read.stored, date, read.private, read.left_out, read.refused)
        return dated(true, read.versions) if refresh or true != record else true

    return await asyncio.to_thread(renew)


def newest_read(prompt: Prompt, held: Iterable[str]) -> int:
    """The newest id of Discord's that was there before a summary was made: of its prompt, or of a reply that it read.

    ``held`` are ids as quotes bear them. What shows the summary came later, whatever any clock says.
    """
    return max(prompt.message_id or 0, *(int(name) for name in held if name.isdecimal()), 0)


def link_to(shared: SharedSummary) -> str:
    """The address of the message that shows a summary."""
    return f"https://discord.com/channels/{shared.guild_id}/{shared.channel_id}/{shared.message_id}"


def dated(record: Record, replies: Iterable[Version]) -> Record:
    """The record with what its message says now of how far it is out of date; pending where that is something else."""
    if record.summary.frozen:  # its replies went because of their age, and nobody took them back
        return record
    found = since(record, replies)
    outdated = told_since(found.added, found.changed, found.taken_back)
    return record if outdated == record.outdated else replace(record, outdated=outdated, pending=True)


async def shared_card(bot: Bot, shared: SharedSummary, record: Record, page: int, alt: str) -> ui.LayoutView:
    """One page of a shared summary, with the button that lets staff object to it."""
    prompt = await bot.store.prompts.get(shared.guild_id, shared.prompt_id)
    shown = Shown(
        question=prompt.wording.question,
        summary=record.summary,
        date=record.date,
        late=record.late,
        note=record.changed,
        span=record.span,
        changes=record.changes,
        outdated=record.outdated,
        alt=alt,
        objection=custom_id("objection"),
    )
    return summary_card(shown, page, lambda to: custom_id("summary-shared", to), "summary-shared-who")


async def days_shown(bot: Bot, shared: SharedSummary, record: Record, replies: Sequence[Reply]) -> Days:
    """Replies a local day, of those that the summary read and that are still held."""
    settings = await bot.store.settings.of(shared.guild_id)
    read = (reply for reply in replies if str(reply.id) in record.held)
    return await asyncio.to_thread(days_of, read, settings.time_zone)


async def keep(bot: Bot, shared: SharedSummary, record: Record) -> None:
    """Store a shared summary's record as it is now."""
    await bot.store.summaries.replace(shared.id, await written(record), discord.utils.utcnow())


async def written(record: Record) -> str:
    """The record as it is stored."""
    return await asyncio.to_thread(record.to_json)


async def today(bot: Bot, guild_id: int) -> str:
    """The date in the server's time zone, as people read it."""
    settings = await bot.store.settings.of(guild_id)
    return closing_date_text(discord.utils.utcnow(), settings.time_zone)


def _record(findings: Findings, date: str, changes: int, time_zone: str) -> Record:
    return Record(
        summary=findings.summary,
        held=findings.held,
        late=findings.late,
        date=date,
        edits=edits_of(findings.replies),
        span=span_of(findings.replies, time_zone),
        changes=changes,
    )
