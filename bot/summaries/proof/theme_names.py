"""Prove names of themes that a program gave: short headings, in words that people used, without names and figures.

A name is no quote, so nobody can find it in a reply word for word. It is shown only if it is a heading rather than a
sentence, if the people of its theme used at least one of its words, and if every figure, every capital and every word
that is not an everyday one in it is theirs. It names no person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from bot.models.grouping import ThemeName
from bot.text.everyday_words import NUMBER_WORDS, is_everyday
from bot.text.first_names import FIRST_NAMES, NO_NAMES, WORD_NAMES

MOST_WORDS = 8
LONGEST = 80
"""Characters of a name."""
MOST_SOURCES = 20
"""Messages that are noted for each word of a name: when all of them are gone, so is the name."""
LEAST_ROOT = 4
"""Letters that stay of a word at least, when its ending is taken off to compare it."""
_MARKS = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u0900-\u0963\u0981-\u0df3\u0e31-\u0e4e\u0eb1-\u0ece\u0f35-\u0fbc\u102b-\u109d\u17b4-\u17d3\u18a9\u1920-\u193b"
)
"""Where scripts have vowels and other signs that stand on a letter, and are part of its word."""
_LETTERS = f"(?:[^\\W_]|[{_MARKS}])+"
_WORD = re.compile(rf"{_LETTERS}(?:['’-]{_LETTERS})*")
_SIGNS = frozenset(" ,'’&()/+-–")
_LOOSE_MARKS = re.compile(
    "[\u0300-\u036f\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f]"
)
"""Marks that nobody sees, or that belong to no letter and could be heaped up."""
_ENDINGS = ("ments", "ment", "ings", "ing", "ers", "er", "ed", "es", "ly", "s", "e", "y")
_SHORT_VERBS = ("n't", "'re", "'ve", "'ll", "'m", "'d")
_SMALL_WORDS = """
    a about above across after against all an and any as at before behind below between beyond but by during each else
    every for from if in inside into less like more most much near new no not of off on only onto or other out outside
    over own per same since so some such than that the there these this those through to too towards under until up
    versus very via when where which while who whose why how what with within without
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
"""Words that carry no matter, so that they stand behind no name."""
_CLAUSE_WORDS = """
    i you we they he she it me us him them myself yourself ourselves themselves my your our their his her hers ours
    yours theirs am is are was were be been being do does did has have had having should shall must will would could
    can cannot may might ought please ignore disregard let lets says said
"""
_CHARGED_WORDS = """
    abuse abusive aggressive angry arrest arrogant assault attack bad bully bullied bullies bullying cheat
    corrupt coward crazy crime criminal cruel cruelty dead death die dirty disgrace dismiss dismissal drunk dumb
    dying evil fake fault fire fired firing foolish fraud greed greedy guilty harass hate hated hatred hell
    homophobia homophobic hopeless idiot idiots ignorant illegal incompetent insane kill killed killer killing
    lazy liar liars lie lied lies lying mad murder nasty negligence negligent pathetic poison punish punishment
    quit racism racist racists rape resign rude sack sacked sacking selfish sexism sexist shame shoot shot
    sinister steal stolen strike stupid suicidal suicide terrible theft thief thieves threat toxic ugly useless
    victim victims violence violent vote weak wicked worst
"""
CHARGED_WORDS = frozenset(_CHARGED_WORDS.split())
"""Words that accuse, judge or call to something: however common they are, a name has only those that people used."""
CLAUSE_WORDS = frozenset(_CLAUSE_WORDS.split())
"""Words of sentences: a heading has no subject and no verb of its own."""
SHARED_WORDS = frozenset(["i", "am", "is", "are", "was", "has", "do", "did", "we", "my", "me", "he", "can"])
"""Those of them that are other words elsewhere, such as "i" and "am" in Welsh, or "i" and "do" in Polish."""


