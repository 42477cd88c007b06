"""The journal of erasures in a table on the server of the keys, so that each machine that has the database sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.models.database_server import Place
from bot.store.erasure.journal import BACKUP_DAYS, Contents, Entry, Erased, Mark, utc_now
from bot.store.postgres.key_connection import KeyConnection
from bot.store.postgres.key_settings import Rows
from bot.store.postgres.key_tables import are_made, make_tables, put_about, read_about
from bot.store.postgres.key_traces import note_unfinished

BASE = "erasures base"
"""Under what name the number stands up to which entries were dropped because of their age."""
READ = "SELECT number, day, kind, mark, prompt, salt FROM erasure_journal ORDER BY number"
LAST = "SELECT max(number) FROM erasure_journal"
INSERT = "INSERT INTO erasure_journal (number, day, kind, mark, prompt, salt) VALUES (%s, %s, %s, %s, %s, %s)"
DROP = "DELETE FROM erasure_journal WHERE day < %s"


class ErasureTable:
    """The twin of the journal in a file. The callers of ``append`` hold the database's write lock, as there."""

    def __init__(
        self, connection: KeyConnection, days: int = BACKUP_DAYS, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._kept = timedelta(days=days)

    @property
    def place(self) -> Place:
        """Where it lies, for whoever runs the bot."""
        return self._connection.server

    def is_there(self) -> bool:
        """Tell whether anything was ever noted in it."""
        return self.read().last > 0

    def read(self) -> Contents:
        """Read the whole journal; an empty one if there is none yet."""
        with self._connection.read() as connection:
            if not are_made(connection, self._connection.server):
                return Contents()
            return read_contents(connection)

    def append(self, marks: Sequence[Mark], known: int) -> tuple[int, int]:
        """Add marks, for certain: they are on the server's disk when this returns.

        ``known`` is the last number that the database knows. Returns the last number before and after.
        """
        with self._connection.write() as connection:
            make_tables(connection, self._connection.server)
            last = _last(connection)
            if not last and known:  # the first that is noted beside a database that knows others
                put_about(connection, BASE, str(known))
            before, day = max(last, known), self._today()
            add_entries(connection, [Entry(before + place, day, mark) for place, mark in enumerate(marks, 1)])
        return before, before + len(marks)

    def prune(self) -> int:
        """Drop the entries that are older than backups may be, and note that their traces have to go.

        Returns how many. The traces go with the next key that is destroyed, or at the next round that looks for them.
        """
        with self._connection.write() as connection:
            if not are_made(connection, self._connection.server):
                return 0
            last = _last(connection)
            gone = connection.execute(DROP, (self._today() - self._kept,)).rowcount
            if gone:
                (first,) = connection.execute("SELECT min(number) FROM erasure_journal").fetchone() or (None,)
                put_about(connection, BASE, str(last if first is None else first - 1))
                note_unfinished(connection)
        return gone

    def _today(self) -> date:
        return self._clock().astimezone(UTC).date()


def read_contents(connection: Rows) -> Contents:
    """Read the whole journal within the caller's transaction."""
    rows = connection.execute(READ).fetchall()
    entries = tuple(
        Entry(number, day, Mark(Erased(kind), mark, prompt, salt)) for number, day, kind, mark, prompt, salt in rows
    )
    first = entries[0].number - 1 if entries else 0  # also where a copy of the table alone was put back
    return Contents(max(int(read_about(connection, BASE) or 0), first), entries)


def put_contents(connection: Rows, contents: Contents) -> None:
    """Fill an empty journal within the caller's transaction."""
    put_about(connection, BASE, str(contents.base))
    add_entries(connection, contents.entries)


def add_entries(connection: Rows, entries: Sequence[Entry]) -> None:
    """Add entries within the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [(entry.number, entry.day, *entry.mark) for entry in entries])


def _last(connection: Rows) -> int:
    (last,) = connection.execute(LAST).fetchone() or (None,)
    return int(last or read_about(connection, BASE) or 0)
