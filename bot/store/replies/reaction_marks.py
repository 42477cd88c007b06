"""Marks of reactions that were erased, so that they are not read from Discord again.

A mark is made with a salt of its prompt, which lies in the file of keys: from the database alone, with all its keys,
nobody can work out who reacted to what. The salt is destroyed when the prompt's replies are erased, and with it what
any older copy of the database tells.

The journal of erasures has the marks locked under the same salt, with another id of it: a line of a reaction lies there
beside the line of the person who erased everything, and older copies of the database have the marks with their prompts.
So once the salt is destroyed, the two cannot be put together either.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.replies import SUPER
from bot.store.database import Database, StoreError
from bot.store.encryption.sealer import Pseudonyms, lock_mark, unlock_mark
from bot.store.erasure.journal import Erased, Mark
from bot.store.keyed.key_store import AwayError, KeyStore
from bot.store.repository import chunks
from bot.store.tables import prompts, reaction_marks, reactions, replies

log = logging.getLogger(__name__)

UNSALTED = ""
"""The salt's id of a mark from before there were salts, until the program has opened the database once."""
JOURNAL = b" in the journal"
"""What makes the id of a salt in the journal of erasures another than in the database."""


class ReactionMarks:
    """Verbs over the table reaction_marks, and over the salts of its marks."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, keys: KeyStore) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._salts = keys.of_marks()

    async def leave(
        self, connection: AsyncConnection, person: str, erased: Iterable[tuple[int, int, str]]
    ) -> tuple[Mark, ...]:
        """Leave a mark for each of a person's reactions: its prompt, its message and its emoji.

        Returns what the journal of erasures is to note where they are erased.
        """
        of_prompt: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for prompt_id, message_id, emoji in erased:
            of_prompt[prompt_id].append((message_id, emoji))
        rows: list[dict[str, Any]] = []
        noted: list[Mark] = []
        for prompt_id, reacted in of_prompt.items():
            salt = await self._salts.make(prompt_id)
            own = {"prompt_id": prompt_id, "salt_id": _salt_id(salt), "may_be_message": None}
            inner = (self._pseudonyms.reaction_tombstone(person, *each) for each in reacted)
            marks = sorted(_salted(salt, mark) for mark in inner)
            rows += [{"mark": mark, **own} for mark in marks]
            locked, salt_id = (lock_mark(_locker(salt), mark) for mark in marks), _salt_id(salt, JOURNAL)
            noted += [Mark(Erased.REACTION, mark, salt=salt_id) for mark in locked]
        if rows:
            rows.sort(key=lambda row: str(row["mark"]))
            await connection.execute(self._database.insert(reaction_marks).on_conflict_do_nothing(), rows)
        return tuple(sorted(noted))  # whatever the order of the prompts was

    async def erase_again(
        self, connection: AsyncConnection, kept: Collection[int], noted: Iterable[Mark]
    ) -> frozenset[int]:
        """Erase reactions from an older copy, and leave their marks, also of those that are not in it.

        ``noted`` is what the journal of erasures says, ``kept`` are the prompts whose replies are. Returns those that
        lost any. If a salt is gone, so are the replies; or the file of keys is lost, and what the copy has of a
        person goes with all else that they erased.
        """
        by_salt: dict[str, list[str]] = defaultdict(list)
        for mark in noted:
            by_salt[mark.salt].append(mark.mark)
        if not by_salt:
            return frozenset()
        touched = set()
        for prompt_id, salt in (await self._salts.find(await self._salts.owner_ids() & frozenset(kept))).items():
            marks = sorted(unlock_mark(_locker(salt), locked) for locked in by_salt.get(_salt_id(salt, JOURNAL), ()))
            if marks and await self._erase_marked(connection, prompt_id, salt, frozenset(marks)):
                touched.add(prompt_id)
            own = {"prompt_id": prompt_id, "salt_id": _salt_id(salt), "may_be_message": None}
            for some in chunks(marks):
                rows = [{"mark": mark, **own} for mark in some]
                await connection.execute(self._database.insert(reaction_marks).on_conflict_do_nothing(), rows)
        return frozenset(touched)

    async def _erase_marked(
        self, connection: AsyncConnection, prompt_id: int, salt: bytes, marks: Collection[str]
    ) -> bool:
        query = select(reactions, replies.c.message_id).join(replies).where(replies.c.prompt_id == prompt_id)
        erased = False
        for row in (await connection.execute(query)).all():
            if _salted(salt, self._pseudonyms.reaction_tombstone(row.person, row.message_id, row.emoji)) in marks:
                own = (reactions.c[name] == getattr(row, name) for name in ("reply_id", "person", "emoji"))
                await connection.execute(delete(reactions).where(*own))
                erased = True
        return erased

    async def has(self, connection: AsyncConnection, prompt_id: int, person: str, message_id: int, emoji: str) -> bool:
        """Say whether a reaction was erased, so that it has to stay out.

        Where the salt of any mark of the prompt is lost, nobody can tell, and all are taken to be.
        """
        of_prompt = reaction_marks.c.prompt_id == prompt_id
        salt_ids = set(
            (await connection.execute(select(reaction_marks.c.salt_id).where(of_prompt).distinct())).scalars()
        )
        if not salt_ids:
            return False
        try:
            salts = await self._known(prompt_id)
        except AwayError:  # then the reaction waits
            raise
        except StoreError as error:  # it is read from Discord again once the file can be used
            log.warning("whether a reaction was erased cannot be told: %s", error)
            return True
        if salt_ids - salts.keys():
            return True
        # Super reactions once had no name of their own, so the mark of one can be that of the emoji itself.
        names = (emoji, emoji.removeprefix(SUPER))
        inner = [self._pseudonyms.reaction_tombstone(person, message_id, name) for name in names]
        marks = _marks(salts, inner)
        return (
            await connection.scalar(select(reaction_marks.c.mark).where(reaction_marks.c.mark.in_(marks))) is not None
        )

    async def lift(self, connection: AsyncConnection, prompt_id: int, person: str, message_id: int, emoji: str) -> None:
        """Take back the mark of a reaction that Discord no longer has: one that is put there again is meant."""
        of_prompt = reaction_marks.c.prompt_id == prompt_id
        if await connection.scalar(select(reaction_marks.c.mark).where(of_prompt).limit(1)) is None:
            return
        inner = self._pseudonyms.reaction_tombstone(person, message_id, emoji)
        marks = _marks(await self._known(prompt_id), [inner])
        await connection.execute(delete(reaction_marks).where(reaction_marks.c.mark.in_(marks)))

    async def erased_messages(self, connection: AsyncConnection, message_ids: Sequence[int]) -> frozenset[int]:
        """Find those of the messages that have a mark from before reactions had a table of their own.

        Nothing tells such a mark of a message from one of a reaction, so all of them are kept as both.
        """
        # Not DISTINCT: for that, SQLite would read the index of all prompts, and not the few rows that are meant.
        query = select(reaction_marks.c.prompt_id, reaction_marks.c.salt_id)
        rows = (await connection.execute(query.where(reaction_marks.c.may_be_message.is_not(None)))).all()
        if not rows:
            return frozenset()
        prompt_ids = {row.prompt_id for row in rows if row.salt_id != UNSALTED}
        salts = {UNSALTED: b""} | {_salt_id(salt): salt for salt in (await self._salts.find(prompt_ids)).values()}
        gone: set[int] = set()
        for ids in chunks(tuple(message_ids)):
            inner = {message_id: self._pseudonyms.tombstone(message_id) for message_id in ids}
            for salt in salts.values():
                marks = {_salted(salt, mark): message_id for message_id, mark in inner.items()}
                held = select(reaction_marks.c.mark).where(reaction_marks.c.mark.in_(tuple(marks)))
                gone.update(marks[mark] for mark in (await connection.execute(held)).scalars())
        return frozenset(gone)

    async def salt_old(self) -> None:
        """Salt the marks from before there were salts, a prompt at a time. Cut short anywhere, it can be repeated."""
        old = reaction_marks.c.may_be_message.is_not(None) & (reaction_marks.c.salt_id == UNSALTED)
        async with self._database.read() as connection:
            prompt_ids = set((await connection.execute(select(reaction_marks.c.prompt_id).where(old))).scalars())
        try:
            for prompt_id in prompt_ids:
                async with self._database.write() as connection:
                    await self._salt_prompt(connection, prompt_id)
        except StoreError as error:
            log.warning("marks of erased reactions are not salted yet: %s", error)

    async def destroy_salts(self) -> None:
        """Destroy the salts of prompts whose replies were erased, so that they have no marks now.

        Where a mark was only taken back, the salt stays: the journal of erasures may name what an older copy has.
        Repeating it changes nothing. Raises NotDestroyedError if that is not certain: try again later.
        """
        # Salts are made within transactions that write, so that none is taken for one without marks meanwhile.
        async with self._database.write() as connection:
            salted = await self._salts.owner_ids()
            needed: set[int] = set()
            for ids in chunks(tuple(salted)):
                marked = select(reaction_marks.c.prompt_id).where(reaction_marks.c.prompt_id.in_(ids))
                kept = prompts.c.frozen_at.is_(None), prompts.c.gone_at.is_(None)
                held = select(prompts.c.id).where(prompts.c.id.in_(ids), *kept)
                needed.update((await connection.execute(union(marked, held))).scalars())
            if salted:
                await self._salts.destroy(salted - needed)

    async def _salt_prompt(self, connection: AsyncConnection, prompt_id: int) -> None:
        old = reaction_marks.c.prompt_id == prompt_id, reaction_marks.c.salt_id == UNSALTED
        marks = (await connection.execute(select(reaction_marks.c.mark).where(*old))).scalars().all()
        salt = await self._salts.make(prompt_id)
        for mark in marks:
            new = {"mark": _salted(salt, mark), "salt_id": _salt_id(salt)}
            await connection.execute(update(reaction_marks).where(reaction_marks.c.mark == mark).values(new))

    async def _known(self, prompt_id: int) -> dict[str, bytes]:
        """Return the salts with which marks of a prompt can be made, by their ids; no salt is one of them."""
        salt = (await self._salts.find((prompt_id,))).get(prompt_id)
        return {UNSALTED: b""} | ({} if salt is None else {_salt_id(salt): salt})


def _marks(salts: Mapping[str, bytes], inner: Collection[str]) -> list[str]:
    return [_salted(salt, mark) for salt in salts.values() for mark in inner]


def _salted(salt: bytes, mark: str) -> str:
    return hmac.digest(salt, f"reaction:{mark}".encode(), "sha256").hex()[:32] if salt else mark


def _salt_id(salt: bytes, where: bytes = b"") -> str:
    return hashlib.sha256(b"ward-to-board salt id" + where + salt).hexdigest()[:8]


def _locker(salt: bytes) -> bytes:
    return hmac.digest(salt, b"marks in the journal", "sha256")
