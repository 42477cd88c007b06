"""Whole copies of a database: made while it is in use, checked, and put in its place, with no half file anywhere.

What is copied is the database alone. The keys of prompts lie in another file, and the data key is not stored at all.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.store.encryption.key_rotation import IN_USE
from bot.store.faults import StoreError
from bot.store.migration import COPY_MARK
from bot.store.sqlite.copy_facts import PRIMARY, read_only_uri
from bot.store.sqlite.lock import give_to_owner

PART_END = ".ward-part"
LOGS = ("-wal", "-shm", "-journal")
RESTORED = f"{COPY_MARK}restore-"
"""What the name of a replaced database ends in, before the time: it is deleted as the copies of updates are."""
PATIENCE_S = 1.0

FULL = "The disk of {path} is full. Make room, or choose another place. Nothing was changed."
NOT_WRITTEN = "{path} can’t be written ({why}). Choose another place. Nothing was changed."
IS_THERE = "{path} is there already, and it was left as it is. Choose another name."
OTHER_BACKUP = "Another backup is being written into the folder {path}. Wait until it is done, then try again."


@contextmanager
def new_copy(path: Path) -> Iterator[Path]:
    """Give the place of a part file for ``path``, and give it that name at the end, unless a file has it.

    Where anything fails, nothing is left. Where the process is killed, the part file is left, and the next call in that
    folder removes it, whatever name it is for: a killed backup must not stay for ever under a name that nobody looks
    for. Raises StoreError where the folder cannot be written or another backup is written there.
    """
    part = path.with_name(f".{path.name}{PART_END}")
    with _folder_for_itself(path.parent) as (folder, is_alone):
        for left in path.parent.glob(f".*{PART_END}") if is_alone else (part,):
            remove(left)
        if os.path.lexists(path):
            raise StoreError(IS_THERE, path)
        try:
            with clear_faults(path):
                os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
                yield part
                _publish(part, path)
                os.fsync(folder)
        finally:
            remove(part)


def copy_database(source: Path, target: Path, *, is_live: bool) -> None:
    """Copy the database at ``source``, as it is at one moment, into the empty file at ``target``.

    It reads one state of the database to its end, so a bot that writes meanwhile is neither held up nor waited for.
    ``is_live`` tells that somebody may write it; another file is left as it is, with all that lies beside it.
    """
    of = f"{source.absolute().as_uri()}?mode=rw" if is_live else read_only_uri(source)
    with closing(sqlite3.connect(of, uri=True)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)


def fold_log(path: Path) -> None:
    """Fold the write-ahead log into the file at ``path``, so that the file alone is the whole database."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    _sync(path)


def put_in_place(new: Path, database: Path, now: datetime) -> Path | None:
    """Put the file ``new``, from the same folder, in the place of a database that nobody may use meanwhile.

    There is a whole database under the name at every moment. Returns where the replaced one is kept, if there was one.
    Raises StoreError where another program has it open.
    """
    kept = None
    with clear_faults(database):
        give_to_owner(new)
    if database.exists():
        kept = _free_name(database.with_name(f"{database.name}{RESTORED}{now.astimezone(UTC):%Y%m%d-%H%M%S}"))
        with clear_faults(database), _alone(database) as is_folded:
            for end in () if is_folded else LOGS:  # what a damaged database could not fold in goes with it
                with suppress(FileNotFoundError):
                    database.with_name(f"{database.name}{end}").replace(kept.with_name(f"{kept.name}{end}"))
            _keep(database, kept)
            new.replace(database)
    else:
        new.replace(database)
    _sync(database.parent)
    return kept


def remove(path: Path) -> None:
    """Remove a file and what SQLite keeps beside it, if they are there."""
    for end in ("", *LOGS):
        with suppress(OSError):
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


@contextmanager
def clear_faults(path: Path) -> Iterator[None]:
    """Turn what a disk or SQLite says while ``path`` is written into one clear sentence."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = (error.sqlite_errorcode or 0) & PRIMARY
        if code == sqlite3.SQLITE_FULL:
            raise StoreError(FULL, path) from None
        if code == sqlite3.SQLITE_IOERR:
            raise StoreError(NOT_WRITTEN.replace("{why}", "the disk reports an error"), path) from None
        raise
    except OSError as error:
        raise StoreError(NOT_WRITTEN.replace("{why}", str(error.strerror)), path) from None


@contextmanager
def _alone(database: Path) -> Iterator[bool]:
    """Keep every other program out of a database whose log is folded in. False where it is too damaged for that."""
    try:
        with closing(sqlite3.connect(database, timeout=PATIENCE_S)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection = sqlite3.connect(database, timeout=PATIENCE_S, isolation_level=None)
    except sqlite3.DatabaseError as error:
        if (error.sqlite_errorcode or 0) & PRIMARY in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(IN_USE, database) from None
        yield False
        return
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        except sqlite3.OperationalError:
            mode = ""
        if mode != "delete":  # somebody came in between
            raise StoreError(IN_USE, database)
        yield True


def _free_name(path: Path) -> Path:
    names = (path if number == 1 else path.with_name(f"{path.name}-{number}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))


def _keep(database: Path, kept: Path) -> None:
    """Give a database a second name, which stays when the first one is given to another file."""
    try:
        os.link(database, kept)
    except OSError:  # a file system without hard links
        shutil.copyfile(database, kept)
        kept.chmod(0o600)
        _sync(kept)
    os.utime(kept)  # from now on it is counted how long it is kept


def _publish(part: Path, path: Path) -> None:
    _sync(part)
    try:
        os.link(part, path)  # fails where a file has come there meanwhile
    except FileExistsError:
        raise StoreError(IS_THERE, path) from None
    except OSError:  # a file system without hard links
        part.rename(path)


@contextmanager
def _folder_for_itself(path: Path) -> Iterator[tuple[int, bool]]:
    """Hold the lock of a folder, so that one backup at a time is written there.

    Returns the folder's descriptor, and whether it is locked: a file system may have no locks.
    """
    try:
        folder = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise StoreError(NOT_WRITTEN.replace("{why}", str(error.strerror)), path) from None
    try:
        is_alone = True
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(OTHER_BACKUP, path) from None
        except OSError:
            is_alone = False
        yield folder, is_alone
    finally:
        os.close(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
