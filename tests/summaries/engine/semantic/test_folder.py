"""Model folders of several kinds are read; what cannot be used is refused with a sentence that names the setting."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.errors import ModelError
from bot.summaries.engine.semantic import Encoder
from tests.summaries.engine.semantic.models import SIZE, described_minilm, lookup, minilm, tiny

TEXTS = ["The rota is late.", "Is the rota later?", "the the the"]


def refusal(folder: Path) -> str:
    """What is said of a folder that cannot be used."""
    with pytest.raises(ModelError) as caught:
        Encoder.load(folder)
    said = str(caught.value)
    assert "WARD_MODEL" in said
    assert str(folder) not in said
    assert len(said) < 250
    return said


def test_a_model_alone_in_a_folder_is_read_with_the_vocabulary_that_the_program_carries(tmp_path: Path) -> None:
    texts = [*TEXTS, "Ärger über Zoë's CAFÉ — 护士不够, 24/7!"]

    assert np.array_equal(Encoder.load(described_minilm(tmp_path)).encode(texts), minilm().encode(texts))


def test_a_folder_has_the_name_that_its_page_has_or_its_own(tmp_path: Path) -> None:
    assert Encoder.load(described_minilm(tmp_path / "a")).name == "all-MiniLM-L6-v2"
    assert Encoder.load(tiny(tmp_path / "my model")).name == "my model"


def test_a_vector_is_as_long_as_the_model_makes_it(tmp_path: Path) -> None:
    encoder = Encoder.load(tiny(tmp_path))

    assert encoder.encode(TEXTS).shape == (3, encoder.size) == (3, SIZE)
    assert np.abs(np.linalg.norm(encoder.encode(TEXTS), axis=1) - 1).max() < 1e-5


def test_the_first_mark_stands_for_the_text_where_the_model_says_so(tmp_path: Path) -> None:
    parts = [{"type": "a.Transformer", "path": ""}, {"type": "a.Pooling", "path": "1_Pooling"}]
    mean, first = tiny(tmp_path / "mean"), tiny(tmp_path / "first")
    for folder, mode in ((mean, "mean_tokens"), (first, "cls_token")):
        (folder / "1_Pooling").mkdir()
        (folder / "1_Pooling/config.json").write_text(json.dumps({f"pooling_mode_{mode}": True}))
        (folder / "modules.json").write_text(json.dumps(parts))

    assert not np.allclose(Encoder.load(mean).encode(TEXTS), Encoder.load(first).encode(TEXTS))


def test_a_missing_folder_and_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    assert "isn’t there" in refusal(tmp_path / "nowhere")
    assert "isn’t there" in refusal(tmp_path / "file")


@pytest.mark.parametrize("name", ["config.json", "vocab.txt", "model.onnx"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tiny(tmp_path) / name).unlink()

    assert name.replace("vocab.txt", "tokenizer.json") in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\x00nonsense"])
@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.onnx", "modules.json"])
def test_a_broken_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tiny(tmp_path) / name).write_bytes(content)

    refusal(tmp_path)


def cut_short(folder: Path) -> None:
    path = folder / "model.onnx"
    path.write_bytes(path.read_bytes()[:-10])


def other_inputs(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(lookup("pictures"))


def other_tokenizer(folder: Path) -> None:
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *map(str, range(99))]))


def one_more_part(folder: Path) -> None:
    parts = [{"type": "x.Transformer", "path": ""}, {"type": "x.Dense", "path": "2_Dense"}]
    (folder / "modules.json").write_text(json.dumps(parts))


def odd_pooling(folder: Path) -> None:
    parts = [{"type": "x.Transformer", "path": ""}, {"type": "x.Pooling", "path": "p"}]
    (folder / "modules.json").write_text(json.dumps(parts))
    (folder / "p").mkdir()
    (folder / "p/config.json").write_text('{"pooling_mode_max_tokens": true}')


CHANGES = [cut_short, other_inputs, other_tokenizer, one_more_part, odd_pooling]


@pytest.mark.parametrize("change", CHANGES)
def test_a_model_that_does_not_fit_is_refused(tmp_path: Path, change: Callable[[Path], None]) -> None:
    change(tiny(tmp_path))

    refusal(tmp_path)


@pytest.mark.parametrize("package", ["tokenizers", "onnxruntime"])
def test_a_missing_package_is_named(tmp_path: Path, package: str) -> None:
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from pathlib import Path\nfrom bot.errors import ModelError\n"
        "from bot.summaries.engine.semantic import Encoder\n"
        "try:\n    Encoder.load(Path(sys.argv[1]))\nexcept ModelError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, tiny(tmp_path)], capture_output=True, text=True, check=True)

    assert package in done.stdout
    assert "Run pip install tokenizers onnxruntime, or leave the model out." in done.stdout
