"""Runs tests that are written for SQLite's file on PostgreSQL: TEST_POSTGRES=own starts a server for them.

Each path that a test names stands for a database of its own there. It is made from a template, and dropped when the
test has ended.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

import pytest

from bot.models.database_server import DatabaseServer, Place

IS_ON_POSTGRES = bool(os.environ.get("TEST_POSTGRES"))
OF_A_FILE = "looks into SQLite's file, or does what SQLite alone can"
OF_FILES = (
    "tests/store/test_migration.py",
    "tests/store/test_upgrades.py",
    "tests/store/test_query_plans.py",
    "tests/store/test_raw_bytes.py",
    "tests/store/test_key_rotation.py",
    "tests/store/keyed/test_key_dates.py",
    "tests/store/keyed/test_checks_proof.py",
    "tests/store/keyed/test_presses_proof.py",
    "tests/store/keyed/test_private_proof.py",
    "::test_neither_the_file_nor_its_log_keeps_a_byte_of_what_was_erased",
    "::test_a_reader_puts_the_emptying_of_the_log_off",
    "::test_the_file_holds_none_of_the_words_in_clear",
    "::test_a_full_disk_",
    "::test_replies_wait_while_the_disk_is_full",
    "::test_reactions_from_before_they_were_sealed",
    "::test_a_row_that_does_not_open_is_left_by_the_migration",
    "::test_without_one_of_the_keys_nothing_is_migrated",
    "::test_no_bound_column_of_any_table_can_be_changed_by_hand",
    "::test_the_keys_lie_where_they_were_named",
    "tests/kills/test_backups.py",
    "tests/kills/test_binding.py",
    "tests/kills/test_rotation.py",
    "tests/kills/test_erasing.py",
    "tests/kills/test_draft_changes.py",
    "tests/kills/test_journal.py",
    "tests/test_privacy.py::test_the_database_holds_neither",
    "tests/test_privacy.py::test_no_fault_of_the_database",
    "::test_a_file_that_is_no_database_is_refused",
    "::test_a_folder_in_place_of_the_file_is_refused",
    "::test_a_database_that_the_user_may_only_read",
    "::test_people_in_discord_do_not_see_where_the_database_lies",
    "::test_an_error_of_the_database_holds_no_values",
    "::test_a_check_that_takes_the_number_of_an_erased_one",
    "::test_the_database_with_all_its_keys_does_not_tell_who_reacted_and_erased_it",
    "::test_the_note_tells_neither_when_nor_which",
    "::test_no_file_that_leaves_or_is_kept_holds_the_key",
)
"""Tests that read SQLite's file or make it as an older program did; tests/store/postgres has those of a server."""
ONLY_SQLITE = re.compile(
    r"PRAGMA|sqlite_master|TRIGGER|rowid|BEGIN|COMMIT|ROLLBACK|VACUUM|INSERT OR|alembic_version", re.IGNORECASE
)
_made: dict[Path, DatabaseServer] = {}


def at(path: Place) -> Place:
    """Where the database is that a test keeps at a path: there, or on the server."""
    if not IS_ON_POSTGRES or not isinstance(path, Path):
        return path
    from tests.postgres_server import shared_server

    if path not in _made:
        server = shared_server()
        name = f"t_{os.getpid()}_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
        server.new_database(name, _template())
        _made[path] = DatabaseServer(server.url(name), path)
    return _made[path]


def is_of_file(nodeid: str) -> bool:
    """Tell whether a test is about SQLite's file, so that there is nothing to try on a server."""
    return any(nodeid.startswith(part) or (part.startswith("::") and part in nodeid) for part in OF_FILES)


def drop_all() -> None:
    """Drop what the test that has ended made."""
    if not _made:
        return
    from tests.postgres_server import shared_server

    while _made:
        _, place = _made.popitem()
        shared_server().drop(place.name)


def use_postgres() -> None:
    """Let what opens a database by a path open the one that stands for it. Call it before tests import anything."""
    import bot.store

    for name in ("open_store", "open_to_read", "rotate"):
        setattr(bot.store, name, _on_server(getattr(bot.store, name)))
    connect = sqlite3.connect

    def connect_there(database: Any, *arguments: Any, **options: Any) -> Any:
        place = _made.get(Path(database)) if isinstance(database, str | Path) else None
        if place is None:
            return connect(database, *arguments, **options)
        return ByHand(place)

    sqlite3.connect = connect_there


def dump(place: DatabaseServer) -> list[str]:
    """Everything that a database on the server holds, a line for each row."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(place.url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        lines = []
        for (table,) in tables:
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()
            lines += [f"{table} {row!r}" for row in rows]
        return sorted(lines)


class ByHand:
    """Changes a database on the server as a test does that has SQLite's file: the same statements, in its own form."""

    def __init__(self, place: DatabaseServer) -> None:
        import psycopg

        self._connection, self._errors = psycopg.connect(place.url, autocommit=True), psycopg.errors

    def execute(self, statement: str, values: Any = ()) -> Any:
        """Run a statement with question marks; what only SQLite knows ends the test."""
        if ONLY_SQLITE.search(statement):
            pytest.skip(OF_A_FILE)
        try:
            text: Any = statement.replace("%", "%%").replace("?", "%s")
            return self._connection.execute(text, values)
        except (
            self._errors.SyntaxError,
            self._errors.UndefinedFunction,
            self._errors.UndefinedTable,
            self._errors.DatatypeMismatch,
        ):  # a form that SQLite alone takes; anything else is a real difference, and fails
            pytest.skip(OF_A_FILE)

    def __getattr__(self, name: str) -> Any:
        if name in ("commit", "close"):
            return getattr(self._connection, name)
        return pytest.skip(OF_A_FILE)

    def __enter__(self) -> ByHand:
        return self

    def __exit__(self, *error: object) -> None:
        """All of it is committed already."""


def _on_server(opening: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(opening)
    def opened(path: Place, *arguments: Any, **options: Any) -> Any:
        return opening(at(path), *arguments, **options)

    return opened


@cache
def _template() -> str:
    """A database with all tables and nothing in them: a copy of it is made in a tenth of a second."""
    from bot.store.migration import migrate
    from tests.postgres_server import shared_server

    server = shared_server()
    name = server.new_database("ward_template")
    migrate(DatabaseServer(server.url(name), Path("nowhere")))
    return name
