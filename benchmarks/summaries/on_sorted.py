"""What a language model's sorting adds, after the proof: draft groups, their people and what they leave out.

The engine alone is measured in the same run. A draft is a point with all who stand with it: those counted and those
that the program proposes.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from benchmarks.summaries.engine import answers
from benchmarks.summaries.exchange import Exchange, make_key
from benchmarks.summaries.numbers import table
from bot.errors import ModelError
from bot.models.grouping import Grouping
from bot.models.threads import Thread
from bot.services.summaries.sorting import Asking
from bot.summaries import check_summary, summarise
from bot.summaries.io.threads_json import summary_to_data, thread_from_data
from bot.summaries.language_model.grouping import prepare, prepare_merge, read_answers

Data = dict[str, Any]
Ids = frozenset[str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A thread, the messages that people put to each point, and both sides of what people dispute."""

    thread: Data
    points: Sequence[Ids]
    disputes: Sequence[tuple[Ids, Ids]] = ()


@dataclass(slots=True)
class Scores:
    """Sums over threads: right ones of those told, found ones of those held, and F of single points."""

    sums: dict[str, list[int]] = field(default_factory=dict)
    support: list[float] = field(default_factory=list)
    own_heading: list[float] = field(default_factory=list)

    def add(self, name: str, right: int, told: int, found: int, held: int) -> None:
        """Add what one thread gives of a measure."""
        before = self.sums.get(name, [0, 0, 0, 0])
        self.sums[name] = [old + new for old, new in zip(before, (right, told, found, held), strict=True)]


MEASURES = ("shared points as drafts", "drafted supporters", "pairs on one point", "opposed")
TARGETS = ("found 81 (62 of 77)", "right 80, found 75", "", "right 85, found 85")
"""In percent, for a strong model. The first was set on ten other threads with 77 shared points."""


def report(labelled: Sequence[Labelled], exchange: Exchange, model: str | None = None) -> str:
    """Sort every thread by an exchange, and hold it and the engine alone against the labels."""
    sorting = Sorted(exchange)
    asked = exchange.calls
    sorted_answers = asyncio.run(sorting.answer_all(labelled))
    engine = _score(labelled, answers([each.thread for each in labelled], model))
    with_model = _score(labelled, sorted_answers)
    named = sorting.kept + sorting.refused
    rows = [
        [name, _rate(engine, name), _rate(with_model, name), target]
        for name, target in zip(MEASURES, TARGETS, strict=True)
    ]
    rows.append(["grouping, pair F1", _pair_f(engine), _pair_f(with_model), ""])
    rows.append(["support F1", _mean(engine.support), _mean(with_model.support), ""])
    rows.append(["own-heading F1", _mean(engine.own_heading), _mean(with_model.own_heading), "60 on public topics"])
    return "\n".join(
        [
            f"{len(labelled)} threads, {sum(len(each.thread['messages']) for each in labelled)} replies, in percent: "
            "right of those told, found of those there are",
            table(["", "engine alone", "with the model", "target"], rows),
            "",
            f"Refused by the proof: {_percent(sorting.refused, named)} in 100 of what was named, "
            f"{sorting.names_refused} of {sorting.names} names of themes; "
            f"{sorting.unusable} of {exchange.calls - asked} answers unusable or missing.",
            f"Summaries that the check refused: {sorting.unsound} (target 0).",
        ]
    )


@dataclass(slots=True)
class Sorted:
    """Sorts threads one after the other, and counts what the proof let stand."""

    exchange: Exchange
    kept: int = 0
    refused: int = 0
    unusable: int = 0
    names: int = 0
    names_refused: int = 0
    unsound: int = 0

    async def answer_all(self, labelled: Iterable[Labelled]) -> list[Data]:
        """Return the answer to each thread as the command line gives it, from what the model sorted."""
        return [await self._answer(each.thread) for each in labelled]

    async def _answer(self, data: Data) -> Data:
        thread, options = thread_from_data(data)
        grouping = await sort_thread(thread, self.exchange)
        self.kept, self.refused = self.kept + grouping.sorting.kept, self.refused + grouping.sorting.refused
        self.unusable += grouping.sorting.unanswered
        self.names += len(grouping.themes)
        self.names_refused += sum(theme.name is None for theme in grouping.themes)
        summary = summarise(thread, options, grouping)
        self.unsound += bool(check_summary(summary, thread, most_points=options.max_points))
        return dict(summary_to_data(summary))


