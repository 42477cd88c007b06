"""What a sentence-transformers folder says of its model, and the sentences said if it cannot be used."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ModelError

MISSING = (
    "The folder of the model (WARD_MODEL, or --model) isn’t there. Correct it, or leave it out: "
    "summaries then compare words."
)
NOT_INSTALLED = (
    "The model (WARD_MODEL, or --model) needs {packages}, not all of which is installed. "
    "Run pip install {packages}, or leave the model out."
)
INCOMPLETE = (
    "The folder of the model (WARD_MODEL, or --model) has no {file}. "
    "Copy the whole folder of a sentence-transformers model."
)
UNREADABLE = "The model (WARD_MODEL, or --model) can’t be read: something is wrong with {file}. Copy its folder again."
UNSUITED = "The model (WARD_MODEL, or --model) {fault}. Take another one, such as all-MiniLM-L6-v2."

LIBRARIES = "tokenizers onnxruntime"
KNOWN_PARTS = ("Transformer", "Pooling", "Normalize")
MOST_TOKENS = 512
"""Where a text is cut off if the model itself allows more; the work grows with the square of the length."""
UNDESCRIBED_TOKENS = 256
"""Where a text is cut off if nothing describes the model: what all-MiniLM-L6-v2 was made for."""
DESCRIPTIONS = ("modules.json", "tokenizer.json", "vocab.txt")
_POOLING = "pooling_mode_"
_TITLE = re.compile(r"^#\s+(?:[\w.-]+/)?([\w.-]{1,60})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model's folder as its files describe it.

    ``path`` holds the transformer, ``pooling`` is "mean" or "cls", ``max_tokens`` counts the marks at both ends of a
    text too, and ``config`` is the transformer's own.
    """

    path: Path
    name: str
    pooling: str
    max_tokens: int
    config: Mapping[str, Any]
    tokenizer: Mapping[str, Any]

    def file(self, *names: str) -> Path | None:
        """Return the first of these files that is there."""
        return next((self.path / name for name in names if (self.path / name).is_file()), None)


def open_folder(directory: Path) -> ModelFolder:
    """Read how the model in a folder is built. Raises ModelError if it is missing, incomplete or of another kind."""
    try:
        if not directory.is_dir():
            raise ModelError(MISSING)
        parts = _parts(directory)
        path = directory / parts["Transformer"]
        # A folder that describes nothing holds a model alone, as packages carry it: see Tokens.
        described = any((directory / name).is_file() for name in DESCRIPTIONS)
        config = _read(path / "config.json", needed=described)
        tokenizer = _read(path / "tokenizer_config.json", needed=False)
        return ModelFolder(
            path=path,
            name=_name(directory),
            pooling=_read_pooling(directory, parts.get("Pooling")),
            max_tokens=_max_tokens(path, config, tokenizer) if config else UNDESCRIBED_TOKENS,
            config=config,
            tokenizer=tokenizer,
        )
    except OSError:
        raise ModelError(UNREADABLE.format(file="modules.json")) from None


def _parts(directory: Path) -> dict[str, str]:
    """Return the subfolders of the model's parts by their kind.

    A folder without a list of parts is a transformer alone.
    """
    if not (directory / "modules.json").is_file():
        return {"Transformer": ""}
    listed = _json(directory / "modules.json")
    try:
        parts = {str(part["type"]).rsplit(".", 1)[-1]: str(part["path"]) for part in listed}
    except (TypeError, KeyError):
        raise ModelError(UNREADABLE.format(file="modules.json")) from None
    unknown = sorted(set(parts) - set(KNOWN_PARTS))
    if unknown or "Transformer" not in parts:
        fault = f"has a part that the bot can’t run ({unknown[0][:40]})" if unknown else "has no transformer"
        raise ModelError(UNSUITED.format(fault=fault))
    return parts


def _read_pooling(directory: Path, place: str | None) -> str:
    """Say how a text's vector is made of its words': the mean, or the first mark's; the mean if nothing is said."""
    if place is None:
        return "mean"
    settings = _read(directory / place / "config.json")
    modes = [key.removeprefix(_POOLING) for key, on in settings.items() if key.startswith(_POOLING) and on is True]
    modes = modes or [str(settings.get("pooling_mode", "mean"))]
    known = {"mean_tokens": "mean", "mean": "mean", "cls_token": "cls", "cls": "cls"}
    if len(modes) != 1 or modes[0] not in known:
        raise ModelError(UNSUITED.format(fault="joins the vectors of its words in a way that the bot doesn’t know"))
    return known[modes[0]]


def _max_tokens(path: Path, config: Mapping[str, Any], tokenizer: Mapping[str, Any]) -> int:
    own = _read(path / "sentence_bert_config.json", needed=False)
    wanted = _lengths(own.get("max_seq_length"), tokenizer.get("model_max_length"))
    return int(min([*wanted[:1], *_lengths(config.get("max_position_embeddings")), MOST_TOKENS]))


def _lengths(*said: object) -> list[float]:
    return [number for number in said if isinstance(number, (int, float)) and number >= 8]


def _name(directory: Path) -> str:
    """Return the model's name as its own page has it, or the folder's."""
    readme = directory / "README.md"
    text = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
    title = _TITLE.search(text)
    return title.group(1) if title else re.sub(r"[^\w.-]+", " ", directory.resolve().name).strip()[:60] or "a model"


def _read(path: Path, *, needed: bool = True) -> Mapping[str, Any]:
    if not path.is_file():
        if needed:
            raise ModelError(INCOMPLETE.format(file=path.name))
        return {}
    data = _json(path)
    if not isinstance(data, dict):
        raise ModelError(UNREADABLE.format(file=path.name))
    return data


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise ModelError(UNREADABLE.format(file=path.name)) from None
