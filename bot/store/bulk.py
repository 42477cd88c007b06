"""Inserts many rows in few statements, which is what the writer of replies spends its time on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database

# SQLite takes at most 32,766 values in one statement; a row of replies has 12.
ROWS = 1_000


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
    stored = 0
    for start in range(0, len(rows), ROWS):
        values: list[object] = []
        chunk = rows[start : start + ROWS]
        for row in chunk:
            own = list(row.values())
            for place, process in processors:
                if own[place] is not None:
                    own[place] = process(own[place])
            values += own
        places = ", ".join([f"({', '.join('?' * len(names))})"] * len(chunk))
        # The names are those of the schema; every value is bound.
        statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {places} ON CONFLICT DO NOTHING"  # noqa: S608
        stored += (await connection.exec_driver_sql(statement, tuple(values))).rowcount
    return stored
