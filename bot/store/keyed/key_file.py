"""How the file of prompt keys is laid out, and how an older one is brought up to date at its first opening.

Beside each key is the date until which it may last, with a proof made with the key: so a database that was restored or
altered cannot postpone its end. When a key is destroyed, the owner's number stays. So a file that lost its key for good
reason differs from one that never had it, with which nothing may be released. A file belongs to the database that used
it first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

VERSION = 1
CREATE = (
    "CREATE TABLE IF NOT EXISTS {table} ({number} INTEGER PRIMARY KEY, key BLOB NOT NULL, claim TEXT, ends_at TEXT, "
    "proof BLOB)"
)
CREATE_ENDED = "CREATE TABLE IF NOT EXISTS {ended} ({number} INTEGER PRIMARY KEY, claim TEXT NOT NULL)"
NOTE_ENDED = (
    "INSERT OR REPLACE INTO {ended} ({number}, claim) SELECT {number}, coalesce(claim, '') FROM {table} "
    "WHERE {number} = ?"
)
CREATE_ABOUT = "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
ADDED = (("claim", "TEXT"), ("ends_at", "TEXT"), ("proof", "BLOB"))
DATABASE = "database"
"""Under what name a mark of the database stands that the file belongs to."""


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The statements over the keys of one kind of owner: a "prompt" or a "check"."""

    keys: str
    ended: str
    create: str
    create_ended: str
    insert: str
    find: str
    read: str
    set_date: str
    delete: str
    end: str
    note_ended: str
    find_ended: str
    read_ended: str
    is_adopted: str
    note_adopted: str

    @classmethod
    def of(cls, owner: str, number: str = "") -> KeyTable:
        """Return the statements over the table of an owner's keys, whose name is no word of anybody.

        ``number`` is the name of the owner's number, if it is another.
        """
        names = {"table": f"{owner}_keys", "ended": f"{owner}_ends", "number": number or f"{owner}_id"}

        def text(statement: str) -> str:
            return statement.format_map(names)

        return cls(
            keys=names["table"],
            ended=names["ended"],
            create=text(CREATE),
            create_ended=text(CREATE_ENDED),
            insert=text("INSERT INTO {table} ({number}, key, claim, ends_at, proof) VALUES (?, ?, ?, ?, ?)"),
            find=text("SELECT key, claim FROM {table} WHERE {number} = ?"),
            read=text("SELECT {number}, key, claim, ends_at, proof FROM {table}"),
            set_date=text("UPDATE {table} SET claim = ?, ends_at = ?, proof = ? WHERE {number} = ?"),
            delete=text("DELETE FROM {table} WHERE {number} = ?"),
            end=text(NOTE_ENDED),
            note_ended=text("INSERT OR REPLACE INTO {ended} ({number}, claim) VALUES (?, ?)"),
            find_ended=text("SELECT 1 FROM {ended} WHERE {number} = ? AND claim = ?"),
            read_ended=text("SELECT {number}, claim FROM {ended}"),
            is_adopted=text("SELECT 1 FROM about WHERE name = '{table} adopted'"),
            note_adopted=text("INSERT INTO about (name, value) VALUES ('{table} adopted', '')"),
        )


OF_PROMPTS = KeyTable.of("prompt")
OF_CHECKS = KeyTable.of("check")
OF_MARKS = KeyTable.of("mark", "prompt_id")
"""The salts of the marks of erased reactions, by prompt. They outlast the prompt's own key."""
TABLES = (OF_PROMPTS, OF_CHECKS, OF_MARKS)


@dataclass(frozen=True, slots=True)
class FileContents:
    """All that a file of keys holds, by the names of its tables: rows of keys, and of owners whose key was destroyed.

    ``adopted`` are the tables whose keys have dates.
    """

    keys: Mapping[str, tuple[tuple[int, bytes, str | None, str | None, bytes | None], ...]] = field(repr=False)
    ended: Mapping[str, tuple[tuple[int, str], ...]]
    adopted: frozenset[str]

    def count_keys(self) -> int:
        """Return how many keys there are."""
        return sum(map(len, self.keys.values()))

    def count_ended(self) -> int:
        """Return how many notes of destroyed keys there are."""
        return sum(map(len, self.ended.values()))


def read_contents(connection: sqlite3.Connection) -> FileContents:
    """Read all that a file of keys holds."""
    connection.execute("BEGIN")
    try:
        return FileContents(
            {table.keys: tuple(connection.execute(table.read)) for table in TABLES},
            {table.ended: tuple(connection.execute(table.read_ended)) for table in TABLES},
            frozenset(table.keys for table in TABLES if connection.execute(table.is_adopted).fetchone()),
        )
    finally:
        connection.execute("COMMIT")


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables of a new file, or add to an older one what it lacks, in one transaction."""
    if _version(connection) >= VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < VERSION:
            _add_tables(connection)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def claim_for(connection: sqlite3.Connection, database: str) -> bool:
    """Let the file belong to a database, unless it belongs to one. Returns whether it is this one's."""
    read = "SELECT value FROM about WHERE name = ?"
    row = connection.execute(read, (DATABASE,)).fetchone()
    if row is None:
        connection.execute("INSERT OR IGNORE INTO about (name, value) VALUES (?, ?)", (DATABASE, database))
        row = connection.execute(read, (DATABASE,)).fetchone()
    return bool(row[0] == database)


def _add_tables(connection: sqlite3.Connection) -> None:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    is_old = not there.isdisjoint((OF_PROMPTS.keys, OF_CHECKS.keys))
    connection.execute(CREATE_ABOUT)
    for table in TABLES:
        if table.keys in there:
            for name, kind in ADDED:
                connection.execute(f"ALTER TABLE {table.keys} ADD COLUMN {name} {kind}")
        connection.execute(table.create)
        connection.execute(table.create_ended)
        if not is_old:
            connection.execute(table.note_adopted)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
