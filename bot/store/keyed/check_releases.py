"""The end of a check: its key is destroyed, then nobody's views are counted, and what they miss is a private reply."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checks.results import CheckResult, group_of, results_of
from bot.errors import UserError
from bot.models.checks import LEAST_VIEWS, Check, CheckState, View
from bot.models.private import LEAST_SHOWN, PrivateReply
from bot.replies.withdrawal_codes import code_hash, new_code
from bot.store.database import Database
from bot.store.encryption import Pseudonyms, Sealer
from bot.store.groups import GroupStore
from bot.store.keyed.check_views import CheckViews
from bot.store.keyed.private_rows import sealed_reply
from bot.store.keyed.prompt_keys import PromptKeys
from bot.store.tables import checks, guilds, private_batches, private_replies, views

STILL_OPEN = "This check is open, so its results are not there yet. End it first."


class CheckReleases(CheckViews):
    """Verbs that end the link between people and their views, and tell what was said."""

    def __init__(
        self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: PromptKeys, groups: GroupStore
    ) -> None:
        super().__init__(database, sealer, pseudonyms, keys)
        self._groups = groups

    async def to_release(self) -> tuple[Check, ...]:
        """The checks that ended and whose views are not released, whether or not they have any, of all servers."""
        return await self._many(checks.c.state == CheckState.ENDED, checks.c.released_at.is_(None))

    async def release(self, check: Check, now: datetime) -> Check | None:
        """Destroy the key of a check that ended for good, and then make its views nobody's.

        What they say is missing becomes private replies of the prompt, in a batch of their own. Returns the check as
        it is then; None where it was released before, or is gone. However often it is cut short or repeated, that
        happens once. Raises UserError while it is open, and NotDestroyedError, with nothing released, where the key is
        not gone for certain: then try again later.
        """
        async with self._database.read() as connection:
            state = await connection.scalar(select(checks.c.state).where(checks.c.id == check.id))
        if state not in (None, CheckState.ENDED):
            raise UserError(STILL_OPEN)
        await self._keys.destroy((check.id,))
        async with self._database.write() as connection:
            released = await self._release(connection, check.id, now)
        await self._database.truncate_log()
        return released

    async def tidy(self) -> bool:
        """Destroy the keys of checks that are released or exist no more, and empty the database's log.

        False where somebody was reading, so that the log still holds what was erased: try again later. Raises
        NotDestroyedError as release does.
        """
        kept = select(checks.c.id).where(checks.c.released_at.is_(None))
        # The keys first: a check whose key is made after that is in the database for certain.
        with_key = await self._keys.prompt_ids()
        async with self._database.read() as connection:
            unreleased = set((await connection.execute(kept)).scalars())
        await self._keys.destroy(with_key - unreleased)
        return await self._database.truncate_log()

    async def views(self, check_id: int) -> tuple[View, ...]:
        """The views of a check that was released, in random order (by id); () for fewer than LEAST_VIEWS."""
        async with self._database.read() as connection:
            is_released = checks.c.id == check_id, checks.c.released_at.is_not(None)
            query = select(views).join(checks).where(*is_released).order_by(views.c.id)
            found = [self._view(row) for row in (await connection.execute(query)).mappings()]
        return tuple(found) if len(found) >= LEAST_VIEWS else ()

    async def result(self, check: Check) -> CheckResult | None:
        """The results of a check; None until it was released, and for fewer than LEAST_VIEWS views."""
        async with self._database.read() as connection:
            threshold = await connection.scalar(select(guilds.c.group_threshold).where(guilds.c.id == check.guild_id))
            groups = await self._groups.shown_of_check(connection, check.guild_id, check.id)
        found = await self.views(check.id)
        return None if threshold is None else results_of(check, found, groups=groups, threshold=threshold)

    async def _release(self, connection: AsyncConnection, check_id: int, now: datetime) -> Check | None:
        ended = checks.c.id == check_id, checks.c.state == CheckState.ENDED, checks.c.released_at.is_(None)
        noted = await connection.execute(update(checks).where(*ended).values(released_at=now).returning(checks.c.id))
        if noted.first() is None:
            return None
        (check,) = await self._checks(connection, checks.c.id == check_id)
        guild = (await connection.execute(select(guilds).where(guilds.c.id == check.guild_id))).mappings().one()
        today = now.astimezone(ZoneInfo(guild["time_zone"])).date()
        query = select(views).where(views.c.check_id == check_id)
        rows = (await connection.execute(query)).mappings().all()
        await self._disown(connection, check, rows, today)
        await self._keep_missing(connection, check, rows, today)
        said = [group_of(self._view(row)) for row in rows]
        if len(said) >= LEAST_VIEWS:
            others = await connection.execute(select(checks.c.id).where(checks.c.prompt_id == check.prompt_id))
            await self._groups.look_at_check(
                connection, check.guild_id, check_id, said, guild["group_threshold"], now, others=others.scalars().all()
            )
        return check

    async def _disown(self, connection: AsyncConnection, check: Check, rows: Sequence[RowMapping], today: date) -> None:
        """Write a check's views again: nobody's, under new random ids and in their order, all of one day.

        Within a page of the file, rows lie in the order in which they were written.
        """
        await connection.execute(delete(views).where(views.c.check_id == check.id))
        fresh = [replace(self._view(row), id=secrets.token_hex(16), missing="") for row in rows]
        kept = {"check_id": check.id, "person": None, "day": today, "code_hash": None}
        if fresh:
            by_id = sorted(fresh, key=lambda view: view.id)
            await connection.execute(insert(views), [kept | self._sealed_view(view) for view in by_id])

    async def _keep_missing(
        self, connection: AsyncConnection, check: Check, rows: Sequence[RowMapping], today: date
    ) -> None:
        """Make private replies of what views say is missing, each with a random id of its own and without a group.

        Fewer than LEAST_SHOWN wait for others of the series, as private replies do.
        """
        opened = ((row["code_hash"], self._view(row)) for row in rows)
        kept = [self._missing(check, view, hashed, today) for hashed, view in opened if view.missing]
        if not kept:
            return
        batch_id = await self._batch(connection, check, today) if len(kept) >= LEAST_SHOWN else None
        by_id = sorted(kept, key=lambda values: str(values["id"]))
        await connection.execute(insert(private_replies), [values | {"batch_id": batch_id} for values in by_id])

    def _missing(self, check: Check, view: View, hashed: str | None, today: date) -> dict[str, Any]:
        reply = PrivateReply(secrets.token_hex(16), check.prompt_id, view.missing, today, view.quoting)
        return {
            "id": reply.id,
            "prompt_id": reply.prompt_id,
            "person": None,
            "day": today,
            "code_hash": hashed or code_hash(new_code()),
            "sealed": sealed_reply(reply, self._sealer),
            "key_id": self._sealer.key_id,
        }

    async def _batch(self, connection: AsyncConnection, check: Check, today: date) -> int:
        values = {"guild_id": check.guild_id, "prompt_id": check.prompt_id, "check_id": check.id}
        made = insert(private_batches).values(**values, released_on=today, told=False).returning(private_batches.c.id)
        return int((await connection.execute(made)).scalar_one())
