"""A server's own words to remove, such as a ward or a project: what it can hold, and where its words are in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.errors import UserError
from bot.replies.redaction.kinds import Found, Identifier
from bot.replies.redaction.seen_names import SeenNames

SHORTEST_WORD = 2
LONGEST_WORD = 60
MOST_WORDS = 100
_BETWEEN = r"[\s_/·.*~`‐‑‒–—-]"
"""Between the parts of a phrase: also a full stop ("Dr. Smith") and the signs of format ("Willow **Ward**")."""
_SPLIT = re.compile(rf"{_BETWEEN}+")
_APOSTROPHE = re.compile("['’‘]")
_LETTERS = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What a server's texts are kept free of beside identifiers: words of its own, and names seen in it."""

    listed: tuple[str, ...] = ()
    names: SeenNames = field(default_factory=SeenNames)


NO_WORDS = KnownWords()


def add_word(words: Sequence[str], word: str) -> tuple[str, ...]:
    """Return the list with a word more. Raises UserError for one that cannot be on it, or is there already."""
    word = " ".join(word.split())
    if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or len(_LETTERS.findall(word)) < SHORTEST_WORD:
        raise UserError(
            f"A word to remove has {SHORTEST_WORD} to {LONGEST_WORD} characters, and at least {SHORTEST_WORD} letters "
            "or figures. Nothing was added."
        )
    if _key(word) in map(_key, words):
        raise UserError("That word is already on the list.")
    if len(words) >= MOST_WORDS:
        raise UserError(f"There are {MOST_WORDS} words on the list, which is the most. Remove one first.")
    return (*words, word)


def drop_word(words: Sequence[str], word: str) -> tuple[str, ...]:
    """Return the list without a word, however it is typed. Raises UserError for one that is not there."""
    left = tuple(kept for kept in words if _key(kept) != _key(word))
    if len(left) == len(words):
        raise UserError("That word isn’t on the list. /moderation shows it.")
    return left


def may_hold_own_word(small: str, words: tuple[str, ...]) -> bool:
    """Say whether a text in small letters is worth the search."""
    return any(head in small for head in _prepare(words)[0])


def find_own_words(text: str, words: tuple[str, ...]) -> Iterator[Found]:
    """Find the words in a text, the longest first: whole words, in any case, with other spaces or dashes between."""
    yield from ((*match.span(), Identifier.OWN_WORD, "") for match in _prepare(words)[1].finditer(text))


def _key(word: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_APOSTROPHE.sub("", word).casefold()))


def _parts(word: str) -> Iterable[str]:
    return filter(None, _SPLIT.split(word))


@lru_cache(maxsize=256)
def _prepare(words: tuple[str, ...]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Say how each word begins, in small letters, and a pattern for any of them."""
    # Without a letter or figure it would match nothing at all, and so everywhere.
    real = {tuple(_parts(word)) for word in words if _LETTERS.search(word)}
    split = sorted(real, key=lambda parts: (-sum(map(len, parts)), parts))
    heads = {_APOSTROPHE.split(parts[0])[0].lower() for parts in split}
    each = "|".join(rf"{_BETWEEN}{{1,5}}".join(map(_piece, parts)) for parts in split)
    return tuple(sorted(heads)), re.compile(rf"(?<![^\W_])(?:{each})(?![^\W_])" if each else r"(?!)", re.IGNORECASE)


def _piece(part: str) -> str:
    return "['’‘]?".join(map(re.escape, _APOSTROPHE.split(part)))
