"""Which points of a series' published summaries have an outcome, as the store holds them."""

from __future__ import annotations

from bot.models.prompts import Series
from bot.outcomes.points import USUAL_LEAST, Answered, PublishedPoint, answered, named_points
from bot.store import Store
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import is_reviewed


async def answered_in(store: Store, series: Series) -> tuple[Answered, ...]:
    """The points of a series with their newest outcomes, from as many people on as its card says.

    They are those of the newest reviewed summary of each prompt, as it was last brought up to date.
    """
    card = await store.outcomes.card(series.id)
    least = USUAL_LEAST if card is None else card.least
    prompts = [one.prompt.id for one in await store.prompts.of_series(series.id)]
    given = await store.outcomes.of_prompts(series.guild_id, prompts)
    found: list[Answered] = []
    for prompt_id in prompts:
        points = await stored_points(store, prompt_id)
        found += [one for one in answered(points, given, least) if one.ref.prompt_id == prompt_id]
    return tuple(found)


async def stored_points(store: Store, prompt_id: int) -> tuple[PublishedPoint, ...]:
    """The points of a prompt's newest reviewed summary, without opening any reply; () where none was published."""
    for shared in reversed(await store.summaries.shared(prompt_id)):
        summary = Record.from_json(shared.body).summary
        if is_reviewed(summary):
            return named_points(prompt_id, summary)
    return ()
