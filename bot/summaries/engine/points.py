"""Find key points: statements that several people share first, then what single people raised, none said twice."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from bot.models.summaries import KeyPoint
from bot.summaries.engine.clauses import SHORT_HEADING, choose_heading, length
from bot.summaries.engine.evidence import Candidate, endorsements, find_possible, gather
from bot.summaries.engine.ranking import claim, rate_standing
from bot.summaries.engine.reading import Reading
from bot.summaries.engine.stance import are_opposed, find_negated
from bot.summaries.engine.support import RESTATED_WORDS, Support, are_restated
from bot.summaries.engine.vectors import Booleans, Floats, Integers, Space
from bot.summaries.engine.words import WEAK, content

if TYPE_CHECKING:
    from bot.summaries.engine.semantic import Meanings

SAME = 0.5
"""Cosine from which two headings would say one thing."""
MMR = 0.7
"""Share of the value against likeness to what was chosen before."""
HEARD_BEFORE = 0.65
"""Factor for each point in which a single voice was heard before."""
TOO_GENERAL = 0.7
"""Factor for a statement with hardly a word of matter ("Time is the first thing")."""
POOL = 200


def key_points(
    reading: Reading, space: Space, scores: Floats, most: int, meanings: Meanings | None = None
) -> tuple[KeyPoint, ...]:
    """Up to ``most`` points, ordered by people; a unit is evidence for one point, a person counts once in it."""
    authors = np.array([unit.author for unit in reading.units], np.int64)
    support = Support(reading, space, meanings)
    candidates = [_candidate(reading, support, unit, scores) for unit in _pool(reading, scores)]
    chosen = _choose(candidates, authors, space, most)
    evidence = gather(reading, chosen)
    nearly = find_possible(reading, support, chosen, evidence)
    points = [
        KeyPoint(candidate.statement, quotes, len(quotes), maybe, endorsements(reading, quotes))
        for candidate, quotes, maybe in zip(chosen, evidence, nearly, strict=True)
    ]
    ordered = sorted(zip(points, chosen, strict=True), key=lambda p: (-p[0].people, -p[1].quality, p[1].unit))
    return tuple(point for point, _ in ordered)


def _pool(reading: Reading, scores: Floats) -> list[int]:
    """Return units worth weighing as headings: the best by score, and the best for each of the most shared words."""
    order = np.argsort(-scores, kind="stable")
    pool: dict[int, None] = {}
    seen: set[tuple[str, ...]] = set()
    served: dict[str, int] = {}
    for index in (int(i) for i in order):
        unit = reading.units[index]
        stems = sorted(set(unit.stems))
        signature = (*stems, *sorted(find_negated(unit.text)))
        unfit = unit.kind == "question" or not reading.is_quotable(index)
        if unfit or signature in seen or scores[index] <= 0:
            continue
        fresh = [stem for stem in stems if served.get(stem, 0) < 3]
        if len(pool) < POOL // 2 or (fresh and len(pool) < POOL):
            seen.add(signature)
            pool[index] = None
            for stem in fresh:
                served[stem] = served.get(stem, 0) + 1
    return list(pool)


def _candidate(reading: Reading, support: Support, index: int, scores: Floats) -> Candidate:
    unit = reading.units[index]
    span = choose_heading(
        reading.messages[unit.message].text, *unit.span, weigh=lambda text: support.space.weight(content(text))
    )
    statement = reading.messages[unit.message].text[span[0] : span[1]]
    quality = float(scores[index]) * (1.0 if length(statement) <= SHORT_HEADING else 0.8)
    quality *= rate_standing(statement) * claim(statement)
    quality *= 1.0 if sum(stem not in WEAK for stem in content(statement)) >= 2 else TOO_GENERAL
    return Candidate(index, statement, quality, *support.members(index, statement))


def _choose(candidates: list[Candidate], authors: Integers, space: Space, most: int) -> list[Candidate]:
    """Lazy greedy choice: a candidate's value only falls as others are chosen, so few are weighed again."""
    taken = np.zeros(len(authors), np.bool_)
    voices = np.zeros(int(authors.max()) + 1, np.int64)
    nearest = _Nearest(space, candidates)
    chosen: list[int] = []
    stated: set[str] = set()
    queue = [(-_value(c, authors, taken, voices, 0.0), i, 0) for i, c in enumerate(candidates)]
    heapq.heapify(queue)
    while queue and len(chosen) < most:
        _, i, weighed_at = heapq.heappop(queue)
        candidate = candidates[i]
        if candidate.statement.casefold() in stated:
            continue  # words without matter are like nothing, themselves included
        if weighed_at < len(chosen):
            likest = nearest.to(i, chosen)
            if likest < SAME and not taken[candidate.unit]:
                value = _value(candidate, authors, taken, voices, likest)
                heapq.heappush(queue, (-value, i, len(chosen)))
            continue
        chosen.append(i)
        stated.add(candidate.statement.casefold())
        taken[candidate.members] = True
        voices[authors[candidate.unit]] += 1
    return [candidates[i] for i in chosen]


def _value(candidate: Candidate, authors: Integers, taken: Booleans, voices: Integers, likest: float) -> float:
    fresh = candidate.members[~taken[candidate.members]]
    people = len(set(authors[fresh].tolist()))
    gain = candidate.quality * (1.0 + 1.5 * float(np.log2(max(people, 1))))
    if people <= 1:  # what only one person raised: those who have no point yet come first
        gain *= HEARD_BEFORE ** int(voices[authors[candidate.unit]])
    return round(MMR * gain - (1 - MMR) * likest, 9)


class _Nearest:
    """How like a candidate's statement is to the likest statement chosen so far, kept up as more are chosen."""

    def __init__(self, space: Space, candidates: list[Candidate]) -> None:
        self._space = space
        self._candidates = candidates
        self._vectors: dict[int, dict[int, float]] = {}
        self._known: dict[int, tuple[int, float]] = {}

    def to(self, candidate: int, chosen: list[int]) -> float:
        compared, likest = self._known.get(candidate, (0, 0.0))
        likest = max([likest, *(self._likeness(candidate, other) for other in chosen[compared:])])
        self._known[candidate] = (len(chosen), likest)
        return likest

    def _likeness(self, one: int, other: int) -> float:
        mine, theirs = self._vector(one), self._vector(other)
        likeness = round(sum(weight * theirs[term] for term, weight in mine.items() if term in theirs), 6)
        shared = len(mine.keys() & theirs.keys())
        if shared >= RESTATED_WORDS and are_restated(*(np.array([n]) for n in (shared, len(mine), len(theirs)))).all():
            likeness = max(likeness, SAME)
        if likeness >= SAME and are_opposed(self._candidates[one].statement, self._candidates[other].statement):
            return 0.0  # the same words on opposite sides are two points
        return likeness

    def _vector(self, candidate: int) -> dict[int, float]:
        if candidate not in self._vectors:
            terms, weights = self._space.vector(content(self._candidates[candidate].statement))
            self._vectors[candidate] = dict(zip(terms.tolist(), weights.tolist(), strict=True))
        return self._vectors[candidate]
