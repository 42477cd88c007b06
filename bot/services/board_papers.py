"""Put together what a board paper of a series is made of, and what must be done before, out of the stores."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime

from bot.board.document import PointCheck
from bot.board.follow_up import FollowUpSource
from bot.board.readiness import PromptReadiness, refuse_unfinished
from bot.board.references import find_point, name_points, read_reference
from bot.board.source import BoardPrompt, BoardSource
from bot.checks.results import CheckResult
from bot.errors import UserError
from bot.models.actions import EXPORTED, EXPORTED_BY_PROGRAM
from bot.models.board import PaperFields
from bot.models.outcomes import PointRef
from bot.models.private import LEAST_SHOWN, PrivateReply
from bot.models.prompts import Prompt, PromptState, Series
from bot.models.replies import Reply
from bot.outcomes.points import newest_of, progress_of
from bot.services.paper_fields import refuse_borrowed_fields
from bot.services.replies.withdrawals import refuse_withdrawn
from bot.services.summaries.published_summaries import read_recorded_reviews, read_reviewed_records
from bot.store import Store
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.freshness import PrivateVersion, RepliesSince, count_changes
from bot.summaries.lifecycle.record import Record
from bot.text.dates import format_local_date, local_date

NO_ASK = (
    "Say what you’re asking the board for: “Summary and ask” on the card of /summary board, or --ask on the machine."
)
NO_OUTCOME = "Nothing has been answered yet, so there’s nothing to follow up. /outcome add gives the first answer."
NO_SUMMARY = "This prompt has no checked summary. Check the reference."

Records = Callable[[Store, Prompt], Awaitable[list[Record]]]
"""The reviewed summaries of a prompt, the newest first."""


async def explain_unready(store: Store, series: Series) -> str:
    """Say what must be done before a board reads of a series, a line each; empty if nothing is left to do.

    It is quick, since it reads no replies; ``prepare_paper`` looks once more.
    """
    try:
        await _ready_prompts(store, series, read_recorded_reviews)
    except UserError as error:
        return str(error)
    return ""


async def prepare_follow_up(store: Store, series: Series, fields: PaperFields, now: datetime) -> FollowUpSource:
    """Put together what a follow-up paper is made of: every outcome of the series, and how far it is by today.

    Raises UserError if there is no outcome yet, and if what was written holds words of staff.
    """
    standings = await _standings(store, series, read_reviewed_records)
    await refuse_borrowed_fields(store, series, fields)
    source = await _gather(store, series, fields, standings, now)
    today = local_date(now, source.time_zone)
    given = newest_of(source.outcomes or ())
    if not given:
        raise UserError(NO_OUTCOME)
    outcomes = {outcome.id: outcome for outcome in given.values()}
    return FollowUpSource(
        source, tuple((outcome, progress_of(outcome, today)) for _, outcome in sorted(outcomes.items())), today
    )


async def prepare_paper(store: Store, series: Series, fields: PaperFields, now: datetime) -> BoardSource:
    """Put together what a paper is made of.

    Raises UserError with a list where something must be done before, if nothing is asked of the board, and where
    what was written holds words of staff.
    """
    standings = await _ready_prompts(store, series, read_reviewed_records)
    if not fields.recommendation:
        raise UserError(NO_ASK)
    await refuse_borrowed_fields(store, series, fields)
    return await _gather(store, series, fields, standings, now)


async def _gather(
    store: Store, series: Series, fields: PaperFields, standings: tuple[PromptReadiness, ...], now: datetime
) -> BoardSource:
    zone = (await store.settings.of(series.guild_id)).time_zone
    prompts, after = [], RepliesSince()
    for prompt in (standing.prompt for standing in standings):
        record = next(iter(await read_reviewed_records(store, prompt, format_local_date(now, zone))), None)
        if record is not None:
            await refuse_withdrawn(store, prompt.guild_id, prompt.id, record.held)
            replies = await store.replies.of_prompt(prompt.id)
            private = await store.private.shown_for_prompt(prompt.id)
            prompts.append(BoardPrompt(prompt, record, replies, private))
            after = _add(after, await _since(store, prompt, record, replies, private))
    ids = [board_prompt.prompt.id for board_prompt in prompts]
    results = await _results(store, series.guild_id, ids)
    return BoardSource(
        series,
        tuple(prompts),
        fields,
        now,
        zone,
        quotable=await store.people.quotable(series.guild_id),
        outcomes=await store.outcomes.of_prompts(series.guild_id, ids),
        checks=dict(_point_checks(results, zone)),
        tapped={result.check.prompt_id: result.people for result in results},
        missing=(*await _count_missing(store, series, standings), *_name_changes(after)),
    )


async def _ready_prompts(store: Store, series: Series, records: Records) -> tuple[PromptReadiness, ...]:
    """Say how far each closed prompt of a series is, in the order of their posting. Raises UserError as above."""
    standings = await _standings(store, series, records)
    refuse_unfinished(standings)
    return standings


async def _standings(store: Store, series: Series, records: Records) -> tuple[PromptReadiness, ...]:
    """Look at each closed prompt of a series. Private replies count as replies."""
    objections = await store.objections.waiting(series.guild_id)
    unread = {batch.prompt_id: batch.replies for batch in await store.private.waiting(series.guild_id)}
    standings = []
    for counted in await store.prompts.of_series(series.id):
        prompt = counted.prompt
        if prompt.state is not PromptState.CLOSED or prompt.is_held_back:
            continue
        shared_ids = {shared.id for shared in await store.summaries.shared(prompt.id)}
        record = next(iter(await records(store, prompt)), None)
        standings.append(
            PromptReadiness(
                prompt,
                counted.replies + len(await store.private.shown_for_prompt(prompt.id)),
                None if record is None else record.summary,
                has_draft=await store.drafts.of_prompt(prompt.id) is not None,
                objections=sum(objection.summary_id in shared_ids for objection in objections),
                unread_private=unread.get(prompt.id, 0),
            )
        )
    return tuple(sorted(standings, key=_posting_order))


def _posting_order(standing: PromptReadiness) -> tuple[datetime, int]:
    return standing.prompt.posted_at or standing.prompt.claimed_at, standing.prompt.id


async def _results(store: Store, guild_id: int, ids: list[int]) -> list[CheckResult]:
    """Read the results of the newest check of each prompt that ended."""
    results = [await store.checks.result(check) for check in await store.checks.released(guild_id, ids)]
    return [result for result in results if result is not None]


def _point_checks(results: Iterable[CheckResult], zone: str) -> Iterator[tuple[PointRef, PointCheck]]:
    for result in results:
        for each in result.points:
            if each.same:
                until = format_local_date(result.check.ends_at, zone)
                yield PointRef(result.check.prompt_id, each.point.ref), PointCheck(each.same, each.differs, until)


async def _count_missing(
    store: Store, series: Series, standings: tuple[PromptReadiness, ...]
) -> tuple[tuple[str, int], ...]:
    """Count what of the series is no part of the paper."""
    posted = [counted.prompt for counted in await store.prompts.of_series(series.id)]
    return (
        ("questions that are still open", sum(prompt.state is PromptState.OPEN for prompt in posted)),
        ("questions without a reply", sum(standing.summary is None for standing in standings)),
        ("questions whose thread was deleted", sum(prompt.is_held_back for prompt in posted)),
        ("questions whose replies were erased at the end of their time", sum(map(_is_frozen, standings))),
    )


def _is_frozen(standing: PromptReadiness) -> bool:
    return standing.summary is not None and standing.summary.frozen


async def _since(
    store: Store, prompt: Prompt, record: Record, replies: Sequence[Reply], private: Sequence[PrivateReply]
) -> RepliesSince:
    if record.summary.frozen:
        return RepliesSince()
    left_out = await store.exclusions.of_prompt(prompt.id)
    apart = (PrivateVersion(private_id(reply)) for reply in private)
    return count_changes(record, [*(reply for reply in replies if reply.id not in left_out), *apart])


def _add(one: RepliesSince, other: RepliesSince) -> RepliesSince:
    return RepliesSince(one.added + other.added, one.changed + other.changed, private=one.private + other.private)


def _name_changes(after: RepliesSince) -> tuple[tuple[str, int], ...]:
    return (
        ("replies that came after the summary was made", after.added),
        ("changes to replies after the summary was made", after.changed),
        ("private replies that came after the summary was made", after.private if after.private >= LEAST_SHOWN else 0),
    )


def _has_point(record: Record, ref: PointRef) -> bool:
    return any(point.ref == ref.ref for point in name_points(record.summary).points)


async def find_named_point(store: Store, guild_id: int, written: str) -> tuple[PointRef, Prompt, Record]:
    """Find what a reference names: the prompt, and the newest of its published summaries that has the point.

    Raises UserError if there is none.
    """
    ref = read_reference(written)
    prompt = await store.prompts.get(guild_id, ref.prompt_id)
    records = await read_reviewed_records(store, prompt)
    if not records:
        raise UserError(NO_SUMMARY)
    having = (record for record in records if _has_point(record, ref))
    record = next(having, records[0])
    find_point(record.summary, ref)
    return ref, prompt, record


async def note_paper(
    store: Store, series: Series, file_names: Sequence[str], now: datetime, *, user_id: int | None = None
) -> None:
    """Note that a paper is about to leave: asked for by a person in Discord, or without one on the command line.

    It is noted before it is given away, so that no paper leaves without its line in the log.
    """
    action = EXPORTED_BY_PROGRAM if user_id is None else EXPORTED
    line = f"board paper of series {series.id}: {', '.join(file_names)}"
    await store.audit_log.note(series.guild_id, action, line, user_id=user_id, now=now)
