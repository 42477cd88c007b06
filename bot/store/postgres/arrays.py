"""Writes a column of many rows as one array in PostgreSQL's own form: the driver takes several times as long for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def to_array(values: Sequence[object]) -> str:
    """Return an array as text: integers, booleans, text, bytes, dates and aware times, or nothing in their place."""
    return "{" + ",".join(map(_write, values)) + "}"


def _write(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool():
            return "t" if value else "f"
        case int():
            return str(value)
        case bytes():
            return f'"\\\\x{value.hex()}"'
        case date():  # and its kind with a time
            return f'"{value.isoformat()}"'
        case _:
            escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
