"""Reports to facilitators, sealed, in the order in which they came; once told, a mark without words stays."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.reports import Button, NewReport, Report, ReportKind
from bot.store.repository import SealedRepository, chunks
from bot.store.tables import guilds, prompts, reports

MOST_AT_ONCE = 20
"""How many reports of a server are handed out together, so that a channel that comes back is not flooded."""
UNTOLD_KEPT = timedelta(days=60)
"""How long a report waits that begins nothing. One that an erasing waits for has no such end."""
MARK_KEPT = timedelta(days=400)
"""How long it is remembered that a report was told: longer than replies are mostly kept."""


class ReportStore(SealedRepository):
    """Verbs over the table reports."""

    async def add(self, report: NewReport, now: datetime) -> bool:
        """Keep a report until it is posted. False, and nothing changes, if its key is waiting or was posted."""
        async with self._database.write() as connection:
            return await self.add_in(connection, report, now)

    async def add_in(self, connection: AsyncConnection, report: NewReport, now: datetime) -> bool:
        """As ``add``, in the transaction of what it tells about."""
        row = secrets.token_hex(8)
        values = {
            "guild_id": report.guild_id,
            "mark": self._mark(report.guild_id, report.key),
            "kind": report.kind,
            "prompt_ids": list(report.prompt_ids),
            "made_at": now,
            "row": row,
        }
        values |= self._seal(reports, values, _words(report))
        insert = self._database.insert(reports).values(values).on_conflict_do_nothing().returning(reports.c.id)
        return await connection.scalar(insert) is not None

    async def amend(self, report: NewReport) -> bool:
        """Change the words of a report that nobody has tried to tell yet. False if there is none."""
        own = self._is(report.guild_id, report.key), reports.c.told_at.is_(None), reports.c.after_id.is_(None)
        async with self._database.write() as connection:
            return bool(await self._reseal(connection, reports, *own, words={"sealed": _words(report)}))

    async def servers(self) -> tuple[int, ...]:
        """Return the servers that the bot is in and for which reports wait."""
        query = (
            select(reports.c.guild_id)
            .join(guilds)
            .where(reports.c.told_at.is_(None), guilds.c.left_at.is_(None), self._is_held(guilds.c.id))
            .distinct()
            .order_by(reports.c.guild_id)
        )
        return tuple(await self._read_scalars(query))

    async def waiting(self, guild_id: int) -> tuple[Report, ...]:
        """Return a server's reports that were not told, the oldest first, MOST_AT_ONCE at most."""
        query = select(reports).where(reports.c.guild_id == guild_id, reports.c.told_at.is_(None))
        rows = await self._read_all(query.order_by(reports.c.id).limit(MOST_AT_ONCE))
        return tuple(self._report(row) for row in rows)

    async def begin(self, report: Report, after_id: int) -> Report | None:
        """Note that a report is about to be sent; the first ``after_id`` stays. None if it waits no longer."""
        first = func.coalesce(reports.c.after_id, after_id)
        own = reports.c.id == report.id, reports.c.row == report.nonce, reports.c.told_at.is_(None)
        row = await self._write_first(update(reports).where(*own).values(after_id=first).returning(reports))
        return None if row is None else self._report(row)

    async def note_told(self, report: Report, told_at: datetime) -> None:
        """Note that a report was told: its words go, and the days begin after which replies are erased."""
        own = reports.c.id == report.id, reports.c.row == report.nonce
        async with self._database.write() as connection:
            change = update(reports).where(*own).values(told_at=told_at, sealed=None)
            row = (await connection.execute(change.returning(reports.c.kind, reports.c.prompt_ids))).first()
            if row is None:
                return
            for ids in chunks(row.prompt_ids):
                of_report = prompts.c.id.in_(ids)
                if row.kind == ReportKind.GONE:
                    gone = of_report, prompts.c.gone_at.is_not(None), prompts.c.gone_told_at.is_(None)
                    await connection.execute(update(prompts).where(*gone).values(gone_told_at=told_at))
                elif row.kind == ReportKind.RETENTION:
                    untold = of_report, prompts.c.retention_told_at.is_(None)
                    await connection.execute(update(prompts).where(*untold).values(retention_told_at=told_at))

    async def end(self, guild_id: int, key: str) -> None:
        """Forget a report, posted or not, since what it says is over. Its key can then be posted again."""
        async with self._database.read() as connection:  # mostly there is none, and readers wait for nobody
            known = await connection.scalar(select(reports.c.id).where(self._is(guild_id, key)))
        if known is not None:
            async with self._database.write() as connection:
                await self.end_in(connection, guild_id, key)

    async def end_in(self, connection: AsyncConnection, guild_id: int, key: str) -> None:
        """As ``end``, in the transaction that ends it."""
        await connection.execute(delete(reports).where(self._is(guild_id, key)))

    async def drop_waiting(self, guild_id: int, kind: ReportKind) -> None:
        """Drop a server's reports of a kind that wait, since what they say is worked out again."""
        own = reports.c.guild_id == guild_id, reports.c.kind == kind, reports.c.told_at.is_(None)
        await self._write(delete(reports).where(*own))

    async def forget(self, now: datetime) -> int:
        """Forget old marks, and reports that nobody could be told for long. Returns how many of these there were."""
        untold = and_(
            reports.c.told_at.is_(None), reports.c.made_at < now - UNTOLD_KEPT, reports.c.kind == ReportKind.PLAIN
        )
        is_held = self._is_held(reports.c.guild_id)
        async with self._database.write() as connection:
            count = int(await connection.scalar(select(func.count()).select_from(reports).where(untold, is_held)) or 0)
            await connection.execute(delete(reports).where(or_(untold, reports.c.told_at < now - MARK_KEPT), is_held))
        return count

    def _is(self, guild_id: int, key: str) -> ColumnElement[bool]:
        return and_(reports.c.guild_id == guild_id, reports.c.mark == self._mark(guild_id, key))

    def _mark(self, guild_id: int, key: str) -> str:
        return self._pseudonyms.report(guild_id, key)

    def _report(self, row: RowMapping) -> Report:
        body = json.loads(self._open(reports, row))
        buttons = tuple(Button(**button) for button in body["buttons"])
        return Report(row["id"], row["guild_id"], row["row"], body["text"], buttons, row["after_id"])


def _words(report: NewReport) -> str:
    return json.dumps(
        {"text": report.text, "buttons": [asdict(button) for button in report.buttons]}, ensure_ascii=False
    )
