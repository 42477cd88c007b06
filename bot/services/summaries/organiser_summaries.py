"""What one organiser gets of a summary: made from what is stored now, for their eyes, or as files to take away."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.models.prompts import Prompt
from bot.services.replies.readable_replies import link_series_replies
from bot.services.summaries.generation import (
    NO_AIDS,
    Findings,
    SeriesFindings,
    SummaryAids,
    count_days,
    digest_state,
    format_span,
    summarise_prompt,
    summarise_series,
)
from bot.services.summaries.published_summaries import apply_reviews, format_today
from bot.services.summaries.staff_groups import add_series_staff_groups, add_staff_groups
from bot.store import Store
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.days import Days
from bot.summaries.output.export import Export, ExportFile, export_files
from bot.summaries.output.returning_themes import ThemeAcrossWeeks, describe_week, list_returning_themes
from bot.worker import Worker
from bot.worker_turns import Turn


@dataclass(frozen=True, slots=True)
class OrganiserSummary:
    """What was found for an organiser. ``date`` is the local day on which it was made, as people read it.

    ``state`` is a digest of the replies that were read, ``days`` are replies a local day, ``span`` tells the dates of
    the first and the last reply, and ``links`` holds the addresses of their messages by the ids that quotes use.
    ``comes_back`` are the themes that come back in several prompts.
    """

    found: Findings | SeriesFindings
    date: str
    state: str
    days: Days
    span: str
    links: Mapping[str, str]
    comes_back: tuple[ThemeAcrossWeeks, ...] = ()


async def summarise_prompt_for_organiser(
    store: Store,
    worker: Worker,
    prompt: Prompt,
    now: datetime,
    aids: SummaryAids = NO_AIDS,
) -> OrganiserSummary:
    """Summarise a prompt as summarise_prompt does, with who took part. Raises UserError as that does."""
    findings = await summarise_prompt(store, worker, prompt, aids)
    return await describe_findings(store, await add_staff_groups(store, findings, now), prompt.guild_id, now)


async def summarise_series_for_organiser(
    store: Store,
    worker: Worker,
    title: str,
    prompts: Sequence[Prompt],
    now: datetime,
    aids: SummaryAids = NO_AIDS,
    *,
    series_id: int | None = None,
) -> OrganiserSummary:
    """Summarise several prompts as one discussion; with ``series_id``, a whole series with who took part.

    What reviewers made of the prompts' published summaries holds here too.
    """
    findings = await summarise_series(store, worker, title, prompts, aids)
    findings = await apply_reviews(store, findings)
    findings = await add_series_staff_groups(store, findings, series_id, now)
    return await describe_findings(store, findings, prompts[0].guild_id, now, aids.names)


async def describe_findings(
    store: Store, findings: Findings | SeriesFindings, guild_id: int, now: datetime, names: Sequence[str] = ()
) -> OrganiserSummary:
    """Add what a card says of the replies; of 20,000 this takes a while, so in a thread that lets the loop run."""
    zone = (await store.settings.of(guild_id)).time_zone
    date = await format_today(store, guild_id, now)

    def describe() -> OrganiserSummary:
        replies = findings.replies
        return OrganiserSummary(
            findings,
            date,
            state=digest_state(replies, findings.private),
            days=count_days(replies, zone),
            span=format_span(replies, zone),
            links=link_series_replies(findings.prompts, replies),
            comes_back=_list_comes_back(findings, names, zone),
        )

    return await asyncio.to_thread(describe)


def _list_comes_back(
    findings: Findings | SeriesFindings, names: Sequence[str], time_zone: str
) -> tuple[ThemeAcrossWeeks, ...]:
    if isinstance(findings, Findings) or findings.returning is None:
        return ()
    weeks = {prompt.id: describe_week(prompt, time_zone) for prompt in findings.prompts}
    return list_returning_themes(findings.returning, findings.summary, findings.replies, weeks, names)


async def prepare_export(
    store: Store, findings: Findings, reviewed: Record | None, now: datetime, *, board: bool
) -> Export:
    """Put together what is exported, of the summary that a person reviewed if there is one.

    The table by staff group and the people who may be quoted are those of now.
    """
    guild_id = findings.prompt.guild_id
    findings = await add_staff_groups(store, findings, now)
    summary = findings.summary if reviewed is None else replace(reviewed.summary, staff=findings.summary.staff)
    return Export(
        findings.prompt.wording,
        findings.replies,
        summary,
        now,
        (await store.settings.of(guild_id)).time_zone,
        0 if reviewed is None else reviewed.changes,
        board,
        await store.people.quotable(guild_id),
        findings.private,
        "" if reviewed is None else reviewed.date,
        frozenset() if reviewed is None else frozenset(reviewed.held),
    )


async def make_export_files(worker: Worker, guild_id: int, export: Export) -> tuple[ExportFile, ...]:
    """Make the files in the worker, right after their summary. Names in them are made up again each time."""
    dealer = random.Random(secrets.randbits(256))  # noqa: S311 - its seed is secret and used once
    return await worker.call_for(Turn(guild_id, waits=True), export_files, export, dealer)
