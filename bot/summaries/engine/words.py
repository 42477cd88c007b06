"""Words as the engine compares them: light stems of the words that carry matter."""

from __future__ import annotations

import re
from functools import lru_cache

# Vowel signs and accents are not word characters for ``re``; without these ranges they would cut words in pieces.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff"
WORD = re.compile(rf"[\w{_MARKS}]+(?:['’][\w{_MARKS}]+)*")
NOT_WORDS = re.compile(
    r"https?://\S+|www\.\S+|<a?:\w+:\d+>|<[@#][!&]?\d+>|<id:\w+>|:[a-z0-9_+-]{2,32}:|```.*?(?:```|\Z)",
    re.DOTALL | re.IGNORECASE,
)

REMOVED = re.compile(r"\[[a-zA-Z ,'’-]{3,60} removed\]")
"""What is in the place of an identifier that was taken out."""
WELSH_AGREEMENT = (
    r"(?:yr\s+un\s+(?:peth|fath)(?:\s+yma)?|(?:(?:dw\s+i|dwi|rydw\s+i|rwy|rydyn\s+ni)['’]?n\s+)?cytuno(?:['’]n\s+llwyr)?"
    r"|(?:fi|finnau|ni|ninnau)\s+hefyd)"
)
"""What people write in Welsh to say "Same here", "I agree" and "me too": for patterns without regard to capitals."""

_STOP_WORDS = """
    a about above across actually after again all almost already also although always am among an and
    another any are aren't around as at away back be because been before being below between both but by
    came can can't cannot come comes coming could couldn't did didn't do does doesn't doing don't done down
    during each either else etc even ever every everybody everyone everything few for from further get gets
    getting give given go goes going gone got had hadn't has hasn't have haven't having he he'd he's her
    here hers herself him himself his how however i i'd i'll i'm i've if in indeed instead into is isn't it
    it'd it'll it's its itself just keep kept let like lot lots made make makes making many may maybe me
    might mine more most much must my myself no none nor not now of off often on once one ones only onto or
    other others ought our ours ourselves out over own per perhaps please quite rather really said same say
    says seem seems shall she she's should shouldn't since so some somebody someone something sometimes
    somewhat soon still such sure take taken takes than that that's the their theirs them themselves then
    there there's these they they'd they'll they're they've this those though through thus to together too
    toward towards under until up upon us use used using very via want wants was wasn't we we'd we'll we're
    we've well went were weren't what what's when where whether which while who who's whole whom whose why
    will with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
    dont doesnt didnt cant wont isnt arent wasnt werent hasnt havent wouldnt couldnt shouldnt im ive id
    thats theyre weve youre its lol ok okay yeah yep nope hi hello hey thanks thank cheers gonna bit able
    ago
"""
STOP = frozenset(_STOP_WORDS.split())
"""Words that say nothing of the matter."""


_NEGATED = {
    **dict.fromkeys(["nothing", "anything", "nowhere"], "nothing"),
    **dict.fromkeys(["never", "nobody", "anybody", "anyone", "noone"], "never"),
}
"""What is denied, and what is asked for under a negation, is one matter: "nobody asks", "never asked"."""


def split_words(text: str) -> list[str]:
    """Return the words of a text in order, case folded, with straight apostrophes.

    Links, mentions and code left out.
    """
    return list(_split_words(text))


@lru_cache(maxsize=65_536)
def _split_words(text: str) -> tuple[str, ...]:
    text = NOT_WORDS.sub(" ", REMOVED.sub(" ", text))
    return tuple(word.casefold().replace("’", "'") for word in WORD.findall(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a light stem: plurals, -ing, -ed, -ly, -ment, -er and -ship taken off English words.

    Others stay as they are.
    """
    word = word.removesuffix("'s").removesuffix("'")
    if not word.isascii() or len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith(("tion", "sion")) and len(word) >= 8:
        word = word[:-3]
    for suffix, shortest in (
        ("ship", 8),
        ("ment", 9),
        ("ingly", 9),
        ("edly", 8),
        ("ing", 6),
        ("ed", 5),
        ("er", 6),
        ("ly", 6),
    ):
        if word.endswith(suffix) and len(word) >= shortest:
            word = _undouble(word[: -len(suffix)])
            break
    return word[:-1] if word.endswith(("e", "y")) and len(word) > 4 else word


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry matter, in order, repeats kept."""
    return list(_content(text))


@lru_cache(maxsize=65_536)
def _content(text: str) -> tuple[str, ...]:
    return tuple(
        _NEGATED.get(word) or stem(word)
        for word in _split_words(text)
        if word not in STOP and not (len(word) == 1 and word.isascii())
    )


_WEAK_WORDS = """
    agree believe feel felt think thought know mean view point issue thing way people person need good great
    nice better best bad big small new old time day year week first last next right try see look find happen
    tell ask talk work put part kind sort place case fact important different lead change start real true
    hope guess suppose end help one two three four five six seven eight nine ten half
"""
WEAK = frozenset(stem(word) for word in _WEAK_WORDS.split())
"""Stems so common in any discussion that sharing them is little evidence of saying the same."""
_MUCH_USED_WORDS = """
    nothing never enough ward staff team manager patient nurse doctor shift night hospital trust nhs service unit
"""
MUCH_USED = frozenset(stem(word) for word in _MUCH_USED_WORDS.split()) | {"nothing"}
"""Words that many statements hold, and that still tell them apart."""
