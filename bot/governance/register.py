"""Read the TOML files beside this: every stored table and column, every promise, and the data flows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.models.settings import SETTINGS

FORMS = {"clear": "in clear", "coded": "as a code", "encrypted": "encrypted", "locked": "under a key that is destroyed"}
"""How a column can be read in the database, by the name that the register uses."""
OF_SERVERS = "guilds"
"""The table of settings. Each setting's declaration says what it holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, and one of FORMS' words."""

    name: str
    meaning: str
    form: str


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table. ``personal`` says whether it is about people; ``kept`` may name settings in braces."""

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
    """One data flow: from where, to where, what, and how it is protected.

    One ``by_model`` is there only where a language model is used, and names its host and who runs it in braces.
    """

    start: str
    end: str
    what: str
    protected: str
    by_model: bool = False


@cache
def read_promises() -> tuple[Promise, ...]:
    """Read every promise, in the design's order."""
    return tuple(
        Promise(promise["words"], tuple(promise["tests"])) for promise in _read_toml("promises.toml")["promise"]
    )


@cache
def read_data_flows(is_on_server: bool = False, has_key_server: bool = False) -> tuple[Step, ...]:
    """Read every data flow, from a person's device to the backups, with database and keys in files or on servers."""
    others = {"file" if is_on_server else "server", "key file" if has_key_server else "key server"}
    return tuple(
        Step(step["from"], step["to"], step["what"], step["protected"], step.get("by_model", False))
        for step in _read_toml("data_flows.toml")["step"]
        if step.get("only_with") not in others
    )


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("bot.governance").joinpath(name).read_text(encoding="utf-8"))
