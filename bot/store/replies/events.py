"""Applies events of replies and reactions inside a transaction, and leaves the marks of what was erased.

What a person erased, or made while they had stopped, stays out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.replies import Arrival, Edit, Erasure, Reaction, ReactionsCleared, ReplyEvent
from bot.replies.opt_outs import covers
from bot.store.database import Database
from bot.store.encryption.sealer import ChangedRowError, Pseudonyms, Sealer, WrongKeyError
from bot.store.erasure.journal import Erased, Mark
from bot.store.people.choices import Silences
from bot.store.replies.reaction_marks import ReactionMarks
from bot.store.replies.reactions import Reactions
from bot.store.repository import chunks
from bot.store.schema.sealed_columns import change_sealed, open_column, seal_rows, select_sealed
from bot.store.sortings import forget_sortings
from bot.store.statements import follow_edit_in
from bot.store.tables import prompts, reaction_marks, replies, tombstones


def _open_to() -> Select[tuple[int, int, datetime | None, bool]]:
    # What is erased in a channel is noted with one of its prompts, whichever it was a reply to.
    neighbours = prompts.alias()
    in_channel = neighbours.c.channel_id == prompts.c.channel_id
    marked = exists().where(tombstones.c.prompt_id == neighbours.c.id, in_channel).correlate(prompts)
    before = reaction_marks.c.prompt_id == neighbours.c.id, reaction_marks.c.may_be_message.is_not(None)
    marked_before = exists().where(*before, in_channel).correlate(prompts)
    is_marked = or_(marked, marked_before).label("marked")
    query = select(prompts.c.id, prompts.c.guild_id, prompts.c.closed_at, is_marked)
    return query.where(prompts.c.id.in_(bindparam("ids", expanding=True)), prompts.c.frozen_at.is_(None))


_OPEN_TO = _open_to()  # made once: to make it takes as long as the rest of a small group

Written = tuple[Arrival, str]
"""An arrival and its author's pseudonym."""
Owners = Mapping[int, tuple[int, datetime | None]]
"""The server of each prompt, and when it was closed."""


@dataclass(frozen=True, slots=True)
class AppliedEvents:
    """What a group of events changed: replies that are new, and the prompts where any were erased or reworded.

    ``arrived`` are the prompts to which replies came, where any is new: some of them may have been held before.
    """

    stored: int
    erased: frozenset[int]
    reworded: frozenset[int] = frozenset()
    arrived: frozenset[int] = frozenset()


