"""Read, repair and keep the records of summaries that others see, true to the replies held now, and settle objections.

A record of 20,000 replies takes long to read and write, so this is done in threads, which let the event loop run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.models.reviews import Objection
from bot.models.summaries import SharedSummary, Summary
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.services.replies.readable_replies import ReadableReplies, load_readable
from bot.services.replies.withdrawals import refuse_withdrawn
from bot.services.summaries.generation import Findings, SeriesFindings, count_days, format_span
from bot.store import Store
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.consent import quotable_words
from bot.summaries.lifecycle.freshness import RepliesSince, Version, count_changes, list_edits
from bot.summaries.lifecycle.model_additions import remove_drafted
from bot.summaries.lifecycle.record import Record, remove_lost_words
from bot.summaries.output.days import Days
from bot.summaries.output.point_groups import is_reviewed
from bot.summaries.output.trends import find_courses
from bot.summaries.review.continuation import Reviewed, continue_reviewed
from bot.summaries.review.publication import find_outside_headings
from bot.summaries.review.supporters import DraftReplies
from bot.text.dates import format_local_date
from bot.text.words import human_join, plural
from bot.views.totals import apply_views

OUTDATED = "Out of date: {changes}."
PRIVATE_CAME = "private replies came in"


async def make_record(store: Store, findings: Findings, date: str, changes: int) -> Record:
    """Make what is kept of a summary that is about to be shared. ``changes`` counts those that a reviewer made.

    Raises UserError if it has private replies and one of them is about to go, by its code.
    """
    prompt = findings.prompt
    await refuse_withdrawn(store, prompt.guild_id, prompt.id, findings.held)
    settings = await store.settings.of(prompt.guild_id)
    allowing = await store.people.quotable(prompt.guild_id)

    def make() -> Record:
        made = Record(
            summary=remove_drafted(findings.summary),
            held=findings.held,
            late=findings.late,
            date=date,
            edits=list_edits(findings.replies),
            span=format_span(findings.replies, settings.time_zone),
            changes=changes,
        )
        return note_outside(made, findings.replies, allowing)

    return await asyncio.to_thread(make)


async def read_record(shared: SharedSummary) -> Record:
    """Read a shared summary's record. Raises ValueError if what is stored is none."""
    return await asyncio.to_thread(Record.from_json, shared.body)


async def write_record(record: Record) -> str:
    """Write a record as it is stored."""
    return await asyncio.to_thread(record.to_json)


async def keep_record(store: Store, shared: SharedSummary, record: Record, now: datetime) -> None:
    """Store a shared summary's record as it is now."""
    await store.summaries.replace(shared.id, await write_record(record), now)


async def repair_record(record: Record, read: ReadableReplies, date: str, *, refresh: bool = False) -> Record:
    """Take out of a record what is no longer held, and count presses again; note how far it is out of date.

    That is noted where anything changed, or with ``refresh``.

    ``date`` is the day as people read it.
    """

    def repair() -> Record:
        held = read.stored, date, read.private, read.left_out, read.refused, read.undone
        true = note_outside(_count_views(remove_lost_words(record, *held), read), read.replies, read.allowing)
        return note_age(true, read.versions) if refresh or true != record else true

    return await asyncio.to_thread(repair)


def _count_views(record: Record, read: ReadableReplies) -> Record:
    """Return the record with what may be shown of presses now; pending where that is something else."""
    summary = apply_views(record.summary, read.views, read.replies)
    return record if summary == record.summary else replace(record, summary=summary, pending=True)


def note_outside(record: Record, replies: Sequence[Reply], allowing: Collection[str]) -> Record:
    """Note whose words head a record's points outside the server now. ``allowing`` may be quoted there."""
    if record.summary.frozen:
        return replace(record, outside=None)
    outside = find_outside_headings(record.summary, quotable_words(replies, allowing))
    return record if outside == record.outside else replace(record, outside=outside)


def newest_id_read(prompt: Prompt, held: Iterable[str]) -> int:
    """Return Discord's newest id that was there before a summary was made: of its prompt, or of a reply that it read.

    ``held`` are ids as quotes name them. What shows the summary came later, whatever any clock says.
    """
    return max(prompt.message_id or 0, *(int(name) for name in held if name.isdecimal()), 0)


def note_age(record: Record, replies: Iterable[Version]) -> Record:
    """Note what a record's message says now of how far it is out of date; pending where that is something else."""
    if record.summary.frozen:  # its replies went because of their age, and nobody took them back
        return record
    outdated = format_age(count_changes(record, replies))
    return record if outdated == record.outdated else replace(record, outdated=outdated, pending=True)


