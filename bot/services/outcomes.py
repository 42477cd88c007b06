"""Which points of published summaries there are, by the names that outcomes use, and which of them have an outcome."""

from __future__ import annotations

from bot.models.outcomes import PointRef
from bot.models.prompts import Prompt, Series
from bot.outcomes.points import USUAL_LEAST, AnsweredPoint, PublishedPoint, list_named_points, match_outcomes
from bot.services.published_summaries import newest_reviewed, read_reviewed_records
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
    record = await newest_reviewed(store, prompt)
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
