"""Find key points: statements with the people who made themselves count for them, and the draft groups around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.models.summaries import MOST_SORTED, KeyPoint, Quote, Role
from bot.summaries.engine.clauses import LEAST_HEADING, SHORT_HEADING, choose_heading, has_verb, length
from bot.summaries.engine.draft_groups import Vectors, nearest
from bot.summaries.engine.kinds import kind_of
from bot.summaries.engine.questions import is_claim
from bot.summaries.engine.ranking import rate_standing
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.relations import Relation, agrees_openly
from bot.summaries.engine.sentences import sentences
from bot.summaries.engine.vectors import Floats, Space
from bot.summaries.engine.words import WEAK, content, split_words

LONGEST_QUOTE = 350
"""Characters up to which a whole sentence is shown as evidence."""
MOST_POINTS_MEANT = 4
"""How many statements a message may hold so that who agrees with it clearly means them."""
MEANT = 0.3
"""Likeness to a statement of a longer message from which an answer in agreement clearly means that one."""
NEARLY = 1e-6
SUGGESTIONS = 5
NOBODY = -1
MOST_WEIGHED = 4_000
LEAST_STANDING = 0.5
LEAST_MATTER = 2
"""Words of matter that a statement needs to say something of its own."""
LEAST_WITHOUT_VERB = 6
"""Words from which a thought stands without a verb that is known as one."""
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
class Statement:
    """A statement that may head a point. ``heading`` is verbatim in the quote; ``quality`` says how good it is."""

    unit: int
    author: int
    message: int
    heading: str
    quote: str
    quality: float


@dataclass(slots=True)
class Support:
    """Who supports a statement by something that they did.

    ``writers`` are people who wrote the very same words, each with their statement; ``answers`` are those who answered
    in agreement, each with the position of the message that says so, and ``words`` is what is shown of it. ``against``
    are those who contradicted its message, or whom its own message contradicts. ``is_repeat`` is true for a statement
    whose words another one stands for; ``told_by`` is the statement under which its words are shown as an answer in
    agreement.
    """

    writers: dict[int, Statement] = field(default_factory=dict)
    answers: dict[int, int] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    endorsers: frozenset[str] = frozenset()
    against: set[int] = field(default_factory=set)
    is_repeat: bool = False
    told_by: Statement | None = None

    @property
    def people(self) -> int:
        """How many people beside the author."""
        return len(self.writers) + len(self.answers) + len(self.endorsers)


@dataclass(frozen=True, slots=True)
class SortedAs:
    """What a language model says of single statements, by their numbers.

    ``best`` say best what their group says, ``asides`` are jokes and greetings, and ``themes`` are names by statement.
    """

    best: Collection[int] = ()
    asides: Collection[int] = ()
    themes: Mapping[int, str] = field(default_factory=dict)


NOT_SORTED = SortedAs()


def find_statements(reading: Reading, space: Space, scores: Floats) -> list[Statement]:
    """Return what people say that can be in a summary by itself, in the thread's order.

    Of very many thoughts only those that somebody answered or reacted to are weighed, and the best of the others.
    """
    best = np.argsort(-scores, kind="stable")[:MOST_WEIGHED].tolist()
    heard = (
        index
        for index, unit in enumerate(reading.units)
        if reading.messages[unit.message].id in reading.answered or reading.messages[unit.message].endorsers
    )
    found = (_statement(reading, space, index, float(scores[index])) for index in sorted({*best, *heard}))
    return [statement for statement in found if statement is not None]


def _statement(reading: Reading, space: Space, index: int, score: float) -> Statement | None:
    unit = reading.units[index]
    if not reading.is_quotable(index) or not _says_something(reading, unit):
        return None
    text = reading.messages[unit.message].text

    def weigh(words: str) -> float:
        return -1.0 if reading.names.holds_name(words) else space.weight(content(words))

    start, end = choose_heading(text, *unit.span, weigh=weigh)
    if reading.names.holds_name(text[start:end]):
        start, end = choose_heading(text, *unit.span, weigh=weigh, is_part=True)
    heading = text[start:end]
    is_short = length(heading) < LEAST_HEADING and heading.strip(" .!") != reading.sentence(unit).strip(" .!")
    if is_short or reading.names.holds_name(heading):
        return None
    quality = score * (1.0 if length(heading) <= SHORT_HEADING else 0.8) * rate_standing(heading)
    return Statement(index, unit.author, unit.message, heading, quote_text(reading, unit), quality)


def _says_something(reading: Reading, unit: Unit) -> bool:
    if unit.kind == "question" or (unit.kind == "rhetorical" and not is_claim(unit.text)):
        return False
    matter = {stem for stem in unit.stems if stem not in WEAK}
    is_whole = reading.points_made[unit.message] == 1 and reading.messages[unit.message].reply_to is None
    speaks = is_whole or has_verb(unit.text) or unit.words >= LEAST_WITHOUT_VERB or not unit.text.isascii()
    return speaks and len(matter) >= (1 if is_whole else LEAST_MATTER) and rate_standing(unit.text) >= LEAST_STANDING


def quote_text(reading: Reading, unit: Unit) -> str:
    """Say what is shown as evidence: the whole sentence, or for a very long one the thought within it."""
    sentence = reading.sentence(unit)
    return sentence if len(sentence) <= LONGEST_QUOTE else unit.text


def find_support(
    reading: Reading, statements: Sequence[Statement], cosine: Callable[[int, int], float]
) -> list[Support]:
    """Say who supports each statement by something that they did, in the order of the statements.

    An answer in agreement means the statement of the message that it answers; if that makes several, the one that
    its own words take up, and if they take up none, nobody is counted. A message that only agrees passes on what it
    agreed with. ``cosine`` says how like two statements' units are.
    """
    support = [Support() for _ in statements]
    first = _find_repeats(reading, statements, support)
    of_message: dict[int, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        of_message[statement.message].append(first[number])
    _count_unquotable(reading, statements, support)
    _find_opponents(reading, of_message, support)
    for answer, answered in _agreements(reading, of_message):
        meant = _meant(reading, statements, of_message[answered], (answer, answered), cosine)
        person = reading.authors[reading.messages[answer].author]
        if meant is not None and person != statements[meant].author and person not in support[meant].writers:
            support[meant].answers.setdefault(person, answer)
            support[meant].words[answer] = _answer_text(reading, answer, statements[meant].unit, cosine)
    for message, numbers in of_message.items():
        best = max(numbers, key=lambda number: (statements[number].quality, -number))
        said = reading.messages[message]
        heard = {reading.messages[answer].author for answer in support[best].answers.values()}
        support[best].endorsers |= frozenset(said.endorsers) - {said.author} - heard
    _find_told(statements, of_message, support)
    return support


def _find_repeats(reading: Reading, statements: Sequence[Statement], support: Sequence[Support]) -> list[int]:
    """Return for each statement the first one of the very same words, and count who wrote them again."""
    seen: dict[tuple[str, ...], int] = {}
    first: list[int] = []
    for number, statement in enumerate(statements):
        words = tuple(split_words(reading.units[statement.unit].text)) or (statement.heading,)
        number_of_first = seen.setdefault(words, number)
        first.append(number_of_first)
        if number_of_first != number:
            support[number].is_repeat = True
            if statement.author != statements[number_of_first].author:
                support[number_of_first].writers.setdefault(statement.author, statement)
    return first


def _count_unquotable(reading: Reading, statements: Sequence[Statement], support: Sequence[Support]) -> None:
    """Count those who wrote the very same words and may not be quoted: they head nothing, and are shown nowhere."""
    unquotable = [(index, unit) for index, unit in enumerate(reading.units) if not reading.is_quotable(index)]
    said = {
        tuple(split_words(reading.units[statement.unit].text)): number
        for number, statement in enumerate(statements if unquotable else ())
        if not support[number].is_repeat
    }
    for index, unit in unquotable:
        number = said.get(tuple(split_words(unit.text)))
        if number is not None and unit.author != statements[number].author:
            words = Statement(index, unit.author, unit.message, unit.text, quote_text(reading, unit), 0.0)
            support[number].writers.setdefault(unit.author, words)


def _find_opponents(reading: Reading, of_message: dict[int, list[int]], support: Sequence[Support]) -> None:
    """Note on both statements who contradicted whom by an answer, so that they are not proposed for each other."""
    for position, (answered, relation) in reading.relations.items():
        if relation is Relation.DISAGREES:
            for here, there in ((position, answered), (answered, position)):
                for number in of_message.get(here, ()):
                    support[number].against.add(reading.authors[reading.messages[there].author])


def _find_told(statements: Sequence[Statement], of_message: dict[int, list[int]], support: Sequence[Support]) -> None:
    """Mark the statements whose words are shown as somebody's answer in agreement, and that nobody else supports."""
    for stands, statement in zip(support, statements, strict=True):
        for position in stands.answers.values():
            shown = stands.words[position]
            for number in of_message.get(position, ()):
                told = statements[number]
                if told.message == position and not support[number].people and told.heading in shown:
                    support[number].told_by = statement


