"""Writes many rows at once with PostgreSQL's COPY, in its text form: the quickest way in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, LargeBinary, String, Table
from sqlalchemy.types import TypeEngine

from bot.store.schema.base import UtcDateTime

ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NOTHING = "\\N"


class NotTakenError(Exception):
    """A value does not fit its column, or a row breaks what the tables promise."""


def copy_rows(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows that have every column of a table, within the transaction that is open. Raises NotTakenError."""
    writers = [_choose_writer(column.type) for column in table.c]
    lines = "".join(
        "\t".join([NOTHING if value is None else write(value) for value, write in zip(row, writers, strict=True)])
        + "\n"
        for row in rows
    )
    names = sql.SQL(", ").join(map(sql.Identifier, table.c.keys()))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(lines)
    except (psycopg.DataError, psycopg.IntegrityError):
        raise NotTakenError from None


def _choose_writer(kind: TypeEngine[Any]) -> Callable[[Any], str]:
    """Return what writes a value of a column; one that is of another kind is written as it is, and refused there."""
    writers: tuple[tuple[tuple[type, ...], Callable[[Any], str]], ...] = (
        ((UtcDateTime, DateTime, Date), lambda value: str(value.isoformat())),
        ((JSON,), lambda value: json.dumps(value).translate(ESCAPED)),
        ((LargeBinary,), lambda value: f"\\\\x{bytes(value).hex()}"),
        ((Boolean,), lambda value: "t" if value else "f"),
        ((String,), lambda value: str(value).translate(ESCAPED)),
    )
    return next(
        (write for known, write in writers if isinstance(kind, known)), lambda value: str(value).translate(ESCAPED)
    )
