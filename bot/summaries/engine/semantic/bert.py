"""A BERT encoder with numpy alone: weights from a safetensors file, vectors of words out.

The transformer is that of Devlin et al., "BERT" (2019): layers of self-attention and of a two-step network, each added
to its input and normalised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.errors import ModelError
from bot.summaries.engine.semantic.folder import LIBRARIES, NOT_INSTALLED, UNREADABLE, UNSUITED, ModelFolder

Weights = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

CACHED_ROWS = 64
"""Rows that the activation works on at once: its many small steps are three times as fast in the processor's cache."""
_WORDS = "embeddings.word_embeddings.weight"


class Bert:
    """A model of the type "bert", MiniLM among them. Called with numbers of pieces, it gives their vectors."""

    def __init__(self, weights: Mapping[str, Weights], config: Mapping[str, Any]) -> None:
        """``weights`` by their names in the file. Raises KeyError, TypeError or ValueError where they do not fit."""
        activation = str(config.get("hidden_act", "gelu"))
        if activation not in ACTIVATIONS:
            raise ValueError("an activation that is not known")
        self._activation = ACTIVATIONS[activation]
        self._epsilon = float(config.get("layer_norm_eps", 1e-12))
        self._words = weights[_WORDS]
        self.vocabulary, self.size = self._words.shape
        types = weights["embeddings.token_type_embeddings.weight"]
        # Every text is of the first type, so its vector can be added to the places' once.
        self._places = weights["embeddings.position_embeddings.weight"] + types[0]
        self._norm = _pair(weights, "embeddings.LayerNorm")
        heads = int(config["num_attention_heads"])
        count = int(config["num_hidden_layers"])
        self._layers = [_Layer(weights, f"encoder.layer.{number}.", heads) for number in range(count)]

    def __call__(self, ids: Integers) -> Weights:
        """Return the vectors of texts of one length: numbers of shape (texts, length) in, (texts, length, d) out."""
        texts, length = ids.shape
        values = (self._words[ids] + self._places[:length]).reshape(texts * length, self.size)
        values = _normalise(values, *self._norm, self._epsilon)
        for layer in self._layers:
            values = _normalise(values + layer.attention(values, texts), *layer.first_norm, self._epsilon)
            values = _normalise(values + layer.network(values, self._activation), *layer.last_norm, self._epsilon)
        return values.reshape(texts, length, self.size)


class _Layer:
    """One layer's weights; what it adds to its input, of shape (texts * length, d)."""

    def __init__(self, weights: Mapping[str, Weights], place: str, heads: int) -> None:
        asked = [_pair(weights, f"{place}attention.self.{part}") for part in ("query", "key", "value")]
        # One product instead of three.
        self._asked = np.concatenate([weight for weight, _ in asked]), np.concatenate([bias for _, bias in asked])
        self._joined = _pair(weights, f"{place}attention.output.dense")
        self._wide, self._narrow = (_pair(weights, f"{place}{part}.dense") for part in ("intermediate", "output"))
        self.first_norm = _pair(weights, f"{place}attention.output.LayerNorm")
        self.last_norm = _pair(weights, f"{place}output.LayerNorm")
        self._heads = heads

    def attention(self, values: Weights, texts: int) -> Weights:
        rows, size = values.shape
        asked = _through(values, self._asked).reshape(texts, rows // texts, 3, self._heads, size // self._heads)
        query, key, value = asked.transpose(2, 0, 3, 1, 4)
        scores = query @ key.swapaxes(-1, -2)
        scores *= np.float32((size // self._heads) ** -0.5)
        seen = _softmax(scores) @ value
        return _through(seen.swapaxes(1, 2).reshape(rows, size), self._joined)

    def network(self, values: Weights, activation: Callable[[Weights], Weights]) -> Weights:
        return _through(activation(_through(values, self._wide)), self._narrow)


def load_bert(path: Path, folder: ModelFolder) -> Bert:
    """Return the model of a safetensors file.

    Raises ModelError where the file is broken or the model of another kind.
    """
    try:
        from safetensors import SafetensorError, safe_open
    except ImportError:
        raise ModelError(NOT_INSTALLED.format(packages=LIBRARIES)) from None
    try:
        with safe_open(path, framework="numpy") as file:
            names = [name for name in file.keys() if name.endswith(_WORDS)]  # noqa: SIM118 - it is no dict
            prefix = names[0].removesuffix(_WORDS)
            weights = {
                name.removeprefix(prefix): np.asarray(file.get_tensor(name), np.float32)
                for name in file.keys()  # noqa: SIM118
                if name.startswith(prefix)
            }
        return Bert(weights, folder.config)
    except (SafetensorError, OSError, IndexError, KeyError, ValueError):
        raise ModelError(UNREADABLE.format(file=path.name)) from None
    except (TypeError, AttributeError):  # numbers of a form that numpy does not have, such as bfloat16
        raise ModelError(UNSUITED.format(fault="keeps its numbers in a form that I cannot read")) from None


def _pair(weights: Mapping[str, Weights], place: str) -> tuple[Weights, Weights]:
    return weights[f"{place}.weight"], weights[f"{place}.bias"]


def _through(values: Weights, dense: tuple[Weights, Weights]) -> Weights:
    weight, bias = dense
    product: Weights = values @ weight.T
    product += bias
    return product


def _normalise(values: Weights, scale: Weights, shift: Weights, epsilon: float) -> Weights:
    values = values - values.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", values, values) / values.shape[-1] + epsilon)
    values /= spread[:, None].astype(np.float32)
    values *= scale
    values += shift
    return values


def _softmax(scores: Weights) -> Weights:
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def _gelu(values: Weights) -> Weights:
    """x times the normal distribution's function of x, in place."""
    for start in range(0, len(values), CACHED_ROWS):
        part = values[start : start + CACHED_ROWS]
        half = _erf(part * np.float32(2**-0.5))
        half += 1
        half *= 0.5
        part *= half
    return values


def _erf(values: Weights) -> Weights:
    """Return the error function within 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26."""
    size = np.abs(values)
    step = 1 / (1 + np.float32(0.3275911) * size)
    total = np.full_like(step, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        total *= step
        total += np.float32(factor)
    total *= step
    size *= -size
    total *= np.exp(size, out=size)
    return np.copysign(1 - total, values)


def _gelu_by_tanh(values: Weights) -> Weights:
    inner = np.float32((2 / np.pi) ** 0.5) * (values + np.float32(0.044715) * values**3)
    result: Weights = 0.5 * values * (1 + np.tanh(inner))
    return result


def _relu(values: Weights) -> Weights:
    return np.maximum(values, 0, out=values)


ACTIVATIONS: Mapping[str, Callable[[Weights], Weights]] = {
    "gelu": _gelu,
    "gelu_new": _gelu_by_tanh,
    "gelu_pytorch_tanh": _gelu_by_tanh,
    "relu": _relu,
}
