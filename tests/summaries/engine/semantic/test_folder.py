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
from bot.worker import Worker
from tests.summaries.engine.semantic import jobs
from tests.summaries.engine.semantic.models import MODEL_DIR, SMALL_FILES, minilm, onnx_minilm, tiny

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


def link_minilm(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).symlink_to(MODEL_DIR / name)
    return folder


def test_a_vocabulary_alone_cuts_texts_as_the_whole_tokenizer_does(tmp_path: Path) -> None:
    names = [name for name in SMALL_FILES if name != "tokenizer.json"]
    folder = link_minilm(tmp_path, *names, "vocab.txt", "model.safetensors")
    texts = [*TEXTS, "Ärger über Zoë's CAFÉ — 护士不够, 24/7!"]

    assert np.array_equal(Encoder.load(folder).encode(texts), minilm().encode(texts))


def test_an_onnx_file_gives_nearly_the_same_vectors(tmp_path: Path) -> None:
    encoder = Encoder.load(onnx_minilm(tmp_path))

    assert (encoder.encode(TEXTS) * minilm().encode(TEXTS)).sum(axis=1).min() > 0.97


async def test_an_onnx_file_runs_within_the_worker_limits(tmp_path: Path) -> None:
    async with Worker() as worker:
        assert await worker.call(jobs.encode_many, str(onnx_minilm(tmp_path)), 20) == 20


def test_weights_may_bear_a_prefix_and_a_folder_its_own_name(tmp_path: Path) -> None:
    plain, prefixed = Encoder.load(tiny(tmp_path / "my model")), Encoder.load(tiny(tmp_path / "b", prefix="bert."))

    assert np.array_equal(plain.encode(TEXTS), prefixed.encode(TEXTS))
    assert (plain.name, plain.size) == ("my model", 8)


@pytest.mark.parametrize("activation", ["gelu", "gelu_new", "relu"])
def test_usual_activations_are_known(tmp_path: Path, activation: str) -> None:
    vectors = Encoder.load(tiny(tmp_path, hidden_act=activation)).encode(TEXTS)

    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5


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

    assert "is not there" in refusal(tmp_path / "nowhere")
    assert "is not there" in refusal(tmp_path / "file")


@pytest.mark.parametrize("name", ["config.json", "vocab.txt", "model.safetensors"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tiny(tmp_path) / name).unlink()

    assert name.replace("vocab.txt", "tokenizer.json") in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\x00nonsense", b'{"model_type": "bert"}'])
@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors", "modules.json"])
def test_a_broken_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tiny(tmp_path) / name).write_bytes(content)

    refusal(tmp_path)


def cut_short(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-10])


def more_layers(folder: Path) -> None:
    tiny(folder, num_hidden_layers=2)


def odd_heads(folder: Path) -> None:
    tiny(folder, num_attention_heads=3)


def odd_activation(folder: Path) -> None:
    tiny(folder, hidden_act="shrug")


def other_type(folder: Path) -> None:
    tiny(folder, model_type="mpnet")


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


def no_onnx(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "model.onnx").write_bytes(b"nonsense")


CHANGES = [cut_short, more_layers, odd_heads, odd_activation, other_type, other_tokenizer, one_more_part, odd_pooling]


@pytest.mark.parametrize("change", [*CHANGES, no_onnx])
def test_a_model_that_does_not_fit_is_refused(tmp_path: Path, change: Callable[[Path], None]) -> None:
    change(tiny(tmp_path))

    refusal(tmp_path)


@pytest.mark.parametrize("package", ["tokenizers", "safetensors"])
def test_a_missing_package_is_named(tmp_path: Path, package: str) -> None:
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from pathlib import Path\nfrom bot.errors import ModelError\n"
        "from bot.summaries.engine.semantic import Encoder\n"
        "try:\n    Encoder.load(Path(sys.argv[1]))\nexcept ModelError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, tiny(tmp_path)], capture_output=True, text=True, check=True)

    assert package in done.stdout
    assert "Run pip install tokenizers safetensors, or leave the model out." in done.stdout
