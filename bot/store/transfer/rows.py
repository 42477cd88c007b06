"""The rows of a table, read in the order of their key and written in bulk, whichever engine they are in.

The order is the same in both, so that two databases can be compared row by row without holding either in memory. It
also says nothing of when a row came: keys of private replies and taps are random.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, String, Table, collate, func, select, text
from sqlalchemy.exc import DataError, IntegrityError

from bot.store.faults import StoreError

PAGE = 2_000
"""Rows that are read in one go."""
NOT_READ = (
    "A row of the table {table} was changed by hand or damaged, so it can’t be copied. Run python -m bot verify. "
    "Restore a backup, or correct the row."
)
NOT_TAKEN = (
    "A row of the table {table} doesn’t fit into the other database: it was changed by hand or damaged, or holds "
    "signs that the other can’t store. Nothing is lost; the old database is as it was."
)

Row = tuple[Any, ...]


class RowError(StoreError):
    """A row cannot be copied, however often it is tried."""


def count_rows(connection: Connection, table: Table) -> int:
    """Count the rows of a table."""
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def read_rows(connection: Connection, table: Table) -> Generator[Row, None, None]:
    """Yield every row of a table in the order of its key, a page at a time. Raises RowError for one that is damaged.

    Close it before the transaction ends, if it isn’t read to its end.
    """
    is_server = connection.dialect.name == "postgresql"
    # A server sorts text as people do; a file by its bytes.
    order = [
        collate(column, "C") if is_server and isinstance(column.type, String) else column
        for column in table.primary_key
    ]
    query = select(table).order_by(*order).execution_options(yield_per=PAGE)
    try:
        with closing(connection.execute(query)) as result:
            for row in result:
                yield tuple(row)
    except (ValueError, TypeError):  # of a column's own reader
        raise RowError(NOT_READ.format(table=table.name)) from None


def write_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, within the transaction that is open. Raises RowError for one that the database does not take."""
    if connection.dialect.name == "postgresql":
        from bot.store.postgres.bulk_copy import NotTakenError, copy_rows

        try:
            copy_rows(connection, table, rows)
        except NotTakenError:
            raise RowError(NOT_TAKEN.format(table=table.name)) from None
        return
    processors = _processors(connection, table)
    values = [_plain(row, processors) for row in rows]
    names = ", ".join(table.c.keys())
    places = ", ".join("?" * len(table.c))
    try:
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({places})", values)  # noqa: S608 - the schema's names
    except (IntegrityError, DataError):
        raise RowError(NOT_TAKEN.format(table=table.name)) from None


def continue_numbers(connection: Connection, table: Table) -> None:
    """Let the numbers that a server gives rows by itself go on after the highest. A file does so anyhow."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    numbers = connection.scalar(
        text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
    )
    highest = connection.scalar(select(func.max(column)))
    if numbers is not None and highest is not None:
        connection.execute(select(func.setval(numbers, highest)))


Processor = Callable[[Any], Any]


def _processors(connection: Connection, table: Table) -> list[Processor | None]:
    kinds = (column.type.dialect_impl(connection.dialect) for column in table.c)
    return [kind.bind_processor(connection.dialect) for kind in kinds]


def _plain(row: Row, processors: Sequence[Processor | None]) -> Row:
    return tuple(
        value if value is None or process is None else process(value)
        for value, process in zip(row, processors, strict=True)
    )