def _agreements(reading: Reading, of_message: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """Yield each message that agrees with a statement-making one, with that one's position."""
    passed_on: dict[int, int] = {}
    for position, (answered, relation) in reading.relations.items():
        if relation is not Relation.AGREES:
            continue
        # "This!" to a "me too" means what that one meant.
        target = answered if answered in of_message else passed_on.get(answered, NOBODY)
        if target == NOBODY:
            continue
        passed_on[position] = target
        if reading.messages[target].author != reading.messages[position].author:
            yield position, target


def _meant(
    reading: Reading,
    statements: Sequence[Statement],
    numbers: list[int],
    positions: tuple[int, int],
    cosine: Callable[[int, int], float],
) -> int | None:
    """Return the statement that an answer means, of those of one message; None if it could be any of several.

    ``positions`` are those of the answer and of the message that it answers. If its words clearly take up a thought
    of that message that is no statement, it means none of the statements.
    """
    answer, answered = positions
    own = [index for index in reading.units_of[answer] if reading.units[index].kind != "question"]
    likeness = {
        number: max((cosine(index, statements[number].unit) for index in own), default=0.0) for number in numbers
    }
    if not numbers:
        return None
    best = max(numbers, key=lambda number: (likeness[number], statements[number].quality, -number))
    thoughts = [index for index in reading.units_of[answered] if reading.units[index].kind != "question"]
    taken_up = max((cosine(index, thought) for index in own for thought in thoughts), default=0.0)
    if taken_up >= MEANT and taken_up > likeness[best] + NEARLY:
        return None
    made = reading.points_made[statements[best].message]
    return best if made <= MOST_POINTS_MEANT or likeness[best] >= MEANT else None


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

    Points that people share by an act of their own come first, then the heads of the largest draft groups, then other
    statements. ``groups`` hold numbers of statements, ``likeness`` is that of the statements, shape (n, n).
    What is set aside heads no point, unless people share it by an act of their own. Where a language model sorted
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

    Of a group that a language model sorted, the statement in ``best`` is the head, unless people share another by an
    act of their own. What else of it they share is proposed for the head too, so that a facilitator can join the two.
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


def _answer_text(reading: Reading, position: int, meant: int, cosine: Callable[[int, int], float]) -> str:
    """Say what is shown of an answer in agreement with unit ``meant``: how it opens, and what it says of that unit.

    "Same here. The rota is late with us too" is shown whole; of "Same here. And the car park is full" the first two
    words are.
    """
    text = reading.messages[position].text.strip()
    units = [index for index in reading.units_of[position] if reading.units[index].kind != "question"]
    opening = next((text[start:end] for start, end in sentences(text)[:1]), "")
    if units and cosine(units[0], meant) >= MEANT:
        sentence = reading.sentence(reading.units[units[0]])
        whole = text[: text.find(sentence) + len(sentence)]
        return whole if len(whole) <= LONGEST_QUOTE else quote_text(reading, reading.units[units[0]])
    if agrees_openly(opening) and len(opening) <= LONGEST_QUOTE:
        return opening
    return quote_text(reading, reading.units[units[0]]) if units else text[:LONGEST_QUOTE]


def _quote(reading: Reading, statement: Statement, role: Role) -> Quote:
    return Quote(reading.messages[statement.message].id, statement.quote, role=role)
