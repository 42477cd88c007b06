"""Put together everything that is held about one person in one server, out of the stores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bot.models.outcomes import PointRef
from bot.models.personal import Became, PersonData, Tick, Use
from bot.models.prompts import Prompt
from bot.models.summaries import KeyPoint, Role, Summary
from bot.services.statements import find_own_presses
from bot.store import Store
from bot.subject_access.account import render_account, write_account
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import is_reviewed, point_heading
from bot.summaries.proof.check import quotes_of


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
        uses=await find_uses(store, guild_id, answered),
        became=await find_answered_points(store, guild_id, answered),
        ticks=await find_ticks(store, guild_id, answered),
        undone=await find_undone_ticks(store, answered),
    )


async def export_files(store: Store, data: PersonData, now: datetime) -> dict[str, bytes]:
    """Write everything that is held about a person as files, by the endings of their names: a page, and JSON."""
    zone = (await store.settings.of(data.guild_id)).time_zone
    return {"html": render_account(data, now, zone), "json": write_account(data, now)}


async def find_prompts(store: Store, guild_id: int, prompt_ids: Collection[int | None]) -> dict[int, Prompt]:
    """Find the server's prompts with these ids, by their ids."""
    named = await store.prompts.named(guild_id, {prompt_id for prompt_id in prompt_ids if prompt_id is not None})
    return {prompt.id: prompt for prompt in named}


async def find_answered_points(store: Store, guild_id: int, replies: Mapping[str, int]) -> tuple[Became, ...]:
    """Find the published points that any of the replies support and that have an outcome, with the newest."""
    points: list[Became] = []
    for outcome in await store.outcomes.of_prompts(guild_id, set(replies.values())):
        for ref in outcome.points:
            heading = await _find_supported(store, ref, replies)
            points += [] if heading is None else [Became(ref, heading, outcome)]
    newest = {point.ref: point for point in points}
    return tuple(newest[ref] for ref in sorted(newest))


async def _find_supported(store: Store, ref: PointRef, replies: Mapping[str, int]) -> str | None:
    """Find the heading of a point where one of the replies supports it, in any reviewed summary of its prompt."""
    for shared in reversed(await store.summaries.shared(ref.prompt_id)):
        summary = Record.from_json(shared.body).summary
        point = next((point for point in summary.points if point.ref == ref.ref), None)
        if is_reviewed(summary) and point is not None and any(quote.message in replies for quote in point.quotes):
            return point_heading(point)
    return None


async def find_uses(store: Store, guild_id: int, replies: Mapping[str, int]) -> tuple[Use, ...]:
    """Find the stored summaries and open drafts that read any of the replies, given with their prompts' ids."""
    uses: list[Use] = []
    for prompt_id in sorted(set(replies.values())):
        own = {reply for reply, prompt in replies.items() if prompt == prompt_id}
        for shared in await store.summaries.shared(prompt_id):
            record = Record.from_json(shared.body)
            place = None if shared.message_id is None else (shared.channel_id, shared.message_id)
            uses.extend(_use(prompt_id, record.summary, record.held, own, place))
        draft = await store.drafts.of_prompt(prompt_id)
        if draft is not None and draft.guild_id == guild_id:
            uses.extend(_use(prompt_id, draft.summary, draft.held, own, None))
    return tuple(uses)


async def find_own_ticks(store: Store, guild_id: int, user_id: int) -> tuple[Tick, ...]:
    """Find the points on which a facilitator put any reply of a person."""
    replies = await store.replies.of_person(guild_id, user_id)
    return await find_ticks(store, guild_id, {str(reply.id): reply.prompt_id for reply in replies})


async def undo_tick(store: Store, guild_id: int, user_id: int, reply_id: int, point: str) -> int | None:
    """Take a person's reply off a point. Returns its prompt, whose draft and summaries follow; None if not theirs.

    Who shows the point has to be told: what is stored of it is repaired as after a deletion, also after a restart.
    """
    return await store.personal.undo_tick(guild_id, user_id, reply_id, point)


async def find_ticks(store: Store, guild_id: int, replies: Mapping[str, int]) -> tuple[Tick, ...]:
    """Find the points of open drafts and published summaries on which a facilitator put any of the replies."""
    ticks: dict[tuple[PointRef, str], Tick] = {}
    for prompt_id in sorted(set(replies.values())):
        undone = await store.personal.undone_ticks(prompt_id)
        draft = await store.drafts.of_prompt(prompt_id)
        held: list[tuple[Summary, tuple[int, int] | None]] = []
        if draft is not None and draft.guild_id == guild_id:
            held.append((draft.summary, None))
        for shared in await store.summaries.shared(prompt_id):
            place = None if shared.message_id is None else (shared.channel_id, shared.message_id)
            held.append((Record.from_json(shared.body).summary, place))
        for summary, place in held:
            for point in summary.points:
                for tick in _list_ticks(PointRef(prompt_id, point.ref), point, replies, place):
                    if (tick.reply, point.ref) not in undone:
                        ticks[tick.ref, tick.reply] = tick
    return tuple(ticks.values())


def _list_ticks(
    ref: PointRef, point: KeyPoint, replies: Collection[str], place: tuple[int, int] | None
) -> Iterable[Tick]:
    for quote in point.quotes:
        if quote.role is Role.TICKED and quote.message in replies:
            yield Tick(ref, point_heading(point), quote.message, quote.text, place)


async def find_undone_ticks(store: Store, replies: Mapping[str, int]) -> tuple[PointRef, ...]:
    """Find the points off which the author of the replies took any of them."""
    undone = set()
    for prompt_id in set(replies.values()):
        pairs = await store.personal.undone_ticks(prompt_id)
        undone |= {PointRef(prompt_id, point) for reply, point in pairs if reply in replies}
    return tuple(sorted(undone))


def _use(
    prompt_id: int, summary: Summary, held: Collection[str], own: Collection[str], place: tuple[int, int] | None
) -> Iterable[Use]:
    counted = len(set(own) & set(held))
    if counted:
        quotes = dict.fromkeys(quote.text for quote in quotes_of(summary) if quote.message in own and quote.text)
        yield Use(prompt_id, counted, tuple(quotes), place)
