"""Find agreement and disagreement: between messages joined by a reply, and between statements on one matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from bot.models.summaries import Disagreement, Quote, Side
from bot.summaries.engine.clauses import choose_heading
from bot.summaries.engine.cues.verdicts import find_verdicts
from bot.summaries.engine.evidence import quote_text
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.relations import Relation, find_relation, says_so_openly
from bot.summaries.engine.stance import are_clearly_opposed, are_opposed
from bot.summaries.engine.vectors import Space
from bot.summaries.engine.words import content

SAME_MATTER = 0.3
"""Cosine from which two statements of different threads of talk are about one matter."""
MEANT = 0.15
"""Cosine from which a message without a reply is taken to answer an earlier one that it openly contradicts."""
MEANT_AGAINST = 0.08
"""The same for one that says "I disagree": it must mean somebody, and takes up a word of theirs."""
COMMON_MATTER = 0.5
"""Share of the statements from which a word is so common that to praise and to blame it may be about two things."""
SHARED_VIEW = 0.4
"""Cosine from which the two sides say the same."""
READS_WHOLE = 26
"""Words up to which the disputed statement is shown whole, since a clause of it may not be what is disputed."""
MOST_COMPARED = 400
"""Units that are held against the others for opposed statements; a longer thread repeats itself."""


@dataclass(slots=True)
class _Dispute:
    """Messages on either side, by position; the first of ``here`` made the disputed statement."""

    here: list[int]
    there: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stances:
    """``agreements`` are ids of messages that agree with another."""

    disagreements: tuple[Disagreement, ...]
    agreements: tuple[str, ...]


def find_stances(reading: Reading, space: Space) -> Stances:
    """Say who agrees and who disagrees, where the words say so; the disagreements with most people first."""
    finder = _Finder(reading, space)
    finder.follow_replies()
    finder.compare_statements()
    finder.compare_verdicts()
    disagreements = [made for dispute in finder.disputes if (made := finder.disagreement(dispute)) is not None]
    disagreements.sort(key=lambda disagreement: -(disagreement.sides[0].people + disagreement.sides[1].people))
    agreed = tuple(reading.messages[position].id for position in sorted(finder.agreeing))
    return Stances(tuple(disagreements), agreed)


class _Finder:
    def __init__(self, reading: Reading, space: Space) -> None:
        self._reading = reading
        self._space = space
        self._units: list[list[int]] = [[] for _ in reading.messages]
        for index, unit in enumerate(reading.units):
            self._units[unit.message].append(index)
        self.disputes: list[_Dispute] = []
        self.agreeing: set[int] = set()
        self._by_root: dict[int, _Dispute] = {}
        self._side_of: dict[int, tuple[_Dispute, bool]] = {}

    def follow_replies(self) -> None:
        """Read how each message stands to the one that it answers, in the thread's order."""
        positions = {message.id: position for position, message in enumerate(self._reading.messages)}
        for position, message in enumerate(self._reading.messages):
            answered = positions.get(message.reply_to or "", -1)
            if answered < 0 and says_so_openly(message.text):
                against = find_relation(message.text, "") is Relation.DISAGREES
                answered = self._meant(position, MEANT_AGAINST if against else MEANT)
            unread = position in self._reading.left_out or answered in self._reading.left_out
            if answered < 0 or answered == position or unread or self._same_author(position, answered):
                continue
            stands = find_relation(message.text, self._reading.messages[answered].text)
            if stands is Relation.AGREES:
                self.agreeing.add(position)
                self._join(position, answered, against=False)
            elif stands is Relation.DISAGREES and self._statements(answered):
                self._join(position, answered, against=True)

    def compare_statements(self) -> None:
        """Find statements on one matter with opposed stance that no reply joins."""
        units = self._reading.units
        for index in range(min(len(units), MOST_COMPARED)):
            unit = units[index]
            if unit.kind == "question" or unit.message in self._side_of:
                continue
            for other in self._opponents(index):
                self._join(units[other].message, unit.message, against=True)

    def compare_verdicts(self) -> None:
        """Find what some praise and others blame, and who takes which side."""
        judged: dict[str, list[tuple[int, int]]] = {}
        for index, unit in enumerate(self._reading.units[:MOST_COMPARED]):
            for stem, sign in find_verdicts(unit.text).items() if unit.kind == "statement" else ():
                judged.setdefault(stem, []).append((index, sign))
        for stem, found in judged.items():
            if len({sign for _, sign in found}) == 2 and self._space.share(stem) <= COMMON_MATTER:
                self._take_sides(found)

    def _take_sides(self, found: list[tuple[int, int]]) -> None:
        """Put those who judge one matter on the sides of one dispute: a known one, or one of the first of them."""
        units = self._reading.units
        known = [(index, sign) for index, sign in found if units[index].message in self._side_of]
        root, ours = (known or found)[0]
        others = [(index, sign) for index, sign in found if units[index].message not in self._side_of and index != root]
        for index, sign in sorted(others, key=lambda one: one[1] == ours):
            if units[index].author != units[root].author:
                self._join(units[index].message, units[root].message, against=sign != ours)

    def disagreement(self, dispute: _Dispute) -> Disagreement | None:
        """Return the dispute with its quotes, or None where a side has nobody who stands on it alone."""
        root = self._disputed(dispute)
        if root is None:
            return None
        here = self._voices(dispute.here, root)
        there = self._voices(dispute.there, root)
        both = {author for author in here if author in there}
        one = tuple(quote for author, quote in here.items() if author not in both or quote is next(iter(here.values())))
        other = tuple(quote for author, quote in there.items() if author not in both)
        if not one or not other:
            return None
        unit = self._reading.units[root]
        text = self._reading.messages[unit.message].text
        start, end = unit.span
        if unit.words > READS_WHOLE:
            start, end = choose_heading(text, start, end, weigh=lambda words: self._space.weight(content(words)))
        sides = (Side(one, len(one)), Side(other, len(other)))
        return Disagreement(text[start:end], sides, self._common(dispute, one, other))

    def _join(self, position: int, answered: int, *, against: bool) -> None:
        dispute, on_the_other = self._side_of.get(answered, (None, False))
        if dispute is None:
            if not against:
                # Agreement before any dispute: kept in mind, in case somebody disagrees later.
                dispute = self._by_root.setdefault(answered, _Dispute([answered]))
                dispute.here.append(position)
                return
            dispute = self._by_root.setdefault(answered, _Dispute([answered]))
            self.disputes.append(dispute)
            for member in dispute.here:
                self._side_of.setdefault(member, (dispute, False))
        side = on_the_other != against
        (dispute.there if side else dispute.here).append(position)
        self._side_of.setdefault(position, (dispute, side))

    def _meant(self, position: int, least: float) -> int:
        """The earlier message that an open word of agreement or disagreement is about; -1 where that is not clear."""
        best, likest = -1, least
        for index in self._units[position]:
            likeness, shared, _ = self._space.overlap(*self._space.row(index))
            for other in np.flatnonzero(likeness[: self._units[position][0]] >= likest):
                unit = self._reading.units[int(other)]
                if shared[other] and not self._same_author(position, unit.message):
                    best, likest = unit.message, float(likeness[other])
        return best

    def _opponents(self, index: int) -> Iterator[int]:
        unit = self._reading.units[index]
        terms, weights = self._space.row(index)
        likeness, shared, _ = self._space.overlap(terms, weights)
        near = (likeness >= SAME_MATTER) & (shared >= 2)
        for other in (int(i) for i in np.flatnonzero(near)):
            theirs = self._reading.units[other]
            free = other > index and theirs.message not in self._side_of and theirs.kind == "statement"
            if free and theirs.author != unit.author and are_clearly_opposed(unit.text, theirs.text):
                yield other

    def _disputed(self, dispute: _Dispute) -> int | None:
        """Return the statement of the first message that the other side speaks to most."""
        own = self._statements(dispute.here[0])
        if not own:
            return None
        theirs = [index for position in dispute.there for index in self._units[position]]
        nearness = np.zeros(len(self._reading.units))
        for index in theirs[:20]:
            nearness = np.maximum(nearness, self._space.similarity(*self._space.row(index)))
        return max(own, key=lambda index: (round(float(nearness[index]), 6), -index))

    def _voices(self, positions: Iterable[int], root: int) -> dict[int, Quote]:
        voices: dict[int, Quote] = {}
        likeness = self._space.similarity(*self._space.row(root))
        for position in positions:
            message = self._reading.messages[position]
            text = message.text.strip()
            if self._reading.units[root].message == position:
                text = quote_text(self._reading, self._reading.units[root])
            elif self._units[position]:
                told = self._statements(position) or self._units[position]
                text = quote_text(self._reading, self._best(told, likeness))
            voices.setdefault(self._reading.authors[message.author], Quote(message.id, text))
        return voices

    def _best(self, told: list[int], likeness: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Unit:
        """Of the first thoughts of a message, the one nearest to the disputed statement."""
        index = max(told[:4], key=lambda index: (round(float(likeness[index]), 6), -index))
        return self._reading.units[index]

    def _common(self, dispute: _Dispute, side: tuple[Quote, ...], against: tuple[Quote, ...]) -> tuple[Quote, ...]:
        """Return the words in which people of both sides say the same, none of them quoted on their side already."""
        used = {*side, *against}
        here = self._said_by(side, dispute.here)[:20]
        there = self._said_by(against, dispute.there)
        best: tuple[float, int, int] | None = None
        for index in here:
            terms, weights = self._space.row(index)
            likeness, shared, _ = self._space.overlap(terms, weights)
            for other in there:
                mine, theirs = self._reading.units[index], self._reading.units[other]
                alike = float(likeness[other]) >= SHARED_VIEW and shared[other] >= 2
                if alike and mine.author != theirs.author and not are_opposed(mine.text, theirs.text):
                    best = max(best or (0.0, 0, 0), (round(float(likeness[other]), 6), -index, -other))
        if best is None:
            return ()
        quotes = tuple(self._quote(-index) for index in best[1:])
        return () if any(quote in used for quote in quotes) else quotes

    def _said_by(self, side: tuple[Quote, ...], positions: Iterable[int]) -> list[int]:
        """Return the statements in these messages of people who stand on a side."""
        messages = {quote.message for quote in side}
        units, known = self._reading.units, self._reading.messages
        people = {unit.author for unit in units if known[unit.message].id in messages}
        told = (index for position in positions for index in self._statements(position))
        return [index for index in told if units[index].author in people]

    def _quote(self, index: int) -> Quote:
        unit = self._reading.units[index]
        return Quote(self._reading.messages[unit.message].id, quote_text(self._reading, unit))

    def _statements(self, position: int) -> list[int]:
        return [index for index in self._units[position] if self._reading.units[index].kind != "question"]

    def _same_author(self, one: int, other: int) -> bool:
        return self._reading.messages[one].author == self._reading.messages[other].author
