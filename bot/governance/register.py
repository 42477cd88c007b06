"""What is stored: every table and every column, why, how long, and who sees it; read from register.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.models.settings import SETTINGS

FORMS = {"clear": "in clear", "coded": "as a code", "encrypted": "encrypted"}
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
class Stored:
    """One table. ``personal`` says whether it tells of people; ``kept`` may name settings in braces."""

    table: str
    what: str
    why: str
    kept: str
    seen: str
    personal: bool
    columns: tuple[Column, ...]


@cache
def register() -> tuple[Stored, ...]:
    """Every table, in the order of the register."""
    text = files("bot.governance").joinpath("register.toml").read_text(encoding="utf-8")
    return tuple(_stored(table, found) for table, found in tomllib.loads(text).items())


def _stored(table: str, found: Mapping[str, str | bool | Mapping[str, str]]) -> Stored:
    words = {name: str(found[name]) for name in ("what", "why", "kept", "seen")}
    columns = list(_columns(found))
    if table == OF_SERVERS:
        columns[1:1] = [Column(name, setting.stored, FORMS["clear"]) for name, setting in SETTINGS.items()]
    return Stored(table, **words, personal=bool(found["personal"]), columns=tuple(columns))


def _columns(found: Mapping[str, str | bool | Mapping[str, str]]) -> Iterator[Column]:
    for part, form in FORMS.items():
        columns = found.get(part, {})
        if isinstance(columns, Mapping):
            yield from (Column(name, meaning, form) for name, meaning in columns.items())
