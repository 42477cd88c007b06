"""The journal of erasures: keyed marks of what was erased, beside the keys and apart from the database.

It is a file, or a table on the server that two machines share their keys on (bot.store.postgres.erasure_table).

An older copy of the database does not know what was erased since. When it is opened, the journal tells (see
bot.store.erasure.erasures). A line holds a number, the day, a kind and keyed marks: no words, and no ids in clear. The
marks are made with the pseudonym key, which every copy of the database holds sealed and which no change of the data
key changes. Whoever has the journal alone learns how much was erased on which day. The line of a reaction lies beside
that of the person who erased everything, so its mark is locked with the salt of its prompt: see
bot.store.replies.reaction_marks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from bot.models.database_server import Place
from bot.store.faults import StoreError

TAIL = 4_096
"""How many bytes at the end of a journal hold its last line for certain."""
HEADER = "ward-to-board erasures"
JOURNAL_END = ".erasures"
"""What the file's name ends in where it lies beside the prompt keys."""
BACKUP_DAYS = 30
"""How many days an entry is kept where nobody says otherwise: as long as backups may live."""
CANNOT_BE_USED = (
    "The journal of erasures at {path} can’t be used, so nothing was erased. Give the bot’s user the right to write "
    "it and its folder, and check WARD_ERASURES and the disk."
)


def utc_now() -> datetime:
    """Return the time by this machine's clock."""
    return datetime.now(UTC)


class Erased(StrEnum):
    """What was erased."""

    PERSON = "person"
    MESSAGE = "message"
    REACTION = "reaction"
    ROW = "row"
    REPLIES = "replies"
    PROMPT = "prompt"
    GUILD = "guild"


class Mark(NamedTuple):
    """The mark of one thing that was erased, and of the prompt that it belonged to, if that has to be found again.

    ``salt`` tells, of a reaction, under which salt its mark is locked: without that, it names nobody and no prompt.
    """

    kind: Erased
    mark: str
    prompt: str = ""
    salt: str = ""


class Entry(NamedTuple):
    """A mark with its number and the day on which it was noted, in UTC: more would tell who took what back."""

    number: int
    day: date
    mark: Mark


@dataclass(frozen=True, slots=True)
class Contents:
    """A journal as it was read. Entries up to the number ``base`` were dropped because of their age."""

    base: int = 0
    entries: tuple[Entry, ...] = ()

    @property
    def last(self) -> int:
        """Return the number of the last entry that was ever made."""
        return self.entries[-1].number if self.entries else self.base


class Journal(Protocol):
    """Entries that are only ever added, but for those that are older than any backup may be.

    Its callers hold the database's write lock, so that two programs never write it at once. Raises StoreError if it
    cannot be used.
    """

    @property
    def place(self) -> Place:
        """Where it lies, for whoever runs the bot."""

    def is_there(self) -> bool:
        """Tell whether anything was ever noted in it."""

    def read(self) -> Contents:
        """Read the whole journal; an empty one if there is none yet."""

    def append(self, marks: Sequence[Mark], known: int) -> tuple[int, int]:
        """Add marks, for certain: they are on the disk when this returns.

        ``known`` is the last number that the database knows. Returns the last number before and after.
        """

    def prune(self) -> int:
        """Drop the entries that are older than backups may be. Returns how many."""


class ErasureJournal:
    """A file to which lines are only ever added, but for those that are older than any backup may be.

    Its callers hold the database's write lock, so that two programs never write it at once. Raises StoreError if it
    cannot be used.
    """

    def __init__(self, path: Path, days: int = BACKUP_DAYS, clock: Callable[[], datetime] = utc_now) -> None:
        self.path = path
        self._clock = clock
        self._kept = timedelta(days=days)

    @property
    def place(self) -> Place:
        """Where it lies, for whoever runs the bot."""
        return self.path

    def is_there(self) -> bool:
        """Tell whether there is a file."""
        return self.path.exists()

    def read(self) -> Contents:
        """Read the whole journal; an empty one if there is no file yet."""
        try:
            return _parse(self.path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return Contents()
        except (OSError, ValueError):
            raise StoreError(CANNOT_BE_USED, self.path) from None

    def append(self, marks: Sequence[Mark], known: int) -> tuple[int, int]:
        """Add marks, for certain: they are on the disk when this returns.

        ``known`` is the last number that the database knows. Returns the last number before and after.
        """
        day = self._clock().astimezone(UTC).date()
        try:
            if not self.path.exists():
                self._write_whole(Contents(known))
            with self.path.open("r+b") as file:
                start = max(0, file.seek(0, os.SEEK_END) - TAIL)
                file.seek(start)
                whole, _, cut = file.read().rpartition(b"\n")
                last = _number_of(whole.rpartition(b"\n")[2].decode("ascii"))
                before = max(last, known)
                lines = [_line(Entry(before + place, day, mark)) for place, mark in enumerate(marks, 1)]
                file.seek(-len(cut), os.SEEK_END)  # a line that was cut short by a kill goes
                file.truncate()
                file.write("".join(lines).encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
        except (OSError, ValueError):
            raise StoreError(CANNOT_BE_USED, self.path) from None
        return before, before + len(marks)

    def prune(self) -> int:
        """Drop the entries that are older than backups may be. Returns how many."""
        held, first = self.read(), (self._clock().astimezone(UTC) - self._kept).date()
        kept = tuple(entry for entry in held.entries if entry.day >= first)
        gone = len(held.entries) - len(kept)
        if gone:
            try:
                self._write_whole(Contents(kept[0].number - 1 if kept else held.last, kept))
            except OSError:
                raise StoreError(CANNOT_BE_USED, self.path) from None
        return gone

    def _write_whole(self, contents: Contents) -> None:
        """Put a new file in the place of the old one, in one step."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = self.path.with_name(f"{self.path.name}.new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(f"{HEADER} {contents.base}\n" + "".join(map(_line, contents.entries)))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _line(entry: Entry) -> str:
    kind, mark, prompt, salt = entry.mark
    return f"{entry.number} {entry.day.isoformat()} {kind} {mark} {prompt or '-'} {salt or '-'}\n"


def _number_of(line: str) -> int:
    """Return the number of a line, or of the header. Raises ValueError if it is neither."""
    return int(line.rsplit(" ", 1)[1] if line.startswith(f"{HEADER} ") else line.split(" ", 1)[0])


def _parse(text: str) -> Contents:
    """Read the lines; the last one counts only if it is whole. Raises ValueError if it is no journal."""
    header, *lines = text[: text.rfind("\n") + 1].splitlines() or [""]
    if not header.startswith(f"{HEADER} "):
        raise ValueError("not a journal")
    entries = []
    for line in lines:
        number, day, kind, mark, *more = line.split(" ")
        prompt, salt = ("" if value == "-" else value for value in more)
        entries.append(Entry(int(number), date.fromisoformat(day), Mark(Erased(kind), mark, prompt, salt)))
    return Contents(int(header.rsplit(" ", 1)[1]), tuple(entries))
