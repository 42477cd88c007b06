"""Which themes come back: each labelled thread is cut into an earlier and a later half, as if these were two weeks.

There is no data with labels over real weeks here. A labelled point that is made in both halves comes back; it is found
if one theme that comes back holds words of it from both. A theme is right if it holds such a point.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from benchmarks.summaries.exchange import Exchange, make_key
from benchmarks.summaries.on_sorted import Labelled, sort_thread
from bot.models.threads import Thread
from bot.services.summaries.sorting import Asking
from bot.summaries.io.threads_json import thread_from_data
from bot.summaries.language_model.grouping import prepare
from bot.summaries.language_model.requests import SortingCall
from bot.summaries.language_model.weeks import Week, prepare_weeks, read_weeks

NOT_RECORDED = "Across two halves of each thread: the recording holds nothing of it."
ACROSS = (
    "Across two halves of each thread: found {found} of {held} points that come back; right {right} of {themes} "
    "themes; refused {refused} of {named} that were named."
)


@dataclass(slots=True)
class Scores:
    """Sums over threads: points that come back and those found, themes and those right, what was named and refused."""

    held: int = 0
    found: int = 0
    themes: int = 0
    right: int = 0
    named: int = 0
    refused: int = 0


def report(labelled: Sequence[Labelled], exchange: Exchange) -> str:
    """Match the halves of every thread by an exchange, and hold what comes back against the labels."""
    scores = asyncio.run(_measure(labelled, exchange))
    if scores is None:
        return NOT_RECORDED
    return ACROSS.format(**{name: getattr(scores, name) for name in Scores.__slots__})


async def _measure(labelled: Iterable[Labelled], exchange: Exchange) -> Scores | None:
    scores = Scores()
    for each in labelled:
        halves = cut_in_two(thread_from_data(each.thread)[0])
        if not _may_ask(exchange, [call for half in halves for call in prepare(half).calls]):
            return None
        weeks = [Week(place, half, frozenset(), await sort_thread(half, exchange)) for place, half in enumerate(halves)]
        call = prepare_weeks(weeks)
        if call is not None and not _may_ask(exchange, [call]):
            return None
        answer = None if call is None else (await Asking(exchange, seconds=24 * 3600).ask_all([call]))[0]
        returning = read_weeks(weeks, answer)
        themes = [{place.message for week in theme.weeks for place in week.places} for theme in returning.themes]
        ids = [{message.id for message in half.messages} for half in halves]
        back = [point for point in each.points if all(point & half for half in ids)]
        scores.held += len(back)
        scores.found += sum(any(all(point & theme & half for half in ids) for theme in themes) for point in back)
        scores.themes += len(themes)
        scores.right += sum(any(all(point & theme & half for half in ids) for point in back) for theme in themes)
        scores.named += returning.sorting.kept + returning.sorting.refused
        scores.refused += returning.sorting.refused
    return scores


def cut_in_two(thread: Thread) -> tuple[Thread, Thread]:
    """Return a thread's earlier and its later half."""
    middle = (len(thread.messages) + 1) // 2
    return replace(thread, messages=thread.messages[:middle]), replace(thread, messages=thread.messages[middle:])


def _may_ask(exchange: Exchange, calls: Iterable[SortingCall]) -> bool:
    """Say whether there is an endpoint to ask, or a recording of all calls."""
    return exchange.endpoint is not None or all(make_key(call.make_request()) in exchange.recorded for call in calls)
