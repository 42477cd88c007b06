"""Brings a database to the program's revision at start: copies a file first, and migrates it in one transaction.

A new database gets the tables at once, without Alembic, which would take a tenth of the memory that the bot may use. A
test holds the two ways to the same tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.pool import NullPool

from bot.models.database_server import Place
from bot.store.encryption.sealer import Sealer
from bot.store.faults import StoreError
from bot.store.migrations import HEAD, MIGRATIONS
from bot.store.sqlite.engine import name_file, prepare_file, translate_faults
from bot.store.tables import metadata

COPY_MARK = ".before-"
"""What is in the name of a copy, after the name of the database."""
UNFINISHED = "unfinished move"
"""The revision of a database that is being filled from another one: no version of the program opens it."""
NO_DATABASE = "There’s no database at {path}. The first `run` makes it. If you had one, check WARD_DATABASE."
NOT_WHOLE = (
    "The database isn’t whole yet: it’s being filled by python -m bot move, or that was cut short. Run move again; it "
    "carries on."
)
OTHER_PROGRAM = "The file at {path} belongs to another program. Point WARD_DATABASE at another file."


def migrate(path: Place, sealer: Sealer | None = None, *, migrations: Path = MIGRATIONS, head: str = HEAD) -> None:
    """Bring the database at ``path`` to the revision ``head``. Does nothing, and imports nothing, when it is there.

    ``sealer`` is for migrations that seal what is stored again. A migration that fails leaves the database as it was.
    Raises StoreError when the database is newer than the program, or is no database of this bot.
    """
    if not isinstance(path, Path):
        from bot.store.postgres.upgrade import upgrade

        upgrade(path, head, partial(_bring_to, sealer=sealer, migrations=migrations, head=head))
        return
    with translate_faults(path):
        revision = read_revision(path)
        if revision == head:
            return
        if revision is not None:
            _refuse_unknown(revision, migrations)
            _copy(path, path.with_name(f"{path.name}{COPY_MARK}{head}"))
        _upgrade(path, partial(_bring_to, revision=revision, sealer=sealer, migrations=migrations, head=head))


def _bring_to(
    connection: Connection, revision: str | None, *, sealer: Sealer | None, migrations: Path, head: str
) -> None:
    """Bring a database that has ``revision`` to another one, within the transaction that is open."""
    if revision == head:
        return
    if revision is not None:
        _refuse_unknown(revision, migrations)
    if revision is None and head == HEAD:
        _make(connection)
    else:
        _run_alembic(connection, sealer=sealer, migrations=migrations, head=head)


def make_unfinished(place: Place, fill: Callable[[Connection], None], *, again: bool = False) -> None:
    """Make the tables of an empty database, marked as not whole, and let ``fill`` put in the first rows: all at once.

    With ``again``, what a move has put there goes first.
    """

    def bring(connection: Connection, revision: str | None) -> None:
        if again and revision is not None:
            metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
        _make(connection, UNFINISHED)
        fill(connection)

    if not isinstance(place, Path):
        from bot.store.postgres.upgrade import upgrade

        upgrade(place, "", bring)
        return
    if again:
        for end in ("", "-wal", "-shm", "-journal"):
            place.with_name(f"{place.name}{end}").unlink(missing_ok=True)
    prepare_file(place)
    with translate_faults(place):
        _upgrade(place, partial(bring, revision=None))


def mark_whole(connection: Connection) -> None:
    """Let the program open a database that a move has filled."""
    connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})


def delete_copies(path: Place, before: datetime) -> int:
    """Delete the copies that migrations of the file at ``path`` made before a moment. Returns how many files went.

    None was made of a database on a server, whose administrator makes the copies.
    """
    if not isinstance(path, Path):
        return 0
    old = [file for file in path.parent.iterdir() if is_copy(file, path) and file.stat().st_mtime < before.timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def is_copy(file: Path, path: Path) -> bool:
    """Tell whether a file is a copy that a migration of the one at ``path`` made."""
    return file.name.startswith(f"{path.name}{COPY_MARK}")


def check_version(path: Place, *, head: str = HEAD) -> None:
    """Raise StoreError unless at ``path`` is a database of exactly this version; nothing is changed."""
    if isinstance(path, Path) and not path.is_file():
        raise StoreError(NO_DATABASE, path)
    revision = read_revision(path)
    if revision == UNFINISHED:
        raise StoreError(NOT_WHOLE)
    if revision != head:
        raise StoreError(
            "The database at {path} is of another version of the program. Start the bot once; it brings it up to date.",
            path,
        )


def read_revision(path: Place) -> str | None:
    """Return the revision of the database at ``path``; None where it has no tables. Raises StoreError if it is none."""
    if not isinstance(path, Path):
        from bot.store.postgres.upgrade import look_up_revision

        return look_up_revision(path)
    with translate_faults(path), closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError(OTHER_PROGRAM, path)
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def _refuse_unknown(revision: str, migrations: Path) -> None:
    if revision == UNFINISHED:
        raise StoreError(NOT_WHOLE)
    known = {file.name.split("_")[0] for file in (migrations / "versions").glob("*.py")}
    if revision not in known:
        raise StoreError(
            f"The database was made by a newer version of the program (revision {revision}). "
            "Install that version, or restore a backup made before it."
        )


def _copy(path: Path, copy: Path) -> None:
    """Copy with SQLite's backup API, which is right even while a write-ahead log is pending."""
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _upgrade(path: Path, make: Callable[[Connection], None]) -> None:
    engine = create_engine(name_file("sqlite", path), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        # A table that others refer to is altered by a copy; with foreign keys on, dropping the old one would
        # delete their rows. The keys are checked before the commit instead.
        connection.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        make(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreError(f"A migration left {len(broken)} broken references, so it was undone. Report this fault.")
    engine.dispose()


def _make(connection: Connection, revision: str = HEAD) -> None:
    if connection.dialect.name == "postgresql":
        for index in (each for table in metadata.tables.values() for each in table.indexes):
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    metadata.create_all(connection)
    # As Alembic makes it, which goes on from here.
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": revision})


def _run_alembic(connection: Connection, *, sealer: Sealer | None, migrations: Path, head: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["sealer"] = sealer
    command.upgrade(config, head)
