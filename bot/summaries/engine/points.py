"""Choose key points among statements, by the people who made themselves count for them and the draft groups around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.models.summaries import MOST_SORTED, KeyPoint, Quote, Role
from bot.summaries.engine.draft_groups import nearest
from bot.summaries.engine.kinds import kind_of
from bot.summaries.engine.likeness import Vectors
from bot.summaries.engine.reading import Reading
from bot.summaries.engine.statements import Statement
from bot.summaries.engine.support import Support

SUGGESTIONS = 5
MOST_VOICES = 100
MOST_A_MESSAGE = 1
SAID_ALREADY = 0.6
"""Likeness from which a statement says what its author's other statement says."""
SIZE = 1.0
"""How much a draft group's size adds to the worth of its head, for each doubling."""
SAME = 0.75
"""Likeness from which two headings would say one thing."""

Group = list[int]


@dataclass(frozen=True, slots=True)
class SortedAs:
    """What a language model says of single statements, by their numbers.

    ``best`` say best what their group says, ``asides`` are jokes and greetings, and ``themes`` are names by statement.
    """

    best: Collection[int] = ()
    asides: Collection[int] = ()
    themes: Mapping[int, str] = field(default_factory=dict)


NOT_SORTED = SortedAs()


def choose_points(
    reading: Reading,
    statements: Sequence[Statement],
    support: Sequence[Support],
    groups: Iterable[Group],
    likeness: Vectors,
    most: int,
    sorted_as: SortedAs = NOT_SORTED,
) -> tuple[tuple[KeyPoint, ...], tuple[KeyPoint, ...]]:
    """Return up to ``most`` points and the single voices beside them.

    Points that people share themselves come first, then the heads of the largest draft groups, then other
    statements. ``groups`` hold numbers of statements, ``likeness`` is that of the statements, shape (n, n).
    What is set aside heads no point, unless people share it themselves. Where a language model sorted
    statements, all that they share is a point, up to MOST_SORTED.
    """
    members = _members(statements, support, groups, sorted_as.best)
    chosen: list[int] = []
    if sorted_as.best:
        shared = sum(bool(members[head] or support[head].people) for head in members)
        most = max(most, min(shared, MOST_SORTED)) if most else 0
    for head in _order_heads(statements, support, members, sorted_as.best):
        if head in sorted_as.asides and not support[head].people:
            continue
        if len(chosen) == most:
            break
        if not any(likeness[head, other] >= SAME for other in chosen):
            chosen.append(head)
    points = [
        replace(_point(reading, statements, support, members, likeness, head), theme=sorted_as.themes.get(head, ""))
        for head in chosen
    ]
    order = sorted(range(len(points)), key=lambda place: (-points[place].total, place))
    used = {number for head in chosen for number in (head, *members[head])}
    shown = {statements[head].unit for head in chosen}
    used |= {
        number for number, stands in enumerate(support) if stands.told_by is not None and stands.told_by.unit in shown
    }
    voices = _voices(reading, statements, likeness, used, sorted_as.themes)
    stated = {point.statement.casefold() for point in points}
    return tuple(points[place] for place in order), tuple(
        voice for voice in voices if voice.statement.casefold() not in stated
    )


def _members(
    statements: Sequence[Statement], support: Sequence[Support], groups: Iterable[Group], best: Collection[int]
) -> dict[int, list[int]]:
    """Return for each head the other members of its draft group, one a person; what people share heads by itself.

    Of a group that a language model sorted, the statement in ``best`` is the head, unless people share
    another themselves. What else of it they share is proposed for the head too, so that a facilitator can join the two.
    """
    members: dict[int, list[int]] = {number: [] for number, stands in enumerate(support) if stands.told_by is None}
    for drafted in groups:
        group = [number for number in drafted if number in members]
        if not group:
            continue
        is_sorted = not set(best).isdisjoint(drafted)

        def rank(number: int) -> tuple[int, bool, float, int]:
            return support[number].people, number in best, statements[number].quality, -number

        head = max(group, key=rank)
        told = {statements[head].author, *support[head].writers, *support[head].answers, *support[head].against}
        for number in group:
            joins = is_sorted or not support[number].people
            if number != head and joins and statements[number].author not in told:
                told.add(statements[number].author)
                members[head].append(number)
                if not support[number].people:
                    members.pop(number, None)
    return members


