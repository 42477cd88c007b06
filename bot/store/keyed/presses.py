"""What people press about statements: one row a person and statement, whole under a key that is destroyed.

No two rows of one person can be joined without the key of their prompt or check, and none tells without it what was
pressed, or about what. Beside them is a row for each person who pressed, which names no statement.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.views import Choice, PressCount
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Erased
from bot.store.keyed.key_store import KeyStore
from bot.store.keyed.owner_keys import Owner, make_key
from bot.store.people.choices import Silences
from bot.store.repository import SealedRepository, chunks, write_rows
from bot.store.schema.sealed_columns import open_column, seal_column
from bot.store.tables import press_totals, pressers, presses

TAPPED = (Choice.SAME, Choice.DIFFERENT)
"""What counts as having taken part; who skips has not."""


@dataclass(frozen=True, slots=True)
class Round:
    """What presses belong to (a prompt or a check), and what people are told if they come too late.

    ``owners`` has the columns id, guild_id and state; ``owner`` names the column of presses that refers to it.
    """

    owners: Table
    owner: str
    open: str
    not_open: str

    def of(self, rows: Table) -> Column[int | None]:
        """Return the column of rows that names their owner."""
        return rows.c[self.owner]


class PressStore(SealedRepository):
    """Verbs of people over their own presses, and the counting at the end."""

    def __init__(
        self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: KeyStore, round_: Round
    ) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._keys = keys
        self._round = round_
        self._silences = Silences(database, sealer)

    async def press(
        self, owner: Owner, user_id: int, subject: str, choice: Choice | None, subjects: Collection[str]
    ) -> None:
        """Keep what a person presses about a subject, in place of what they pressed before; None takes it back.

        ``subjects`` are all that they can be shown now. Raises UserError if the owner is not open, or they have
        stopped, and StoreError as make_key does.
        """
        person = self._pseudonyms.of(owner.guild_id, user_id)
        async with self._database.write() as connection:
            await self._silences.refuse(connection, person)
            await self._refuse_ended(connection, owner)
            key = await make_key(connection, self._keys, owner, self._round.owner)
            mark = _mark(key, person, subject)
            if choice is None:
                await connection.execute(delete(presses).where(presses.c.mark == mark))
            else:
                values = {"locked": _lock(key, mark, subject, choice)}
                insert = self._database.insert(presses).values(mark=mark, **self._owned(owner), **values)
                await connection.execute(insert.on_conflict_do_update(index_elements=["mark"], set_=values))
            await self._note_presser(connection, owner, key, person, subjects)

    async def own(self, owner: Owner, user_id: int, subjects: Collection[str]) -> Mapping[str, Choice]:
        """Return what a person pressed about these subjects; nothing once the key is destroyed."""
        key = (await self._keys.find((owner.id,))).get(owner.id)
        if key is None:
            return {}
        async with self._database.read() as connection:
            return await _read_own(connection, key, self._pseudonyms.of(owner.guild_id, user_id), subjects)

    async def take_back(self, owner: Owner, user_id: int, subjects: Collection[str]) -> int:
        """Erase all that a person pressed about these subjects, as long as anybody can tell. Returns how many."""
        key = (await self._keys.find((owner.id,))).get(owner.id)
        if key is None:
            return 0
        person = self._pseudonyms.of(owner.guild_id, user_id)
        erased = 0
        async with self._database.write() as connection:
            for marks in chunks([_mark(key, person, subject) for subject in subjects]):
                gone = delete(presses).where(presses.c.mark.in_(marks)).returning(presses.c.mark)
                own = (await connection.execute(gone)).scalars().all()
                erased += len(own)
                self._note_erased(Erased.ROW, *own)
            presser = _presser(key, person)
            if await write_rows(connection, delete(pressers).where(pressers.c.mark == presser)):
                self._note_erased(Erased.ROW, presser)
        return erased

    async def drop_orphans(self, owner: Owner, subjects: Collection[str]) -> int:
        """Erase the presses about subjects that are there no more. Returns how many."""
        key = (await self._keys.find((owner.id,))).get(owner.id)
        if key is None:
            return 0
        async with self._database.write() as connection:
            held = await self._open_all(connection, owner, key)
            orphans = [mark for mark, (subject, _) in held.items() if subject not in subjects]
            for marks in chunks(orphans):
                await connection.execute(delete(presses).where(presses.c.mark.in_(marks)))
        return len(orphans)

    async def count(
        self, owner: Owner, known: Mapping[str, Collection[str]]
    ) -> tuple[int, Mapping[str, PressCount]] | None:
        """Count the presses of an owner by subject, and the people who pressed; None if that was done before.

        ``known`` has every subject with the pseudonyms of those who support it by what everybody can read: what they
        press is counted once more for nobody. Raises StoreError if somebody pressed and the key is missing: then the
        settings may name another file of keys, and nothing may be lost by that.
        """
        key = (await self._keys.find((owner.id,))).get(owner.id)
        if key is None:
            if await self.has_uncounted(owner):
                raise self._keys.missing()
            return None if await self.total(owner.id) else (0, dict.fromkeys(known, PressCount()))
        async with self._database.read() as connection:
            if await self._is_counted(connection, owner):
                return None
            held = await self._open_all(connection, owner, key)
            query = select(func.count()).select_from(pressers).where(self._round.of(pressers) == owner.id)
            people = int(await connection.scalar(query) or 0)
        marks = {
            subject: frozenset(_mark(key, person, subject) for person in persons) for subject, persons in known.items()
        }
        return people, {subject: _count(subject, held, marks[subject]) for subject in known}

    async def has_key(self, owner: Owner) -> bool:
        """Say whether the key of an owner is in the file of keys."""
        return bool(await self._keys.find((owner.id,)))

    async def give_up(self, owner: Owner) -> None:
        """Erase the presses of an owner whose key is lost: nobody can count them, nor tell whose they are."""
        async with self._database.write() as connection:
            await self.drop(connection, owner.id)

    async def keep_total(
        self, connection: AsyncConnection, owner: Owner, people: int, points: Mapping[str, PressCount] | None = None
    ) -> bool:
        """Keep how many people pressed, and of a check what about each point. False if it was kept before."""
        row = secrets.token_hex(8)
        body = {"people": people, "points": {ref: [c.same, c.different] for ref, c in (points or {}).items()}}
        values: dict[str, Any] = {**self._owned(owner), "row": row}
        values |= seal_column(self._sealer, press_totals, values, _json(body))
        insert = self._database.insert(press_totals).values(values).on_conflict_do_nothing()
        return await connection.scalar(insert.returning(press_totals.c.id)) is not None

    async def total(self, owner_id: int) -> tuple[int, Mapping[str, PressCount]] | None:
        """Return how many people pressed, and the counts of a check's points; None before that was counted."""
        row = await self._read_first(select(press_totals).where(self._round.of(press_totals) == owner_id))
        if row is None:
            return None
        body = json.loads(open_column(self._sealer, press_totals, row))
        return body["people"], {ref: PressCount(*counts) for ref, counts in body["points"].items()}

    async def has_uncounted(self, owner: Owner) -> bool:
        """Say whether anybody pressed and it is not counted yet, so that the key has to stay."""
        async with self._database.read() as connection:
            pressed = select(presses.c.mark).where(self._round.of(presses) == owner.id).limit(1)
            return await connection.scalar(pressed) is not None and not await self._is_counted(connection, owner)

    async def drop(self, connection: AsyncConnection, owner_id: int) -> None:
        """Erase all presses of an owner, within the caller's transaction: its key is gone, and they are counted."""
        for rows in (presses, pressers):
            await connection.execute(delete(rows).where(self._round.of(rows) == owner_id))

    def _owned(self, owner: Owner) -> dict[str, int]:
        return {self._round.owner: owner.id}

    async def _refuse_ended(self, connection: AsyncConnection, owner: Owner) -> None:
        owners = self._round.owners
        query = select(owners.c.id).where(
            owners.c.id == owner.id, owners.c.guild_id == owner.guild_id, owners.c.state == self._round.open
        )
        if await connection.scalar(query) is None:
            raise UserError(self._round.not_open)

    async def _is_counted(self, connection: AsyncConnection, owner: Owner) -> bool:
        query = select(press_totals.c.id).where(self._round.of(press_totals) == owner.id)
        return await connection.scalar(query) is not None

    async def _note_presser(
        self, connection: AsyncConnection, owner: Owner, key: bytes, person: str, subjects: Collection[str]
    ) -> None:
        """Keep the row of a person who pressed for as long as they have pressed about anything."""
        own = await _read_own(connection, key, person, subjects)
        mark = _presser(key, person)
        if any(choice in TAPPED for choice in own.values()):
            insert = self._database.insert(pressers).values(mark=mark, **self._owned(owner))
            await connection.execute(insert.on_conflict_do_nothing())
        else:
            await connection.execute(delete(pressers).where(pressers.c.mark == mark))

    async def _open_all(self, connection: AsyncConnection, owner: Owner, key: bytes) -> dict[str, tuple[str, Choice]]:
        rows = await connection.execute(select(presses).where(self._round.of(presses) == owner.id))
        return {row.mark: _unlock(key, row.mark, row.locked) for row in rows}


