"""Find the display names that the bot has seen in a server: they come from memory, and are stored nowhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from bot.replies.redaction.kinds import Found, Identifier
from bot.text.everyday_words import is_listed_surname, is_surname
from bot.text.first_names import FIRST_NAMES, NO_NAMES, WORD_NAMES

_BRACKETS = re.compile(r"[(\[{].*?(?:[)\]}]|$)")
"""What is beside a name in brackets is where somebody works, and no name."""
_TOKEN = re.compile(r"[^\W_]+(?:[._'’-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s\Z")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir"))
_ROLES_TEXT = """
    carer chief cleaner clerk consultant doctor head housekeeper lead manager matron midwife nurse paramedic pharmacist
    physio porter radiographer registrar secretary sister student technician therapist worker
"""
_ROLES = frozenset(_ROLES_TEXT.split())
"""What somebody is called by before their surname: "Matron Okonkwo"."""
_PLACES_TEXT = "building centre clinic floor house site suite team theatre unit ward wards wing"
_PLACES = frozenset(_PLACES_TEXT.split())
"""What follows the name of a place, which may be somebody's surname too."""
_LEAST, _LEAST_SURNAME = 3, 4
"""Letters that a name has at least to be looked for alone; a surname has more to be looked for in small letters."""
_STARTS = re.compile(r"(?:\A|[.!?:;\n…*_\"“(–-])\s{0,3}\Z")


@dataclass(frozen=True, slots=True)
class _Known:
    """Whole names by their first word, first names and account names, surnames, and what counts with a capital only.

    ``heads`` are the words of all of these, but for ``accounts``, which have signs in them.
    """

    whole: dict[str, tuple[tuple[str, ...], ...]]
    surely: frozenset[str]
    surnames: frozenset[str]
    capitals: frozenset[str]
    heads: frozenset[str]
    accounts: tuple[str, ...]


def may_hold_name(small: str, words: Set[str], names: tuple[str, ...]) -> bool:
    """Say whether a text in small letters, of these words, is worth the search."""
    known = _prepare(names)
    return not words.isdisjoint(known.heads) or any(word in small for word in known.accounts)


def find_seen_names(text: str, names: tuple[str, ...]) -> Iterator[Found]:
    """Find names that were seen: whole ones, first names, surnames and names of accounts in any letters.

    A surname is not an ordinary word, and follows a first name or what somebody does ("Matron Okonkwo"). Other parts of
    a name count with a capital within a sentence, since they may be words.
    """
    known = _prepare(names)
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        count = _count_of_name(text, tokens, at, known)
        if count:
            last = tokens[at + count - 1]
            yield tokens[at].start(), last.start() + len(_POSSESSIVE.sub("", last[0])), Identifier.NAME, ""
        at += count or 1


def _count_of_name(text: str, tokens: list[re.Match[str]], at: int, known: _Known) -> int:
    """Say of how many words the name is that begins here; 0 if there is none."""
    small = _bare(tokens[at][0].casefold())
    for words in known.whole.get(small, ()):
        met = [_bare(token[0].casefold()) for token in tokens[at : at + len(words)]]
        if met == list(words):
            return len(words)
    if small in known.surely:
        return 1
    if small in known.surnames and not (at + 1 < len(tokens) and tokens[at + 1][0].casefold() in _PLACES):
        return 1
    is_capital = small in known.capitals and tokens[at][0][0].isupper()
    return int(is_capital and not _STARTS.search(text, max(0, tokens[at].start() - 4), tokens[at].start()))


@lru_cache(maxsize=64)
def _prepare(names: tuple[str, ...]) -> _Known:
    whole: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    surely: set[str] = set()
    surnames: set[str] = set()
    capitals: set[str] = set()
    for name in names:
        typed = _TOKEN.findall(_BRACKETS.sub(" ", name))
        words = tuple(word.casefold() for word in typed)
        for word in _list_surnames(typed, is_loud=name.isupper()):
            (capitals if is_listed_surname(word) else surnames).add(word)
        words = tuple(word for word in words if word not in _TITLES)
        is_role = any(word in NO_NAMES and word not in WORD_NAMES for word in words)  # "Falcon Ward Sister"
        if len(words) > 1 and not is_role:
            whole[words[0]].append(words)
        for word in words:
            if word in FIRST_NAMES or (len(words) == 1 and not word.isalpha()):
                surely.add(word)
            elif len(word) >= _LEAST and not is_role and word not in NO_NAMES and word not in WORD_NAMES:
                capitals.add(word)
    ordered = {first: tuple(sorted(each, key=len, reverse=True)) for first, each in whole.items()}
    every = surely | surnames | capitals | ordered.keys()
    accounts = {word for word in every if not word.isalnum()}
    return _Known(
        ordered,
        frozenset(surely),
        frozenset(surnames),
        frozenset(capitals),
        frozenset(every - accounts),
        tuple(accounts),
    )


def _list_surnames(typed: Sequence[str], *, is_loud: bool) -> Iterator[str]:
    """List the words after a first name or what somebody does that can be nothing but a name.

    Capitals alone are the name of a service ("Sue CAMHS"), unless all of the name is in capitals.
    """
    small = [word.casefold() for word in typed]
    start = next((at for at, word in enumerate(small, 1) if word in FIRST_NAMES | WORD_NAMES | _ROLES), len(small))
    for word, plain in zip(typed[start:], small[start:], strict=True):
        if len(word) >= _LEAST_SURNAME and (is_loud or not word.isupper()) and is_surname(plain):
            yield plain


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)
