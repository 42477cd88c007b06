"""Runs tests that are written for SQLite's file on PostgreSQL: TEST_POSTGRES=own starts a server for them.

Each path that a test names stands for a database of its own there. It is made from a template, and dropped when the
test has ended.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from enum import StrEnum
from functools import cache, wraps
from pathlib import Path
from typing import Any

from bot.models.database_server import DatabaseServer, Place


class Why(StrEnum):
    """Why a test is of SQLite's file alone. Each value names a test that holds the same on a server, if there is one.

    The words before the colon are what a run says of a test that it skips.
    """

    FULL_DISK = (
        "lets the file grow no further: "
        "tests/store/postgres/test_faults.py::"
        "test_replies_wait_while_the_disk_is_really_full_and_what_is_stored_can_be_read"
    )
    NO_DATABASE = (
        "finds something else than a database at a path: "
        "tests/store/postgres/test_upgrade.py::"
        "test_a_database_of_another_program_or_in_another_encoding_is_refused"
    )
    RIGHTS = (
        "is about the rights of the file: "
        "tests/store/postgres/test_upgrade.py::"
        "test_a_user_who_may_make_no_tables_hears_of_it"
    )
    OPEN_FILES = "copies the files of a database that is open:"
    COMMAND = (
        "runs a command on the file: "
        "tests/store/postgres/test_commands.py::"
        "test_verify_tidy_and_the_change_of_the_key_work_as_on_a_file"
    )
    COPY = (
        "looks at the copy that an update makes of a file: "
        "tests/store/postgres/test_dumps.py::"
        "test_what_was_erased_since_a_dump_is_erased_again_once_it_is_put_back"
    )
    SHAPE = (
        "compares what SQLite alone tells of tables: "
        "tests/store/postgres/test_upgrade.py::"
        "test_the_migrations_make_the_same"
    )
    REFERENCES = "breaks references, which a server refuses at once:"
    ALONE = (
        "has the file for itself, which a server's rotation doesn't need: "
        "tests/store/postgres/test_rotation.py::"
        "test_everything_is_sealed_again_while_the_bot_writes"
    )
    ORDER = (
        "looks for an order of rows that a server doesn't keep: "
        "tests/store/postgres/test_privacy.py::"
        "test_released_replies_lie_in_random_order_and_one_transaction_wrote_them_all"
    )
    PLANS = "asks SQLite for its plans:"
    BYTES = (
        "searches the bytes of files: "
        "tests/store/postgres/test_privacy.py::"
        "test_no_file_of_the_server_shows_a_word_that_a_person_wrote_or_an_id"
    )
    LOG = (
        "is about the log of a file, and not of a server: "
        "tests/store/postgres/test_commands.py::"
        "test_doctor_shows_the_settings_that_decide_how_long_erased_rows_can_be_read"
    )
    OLD = (
        "starts from a revision that was never on a server: "
        "tests/store/postgres/test_upgrade.py::"
        "test_the_migrations_make_the_same"
    )
    DRIVER = (
        "cuts SQLite's driver short: "
        "tests/store/postgres/test_outages.py::"
        "test_a_write_that_is_cancelled_anywhere_holds_up_no_other"
    )
    NUMBERS = "needs a number of a row to be given again, which no server does:"
    MOVE = "moves a file to a server of its own, on which it is played with the file:"
    BACKUP = (
        "backs up and restores files: "
        "tests/store/postgres/test_dumps.py::"
        "test_what_was_erased_since_a_dump_is_erased_again_once_it_is_put_back"
    )


IS_ON_POSTGRES = bool(os.environ.get("TEST_POSTGRES"))
EMPTY = "template0"
_made: dict[Path, DatabaseServer] = {}


def at(path: Place, *, template: str = "") -> Place:
    """Where the database is that a test keeps at a path: there, or on the server.

    The first call makes it, with all tables unless ``template`` names another one to copy.
    """
    if not IS_ON_POSTGRES or not isinstance(path, Path):
        return path
    if path not in _made:
        _make(path, template or full_template())
    return _made[path]


def copy_on_server(path: Path, copy: Path) -> None:
    """Copy a database on the server, and put the copy in the place of what is at its path there."""
    from psycopg import sql

    from tests.servers.postgres import shared_server

    source, server = at(path), shared_server()
    assert isinstance(source, DatabaseServer)
    if copy in _made:
        server.drop(_made.pop(copy).name)
    # A database is copied only while nobody has it open. A bot that runs connects again.
    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = {}"
    server.execute(sql.SQL(others).format(source.name))
    _make(copy, source.name)


def drop_all() -> None:
    """Drop what the test that has ended made."""
    if not _made:
        return
    from tests.servers.postgres import shared_server

    while _made:
        _, place = _made.popitem()
        shared_server().drop(place.name)


def use_postgres() -> None:
    """Let what opens a database by a path open the one that stands for it. Call it before tests import anything."""
    import bot.store.migration

    for name in ("open_store", "open_to_read", "rotate"):
        setattr(bot.store, name, _on_server(getattr(bot.store, name)))
    for name in ("migrate", "read_revision"):
        setattr(bot.store.migration, name, _on_server(getattr(bot.store.migration, name), template=EMPTY))
    connect = sqlite3.connect

    def refuse(database: Any, *arguments: Any, **options: Any) -> Any:
        path = Path(database) if isinstance(database, str | Path) else None
        assert path not in _made, "the test opens a file, but its database is on a server: see tests/by_hand.py"
        return connect(database, *arguments, **options)

    sqlite3.connect = refuse


def dump(place: DatabaseServer) -> list[tuple[str, tuple[Any, ...]]]:
    """Everything that a database on the server holds: each row beside the name of its table."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(place.url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        found = []
        for (table,) in tables:
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()
            found += [(table, row) for row in rows]
        return sorted(found, key=repr)


def _make(path: Path, template: str) -> None:
    from tests.servers.postgres import shared_server

    server = shared_server()
    name = f"t_{os.getpid()}_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
    server.new_database(name, template)
    _made[path] = DatabaseServer(server.url(name), path)


def _on_server(opening: Callable[..., Any], *, template: str = "") -> Callable[..., Any]:
    @wraps(opening)
    def opened(path: Place, *arguments: Any, **options: Any) -> Any:
        return opening(at(path, template=template), *arguments, **options)

    return opened


@cache
def full_template() -> str:
    """A database with all tables and nothing in them: a copy of it is made in a tenth of a second."""
    from bot.store.migration import migrate
    from tests.servers.postgres import shared_server

    server = shared_server()
    name = server.new_database("ward_template")
    migrate(DatabaseServer(server.url(name), Path("nowhere")))
    return name
