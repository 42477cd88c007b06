"""Texts to sentence vectors with a model from a local folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.errors import ModelError
from bot.summaries.engine.semantic.folder import INCOMPLETE, MOST_TOKENS, UNSUITED, ModelFolder, open_folder
from bot.summaries.engine.semantic.onnx_model import OnnxModel
from bot.summaries.engine.semantic.tokens import Tokens

Vectors = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

ONNX = ("onnx/model.onnx", "model.onnx")
TOKENS_AT_ONCE = 512
"""Pieces of words in a batch: enough for fast products, few enough to stay small in memory."""

LEAST_MULTILINGUAL = 60_000
"""Pieces of words from which a vocabulary is one of many languages: that of BERT for English has 30,000 and of RoBERTa
50,000, of multilingual BERT 120,000 and of XLM-R 250,000."""
MOST_REMEMBERED = 10_000
"""Texts whose vectors are kept until the next thread is read; the worker ends when it is idle, and they with it."""


class Encoder:
    """Makes vectors of length 1 whose cosine tells how close two texts are in meaning.

    The same texts give the same vectors, whatever their order. ``name`` is the model's, as a summary shows it, and
    ``size`` is how many numbers a vector has. ``is_multilingual`` goes by the vocabulary, which no folder describes.
    """

    def __init__(self, folder: ModelFolder, tokens: Tokens, model: OnnxModel) -> None:
        self.name = folder.name
        self._pooling = folder.pooling
        self.is_multilingual = tokens.size >= LEAST_MULTILINGUAL
        self._tokens = tokens
        self._model = model
        self.size = self._trial()
        self._last: list[tuple[int, ...]] = []
        self._last_vectors: Vectors = np.zeros((0, self.size), np.float32)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Load the model of a sentence-transformers folder that holds it as an ONNX file.

        Nothing but the folder's files is read. Raises ModelError if the folder is missing, incomplete, unreadable or
        of another kind, or a package is not installed; it names the setting WARD_MODEL and no path.
        """
        folder = open_folder(directory)
        return cls(folder, Tokens(folder), _load_model(folder))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 a text, shape (n, d).

        Texts past the model's greatest length are cut off there.
        """
        pieces = [self._tokens.ids(text) for text in texts]
        distinct = sorted(set(pieces), key=lambda ids: (len(ids), ids))
        row_of = {ids: row for row, ids in enumerate(distinct)}
        return self._encoded(distinct)[[row_of[ids] for ids in pieces]]

    def _encoded(self, distinct: list[tuple[int, ...]]) -> Vectors:
        """Return the vectors of just these texts, or those made last time: a card's next page asks for the same again.

        All or none is taken, since a vector's last digits depend on the texts that are encoded with it.
        """
        if distinct == self._last:
            return self._last_vectors.copy()
        vectors = np.zeros((len(distinct), self.size), np.float32)
        done = 0
        for batch in _batches(distinct):
            vectors[done : done + len(batch)] = self._vectors(batch)
            done += len(batch)
        if 1 < len(distinct) <= MOST_REMEMBERED:
            self._last, self._last_vectors = distinct, vectors.copy()
        return vectors

    def _vectors(self, batch: Sequence[tuple[int, ...]]) -> Vectors:
        values = self._model(np.array(batch, np.int64))
        pooled = values.mean(axis=1) if self._pooling == "mean" else values[:, 0]
        norms = np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled / np.maximum(norms, 1e-12), np.float32)

    def _trial(self) -> int:
        """Return a vector's size.

        Encodes the last piece, a short and the longest text, so that what does not fit is refused at once.
        """
        try:
            self._vectors([(self._tokens.size - 1,)])  # a piece that the model does not know is a fault
            self._vectors([self._tokens.ids("the night " * MOST_TOKENS)])
            vectors = self._vectors([self._tokens.ids("Nobody asks the night staff.")])
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - onnxruntime's errors have no common class
            raise ModelError(UNSUITED.format(fault="doesn’t fit together")) from None
        if not np.isfinite(vectors).all() or not vectors.any():
            raise ModelError(UNSUITED.format(fault="gives no usable vectors"))
        return int(vectors.shape[1])


def _load_model(folder: ModelFolder) -> OnnxModel:
    path = folder.file(*ONNX)
    if path is None:
        raise ModelError(INCOMPLETE.format(file=ONNX[0]))
    return OnnxModel(path)


def _batches(pieces: Sequence[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    """Return the texts of one length together, so that none has to be filled up: no wasted work, and no mask."""
    for length, group in groupby(pieces, key=len):
        same = list(group)
        count = max(1, TOKENS_AT_ONCE // max(1, length))
        for start in range(0, len(same), count):
            yield same[start : start + count]
