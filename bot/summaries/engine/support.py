"""Find who made themselves count for a statement: people who wrote the same words, agreed in answer, or reacted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.summaries.engine.reading import Reading
from bot.summaries.engine.relations import Relation, agrees_openly
from bot.summaries.engine.sentences import sentences
from bot.summaries.engine.statements import LONGEST_QUOTE, Statement, quote_text
from bot.summaries.engine.words import split_words

MOST_POINTS_MEANT = 4
"""How many statements a message may hold so that who agrees with it clearly means them."""
MEANT = 0.3
"""Likeness to a statement of a longer message from which an answer in agreement clearly means that one."""
NEARLY = 1e-6
NOBODY = -1


@dataclass(slots=True)
class Support:
    """Who backed a statement themselves.

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


def find_support(
    reading: Reading, statements: Sequence[Statement], cosine: Callable[[int, int], float]
) -> list[Support]:
    """Say who backed each statement themselves, in the order of the statements.

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
