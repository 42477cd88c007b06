"""Reads the points of prompts and series together with their outcomes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.client import Bot
from bot.errors import UserError
from bot.models.outcomes import Outcome, PointRef
from bot.models.prompts import Prompt, Series
from bot.models.summaries import KeyPoint
from bot.outcomes.decision import NO_POINT
from bot.outcomes.points import USUAL_LEAST, AnsweredPoint, match_outcomes
from bot.services.outcomes import list_known_points, list_published_points


async def find_series_points(bot: Bot, series: Series) -> tuple[AnsweredPoint, ...]:
    """Read the points of a series' published summaries with their outcomes, from as many people on as its card says."""
    card = await bot.store.outcomes.card(series.id)
    prompts = [counted.prompt for counted in await bot.store.prompts.of_series(series.id)]
    return await find_points(bot, series.guild_id, prompts, USUAL_LEAST if card is None else card.least)


async def find_points(bot: Bot, guild_id: int, prompts: Sequence[Prompt], least: int) -> tuple[AnsweredPoint, ...]:
    """Read the points of some prompts with their outcomes."""
    given = await bot.store.outcomes.of_prompts(guild_id, {prompt.id for prompt in prompts})
    answered: list[AnsweredPoint] = []
    for prompt in prompts:
        points = await list_published_points(bot.store, prompt)
        shown = {point.ref for point in points}
        own = [outcome for outcome in given if any(ref.prompt_id == prompt.id for ref in outcome.points)]
        named = {ref for outcome in own for ref in outcome.points if ref.prompt_id == prompt.id}
        older = (
            [known for known in await list_known_points(bot.store, prompt) if known.ref in named - shown]
            if named - shown
            else []
        )
        rows = match_outcomes([*points, *older], own, least)
        answered += [row for row in rows if row.ref.prompt_id == prompt.id]
    return tuple(answered)


async def find_headings(bot: Bot, outcome: Outcome) -> dict[PointRef, KeyPoint | None]:
    """Find the points that an outcome answers; None for one that deletions took since."""
    points: dict[PointRef, KeyPoint | None] = dict.fromkeys(outcome.points)
    for prompt_id in sorted({ref.prompt_id for ref in outcome.points}):
        prompt = await bot.store.prompts.get(outcome.guild_id, prompt_id)
        points |= {
            known.ref: known.point for known in await list_known_points(bot.store, prompt) if known.ref in points
        }
    return points


async def find_threads(bot: Bot, guild_id: int, refs: Collection[PointRef]) -> tuple[int, ...]:
    """Find the threads that points came from. Raises UserError for a point of no published summary of this server."""
    threads: list[int] = []
    for prompt_id in sorted({ref.prompt_id for ref in refs}):
        prompt = await bot.store.prompts.get(guild_id, prompt_id)
        shown = {known.ref for known in await list_known_points(bot.store, prompt)}
        if any(ref not in shown for ref in refs if ref.prompt_id == prompt_id):
            raise UserError(NO_POINT)
        if prompt.thread_id is not None and prompt.gone_at is None:
            threads.append(prompt.thread_id)
    return tuple(threads)
