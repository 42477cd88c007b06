"""The edges of what is drawn on a PDF's page, and how they meet: the sides of tables and boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.library.readers.pdf.page.shapes import Frame

MEETING = 4.0
MARGIN = 6.0
SHORTEST = 8.0
_NEAR = 2.5
_ABUTTING = 3.0
_MOST_EDGES = 400
"""A page with more of them shows a chart or a map."""


@dataclass(slots=True)
class Edge:
    """A straight edge: at ``at`` across, from ``start`` to ``end`` along. Level ones lie, the others stand.

    ``cuts`` are where its parts meet, if it is drawn in parts, cell by cell.
    """

    is_level: bool
    at: float
    start: float
    end: float
    cuts: list[float] = field(default_factory=list)

    @property
    def length(self) -> float:
        return self.end - self.start


def edges_of(frames: Sequence[Frame]) -> list[Edge]:
    """Return the edges of frames and rules, those joined that go on from each other."""
    level: list[Edge] = []
    upright: list[Edge] = []
    for frame in frames:
        is_thin, is_narrow = frame.height <= 6, frame.width <= 6
        lying = [(frame.bottom + frame.top) / 2] if is_thin else [frame.bottom, frame.top]
        standing = [(frame.left + frame.right) / 2] if is_narrow else [frame.left, frame.right]
        if not is_narrow:
            level += [Edge(True, at, frame.left, frame.right) for at in lying]
        if not is_thin:
            upright += [Edge(False, at, frame.bottom, frame.top) for at in standing]
    edges = [edge for edge in (*_joined(level), *_joined(upright)) if edge.length >= SHORTEST]
    return edges if len(edges) <= _MOST_EDGES else []


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    joined: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: (round(edge.at / _NEAR), edge.start)):
        last = joined[-1] if joined else None
        # Two that are a hair apart may come in either order.
        reach = last is not None and edge.start <= last.end + MEETING and last.start <= edge.end + MEETING
        if last is not None and reach and abs(edge.at - last.at) <= _NEAR:
            if abs(edge.start - last.end) < _ABUTTING < edge.end - last.end:
                last.cuts.append(edge.start)
            last.start, last.end = min(last.start, edge.start), max(last.end, edge.end)
        else:
            joined.append(edge)
    return joined


def connected(edges: Sequence[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Return the edges that meet, directly or by others: those that are level, and the upright ones."""
    waiting = {id(edge): edge for edge in edges}
    for first in edges:
        if waiting.pop(id(first), None) is None:
            continue
        group = [first]
        for edge in group:  # which grows meanwhile
            met = [other for other in waiting.values() if other.is_level != edge.is_level and _meet(edge, other)]
            group += [waiting.pop(id(other)) for other in met]
        yield [edge for edge in group if edge.is_level], [edge for edge in group if not edge.is_level]


def _meet(edge: Edge, other: Edge) -> bool:
    return (
        other.start - MEETING <= edge.at <= other.end + MEETING
        and edge.start - MEETING <= other.at <= edge.end + MEETING
    )


def stacks_of(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Return the level edges, three or more, that begin and end at the same places, from the top."""
    stacks: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: -edge.at):
        near = (each for each in stacks if abs(each[0].start - edge.start) + abs(each[0].end - edge.end) <= MEETING)
        stack = next(near, None)
        if stack is None:
            stacks.append([edge])
        else:
            stack.append(edge)
    yield from (stack for stack in stacks if len(stack) > 2)


def find_cuts(edges: Iterable[Edge], start: float, end: float, least: float, apart: float = MARGIN) -> list[float]:
    """Return where a table is cut: its start, its end, and between them where edges are ``least`` long together.

    Of those that are no more than ``apart`` from each other, such as the sides of two cells, only the first counts.
    """
    lengths: defaultdict[int, float] = defaultdict(float)
    for edge in edges:
        lengths[round(edge.at / MEETING)] += edge.length
    cuts, last = [start], start
    for place in sorted(lengths):
        at = place * MEETING
        if sum(lengths.get(place + near, 0.0) for near in (-1, 0, 1)) >= least:
            cuts += [at] if last + apart < at < end - apart else []
            last = at
    return [*cuts, end]


def length_at(edges: Sequence[Edge], at: float) -> float:
    return sum(edge.length for edge in edges if abs(edge.at - at) < MARGIN)
