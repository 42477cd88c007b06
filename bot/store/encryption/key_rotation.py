"""Seals every row again under the first data key, in small transactions.

A file is for itself meanwhile. On a server the bot may run, with both keys, and takes turns with this.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, create_engine, event, select, text, tuple_
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from bot.models.database_server import DatabaseServer, Place
from bot.store.encryption.keys import LACKS_A_KEY, check_keys, forget_keys, is_noted, note_key
from bot.store.encryption.sealer import ChangedRowError, Sealer, WrongKeyError
from bot.store.faults import StoreError
from bot.store.migration import check_version, is_copy
from bot.store.schema.sealed_columns import SEALED, renew
from bot.store.sqlite.engine import name_file, translate_faults
from bot.store.tables import secrets

BATCH = 200
"""Rows in one transaction."""
PAGE = 20_000
"""Rows that are listed at once. All five million of a large database would take half a gigabyte."""
PATIENCE_S = 1.0

ROUNDS = 5
"""How often rows are looked for that a running bot wrote under another key since."""

START_AGAIN = (
    "A program that has the database at {path} open doesn’t write under the new key. Stop the bot, or start it again "
    "with both keys in WARD_DATA_KEY, the new one first. Then run this again."
)
IN_USE = "The database at {path} is in use. Stop the bot and whatever else has it open, then try again."

DAMAGED = (
    "A row of the table {table} was changed or damaged, so it doesn’t open with its key. Restore the database from a "
    "backup, then try again. Until then, keep all keys: they open everything else."
)


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did: the rows that were sealed again, and copies of the database that were left as they were."""

    rows: int
    copies: tuple[str, ...]


def rotate(path: Place, *data_keys: bytes) -> Rotation:
    """Seal every row of the database at ``path`` again under the first of ``data_keys``; the others only open.

    Where it is cut short, the next call goes on from there. Pseudonyms stay the same. Raises StoreError where the
    database is in use, damaged or cannot be written, and WrongKeyError, with nothing written, where a key is missing.
    """
    sealer = Sealer(*data_keys)
    check_keys(path, sealer)
    check_version(path)
    if not isinstance(path, Path):
        return _rotate_on_server(path, sealer)
    with translate_faults(path), _open_alone(path) as connection:
        with connection.begin():
            _refuse_unknown(connection, sealer)
            note_key(connection, sealer)
        rows = _rotate_rows(connection, sealer)
        with connection.begin():
            # Last of all, since it tells that no other key is needed now.
            forget_keys(connection)
            rows += renew(connection, sealer, secrets)
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return Rotation(rows, tuple(sorted(copy.name for copy in path.parent.iterdir() if is_copy(copy, path))))


def _rotate_on_server(server: DatabaseServer, sealer: Sealer) -> Rotation:
    from bot.store.postgres.connecting import connect_in_turn, count_others
    from bot.store.postgres.lock_queries import WRITES_OTHERWISE, number_of_key

    with connect_in_turn(server) as connection:
        with connection.begin():
            _refuse_unknown(connection, sealer)
            number = {"number": number_of_key(sealer.key_id)}
            others = connection.scalar(text(WRITES_OTHERWISE), number)
            if others or (not is_noted(connection, sealer) and count_others(connection)):
                raise StoreError(START_AGAIN, server)
            note_key(connection, sealer)
        rows = 0
        for _ in range(ROUNDS):
            rows += _rotate_rows(connection, sealer)
            with connection.begin():
                if not _is_any_left(connection, sealer):
                    forget_keys(connection)
                    return Rotation(rows + renew(connection, sealer, secrets), ())
    raise StoreError(START_AGAIN, server)


def _is_any_left(connection: Connection, sealer: Sealer) -> bool:
    """Tell whether a bot that runs has sealed anything under another key meanwhile."""
    left = (
        connection.execute(select(table.c.key_id).where(table.c.key_id != sealer.key_id).limit(1)).first()
        for table in SEALED
        if table is not secrets
    )
    return any(row is not None for row in left)


def _rotate_rows(connection: Connection, sealer: Sealer) -> int:
    rows = 0
    for table in SEALED:
        if table is secrets:
            continue
        key = tuple_(*table.primary_key)
        for pending in _list_pending(connection, sealer, table):
            for start in range(0, len(pending), BATCH):
                with connection.begin():
                    rows += _renew_rows(connection, sealer, table, key.in_(pending[start : start + BATCH]))
    return rows


def _list_pending(connection: Connection, sealer: Sealer, table: Table) -> Iterator[list[tuple[object, ...]]]:
    """List the rows that are under another key, a page at a time in the order of their primary keys."""
    columns = list(table.primary_key)
    query = select(*columns).where(table.c.key_id != sealer.key_id).order_by(*columns).limit(PAGE)
    page = query
    while True:
        with connection.begin():
            pending = [tuple(row) for row in connection.execute(page)]
        if not pending:
            return
        yield pending
        page = query.where(tuple_(*columns) > pending[-1])


def _renew_rows(connection: Connection, sealer: Sealer, table: Table, wanted: ColumnElement[bool]) -> int:
    try:
        return renew(connection, sealer, table, wanted)
    except ChangedRowError:
        raise StoreError(DAMAGED.format(table=table.name)) from None


def _refuse_unknown(connection: Connection, sealer: Sealer) -> None:
    for table in SEALED:
        if set(connection.execute(select(table.c.key_id).distinct()).scalars()) - sealer.key_ids:
            raise WrongKeyError(LACKS_A_KEY)


@contextmanager
def _open_alone(path: Path) -> Iterator[Connection]:
    """Open the only connection to the file: nobody else can meanwhile. Raises StoreError where somebody has."""
    engine = create_engine(name_file("sqlite", path), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        # A running bot holds a lock on the file for as long as it is connected, even while it does nothing.
        for pragma in (
            "locking_mode = EXCLUSIVE",
            f"busy_timeout = {PATIENCE_S * 1000:.0f}",
            "synchronous = FULL",
            "secure_delete = ON",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with ExitStack() as stack:
        try:
            connection = stack.enter_context(engine.connect())
            with connection.begin():
                pass  # takes the lock, and keeps it until the connection ends
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise StoreError(IN_USE, path) from None
            raise
        yield connection
