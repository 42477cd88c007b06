"""See whether a text that somebody types holds the words of others: a run of theirs, whatever marks are between."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

RUN = 6
"""Words in a row that are somebody's own: fewer may come by chance."""


def borrows_words(text: str, others: Iterable[str], known: Iterable[str] = ()) -> bool:
    """Say whether a text holds RUN words in a row of any other text.

    Capitals, punctuation, accents and unseen letters do not count. ``known`` are texts whose words anybody may use,
    such as the question that people answered. Takes linear time in the length of all texts.
    """
    runs = frozenset(_runs(text))
    for shared in known if runs else ():
        runs = runs.difference(_runs(shared))
    return bool(runs) and any(not runs.isdisjoint(_runs(other)) for other in others)


def _runs(text: str) -> Iterator[str]:
    words = list(_words(text))
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _words(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = (letter if letter.isalnum() else "" if _joins(letter) else " " for letter in plain)
    return (word for word in "".join(letters).split())


def _joins(letter: str) -> bool:
    """Say whether a mark is within a word: an apostrophe, an accent, a letter that nobody sees."""
    return letter in "'’‘`´" or unicodedata.category(letter) in ("Mn", "Cf")
