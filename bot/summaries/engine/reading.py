"""Read a thread into units: the thoughts and questions of each message, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from bot.models.summaries import UNUSED_PRIVATE, Coverage
from bot.models.threads import Message, Thread
from bot.summaries.engine.clauses import count_words, split_thoughts
from bot.summaries.engine.courtesies import (
    has_matter,
    is_agreement,
    is_courtesy,
    is_no_point,
    is_signature,
    skip_greeting,
)
from bot.summaries.engine.names import Names
from bot.summaries.engine.questions import is_question, wants_answer
from bot.summaries.engine.relations import Relation, find_relation
from bot.summaries.engine.sentences import Span, sentences
from bot.summaries.engine.words import content_stems

Kind = Literal["statement", "rhetorical", "question"]

NO_WORDS = "no words of their own"
COURTESY = "only a greeting, thanks or agreement"
TOO_SHORT = "too short to stand alone"
REPEATED_ID = "same message given twice"

LONGEST_NAME = 4
"""Words up to which a sentence that says nothing by itself may name what the next is about."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A thought: a slice of one message, within a sentence of it.

    ``message`` and ``author`` are positions in the reading's lists; ``rank`` counts units within the message from 0,
    ``last`` is true for its last one. ``stems`` are the content words, and those that name its matter just
    before; ``text`` is the slice.
    """

    message: int
    author: int
    span: Span
    sentence: Span
    rank: int
    last: bool
    kind: Kind
    words: int
    stems: tuple[str, ...]
    text: str


@dataclass
class Reading:
    """A thread as it was read. Messages are named by their positions in ``messages``.

    ``answered`` are the ids of messages that somebody else replied to. ``agreements`` maps a message to those that
    answer it in agreement and say nothing else; ``points_made`` counts its statements, and ``left_out`` holds those
    that were not read.
    """

    thread: Thread
    names: Names
    answered: frozenset[str]
    messages: list[Message] = field(default_factory=list)
    authors: dict[str, int] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    agreements: dict[int, list[int]] = field(default_factory=dict)
    points_made: Counter[int] = field(default_factory=Counter)
    left_out: set[int] = field(default_factory=set)
    coverage: Coverage = field(default_factory=lambda: Coverage(0, 0, 0))

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each message, by its id; known once everything was read."""
        return {message.id: position for position, message in enumerate(self.messages)}

    @cached_property
    def relations(self) -> dict[int, tuple[int, Relation]]:
        """For each message that answers another person's, that one's position, and how the answer relates to it."""
        found: dict[int, tuple[int, Relation]] = {}
        for position, message in enumerate(self.messages):
            answered = self.positions.get(message.reply_to or "", position)
            if answered < position and self.messages[answered].author != message.author:
                found[position] = answered, find_relation(message.text, self.messages[answered].text)
        return found

    @property
    def followed(self) -> dict[int, int]:
        """The message that each answer takes up without contradicting it, by positions."""
        return {
            position: answered
            for position, (answered, relation) in self.relations.items()
            if relation is not Relation.DISAGREES
        }

    @cached_property
    def units_of(self) -> list[list[int]]:
        """The units of each message, by its position; known once everything was read."""
        units: list[list[int]] = [[] for _ in self.messages]
        for index, unit in enumerate(self.units):
            units[unit.message].append(index)
        return units

    def is_quotable(self, index: int) -> bool:
        """Say whether the words of unit ``index`` may be shown."""
        return self.messages[self.units[index].message].quotable

    def sentence(self, unit: Unit) -> str:
        """Return the sentence that the unit is part of, verbatim."""
        return self.messages[unit.message].text[unit.sentence[0] : unit.sentence[1]]


def read(thread: Thread) -> Reading:
    """Read every message once; messages that repeat an id are left out, since nothing could be proved of them."""
    names = Names((message.text for message in thread.messages), thread.names)
    reading = Reading(thread, names, _find_answered(thread))

    def look(message: Message, positions: dict[str, int]) -> str:
        reading.messages.append(message)
        reason = _read_message(reading, len(reading.messages) - 1, positions)
        if reason:
            reading.left_out.add(len(reading.messages) - 1)
        return reason

    reading.coverage = _count(thread, look)
    return reading


def measure_coverage(thread: Thread) -> Coverage:
    """Return what ``read`` would tell of how much was read, in a fraction of the time: a thought is enough."""
    answered = _find_answered(thread)
    messages: list[Message] = []

    def look(message: Message, positions: dict[str, int]) -> str:
        messages.append(message)
        if is_agreement(message.text):
            return "" if message.reply_to in positions else COURTESY
        spans, is_answered = sentences(message.text), message.id in answered
        for span in spans:
            for _ in _parts(message.text, span, span == spans[-1], is_answered):
                return ""
        position = positions[message.id]
        other = positions.get(message.reply_to or "", position)
        if other != position and find_relation(message.text, messages[other].text) is not Relation.NEITHER:
            return ""
        return _why_left_out(message.text, spans)

    return _count(thread, look)


