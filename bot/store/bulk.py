"""Inserts many rows in few statements, which is what the writer of replies spends its time on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database

# SQLite takes at most 32,766 values in one statement; a row of replies has 12. A power of two, see _sizes.
ROWS = 512


async def insert_new(
    database: Database, connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, object]]
) -> int:
    """Insert those of the rows that conflict with none that is there. Returns how many.

    Every row has the same columns in the same order. One row a statement would have the driver's thread win the
    interpreter's lock back for each, which takes milliseconds while the loop is busy; and SQLAlchemy would prepare
    each value of each row, where here only those are touched that the driver cannot take as they are.
    """
    if connection.dialect.paramstyle != "qmark":
        insert = database.insert(table).on_conflict_do_nothing().returning(*table.primary_key)
        return len((await connection.execute(insert, rows)).all())
    names = tuple(rows[0])
    types = ((place, table.c[name].type.dialect_impl(connection.dialect)) for place, name in enumerate(names))
    processors = [(place, process) for place, kind in types if (process := kind.bind_processor(connection.dialect))]
    # The driver itself: one hop to its thread for a statement, where exec_driver_sql takes three.
    driver: Any = (await connection.get_raw_connection()).driver_connection
    stored = start = 0
    for size in _sizes(len(rows)):
        values: list[object] = []
        for row in rows[start : start + size]:
            own = list(row.values())
            for place, process in processors:
                if own[place] is not None:
                    own[place] = process(own[place])
            values += own
        stored += (await driver.execute(_statement(table.name, names, size), values)).rowcount
        start += size
    return stored


def _sizes(count: int) -> Iterator[int]:
    """Powers of two that add up to a number: so there are few statements, and SQLite keeps each as it has read it.

    To read one anew takes as long as to run it.
    """
    while count:
        size = min(ROWS, 1 << (count.bit_length() - 1))
        yield size
        count -= size


@cache
def _statement(table: str, names: tuple[str, ...], count: int) -> str:
    # The names are those of the schema; every value is bound.
    row = f"({', '.join('?' * len(names))})"
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([row] * count)} ON CONFLICT DO NOTHING"  # noqa: S608
