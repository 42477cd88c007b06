"""Copies a whole database to an empty place, so that nobody can use the copy before all of it is there and compared.

The copy is marked as unfinished until then, and no version of the program opens it. Rows go over in the order of their
keys, a batch in each transaction. So wherever it is cut short, the next call compares what is there with the source,
and goes on from the first row that is missing. The source is only read, and nobody else writes to it meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from bot.models.database_server import Place, files_of
from bot.store.database import Database
from bot.store.encryption.keys import PSEUDONYM_KEY, check_keys, open_pseudonyms
from bot.store.encryption.sealer import ChangedRowError, Sealer, WrongKeyError
from bot.store.encryption.seals import SealCheck, SealStore
from bot.store.faults import StoreError
from bot.store.migration import UNFINISHED, check_version, make_unfinished, mark_whole, read_revision
from bot.store.migrations import HEAD
from bot.store.sqlite.lock import hold_lock
from bot.store.tables import metadata, secrets
from bot.store.transfer.connections import open_source, open_target
from bot.store.transfer.rows import Row, RowError, continue_numbers, count_rows, read_rows, write_rows

BATCH = 5_000
"""Rows in one transaction."""
COPYING, COMPARING, OPENING = "Copying", "Comparing", "Opening"
SAME_ENGINE = (
    "Both databases are {where}. This command goes from a file to a PostgreSQL server, or back. Between files, stop "
    "the bot and use python -m bot backup; between servers, use pg_dump and pg_restore."
)
NEVER_USED = "The database at {path} was never used, so there’s nothing to move. Check its address."
OTHERS_DATA = (
    "The database at {path} isn’t empty: it holds the data of another bot, or of another version. Nothing was changed. "
    "Choose an empty database, or the name of a new file."
)
USED_SINCE = (
    "The database at {path} holds data of this bot already, and not the same as here, so it may have been used since. "
    "Nothing was changed. To copy again, choose an empty database, or the name of a new file."
)
DIFFERS = (
    "Something else wrote into the database at {path} while it was being filled. It isn’t used. Run this again; it "
    "starts afresh."
)

CUT_SHORT = "{fault} The move was cut short; the old database is as it was. Run it again; it carries on."


class Progress(NamedTuple):
    """How far a move is: what is being done, how many rows that is through, and how many there are."""

    doing: str
    done: int
    rows: int


@dataclass(frozen=True, slots=True)
class MoveResult:
    """A database that was moved: how many rows it has, and what its sealed rows said."""

    rows: int
    seals: SealCheck


class CutShortError(StoreError):
    """A move was cut short, and the next call goes on from there."""

    def __init__(self, fault: StoreError) -> None:
        super().__init__(CUT_SHORT.replace("{fault}", str(fault).replace("{", "{{").replace("}", "}}")))


class _OtherRowError(Exception):
    """What is in the target is not what the source says now."""


Tell = Callable[[Progress], None]


def move_database(source: Place, target: Place, *data_keys: bytes, tell: Tell = lambda _progress: None) -> MoveResult:
    """Copy all of ``source`` to ``target``, which is empty or was left unfinished, and compare every row.

    Call it where no loop runs. Raises StoreError, with the source as it was, where a bot is running, a place cannot be
    used or the target holds anything else, and WrongKeyError where a data key is missing.
    """
    if isinstance(source, Path) == isinstance(target, Path):
        raise StoreError(SAME_ENGINE.format(where="files" if isinstance(source, Path) else "on servers"))
    sealer = Sealer(*data_keys)
    has_begun = False

    def tell_on(progress: Progress) -> None:
        nonlocal has_begun
        has_begun = True
        tell(progress)

    try:
        return _move(source, target, sealer, tell_on)
    except RowError:
        raise
    except StoreError as fault:
        if has_begun:
            raise CutShortError(fault) from None
        raise


def _move(source: Place, target: Place, sealer: Sealer, tell: Tell) -> MoveResult:
    with ExitStack() as held:
        if isinstance(source, Path):
            check_version(source)  # before a lock is made beside a name that was mistyped
        for files in {files_of(source).resolve(), files_of(target).resolve()}:
            held.enter_context(hold_lock(files))
        check_keys(source, sealer)
        check_version(source)
        reading = held.enter_context(open_source(source))
        return _Move(reading, source, target, sealer, tell).run()


class _Move:
    def __init__(self, source: Connection, place: Place, target: Place, sealer: Sealer, tell: Tell) -> None:
        self._source, self._place, self._target = source, place, target
        self._sealer, self._tell = sealer, tell
        self._tables = metadata.sorted_tables
        self._rows = sum(count_rows(source, table) for table in self._tables)

    def run(self) -> MoveResult:
        revision = read_revision(self._target) if self._is_there() else None
        if revision is None:
            self._begin()
        elif revision not in (UNFINISHED, HEAD) or not self._is_own():
            raise StoreError(OTHERS_DATA, self._target)
        elif revision == HEAD:
            return self._look_again()
        else:
            try:
                return self._finish()
            except _OtherRowError:  # the bot ran in between
                self._begin(again=True)
        try:
            return self._finish()
        except _OtherRowError:
            raise StoreError(DIFFERS, self._target) from None

    def _is_there(self) -> bool:
        return not isinstance(self._target, Path) or self._target.exists()

    def _begin(self, *, again: bool = False) -> None:
        """Make the tables, and note with the keys whose they are."""
        rows = list(read_rows(self._source, secrets))
        if not rows:
            raise StoreError(NEVER_USED, self._place)
        make_unfinished(self._target, lambda connection: write_rows(connection, secrets, rows), again=again)

    def _is_own(self) -> bool:
        """Tell whether the target has the pseudonyms of the source: so it was copied from it, or from a copy of it."""
        with open_target(self._target) as target, target.begin():
            own, theirs = _open_key(self._source, self._sealer), _open_key(target, self._sealer)
        return own is not None and own == theirs

    def _finish(self) -> MoveResult:
        with open_target(self._target) as target:
            self._copy(target)
        seals = self._check_seals()
        with open_target(self._target) as target:
            self._compare(target)
            with target.begin():
                for table in self._tables:
                    continue_numbers(target, table)
                mark_whole(target)
            _settle(target)
        return MoveResult(self._rows, seals)

    def _look_again(self) -> MoveResult:
        """Tell of a target that is whole what was told when it was made, if nothing has changed since."""
        with open_target(self._target) as target:
            try:
                self._compare(target)
            except _OtherRowError:
                raise StoreError(USED_SINCE, self._target) from None
        return MoveResult(self._rows, self._check_seals())

    def _copy(self, target: Connection) -> None:
        done = 0
        self._tell(Progress(COPYING, done, self._rows))
        for table in self._tables:
            with closing(read_rows(self._source, table)) as rows:
                done += self._skip(target, table, rows)
                while batch := list(islice(rows, BATCH)):
                    with target.begin():
                        write_rows(target, table, batch)
                    done += len(batch)
                    self._tell(Progress(COPYING, done, self._rows))

    def _skip(self, target: Connection, table: Table, rows: Iterator[Row]) -> int:
        """Go past the rows that the target has already. Returns how many. Raises _OtherRowError if they differ."""
        count = 0
        with target.begin(), closing(read_rows(target, table)) as held:
            for there in held:
                if next(rows, None) != there:
                    raise _OtherRowError
                count += 1
        return count

    def _compare(self, target: Connection) -> None:
        """Compare every row of every table. Raises _OtherRowError if one differs."""
        done = 0
        with target.begin():
            for table in self._tables:
                with closing(read_rows(self._source, table)) as here, closing(read_rows(target, table)) as there:
                    for own, copied in zip_longest(here, there):
                        if own != copied:
                            raise _OtherRowError
                        done += 1
                        if not done % BATCH:
                            self._tell(Progress(COMPARING, done, self._rows))

    def _check_seals(self) -> SealCheck:
        self._tell(Progress(OPENING, 0, self._rows))
        return asyncio.run(_check_seals(self._target, self._sealer))


async def _check_seals(place: Place, sealer: Sealer) -> SealCheck:
    database = Database(place)
    try:
        pseudonyms = await open_pseudonyms(database, sealer, may_write=False)
        return await SealStore(database, sealer, pseudonyms).check()
    finally:
        await database.close()


def _open_key(connection: Connection, sealer: Sealer) -> str | None:
    query = select(secrets.c.sealed, secrets.c.key_id).where(secrets.c.name == PSEUDONYM_KEY)
    row = connection.execute(query).first()
    try:
        return None if row is None else sealer.open(row.sealed, PSEUDONYM_KEY, row.key_id)
    except (WrongKeyError, ChangedRowError):
        return None


def _settle(target: Connection) -> None:
    """Let a server plan for the rows that it has now, and a file be whole without its log."""
    if target.dialect.name == "postgresql":
        with target.begin():
            target.exec_driver_sql("ANALYZE")
    else:
        target.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
