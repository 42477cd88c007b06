"""What a statement says is good or bad: the matters that it judges, and which way."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.summaries.engine.stance import drop_quoted, is_negation
from bot.summaries.engine.words import MUCH_USED, NOT_WORDS, WEAK, WORD, content

LONGEST_VERDICT = 30
"""Words of a statement up to which its words of praise or blame are taken to be about what it names."""
_SCOPE = 3
"""Words that a negation reaches."""
_GOOD_WORDS = """
    brilliant great excellent fantastic amazing wonderful superb lovely best useful helpful invaluable supportive
    love loves loved enjoy enjoyed reliable worthwhile lifesaver godsend works worked helps helped saves saved improved
    improves better easier
"""
_BAD_WORDS = """
    slow useless pointless rubbish terrible awful dreadful worst hate hates hated waste wasted wastes broken freezes
    crashes crashed fails failed failing unreliable confusing nightmare joke unfair unsafe dangerous worse harder
    hopeless unusable patronising shambles
"""
_SIGNS = dict.fromkeys(_GOOD_WORDS.split(), 1) | dict.fromkeys(_BAD_WORDS.split(), -1)
_CLAUSE_END = re.compile(r"[,;:.!?\n]|\s(?:but|although|whereas|because|if|than|would|could|should)\s")


@lru_cache(maxsize=5_000)
def find_verdicts(text: str) -> dict[str, int]:
    """Return the stems of what a text judges with 1 for good and -1 for bad; what it judges both ways is left out.

    Wishes, conditions and words in quotation marks judge nothing, and neither does a long sentence.
    """
    plain = NOT_WORDS.sub(" ", drop_quoted(text)).casefold().replace("’", "'")
    if len(WORD.findall(plain)) > LONGEST_VERDICT:
        return {}
    judged: dict[str, int] = {}
    for clause in _CLAUSE_END.split(plain):
        sign = _sign(WORD.findall(clause))
        for stem in _matters(clause) if sign else ():
            judged[stem] = sign if judged.get(stem, sign) == sign else 0
    return {stem: sign for stem, sign in judged.items() if sign}


def _sign(words: list[str]) -> int:
    """Say which way a clause judges: 1, -1, or 0 where it does not, or does both."""
    signs, reach = set(), 0
    for word in words:
        if is_negation(word):
            reach = _SCOPE + 1
        elif word in _SIGNS:
            signs.add(-_SIGNS[word] if reach > 0 else _SIGNS[word])
        reach -= 1
    return signs.pop() if len(signs) == 1 else 0


def _matters(clause: str) -> frozenset[str]:
    plain = " ".join(word for word in clause.split() if word.strip("'\"()") not in _SIGNS)
    return frozenset(content(plain)) - WEAK - MUCH_USED
