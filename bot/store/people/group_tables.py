"""The true tables of people by staff group, sealed: each new one is compared with all that were shown before."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.groups import GroupTable
from bot.store.repository import SealedRepository, chunks
from bot.store.tables import group_tables, replies
from bot.summaries.disclosure.staff_groups import make_table


class GroupStore(SealedRepository):
    """Verbs over the table group_tables."""

    async def table(
        self, guild_id: int, subject: str, group_of: Mapping[str, str], threshold: int, now: datetime
    ) -> GroupTable | None:
        """Return the table of a subject ("prompt:12", "series:3") that may be shown; None if there is none.

        ``group_of`` are the people who take part, by pseudonym, with their groups. If the rules let it through, a
        new table is kept and shown; else the last one that was. Looking and keeping are one transaction, so that two
        who ask at once see no two tables that tell of a person together.
        """
        async with self._database.write() as connection:
            earlier = [table for _, table in await self._of_guild(connection, guild_id)]
            new = make_table(subject, group_of, earlier, threshold, now)
            if new is not None:
                await connection.execute(insert(group_tables).values(self._row(guild_id, new)))
                earlier.append(new)
        shown = [table for table in earlier if table.subject == subject and table.shown]
        return shown[-1] if shown else None

    async def forget(self, guild_id: int, user_id: int) -> None:
        """Take a person's pseudonym out of all tables. The numbers stay, and that somebody went is counted."""
        async with self._database.write() as connection:
            await self.forget_in(connection, guild_id, self._pseudonyms.of(guild_id, user_id))

    async def forget_in(self, connection: AsyncConnection, guild_id: int, person: str) -> None:
        """Take a pseudonym out, in a transaction of the store's own."""
        for row, table in await self._of_guild(connection, guild_id):
            if person in table.people:
                left = replace(table, people=table.people - {person}, erased=table.erased + 1)
                await self._keep(connection, row["id"], left)

    async def people_in(self, connection: AsyncConnection) -> dict[str, set[int]]:
        """Return everybody who was counted in any table, by pseudonym, with the servers of the tables."""
        found: dict[str, set[int]] = {}
        for guild_id in (await connection.execute(select(group_tables.c.guild_id).distinct())).scalars().all():
            for _, table in await self._of_guild(connection, guild_id):
                for person in table.people:
                    found.setdefault(person, set()).add(guild_id)
        return found

    async def forget_gone(self, connection: AsyncConnection, guild_id: int) -> None:
        """Take out the pseudonyms that no reply of the server has now, in a transaction of the store's own."""
        tables = await self._of_guild(connection, guild_id)
        counted = sorted({person for _, table in tables for person in table.people})
        held: set[str] = set()
        for people in chunks(counted):  # a person's pseudonym is another one in each server
            query = select(replies.c.person).where(replies.c.person.in_(people)).distinct()
            held.update((await connection.execute(query)).scalars())
        for row, table in tables:
            if gone := table.people - held:
                left = replace(table, people=table.people - gone, erased=table.erased + len(gone))
                await self._keep(connection, row["id"], left)

    async def _of_guild(self, connection: AsyncConnection, guild_id: int) -> list[tuple[RowMapping, GroupTable]]:
        query = select(group_tables).where(group_tables.c.guild_id == guild_id).order_by(group_tables.c.id)
        rows = (await connection.execute(query)).mappings().all()
        return [(row, self._table(row)) for row in rows]

    def _row(self, guild_id: int, table: GroupTable) -> dict[str, object]:
        row = secrets.token_hex(8)
        own = {"guild_id": guild_id, "subject": table.subject, "made_at": table.made_at, "row": row}
        return own | self._seal(group_tables, own, _body(table))

    async def _keep(self, connection: AsyncConnection, table_id: int, table: GroupTable) -> None:
        await self._reseal(connection, group_tables, group_tables.c.id == table_id, words={"sealed": _body(table)})

    def _table(self, row: RowMapping) -> GroupTable:
        body = json.loads(self._open(group_tables, row))
        people, shown = frozenset(body["people"]), frozenset(body["shown"])
        return GroupTable(row["subject"], body["counts"], people, shown, row["made_at"], body["erased"])


def _body(table: GroupTable) -> str:
    body = {
        "counts": dict(table.counts),
        "people": sorted(table.people),
        "shown": sorted(table.shown),
        "erased": table.erased,
    }
    return json.dumps(body)
