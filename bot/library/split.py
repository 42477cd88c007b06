"""Cut what is too long for one excerpt: at sentences, else at the pauses within one, else between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from bot.library.blocks import MOST_WORDS, PASSAGE_CHARACTERS
from bot.text.unbroken import find_sentence_ends, find_unbroken, may_cut

T = TypeVar("T")

WORD_CHARACTERS = 10
MOST_TOGETHER = 40
"""The most pieces in a run; it bounds the search."""
IMPOSSIBLE = 10_000.0
"""The cost from which on a run is too long to be chosen, if there is any other way."""

# A sign within a word, such as in "07:15" or "10–12", is no pause; scripts without spaces write none behind theirs.
_STRONG_PAUSE = re.compile(r"[;:–—؛]\s+|[。；！？]\s*")
_PAUSE = re.compile(r"[;:,–—،؛]\s+|[、。；，！？]\s*")
_SPACE = re.compile(r"\s+")


def count_words(text: str) -> int:
    """Return the words of a text; where words have no spaces between them, ten characters count as one."""
    return max(len(text.split()), len(text) // WORD_CHARACTERS)


def fits_one_excerpt(text: str) -> bool:
    """Say whether a text is short enough for one excerpt."""
    return len(text) <= PASSAGE_CHARACTERS and count_words(text) <= MOST_WORDS


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph, each a verbatim slice; joined without anything between they are the text."""
    places = [0, *find_sentence_ends(text), len(text)]
    return [text[start:end] for start, end in pairwise(places) if end > start]


def cut_passage(text: str) -> list[str]:
    """Return a long text in pieces of about 110 words, each of which fits one excerpt; nothing is lost or repeated."""
    pieces = [part for sentence in split_sentences(text) for part in _parts(sentence)]
    runs = divide_at_least_cost(pieces, lambda run: _unevenness("".join(run)))
    return ["".join(run).strip() for run in runs]


def divide_at_least_cost(pieces: Sequence[T], cost: Callable[[Sequence[T]], float]) -> list[Sequence[T]]:
    """Divide pieces into runs, in order, so that the sum of the runs' costs is least; of equals, shorter runs first.

    A run that costs IMPOSSIBLE or more must not get cheaper when it grows.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        choices: list[tuple[float, int]] = []
        for start in range(end - 1, max(-1, end - 1 - MOST_TOGETHER), -1):
            price = cost(pieces[start:end])
            if choices and price >= IMPOSSIBLE:
                break
            choices.append((best[start][0] + price, -start))
        best.append(min(choices))
    return _runs(pieces, [-start for _, start in best])


def _runs(pieces: Sequence[T], starts: Sequence[int]) -> list[Sequence[T]]:
    """Return the runs, from where the last one of each length starts."""
    runs: list[Sequence[T]] = []
    end = len(pieces)
    while end:
        runs.append(pieces[starts[end] : end])
        end = starts[end]
    return runs[::-1]


def _unevenness(text: str) -> float:
    if not fits_one_excerpt(text):
        return IMPOSSIBLE + len(text)
    return float((count_words(text) - 110) ** 2)


def _parts(sentence: str) -> list[str]:
    """Return a sentence as it is, or cut where one alone is too long."""
    parts = []
    while not fits_one_excerpt(sentence.strip()):
        at = _place_to_cut(sentence)
        parts.append(sentence[:at])
        sentence = sentence[at:]
    return [*parts, sentence] if sentence else parts


def _place_to_cut(text: str) -> int:
    """Find the last good place within what fits: after a strong pause, a pause or a space.

    It falls into no number, address, abbreviation or letter, unless one of these is longer than half of what fits.
    """
    most = _longest_fit(text)
    # A little more is looked at, since what goes on behind the place tells what is before it.
    within = find_unbroken(text[: most + 200])
    for pattern in (_STRONG_PAUSE, _PAUSE, _SPACE):
        ends = may_cut((match.end() for match in pattern.finditer(text, 0, most)), within)
        if ends and ends[-1] > most // 2:
            return ends[-1]
    spaces = [match.end() for match in _SPACE.finditer(text, 0, most)]
    if spaces and spaces[-1] > most // 2:
        return spaces[-1]
    at = most
    while at > most // 2 and _is_within_letter(text[at - 1], text[at]):
        at -= 1
    return at


def _is_within_letter(before: str, after: str) -> bool:
    return bool(unicodedata.combining(after)) or after in "\u200c\u200d\ufe0f" or before == "\u200d"


def _longest_fit(text: str) -> int:
    """Say how many characters from the start fit; at least one."""
    words = list(re.finditer(r"\S+", text[: PASSAGE_CHARACTERS + 1]))
    by_words = words[MOST_WORDS - 1].end() if len(words) >= MOST_WORDS else PASSAGE_CHARACTERS
    return max(1, min(by_words, MOST_WORDS * WORD_CHARACTERS, len(text) - 1))
