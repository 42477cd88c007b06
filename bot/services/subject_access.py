"""Put together everything that is held about one person in one server, out of the stores."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.models.outcomes import Outcome, PointRef
from bot.models.personal import PersonData, PointOutcome, Tick, Use
from bot.models.prompts import Prompt
from bot.models.reviews import Draft
from bot.models.summaries import KeyPoint, Role, SharedSummary, Summary
from bot.services.statements import find_own_presses
from bot.slices import iterate_in_slices
from bot.store import Store
from bot.subject_access.account import render_account, write_account
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import is_reviewed, point_heading
from bot.summaries.proof.check import quotes_of

Place = tuple[int, int]
"""Ids of the channel and the message that show a summary."""
AT_ONCE = 20
"""Prompts whose summaries and drafts are read in one go: few enough that others need not wait for it."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is stored of one prompt, opened: its recorded summaries, the oldest first, and its open draft."""

    prompt_id: int
    recorded: tuple[tuple[Record, Place | None], ...]
    draft: Draft | None


async def gather_person_data(store: Store, guild_id: int, user_id: int) -> PersonData:
    """Gather all that is held about a person in a server; of private replies and taps, those they can still change."""
    settings = await store.settings.of(guild_id)
    choices = await store.people.of(guild_id, user_id)
    replies = await store.replies.of_person(guild_id, user_id)
    private = await store.private.own_all(guild_id, user_id)
    missing = await store.checks.own_all(guild_id, user_id)
    presses = await find_own_presses(store, guild_id, user_id)
    reactions = await store.personal.reactions(guild_id, user_id)
    changes = await store.personal.changes(guild_id, user_id)
    actions = await store.audit_log.of_person(guild_id, user_id)
    left_out = await store.exclusions.of_person(guild_id, choices.person)
    prompt_ids = {row.prompt_id for rows in (replies, reactions, changes, actions) for row in rows}
    prompt_ids |= {check.prompt_id for check, _ in missing} | {pressed.prompt_id for pressed in presses}
    prompts = await find_prompts(store, guild_id, prompt_ids)
    answered = {str(reply.id): reply.prompt_id for reply in replies}
    outcomes = await store.outcomes.of_prompts(guild_id, set(answered.values()))
    undone = await store.personal.own_undone_ticks(guild_id, user_id)
    uses: list[Use] = []
    ticks: list[Tick] = []
    headings: dict[PointRef, str] = {}
    replies_of: dict[int, set[str]] = {}
    for reply, prompt_id in answered.items():
        replies_of.setdefault(prompt_id, set()).add(reply)
    async for stored in _read_stored(store, guild_id, replies_of):
        own = replies_of[stored.prompt_id]
        uses.extend(_find_uses(stored, own))
        ticks.extend(_find_ticks(stored, own, undone))
        headings |= _find_supported(stored, own, outcomes)
    return PersonData(
        guild_id=guild_id,
        retention_days=settings.retention_days,
        choices=choices,
        silences=await store.people.silences(guild_id, user_id),
        prompts={**prompts, **{prompt.id: prompt for prompt, _ in private}},
        replies=replies,
        left_out={exclusion.reply_id: exclusion.reason for exclusion in left_out},
        private=tuple(reply for _, reply in private),
        missing=missing,
        presses=presses,
        reactions=reactions,
        objections=await store.objections.of_person(guild_id, user_id),
        changes=changes,
        suggestions=await store.suggestions.of_person(guild_id, user_id),
        actions=actions,
        uses=tuple(uses),
        became=_newest_outcomes(headings, outcomes),
        ticks=tuple(ticks),
        undone=tuple(sorted({ref for ref, _ in undone})),
    )


async def export_files(store: Store, data: PersonData, now: datetime) -> dict[str, bytes]:
    """Write everything that is held about a person as files, by the endings of their names: a page, and JSON."""
    zone = (await store.settings.of(data.guild_id)).time_zone
    return {"html": render_account(data, now, zone), "json": write_account(data, now)}


async def find_prompts(store: Store, guild_id: int, prompt_ids: Collection[int | None]) -> dict[int, Prompt]:
    """Find the server's prompts with these ids, by their ids."""
    named = await store.prompts.named(guild_id, {prompt_id for prompt_id in prompt_ids if prompt_id is not None})
    return {prompt.id: prompt for prompt in named}


