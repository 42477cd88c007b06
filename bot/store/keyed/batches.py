"""Private replies after their release: in batches that reviewers read first, and summaries afterwards.

Here is also how the words of a private reply are sealed and opened.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.private import LEAST_SHOWN, Batch, PrivateReply, Quoting
from bot.store.encryption.sealer import Sealer
from bot.store.repository import SealedRepository
from bot.store.schema.sealed_columns import Row, open_column, seal_column, select_sealed
from bot.store.tables import guilds, private_batches, private_replies, prompts

NO_BATCH = (
    "There are no such private replies in this server. They may have been withdrawn or erased. /prompt private shows "
    "those that are left."
)
NO_REPLY = "That private reply has gone. It may have been withdrawn or erased."

HELD_BACK = prompts.c.gone_at.is_not(None) & (prompts.c.keep_reason == "")
"""Whose thread was deleted, and whose replies nobody decided to keep."""


class Batches(SealedRepository):
    """Verbs over the table private_batches, and over the replies in them. Nothing here tells who wrote a reply."""

    async def batch(self, guild_id: int, batch_id: int) -> Batch:
        """Return a batch of this server. Raises UserError if there is none."""
        batches = await self._batches(private_batches.c.guild_id == guild_id, private_batches.c.id == batch_id)
        if not batches:
            raise UserError(NO_BATCH)
        return batches[0]

    async def waiting(self, guild_id: int) -> tuple[Batch, ...]:
        """Return the batches of a server that no reviewer let into summaries yet, the oldest first.

        Those of which fewer than LEAST_SHOWN are left are not among them.
        """
        return await self._waiting(private_batches.c.guild_id == guild_id)

    async def untold(self, guild_id: int | None = None) -> tuple[Batch, ...]:
        """Return the waiting batches of which the facilitators were not told yet, of servers that the bot is in.

        ``guild_id`` names one of them.
        """
        bot_is_in = select(guilds.c.id).where(guilds.c.left_at.is_(None))
        own = private_batches.c.guild_id
        of_server = self._is_held(own) if guild_id is None else own == guild_id
        return await self._waiting(
            private_batches.c.told.is_(False), private_batches.c.guild_id.in_(bot_is_in), of_server
        )

    async def note_told(self, batch: Batch) -> None:
        """Note that the facilitators were told of a batch."""
        await self._write(update(private_batches).where(private_batches.c.id == batch.id).values(told=True))

    async def of_batch(self, guild_id: int, batch_id: int) -> tuple[PrivateReply, ...]:
        """Read what is left of a batch, those left out of summaries too, in random order (by id).

        () where fewer than LEAST_SHOWN are left. Raises UserError if the server has no such batch.
        """
        await self.batch(guild_id, batch_id)
        replies = self._replies(await self._read_all(_rows().where(private_replies.c.batch_id == batch_id)))
        return replies if len(replies) >= LEAST_SHOWN else ()

    async def let_in(self, guild_id: int, batch_id: int, user_id: int, now: datetime) -> Batch:
        """Let a batch into summaries: somebody has read it. The first time counts, and who it was then."""
        values = {"seen_at": now, "seen_by": self._pseudonyms.of(guild_id, user_id), "told": True}
        unseen = (
            private_batches.c.guild_id == guild_id,
            private_batches.c.id == batch_id,
            private_batches.c.seen_at.is_(None),
        )
        await self._write(update(private_batches).where(*unseen).values(values))
        return await self.batch(guild_id, batch_id)

    async def leave_out(self, guild_id: int, reply_id: str, reason: str) -> None:
        """Leave a released reply out of summaries, and keep the reason, sealed.

        Raises UserError if this server has no such reply.
        """
        await self._judge(guild_id, reply_id, reason)

    async def put_back(self, guild_id: int, reply_id: str) -> None:
        """Let summaries read a reply again that was left out. Raises UserError as leave_out does."""
        await self._judge(guild_id, reply_id, None)

    async def released_words(self, prompt_id: int) -> list[str]:
        """Read the words of a prompt's released private replies, whether or not a reviewer has read them."""
        released = private_replies.c.prompt_id == prompt_id, private_replies.c.person.is_(None)
        return [reply.text for reply in self._replies(await self._read_all(_rows().where(*released)))]

    async def shown_for_prompt(self, prompt_id: int) -> tuple[PrivateReply, ...]:
        """Read what the summary of a prompt may, beyond its thread, in random order (by id).

        That is the prompt's own batch, and those of its checks, once a reviewer let them in, without what was left out;
        nothing of a batch of which fewer than LEAST_SHOWN are left, and () where the thread was deleted and nobody
        decided to keep its replies.
        """
        query = (
            _rows()
            .join(private_batches, private_batches.c.id == private_replies.c.batch_id)
            .join(prompts, prompts.c.id == private_replies.c.prompt_id)
            .where(private_batches.c.seen_at.is_not(None), private_replies.c.left_out_sealed.is_(None), ~HELD_BACK)
        )
        rows = await self._read_all(query.where(private_batches.c.prompt_id == prompt_id))
        left = Counter(row["batch_id"] for row in rows)
        return self._replies(row for row in rows if left[row["batch_id"]] >= LEAST_SHOWN)

    async def _judge(self, guild_id: int, reply_id: str, left_out: str | None) -> None:
        values = {"left_out_sealed": None} if left_out is None else {}
        words = {} if left_out is None else {"left_out_sealed": left_out}
        of_guild = select(private_batches.c.id).where(private_batches.c.guild_id == guild_id)
        wanted = private_replies.c.id == reply_id, private_replies.c.batch_id.in_(of_guild)
        async with self._database.write() as connection:
            changed = await self._reseal(connection, private_replies, *wanted, values=values, words=words)
        if not changed:
            raise UserError(NO_REPLY)

    async def _waiting(self, *wanted: ColumnElement[bool]) -> tuple[Batch, ...]:
        is_free = ~exists().where(prompts.c.id == private_batches.c.prompt_id, HELD_BACK)
        batches = await self._batches(private_batches.c.seen_at.is_(None), is_free, *wanted)
        return tuple(batch for batch in batches if batch.replies >= LEAST_SHOWN)

    async def _batches(self, *wanted: ColumnElement[bool]) -> tuple[Batch, ...]:
        left = (
            select(func.count())
            .where(private_replies.c.batch_id == private_batches.c.id)
            .scalar_subquery()
            .label("left")
        )
        query = select(private_batches, left).where(*wanted).order_by(private_batches.c.id)
        return tuple(_batch(row) for row in await self._read_all(query))

    def _replies(self, rows: Iterable[RowMapping]) -> tuple[PrivateReply, ...]:
        return tuple(open_reply(row, self._sealer) for row in rows)


