"""Sentence vectors from a model in a local folder: the extra "semantic". Nothing is ever downloaded.

Import this package and nothing heavy comes with it: numpy is loaded by the first model that is opened, and what runs
the model (tokenizers, safetensors, onnxruntime) by ``Encoder.load``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.summaries.engine.semantic.encoder import Encoder


@lru_cache(maxsize=1)
def encoder_in(directory: str) -> Encoder:
    """The model in a folder, loaded at the first call and then kept for the life of the process. Raises ModelError."""
    from bot.summaries.engine.semantic.encoder import Encoder

    return Encoder.load(Path(directory))


def name_of_model(directory: str) -> str:
    """The name of the model in a folder, after it encoded a first text. Raises ModelError where it cannot be used."""
    return encoder_in(directory).name