def format_age(age: RepliesSince) -> str:
    """Say how far a summary is out of date; empty if it is not."""
    what = [
        (age.added, "came since"),
        (age.changed, f"{_were(age.changed)} changed"),
        (age.taken_back, f"{_were(age.taken_back)} deleted"),
    ]
    parts = [f"{plural(count, 'reply', 'replies')} {happened}" for count, happened in what if count]
    parts += [PRIVATE_CAME] if age.private else []
    return OUTDATED.format(changes=human_join(parts)) if parts else ""


async def count_shown_days(store: Store, shared: SharedSummary, record: Record, replies: Sequence[Reply]) -> Days:
    """Count the replies of each local day, of those that the summary read and that are still held."""
    settings = await store.settings.of(shared.guild_id)
    read = (reply for reply in replies if str(reply.id) in record.held)
    return await asyncio.to_thread(count_days, read, settings.time_zone)


async def read_recorded_reviews(store: Store, prompt: Prompt) -> list[Record]:
    """Read the published summaries of a prompt that a person reviewed, as they were recorded, the newest first.

    Opens no reply. Raises ValueError if what is stored is no summary.
    """
    shared = await store.summaries.shared(prompt.id)

    def read() -> list[Record]:
        records = (Record.from_json(recorded.body) for recorded in reversed(shared))
        return [record for record in records if is_reviewed(record.summary)]

    return await asyncio.to_thread(read)


async def read_reviewed_records(store: Store, prompt: Prompt, date: str = "") -> list[Record]:
    """Read the same, true to the replies that are held now, whether or not their messages could be changed yet."""
    records = await read_recorded_reviews(store, prompt)
    if not records:
        return []
    read = await load_readable(store, prompt.id, prompt.guild_id)
    return [record if record.summary.frozen else await repair_record(record, read, date) for record in records]


async def find_newest_reviewed(store: Store, prompt: Prompt) -> Record | None:
    """Find the newest published summary of a prompt of which a person's confirmations are still held."""
    records = await read_reviewed_records(store, prompt)
    return next((record for record in records if is_reviewed(record.summary)), None)


async def continue_published(store: Store, findings: Findings) -> Summary:
    """Return what was found in a prompt just now, behind the points of its newest reviewed and published summary."""
    prompt = findings.prompt
    record = await find_newest_reviewed(store, prompt)
    if record is None or record.summary.frozen:
        return findings.summary
    held = _held_of(findings, await store.personal.undone_ticks(prompt.id))
    earlier = [Reviewed(record.summary, record.held)]
    summary = await asyncio.to_thread(continue_reviewed, findings.summary, earlier, held)
    return apply_views(summary, findings.views, findings.replies)


async def apply_reviews(store: Store, findings: SeriesFindings) -> SeriesFindings:
    """Return what was found in several prompts with the headings and ticks of their reviewed, published summaries."""
    records = [await find_newest_reviewed(store, prompt) for prompt in findings.prompts]
    reviewed = [Reviewed(record.summary, record.held) for record in records if record and not record.summary.frozen]
    if not reviewed:
        return findings

    def apply() -> SeriesFindings:
        held = _held_of(findings, frozenset())
        continued = continue_reviewed(findings.summary, reviewed, held, proposing=False)
        summary = apply_views(continued, findings.views, findings.replies)
        prompt_of = {str(reply.id): reply.prompt_id for reply in findings.replies}
        people = {
            prompt.id: len(people)
            for prompt in findings.prompts
            if (people := {reply.person for reply in findings.replies if reply.prompt_id == prompt.id})
        }
        courses = find_courses(summary.points, prompt_of, people, held.people)
        return replace(findings, summary=summary, courses=courses)

    return await asyncio.to_thread(apply)


def _held_of(findings: Findings | SeriesFindings, undone: frozenset[tuple[str, str]]) -> DraftReplies:
    authors = {str(reply.id): reply.person for reply in findings.replies}
    authors |= {private_id(reply): private_id(reply) for reply in findings.private}
    endorsers = {str(reply.id): reply.endorsers for reply in findings.replies}
    return DraftReplies(authors, {}, endorsers, undone)


async def format_today(store: Store, guild_id: int, now: datetime) -> str:
    """Write the date in the server's time zone, as people read it."""
    return format_local_date(now, (await store.settings.of(guild_id)).time_zone)


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


async def settle_objection(store: Store, guild_id: int, objection_id: int, how: str, now: datetime) -> Objection:
    """Note what was done about an answer. Raises UserError if there is none, or the words are somebody else's."""
    objection = await store.objections.get(guild_id, objection_id)
    prompt_id = await store.objections.prompt_of(objection)
    prompt_ids = None if prompt_id is None else (prompt_id,)
    await refuse_borrowed_words(store, guild_id, how, prompt_ids=prompt_ids, also=(objection.text,))
    return await store.objections.settle(guild_id, objection_id, how, now)