async def add_batch(
    connection: AsyncConnection,
    guild_id: int,
    released_on: date,
    *,
    prompt_id: int,
    check_id: int | None = None,
) -> Batch:
    """Store a new batch, without replies yet, of which nobody was told."""
    owners = {"guild_id": guild_id, "prompt_id": prompt_id, "check_id": check_id}
    new = insert(private_batches).values(**owners, released_on=released_on, told=False)
    batch_id = (await connection.execute(new.returning(private_batches.c.id))).scalar_one()
    return Batch(batch_id, guild_id, prompt_id, released_on, check_id=check_id)


def seal_reply(reply: PrivateReply, row: Row, sealer: Sealer) -> dict[str, Any]:
    """Return a private reply's columns: those of its row, and what holds its words and what its author said.

    ``row`` has the columns prompt_id, person, day and code_hash, and its prompt's server as guild_id.
    """
    body = {"text": reply.text, "quoting": reply.quoting, "group": reply.group, "manages": reply.manages}
    body |= {"modelled": True} if reply.modelled else {}
    own = {**row, "id": reply.id}
    own |= seal_column(sealer, private_replies, own, json.dumps(body))
    return {name: value for name, value in own.items() if name in private_replies.c}


def open_reply(row: RowMapping, sealer: Sealer) -> PrivateReply:
    """Return a private reply as it is stored, opened."""
    body = json.loads(open_column(sealer, private_replies, row))
    return PrivateReply(
        id=row["id"],
        prompt_id=row["prompt_id"],
        text=body["text"],
        day=row["day"],
        quoting=Quoting(body["quoting"]),
        group=body["group"],
        manages=body["manages"],
        left_out=open_column(sealer, private_replies, row, "left_out_sealed"),
        modelled=body.get("modelled", False),
    )


def _rows() -> Select[Any]:
    return select_sealed(private_replies).order_by(private_replies.c.id)


def _batch(row: RowMapping) -> Batch:
    return Batch(
        id=row["id"],
        guild_id=row["guild_id"],
        prompt_id=row["prompt_id"],
        released_on=row["released_on"],
        seen_at=row["seen_at"],
        replies=row["left"],
        check_id=row["check_id"],
    )
