"""Puts together what a board paper of a series is made of, and what must be done before, out of the other stores."""

from __future__ import annotations

from datetime import datetime

from bot.board.making import BoardPrompt, BoardSource
from bot.board.references import point_of, read_reference, with_references
from bot.board.refusing import Standing, refuse_unfinished
from bot.errors import UserError
from bot.models.outcomes import PointRef
from bot.models.prompts import Prompt, PromptState, Series
from bot.prompts.dates import closing_date_text
from bot.store import Store
from bot.summaries.grouping import is_reviewed
from bot.summaries.record import Record, repaired

NO_SUMMARY = "This prompt has no summary that a person reviewed. Check the reference."


async def series_standing(store: Store, series: Series) -> tuple[Standing, ...]:
    """How far each closed prompt of a series is, in the order of their posting; private replies count as replies."""
    waiting = await store.objections.waiting(series.guild_id)
    found = []
    for counted in await store.prompts.of_series(series.id):
        prompt = counted.prompt
        if prompt.state is not PromptState.CLOSED or (prompt.gone_at is not None and not prompt.keep_reason):
            continue
        shared = {one.id for one in await store.summaries.shared(prompt.id)}
        record = await newest(store, prompt, "")
        replies = counted.replies + len(await store.private.shown_for_prompt(prompt.id))
        objections = sum(one.summary_id in shared for one in waiting)
        draft = await store.drafts.of_prompt(prompt.id)
        summary = None if record is None else record.summary
        found.append(Standing(prompt, replies, summary, draft is not None, objections))
    return tuple(sorted(found, key=lambda one: (one.prompt.posted_at or one.prompt.claimed_at, one.prompt.id)))


async def board_source(store: Store, series: Series, ask: str, now: datetime) -> BoardSource:
    """What a paper of a series is made of. Raises UserError with a list where something must be done before."""
    standings = await series_standing(store, series)
    refuse_unfinished(standings)
    zone = (await store.settings.of(series.guild_id)).time_zone
    prompts = []
    for one in standings:
        record = await newest(store, one.prompt, closing_date_text(now, zone))
        if record is not None:
            replies = await store.replies.of_prompt(one.prompt.id)
            private = await store.private.shown_for_prompt(one.prompt.id)
            prompts.append(BoardPrompt(one.prompt, record, replies, private))
    quotable = await store.people.quotable(series.guild_id)
    ids = [one.prompt.id for one in prompts]
    outcomes = await store.outcomes.of_prompts(series.guild_id, ids)
    return BoardSource(series, tuple(prompts), ask, now, zone, quotable, outcomes)


async def newest(store: Store, prompt: Prompt, date: str) -> Record | None:
    """The newest published summary of a prompt that a person reviewed, true to the replies that are held now.

    ``date`` is the day as people read it.
    """
    return next(iter(await _reviewed(store, prompt, date)), None)


async def named_point(store: Store, guild_id: int, written: str) -> tuple[PointRef, Prompt, Record]:
    """What a reference names: the prompt of this server, and the newest of its published summaries that has the point.

    Raises UserError where there is none.
    """
    ref = read_reference(written)
    prompt = await store.prompts.get(guild_id, ref.prompt_id)
    records = await _reviewed(store, prompt, "")
    if not records:
        raise UserError(NO_SUMMARY)
    with_it = (one for one in records if any(point.ref == ref.ref for point in with_references(one.summary).points))
    record = next(with_it, records[0])
    point_of(record.summary, ref)
    return ref, prompt, record


async def _reviewed(store: Store, prompt: Prompt, date: str) -> list[Record]:
    """Its reviewed summaries, the newest first."""
    recorded = [Record.from_json(shared.body) for shared in await store.summaries.shared(prompt.id)]
    found = [record for record in reversed(recorded) if is_reviewed(record.summary)]
    replies = await store.replies.of_prompt(prompt.id) if found else ()
    private = await store.private.shown_for_prompt(prompt.id) if found else ()
    left_out = await store.exclusions.of_prompt(prompt.id) if found else {}
    return [one if one.summary.frozen else repaired(one, replies, date, private, left_out) for one in found]
