"""Find the display names that the bot has seen in a server: they come from memory, and are stored nowhere."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from bot.replies.redaction.display_names import Signs, read_name
from bot.replies.redaction.display_pieces import PLACES
from bot.replies.redaction.kinds import Found, Identifier
from bot.replies.redaction.name_letters import TOKEN, fold, is_latin, is_spaced, place_letters
from bot.replies.redaction.name_parts import list_places, stands_alone
from bot.text.everyday_words import is_said_at_work
from bot.text.other_scripts import BEYOND_LATIN

_SIGN = re.compile(r"[._'’-]")
_ACCOUNT = re.compile(r"(?<![^\W_])[^\W_]++(?:[._'’-][^\W_]+)+")
_HOST = re.compile(r"(?<![\w.-])(?:[\w-]+\.)+(?:co|com|gle|gov|info|io|ly|net|nhs|org|uk)(?![\w-])")
_STARTS = re.compile(r"(?:\A|[.!?:;\n…*_\"“(–-])\s{0,3}\Z")
_LEAST_PLURAL = 4
"""Letters of a name to which people may write an s without an apostrophe."""

Key = TypeVar("Key", bound=Hashable)
_Span = tuple[int, int]


class SeenNames:
    """Names that were seen, and what they are found by. Past ``most`` of them, the one seen longest ago is forgotten.

    One more costs as much with thousands as with none. Names may be noted while other threads search, since a search
    asks for one word, or one run of words, at a time.
    """

    def __init__(self, names: Iterable[str] = (), most: int | None = None) -> None:
        self._most = most
        self._names: OrderedDict[str, Signs] = OrderedDict()
        self._whole: dict[tuple[str, ...], int] = {}
        self._begun: dict[tuple[str, ...], int] = {}  # the first words of whole names
        self._surely: dict[str, int] = {}
        self._surnames: dict[str, int] = {}
        self._capitals: dict[str, int] = {}
        self._others: dict[str, int] = {}
        self._lengths: dict[int, int] = {}  # of those in scripts without spaces
        self._heads: dict[str, int] = {}  # a text that holds none of these holds no name in Latin letters
        for name in names:
            self.note(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def note(self, name: str) -> None:
        """Remember a name as the one seen last."""
        if name in self._names:
            self._names.move_to_end(name)
            return
        signs = self._names[name] = read_name(name)
        self._count(signs, 1)
        if self._most is not None and len(self._names) > self._most:
            _, oldest = self._names.popitem(last=False)
            self._count(oldest, -1)

    def may_be_among(self, words: Set[str], text: str) -> bool:
        """Say whether a text of these words, folded, is worth the search."""
        if not self._heads.keys().isdisjoint(words):
            return True
        return bool(self._names) and not text.isascii() and BEYOND_LATIN.search(text) is not None

    def find(self, text: str) -> Iterator[Found]:
        """Find names that were seen: whole ones, first names, surnames and names of accounts in any letters.

        A surname is not an ordinary word, and follows a first name or what somebody does ("Matron Okonkwo"). Other
        parts of a name count with a capital within a sentence, since they may be words. Parts in scripts without
        capitals count everywhere, if they are long enough and no listed word.
        """
        if "." in text:  # a host that is left of a link is nobody
            text = _HOST.sub(lambda match: "/" * len(match[0]), text)
        accounts = {match.start(): match for match in _ACCOUNT.finditer(text)}
        folded = [(token, word) for token in TOKEN.finditer(text) if (word := fold(token[0]))]
        tokens, words = [token for token, _ in folded], [word for _, word in folded]
        at = 0
        done = 0
        while at < len(tokens):
            count = 1
            start = tokens[at].start()
            account = accounts.get(start)
            if start < done:
                pass
            elif account and account[0].casefold().replace("’", "'") in self._surely:
                done = account.end()
                yield start, done, Identifier.NAME, ""
            elif whole := self._measure_whole(words, at):
                count, (first, end) = whole
                last = tokens[at + count - 1]
                begin = start + place_letters(tokens[at][0])[0][first]
                yield begin, last.start() + place_letters(last[0])[1][end - 1], Identifier.NAME, ""
            elif is_latin(words[at]):
                if self._is_part(text, tokens, words, at):
                    yield *tokens[at].span(), Identifier.NAME, ""
            else:
                for first, end in self._find_others(tokens[at][0], words[at]):
                    yield start + first, start + end, Identifier.NAME, ""
            at += count

    def _measure_whole(self, words: Sequence[str], at: int) -> tuple[int, _Span] | None:
        """Say of how many words the longest whole name is that begins here, and where it begins and ends in them."""
        for first in _list_starts(words[at]):
            longest: tuple[int, _Span] | None = None
            met: tuple[str, ...] = (words[at][first:],)
            if not first and met in self._whole:
                longest = 1, (first, len(words[at]))
            while met in self._begun and at + len(met) < len(words):
                word = words[at + len(met)]
                for end in _list_ends(word):
                    if (*met, word[:end]) in self._whole:
                        longest = len(met) + 1, (first, end)
                        break
                met = (*met, word)
            if longest:
                return longest
        return None

    def _is_part(self, text: str, tokens: Sequence[re.Match[str]], words: Sequence[str], at: int) -> bool:
        """Say whether a word in Latin letters is part of somebody's name by itself."""
        word = words[at]
        if word in self._surely:
            return True
        known = word[:-1] if word not in self._surnames and word.endswith("s") and len(word) > _LEAST_PLURAL else word
        if known != word and known in self._surely:
            return not is_said_at_work(word)  # it "peters" out, whoever is called Peter
        if known in self._surnames and not (at + 1 < len(tokens) and words[at + 1] in PLACES):
            return True
        is_capital = word in self._capitals and tokens[at][0][0].isupper()
        return is_capital and not _STARTS.search(text, max(0, tokens[at].start() - 4), tokens[at].start())

    def _find_others(self, typed: str, word: str) -> Iterator[_Span]:
        """Find the parts of names in a word, or in a run of words, of a script other than Latin."""
        begins, ends = place_letters(typed)
        if is_spaced(word):
            spans = (span for span in list_places(word) if word[slice(*span)] in self._others)
            yield from ((begins[start], ends[end - 1]) for start, end in islice(spans, 1))
            return
        lengths = sorted(self._lengths, reverse=True)
        at = 0
        while at < len(word):
            stops = (at + length for length in lengths if at + length <= len(word))
            found = next((stop for stop in stops if word[at:stop] in self._others and stands_alone(word, at, stop)), 0)
            if found:
                yield begins[at], ends[found - 1]
            at = found or at + 1

    def _count(self, signs: Signs, by: int) -> None:
        _add(self._surely, signs.surely, by)
        _add(self._surnames, signs.surnames, by)
        _add(self._capitals, signs.capitals, by)
        _add(self._heads, _list_heads(signs), by)
        if signs.whole:
            _add(self._whole, signs.whole, by)
            _add(self._begun, [whole[:end] for whole in signs.whole for end in range(1, len(whole))], by)
        if signs.others:
            _add(self._others, signs.others, by)
            _add(self._lengths, [len(part) for part in signs.others if not is_spaced(part)], by)


def _list_heads(signs: Signs) -> list[str]:
    """List the words of which a text holds one, if it holds this name in Latin letters."""
    heads = [word if word.isalnum() else max(_SIGN.split(word), key=len) for word in (*signs.surely, *signs.surnames)]
    heads += [f"{word}s" for word in heads if len(word) >= _LEAST_PLURAL]
    heads += signs.capitals
    heads += [whole[0] for whole in signs.whole]
    return heads


def _list_starts(word: str) -> Sequence[int]:
    return (0,) if word.isascii() else sorted({start for start, _ in list_places(word)})


def _list_ends(word: str) -> Sequence[int]:
    if word.isascii():
        return (len(word), len(word) - 1) if word.endswith("s") and len(word) > _LEAST_PLURAL else (len(word),)
    return sorted({end for start, end in list_places(word) if not start})[::-1]


@lru_cache(maxsize=64)
def index_names(names: tuple[str, ...]) -> SeenNames:
    """Make the index of a list of names that stays as it is."""
    return SeenNames(names)


def _add(counted: dict[Key, int], keys: Iterable[Key], by: int) -> None:
    for key in keys:
        if count := counted.get(key, 0) + by:
            counted[key] = count
        else:
            del counted[key]
