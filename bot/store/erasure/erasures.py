"""Erases again, from an older copy of the database, what the journal says was erased since it was made.

It runs when a database is opened, before anything else reads it. What is erased and the number of the last entry are
one transaction: killed anywhere, it is done at the next start. Summaries and drafts follow right after (see
bot.services.erasure); which prompts they belong to is noted in the same transaction.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Column, delete, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.replies import Erasure
from bot.store.database import Database, keep_applied, read_applied
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Contents, Entry, Erased
from bot.store.erasure.retention import RetentionStore
from bot.store.people.group_tables import GroupStore
from bot.store.people.personal_data import PersonalStore
from bot.store.replies.events import EventApplier
from bot.store.replies.reaction_marks import ReactionMarks
from bot.store.repository import SealedRepository, chunks
from bot.store.sortings import forget_sortings
from bot.store.tables import (
    check_words,
    guilds,
    meta,
    objections,
    outcome_notices,
    people,
    pressers,
    presses,
    private_batches,
    private_replies,
    prompts,
    reaction_marks,
    reactions,
    replies,
    suggestions,
    tombstones,
)
from bot.text.dates import format_local_date

log = logging.getLogger(__name__)

REPAIRS = "erasures to repair"
CLOCKS_DIFFER = timedelta(minutes=10)
"""How far Discord's clock, by which replies are dated, may be ahead of this machine's."""
UNKNOWN = (
    "This database is older than the journal of erasures goes back (WARD_BACKUP_DAYS). What was erased between the two "
    "can’t be erased again."
)
SHORT = (
    "The journal of erasures at %s is missing, or older than the database. If this database is an old copy, what was "
    "erased since it was made is in it again. Put the newest copy of the journal back and start again."
)

ROWS: tuple[Column[str], ...] = (
    private_replies.c.code_hash,
    private_replies.c.person,
    check_words.c.code_hash,
    check_words.c.person,
    presses.c.mark,
    pressers.c.mark,
)
"""By what rows that lie under the key of a prompt or a check are named in the journal."""


class ErasureStore(SealedRepository):
    """The verb of opening an older copy, and what is left to do of it."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        pseudonyms: Pseudonyms,
        marks: ReactionMarks,
        personal: PersonalStore,
        groups: GroupStore,
        retention: RetentionStore,
    ) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._marks = marks
        self._personal = personal
        self._groups = groups
        self._retention = retention
        self._applier = EventApplier(database, sealer, pseudonyms, marks)

    async def apply(self) -> int:
        """Erase what the journal says was erased since this database was made. Returns how many entries were new."""
        journal = self._database.journal
        if journal is None:
            return 0
        held = await asyncio.to_thread(journal.read)
        async with self._database.read() as connection:
            known = await read_applied(connection)
        if known >= held.last:
            if known > held.last:
                log.warning(SHORT, journal.place)
            return 0
        async with self._database.write_again() as connection:
            # Again, now that nobody else writes: a running bot may have noted something that it has not committed.
            held, known = await asyncio.to_thread(journal.read), await read_applied(connection)
            new = [entry for entry in held.entries if entry.number > known]
            self._warn(held, known)
            touched = await self._apply(connection, new)
            await self._note_repairs(connection, touched)
            await keep_applied(self._database, connection, held.last)
        await self._database.truncate_log()
        return len(new)

    async def prune(self) -> int:
        """Drop the journal's entries that no backup can need. Returns how many."""
        journal = self._database.journal
        if journal is None or not await asyncio.to_thread(journal.is_there):
            return 0
        async with self._database.write():  # so that no other program writes the journal meanwhile
            return await asyncio.to_thread(journal.prune)

    async def to_repair(self) -> tuple[tuple[int, int], ...]:
        """Return server and id of the prompts whose summaries and drafts have yet to follow."""
        value = await self._read_scalar(select(meta.c.value).where(meta.c.name == REPAIRS))
        noted = json.loads(value) if value else []
        query = select(prompts.c.guild_id, prompts.c.id).order_by(prompts.c.id)
        waiting: list[tuple[int, int]] = []
        async with self._database.read() as connection:
            for ids in chunks(sorted(noted)):
                rows = await connection.execute(query.where(prompts.c.id.in_(ids)))
                waiting += [(guild_id, prompt_id) for guild_id, prompt_id in rows]
        return tuple(waiting)

    async def note_repaired(self) -> None:
        """Note that all of them have followed, and leave no trace of what they said in the log beside the file."""
        await self._write(delete(meta).where(meta.c.name == REPAIRS))
        await self._database.truncate_log()

    def _warn(self, held: Contents, known: int) -> None:
        if known < held.base:
            log.warning(UNKNOWN)

    async def _apply(self, connection: AsyncConnection, new: Iterable[Entry]) -> set[int]:
        """Erase what the entries name. Returns the prompts that lost anything."""
        by_kind: dict[Erased, dict[str, Entry]] = {kind: {} for kind in Erased}
        for entry in new:
            by_kind[entry.mark.kind][entry.mark.mark] = entry
        await self._erase_guilds(connection, by_kind[Erased.GUILD])
        found = (await connection.execute(select(prompts.c.id))).scalars()
        of_prompts = {self._pseudonyms.erased(Erased.PROMPT, prompt_id): prompt_id for prompt_id in found}
        touched = await self._erase_prompts(connection, of_prompts, by_kind)
        # Where all replies went by their date, nothing is collected, and no marks are needed.
        frozen = set((await connection.execute(select(prompts.c.id).where(prompts.c.frozen_at.is_not(None)))).scalars())
        of_prompts = {mark: prompt_id for mark, prompt_id in of_prompts.items() if prompt_id not in frozen}
        touched |= await self._erase_messages(connection, of_prompts, by_kind[Erased.MESSAGE])
        touched |= await self._erase_reactions(connection, of_prompts.values(), by_kind)
        touched |= await self._erase_rows(connection, by_kind[Erased.ROW])
        return touched | await self._erase_people(connection, by_kind[Erased.PERSON])

    async def _erase_guilds(self, connection: AsyncConnection, entries: Mapping[str, Entry]) -> None:
        for guild_id in (await connection.execute(select(guilds.c.id))).scalars().all():
            if self._pseudonyms.erased(Erased.GUILD, guild_id) in entries:
                await connection.execute(delete(guilds).where(guilds.c.id == guild_id))

    async def _erase_prompts(
        self, connection: AsyncConnection, of_prompts: Mapping[str, int], by_kind: Mapping[Erased, Mapping[str, Entry]]
    ) -> set[int]:
        touched = set()
        columns = prompts.c.id, prompts.c.guild_id, prompts.c.frozen_at, guilds.c.time_zone
        rows = (await connection.execute(select(*columns).join(guilds))).all()
        frozen = {of_prompts[mark]: entry for mark, entry in by_kind[Erased.PROMPT].items() if mark in of_prompts}
        for prompt_id, guild_id, frozen_at, zone in rows:
            if prompt_id in frozen and frozen_at is None:
                noon = datetime.combine(frozen[prompt_id].day, time(12), UTC)
                await self._retention.erase_in(connection, guild_id, prompt_id, format_local_date(noon, zone), noon)
                touched.add(prompt_id)
            if self._pseudonyms.erased(Erased.REPLIES, prompt_id) in by_kind[Erased.REPLIES]:
                for table in (replies, reaction_marks, private_replies, private_batches, presses, pressers):
                    await connection.execute(delete(table).where(table.c.prompt_id == prompt_id))
                await forget_sortings(connection, [prompt_id])
                touched.add(prompt_id)
        return touched

    async def _erase_messages(
        self, connection: AsyncConnection, of_prompts: Mapping[str, int], entries: Mapping[str, Entry]
    ) -> set[int]:
        """Erase replies, and leave the marks that keep their messages from coming back, also of those not held here."""
        if not entries:
            return set()
        gone: dict[int, dict[int, int]] = {}
        query = select(replies.c.id, replies.c.message_id, replies.c.prompt_id)
        for reply_id, message_id, prompt_id in (await connection.execute(query)).all():
            shown = message_id or reply_id
            if not entries.keys().isdisjoint({self._pseudonyms.tombstone(n) for n in {shown, reply_id}}):
                gone.setdefault(prompt_id, {})[reply_id] = shown
        for prompt_id, of_prompt in gone.items():
            await self._applier.erase(connection, Erasure(prompt_id, tuple(of_prompt.values())))
            for some in chunks(tuple(of_prompt)):
                await connection.execute(delete(replies).where(replies.c.id.in_(some)))
        await self._keep_out(connection, of_prompts, entries.values())
        return set(gone)

    async def _erase_reactions(
        self, connection: AsyncConnection, prompt_ids: Iterable[int], by_kind: Mapping[Erased, Mapping[str, Entry]]
    ) -> frozenset[int]:
        """Erase reactions where their replies are kept: with those, the salt of the marks is destroyed."""
        gone = by_kind[Erased.REPLIES]
        kept = [number for number in prompt_ids if self._pseudonyms.erased(Erased.REPLIES, number) not in gone]
        return await self._marks.erase_again(connection, kept, (e.mark for e in by_kind[Erased.REACTION].values()))

    async def _keep_out(
        self, connection: AsyncConnection, of_prompts: Mapping[str, int], entries: Iterable[Entry]
    ) -> None:
        marks = [
            {"mark": entry.mark.mark, "prompt_id": of_prompts[entry.mark.prompt]}
            for entry in entries
            if entry.mark.prompt in of_prompts
        ]
        for some in chunks(marks):
            await connection.execute(self._database.insert(tombstones).on_conflict_do_nothing(), some)

    async def _erase_rows(self, connection: AsyncConnection, entries: Mapping[str, Entry]) -> set[int]:
        touched: set[int] = set()
        if not entries:
            return touched
        for column in ROWS:
            names = (await connection.execute(select(column).where(column.is_not(None)).distinct())).scalars().all()
            gone = [name for name in names if self._pseudonyms.erased(Erased.ROW, name) in entries]
            for some in chunks(gone):
                erased = delete(column.table).where(column.in_(some))
                if column.table is private_replies:
                    lost = await connection.execute(erased.returning(private_replies.c.prompt_id))
                    of_lost = set(lost.scalars())
                    await forget_sortings(connection, of_lost)
                    touched.update(of_lost)
                else:
                    await connection.execute(erased)
        return touched

    async def _erase_people(self, connection: AsyncConnection, entries: Mapping[str, Entry]) -> set[int]:
        touched: set[int] = set()
        if not entries:
            return touched
        held = (replies, reactions, people, objections, outcome_notices, suggestions)
        everybody = (await connection.execute(union(*(select(table.c.person) for table in held)))).scalars().all()
        tables = await self._groups.people_in(connection)
        for person in {*everybody, *tables}:
            entry = entries.get(self._pseudonyms.erased(Erased.PERSON, person))
            if entry is None:
                continue
            guild_id = await connection.scalar(select(people.c.guild_id).where(people.c.person == person)) or 0
            until = datetime.combine(entry.day + timedelta(days=1), time(), UTC) + CLOCKS_DIFFER
            erased = await self._personal.erase_in(connection, guild_id, person, until=until)
            touched |= erased.prompts
            for of_table in tables.get(person, ()):
                await self._groups.forget_in(connection, of_table, person)
        return touched

    async def _note_repairs(self, connection: AsyncConnection, touched: set[int]) -> None:
        if not touched:
            return
        before = await connection.scalar(select(meta.c.value).where(meta.c.name == REPAIRS))
        value = json.dumps(sorted(touched.union(json.loads(before) if before else ())))
        put = self._database.insert(meta).values(name=REPAIRS, value=value)
        await connection.execute(put.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
