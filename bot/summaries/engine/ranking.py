"""Scores each unit by what is known to matter: centroid, position, length, the prompt, and standing alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.summaries.engine.clauses import stands_alone, strip_clause
from bot.summaries.engine.kinds import is_joke
from bot.summaries.engine.reading import Reading, Unit
from bot.summaries.engine.vectors import Floats, Space
from bot.summaries.engine.words import content_stems


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of a score, together 1. Position and length tell as much as the words do."""

    centroid: float
    position: float
    length: float
    prompt: float


FOR_TEXT = Shares(centroid=0.35, position=0.25, length=0.25, prompt=0.15)
"""For the running text: first things first."""
FOR_POINTS = Shares(centroid=0.4, position=0.1, length=0.2, prompt=0.3)
"""For key points: what people come to at the end counts nearly as much as how they begin."""

_LESS = (
    (re.compile(r"^\W*(?:we|i|you|they)(?:['’]ve)?\s+(?:\w+\s+){1,2}(?:it|that|this|them|so)\b", re.IGNORECASE), 0.6),
    (re.compile(r"https?://|www\."), 0.7),
    # News of a publication or an event says nothing of the matter itself.
    (
        re.compile(r"\b(?:be|been|is|was|just) published\b|\b(?:special (?:edition|issue)|webinar|newsletter)\b", re.I),
        0.5,
    ),
    (re.compile(r"^\W*(?:i|we)\s+(?:did not|didn['’]t|had not|hadn['’]t|never)\s+(?:know|realise)", re.I), 0.6),
    (re.compile(r"\b(?:do|did|for|of|to|with|like|about) (?:so|that|this|it)\W*$", re.IGNORECASE), 0.7),
    (re.compile(r"^\W*(?:not|because|than|or|at|yes|no|nope|yep|sorry|i know|ok)\b", re.IGNORECASE), 0.6),
    (re.compile(r"^\W*(?:i\s+|we\s+)?(?:\w+ly\s+)?(?:dis)?agree\b|^\W*(?:fair|good) point", re.IGNORECASE), 0.7),
    (
        re.compile(
            r"^\W*(?:i['’]?m|i am|i work)\s+(?:(?:a|an|the|in|on|at|within|for|nights?|days?)\s+)+(?:\w+\W*){1,3}$",
            re.I,
        ),
        0.4,
    ),
    (
        re.compile(
            r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:instructions?|prompts?)\b|\bsystem prompt\b", re.IGNORECASE
        ),
        0.3,
    ),
)
"""What makes a poor heading, and by which factor."""
JOKE = 0.3
"""The factor for what is not meant."""


def rate_standings(reading: Reading) -> Floats:
    """Say how well each unit stands alone, from 0 to 1, shape (n,)."""
    return np.array([_alone(reading, unit) for unit in reading.units])


def score_units(reading: Reading, space: Space, shares: Shares, alone: Floats) -> Floats:
    """Return a score between 0 and 1 for every unit, shape (n,); ``alone`` are the units' `rate_standings`."""
    units = reading.units
    said = np.bincount([unit.author for unit in units], minlength=len(reading.authors)).astype(np.float64)
    each_person_once = 1.0 / said[[unit.author for unit in units]]
    central = _scale_to_one(space.centroid(each_person_once))
    prompt = _scale_to_one(space.similarity(*space.vector(content_stems(reading.thread.prompt))))
    position = np.array([_position(unit, len(reading.messages)) for unit in units])
    size = np.array([_length(unit) for unit in units])
    total = shares.centroid * central + shares.position * position + shares.length * size + shares.prompt * prompt
    return np.asarray(np.round(total * alone, 6))


def _scale_to_one(values: Floats) -> Floats:
    top = float(values.max(initial=0.0))
    return values / top if top > 0 else values


def _position(unit: Unit, messages: int) -> float:
    in_message = 1.0 / (1 + unit.rank) if not unit.last else max(0.5, 1.0 / (1 + unit.rank))
    in_thread = 1.0 - 0.6 * unit.message / max(messages, 1)
    return 0.7 * in_message + 0.3 * in_thread


def _length(unit: Unit) -> float:
    """Full marks from 8 to 28 words; too short says little, too long is hard to read."""
    if unit.words < 8:
        return unit.words / 8
    return 1.0 if unit.words <= 28 else max(0.3, 28 / unit.words)


def _alone(reading: Reading, unit: Unit) -> float:
    message = reading.messages[unit.message].text
    start, end = strip_clause(message, *unit.span)
    return rate_standing(message[start:end])


@lru_cache(maxsize=65_536)
def rate_standing(text: str) -> float:
    """Return a factor from 0 to 1: lower for what leans on other words, jokes, links, and orders to a program."""
    factor = 1.0 if stands_alone(text) or not text.isascii() else 0.6
    for pattern, share in _LESS:
        if pattern.search(text):
            factor *= share
    return factor * JOKE if is_joke(text) else factor
