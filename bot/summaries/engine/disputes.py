"""Find who agrees and who disagrees, by how people answer each other, and put those who do on two sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.models.summaries import Disagreement, Quote, Role, Side
from bot.summaries.engine.reading import Reading
from bot.summaries.engine.relations import Relation
from bot.summaries.engine.statements import LONGEST_QUOTE, Statement, quote_text
from bot.summaries.engine.vectors import Space


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


def find_stances(reading: Reading, space: Space, statements: Sequence[Statement]) -> Stances:
    """Say who agrees and who disagrees, where their answers say so; the disagreements with most people first."""
    finder = _Finder(reading, space, statements)
    finder.follow_replies()
    disagreements = [made for dispute in finder.disputes if (made := finder.disagreement(dispute)) is not None]
    disagreements.sort(key=lambda disagreement: -(disagreement.sides[0].people + disagreement.sides[1].people))
    agreed = tuple(reading.messages[position].id for position in sorted(finder.agreeing))
    return Stances(tuple(disagreements), agreed)


class _Finder:
    def __init__(self, reading: Reading, space: Space, statements: Sequence[Statement]) -> None:
        self._reading = reading
        self._space = space
        self._made: dict[int, list[Statement]] = defaultdict(list)
        for statement in statements:
            self._made[statement.message].append(statement)
        self.disputes: list[_Dispute] = []
        self.agreeing: set[int] = set()
        self._by_root: dict[int, _Dispute] = {}
        self._side_of: dict[int, tuple[_Dispute, bool]] = {}

    def follow_replies(self) -> None:
        """Read how each message relates to the one that it answers, in the thread's order."""
        for position, (answered, stands) in self._reading.relations.items():
            if {position, answered} & self._reading.left_out:
                continue
            if stands is Relation.AGREES:
                self.agreeing.add(position)
                self._join(position, answered, against=False)
            elif stands is Relation.DISAGREES and (self._made[answered] or answered in self._side_of):
                self._join(position, answered, against=True)

    def disagreement(self, dispute: _Dispute) -> Disagreement | None:
        """Return the dispute with its quotes, or None if a side has nobody who is on it alone."""
        root = self._disputed(dispute)
        if root is None:
            return None
        here, there = self._voices(dispute.here, root), self._voices(dispute.there, root)
        both = here.keys() & there.keys()
        one = tuple(quote for author, quote in here.items() if author not in both or author == root.author)
        other = tuple(quote for author, quote in there.items() if author not in both)
        if not one or not other:
            return None
        return Disagreement(root.heading, (Side(one, len(one)), Side(other, len(other))))

    def _join(self, position: int, answered: int, *, against: bool) -> None:
        dispute, on_the_other = self._side_of.get(answered, (None, False))
        if dispute is None:
            dispute = self._by_root.setdefault(answered, _Dispute([answered]))
            if not against:
                # Agreement before any dispute: kept in mind, in case somebody disagrees later.
                dispute.here.append(position)
                return
            self.disputes.append(dispute)
            for member in dispute.here:
                self._side_of.setdefault(member, (dispute, False))
        side = on_the_other != against
        (dispute.there if side else dispute.here).append(position)
        self._side_of.setdefault(position, (dispute, side))

    def _disputed(self, dispute: _Dispute) -> Statement | None:
        """Return the statement of the first message that the other side takes up most, or else its best."""
        theirs = [index for position in dispute.there for index in self._reading.units_of[position]]

        def taken_up(statement: Statement) -> tuple[float, float, int]:
            likest = max((self._space.cosine(index, statement.unit) for index in theirs), default=0.0)
            return round(likest, 6), statement.quality, -statement.unit

        return max(self._made[dispute.here[0]], key=taken_up, default=None)

    def _voices(self, positions: Iterable[int], root: Statement) -> dict[int, Quote]:
        """Return one quote a person: of a message its words that speak to what is disputed most, or its opening."""
        voices: dict[int, Quote] = {}
        for position in positions:
            message = self._reading.messages[position]
            units = [self._reading.units[index] for index in self._reading.units_of[position]]
            if position == root.message:
                text = root.quote
            elif len(message.text.strip()) <= LONGEST_QUOTE or not units:
                text = message.text.strip()[:LONGEST_QUOTE]
            else:
                text = quote_text(self._reading, units[0])
            role = Role.AGREED if position in self.agreeing else Role.WROTE
            voices.setdefault(self._reading.authors[message.author], Quote(message.id, text, role=role))
        return voices
