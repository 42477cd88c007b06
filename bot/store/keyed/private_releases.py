"""The release of private replies: the prompt's key is destroyed, then nobody's replies go into batches, once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.private import LEAST_SHOWN, Batch
from bot.models.prompts import Prompt, PromptState
from bot.store.key_rotation import renew
from bot.store.keyed.private_batches import HELD_BACK
from bot.store.keyed.private_rows import PrivateRows
from bot.store.prompts import prompt_of
from bot.store.tables import guilds, private_batches, private_replies, prompts

STILL_OPEN = "This prompt is open, so its private replies are not released yet. Close it first with /prompt close."


class PrivateReleases(PrivateRows):
    """Verbs that end the link between people and their private replies."""

    async def to_release(self) -> tuple[Prompt, ...]:
        """The closed prompts whose private replies are not released, whether or not they have any."""
        query = select(prompts).where(prompts.c.state == PromptState.CLOSED, prompts.c.released_at.is_(None))
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(prompts.c.id))).mappings()
            return tuple(prompt_of(row) for row in rows)

    async def release(self, prompt: Prompt, now: datetime) -> Batch | None:
        """Destroy a closed prompt's key for good, and then put its private replies into a batch.

        They go by themselves where there are LEAST_SHOWN or more, else with those of the series that wait; where all
        of these are still too few, they wait too. Returns the batch that was made; None where none was, also where the
        prompt was released before. However often it is cut short or repeated, that happens once.

        Raises NotDestroyedError, with nothing released, where the key is not gone for certain.
        """
        async with self._database.read() as connection:
            state = await connection.scalar(select(prompts.c.state).where(prompts.c.id == prompt.id))
        if state not in (None, PromptState.CLOSED):
            raise UserError(STILL_OPEN)
        await self._keys.destroy((prompt.id,))
        async with self._database.write() as connection:
            batch = await self._release(connection, prompt.id, now)
        await self._database.truncate_log()
        return batch

    async def tidy(self) -> bool:
        """Destroy the keys of prompts that are released or exist no more, and empty the database's log.

        False where somebody was reading, so that the log still holds what was erased: try again later. Raises
        NotDestroyedError as release does.
        """
        kept = select(prompts.c.id).where(prompts.c.released_at.is_(None))
        # The keys first: a prompt whose key is made after that is in the database for certain.
        with_key = await self._keys.prompt_ids()
        async with self._database.read() as connection:
            unreleased = set((await connection.execute(kept)).scalars())
        await self._keys.destroy(with_key - unreleased)
        return await self._database.truncate_log()

    async def erase_prompt(self, prompt_id: int) -> int:
        """Erase all private replies to a prompt, its batches and its key. Returns how many private replies."""
        async with self._database.write() as connection:
            result = await connection.execute(delete(private_replies).where(private_replies.c.prompt_id == prompt_id))
            await connection.execute(delete(private_batches).where(private_batches.c.prompt_id == prompt_id))
        await self._keys.destroy((prompt_id,))
        return result.rowcount

    async def _release(self, connection: AsyncConnection, prompt_id: int, now: datetime) -> Batch | None:
        unreleased = prompts.c.id == prompt_id, prompts.c.released_at.is_(None)
        noted = await connection.execute(update(prompts).where(*unreleased).values(released_at=now).returning(prompts))
        row = noted.mappings().first()
        if row is None:
            return None
        of_prompt = private_replies.c.prompt_id == prompt_id
        held = await self._disown(connection, of_prompt)
        if held >= LEAST_SHOWN:
            return await self._put_together(connection, row, of_prompt, now)
        if not held or row["series_id"] is None:
            return None
        series = prompts.c.series_id == row["series_id"], prompts.c.released_at.is_not(None), ~HELD_BACK
        of_series = private_replies.c.prompt_id.in_(select(prompts.c.id).where(*series))
        waiting = select(func.count()).where(of_series, private_replies.c.batch_id.is_(None))
        if (await connection.scalar(waiting) or 0) < LEAST_SHOWN:
            return None
        return await self._put_together(connection, row, of_series, now, pooled=True)

    async def _disown(self, connection: AsyncConnection, of_prompt: ColumnElement[bool]) -> int:
        """Write a prompt's rows again, nobody's and in the order of their random ids. Returns how many have no batch.

        Within a page of the file, rows lie in the order in which they were written, and a key's id tells when roughly.
        """
        await connection.run_sync(renew, self._sealer, private_replies, of_prompt)
        query = select(private_replies).where(of_prompt).order_by(private_replies.c.id)
        rows = [{**row, "person": None} for row in (await connection.execute(query)).mappings()]
        await connection.execute(delete(private_replies).where(of_prompt))
        if rows:
            await connection.execute(insert(private_replies), rows)
        return sum(row["batch_id"] is None for row in rows)  # those of a check may have one

    async def _put_together(
        self,
        connection: AsyncConnection,
        row: RowMapping,
        wanted: ColumnElement[bool],
        now: datetime,
        *,
        pooled: bool = False,
    ) -> Batch:
        zone = await connection.scalar(select(guilds.c.time_zone).where(guilds.c.id == row["guild_id"]))
        values = {
            "guild_id": row["guild_id"],
            "prompt_id": None if pooled else row["id"],
            "series_id": row["series_id"] if pooled else None,
            "released_on": now.astimezone(ZoneInfo(zone or "UTC")).date(),
        }
        made = await connection.execute(
            insert(private_batches).values({**values, "told": False}).returning(private_batches.c.id)
        )
        batch_id = made.scalar_one()
        unbatched = wanted, private_replies.c.batch_id.is_(None)
        result = await connection.execute(update(private_replies).where(*unbatched).values(batch_id=batch_id))
        return Batch(id=batch_id, **values, replies=result.rowcount)
