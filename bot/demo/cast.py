"""The people of the demo and what they write, read from cast.toml; it knows neither Discord nor simcord."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the invented trust. ``role`` is a key of the guild's roles, or is empty for staff."""

    key: str
    name: str
    job: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji, and the keys of the people who chose it."""

    emoji: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One reply of a scene. ``after`` is the delay in minutes after the line before it.

    ``key`` names the line, so that another can answer it through ``reply_to``; both may be empty.
    """

    author: str
    after: int
    text: str
    key: str = ""
    reply_to: str = ""
    reactions: tuple[Reaction, ...] = ()


@dataclass(frozen=True, slots=True)
class Taps:
    """Who taps what about a statement that holds ``words``; everybody else skips it."""

    words: str
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivateLine:
    """A private reply. ``quoting`` is what its author allows, as the form's choice has it."""

    author: str
    quoting: str
    text: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The trust's name, its people by key, and the scenes by name: what people write to a prompt, in order.

    ``taps`` are what people tap about it, by scene, and ``private`` the private replies to the second prompt.
    """

    trust: str
    people: dict[str, Person]
    scenes: dict[str, tuple[Line, ...]]
    taps: dict[str, tuple[Taps, ...]]
    private: tuple[PrivateLine, ...]


@cache
def load_cast() -> Cast:
    """Read the cast that comes with the package."""
    data = tomllib.loads(resources.files("bot.demo").joinpath("cast.toml").read_text(encoding="utf-8"))
    people = {entry["key"]: Person(**entry) for entry in data["people"]}
    scenes = {name: tuple(_line(entry) for entry in lines) for name, lines in data["scenes"].items()}
    taps = {name: tuple(_taps(entry) for entry in entries) for name, entries in data["taps"].items()}
    return Cast(data["trust"], people, scenes, taps, tuple(PrivateLine(**entry) for entry in data["private"]))


def _line(entry: dict[str, Any]) -> Line:
    chosen = tuple(Reaction(emoji, tuple(people)) for emoji, people in entry.get("reactions", {}).items())
    return Line(**{**entry, "reactions": chosen})


def _taps(entry: dict[str, Any]) -> Taps:
    return Taps(entry["words"], tuple(entry.get("same", ())), tuple(entry.get("different", ())))
