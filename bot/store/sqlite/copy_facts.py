"""What a database, or a copy of it, says of itself, and whether it is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.store.database import APPLIED
from bot.store.encryption.keys import PSEUDONYM_KEY
from bot.store.faults import StoreError
from bot.store.sqlite.engine import translate_faults

LAST_BACKUP = "last backup"
"""Under what name a database notes when it was last copied, and a copy when it was made; in UTC."""
NOT_READ = "{path} can’t be read. Check its name and its rights."
NO_FILE = "There’s no file {path}. Check its name."
NO_BACKUP = "{path} is no database of this bot. Choose a file that python -m bot backup has written."
NOT_WHOLE = "{path} is damaged, or only a part of a database. Nothing was changed. Try another backup."
PRIMARY = 0xFF
"""The part of SQLite's extended codes that names the kind of error."""


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What a database says of itself: the last erasure that it knows, and when it was copied last, if it says so.

    ``identity`` is the same for a database and its copies, until the data key is changed.
    """

    applied: int
    made_at: datetime | None
    identity: bytes = field(repr=False)


def check_whole(path: Path) -> CopyFacts:
    """Read every page of the copy at ``path``. Raises StoreError where it is not whole, or no database of this bot."""
    with _reading(path) as connection:
        facts = _read_facts(connection, path)
        (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if told != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StoreError(NOT_WHOLE, path)
    return facts


def read_facts(path: Path) -> CopyFacts | None:
    """Return what a database says of itself; None where it says nothing that can be read."""
    try:
        with _reading(path) as connection:
            return _read_facts(connection, path)
    except StoreError:
        return None


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(read_only_uri(path), uri=True)) as connection:
            yield connection
    except sqlite3.OperationalError:
        raise StoreError(NOT_READ if path.exists() else NO_FILE, path) from None
    except sqlite3.DatabaseError as error:
        is_other = error.sqlite_errorcode & PRIMARY == sqlite3.SQLITE_NOTADB
        raise StoreError(NO_BACKUP if is_other else NOT_WHOLE, path) from None


def _read_facts(connection: sqlite3.Connection, path: Path) -> CopyFacts:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "meta", "secrets"} <= tables:
        raise StoreError(NO_BACKUP, path)
    noted = dict(connection.execute("SELECT name, value FROM meta"))
    sealed = connection.execute("SELECT sealed FROM secrets WHERE name = ?", (PSEUDONYM_KEY,)).fetchone()
    return CopyFacts(int(noted.get(APPLIED, 0)), read_time(noted.get(LAST_BACKUP)), sealed[0] if sealed else b"")


def note_backup(path: Path, now: datetime) -> None:
    """Note in the database at ``path`` that a copy was made, or in a copy when it was."""
    with translate_faults(path), closing(sqlite3.connect(path, timeout=15)) as connection, connection:
        connection.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (LAST_BACKUP, now.astimezone(UTC).isoformat()),
        )


def read_time(text: str | None) -> datetime | None:
    """Return a moment as it was noted; None where none was."""
    with suppress(TypeError, ValueError):
        return datetime.fromisoformat(text or "").astimezone(UTC)
    return None


def read_only_uri(path: Path) -> str:
    """Tell how to read a file and leave it, and what lies beside it, as it is."""
    # With a log, that is a part of the database. Without one, nobody has it open, and the folder need not be writable.
    has_log = any(path.with_name(f"{path.name}{end}").exists() for end in ("-wal", "-journal"))
    return f"{path.absolute().as_uri()}?mode=ro{'' if has_log else '&immutable=1'}"
