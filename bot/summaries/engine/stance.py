"""Sees where two statements on the same matter take opposite sides: a negation or an opposite word in one only."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from bot.summaries.engine.words import NOT_WORDS, STOP, WORD, stem

_NEGATION_WORDS = """
    not no never nobody none nothing nor neither cannot hardly barely lack lacks lacking nowhere rarely seldom dont
    doesnt didnt cant wont isnt arent wasnt werent hasnt havent wouldnt couldnt shouldnt
"""
_NEGATIONS = frozenset(_NEGATION_WORDS.split())
_NOT_NEGATIVE = re.compile(r"\bnot\s+(?:only|just|merely|least)\b|\bno\s+(?:matter|doubt|wonder)\b")
_RAISED = frozenset({"think", "believe", "feel", "agree"})
"""After "I don't", these turn round all that follows."""
_QUANTIFIERS = frozenset({"anything", "anyone", "anybody", "everything"})
_QUOTED = re.compile(r"[\"“][^\"“”]{1,200}[\"”]|(?<!\w)[‘'][^‘’']{3,200}(?:['’]\w[^‘’']{0,200})?['’](?!\w)")
_QUOTES = frozenset("\"“”‘’'")
MUCH_SHARED = 0.5
"""Share of the shorter statement's words that two opposed statements share, at least."""
_SCOPE = 4
"""Words that a negation reaches."""

_OPPOSITES = (
    ("more", "less fewer"),
    ("good great excellent brilliant positive", "bad poor terrible awful negative dreadful"),
    ("better improve improves improved improving", "worse worsen worsens declined"),
    ("help helps helped helpful useful", "harm harms hurt hurts damaging useless pointless unhelpful"),
    ("support supports favour", "oppose opposes against reject"),
    ("increase increases raise add expand", "reduce reduces cut cuts decrease remove"),
    ("love loves enjoy", "hate hates dread"),
    ("works succeed succeeds effective", "fails fail failed failing ineffective"),
    ("easy simple quick", "hard difficult slow"),
    ("safe safer", "unsafe dangerous"),
    ("always", "never rarely seldom"),
    ("keep", "scrap abolish stop"),
    ("possible", "impossible"),
    ("fair", "unfair"),
)
_SIDE = {
    word: (axis, sign)
    for axis, pair in enumerate(_OPPOSITES)
    for sign, side in zip((1, -1), pair, strict=True)
    for word in side.split()
}


def are_opposed(one: str, other: str) -> bool:
    """Return True where two statements that share matter seem to take opposite sides. Errs towards opposed."""
    mine, theirs = _signs(one), _signs(other)
    shared = [sign * theirs[word] for word, sign in mine.items() if word in theirs]
    # Where both deny, each may deny the same in other words, whatever stands within a negation's reach by chance.
    both_deny = bool(find_negated(one)) and bool(find_negated(other))
    turned = (not both_deny and bool(shared) and sum(shared) <= 0) or _denies(one, theirs) or _denies(other, mine)
    my_sides, their_sides = _sides(one), _sides(other)
    across = any(their_sides.get(axis, sign) != sign for axis, sign in my_sides.items())
    return turned or across


def are_clearly_opposed(one: str, other: str) -> bool:
    """Return True only where two statements say much the same, and one denies it or takes the other end of it.

    Words in quotation marks are somebody else's, so they take no side.
    """
    one, other = drop_quoted(one), drop_quoted(other)
    mine, theirs = _signs(one), _signs(other)
    if not _much_the_same(mine.keys(), theirs.keys()):
        return False
    my_sides, their_sides = _sides(one), _sides(other)
    across = any(their_sides.get(axis, sign) != sign for axis, sign in my_sides.items())
    return _denies(one, theirs) != _denies(other, mine) or across


def drop_quoted(text: str) -> str:
    """Return a text without what stands in quotation marks in it."""
    return _QUOTED.sub(" ", text) if _QUOTES & set(text) else text


def _much_the_same(one: Set[str], other: Set[str]) -> bool:
    shared = len(one & other)
    return shared >= 2 and shared > MUCH_SHARED * min(len(one), len(other))


def _denies(text: str, others: dict[str, int]) -> bool:
    """Say whether one denies first what the other affirms ("is not reliable", "is reliable")."""
    return any(others.get(word, -1) > 0 for word in find_negated(text))


@lru_cache(maxsize=20_000)
def find_negated(text: str) -> frozenset[str]:
    """Return the stems that a negation applies to first."""
    first = set()
    for clause in _clauses(text):
        waiting = False
        for word in clause:
            if is_negation(word):
                waiting = True
            elif waiting and _has_matter(word):
                first.add(stem(word))
                waiting = False
    return frozenset(first)


@lru_cache(maxsize=20_000)
def _signs(text: str) -> dict[str, int]:
    """Return -1 or 1 for each stem: -1 where it stands within a negation's reach and 1 elsewhere."""
    signs: dict[str, int] = {}
    for clause in _clauses(text):
        reach, whole = 0, 1
        for word in clause:
            if is_negation(word):
                reach = _SCOPE
                continue
            if word.startswith("disagree") or (word in _RAISED and reach == _SCOPE):
                whole, reach = -whole, 0
            elif _has_matter(word):
                signs.setdefault(stem(word), whole * (-1 if reach > 0 else 1))
            reach -= 1
    return signs


def _clauses(text: str) -> list[list[str]]:
    plain = _NOT_NEGATIVE.sub(" ", NOT_WORDS.sub(" ", text.casefold().replace("’", "'")))
    return [WORD.findall(clause) for clause in re.split(r"[,;:.!?\n]|\bbut\b", plain)]


def denies(text: str) -> bool:
    """Say whether the first sentence of a text denies something."""
    return any(is_negation(word) for clause in _clauses(re.split(r"[.!?]", text, maxsplit=1)[0]) for word in clause)


def is_negation(word: str) -> bool:
    """Say whether a word in lower case, with straight apostrophes, denies what follows."""
    return word in _NEGATIONS or word.endswith("n't")


def _has_matter(word: str) -> bool:
    return (word not in STOP and word not in _QUANTIFIERS) or word in _SIDE


@lru_cache(maxsize=20_000)
def _sides(text: str) -> dict[int, int]:
    """Return for each pair of opposites the side that the text takes, turned round where it is negated."""
    signs = _signs(text)
    sides: dict[int, int] = {}
    for word in WORD.findall(text.casefold()):
        if word in _SIDE:
            axis, sign = _SIDE[word]
            sides.setdefault(axis, sign * signs.get(stem(word), 1))
    return sides