class EventApplier:
    """Writes over the tables replies and tombstones; every method works within its caller's transaction."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, marks: ReactionMarks) -> None:
        self._database = database
        self._sealer = sealer
        self._pseudonyms = pseudonyms
        self._marks = marks
        self.silences = Silences(database, sealer)
        self._reacting = Reactions(database, pseudonyms, self.silences, marks)

    async def apply(self, connection: AsyncConnection, events: Sequence[ReplyEvent]) -> AppliedEvents:
        """Apply events in order. Applying them again changes nothing."""
        stored = 0
        erased: set[int] = set()
        reworded: set[int] = set()
        arrived: set[int] = set()
        for kind, run in groupby(events, type):
            if kind is Arrival:
                arrivals = [e for e in run if isinstance(e, Arrival)]
                if new := await self.arrive(connection, arrivals):
                    stored += new
                    arrived.update(arrival.prompt_id for arrival in arrivals)
                continue
            for event in run:
                match event:
                    case Erasure():
                        erased |= await self.erase(connection, event)
                    case Edit():
                        taken, changed = await self._edit(connection, event)
                        erased |= taken
                        reworded |= changed
                    case Reaction():
                        await self._reacting.react(connection, event)
                    case ReactionsCleared():
                        await self._reacting.clear(connection, event)
        return AppliedEvents(stored, frozenset(erased), frozenset(reworded), frozenset(arrived))

    async def arrive(self, connection: AsyncConnection, arrivals: Sequence[Arrival]) -> int:
        """Store what is new, was not erased, and is by people who did not stop. Returns how many."""
        owners, has_marks = await self._open_to(connection, {a.prompt_id for a in arrivals})
        kept = [a for a in arrivals if a.prompt_id in owners]
        if has_marks:
            gone = await self.erased(connection, [a.message_id for a in kept if a.message_id is not None])
            kept = [a for a in kept if a.message_id not in gone]
        people = _PseudonymCache(self._pseudonyms.of)  # a group holds much by the same few people
        written = [(a, people[a.guild_id, a.author_id]) for a in kept]
        silent = await self.silences.of(connection, {person for _, person in written})
        if silent:
            written = [(a, person) for a, person in written if not covers(silent.get(person, ()), a)]
        rows = self._seal_rows(written, owners)
        for row in rows:
            del row["guild_id"]  # the prompt's, which is bound in
        return await self._database.insert_new(connection, replies, rows) if rows else 0

    async def row(self, connection: AsyncConnection, arrival: Arrival) -> dict[str, Any] | None:
        """Return the sealed row of one arrival, with its prompt's server as ``guild_id``.

        None if its prompt, or the time of its replies, is over.
        """
        owners, _ = await self._open_to(connection, {arrival.prompt_id})
        if arrival.prompt_id not in owners:
            return None
        person = self._pseudonyms.of(arrival.guild_id, arrival.author_id)
        (row,) = self._seal_rows([(arrival, person)], owners)
        return row

    async def erase(self, connection: AsyncConnection, erasure: Erasure) -> set[int]:
        """Erase the replies that messages showed, and leave their marks. Returns the prompts that lost replies."""
        if await connection.scalar(select(prompts.c.id).where(prompts.c.id == erasure.prompt_id)) is None:
            return set()
        marks = [
            {"mark": self._pseudonyms.tombstone(message_id), "prompt_id": erasure.prompt_id}
            for message_id in erasure.message_ids
        ]
        if marks:
            await connection.execute(self._database.insert(tombstones).on_conflict_do_nothing(), marks)
        self._note_erased(erasure.prompt_id, erasure.message_ids)
        await forget_sortings(connection, [erasure.prompt_id])
        lost: Counter[int] = Counter()
        for ids in chunks(erasure.message_ids):
            # In a channel the event cannot tell to which of its prompts the message was a reply.
            query = delete(replies).where(replies.c.message_id.in_(ids)).returning(replies.c.prompt_id, replies.c.id)
            gone = (await connection.execute(query)).all()
            lost.update(row.prompt_id for row in gone)
            # An older copy may hold a form's reply without its message.
            self._note_erased(erasure.prompt_id, [row.id for row in gone])
        await forget_sortings(connection, lost)
        for prompt_id, count in lost.items():
            counted = update(prompts).where(prompts.c.id == prompt_id).values(erased=prompts.c.erased + count)
            await connection.execute(counted)
        return set(lost)

    async def erased(self, connection: AsyncConnection, message_ids: Collection[int]) -> frozenset[int]:
        """Find those of the messages that have a mark."""
        gone: set[int] = set()
        for chunk in chunks(tuple(message_ids)):  # also the marks are made in runs: to make 12,000 takes a while
            marks = {self._pseudonyms.tombstone(message_id): message_id for message_id in chunk}
            rows = await connection.execute(select(tombstones.c.mark).where(tombstones.c.mark.in_(tuple(marks))))
            gone.update(marks[mark] for mark in rows.scalars())
        return frozenset(gone) | await self._marks.erased_messages(connection, tuple(message_ids))

    def _note_erased(self, prompt_id: int, message_ids: Collection[int]) -> None:
        of_prompt = self._pseudonyms.erased(Erased.PROMPT, prompt_id)
        marks = dict.fromkeys(self._pseudonyms.tombstone(message_id) for message_id in message_ids)
        self._database.note_erased(*(Mark(Erased.MESSAGE, mark, of_prompt) for mark in marks))

    async def _open_to(
        self, connection: AsyncConnection, prompt_ids: Collection[int]
    ) -> tuple[dict[int, tuple[int, datetime | None]], bool]:
        """Read the server of those prompts whose replies are kept, and when they were closed.

        Also whether any message has a mark near them.

        Mostly none has.
        """
        rows = (await connection.execute(_OPEN_TO, {"ids": list(prompt_ids)})).all()
        return {row.id: (row.guild_id, row.closed_at) for row in rows}, any(row.marked for row in rows)

    def _seal_rows(self, written: Sequence[Written], owners: Owners) -> list[dict[str, Any]]:
        """Return the sealed rows of arrivals, each with its prompt's server."""
        rows = [_unsealed_row(arrival, person, *owners[arrival.prompt_id]) for arrival, person in written]
        seal_rows(self._sealer, replies, rows, [arrival.text for arrival, _ in written])
        return rows

    async def _edit(self, connection: AsyncConnection, edit: Edit) -> tuple[set[int], set[int]]:
        """Reword a reply. Returns the prompts where it was erased, and those where it was reworded.

        One with the same words as before changes nothing, whatever its time: all that shows the reply is right.
        The new words of somebody who has stopped are not collected, and the old ones they took out: so both go.
        """
        newer = or_(replies.c.edited_at.is_(None), replies.c.edited_at < edit.edited_at)
        if await self.silences.over(connection, edit):
            prompt_id = await connection.scalar(select(replies.c.prompt_id).where(replies.c.id == edit.id, newer))
            return (set() if prompt_id is None else await self.erase(connection, Erasure(prompt_id, (edit.id,)))), set()
        if await self._says_already(connection, edit):
            return set(), set()
        this = replies.c.id == edit.id, newer
        reworded = set((await connection.execute(select(replies.c.prompt_id).where(*this))).scalars())
        if reworded:
            edited, words = {"edited_at": edit.edited_at}, {"sealed": edit.text}
            await connection.run_sync(change_sealed, self._sealer, replies, this, edited, words)
            await follow_edit_in(connection, self._sealer, edit.id, edit.text)
            await forget_sortings(connection, reworded)
        return set(), reworded

    async def _says_already(self, connection: AsyncConnection, edit: Edit) -> bool:
        """Say whether a reply has the words of an edit. One that no key opens counts as having others."""
        row = (await connection.execute(select_sealed(replies).where(replies.c.id == edit.id))).mappings().first()
        if row is None:
            return False
        with suppress(WrongKeyError, ChangedRowError):
            return open_column(self._sealer, replies, row) == edit.text
        return False


def _unsealed_row(arrival: Arrival, person: str, guild_id: int, closed_at: datetime | None) -> dict[str, Any]:
    return {
        "id": arrival.id,
        "prompt_id": arrival.prompt_id,
        "guild_id": guild_id,
        "person": person,
        "kind": arrival.kind.value,
        "message_id": arrival.message_id,
        "reply_to": arrival.reply_to,
        "created_at": arrival.created_at,
        "edited_at": arrival.edited_at,
        "attachments": arrival.attachments,
        "late": closed_at is not None and arrival.created_at > closed_at,
    }


class _PseudonymCache(dict[tuple[int, int], str]):
    """Pseudonyms by server and person, each of which is worked out a single time."""

    def __init__(self, of: Callable[[int, int], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, key: tuple[int, int]) -> str:
        person = self[key] = self._of(*key)
        return person