def prove_name(
    name: str, said: Mapping[str, str], known: Collection[str] = (), most: int | None = MOST_SOURCES
) -> ThemeName | None:
    """Return the name with the messages whose words it is made of; None where it cannot be shown.

    ``said`` are the words of the theme's people by their messages, ``known`` names of people that the caller knows. For
    each word at most ``most`` messages are noted.
    """
    words = _WORD.findall(name)
    if not is_heading(name) or _names_person(words, known):
        return None
    roots = {message: frozenset(map(find_root, _WORD.findall(text))) for message, text in said.items()}
    sources = []
    for place, word in enumerate(words):
        small = _plain(word)
        holding = tuple(message for message, held in roots.items() if find_root(word) in held)
        has_capital = word != word.lower() and not (place == 0 and word[1:] == word[1:].lower())
        if not holding and (has_capital or small in NUMBER_WORDS or any(char.isnumeric() for char in word)):
            return None
        if not holding and not _is_common(small):
            return None
        if holding and small not in SMALL_WORDS:
            sources.append(holding)
    return ThemeName(name, tuple(holding[:most] for holding in sources)) if sources else None


def is_heading(name: str) -> bool:
    """Say whether a text has the form of a name: one line of at most eight words, and no sentence, mark-up or link.

    Whether it is a sentence can only be told of English.
    """
    words = _WORD.findall(name)
    if not 0 < len(words) <= MOST_WORDS or len(name) > LONGEST or name != " ".join(name.split()):
        return False
    if not name[0].isalnum() or name[-1] in _SIGNS - {")"}:
        return False
    if unicodedata.normalize("NFKC", name) != name or not all(_may_stand(char) for char in name):
        return False
    small = {_plain(word) for word in words}
    if not small.isdisjoint(CLAUSE_WORDS - SHARED_WORDS) or any(word.endswith(_SHORT_VERBS) for word in small):
        return False
    others = small - SHARED_WORDS
    foreign = sum(not _is_common(word) for word in others)
    return others == small or (foreign > 1 and 2 * foreign > len(others))


def is_unproved(named: ThemeName, said: Mapping[str, str], known: Collection[str] = ()) -> bool:
    """Say whether a stored name is not proved by the messages that it notes. ``said`` are the words of all messages.

    Each message that is noted for a word has to hold it.
    """
    noted = {message: said[message] for holding in named.sources for message in holding if message in said}
    proved = prove_name(named.name, noted, known, most=None)
    if proved is None or len(proved.sources) != len(named.sources):
        return True
    return any(not set(before) <= set(now) for before, now in zip(named.sources, proved.sources, strict=True))


def keep_sources(named: ThemeName, kept: Collection[str]) -> ThemeName | None:
    """Return a name without the messages that are not ``kept``; None where one of its words has no message left."""
    sources = tuple(tuple(message for message in holding if message in kept) for holding in named.sources)
    return ThemeName(named.name, sources) if sources and all(sources) else None


def find_root(word: str) -> str:
    """Return a word without its ending, to compare words of a name with those of people."""
    small = _plain(word)
    for ending in _ENDINGS:
        if small.endswith(ending) and len(small) - len(ending) >= LEAST_ROOT:
            return small.removesuffix(ending)
    return small


def _is_common(small: str) -> bool:
    """Say whether a word that nobody used may be in a name: in plain letters, and no name of anybody."""
    parts = re.split(r"['-]", small)
    return all(part in SMALL_WORDS or _is_plain_english(part) for part in parts)


def _is_plain_english(small: str) -> bool:
    """Say whether a word is an everyday one of English. A letter alone is none: letters could spell anything."""
    if not small.isascii() or len(small) < 2 or CHARGED_WORDS & {small, find_root(small)}:
        return False
    return is_everyday(small) or is_everyday(find_root(small))


def _names_person(words: Iterable[str], known: Collection[str]) -> bool:
    seen = {_plain(word) for name in known for word in _WORD.findall(name)}
    seen -= NO_NAMES | WORD_NAMES | SMALL_WORDS
    for word in words:
        small = _plain(word)
        is_first_name = small in FIRST_NAMES and small not in WORD_NAMES and small not in NO_NAMES
        if is_first_name or (small in seen and len(small) > 2):
            return True
    return False


def _may_stand(char: str) -> bool:
    kind = unicodedata.category(char)
    return char in _SIGNS or kind[0] in "LN" or (kind in ("Mn", "Mc") and not _LOOSE_MARKS.match(char))


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")
