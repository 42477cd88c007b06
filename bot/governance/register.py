"""What the documents tell from the TOML files beside this: every table and column, every promise, the data's way."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.models.settings import SETTINGS

FORMS = {"clear": "in clear", "coded": "as a code", "encrypted": "encrypted", "locked": "under a key that is destroyed"}
"""How a column can be read in the database, by the name of its part in the register."""
OF_SERVERS = "guilds"
"""The table whose columns are settings, which say themselves what they hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, and one of FORMS' words."""

    name: str
    meaning: str
    form: str


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table. ``personal`` says whether it tells of people; ``kept`` may name settings in braces."""

    table: str
    what: str
    why: str
    kept: str
    seen: str
    personal: bool
    columns: tuple[Column, ...]


@cache
def read_register() -> tuple[StoredTable, ...]:
    """Read every table, in the order of the register."""
    return tuple(_read_table(table, parts) for table, parts in _read_toml("register.toml").items())


def _read_table(table: str, parts: Mapping[str, str | bool | Mapping[str, str]]) -> StoredTable:
    words = {name: str(parts[name]) for name in ("what", "why", "kept", "seen")}
    columns = list(_columns(parts))
    if table == OF_SERVERS:
        columns[1:1] = [Column(name, setting.stored, FORMS["clear"]) for name, setting in SETTINGS.items()]
    return StoredTable(table, **words, personal=bool(parts["personal"]), columns=tuple(columns))


def _columns(parts: Mapping[str, str | bool | Mapping[str, str]]) -> Iterator[Column]:
    for part, form in FORMS.items():
        columns = parts.get(part, {})
        if isinstance(columns, Mapping):
            yield from (Column(name, meaning, form) for name, meaning in columns.items())


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
def read_promises() -> tuple[Promise, ...]:
    """Read every promise, in the design's order."""
    return tuple(
        Promise(promise["words"], tuple(promise["tests"])) for promise in _read_toml("promises.toml")["promise"]
    )


@cache
def read_data_flows() -> tuple[Step, ...]:
    """Read every step, from a person's device to the backups."""
    return tuple(
        Step(step["from"], step["to"], step["what"], step["protected"]) for step in _read_toml("way.toml")["step"]
    )


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("bot.governance").joinpath(name).read_text(encoding="utf-8"))
