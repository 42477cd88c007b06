"""The one connection of this program to the server of the keys: checked when it is made, and made again when lost.

The driver is used as it is, in a thread, as the file of keys is: the journal of erasures is asked so too.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text

from bot.models.database_server import DatabaseServer, Place
from bot.store.faults import StoreError
from bot.store.keyed.key_store import AwayError
from bot.store.postgres import faults
from bot.store.postgres.connecting import LIMITS, connect_once
from bot.store.postgres.key_settings import SAME_CLUSTER, Rows, find_faults, identify, raise_first

BUSY_MS = 15_000
TURN = 0x57617264_0003
"""The advisory lock of whoever writes keys or the journal, for as long as the transaction lasts."""
SOONER = {"connect_timeout": 3, "tcp_user_timeout": 5_000}
"""Whoever asks for a key may be holding the turn to write the database, so a lost server is given up sooner."""
READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
WRITE = f"BEGIN; SET LOCAL lock_timeout = {BUSY_MS}; SELECT pg_advisory_xact_lock({TURN})"

NOT_REACHED = (
    "The server of the keys at {path} can’t be reached. Check WARD_KEYS, and that this PostgreSQL server is running. "
    "Replies, taps and erasures wait until then, or can be tried again; nothing that was stored is lost."
)
TOO_BUSY = (
    "The server of the keys at {path} has no connection or memory to spare. Raise max_connections there, or close "
    "other programs. Replies, taps and erasures wait until then, or can be tried again; nothing is lost."
)
REFUSED = (
    "The server of the keys at {path} doesn’t let the bot in. Check the user, the password and the name of the "
    "database in WARD_KEYS, and pg_hba.conf on that server."
)
NO_RIGHT = "The bot’s user has no right to do this in the database of the keys at {path}. Make that user its owner."
OTHER_FAULT = (
    "The server of the keys at {path} refuses a request (SQLSTATE {state}). Look at its log and its disk; nothing that "
    "was stored is lost."
)
NO_ADDRESS = "WARD_KEYS isn’t the address of a PostgreSQL database. Write it as postgresql://user@host/name."
CLOSED = "The bot is stopping. Try again when it is back."


class KeyConnection:
    """Transactions on the server of the keys, one at a time. Raises StoreError for whatever is wrong with it.

    ``main`` is where the database is: the keys may not be on the same server.
    """

    def __init__(self, server: DatabaseServer, main: Place | None = None) -> None:
        self.server = server
        self._main = main
        self._turn = threading.RLock()
        self._held: Rows | None = None
        self._is_closed = False

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """Open a consistent view of the last commit."""
        with self._begun(READ) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Rows]:
        """Open a transaction that writes, in turn with every other program. Rolls back on any error."""
        with self._begun(WRITE) as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Rows]:
        """Give the connection without a transaction: each statement is one of its own."""
        with self._begun("") as connection:
            yield connection

    def close(self) -> None:
        """Let the connection go; nothing new begins."""
        with self._turn:
            self._is_closed = True
            self._drop()

    @contextmanager
    def _begun(self, begin: str) -> Iterator[Rows]:
        with self._turn, _clear(self.server):
            connection = self._ready(begin)
            try:
                yield connection
                if begin:
                    connection.execute("COMMIT")
            except BaseException:
                self._undo(connection)
                raise

    def _ready(self, begin: Any) -> Rows:
        """Return a connection with its transaction begun. One that was lost since its last use is made again."""
        if self._is_closed:
            raise StoreError(CLOSED)
        while True:
            is_new = self._held is None
            self._held = self._held or self._connect()
            try:
                self._held.execute(begin or "SELECT 1")
            except BaseException as error:
                self._drop()
                if is_new or not faults.is_lost(error):
                    raise
            else:
                return self._held

    def _connect(self) -> Rows:
        connection = _open(self.server)
        try:
            raise_first(_find_all_faults(connection, self.server, self._main))
            connection.execute("SET synchronous_commit = on")
        except BaseException:
            connection.close()
            raise
        return connection

    def _undo(self, connection: Rows) -> None:
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
            if not connection.closed:
                return
        self._drop()

    def _drop(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None


def list_faults(server: DatabaseServer, main: Place) -> list[StoreError]:
    """List what makes a server unfit for the keys of a database; also that it cannot be asked."""
    try:
        with _clear(server), _open(server) as connection:
            return list(_find_all_faults(connection, server, main))
    except StoreError as error:
        return [error]


def _open(server: DatabaseServer) -> Rows:
    try:
        given = conninfo_to_dict(server.url)
    except psycopg.ProgrammingError:
        raise StoreError(NO_ADDRESS) from None
    limits: dict[str, Any] = {name: value for name, value in {**LIMITS, **SOONER}.items() if name not in given}
    return psycopg.connect(server.url, autocommit=True, prepare_threshold=None, **limits)


def _find_all_faults(connection: Rows, server: DatabaseServer, main: Place | None) -> Iterator[StoreError]:
    yield from find_faults(connection, server)
    if isinstance(main, DatabaseServer) and identify(connection) == _identify(main):
        yield StoreError(SAME_CLUSTER)


@contextmanager
def _clear(server: DatabaseServer) -> Iterator[None]:
    """Turn the server's own words about a fault into one sentence. Nothing that was sent to it is in there."""
    try:
        yield
    except psycopg.Error as error:
        sentence = _choose_sentence(error)
        raise (AwayError if sentence in (NOT_REACHED, TOO_BUSY) else StoreError)(sentence, server) from None


def _identify(main: DatabaseServer) -> int:
    with connect_once(main) as connection:
        return int(connection.scalar(text("SELECT system_identifier FROM pg_control_system()")) or 0)


def _choose_sentence(error: psycopg.Error) -> str:
    sentences = {
        faults.NOT_REACHED: NOT_REACHED,
        faults.TOO_BUSY: TOO_BUSY,
        faults.REFUSED: REFUSED,
        faults.NO_RIGHT: NO_RIGHT,
    }
    other = OTHER_FAULT.replace("{state}", error.sqlstate or "none")
    return sentences.get(faults.find_sentence(error) or "", other)
