"""Where keys and the journal of erasures lie: in files of this machine, or on a server that several machines share.

It is chosen here alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.models.database_server import DatabaseServer, Place, files_of
from bot.store.erasure.journal import BACKUP_DAYS, JOURNAL_END, ErasureJournal, Journal
from bot.store.faults import StoreError
from bot.store.keyed.key_store import KeyStore
from bot.store.keyed.keys import OWN_FOLDER, KeyFile

IN_A_FILE = (
    "WARD_KEYS names a server, but there is still a file of prompt keys at {path}. Stop every bot with this database, "
    "then run the command move-keys on the machine that has the file."
)


@dataclass(frozen=True, slots=True)
class KeyHome:
    """The journal of erasures, and the keys: ``open_keys`` is given a mark of the database that they belong to."""

    journal: Journal
    open_keys: Callable[[str], KeyStore]
    close: Callable[[], None]


def choose_home(database: Place, named: Place | None, erasures: Path | None, days: int = BACKUP_DAYS) -> KeyHome:
    """Return the home of the keys of a database. Nothing is opened yet.

    Where none is named, it is a file in a folder of its own beside the database. ``erasures`` names another file for
    the journal than the one beside the keys. Raises StoreError where keys that were in a file are not moved yet.
    """
    if isinstance(named, DatabaseServer):
        if named.files.exists():
            raise StoreError(IN_A_FILE, named.files)
        return _on_server(database, named, days)
    path = named or files_of(database).parent / OWN_FOLDER / files_of(database).name
    journal = ErasureJournal(erasures or journal_beside(path), days)
    return KeyHome(journal, lambda mark: KeyFile(path, database=mark), _nothing)


def journal_beside(keys: Path) -> Path:
    """Return where the journal lies if no setting names another place: beside the file of keys."""
    return keys.with_name(f"{keys.name}{JOURNAL_END}")


def _on_server(database: Place, server: DatabaseServer, days: int) -> KeyHome:
    from bot.store.postgres.erasure_table import ErasureTable
    from bot.store.postgres.key_connection import KeyConnection
    from bot.store.postgres.key_server import KeyServer

    connection = KeyConnection(server, database)
    return KeyHome(ErasureTable(connection, days), lambda mark: KeyServer(connection, database=mark), connection.close)


def _nothing() -> None:
    """No file is left open."""
