"""Topics whose key points people labelled: what is covered, what comes twice, and who is rightly listed."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from benchmarks.summaries.baselines import BASELINES, at_most
from benchmarks.summaries.data import Thread
from benchmarks.summaries.engine import answers
from benchmarks.summaries.numbers import Measured, mean, table
from benchmarks.summaries.on_sorted import Labelled, f

MAX_POINTS = 10
SMALLEST = 3
"""Supporters from which a labelled key point must be covered."""

Ids = frozenset[str]


@dataclass(frozen=True, slots=True)
class Point:
    """A point found: the message of its heading, and all messages listed for it."""

    heading: str
    support: Ids


@dataclass(frozen=True, slots=True)
class Scores:
    """Measures of one topic, in percent."""

    covered: float
    redundant: float
    support: float
    support_of_heading: float
    count_error: float


TARGETS = Scores(covered=80, redundant=20, support=50, support_of_heading=38, count_error=60)


def scores(points: list[Point], labelled: list[Ids], most: int) -> Scores:
    """Measures of the points found, at least one, against the labelled support of each key point.

    A key point is covered where a heading comes from a message that supports it; of large key points as many are
    expected as points are allowed. A point is redundant where an earlier heading stands for the same key point.
    Support is F of the messages listed, once against the key point that fits them best, once against that of the
    heading; an error of counts of 100 is as large as the labelled count.
    """
    of_heading = [
        max((k for k in labelled if p.heading in k), key=lambda k: f(p.support, k), default=None) for p in points
    ]
    headed = [key for key in of_heading if key is not None]
    large = {key for key in labelled if len(key) >= SMALLEST}
    expected = min(len(large), most)
    return Scores(
        covered=100 * min(1.0, len(large & set(headed)) / expected) if expected else 100.0,
        redundant=100 * (len(headed) - len(set(headed))) / len(points),
        support=statistics.fmean(max((f(point.support, key) for key in labelled), default=0.0) for point in points),
        support_of_heading=statistics.fmean(
            f(point.support, key) if key else 0.0 for point, key in zip(points, of_heading, strict=True)
        ),
        count_error=statistics.fmean(
            100 * abs(len(point.support) - len(key)) / len(key) if key else 100.0
            for point, key in zip(points, of_heading, strict=True)
        ),
    )


def labelled(topics: list[Thread]) -> list[Labelled]:
    """Return the topics with the messages that people put to each key point."""
    return [Labelled(topic, _labelled(topic)) for topic in topics]


def report(topics: list[Thread]) -> str:
    """The measures of the engine with their targets, then coverage and redundancy of other ways to choose headings."""
    found = {"engine": [_points(answer) for answer in answers(topics)]}
    for name, choose in BASELINES.items():
        found[name] = [[_alone(topic, line.message) for line in choose(topic, at_most(MAX_POINTS))] for topic in topics]
    scored = {
        name: [
            scores(points, _labelled(topic), MAX_POINTS) for points, topic in zip(each, topics, strict=True) if points
        ]
        for name, each in found.items()
    }
    engine = scored["engine"]
    rows = [
        _row("key points covered", mean([score.covered for score in engine]), TARGETS.covered),
        _row("redundancy (at most)", mean([score.redundant for score in engine]), TARGETS.redundant),
        _row("support F", mean([score.support for score in engine]), TARGETS.support),
        _row(
            "support F, own heading", mean([score.support_of_heading for score in engine]), TARGETS.support_of_heading
        ),
        _row("error of counts (at most)", mean([score.count_error for score in engine]), TARGETS.count_error),
    ]
    others = [
        [name, str(mean([score.covered for score in each])), str(mean([score.redundant for score in each]))]
        for name, each in scored.items()
    ]
    unanswered = len(topics) - len(engine)
    points = statistics.fmean(map(len, found["engine"]))
    return "\n".join(
        [
            f"{len(topics)} topics ({unanswered} without points), {points:.1f} points each, in percent",
            table(["engine", "found", "target", "ratio"], rows),
            "",
            table(["headings", "covered", "redundancy"], others),
        ]
    )


def _row(name: str, value: Measured, target: float) -> list[str]:
    return [name, str(value), f"{target:.0f}", f"{value.value / target:.2f}"]


def _points(answer: Thread) -> list[Point]:
    """The heads with who stands with them and whom the program proposes: the labels know of no answers."""
    return [
        Point(point["support"][0], frozenset((*point["support"], *point["possible"]))) for point in answer["points"]
    ]


def _alone(topic: Thread, message: int) -> Point:
    name = topic["messages"][message]["id"]
    return Point(name, frozenset([name]))


def _labelled(topic: Thread) -> list[Ids]:
    return [frozenset(point["support"]) for point in topic["key_points"]]
