"""Private replies after their release: in batches that reviewers read first, and summaries afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, exists, func, or_, select, update

from bot.errors import UserError
from bot.models.private import LEAST_SHOWN, Batch, PrivateReply
from bot.store.key_rotation import renew
from bot.store.keyed.private_rows import PrivateRows
from bot.store.tables import guilds, private_batches, private_replies, prompts

NO_BATCH = "There are no such private replies in this server. They may have been withdrawn or erased."
NO_REPLY = "That private reply is not here. It may have been withdrawn or erased."

HELD_BACK = prompts.c.gone_at.is_not(None) & (prompts.c.keep_reason == "")
"""Whose thread was deleted, and whose replies nobody decided to keep."""


class PrivateBatches(PrivateRows):
    """Verbs over the table private_batches, and over the replies in them. Nothing here tells who wrote a reply."""

    async def batch(self, guild_id: int, batch_id: int) -> Batch:
        """A batch of this server. Raises UserError where there is none."""
        found = await self._batches(private_batches.c.guild_id == guild_id, private_batches.c.id == batch_id)
        if not found:
            raise UserError(NO_BATCH)
        return found[0]

    async def waiting(self, guild_id: int) -> tuple[Batch, ...]:
        """The batches of a server that no reviewer let into summaries yet, the oldest first.

        Those of which fewer than LEAST_SHOWN are left are not among them.
        """
        return await self._waiting(private_batches.c.guild_id == guild_id)

    async def untold(self) -> tuple[Batch, ...]:
        """The waiting batches of which the facilitators were not told yet, of all servers that the bot is in."""
        bot_is_in = select(guilds.c.id).where(guilds.c.left_at.is_(None))
        return await self._waiting(private_batches.c.told.is_(False), private_batches.c.guild_id.in_(bot_is_in))

    async def note_told(self, batch: Batch) -> None:
        """Note that the facilitators were told of a batch."""
        async with self._database.write() as connection:
            await connection.execute(update(private_batches).where(private_batches.c.id == batch.id).values(told=True))

    async def of_batch(self, guild_id: int, batch_id: int) -> tuple[PrivateReply, ...]:
        """What is left of a batch, those left out of summaries too, in random order (by id).

        () where fewer than LEAST_SHOWN are left. Raises UserError where the server has no such batch.
        """
        await self.batch(guild_id, batch_id)
        found = await self._replies(_rows().where(private_replies.c.batch_id == batch_id))
        return found if len(found) >= LEAST_SHOWN else ()

    async def let_in(self, guild_id: int, batch_id: int, user_id: int, now: datetime) -> Batch:
        """Let a batch into summaries: somebody has read it. The first time counts, and who it was then."""
        values = {"seen_at": now, "seen_by": self._pseudonyms.of(guild_id, user_id), "told": True}
        wanted = private_batches.c.guild_id == guild_id, private_batches.c.id == batch_id
        async with self._database.write() as connection:
            await connection.execute(
                update(private_batches).where(*wanted, private_batches.c.seen_at.is_(None)).values(values)
            )
        return await self.batch(guild_id, batch_id)

    async def leave_out(self, guild_id: int, reply_id: str, reason: str) -> None:
        """Leave a released reply out of summaries, and keep the reason, sealed.

        Raises UserError where this server has no such reply.
        """
        sealed = self._sealer.seal(reason, f"private_replies:{reply_id}:left out")
        await self._judge(guild_id, reply_id, sealed)

    async def put_back(self, guild_id: int, reply_id: str) -> None:
        """Let summaries read a reply again that was left out. Raises UserError as leave_out does."""
        await self._judge(guild_id, reply_id, None)

    async def shown_for_prompt(self, prompt_id: int) -> tuple[PrivateReply, ...]:
        """What the summary of a prompt may read besides its thread, in random order (by id).

        That is the prompt's own batch, and those of its checks, once a reviewer let them in, without what was left out;
        nothing of a batch of which fewer than LEAST_SHOWN are left, and () where the thread was deleted and nobody
        decided to keep its replies.
        """
        return await self._shown(private_batches.c.prompt_id == prompt_id)

    async def shown_for_series(self, series_id: int) -> tuple[PrivateReply, ...]:
        """What the summary of a whole series may read: the batches of its prompts, and those of several together.

        The rules of shown_for_prompt hold for each batch by itself.
        """
        of_series = select(prompts.c.id).where(prompts.c.series_id == series_id)
        return await self._shown(
            or_(private_batches.c.series_id == series_id, private_batches.c.prompt_id.in_(of_series))
        )

    async def _shown(self, *wanted: ColumnElement[bool]) -> tuple[PrivateReply, ...]:
        query = (
            _rows()
            .join(private_batches, private_batches.c.id == private_replies.c.batch_id)
            .join(prompts, prompts.c.id == private_replies.c.prompt_id)
            .where(private_batches.c.seen_at.is_not(None), private_replies.c.left_out_sealed.is_(None), ~HELD_BACK)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query.where(*wanted))).mappings().all()
        left = Counter(row["batch_id"] for row in rows)
        return self._opened(row for row in rows if left[row["batch_id"]] >= LEAST_SHOWN)

    async def _judge(self, guild_id: int, reply_id: str, left_out: bytes | None) -> None:
        of_guild = select(private_batches.c.id).where(private_batches.c.guild_id == guild_id)
        wanted = private_replies.c.id == reply_id, private_replies.c.batch_id.in_(of_guild)
        async with self._database.write() as connection:
            # The reason is under the first key, so the rest of the row has to be too.
            await connection.run_sync(renew, self._sealer, private_replies, *wanted)
            result = await connection.execute(update(private_replies).where(*wanted).values(left_out_sealed=left_out))
        if not result.rowcount:
            raise UserError(NO_REPLY)

    async def _waiting(self, *wanted: ColumnElement[bool]) -> tuple[Batch, ...]:
        is_free = ~exists().where(prompts.c.id == private_batches.c.prompt_id, HELD_BACK)
        found = await self._batches(private_batches.c.seen_at.is_(None), is_free, *wanted)
        return tuple(batch for batch in found if batch.replies >= LEAST_SHOWN)

    async def _batches(self, *wanted: ColumnElement[bool]) -> tuple[Batch, ...]:
        left = (
            select(func.count())
            .where(private_replies.c.batch_id == private_batches.c.id)
            .scalar_subquery()
            .label("left")
        )
        query = select(private_batches, left).where(*wanted).order_by(private_batches.c.id)
        async with self._database.read() as connection:
            return tuple(_batch(row) for row in (await connection.execute(query)).mappings())

    async def _replies(self, query: Select[Any]) -> tuple[PrivateReply, ...]:
        async with self._database.read() as connection:
            return self._opened((await connection.execute(query)).mappings().all())

    def _opened(self, rows: Iterable[RowMapping]) -> tuple[PrivateReply, ...]:
        return tuple(self._reply(row) for row in rows)


def _rows() -> Select[Any]:
    return select(private_replies).order_by(private_replies.c.id)


def _batch(row: RowMapping) -> Batch:
    return Batch(
        id=row["id"],
        guild_id=row["guild_id"],
        prompt_id=row["prompt_id"],
        series_id=row["series_id"],
        released_on=row["released_on"],
        seen_at=row["seen_at"],
        replies=row["left"],
        check_id=row["check_id"],
    )
