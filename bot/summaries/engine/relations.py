"""Tell whether a message agrees or disagrees with the one that it answers, by the words that say so."""

from __future__ import annotations

from enum import StrEnum

from bot.summaries.engine.courtesies import is_agreement
from bot.summaries.engine.cues.relations import (
    AGREES_ANYWHERE,
    AGREES_AT_START,
    ANSWERS_NO,
    DAMPERS,
    DISAGREES_ANYWHERE,
    DISAGREES_AT_START,
    ECHO,
    HINTS_AGAINST,
    HINTS_FOR,
    Cues,
)
from bot.summaries.engine.stance import are_opposed, denies, drop_quoted
from bot.summaries.engine.words import WEAK, content

OPENING = 240
"""Characters in which a message says how it stands to the other; cues of other places are sought in twice as many."""
SURE = 0.8
"""Weight of cues from which a message is taken to agree."""
CUE = 0.9
"""Weight from which one cue alone says that a message disagrees."""
OPENLY = 1.1
"""Weight of a cue that speaks of agreement or disagreement itself."""
MANY_HINTS = 0.95
"""Weight from which hints alone do."""


class Relation(StrEnum):
    """How a message stands to the one that it answers."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NEITHER = "neither"


def find_relation(text: str, answered: str) -> Relation:
    """Say how ``text`` stands to ``answered``; NEITHER where its words do not say so.

    Measured on 2,934 pairs of two public forums that people labelled: what is said to disagree does so for about two
    in three, and what is said to agree likewise; much that people meant is not said in words, and is left out.
    """
    own = _own(text)
    if not own:
        return Relation.NEITHER
    if is_agreement(own):
        return Relation.AGREES
    echoes = _echoes(own, answered)
    if echoes is not Relation.NEITHER:
        return echoes
    against, with_it = _against(own, answered), _with(own)
    if against > with_it:
        return Relation.DISAGREES
    return Relation.AGREES if with_it >= SURE else Relation.NEITHER


def says_so_openly(text: str) -> bool:
    """Say whether a message says "I agree" or "I disagree" or the like, so that it must mean somebody, reply or not."""
    own = _own(text)
    opening = own[:OPENING]
    if is_agreement(own):
        return False  # a bare "+1" without a reply could mean anything
    return max(_strongest(opening, AGREES_AT_START), _strongest(opening, DISAGREES_AT_START)) >= OPENLY


def _against(own: str, answered: str) -> float:
    """Return the weight of what speaks against the other message, or 0 where that is not enough to say so."""
    opening = own[:OPENING]
    cue = max(_strongest(opening, DISAGREES_AT_START), _strongest(own[: 2 * OPENING], DISAGREES_ANYWHERE))
    if ANSWERS_NO.match(opening) and answered.rstrip().endswith("?"):
        cue = 0.0  # "No" to a question is an answer
    hints = _sum(opening, HINTS_AGAINST) - _sum(opening, DAMPERS)
    clash = _clash(opening, answered[: 2 * OPENING])
    alone = cue >= CUE and hints > -0.3
    said = alone or (cue and hints >= 0.25) or (clash and hints >= 0.5) or hints >= MANY_HINTS
    return round(cue + hints + 0.3 * clash, 6) if said else 0.0


def _with(own: str) -> float:
    opening = own[:OPENING]
    cue = max(_strongest(opening, AGREES_AT_START), _strongest(own[: 2 * OPENING], AGREES_ANYWHERE))
    return round(cue + _sum(opening, HINTS_FOR), 6)


def _echoes(own: str, answered: str) -> Relation:
    """Say what taking up the other's verb says: "it does" agrees with what affirms, and contradicts what denies.

    To a question it is an answer. A denial that goes on has to share a word with what it denies.
    """
    match = ECHO.match(own)
    if not match or answered.rstrip().endswith("?"):
        return Relation.NEITHER
    opening = own.split(".")[0]
    if match["more"] is not None and not (set(content(opening)) & set(content(answered))) - WEAK:
        return Relation.NEITHER
    same = bool(match["no"]) == denies(answered)
    return Relation.AGREES if same else Relation.DISAGREES


def _own(text: str) -> str:
    """Return the words of a message without those that it quotes."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    return " ".join(" ".join(lines).split())


def _strongest(text: str, cues: Cues) -> float:
    return max((weight for pattern, weight in cues if pattern.search(text)), default=0.0)


def _sum(text: str, cues: Cues) -> float:
    return sum(weight for pattern, weight in cues if pattern.search(text))


def _clash(one: str, other: str) -> bool:
    """Say whether two texts share words of matter and take opposite sides on them."""
    one, other = drop_quoted(one), drop_quoted(other)
    shared = (set(content(one)) & set(content(other))) - WEAK
    return len(shared) >= 2 and are_opposed(one, other)
