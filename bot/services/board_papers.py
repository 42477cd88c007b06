"""Puts together what a board paper of a series is made of, and what must be done before, out of the other stores."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime

from bot.board.document import PointCheck
from bot.board.paper import BoardPrompt, BoardSource
from bot.board.readiness import Standing, refuse_unfinished
from bot.board.references import point_of, read_reference, with_references
from bot.checks.results import CheckResult, results_of
from bot.errors import UserError
from bot.models.checks import Answer, Check
from bot.models.outcomes import PointRef
from bot.models.private import PrivateReply
from bot.models.prompts import Prompt, PromptState, Series
from bot.models.replies import Reply
from bot.store import Store
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.freshness import PrivateVersion, Since, since
from bot.summaries.lifecycle.record import Record, repaired
from bot.summaries.output.point_groups import is_reviewed
from bot.text.dates import closing_date_text

NO_SUMMARY = "This prompt has no summary that a person reviewed. Check the reference."

Records = Callable[[Store, Prompt], Awaitable[list[Record]]]
"""The reviewed summaries of a prompt, the newest first."""


async def refuse_unready(store: Store, series: Series) -> None:
    """Raise UserError with a list where something must be done before a board reads of a series.

    It is quick, since it reads no replies; ``board_source`` looks once more.
    """
    await _ready_prompts(store, series, _recorded)


async def board_source(store: Store, series: Series, ask: str, now: datetime) -> BoardSource:
    """What a paper of a series is made of. Raises UserError with a list where something must be done before."""
    standings = await _ready_prompts(store, series, _repaired)
    zone = (await store.settings.of(series.guild_id)).time_zone
    prompts, after = [], Since()
    for one in standings:
        record = await newest(store, one.prompt, closing_date_text(now, zone))
        if record is not None:
            replies = await store.replies.of_prompt(one.prompt.id)
            private = await store.private.shown_for_prompt(one.prompt.id)
            prompts.append(BoardPrompt(one.prompt, record, replies, private))
            after = _more(after, await _since(store, one.prompt, record, replies, private))
    ids = [one.prompt.id for one in prompts]
    results = await _results(store, series.guild_id, ids)
    return BoardSource(
        series,
        tuple(prompts),
        ask,
        now,
        zone,
        quotable=await store.people.quotable(series.guild_id),
        outcomes=await store.outcomes.of_prompts(series.guild_id, ids),
        checks=dict(_point_checks(one for _, one in results)),
        results=tuple(one for _, one in results if one is not None),
        views={check.prompt_id: 0 if one is None else one.people for check, one in results},
        missing=(*await _missing(store, series, standings), *_told_since(after)),
    )


async def _ready_prompts(store: Store, series: Series, records: Records) -> tuple[Standing, ...]:
    """How far each closed prompt of a series is, in the order of their posting. Raises UserError as above."""
    standings = await _standings(store, series, records)
    waiting = await store.private.waiting(series.guild_id)
    refuse_unfinished(standings, sum(one.replies for one in waiting if one.series_id == series.id))
    return standings


async def _standings(store: Store, series: Series, records: Records) -> tuple[Standing, ...]:
    """Private replies count as replies."""
    objections = await store.objections.waiting(series.guild_id)
    unread = {one.prompt_id: one.replies for one in await store.private.waiting(series.guild_id)}
    found = []
    for counted in await store.prompts.of_series(series.id):
        prompt = counted.prompt
        if prompt.state is not PromptState.CLOSED or _is_gone(prompt):
            continue
        shared = {one.id for one in await store.summaries.shared(prompt.id)}
        record = next(iter(await records(store, prompt)), None)
        found.append(
            Standing(
                prompt,
                counted.replies + len(await store.private.shown_for_prompt(prompt.id)),
                None if record is None else record.summary,
                has_draft=await store.drafts.of_prompt(prompt.id) is not None,
                objections=sum(one.summary_id in shared for one in objections),
                unread_private=unread.get(prompt.id, 0),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.prompt.posted_at or one.prompt.claimed_at, one.prompt.id)))


async def _results(store: Store, guild_id: int, ids: list[int]) -> list[tuple[Check, CheckResult | None]]:
    """The newest check of each prompt that ended; without a result where too few gave a view."""
    released = await store.checks.released(guild_id, ids)
    return [(check, results_of(check, await store.checks.views(check.id))) for check in released]


def _point_checks(results: Iterable[CheckResult | None]) -> Iterator[tuple[PointRef, PointCheck]]:
    for result in results:
        if result is None:
            continue
        for point in result.points:
            answers = Answer.TRUE, Answer.PARTLY, Answer.NOT, Answer.UNKNOWN
            true, partly, not_here, unknown = (point.counts.get(answer, 0) for answer in answers)
            check = PointCheck(true, partly, not_here, unknown, point.divided)
            yield PointRef(result.check.prompt_id, point.ref), check


async def _missing(store: Store, series: Series, standings: tuple[Standing, ...]) -> tuple[tuple[str, int], ...]:
    """What of the series is no part of the paper."""
    posted = [counted.prompt for counted in await store.prompts.of_series(series.id)]
    apart = [await store.private.shown_for_prompt(prompt.id) for prompt in posted]
    pooled = len(await store.private.shown_for_series(series.id)) - sum(map(len, apart))
    return (
        ("questions that are still open", sum(prompt.state is PromptState.OPEN for prompt in posted)),
        ("questions without a reply", sum(one.summary is None for one in standings)),
        ("questions whose thread was deleted", sum(map(_is_gone, posted))),
        ("private replies to several questions together", pooled),
    )


async def _since(
    store: Store, prompt: Prompt, record: Record, replies: Sequence[Reply], private: Sequence[PrivateReply]
) -> Since:
    if record.summary.frozen:
        return Since()
    left_out = await store.exclusions.of_prompt(prompt.id)
    apart = (PrivateVersion(private_id(reply)) for reply in private)
    return since(record, [*(reply for reply in replies if reply.id not in left_out), *apart])


def _more(one: Since, other: Since) -> Since:
    return Since(one.added + other.added, one.changed + other.changed)


def _told_since(after: Since) -> tuple[tuple[str, int], ...]:
    return (
        ("replies that came after the summary was made", after.added),
        ("changes to replies after the summary was made", after.changed),
    )


def _is_gone(prompt: Prompt) -> bool:
    return prompt.gone_at is not None and not prompt.keep_reason


async def newest(store: Store, prompt: Prompt, date: str) -> Record | None:
    """The newest published summary of a prompt that a person reviewed, true to the replies that are held now.

    ``date`` is the day as people read it.
    """
    return next(iter(await _repaired(store, prompt, date)), None)


async def named_point(store: Store, guild_id: int, written: str) -> tuple[PointRef, Prompt, Record]:
    """What a reference names: the prompt of this server, and the newest of its published summaries that has the point.

    Raises UserError where there is none.
    """
    ref = read_reference(written)
    prompt = await store.prompts.get(guild_id, ref.prompt_id)
    records = await _repaired(store, prompt)
    if not records:
        raise UserError(NO_SUMMARY)
    with_it = (one for one in records if any(point.ref == ref.ref for point in with_references(one.summary).points))
    record = next(with_it, records[0])
    point_of(record.summary, ref)
    return ref, prompt, record


async def _recorded(store: Store, prompt: Prompt) -> list[Record]:
    """Its reviewed summaries as they were recorded, the newest first."""
    shared = await store.summaries.shared(prompt.id)

    def read() -> list[Record]:
        recorded = (Record.from_json(one.body) for one in reversed(shared))
        return [record for record in recorded if is_reviewed(record.summary)]

    return await asyncio.to_thread(read)  # a record of thousands of replies takes long to read


async def _repaired(store: Store, prompt: Prompt, date: str = "") -> list[Record]:
    """The same, true to the replies that are held now."""
    found = await _recorded(store, prompt)
    if not found:
        return []
    replies = await store.replies.of_prompt(prompt.id)
    private = await store.private.shown_for_prompt(prompt.id)
    left_out = await store.exclusions.of_prompt(prompt.id)
    refusing = await store.people.refusing(prompt.guild_id)
    refused = {str(reply.id) for reply in replies if reply.person in refusing}

    def repair(one: Record) -> Record:
        return one if one.summary.frozen else repaired(one, replies, date, private, left_out, refused)

    return await asyncio.to_thread(lambda: list(map(repair, found)))
