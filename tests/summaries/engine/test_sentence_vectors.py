"""The sentence vectors that the program carries: whole, made as their page says, and the same for any company."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import BertWordPieceTokenizer

from bot.summaries.engine import sentence_vectors
from bot.summaries.engine.sentence_vectors import DATA, PIECES, VECTORS, encode
from tests.examples import examples
from tests.summaries.threads import SENTENCES, texts

CLOSE = [
    ("The canteen shuts at seven.", "There is no hot food at night."),
    ("We write everything twice, on paper and on screen.", "I copy the same notes into the computer."),
    ("Nobody answers our incident reports.", "Incidents are reported and we never hear back."),
]


def test_the_page_names_the_files_that_are_carried() -> None:
    page = (DATA / "README.md").read_text(encoding="utf-8")

    for path in (PIECES, VECTORS):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in page
    assert "Apache License" in (DATA / "LICENSE").read_text(encoding="utf-8")


def test_every_piece_has_a_row_and_marks_have_none_of_their_own() -> None:
    pieces, vectors = PIECES.read_text(encoding="utf-8").split("\n")[:-1], np.load(VECTORS)

    assert (len(pieces), vectors.dtype) == (len(vectors), np.int8)
    for piece, row in zip(pieces, vectors, strict=True):
        if piece.startswith("[unused") or piece in {"[CLS]", "[UNK]", ".", "?", "护"}:
            assert not row.any()
    assert vectors[pieces.index("ward")].any()


def test_texts_that_say_the_same_are_closer_than_others() -> None:
    cosines = encode([one for one, _ in CLOSE]) @ encode([other for _, other in CLOSE]).T

    assert [int(row.argmax()) for row in cosines] == [0, 1, 2]


def test_no_texts_and_texts_without_known_pieces_have_no_vector() -> None:
    assert encode([]).shape == (0, encode(["ward"]).shape[1])
    assert not encode(["", "…", "护士不够", "\ufffd", "x" * 500]).any()


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(texts | st.text(max_size=60), min_size=1, max_size=5))
def test_a_vector_has_length_1_or_0_and_depends_on_its_text_alone(said: list[str]) -> None:
    vectors = encode(said)

    assert all(abs(length - 1) < 1e-5 or length == 0 for length in np.linalg.norm(vectors, axis=1))
    assert vectors.dtype == np.float32
    assert all(np.array_equal(encode([text])[0], vector) for text, vector in zip(said, vectors, strict=True))


def test_words_are_cut_as_the_library_of_the_model_cuts_them() -> None:
    library = BertWordPieceTokenizer(str(PIECES), lowercase=True)
    table, unknown = sentence_vectors._table(), library.token_to_id("[UNK]")
    said = [*SENTENCES, "Ärger über Zoë's CAFÉ — 24/7, re-admission", "handover's\u200b un\u00adreadable unbelievably"]

    for text in said:
        wanted = [number for number in library.encode(text, add_special_tokens=False).ids if number != unknown]
        assert table.pieces(text) == wanted


def test_nothing_is_loaded_before_the_first_text_and_no_further_package_at_all() -> None:
    code = (
        "import sys; from bot.summaries.engine import sentence_vectors as carried\n"
        "assert carried._table.cache_info().currsize == 0\n"
        "carried.encode(['The ward is full.'])\n"
        "assert {'tokenizers', 'onnxruntime', 'discord'}.isdisjoint(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