def _order_heads(
    statements: Sequence[Statement],
    support: Sequence[Support],
    members: dict[int, list[int]],
    best: Collection[int],
) -> list[int]:
    """Order heads by their worth; of what one person alone says, each person's best goes before anybody's second.

    The groups that a language model sorted, whose heads are in ``best``, go before what one person alone says.
    """
    heads_sorted = {head for head in members if members[head] and not set(best).isdisjoint((head, *members[head]))}
    ordered = sorted(
        members,
        key=lambda head: (
            not support[head].people,
            head not in heads_sorted,
            -_value(statements, support, members, head),
            head,
        ),
    )
    heard: set[int] = set()
    first: list[int] = []
    later: list[int] = []
    for head in ordered:
        is_first = support[head].people > 0 or head in heads_sorted or statements[head].author not in heard
        (first if is_first else later).append(head)
        heard.add(statements[head].author)
    return [*first, *later]


def _value(
    statements: Sequence[Statement], support: Sequence[Support], members: dict[int, list[int]], head: int
) -> float:
    """Order heads: what people share by their own act before all else, then by quality and size of the group."""
    people = support[head].people
    size = 1 + len(members[head])
    return 10.0 * people + round(statements[head].quality * (1.0 + SIZE * float(np.log2(size + people))), 9)


def _point(
    reading: Reading,
    statements: Sequence[Statement],
    support: Sequence[Support],
    members: dict[int, list[int]],
    likeness: Vectors,
    head: int,
) -> KeyPoint:
    statement, stands = statements[head], support[head]
    quotes = [_quote(reading, statement, Role.WROTE)]
    quotes += [_quote(reading, repeat, Role.WROTE) for repeat in stands.writers.values()]
    quotes += [
        Quote(reading.messages[position].id, stands.words[position], role=Role.AGREED)
        for position in sorted(stands.answers.values())
    ]
    people = {statement.author, *stands.writers, *stands.answers}
    grouped = [_quote(reading, statements[number], Role.GROUPED) for number in members[head]]
    told = people | stands.against | {statements[number].author for number in members[head]}
    suggested = _suggest(reading, statements, likeness, head, told, SUGGESTIONS - len(grouped))
    return KeyPoint(
        statement=statement.heading,
        quotes=tuple(quotes),
        people=len(quotes),
        possible=(*grouped, *suggested),
        endorsements=_count_endorsers(reading, quotes),
        kind=kind_of(statement.heading),
    )


def _suggest(
    reading: Reading, statements: Sequence[Statement], likeness: Vectors, head: int, told: set[int], most: int
) -> list[Quote]:
    """Return the statements of others that are likest to a head, one a person, beside those ``told``."""
    near = nearest(likeness[head], [statement.author for statement in statements], told, max(most, 0))
    return [_quote(reading, statements[number], Role.SUGGESTED) for number in near if likeness[head, number] > 0]


def _voices(
    reading: Reading, statements: Sequence[Statement], likeness: Vectors, used: set[int], themes: Mapping[int, str]
) -> tuple[KeyPoint, ...]:
    """Return what else people say, in the thread's order, the best of each message first, none twice."""
    told = set(used)
    count: dict[int, int] = defaultdict(int)
    for number in used:
        count[statements[number].message] += 1
    chosen: list[int] = []
    for number in sorted(range(len(statements)), key=lambda number: (-statements[number].quality, number)):
        statement = statements[number]
        if number in told or count[statement.message] >= MOST_A_MESSAGE or len(chosen) == MOST_VOICES:
            continue
        own = [other for other in told if statements[other].author == statement.author]
        if own and float(likeness[number, own].max()) >= SAID_ALREADY:
            continue
        chosen.append(number)
        told.add(number)
        count[statement.message] += 1
    voices: dict[str, KeyPoint] = {}
    for number in sorted(chosen):
        statement = statements[number]
        quotes = (_quote(reading, statement, Role.WROTE),)
        liked = _count_endorsers(reading, quotes)
        voice = KeyPoint(
            statement.heading,
            quotes,
            1,
            endorsements=liked,
            kind=kind_of(statement.heading),
            theme=themes.get(number, ""),
        )
        voices.setdefault(statement.heading.casefold(), voice)
    return tuple(voices.values())


def _count_endorsers(reading: Reading, quotes: Sequence[Quote]) -> int:
    """Count the people who reacted with agreement to the quotes' messages, and wrote none of them."""
    said = [reading.messages[reading.positions[quote.message]] for quote in quotes]
    return len({name for message in said for name in message.endorsers} - {message.author for message in said})


def _quote(reading: Reading, statement: Statement, role: Role) -> Quote:
    return Quote(reading.messages[statement.message].id, statement.quote, role=role)