async def sort_thread(thread: Thread, exchange: Exchange) -> Grouping:
    """Let an exchange sort a thread, and prove what it answers."""
    outgoing = prepare(thread)
    asking = Asking(exchange, seconds=24 * 3600)
    found = await asking.ask_all(outgoing.calls)
    merging = prepare_merge(outgoing, found)
    merged = None if merging is None else (await asking.ask_all([merging]))[0]
    return read_answers(thread, outgoing, found, merged)


def require_recorded(exchange: Exchange, labelled: Iterable[Labelled]) -> None:
    """Raise ModelError where a recording without an endpoint lacks the first call about a thread."""
    for each in labelled:
        calls = prepare(thread_from_data(each.thread)[0]).calls
        if any(make_key(call.make_request()) not in exchange.recorded for call in calls):
            raise ModelError(f"The recording holds nothing of the thread {each.thread.get('id')}.")


def _score(labelled: Sequence[Labelled], told: Sequence[Data]) -> Scores:
    scores = Scores()
    for each, found in zip(labelled, told, strict=True):
        authors = {message["id"]: message["author"] for message in each.thread["messages"]}
        _score_drafts(scores, each, found, authors)
        _score_opposed(scores, each, found)
    return scores


def _score_drafts(scores: Scores, labelled: Labelled, told: Data, authors: dict[str, str]) -> None:
    drafts = [(point["support"][0], frozenset((*point["support"], *point["possible"]))) for point in told["points"]]
    shared = [key for key in labelled.points if len({authors[name] for name in key}) > 1]
    reached = sum(any(len({authors[name] for name in draft & key}) > 1 for _, draft in drafts) for key in shared)
    scores.add("shared points as drafts", 0, 0, reached, len(shared))
    for head, draft in drafts:
        own = max((key for key in labelled.points if head in key), key=lambda key: f(draft, key), default=frozenset())
        scores.own_heading.append(f(draft, own) if own else 0.0)
        if len(draft) > 1:
            scores.support.append(max((f(draft, key) for key in labelled.points), default=0.0))
            others = {authors[name] for name in draft} - {authors[head]}
            wanted = {authors[name] for name in own} - {authors[head]}
            scores.add("drafted supporters", len(others & wanted), len(others), 0, 0)
    for key in shared:
        best = max((draft for head, draft in drafts if head in key), key=lambda draft: len(draft & key), default=Ids())
        people = {authors[name] for name in key}
        found = {authors[name] for name in best & key}
        scores.add("drafted supporters", 0, 0, max(len(found) - 1, 0), len(people) - 1)
    same, meant = _pairs((draft for _, draft in drafts), authors), _pairs(labelled.points, authors)
    scores.add("pairs on one point", len(same & meant), len(same), len(same & meant), len(meant))


def _pairs(groups: Iterable[Ids], authors: dict[str, str]) -> set[tuple[str, ...]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2) if authors[pair[0]] != authors[pair[1]]}


def _score_opposed(scores: Scores, labelled: Labelled, told: Data) -> None:
    pairs = [({one}, {other}) for one, other in told.get("opposed", [])]
    sides = [(set(dispute["sides"][0]), set(dispute["sides"][1])) for dispute in told["disagreements"]]
    both = [*pairs, *sides]

    def meet(one: tuple[set[str], set[str]], other: tuple[Ids, Ids]) -> bool:
        return bool((one[0] & other[0] and one[1] & other[1]) or (one[0] & other[1] and one[1] & other[0]))

    right = sum(any(meet(each, wanted) for wanted in labelled.disputes) for each in both)
    found = sum(any(meet(each, wanted) for each in both) for wanted in labelled.disputes)
    scores.add("opposed", right, len(both), found, len(labelled.disputes))


def _rate(scores: Scores, name: str) -> str:
    right, told, found, held = scores.sums.get(name, [0, 0, 0, 0])
    parts = [f"right {_percent(right, told)} ({right} of {told})"] if told else []
    parts += [f"found {_percent(found, held)} ({found} of {held})"] if held else []
    return ", ".join(parts) or "-"


def _pair_f(scores: Scores) -> str:
    right, told, _, held = scores.sums.get("pairs on one point", [0, 0, 0, 0])
    return _percent(2 * right, told + held)


def _mean(values: Sequence[float]) -> str:
    return f"{statistics.fmean(values):.0f}" if values else "-"


def f(found: Ids, wanted: Ids) -> float:
    """Return F of two sets in percent."""
    return 200 * len(found & wanted) / (len(found) + len(wanted) or 1)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"
