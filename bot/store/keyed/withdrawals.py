"""Private replies whose author asked by code to have them erased: noted at once, and erased together, once a day.

The note is a keyed mark of the code that no row of a reply has, with no time but that of the next erasing, which is the
same for all. So whoever watches cards, summaries or the database sees only what has gone on a day, not when each was
asked for. Where a prompt or a check ends before that hour, what is noted is erased before anything is released.

The journal of erasures has it from the moment at which it is asked for, so that no older copy lacks the note, and again
when it is done, for copies from between. An older copy that is put back loses all of them at once when it is opened,
and not at the hour: nothing tells there which hour was meant.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.outside_changes import OutsideChange, OutsideKind
from bot.replies.withdrawal_codes import hash_code
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Erased, Mark
from bot.store.outside_changes import note_outside
from bot.store.repository import SealedRepository, chunks
from bot.store.sortings import forget_sortings
from bot.store.tables import check_words, checks, private_batches, private_replies, prompts, withdrawals


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a day's erasing took: the prompts whose private replies it took, each with its server, and their batches."""

    prompts: Mapping[int, int] = field(default_factory=dict)
    batch_ids: frozenset[int] = frozenset()


class WithdrawalStore(SealedRepository):
    """Verbs over the table withdrawals, and over the rows that codes name."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms) -> None:
        super().__init__(database, sealer, pseudonyms)

    async def note(self, guild_id: int, code: str, due_at: datetime) -> datetime | None:
        """Note that the private reply of a code is to go at ``due_at``, whoever types it.

        Returns when it goes, which is earlier where it was noted before; None where this server has no such reply. What
        somebody says is missing in an open check is one to be.
        """
        hashed = hash_code(code)
        if hashed is None:
            return None
        mark = self._pseudonyms.withdrawal(hashed)
        async with self._database.write() as connection:
            held = await _find_coded(connection, guild_id, hashed)
            if held is None:
                return None
            put = self._database.insert(withdrawals).values(mark=mark, guild_id=guild_id, due_at=due_at)
            if await connection.scalar(put.on_conflict_do_nothing().returning(withdrawals.c.mark)) is not None:
                # As long as it can be told whose it is, what they wrote before goes from older copies too.
                self._note_erased(Erased.ROW, hashed, *([] if held.person is None else [held.person]))
            noted: datetime | None = await connection.scalar(
                select(withdrawals.c.due_at).where(withdrawals.c.mark == mark)
            )
        return noted

    async def take_effect(self, now: datetime) -> Withdrawn:
        """Erase, in one transaction, all whose hour has come. Repeating it changes nothing."""
        due = and_(withdrawals.c.due_at <= now, self._is_held(withdrawals.c.guild_id))
        async with self._database.write() as connection:
            rows = (await connection.execute(select(withdrawals.c.guild_id, withdrawals.c.mark).where(due))).all()
            if not rows:
                return Withdrawn()
            marks = frozenset(row.mark for row in rows)
            servers = select(withdrawals.c.guild_id).where(due)
            own = prompts.c.guild_id.in_(servers)
            replies = select(private_replies, prompts.c.guild_id.label("guild_id")).join(prompts).where(own)
            words = select(check_words).join(checks).where(checks.c.guild_id.in_(servers))
            gone = await erase_marked(connection, self._database, self._pseudonyms, replies, private_replies, marks)
            await erase_marked(connection, self._database, self._pseudonyms, words, check_words, marks)
            await connection.execute(delete(withdrawals).where(due))
            lost = (OutsideChange(OutsideKind.ERASED, row["guild_id"], row["prompt_id"]) for row in gone)
            await note_outside(self._database, connection, *dict.fromkeys(lost))
        await self._database.truncate_log()
        return Withdrawn(
            {row["prompt_id"]: row["guild_id"] for row in gone},
            frozenset(row["batch_id"] for row in gone if row["batch_id"] is not None),
        )

    async def next_due(self) -> datetime | None:
        """Return when something is to be erased next; None where nothing is noted."""
        moment: datetime | None = await self._read_scalar(
            select(func.min(withdrawals.c.due_at)).where(self._is_held(withdrawals.c.guild_id))
        )
        return moment

    async def waits_for(self, prompt_id: int) -> datetime | None:
        """Return when the next released private reply to a prompt goes; None where none is noted.

        Whether any is noted is told of a prompt only, never of which reply.
        """
        async with self._database.read() as connection:
            own = select(prompts.c.guild_id).where(prompts.c.id == prompt_id).scalar_subquery()
            of_server = select(withdrawals.c.mark, withdrawals.c.due_at).where(withdrawals.c.guild_id == own)
            rows = await connection.execute(of_server)
            noted = {row.mark: row.due_at for row in rows}
            if not noted:
                return None
            of_batches = private_batches.c.prompt_id == prompt_id
            query = select(private_replies.c.code_hash).join(private_batches).where(of_batches)
            marks = map(self._pseudonyms.withdrawal, (await connection.execute(query)).scalars())
            return min((noted[mark] for mark in marks if mark in noted), default=None)


async def erase_noted(
    connection: AsyncConnection, database: Database, pseudonyms: Pseudonyms, rows: Table, wanted: Any
) -> None:
    """Erase those of an owner's rows that are noted, before they are released, within the caller's transaction."""
    noted = frozenset((await connection.execute(select(withdrawals.c.mark))).scalars())
    if not noted:
        return
    for row in await erase_marked(connection, database, pseudonyms, select(rows).where(wanted), rows, noted):
        mark = pseudonyms.withdrawal(row["code_hash"])
        await connection.execute(delete(withdrawals).where(withdrawals.c.mark == mark))


async def erase_marked(
    connection: AsyncConnection,
    database: Database,
    pseudonyms: Pseudonyms,
    query: Any,
    rows: Table,
    marks: Collection[str],
) -> list[Any]:
    """Erase those of a query's rows whose code has one of these marks, and note it in the journal. Returns them."""
    held = (await connection.execute(query)).mappings()
    gone = [row for row in held if pseudonyms.withdrawal(row["code_hash"]) in marks]
    for ids in chunks([row["id"] for row in gone]):
        await connection.execute(delete(rows).where(rows.c.id.in_(ids)))
    if rows is private_replies:
        await forget_sortings(connection, {row["prompt_id"] for row in gone if row["prompt_id"] is not None})
    names = (pseudonyms.erased(Erased.ROW, row["code_hash"]) for row in gone)
    database.note_erased(*(Mark(Erased.ROW, name) for name in names))
    return gone


async def _find_coded(connection: AsyncConnection, guild_id: int, hashed: str) -> Row[Any, Any] | None:
    """Find the row of a server that a code names, with its ``person``."""
    for rows, owners in ((private_replies, prompts), (check_words, checks)):
        coded: tuple[ColumnElement[bool], ...] = (rows.c.code_hash == hashed, owners.c.guild_id == guild_id)
        row = (await connection.execute(select(rows.c.id, rows.c.person).join(owners).where(*coded))).first()
        if row is not None:
            return row
    return None
