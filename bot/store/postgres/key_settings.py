"""What the server of the keys has to be set to, so that a destroyed key is in none of its files, and what is missing.

A recycled, archived or copied part of the write-ahead log holds keys that were destroyed since, and so does a log of
statements with their values. Every question here can be asked by a user without special rights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from bot.models.database_server import DatabaseServer
from bot.store.faults import StoreError

OLDEST = 150_000
"""The first version with the role pg_checkpoint."""
UNFIT = (
    "The server of the keys at {path} isn’t set so that destroyed keys are gone for certain. In its postgresql.conf, "
    "set {settings}. Then start it again."
)
TOO_OLD = "The server of the keys at {path} is too old. It needs PostgreSQL 15 or newer."
STANDBY = "The server of the keys at {path} is a standby. Name a server of its own in WARD_KEYS, without a standby."
SLOTS = "The server of the keys at {path} has replication slots, which keep destroyed keys. Drop them."
NO_RIGHTS = (
    "The bot’s user needs more rights on the server of the keys at {path}. In that database, run this as the server’s "
    "superuser: {commands}"
)
SAME_CLUSTER = (
    "WARD_KEYS is on the same PostgreSQL server as WARD_DATABASE, so whoever has its files has both. Name a server "
    "of its own in WARD_KEYS."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A setting, the values that are right, and the one to choose."""

    name: str
    right: tuple[str, ...]

    @property
    def advice(self) -> str:
        """Return the line for the file of settings."""
        return f"{self.name} = {self.right[0]}"


WANTED = (
    Wanted("wal_recycle", ("off",)),
    Wanted("wal_level", ("minimal",)),
    Wanted("max_wal_senders", ("0",)),
    Wanted("wal_keep_size", ("0",)),
    Wanted("archive_mode", ("off",)),
    Wanted("max_prepared_transactions", ("0",)),
    Wanted("fsync", ("on",)),
    Wanted("full_page_writes", ("on",)),
    Wanted("track_commit_timestamp", ("off",)),
    Wanted("log_statement", ("none", "ddl")),
    Wanted("log_min_duration_statement", ("-1",)),
    Wanted("log_min_duration_sample", ("-1",)),
    Wanted("log_transaction_sample_rate", ("0",)),
    Wanted("log_parameter_max_length_on_error", ("0",)),
)
FUNCTIONS = ("pg_switch_wal()", "pg_ls_dir(text)", "pg_stat_file(text, boolean)")
"""What destroys a key for certain, and looks whether it did."""

Rows = psycopg.Connection[tuple[Any, ...]]


def find_faults(connection: Rows, server: DatabaseServer) -> Iterator[StoreError]:
    """List what makes a server unfit for keys."""
    (version,) = _row(connection, "SELECT current_setting('server_version_num')::int")
    if version < OLDEST:
        yield StoreError(TOO_OLD, server)
        return
    (is_standby,) = _row(connection, "SELECT pg_is_in_recovery()")
    if is_standby:
        yield StoreError(STANDBY, server)
    names = [wanted.name for wanted in WANTED]
    # The values as they are stored, without a unit that the server would choose.
    query = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
    found = {str(name): str(value) for name, value in connection.execute(query, (names,))}
    wrong = [wanted.advice for wanted in WANTED if found.get(wanted.name, wanted.right[0]) not in wanted.right]
    if wrong:
        yield StoreError(UNFIT.replace("{settings}", ", ".join(wrong)), server)
    (slots,) = _row(connection, "SELECT count(*) FROM pg_replication_slots")
    if slots:
        yield StoreError(SLOTS, server)
    commands = list(_find_missing_rights(connection))
    if commands:
        yield StoreError(NO_RIGHTS.replace("{commands}", " ".join(commands)), server)


def refuse_unfit(connection: Rows, server: DatabaseServer) -> None:
    """Raise StoreError, with the first thing to mend, where a server is unfit for keys."""
    raise_first(find_faults(connection, server))


def raise_first(faults: Iterable[StoreError]) -> None:
    """Raise the first of some errors, if there is one."""
    for fault in faults:
        raise fault


def identify(connection: Rows) -> int:
    """Return the number that a server was given when it was made, which its standbys and copies have too."""
    (identifier,) = _row(connection, "SELECT system_identifier FROM pg_control_system()")
    return int(identifier)


def _find_missing_rights(connection: Rows) -> Iterator[str]:
    (name,) = _row(connection, "SELECT quote_ident(current_user)")
    for function in FUNCTIONS:
        (has,) = _row(connection, "SELECT has_function_privilege(%s, 'EXECUTE')", f"pg_catalog.{function}")
        if not has:
            yield f"GRANT EXECUTE ON FUNCTION {function} TO {name};"
    (has,) = _row(connection, "SELECT pg_has_role('pg_checkpoint', 'USAGE')")
    if not has:
        yield f"GRANT pg_checkpoint TO {name};"


def _row(connection: Rows, query: Any, *values: object) -> tuple[Any, ...]:
    return connection.execute(query, values).fetchone() or ()
