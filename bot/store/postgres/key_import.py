"""Puts what was in a file of keys, and in a journal beside it, on the server of the keys: whole, or not at all."""

from __future__ import annotations

from bot.models.database_server import DatabaseServer
from bot.store.erasure.journal import Contents
from bot.store.faults import StoreError
from bot.store.keyed.key_file import FileContents
from bot.store.postgres.erasure_table import BASE, put_contents, read_contents
from bot.store.postgres.key_connection import KeyConnection
from bot.store.postgres.key_settings import Rows
from bot.store.postgres.key_tables import TABLES, adopted, claim_for, make_tables, read_about

OTHER_KEYS = (
    "The server of the keys at {path} has other keys than the files under the same numbers, so nothing was moved. Name "
    "an empty database in WARD_KEYS, or the one that these keys were moved to."
)
PUT_KEY = "INSERT INTO {keys} ({number}, key, claim, ends_at, proof) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
PUT_ENDED = "INSERT INTO {ends} ({number}, claim) VALUES (%s, %s) ON CONFLICT DO NOTHING"
READ_KEYS = "SELECT {number}, key, claim, ends_at, proof FROM {keys}"
READ_ENDED = "SELECT {number}, claim FROM {ends}"


def put_all(keys: KeyConnection, mark: str, held: FileContents, journal: Contents) -> None:
    """Put all of it on the server, in one transaction. What is there already stays.

    Raises StoreError, with nothing done, where the server then has anything else in its place.
    """
    with keys.write() as connection:
        make_tables(connection, keys.server)
        claim_for(connection, keys.server, mark)
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.executemany(table.sql(PUT_KEY), held.keys[table.keys])
                cursor.executemany(table.sql(PUT_ENDED), held.ended[table.ends])
                if table.keys not in held.adopted:
                    cursor.execute("DELETE FROM about WHERE name = %s", (adopted(table),))
        there = read_contents(connection)
        if not there.entries and read_about(connection, BASE) is None:
            put_contents(connection, journal)
        _refuse_other(connection, keys.server, held, journal)


def has_all(keys: KeyConnection, held: FileContents, journal: Contents) -> None:
    """Raise StoreError where the server has not all of it, each as it is in the files."""
    with keys.read() as connection:
        _refuse_other(connection, keys.server, held, journal)


def _refuse_other(connection: Rows, server: DatabaseServer, held: FileContents, journal: Contents) -> None:
    is_same = set(journal.entries) <= set(read_contents(connection).entries)
    for table in TABLES:
        rows = {(row[0], bytes(row[1]), *row[2:4], _bytes(row[4])) for row in connection.execute(table.sql(READ_KEYS))}
        ended = {(number, claim) for number, claim in connection.execute(table.sql(READ_ENDED))}
        is_same &= set(held.keys[table.keys]) <= rows and set(held.ended[table.ends]) <= ended
    if not is_same:
        raise StoreError(OTHER_KEYS, server)


def _bytes(value: object) -> bytes | None:
    return bytes(value) if isinstance(value, bytes | memoryview) else None
