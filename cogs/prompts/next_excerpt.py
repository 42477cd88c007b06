"""Whose turn it is in a series: of the excerpts that wait, the first that can be posted now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from bot.client import Bot
from bot.models.library import Excerpt
from bot.models.prompts import Series
from bot.prompts.texts import one_line
from bot.text.escape import escape, shorten
from bot.text.words import human_join

MOST_NAMED = 3


class Standing(Enum):
    """READY: can be posted. UNASKED: has no question. OPEN: is open in the series' channel already."""

    READY = 1
    UNASKED = 2
    OPEN = 3


async def standing(bot: Bot, series: Series, excerpt: Excerpt) -> Standing:
    """Whether an excerpt can be posted for a series now."""
    if not one_line(excerpt.question):
        return Standing.UNASKED
    there = await bot.store.prompts.open_for(excerpt.id, series.channel_id)
    return Standing.READY if there is None else Standing.OPEN


async def coming(bot: Bot, series: Series, waiting: Iterable[Excerpt]) -> Excerpt | None:
    """Of the excerpts that wait, in order, the one that would be posted now."""
    for excerpt in waiting:
        if await standing(bot, series, excerpt) is Standing.READY:
            return excerpt
    return None


def left_out_text(series: Series, left_out: Mapping[Standing, Sequence[Excerpt]], *, posted: bool) -> str:
    """What facilitators are told of excerpts that were left out at a slot, and what they can do."""
    title = escape(one_line(series.title))
    lines = [
        f"“{title}” went on with a later excerpt." if posted else f"Nothing was posted in “{title}” this time.",
    ]
    if unasked := left_out.get(Standing.UNASKED):
        lines.append(
            f"Left out, without a question: {_names(unasked)}. "
            "Write the question with /library question, and it comes at the next date."
        )
    if opened := left_out.get(Standing.OPEN):
        lines.append(f"Left out, already open in <#{series.channel_id}>: {_names(opened)}.")
    return "\n".join(lines)


def _names(excerpts: Sequence[Excerpt]) -> str:
    named = [f"“{escape(shorten(one_line(excerpt.passage.text), 80))}”" for excerpt in excerpts[:MOST_NAMED]]
    more = len(excerpts) - MOST_NAMED
    return human_join([*named, f"{more} more"] if more > 0 else named)
