"""Tell whether a statement supports, challenges or extends the passage that was posted, where its words say so."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.models.summaries import Toward
from bot.summaries.engine.cues.toward import (
    CHALLENGES,
    CHALLENGES_OF_IT,
    EXTENDS,
    EXTENDS_OF_IT,
    SUPPORTS,
    SUPPORTS_OF_IT,
    UNSURE,
)
from bot.summaries.engine.kinds import is_joke
from bot.summaries.engine.plain_words import plain
from bot.summaries.engine.stance import are_clearly_opposed, drop_quoted
from bot.summaries.engine.words import WEAK, content

LONGEST = 600
"""Characters of a statement that are read."""
LONGEST_PASSAGE = 4_000
MATTER = 4
"""Words of a passage's sentence that a statement holds at least to deny it."""
SHARED = 0.75
"""Share of such a statement's words that the sentence holds, at least, for both to be about one thing."""

_ASKS = re.compile(r"[?؟？]\W{0,3}\Z")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def find_direction(statement: str, passage: str) -> Toward | None:
    """Say how ``statement`` stands to ``passage`` by its words; None where they do not say, as for most statements.

    A question, a joke, and a statement that both agrees and denies carry nothing; words in quotation marks are others'.
    Who adds to what they agree with extends it.
    """
    own = drop_quoted(statement[:LONGEST]).strip()
    if not own or not passage.strip() or _ASKS.search(own[-5:]) or is_joke(own):
        return None
    directions = _find_directions(own, passage[:LONGEST_PASSAGE])
    if Toward.CHALLENGES in directions:
        return None if Toward.SUPPORTS in directions else Toward.CHALLENGES
    if Toward.EXTENDS in directions:
        return Toward.EXTENDS
    return Toward.SUPPORTS if directions else None


def _find_directions(own: str, passage: str) -> set[Toward]:
    text = plain(own)
    outright = UNSURE.sub("…", text)
    matter = _find_matter(passage)
    near = bool(_find_matter(own) & matter)
    beyond = EXTENDS_OF_IT.search(text)
    matches = {
        Toward.SUPPORTS: SUPPORTS.search(outright) or (near and SUPPORTS_OF_IT.search(outright)),
        Toward.CHALLENGES: CHALLENGES.search(text) or (near and CHALLENGES_OF_IT.search(text)),
        # "Not only X but also Y" goes beyond the passage where X is of it.
        Toward.EXTENDS: EXTENDS.search(text) or (beyond and _find_matter(beyond.group()) & matter),
    }
    said = {name for name, is_said in matches.items() if is_said}
    return said or ({Toward.CHALLENGES} if _denies(own, passage) else set())


def _denies(own: str, passage: str) -> bool:
    """Say whether a statement that names no passage denies a sentence of it. To repeat one tells too little."""
    mine = frozenset(content(own))
    return any(
        len(mine & theirs) >= max(MATTER, SHARED * len(mine)) and are_clearly_opposed(own, sentence)
        for sentence, theirs in _sentences(passage)
    )


@lru_cache(maxsize=64)
def _sentences(passage: str) -> tuple[tuple[str, frozenset[str]], ...]:
    stems = ((sentence, frozenset(content(sentence))) for sentence in _SENTENCE.split(passage))
    return tuple((sentence, found) for sentence, found in stems if len(found) >= MATTER)


@lru_cache(maxsize=4_000)
def _find_matter(text: str) -> frozenset[str]:
    return frozenset(content(text)) - WEAK
