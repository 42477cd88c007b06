"""How a language model sorted the replies to a prompt, sealed, so that the same replies are not sent twice.

The same is kept of the themes that come back in several prompts. Nothing of it outlives a reply that it was made of:
whatever erases or rewords one takes the whole row along, in the same transaction.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.grouping import Grouping, ReturningThemes, SortedReplies
from bot.models.prompts import Prompt
from bot.plain_data import from_json, to_json
from bot.store.repository import SealedRepository, chunks
from bot.store.tables import private_replies, prompts, replies, returning_themes, sortings

Kept = TypeVar("Kept", "_Kept", "_KeptReturning")


class SortingStore(SealedRepository):
    """Verbs over the tables sortings and returning_themes."""

    async def of_prompt(self, prompt_id: int, sorted_replies: SortedReplies) -> Grouping | None:
        """Return how these very replies to a prompt were sorted; None if they were not, or other ones were."""
        kept = await self._read_kept(sortings, sortings.c.prompt_id == prompt_id, _Kept)
        return None if kept is None or kept.replies != sorted_replies else kept.grouping

    async def keep(self, prompt: Prompt, sorted_replies: SortedReplies, grouping: Grouping) -> bool:
        """Keep how replies to a prompt were sorted, in place of what was kept before.

        Nothing is kept where one of them was erased or reworded meanwhile. Returns whether it was.
        """
        values = {"prompt_id": prompt.id, "guild_id": prompt.guild_id, "row": secrets.token_hex(8)}
        values |= self._seal(sortings, values, to_json(_Kept(sorted_replies, grouping)))
        async with self._database.write() as connection:
            if not await _are_held(connection, prompt.id, sorted_replies):
                return False
            put = self._database.insert(sortings).values(values)
            await connection.execute(put.on_conflict_do_update(index_elements=["prompt_id"], set_=values))
        return True

    async def returning_of(self, sorted_replies: Mapping[int, SortedReplies]) -> ReturningThemes | None:
        """Return which themes come back in these very replies to several prompts; None if that was not asked."""
        subject = _name_subject(sorted_replies)
        kept = await self._read_kept(returning_themes, returning_themes.c.subject == subject, _KeptReturning)
        return None if kept is None or kept.replies != sorted_replies else kept.returning

    async def keep_returning(
        self, guild_id: int, sorted_replies: Mapping[int, SortedReplies], returning: ReturningThemes
    ) -> bool:
        """Keep which themes come back in several prompts, in place of what was kept of these prompts before.

        Nothing is kept where one of the replies was erased or reworded meanwhile. Returns whether it was.
        """
        values = {"subject": _name_subject(sorted_replies), "guild_id": guild_id, "row": secrets.token_hex(8)}
        values |= self._seal(returning_themes, values, to_json(_KeptReturning(sorted_replies, returning)))
        async with self._database.write() as connection:
            for prompt_id, wanted in sorted_replies.items():
                if not await _are_held(connection, prompt_id, wanted):
                    return False
            put = self._database.insert(returning_themes).values(values)
            await connection.execute(put.on_conflict_do_update(index_elements=["subject"], set_=values))
        return True

    async def forget_prompt(self, prompt_id: int) -> None:
        """Forget how the replies to a prompt were sorted, such as when one may no longer be sent."""
        async with self._database.write() as connection:
            await forget_sortings(connection, [prompt_id])

    async def forget_server(self, guild_id: int) -> None:
        """Forget how the replies in a server were sorted, such as when it switches the language model off."""
        async with self._database.write() as connection:
            for table in (sortings, returning_themes):
                await connection.execute(delete(table).where(table.c.guild_id == guild_id))

    async def forget_all(self) -> None:
        """Forget how all replies were sorted, such as when the program has no language model any longer."""
        async with self._database.write() as connection:
            for table in (sortings, returning_themes):
                await connection.execute(delete(table).where(self._is_held(table.c.guild_id)))

    async def forget_person(self, guild_id: int, user_id: int) -> None:
        """Forget how the replies to all prompts were sorted to which a person wrote, such as when they say no to it."""
        own = select(replies.c.prompt_id).where(replies.c.person == self._pseudonyms.of(guild_id, user_id))
        async with self._database.write() as connection:
            await connection.execute(delete(sortings).where(sortings.c.prompt_id.in_(own)))
            await connection.execute(delete(returning_themes).where(returning_themes.c.guild_id == guild_id))

    async def _read_kept(self, table: Table, which: ColumnElement[bool], kind: type[Kept]) -> Kept | None:
        """Read the row of a table that there is at most one of; None also if another version wrote it."""
        row = await self._read_first(select(table).where(which))
        if row is None:
            return None
        try:
            kept: Kept = from_json(self._open(table, row), kind)
        except ValueError:  # of a version that knew other fields
            return None
        return kept


@dataclass(frozen=True, slots=True)
class _Kept:
    replies: SortedReplies
    grouping: Grouping


@dataclass(frozen=True, slots=True)
class _KeptReturning:
    replies: Mapping[int, SortedReplies]
    returning: ReturningThemes


def _name_subject(prompt_ids: Collection[int]) -> str:
    return hashlib.blake2b(" ".join(map(str, sorted(prompt_ids))).encode(), digest_size=16).hexdigest()


async def _are_held(connection: AsyncConnection, prompt_id: int, wanted: SortedReplies) -> bool:
    """Say whether replies are held as they were when they were sent."""
    query = select(replies.c.id, replies.c.edited_at).where(replies.c.prompt_id == prompt_id)
    rows = (await connection.execute(query)).all()
    held = {str(row.id): "" if row.edited_at is None else row.edited_at.isoformat() for row in rows}
    if not wanted.thread.items() <= held.items():
        return False
    own = select(private_replies.c.id).where(private_replies.c.prompt_id == prompt_id)
    return set(wanted.private) <= set((await connection.execute(own)).scalars()) if wanted.private else True


async def forget_sortings(connection: AsyncConnection, prompt_ids: Collection[int]) -> None:
    """Forget how the replies to some prompts were sorted, in the transaction in which one of them goes or changes.

    Which themes come back is forgotten for the whole server: what it rests on is inside the sealed rows.
    """
    for ids in chunks(sorted(prompt_ids)):
        await connection.execute(delete(sortings).where(sortings.c.prompt_id.in_(ids)))
        of_prompts = select(prompts.c.guild_id).where(prompts.c.id.in_(ids))
        await connection.execute(delete(returning_themes).where(returning_themes.c.guild_id.in_(of_prompts)))


async def forget_sorting_of(connection: AsyncConnection, reply_id: int) -> None:
    """Forget how the replies to a prompt were sorted, before one of them, which is still there, goes or changes."""
    of_reply = (await connection.execute(select(replies.c.prompt_id).where(replies.c.id == reply_id))).scalars().all()
    await forget_sortings(connection, of_reply)
