"""Gather the evidence of each point: one quote of each person who said so, the clearest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.models.summaries import Quote
from bot.summaries.engine.courtesies import opens_in_agreement
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.support import MOST_POINTS_MEANT, Support
from bot.summaries.engine.vectors import Floats, Integers

LONGEST_QUOTE = 350
"""Characters up to which a whole sentence is shown as evidence."""
MOST_POSSIBLE = 50
"""People who possibly say so that are kept, the likeliest first."""
_AGREED = 0.2
"""How clear a voice agreement by a reply is, beside likeness of words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may become a point: its unit, how good a heading it is, and the units that say the same."""

    unit: int
    statement: str
    quality: float
    members: Integers
    likeness: Floats


@dataclass(frozen=True, slots=True)
class _Voice:
    clearness: float
    author: int
    message: int
    text: str


def gather(reading: Reading, chosen: Sequence[Candidate]) -> list[tuple[Quote, ...]]:
    """Return the quotes of each chosen point, in the order of ``chosen``. A unit is evidence for one point at most."""
    answers = _answers(reading)
    assigned = _assign_units(chosen)
    owners = {unit: number for number, units in enumerate(assigned) for unit, _ in units}
    evidence = []
    for number, (candidate, units) in enumerate(zip(chosen, assigned, strict=True)):
        voices = [_voice(reading, unit, likeness) for unit, likeness in units]
        free = {parent: [i for i in replies if owners.get(i, number) == number] for parent, replies in answers.items()}
        voices.extend(_find_agreeing(reading, candidate, free))
        evidence.append(_quotes(reading, candidate, voices))
    return evidence


def find_possible(
    reading: Reading, support: Support, chosen: Sequence[Candidate], evidence: Sequence[tuple[Quote, ...]]
) -> list[tuple[Quote, ...]]:
    """Return for each chosen point one quote of each further person who may say so, the likeliest first.

    What is clear evidence of a point is not possible evidence of another. A bare "same here" to a message that makes
    several points may mean any of them.
    """
    authors = {message.id: reading.authors[message.author] for message in reading.messages}
    clear = {(quote.message, quote.text) for quotes in evidence for quote in quotes}
    find_possible = []
    for candidate, quotes in zip(chosen, evidence, strict=True):
        voices = [
            _voice(reading, unit, alike)
            for unit, alike in support.possible(candidate.unit, candidate.statement)
            if (_id(reading, unit), quote_text(reading, reading.units[unit])) not in clear
        ]
        said = reading.units[candidate.unit].message
        if reading.points_made[said] > MOST_POINTS_MEANT:
            voices.extend(_find_bare_agreements(reading, said))
        speakers = {authors[quote.message] for quote in quotes}
        others = [voice for voice in voices if voice.author not in speakers]
        find_possible.append(_quotes(reading, candidate, others)[:MOST_POSSIBLE])
    return find_possible


def endorsements(reading: Reading, quotes: tuple[Quote, ...]) -> int:
    """Say how many people reacted with agreement to the messages of these quotes, their authors left out."""
    messages = {message.id: message for message in reading.messages}
    said = [messages[quote.message] for quote in quotes]
    return len({person for message in said for person in message.endorsers} - {message.author for message in said})


def quote_text(reading: Reading, unit: Unit) -> str:
    """Say what is shown as evidence: the whole sentence, or for a very long one the thought within it."""
    sentence = reading.sentence(unit)
    return sentence if len(sentence) <= LONGEST_QUOTE else unit.text


def _assign_units(chosen: Sequence[Candidate]) -> list[list[tuple[int, float]]]:
    best: dict[int, tuple[float, int]] = {}
    for number, candidate in enumerate(chosen):
        for unit, likeness in zip(candidate.members.tolist(), candidate.likeness.tolist(), strict=True):
            if unit not in best or likeness > best[unit][0]:
                best[unit] = (likeness, number)
    for number, candidate in enumerate(chosen):
        best[candidate.unit] = (2.0, number)  # a statement is the clearest evidence of itself
    units: list[list[tuple[int, float]]] = [[] for _ in chosen]
    for unit, (likeness, number) in sorted(best.items()):
        units[number].append((unit, likeness))
    return units


def _voice(reading: Reading, unit: int, clearness: float) -> _Voice:
    said = reading.units[unit]
    return _Voice(clearness, said.author, said.message, quote_text(reading, said))


def _answers(reading: Reading) -> dict[int, list[int]]:
    """Return the units that open in agreement, by the position of the message that they answer."""
    positions = {message.id: position for position, message in enumerate(reading.messages)}
    answers: dict[int, list[int]] = {}
    for index, unit in enumerate(reading.units):
        parent = positions.get(reading.messages[unit.message].reply_to or "")
        if unit.rank == 0 and parent is not None and opens_in_agreement(reading.sentence(unit)):
            answers.setdefault(parent, []).append(index)
    return answers


def _find_agreeing(reading: Reading, candidate: Candidate, answers: dict[int, list[int]]) -> Iterator[_Voice]:
    """Return the replies to the statement's own message that agree with it.

    Where the message makes more than two points, they have to take up words of the statement, so that it is clear what
    they agree with.
    """
    said = reading.units[candidate.unit]
    is_clear = reading.points_made[said.message] <= MOST_POINTS_MEANT
    if is_clear:
        yield from _find_bare_agreements(reading, said.message)
    for index in answers.get(said.message, ()):
        if is_clear or set(reading.units[index].stems) & set(said.stems):
            yield _voice(reading, index, _AGREED + 0.1)


def _find_bare_agreements(reading: Reading, position: int) -> Iterator[_Voice]:
    for agreeing in reading.agreements.get(position, ()):
        message = reading.messages[agreeing]
        yield _Voice(_AGREED, reading.authors[message.author], agreeing, message.text.strip())


def _id(reading: Reading, unit: int) -> str:
    return reading.messages[reading.units[unit].message].id


def _quotes(reading: Reading, candidate: Candidate, voices: list[_Voice]) -> tuple[Quote, ...]:
    def clearest_first(voice: _Voice) -> tuple[float, int, str]:
        said = reading.messages[voice.message].id
        # those who used the very words come first, whoever wrote first: equal replies are equal evidence
        return (-9.0 if candidate.statement in voice.text else -voice.clearness, len(said), said)

    people: dict[int, Quote] = {}
    for voice in sorted(voices, key=clearest_first):
        people.setdefault(voice.author, Quote(reading.messages[voice.message].id, voice.text))
    return tuple(people.values())
