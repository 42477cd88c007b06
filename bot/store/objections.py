"""What people say against published summaries, sealed, until facilitators have settled it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, delete, exists, insert, or_, select

from bot.models.reports import NewReport
from bot.models.reviews import Objection
from bot.prompts.retention import NOTICE
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.people.choices import Silences
from bot.store.reports import ReportStore
from bot.store.repository import SealedRepository, write_rows
from bot.store.tables import guilds, objections, prompts, summaries

NO_OBJECTION = "There’s no such answer in this server."


class ObjectionStore(SealedRepository):
    """Verbs over the table objections."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, reports: ReportStore) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._reports = reports
        self._silences = Silences(database, sealer)

    async def add(
        self,
        *,
        guild_id: int,
        summary_id: int,
        user_id: int,
        text: str,
        now: datetime,
        report: Callable[[Objection], NewReport] | None = None,
    ) -> Objection:
        """Keep what a person says against a published summary. Raises UserError if they have stopped.

        ``report`` makes the report to facilitators, which is kept in the same transaction.
        """
        row = secrets.token_hex(8)
        person = self._pseudonyms.of(guild_id, user_id)
        values = {
            "guild_id": guild_id,
            "summary_id": summary_id,
            "person": person,
            "row": row,
            "made_at": now,
        }
        values |= self._seal(objections, values, text)
        async with self._database.write() as connection:
            await self._silences.refuse(connection, person)
            result = await connection.execute(insert(objections).values(values).returning(objections))
            kept = self._objection(result.mappings().one())
            if report is not None:
                await self._reports.add_in(connection, report(kept), now)
        return kept

    async def get(self, guild_id: int, objection_id: int) -> Objection:
        """Return an answer of this server. Raises UserError if there is none."""
        query = select(objections).where(objections.c.id == objection_id, objections.c.guild_id == guild_id)
        return self._objection(await self._read_one(query, NO_OBJECTION))

    async def waiting(self, guild_id: int) -> tuple[Objection, ...]:
        """Return the answers that nobody has settled, the oldest first."""
        query = (
            select(objections)
            .where(objections.c.guild_id == guild_id, objections.c.settled_at.is_(None))
            .order_by(objections.c.id)
        )
        rows = await self._read_all(query)
        return tuple(self._objection(row) for row in rows)

    async def of_person(self, guild_id: int, user_id: int) -> tuple[Objection, ...]:
        """Return a person's own answers in a server, the oldest first."""
        person = self._pseudonyms.of(guild_id, user_id)
        query = select(objections).where(objections.c.person == person).order_by(objections.c.id)
        return tuple(self._objection(row) for row in await self._read_all(query))

    async def prompt_of(self, objection: Objection) -> int | None:
        """Return the prompt of the summary that an answer is about; None if the summary is gone."""
        query = select(summaries.c.prompt_id).where(summaries.c.id == objection.summary_id)
        prompt_id: int | None = await self._read_scalar(query)
        return prompt_id

    async def settle(self, guild_id: int, objection_id: int, how: str, now: datetime) -> Objection:
        """Note what was done about an answer. What was noted first stays. Raises UserError if there is none."""
        known = await self.get(guild_id, objection_id)
        async with self._database.write() as connection:
            unsettled = objections.c.id == known.id, objections.c.settled_at.is_(None)
            noted = {"settled_at": now}
            await self._reseal(connection, objections, *unsettled, values=noted, words={"how_sealed": how})
        return await self.get(guild_id, objection_id)

    async def erase_old(self, now: datetime) -> int:
        """Erase, by their own age, those that do not go with a prompt: its replies went before, or the summary is gone.

        They are kept as long as replies, plus the notice that facilitators get. Returns how many went.
        """
        of_bot = guilds.c.left_at.is_(None), self._is_held(guilds.c.id)
        kept = select(guilds.c.id, guilds.c.retention_days).where(*of_bot)
        over = exists().where(
            summaries.c.id == objections.c.summary_id,
            prompts.c.id == summaries.c.prompt_id,
            prompts.c.frozen_at.is_not(None),
        )
        left_behind = or_(objections.c.summary_id.is_(None), over)
        gone = 0
        async with self._database.write() as connection:
            for guild_id, days in (await connection.execute(kept)).all():
                old = objections.c.guild_id == guild_id, objections.c.made_at < now - timedelta(days=days) - NOTICE
                gone += await write_rows(connection, delete(objections).where(*old, left_behind))
        return gone

    def _objection(self, row: RowMapping) -> Objection:
        return Objection(
            id=row["id"],
            guild_id=row["guild_id"],
            summary_id=row["summary_id"],
            person=row["person"],
            text=self._open(objections, row),
            made_at=row["made_at"],
            settled_at=row["settled_at"],
            settled_how=self._open(objections, row, "how_sealed"),
        )
