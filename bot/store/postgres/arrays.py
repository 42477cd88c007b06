"""Writes a column of many rows as one array in PostgreSQL's own form: the driver takes several times as long for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any


def to_array(values: Sequence[object]) -> str:
    """Return an array as text: integers, booleans, text, bytes, dates and aware times, or nothing in their place."""
    return "{" + ",".join([_WRITERS.get(type(value), _quote)(value) for value in values]) + "}"


def _quote(value: object) -> str:
    text = str(value)
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


_WRITERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _nothing: "NULL",
    bool: lambda value: "t" if value else "f",
    int: str,
    bytes: lambda value: f'"\\\\x{value.hex()}"',
    date: lambda value: f'"{value.isoformat()}"',
    datetime: lambda value: f'"{value.isoformat()}"',
}
"""What writes a value, by its type; everything else is text."""
