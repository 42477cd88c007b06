"""Sentence vectors from a model in a local folder: the extra "semantic". Nothing is ever downloaded.

What runs the model (tokenizers, onnxruntime) is loaded by ``Encoder.load``, not before.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.summaries.engine.semantic.encoder import Encoder

__all__ = ["Encoder", "load_encoder"]


@lru_cache(maxsize=1)
def load_encoder(directory: str) -> Encoder:
    """Return the model in a folder, loaded at the first call and then kept for the life of the process.

    Raises ModelError.
    """
    return Encoder.load(Path(directory))
