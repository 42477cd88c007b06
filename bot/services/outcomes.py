"""Which points of published summaries there are, by the names that outcomes use, and which of them have an outcome."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.errors import UserError
from bot.models.outcomes import Outcome, PointRef
from bot.models.prompts import Prompt, Series
from bot.models.summaries import KeyPoint
from bot.outcomes.decision import NO_POINT
from bot.outcomes.points import USUAL_LEAST, AnsweredPoint, PublishedPoint, list_named_points, match_outcomes
from bot.services.summaries.published_summaries import find_newest_reviewed, read_reviewed_records
from bot.store import Store
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import is_reviewed


async def list_answered(store: Store, series: Series) -> tuple[AnsweredPoint, ...]:
    """List the points of a series with their newest outcomes, from as many people on as its card says.

    They are those of the newest reviewed summary of each prompt, as it was last brought up to date.
    """
    card = await store.outcomes.card(series.id)
    least = USUAL_LEAST if card is None else card.least
    prompts = [counted.prompt.id for counted in await store.prompts.of_series(series.id)]
    outcomes = await store.outcomes.of_prompts(series.guild_id, prompts)
    rows: list[AnsweredPoint] = []
    for prompt_id in prompts:
        points = await list_stored_points(store, prompt_id)
        rows += [row for row in match_outcomes(points, outcomes, least) if row.ref.prompt_id == prompt_id]
    return tuple(rows)


async def list_stored_points(store: Store, prompt_id: int) -> tuple[PublishedPoint, ...]:
    """List the points of a prompt's newest reviewed summary, without opening any reply; () where none was published."""
    for shared in reversed(await store.summaries.shared(prompt_id)):
        summary = Record.from_json(shared.body).summary
        if is_reviewed(summary):
            return list_named_points(prompt_id, summary)
    return ()


async def list_published_points(store: Store, prompt: Prompt) -> tuple[PublishedPoint, ...]:
    """List the same, true to the replies that are held now."""
    record = await find_newest_reviewed(store, prompt)
    return () if record is None else list_named_points(prompt.id, record.summary)


async def list_known_points(store: Store, prompt: Prompt) -> tuple[PublishedPoint, ...]:
    """List those, and then the points that only earlier reviewed summaries show, which outcomes may name."""
    points: dict[PointRef, PublishedPoint] = {}
    newest: set[PointRef] | None = None
    for record in await read_reviewed_records(store, prompt):
        if is_reviewed(record.summary):
            named = {point.ref: point for point in list_named_points(prompt.id, record.summary)}
            newest = set(named) if newest is None else newest
            points = named | points
    return tuple(sorted(points.values(), key=lambda point: point.ref not in (newest or ())))


async def find_series_points(store: Store, series: Series) -> tuple[AnsweredPoint, ...]:
    """Find the points of a series true to the replies held now, with their outcomes.

    As in ``list_answered``, its card says from how many people on a point counts.
    """
    card = await store.outcomes.card(series.id)
    prompts = [counted.prompt for counted in await store.prompts.of_series(series.id)]
    return await find_points(store, series.guild_id, prompts, USUAL_LEAST if card is None else card.least)


async def find_points(store: Store, guild_id: int, prompts: Sequence[Prompt], least: int) -> tuple[AnsweredPoint, ...]:
    """Find the points of some prompts true to the replies held now, with their outcomes."""
    outcomes = await store.outcomes.of_prompts(guild_id, {prompt.id for prompt in prompts})
    rows: list[AnsweredPoint] = []
    for prompt in prompts:
        points = await list_published_points(store, prompt)
        shown = {point.ref for point in points}
        own = [outcome for outcome in outcomes if any(ref.prompt_id == prompt.id for ref in outcome.points)]
        missing = {ref for outcome in own for ref in outcome.points if ref.prompt_id == prompt.id} - shown
        older = [point for point in await list_known_points(store, prompt) if point.ref in missing] if missing else []
        rows += [row for row in match_outcomes([*points, *older], own, least) if row.ref.prompt_id == prompt.id]
    return tuple(rows)


async def find_headings(store: Store, outcome: Outcome) -> dict[PointRef, KeyPoint | None]:
    """Find the points that an outcome answers; None for one that deletions took since."""
    points: dict[PointRef, KeyPoint | None] = dict.fromkeys(outcome.points)
    for prompt_id in sorted({ref.prompt_id for ref in outcome.points}):
        prompt = await store.prompts.get(outcome.guild_id, prompt_id)
        points |= {known.ref: known.point for known in await list_known_points(store, prompt) if known.ref in points}
    return points


async def find_threads(store: Store, guild_id: int, refs: Collection[PointRef]) -> tuple[int, ...]:
    """Find the threads that points came from. Raises UserError for a point of no published summary of this server."""
    threads: list[int] = []
    for prompt_id in sorted({ref.prompt_id for ref in refs}):
        prompt = await store.prompts.get(guild_id, prompt_id)
        known = {point.ref for point in await list_known_points(store, prompt)}
        if any(ref not in known for ref in refs if ref.prompt_id == prompt_id):
            raise UserError(NO_POINT)
        if prompt.thread_id is not None and prompt.gone_at is None:
            threads.append(prompt.thread_id)
    return tuple(threads)
