"""Sentence vectors that the program carries: the sum of a text's pieces of words, each with a vector of its own.

The vectors were taken out of all-MiniLM-L6-v2 by ``benchmarks/distil.py``; data/README.md says how. Nothing is loaded
before the first call, and then only the pages of the file that the texts touch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

DATA = Path(__file__).with_name("data")
PIECES = DATA / "pieces.txt"
VECTORS = DATA / "sentence_vectors.npy"

INSIDE = "##"
"""What a piece begins with that stands inside a word."""
LONGEST_WORD = 100
"""Letters from which a word is not cut into pieces; such words are addresses and noise."""
MOST_WORDS = 50_000
"""Words whose pieces are kept for the next text."""
MOST_PIECES = 512
"""Pieces of a text that count, as in the model."""

MOST_PIECES_A_WORD = 1.5
"""Up to which a text is taken for English."""

_WORD = re.compile(r"[^\W_\u2e80-\u9fff\uf900-\ufaff]+|[^\s]")
_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]"
)


def encode(texts: Sequence[str]) -> Vectors:
    """Return one vector of length 1 a text, shape (n, d); 0 for a text without known pieces.

    A text's vector depends on nothing but the text.
    """
    table = _table()
    vectors = np.zeros((len(texts), table.vectors.shape[1]), np.float32)
    for row, text in enumerate(texts):
        pieces = table.pieces(text)
        if pieces:
            vectors[row] = table.vectors[pieces].sum(axis=0, dtype=np.int32)
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.maximum(norms, 1e-9)[:, None]
    return vectors


def find_other_languages(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Say of each text whether it is in another language than English: then its words fall into many pieces.

    Of 399 messages of staff in English, two are taken for another language, and both have two words at most.
    """
    table = _table()
    cut = np.array([len(table.pieces(text)) for text in texts], np.float32)
    words = np.array([len(_WORD.findall(_fold(text))) for text in texts], np.float32)
    return cut > MOST_PIECES_A_WORD * words


class _Table:
    """The vocabulary and its vectors, whole numbers of one scale, row by row."""

    def __init__(self) -> None:
        lines = PIECES.read_text(encoding="utf-8").split("\n")
        self._numbers = {piece: number for number, piece in enumerate(lines) if piece}
        self.vectors: npt.NDArray[np.int8] = np.load(VECTORS, mmap_mode="r")
        self._known: dict[str, tuple[int, ...]] = {}

    def pieces(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces: words and marks in small letters without accents, cut where needed."""
        numbers: list[int] = []
        for word in _WORD.findall(_fold(text)):
            known = self._known.get(word)
            if known is None:
                if len(self._known) >= MOST_WORDS:
                    self._known.clear()
                known = self._known[word] = self._cut(word)
            numbers.extend(known)
            if len(numbers) >= MOST_PIECES:
                return numbers[:MOST_PIECES]
        return numbers

    def _cut(self, word: str) -> tuple[int, ...]:
        """Cut a word into the longest pieces from its start on, or into none if a part of it is not known."""
        if len(word) > LONGEST_WORD:
            return ()
        numbers: list[int] = []
        start = 0
        while start < len(word):
            prefix = INSIDE if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(prefix + word[start:end])
                if number is not None:
                    numbers.append(number)
                    start = end
                    break
            else:
                return ()
        return tuple(numbers)


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()


def _fold(text: str) -> str:
    if text.isascii():
        return _UNSEEN.sub("", text).lower()
    parts = unicodedata.normalize("NFD", _UNSEEN.sub("", text).lower())
    return "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")