def _find_answered(thread: Thread) -> frozenset[str]:
    """Find the ids of messages that somebody else replied to."""
    authors = {message.id: message.author for message in thread.messages}
    return frozenset(
        message.reply_to or "" for message in thread.messages if authors.get(message.reply_to or "") != message.author
    )


def _count(thread: Thread, look: Callable[[Message, dict[str, int]], str]) -> Coverage:
    """Let each message be looked at once, which tells why it is left out, or nothing; count what is read, and by whom.

    ``look`` is given the positions of the messages so far by their ids, this one's among them.
    """
    positions: dict[str, int] = {}
    reasons: Counter[str] = Counter()
    speakers: set[str] = set()
    private = 0
    for message in thread.messages:
        if message.id in positions:
            reasons[REPEATED_ID] += 1
            continue
        positions[message.id] = len(positions)
        if reason := look(message, positions):
            reasons[UNUSED_PRIVATE if message.private else reason] += 1
        elif message.private:
            private += 1
        else:
            speakers.add(message.author)
    held = len(thread.messages)
    return Coverage(
        read=held - sum(reasons.values()),
        held=held,
        people=len(speakers),
        left_out=tuple(sorted(reasons.items())),
        excluded=thread.excluded,
        private=private,
    )


def _read_message(reading: Reading, position: int, positions: dict[str, int]) -> str:
    """Add a message's units to the reading; the answer is the reason why it was left out, or empty."""
    message = reading.messages[position]
    author = reading.authors.setdefault(message.author, len(reading.authors))
    if is_agreement(message.text):
        if message.reply_to in positions:
            reading.agreements.setdefault(positions[message.reply_to], []).append(position)
            return ""
        return COURTESY
    spans = sentences(message.text)
    is_answered = message.id in reading.answered
    parts = [
        (part, span, kind)
        for span in spans
        for part, kind in _parts(message.text, span, span == spans[-1], is_answered)
    ]
    named = _find_named_stems(message.text, spans, {span for _, span, _ in parts})
    for rank, (part, sentence, kind) in enumerate(parts):
        text = message.text[part[0] : part[1]]
        stems = (*(named if rank == 0 else ()), *content_stems(text))
        last = rank == len(parts) - 1
        reading.units.append(Unit(position, author, part, sentence, rank, last, kind, count_words(text), stems, text))
        reading.points_made[position] += kind != "question"
    return "" if parts or _answers(reading, message, position, positions) else _why_left_out(message.text, spans)


def _answers(reading: Reading, message: Message, position: int, positions: dict[str, int]) -> bool:
    """Say whether a message too short for a thought says yes or no to another ("Ours does."), and so is read."""
    answered = positions.get(message.reply_to or "", position)
    if answered == position:
        return False
    stands = find_relation(message.text, reading.messages[answered].text)
    if stands is Relation.AGREES:
        reading.agreements.setdefault(answered, []).append(position)
    return stands is not Relation.NEITHER


def _find_named_stems(text: str, spans: list[Span], told: set[Span]) -> list[str]:
    """Return the stems of words that name what the message is about and say no more.

    As in "Parking. They took 200 spaces."
    """
    bare = [text[start:end] for start, end in spans if (start, end) not in told]
    return [
        stem
        for named in bare
        if count_words(named) <= LONGEST_NAME and not is_courtesy(named)
        for stem in content_stems(named)
    ]


def _parts(text: str, sentence: Span, is_last: bool, is_answered: bool) -> Iterable[tuple[Span, Kind]]:
    start, end = sentence
    for (at, to), kind in _parts_of_sentence(text[start:end], is_last, is_answered):
        yield (start + at, start + to), kind


@lru_cache(maxsize=65_536)
def _parts_of_sentence(sentence: str, is_last: bool, is_answered: bool) -> tuple[tuple[Span, Kind], ...]:
    return tuple(_find_parts(sentence, is_last, is_answered))


def _find_parts(sentence: str, is_last: bool, is_answered: bool) -> Iterable[tuple[Span, Kind]]:
    for part in split_thoughts(sentence, skip_greeting(sentence, 0, len(sentence)), len(sentence)):
        own = sentence[part[0] : part[1]]
        asks = is_question(own)
        if asks and wants_answer(own, is_last=is_last, is_answered=is_answered) and content_stems(own):
            yield part, "question"
        elif has_matter(own) and not is_courtesy(own) and not is_signature(own) and not is_no_point(own):
            yield part, "rhetorical" if asks else "statement"


def _why_left_out(text: str, spans: list[Span]) -> str:
    if not any(content_stems(text[start:end]) for start, end in spans):
        return COURTESY if any(is_courtesy(text[start:end]) for start, end in spans) else NO_WORDS
    return COURTESY if all(is_courtesy(text[start:end]) for start, end in spans) else TOO_SHORT
