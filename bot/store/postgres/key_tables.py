"""The tables on the server of the keys: those of the file of keys, and the journal of erasures beside them.

No statistics are kept of them, since those would be copies of keys in a table of the server's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from bot.models.database_server import DatabaseServer
from bot.store.faults import StoreError
from bot.store.keyed.key_file import DATABASE
from bot.store.postgres.key_settings import Rows

VERSION = "1"
VERSION_NAME = "version"
JOURNAL = "erasure_journal"
CREATE_ABOUT = "CREATE TABLE about (name text PRIMARY KEY, value text NOT NULL)"
CREATE_KEYS = """
CREATE TABLE {keys} ({number} bigint PRIMARY KEY, key bytea NOT NULL, claim text, ends_at text, proof bytea)
WITH (autovacuum_enabled = off)
"""
CREATE_ENDS = "CREATE TABLE {ends} ({number} bigint PRIMARY KEY, claim text NOT NULL)"
CREATE_JOURNAL = """
CREATE TABLE erasure_journal (
    number bigint PRIMARY KEY, day date NOT NULL, kind text NOT NULL, mark text NOT NULL, prompt text NOT NULL,
    salt text NOT NULL
) WITH (autovacuum_enabled = off)
"""
NO_STATISTICS = "ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0"
PUT_ABOUT = """
INSERT INTO about (name, value) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
OTHER_PROGRAM = (
    "The database of the keys at {path} has tables of another program. Make a database for these keys alone, and name "
    "it in WARD_KEYS."
)
NEWER = "A newer version of the program made the keys at {path}. Start the newest version."
OTHER_DATABASE = (
    "The keys at {path} belong to another database. Set WARD_KEYS to the server that was used with this one. Until "
    "then, private replies and taps are neither taken nor released, and nothing is lost."
)


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The tables of one kind of owner: its keys, and the numbers of those whose key was destroyed."""

    owner: str
    number: str

    @property
    def keys(self) -> str:
        """Return the name of the table of keys."""
        return f"{self.owner}_keys"

    @property
    def ends(self) -> str:
        """Return the name of the table of owners whose key was destroyed."""
        return f"{self.owner}_ends"

    def sql(self, statement: Any) -> sql.Composed:
        """Return a statement with the names of the tables and of the owner's number in it."""
        names = {"keys": self.keys, "ends": self.ends, "number": self.number}
        return sql.SQL(statement).format(**{name: sql.Identifier(value) for name, value in names.items()})


OF_PROMPTS = KeyTable("prompt", "prompt_id")
OF_CHECKS = KeyTable("check", "check_id")
OF_MARKS = KeyTable("mark", "prompt_id")
"""The salts of the marks of erased reactions, by prompt. They outlast the prompt's own key."""
TABLES = (OF_PROMPTS, OF_CHECKS, OF_MARKS)


def are_made(connection: Rows, server: DatabaseServer) -> bool:
    """Tell whether the tables are there. Raises StoreError if they are another program's, or of a newer version."""
    query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    names = {str(name) for (name,) in connection.execute(query)}
    if not names:
        return False
    if not {"about", OF_PROMPTS.keys} <= names:
        raise StoreError(OTHER_PROGRAM, server)
    if (read_about(connection, VERSION_NAME) or "") > VERSION:
        raise StoreError(NEWER, server)
    return True


def make_tables(connection: Rows, server: DatabaseServer) -> None:
    """Make the tables that are missing, within the caller's transaction."""
    if are_made(connection, server):
        return
    connection.execute(CREATE_ABOUT)
    connection.execute(CREATE_JOURNAL)
    for table in TABLES:
        connection.execute(table.sql(CREATE_KEYS))
        connection.execute(table.sql(CREATE_ENDS))
        for column in ("key", "proof", "ends_at"):
            names = {"table": sql.Identifier(table.keys), "column": sql.Identifier(column)}
            connection.execute(sql.SQL(NO_STATISTICS).format(**names))
        put_about(connection, adopted(table), "")
    for column in ("mark", "prompt", "salt"):
        names = {"table": sql.Identifier(JOURNAL), "column": sql.Identifier(column)}
        connection.execute(sql.SQL(NO_STATISTICS).format(**names))
    put_about(connection, VERSION_NAME, VERSION)


def claim_for(connection: Rows, server: DatabaseServer, database: str) -> None:
    """Let the keys belong to a database. Raises StoreError where they belong to another."""
    if not refuse_other(connection, server, database):
        put_about(connection, DATABASE, database)


def refuse_other(connection: Rows, server: DatabaseServer, database: str) -> bool:
    """Raise StoreError where the keys belong to another database. Returns whether they belong to this one."""
    owner = read_about(connection, DATABASE)
    if owner not in (None, database):
        raise StoreError(OTHER_DATABASE, server)
    return owner is not None


def adopted(table: KeyTable) -> str:
    """Return under what name it is noted that keys of a kind have dates."""
    return f"{table.keys} adopted"


def read_about(connection: Rows, name: str) -> str | None:
    """Return what is noted under a name."""
    row = connection.execute("SELECT value FROM about WHERE name = %s", (name,)).fetchone()
    return None if row is None else str(row[0])


def put_about(connection: Rows, name: str, value: str) -> None:
    """Note something under a name."""
    connection.execute(PUT_ABOUT, (name, value))
