"""Tell what a statement is, where its words say so: experience, concern, proposal, question, offer or praise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import fsum, isfinite

from bot.models.summaries import Kind
from bot.summaries.engine.cues.experience import EXPERIENCE, HARM, PRAISE, WORRY
from bot.summaries.engine.cues.kinds import (
    ASKED_PROPOSAL,
    ASKS,
    ASKS_IN_WORDS,
    DENIED,
    JOKE,
    JOKE_MARK,
    OFFER,
    PROPOSAL,
    RHETORICAL,
)
from bot.summaries.engine.plain_words import plain

HEADING = 2.0
"""How often the heading's kind counts; it is what a reader sees under the kind's name."""
SAID_BY = 1 / 3
"""Share of a point's weight above which a kind is given to it: the others were unsure, they did not say otherwise."""
MOST = 0.6
"""Share of a sentence that a statement holds at least, for the rest of the sentence to tell what it is."""

_ENDS_ASKING = re.compile(r"[?؟？][\"'”’)\s*_!]*\Z")
_BUT = re.compile(r"\b(?:but|although|though|however|except|shame|pity|and (?:never|yet)|only (?:if|when))\b")
_ENDS_SAYING = re.compile(r"[.!]\W{0,3}\Z")
_IN_ORDER = (
    (Kind.QUESTION, ASKS_IN_WORDS),
    (Kind.CONCERN, WORRY),
    (Kind.PROPOSAL, PROPOSAL),
    (Kind.CONCERN, HARM),
    (Kind.PRAISE, PRAISE),
    (Kind.EXPERIENCE, EXPERIENCE),
)
"""The first whose words are found decides: what is asked for goes before the reason that is given for it."""


def kind_of(statement: str, sentence: str, *, question: bool = False) -> Kind:
    """Say what ``statement``, a part of ``sentence``, is by its words; VIEW where they do not say.

    ``question`` says that the reader took it for one; a proposal or an offer that is put as a question is what it is.
    """
    if is_joke(sentence):
        return Kind.VIEW
    kind = _kind(plain(statement), question or _is_asking(statement))
    if kind is not Kind.VIEW or statement == sentence or len(statement) < MOST * len(sentence):
        return kind
    return _kind(plain(sentence), question or _is_asking(sentence))


def kind_of_point(kinds_of_supporters: Sequence[tuple[Kind, float]]) -> Kind:
    """Return the kind of a point from its heading's (first, counted twice) and its supporters', weighed from 0 to 1.

    VIEW means "unsure": a kind wins with more than a third of the whole weight. Among those that are said the heaviest
    wins; between equals the heading's does, then the first in the order of Kind. The supporters' order is of no matter.
    """
    if not kinds_of_supporters:
        return Kind.VIEW
    heading = kinds_of_supporters[0][0]
    weighed = [(kind, _weight(weight)) for kind, weight in kinds_of_supporters]
    weighed[0] = (heading, weighed[0][1] * HEADING)
    total = fsum(weight for _, weight in weighed)
    said = {kind: fsum(weight for k, weight in weighed if k is kind) for kind in Kind if kind is not Kind.VIEW}
    best = max(said, key=lambda kind: (round(said[kind], 9), kind is heading))
    return best if round(said[best] - SAID_BY * total, 9) > 0 else Kind.VIEW


def is_joke(text: str) -> bool:
    """Return True where a laugh, a wink or a phrase of sarcasm says that the words are not meant."""
    return bool(JOKE_MARK.search(text[-40:]) or JOKE.search(plain(text)))


def _weight(weight: float) -> float:
    return min(max(weight, 0.0), 1.0) if isfinite(weight) else 0.0


def _is_asking(text: str) -> bool:
    return bool(_ENDS_ASKING.search(text[-20:]))


@lru_cache(maxsize=20_000)
def _kind(text: str, asked: bool) -> Kind:
    said = DENIED.sub("…", text)
    if OFFER.search(said):
        return Kind.OFFER
    if ASKED_PROPOSAL.search(said):
        return Kind.PROPOSAL
    if asked:
        return Kind.VIEW if RHETORICAL.search(text) or text.count(" ") < 2 else Kind.QUESTION
    if ASKS.search(text) and not _ENDS_SAYING.search(text[-5:]):
        return Kind.QUESTION
    return next((kind for kind, cue in _IN_ORDER if _says(kind, cue, said)), Kind.VIEW)


def _says(kind: Kind, cue: re.Pattern[str], said: str) -> bool:
    match = cue.search(said)
    # Praise before a "but" makes way for what follows it.
    return match is not None and not (kind is Kind.PRAISE and _BUT.search(said, match.end()))
