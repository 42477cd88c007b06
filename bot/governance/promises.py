"""What the product promises with the tests that hold it, and the way that data takes; read from their files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised; ``tests`` are named as pytest does, from the project's folder."""

    words: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the data's way."""

    start: str
    end: str
    what: str
    protected: str


@cache
def promises() -> tuple[Promise, ...]:
    """Every promise, in the design's order."""
    return tuple(Promise(one["words"], tuple(one["tests"])) for one in _read("promises.toml")["promise"])


@cache
def way() -> tuple[Step, ...]:
    """Every step, from a person's device to the backups."""
    return tuple(Step(one["from"], one["to"], one["what"], one["protected"]) for one in _read("way.toml")["step"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("bot.governance").joinpath(name).read_text(encoding="utf-8"))
