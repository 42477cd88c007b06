"""How close the thoughts of one thread are in meaning, with what the whole thread is about taken out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.summaries.engine.semantic.encoder import Encoder, Vectors

Floats = npt.NDArray[np.float64]

FEW = 8
"""Distinct texts at which only half of their mean is taken out: of two or three, the mean says little."""


class Meanings:
    """Centred sentence vectors of n units.

    All that is said in one thread is alike, because it is on one matter; so the thread's mean vector is taken out of
    every vector, which is then brought back to length 1. ``name`` is the model's.
    """

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        """``texts`` are the units' own. Costs the encoding of each distinct text, once."""
        self.name = encoder.name
        self._encoder = encoder
        # A text that was posted a hundred times must not be taken for what the thread is about, so each counts once.
        self._distinct, self._rows = encoder.encode_distinct(texts)
        count = len(self._distinct)
        mean = self._distinct.mean(axis=0) if count > 1 else np.zeros(encoder.size)
        self._mean = (mean * count / (count + FEW)).astype(np.float32)
        self._centre(self._distinct)

    def vector(self, text: str) -> Vectors:
        """Any text's place among the units, shape (d,)."""
        placed = self._encoder.encode([text])
        self._centre(placed)
        vector: Vectors = placed[0]
        return vector

    def similarity(self, of: int | Vectors) -> Floats:
        """Return the cosine of a unit, or of a vector that ``vector`` gave, with every unit: -1 to 1, shape (n,)."""
        vector = self._distinct[self._rows[of]] if isinstance(of, int) else of
        # Rounded, since the last digits may depend on how many vectors are multiplied at once.
        cosines: Floats = (self._distinct @ vector).astype(np.float64).round(5)[self._rows]
        return cosines

    def _centre(self, vectors: Vectors) -> None:
        """In place: of 20,000 replies the vectors are the largest thing in memory."""
        vectors -= self._mean
        norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        vectors /= np.maximum(norms, 1e-6)[:, None]