def _mark(key: bytes, person: str, subject: str) -> str:
    """Return the pseudonym of a person with a subject under an owner's key, in 32 hex digits."""
    return hmac.digest(key, f"press:{person}:{subject}".encode(), "sha256").hex()[:32]


def _presser(key: bytes, person: str) -> str:
    return hmac.digest(key, f"presser:{person}".encode(), "sha256").hex()[:32]


def _locker(key: bytes) -> Sealer:
    return Sealer(hmac.digest(key, b"what was pressed", "sha256"))


def _lock(key: bytes, mark: str, subject: str, choice: Choice) -> bytes:
    # The choices have one length, and the subjects of one owner nearly: what is locked does not tell by its size.
    return _locker(key).seal(f"{choice.value}{subject:<8}", f"presses:{mark}")


def _unlock(key: bytes, mark: str, locked: bytes) -> tuple[str, Choice]:
    locker = _locker(key)
    text = locker.open(locked, f"presses:{mark}", locker.key_id)
    return text[1:].rstrip(), Choice(text[0])


async def _read_own(
    connection: AsyncConnection, key: bytes, person: str, subjects: Collection[str]
) -> dict[str, Choice]:
    marks = {_mark(key, person, subject): subject for subject in subjects}
    own: dict[str, Choice] = {}
    for some in chunks(tuple(marks)):
        rows = await connection.execute(select(presses).where(presses.c.mark.in_(some)))
        own.update((marks[row.mark], _unlock(key, row.mark, row.locked)[1]) for row in rows)
    return own


def _count(subject: str, held: Mapping[str, tuple[str, Choice]], known: Collection[str]) -> PressCount:
    same = [mark for mark, pressed in held.items() if pressed == (subject, Choice.SAME)]
    different = sum(pressed == (subject, Choice.DIFFERENT) for pressed in held.values())
    return PressCount(len(same), different, sum(mark not in known for mark in same))


def _json(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True)
