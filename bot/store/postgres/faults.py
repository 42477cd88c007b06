"""What a PostgreSQL server says is wrong, as a sentence for whoever runs the bot. No sentence shows a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.models.database_server import DatabaseServer
from bot.store.faults import StoreError, UnreachableError

NOT_REACHED = (
    "The database at {path} can’t be reached. Check that the PostgreSQL server is running and that this machine "
    "reaches it; nothing that was stored is lost."
)
REFUSED = (
    "The server of the database at {path} doesn’t let the bot in. Check the user, the password and the name of the "
    "database in WARD_DATABASE, and pg_hba.conf on the server."
)
IN_USE = "Another program is using the database at {path}. Close it, or wait until its work is done."
FULL = "The disk of the server of the database at {path} is full. Make room; nothing that was stored is lost."
TOO_BUSY = (
    "The server of the database at {path} has no connection or memory to spare. Raise max_connections, or close other "
    "programs; nothing that was stored is lost."
)
READ_ONLY = "The database at {path} can’t be written. Connect to the primary server, and not to a standby."
NO_RIGHT = "The bot’s user has no right to do this in the database at {path}. Make that user the owner of the database."
DISK = "The disk of the server of the database at {path} reports an error. Check it; nothing that was stored is lost."
DAMAGED = "The database at {path} is damaged. Restore it from a backup."
TOOK_LONG = "The server of the database at {path} cut a request short. Check statement_timeout, and how busy it is."
OTHER_VERSION = (
    "The database at {path} has other tables than this version of the program. Start the newest version, or restore a "
    "backup that fits."
)
OTHER_FAULT = (
    "The server of the database at {path} refuses a request (SQLSTATE {state}). Look at its log; nothing that was "
    "stored is lost."
)

BY_STATE = {
    "08": NOT_REACHED,
    "57P01": NOT_REACHED,  # the server stops, or somebody ended the connection
    "57P02": NOT_REACHED,
    "57P03": NOT_REACHED,  # it is starting
    "57P05": NOT_REACHED,
    "25P03": NOT_REACHED,  # it ended a connection that was idle in a transaction
    "25P04": NOT_REACHED,
    "57014": TOOK_LONG,
    "28": REFUSED,
    "3D": REFUSED,
    "55P03": IN_USE,
    "40": IN_USE,
    "25006": READ_ONLY,
    "53100": FULL,
    "53": TOO_BUSY,
    "42501": NO_RIGHT,
    "42P01": OTHER_VERSION,
    "42703": OTHER_VERSION,
    "58": DISK,
    "XX": DAMAGED,
}
"""Sentences by SQLSTATE, or by the two characters of its class."""
OF_THE_DATA = ("22", "23", "42")
"""Classes of what is wrong with one statement or its values, and not with the server: these pass as they are."""
NONE_LEFT = ("too many clients", "too many connections", "connection slots are reserved", "no more connections allowed")
"""How a server or PgBouncer says that it has no connection left, before any SQLSTATE reaches the driver."""
AT_LOGIN = ("authentication failed", "pg_hba.conf", ' database "', ' role "', "no password supplied")
"""How the server refuses somebody at that point."""


@contextmanager
def translate_faults(server: DatabaseServer) -> Iterator[None]:
    """Turn the server's own words about a fault into a StoreError; everything else passes as it is."""
    try:
        yield
    except PoolTimeoutError:  # every connection waits for an answer
        raise UnreachableError(NOT_REACHED, server) from None
    except (psycopg.Error, DBAPIError, PendingRollbackError) as error:
        if isinstance(error, PendingRollbackError):  # the connection was lost a statement ago
            raise UnreachableError(NOT_REACHED, server) from None
        sentence = find_sentence(error)
        if sentence is None:
            _hide_values(error)
            raise
        fault = UnreachableError if sentence in (NOT_REACHED, TOO_BUSY) else StoreError
        raise fault(sentence, server) from None


def is_lost(error: BaseException) -> bool:
    """Tell whether an error says that the connection is no more, so that a new one may do."""
    return isinstance(error, psycopg.Error | DBAPIError) and find_sentence(error) == NOT_REACHED


def is_read_only(error: BaseException) -> bool:
    """Tell whether an error says that a connection can't write, where a new one may by now."""
    return isinstance(error, psycopg.Error | DBAPIError) and find_sentence(error) == READ_ONLY


def find_sentence(error: psycopg.Error | DBAPIError) -> str | None:
    """Return the sentence about an error; None where it is about one statement, and not about the server."""
    own = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(own, "sqlstate", None) or ""
    if state:
        other = None if state[:2] in OF_THE_DATA else OTHER_FAULT.replace("{state}", state)
        return BY_STATE.get(state) or BY_STATE.get(state[:2]) or other
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return NOT_REACHED
    return _read_login(str(own)) if isinstance(own, psycopg.OperationalError) else None


def _read_login(said: str) -> str:
    """Return the sentence about a connection that was not made; a limit may be said to be of a role or a database."""
    if any(words in said for words in NONE_LEFT):
        return TOO_BUSY
    return REFUSED if any(words in said for words in AT_LOGIN) else NOT_REACHED


def _hide_values(error: psycopg.Error | DBAPIError) -> None:
    """Leave of an error's words only what the server says first: further lines quote the row."""
    own = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(own, psycopg.Error):
        first = own.diag.message_primary or type(own).__name__
        own.args = (first,)
        error.args = (first,)
