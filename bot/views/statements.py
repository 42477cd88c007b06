"""Choose the statements of a thread that facilitators are offered, for others to answer with one press."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.models.threads import Message, Thread
from bot.models.views import MOST_OFFERED, NewStatement
from bot.replies.risk_signposting import find_risks
from bot.summaries.engine.ranking import FOR_POINTS, rate_standings, score_units
from bot.summaries.engine.reading import Reading, read
from bot.summaries.engine.vectors import Space
from bot.summaries.engine.words import content_stems
from bot.views.screening import is_fit, strip_disguises
from bot.views.statement_edits import LEAST_LETTERS, say_same, split
from bot.views.thoughts import LEAST_INTEREST, find_thought, rate_interest

Words = tuple[str, ...]

MOST_WEIGHED = 4_000
"""Thoughts that are weighed; of more, the best ones."""
MOST_ALIKE = 0.3
"""Likeness up to which two statements are about different matters."""
ROUNDS = ((1, MOST_ALIKE), (1, 1.0), (2, MOST_ALIKE))
"""Statements a person and likeness to the chosen ones that each round allows at most."""
_LITTLE = frozenset(("a", "an", "the", "really", "very", "just", "so", "that"))
"""Words that may be there or not where two people say the same in nearly the same words."""


@dataclass(frozen=True, slots=True)
class _Thought:
    unit: int
    author: int
    message: Message
    text: str


class _Texts:
    """Texts to find those of nearly the same words in, without holding each against every other."""

    def __init__(self) -> None:
        self._alike: dict[Words, list[tuple[Words, Message | None]]] = defaultdict(list)

    def add(self, text: str, message: Message | None = None) -> None:
        """Add a text, and the message that says it."""
        words = _words(text)
        self._alike[_outline(words)].append((words, message))

    def find(self, text: str) -> list[Message | None]:
        """Return the messages of the texts that are nearly the same words, in the order in which they were added."""
        words = _words(text)
        return [message for other, message in self._alike.get(_outline(words), ()) if say_same(words, other)]


def choose_statements(
    thread: Thread,
    *,
    barred: Collection[str] = (),
    taken: Collection[tuple[str, str]] = (),
    most: int = MOST_OFFERED,
) -> tuple[NewStatement, ...]:
    """Return up to ``most`` statements, the weightiest first.

    ``barred`` are ids of messages that are never offered. ``taken`` are ids and texts of statements that were offered
    before: neither they nor nearly the same words are offered again. Each person comes once before anybody comes
    twice, and different matters come before like ones. Equal threads give equal statements.
    """
    reading = read(thread)
    if not reading.units:
        return ()
    space = Space([unit.stems for unit in reading.units], content_stems(thread.prompt))
    hidden = frozenset(barred)
    open_to_all = [
        not message.private and message.quotable and message.id not in hidden for message in reading.messages
    ]
    told = _Texts()
    for _, text in taken:
        told.add(text)
    chosen = _choose(_find_thoughts(reading, space, open_to_all), space, told, most)
    said = _Texts()
    for unit in reading.units if chosen else ():
        if open_to_all[unit.message]:
            for text in dict.fromkeys((unit.text, reading.sentence(unit))):
                said.add(text, reading.messages[unit.message])
    return tuple(NewStatement(thought.text, int(thought.message.id), _find_others(thought, said)) for thought in chosen)


def _find_thoughts(reading: Reading, space: Space, open_to_all: Sequence[bool]) -> Iterator[_Thought]:
    """Yield the thoughts that may be offered, the weightiest first."""
    scores = score_units(reading, space, FOR_POINTS, rate_standings(reading))
    interest = np.array([rate_interest(unit.text) for unit in reading.units])
    scores *= interest
    risky: dict[int, bool] = {}
    for index in np.argsort(-scores, kind="stable")[:MOST_WEIGHED].tolist():
        unit = reading.units[index]
        message = reading.messages[unit.message]
        if interest[index] < LEAST_INTEREST or not open_to_all[unit.message]:
            continue
        thought = find_thought(reading, unit)
        if thought is None or reading.names.holds_name(strip_disguises(thought)) or not is_fit(thought):
            continue
        if unit.message not in risky:
            risky[unit.message] = bool(find_risks(strip_disguises(message.text)))
        if not risky[unit.message]:
            yield _Thought(index, unit.author, message, thought)


def _choose(thoughts: Iterator[_Thought], space: Space, told: _Texts, most: int) -> list[_Thought]:
    chosen: list[_Thought] = []
    by_person: Counter[int] = Counter()
    likeness = np.zeros(space.size)
    waiting: Iterable[_Thought] = thoughts
    for most_a_person, most_alike in ROUNDS:
        left: list[_Thought] = []
        for thought in waiting:
            if len(chosen) >= most:
                return chosen
            if by_person[thought.author] >= most_a_person or likeness[thought.unit] > most_alike:
                left.append(thought)
            elif not told.find(thought.text):
                chosen.append(thought)
                by_person[thought.author] += 1
                told.add(thought.text)
                np.maximum(likeness, space.similarity(*space.row(thought.unit)), out=likeness)
        waiting = left
    return chosen


def _find_others(thought: _Thought, said: _Texts) -> tuple[int, ...]:
    """Return the replies of other people that say a thought in nearly the same words."""
    alike = (message for message in said.find(thought.text) if message and message.author != thought.message.author)
    return tuple(dict.fromkeys(int(message.id) for message in alike))


def _words(text: str) -> Words:
    return tuple(word for word in split(text) if word not in _LITTLE)


def _outline(words: Words) -> Words:
    """Return the words that no mistake can change, with gaps for the others: the same for all that may be alike."""
    return tuple(word if len(word) < LEAST_LETTERS - 1 else "" for word in words)
