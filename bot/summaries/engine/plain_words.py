"""Write a sentence as the cues read it: lower case, short forms written out, one space between words."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 600
"""Characters that are read, so that no text takes long; a thought is never longer."""

_SHORT_FORMS = {
    "can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not", "wont": "will not",
    "im": "i am", "ive": "i have", "theyre": "they are", "youre": "you are", "weve": "we have", "theyve": "they have",
    "hes": "he is", "shes": "she is", "thats": "that is", "whats": "what is", "theres": "there is", "lets": "let us",
    "let's": "let us", "pls": "please", "plz": "please", "gonna": "going to", "gotta": "got to", "noone": "no one",
    "nobody": "no one", "no-one": "no one", "anybody": "anyone", "somebody": "someone", "everybody": "everyone",
    "diolch": "thanks", "thankyou": "thank you", "shan't": "shall not", "ain't": "is not", "'cause": "because",
}  # fmt: skip
_VERBS = "do does did is are was were has have had would could should must need might ought"
_NOT = {f"{verb}{ending}": f"{verb} not" for verb in _VERBS.split() for ending in ("n't", "nt")}
_ENDINGS = {"'d": " would", "'ll": " will", "'re": " are", "'ve": " have", "'m": " am"}
_SUBJECTS = "it that he she what there who here where how everything"
_IS = frozenset(_SUBJECTS.split())
_WORD = re.compile(r"'?[a-z]+(?:['-][a-z]+)*")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return the first 600 characters as the cues read them ("I can’t, pls" is "i can not, please")."""
    straight = text[:LONGEST].lower().replace("’", "'").replace("‘", "'")
    return " ".join(_WORD.sub(_written_out, straight).split())


def _written_out(match: re.Match[str]) -> str:
    word = match.group()
    if known := _SHORT_FORMS.get(word) or _NOT.get(word):
        return known
    stem, mark, rest = word.rpartition("'")
    if not mark or not stem:
        return word
    if rest == "s" and stem in _IS:
        return f"{stem} is"
    return stem + _ENDINGS[mark + rest] if mark + rest in _ENDINGS else word
