"""The built-in packs: cards in our own words about a report, one TOML file each."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources import files
from typing import Any

from bot.errors import UserError
from bot.models.library import Document, Passage, SourceDetails

_PACKS = files("bot.library.packs")


def pack_names() -> tuple[str, ...]:
    """Return the names of the built-in packs, in alphabetical order."""
    names = (entry.name for entry in _PACKS.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load_pack(name: str) -> Document:
    """Return a built-in pack as a document, whose passages are our summaries.

    Raises UserError for a name there is none of.
    """
    if name not in pack_names():
        raise UserError(f"There’s no such pack. These are there: {', '.join(pack_names())}.")
    data = _PACKS.joinpath(f"{name}.toml").read_bytes()
    content = tomllib.loads(data.decode("utf-8"))
    return Document(
        details=SourceDetails(**content["source"]),
        passages=tuple(_passage(card) for card in content["card"]),
        digest=hashlib.sha256(data).hexdigest(),
        format="pack",
    )


def _passage(card: dict[str, Any]) -> Passage:
    return Passage(
        text=card["text"].strip(),
        heading=card["heading"],
        place=card.get("place", ""),
        own_words=True,
        question=card["question"],
    )
