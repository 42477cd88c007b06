"""Find the display names that the bot has seen in a server: they come from memory, and are stored nowhere."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from bot.replies.redaction.kinds import Found, Identifier
from bot.text.everyday_words import is_listed_surname, is_surname
from bot.text.first_names import FIRST_NAMES, NO_NAMES, WORD_NAMES

_BRACKETS = re.compile(r"[(\[{].*?(?:[)\]}]|$)")
"""What is beside a name in brackets is where somebody works, and no name."""
_TOKEN = re.compile(r"[^\W_]+(?:[._'’-][^\W_]+)*")
_SIGN = re.compile(r"[._'’-]")
"""What joins the parts of such a word: "siobhan.k"."""
_POSSESSIVE = re.compile(r"['’]s\Z")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir"))
_ROLES_TEXT = """
    carer chief cleaner clerk consultant doctor head housekeeper lead manager matron midwife nurse paramedic pharmacist
    physio porter radiographer registrar secretary sister student technician therapist worker
"""
_ROLES = frozenset(_ROLES_TEXT.split())
"""What somebody is called by before their surname: "Matron Okonkwo"."""
_BEFORE_SURNAME = FIRST_NAMES | WORD_NAMES | _ROLES
_PLACES_TEXT = "building centre clinic floor house site suite team theatre unit ward wards wing"
_PLACES = frozenset(_PLACES_TEXT.split())
"""What follows the name of a place, which may be somebody's surname too."""
_LEAST, _LEAST_SURNAME = 3, 4
"""Letters that a name has at least to be looked for alone; a surname has more to be looked for in small letters."""
_STARTS = re.compile(r"(?:\A|[.!?:;\n…*_\"“(–-])\s{0,3}\Z")


Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Signs:
    """What one name is found by: all its words, words that are surely a name, surnames, what counts with a capital."""

    whole: tuple[str, ...]
    surely: frozenset[str]
    surnames: frozenset[str]
    capitals: frozenset[str]


class SeenNames:
    """Names that were seen, and what they are found by. Past ``most`` of them, the one seen longest ago is forgotten.

    One more costs as much with thousands as with none. Names may be noted while other threads search, since a search
    asks for one word, or one run of words, at a time.
    """

    def __init__(self, names: Iterable[str] = (), most: int | None = None) -> None:
        self._most = most
        self._names: OrderedDict[str, None] = OrderedDict()
        self._whole: Counter[tuple[str, ...]] = Counter()
        self._begun: Counter[tuple[str, ...]] = Counter()  # the first words of whole names
        self._surely: Counter[str] = Counter()
        self._surnames: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()
        self._heads: Counter[str] = Counter()  # a text that holds none of these holds no name
        for name in names:
            self.note(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def note(self, name: str) -> None:
        """Remember a name as the one seen last."""
        if name in self._names:
            self._names.move_to_end(name)
            return
        self._names[name] = None
        self._count(_read_name(name), 1)
        if self._most is not None and len(self._names) > self._most:
            oldest, _ = self._names.popitem(last=False)
            self._count(_read_name(oldest), -1)

    def may_be_among(self, words: Set[str]) -> bool:
        """Say whether a text of these words, casefolded, is worth the search."""
        return not self._heads.keys().isdisjoint(words)

    def find(self, text: str) -> Iterator[Found]:
        """Find names that were seen: whole ones, first names, surnames and names of accounts in any letters.

        A surname is not an ordinary word, and follows a first name or what somebody does ("Matron Okonkwo"). Other
        parts of a name count with a capital within a sentence, since they may be words.
        """
        tokens = list(_TOKEN.finditer(text))
        words = [_POSSESSIVE.sub("", token[0].casefold()) for token in tokens]
        at = 0
        while at < len(tokens):
            count = self._measure_whole(words, at) or self._is_part(text, tokens, words, at)
            if count:
                last = tokens[at + count - 1]
                yield tokens[at].start(), last.start() + len(_POSSESSIVE.sub("", last[0])), Identifier.NAME, ""
            at += count or 1

    def _measure_whole(self, words: Sequence[str], at: int) -> int:
        """Say of how many words the longest whole name is that begins here; 0 if there is none."""
        longest = 0
        met: tuple[str, ...] = (words[at],)
        while met in self._begun and at + len(met) < len(words):
            met = (*met, words[at + len(met)])
            if met in self._whole:
                longest = len(met)
        return longest

    def _is_part(self, text: str, tokens: Sequence[re.Match[str]], words: Sequence[str], at: int) -> bool:
        """Say whether a word is part of somebody's name by itself."""
        word = words[at]
        if word in self._surely:
            return True
        if word in self._surnames and not (at + 1 < len(tokens) and tokens[at + 1][0].casefold() in _PLACES):
            return True
        is_capital = word in self._capitals and tokens[at][0][0].isupper()
        return is_capital and not _STARTS.search(text, max(0, tokens[at].start() - 4), tokens[at].start())

    def _count(self, signs: _Signs, by: int) -> None:
        _add(self._surely, signs.surely, by)
        _add(self._surnames, signs.surnames, by)
        _add(self._capitals, signs.capitals, by)
        _add(self._whole, [signs.whole] if signs.whole else [], by)
        _add(self._begun, [signs.whole[:end] for end in range(1, len(signs.whole))], by)
        heads = signs.surely | signs.surnames | signs.capitals | {*signs.whole[:1]}
        _add(self._heads, [max(_SIGN.split(word), key=len) for word in heads], by)


@lru_cache(maxsize=64)
def index_names(names: tuple[str, ...]) -> SeenNames:
    """Make the index of a list of names that stays as it is."""
    return SeenNames(names)


def _add(counted: Counter[Key], keys: Iterable[Key], by: int) -> None:
    for key in keys:
        counted[key] += by
        if not counted[key]:
            del counted[key]


def _read_name(name: str) -> _Signs:
    surely: set[str] = set()
    surnames: set[str] = set()
    capitals: set[str] = set()
    typed = _TOKEN.findall(_BRACKETS.sub(" ", name))
    for word in _list_surnames(typed, is_loud=name.isupper()):
        (capitals if is_listed_surname(word) else surnames).add(word)
    words = tuple(small for word in typed if (small := word.casefold()) not in _TITLES)
    is_role = any(word in NO_NAMES and word not in WORD_NAMES for word in words)  # "Falcon Ward Sister"
    for word in words:
        if word in FIRST_NAMES or (len(words) == 1 and not word.isalpha()):
            surely.add(word)
        elif len(word) >= _LEAST and not is_role and word not in NO_NAMES and word not in WORD_NAMES:
            capitals.add(word)
    whole = words if len(words) > 1 and not is_role else ()
    return _Signs(whole, frozenset(surely), frozenset(surnames), frozenset(capitals))


def _list_surnames(typed: Sequence[str], *, is_loud: bool) -> Iterator[str]:
    """List the words after a first name or what somebody does that can be nothing but a name.

    Capitals alone are the name of a service ("Sue CAMHS"), unless all of the name is in capitals.
    """
    small = [word.casefold() for word in typed]
    start = next((at for at, word in enumerate(small, 1) if word in _BEFORE_SURNAME), len(small))
    for word, plain in zip(typed[start:], small[start:], strict=True):
        if len(word) >= _LEAST_SURNAME and (is_loud or not word.isupper()) and is_surname(plain):
            yield plain