async def _read_stored(store: Store, guild_id: int, prompt_ids: Iterable[int]) -> AsyncIterator[_Stored]:
    """Read what is stored of prompts, each once, and let others take their turn meanwhile."""
    ids = sorted(set(prompt_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        shared, drafts = await store.summaries.of_prompts(some), await store.drafts.of_prompts(guild_id, some)
        async for prompt_id in iterate_in_slices(some):
            recorded = tuple(
                (Record.from_json(summary.body), _place_of(summary)) for summary in shared.get(prompt_id, ())
            )
            yield _Stored(prompt_id, recorded, drafts.get(prompt_id))


def _place_of(summary: SharedSummary) -> tuple[int, int] | None:
    """Return the channel and the message that show a summary; None where none does."""
    return None if summary.message_id is None else (summary.channel_id, summary.message_id)


def _find_uses(stored: _Stored, own: Collection[str]) -> Iterable[Use]:
    """Find the summaries, and the draft, that read any of a person's own replies to the prompt."""
    for record, place in stored.recorded:
        yield from _use(stored.prompt_id, record.summary, record.held, own, place)
    if stored.draft is not None:
        yield from _use(stored.prompt_id, stored.draft.summary, stored.draft.held, own, None)


def _find_supported(stored: _Stored, own: Collection[str], outcomes: Iterable[Outcome]) -> dict[PointRef, str]:
    """Find the headings of those points with an outcome that one of the replies supports, in a reviewed summary."""
    wanted = {ref for outcome in outcomes for ref in outcome.points if ref.prompt_id == stored.prompt_id}
    headings: dict[PointRef, str] = {}
    for record, _ in stored.recorded:  # the newest has the last word
        for point in record.summary.points if is_reviewed(record.summary) else ():
            ref = PointRef(stored.prompt_id, point.ref)
            if ref in wanted and any(quote.message in own for quote in point.quotes):
                headings[ref] = point_heading(point)
    return headings


def _newest_outcomes(headings: Mapping[PointRef, str], outcomes: Iterable[Outcome]) -> tuple[PointOutcome, ...]:
    newest = {ref: outcome for outcome in outcomes for ref in outcome.points if ref in headings}
    return tuple(PointOutcome(ref, headings[ref], newest[ref]) for ref in sorted(newest))


async def find_own_ticks(store: Store, guild_id: int, user_id: int) -> tuple[Tick, ...]:
    """Find the points on which a facilitator put any reply of a person."""
    replies = {str(reply.id): reply.prompt_id for reply in await store.replies.of_person(guild_id, user_id)}
    undone = await store.personal.own_undone_ticks(guild_id, user_id)
    stored = _read_stored(store, guild_id, replies.values())
    return tuple([tick async for prompt in stored for tick in _find_ticks(prompt, replies, undone)])


async def undo_tick(store: Store, guild_id: int, user_id: int, reply_id: int, point: str) -> int | None:
    """Take a person's reply off a point. Returns its prompt, whose draft and summaries follow; None if not theirs.

    Who shows the point has to be told: what is stored of it is repaired as after a deletion, also after a restart.
    """
    return await store.personal.undo_tick(guild_id, user_id, reply_id, point)


def _find_ticks(
    stored: _Stored, replies: Collection[str], undone: Collection[tuple[PointRef, str]]
) -> tuple[Tick, ...]:
    """Find the points of the draft and the summaries on which a facilitator put any of a person's replies."""
    ticks: dict[tuple[PointRef, str], Tick] = {}
    held: list[tuple[Summary, Place | None]] = [] if stored.draft is None else [(stored.draft.summary, None)]
    held += [(record.summary, place) for record, place in stored.recorded]
    for summary, place in held:
        for point in summary.points:
            for tick in _list_ticks(PointRef(stored.prompt_id, point.ref), point, replies, place):
                if (tick.ref, tick.reply) not in undone:
                    ticks[tick.ref, tick.reply] = tick
    return tuple(ticks.values())


def _list_ticks(
    ref: PointRef, point: KeyPoint, replies: Collection[str], place: tuple[int, int] | None
) -> Iterable[Tick]:
    for quote in point.quotes:
        if quote.role is Role.TICKED and quote.message in replies:
            yield Tick(ref, point_heading(point), quote.message, quote.text, place)


def _use(
    prompt_id: int, summary: Summary, held: Collection[str], own: Collection[str], place: tuple[int, int] | None
) -> Iterable[Use]:
    counted = len(set(own) & set(held))
    if counted:
        quotes = dict.fromkeys(quote.text for quote in quotes_of(summary) if quote.message in own and quote.text)
        yield Use(prompt_id, counted, tuple(quotes), place)
