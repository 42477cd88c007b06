"""What commands changed beside a running bot: noted in the transaction of the change, taken by the bot soon after.

The bot's own store notes nothing. Where no bot runs, the notes wait for the next start.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import astuple

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.outside_changes import OutsideChange, OutsideKind
from bot.store.database import Database
from bot.store.repository import Repository, chunks
from bot.store.tables import meta

NAME = "beside the bot: "
"""What the names of the notes begin with."""


async def note_outside(database: Database, connection: AsyncConnection, *changes: OutsideChange) -> None:
    """Note changes within their transaction, where this program is not the bot but runs beside it."""
    if database.is_beside and changes:
        rows = [{"name": f"{NAME}{secrets.token_hex(8)}", "value": json.dumps(astuple(each))} for each in changes]
        await connection.execute(insert(meta), rows)


class OutsideChangeStore(Repository):
    """Verbs with which a bot learns what others changed, or what was changed before it listened."""

    async def note(self, *changes: OutsideChange) -> None:
        """Note changes for the bot, where this program is not one that listens."""
        if self._database.is_beside:
            async with self._database.write() as connection:
                await note_outside(self._database, connection, *changes)

    def listen(self) -> None:
        """Note nothing from now on: this program is the bot itself, and its cogs hear what it changes."""
        self._database.is_beside = False

    async def take(self) -> tuple[OutsideChange, ...]:
        """Return what commands changed since the last time, in the servers that are held, and forget it."""
        noted = select(meta).where(meta.c.name.startswith(NAME, autoescape=True))
        by_name = {row["name"]: _change(row["value"]) for row in await self._read_all(noted)}
        held = {name: change for name, change in by_name.items() if self._database.held.hold(change.guild_id)}
        if held:
            async with self._database.write() as connection:
                for names in chunks(tuple(held)):
                    await connection.execute(delete(meta).where(meta.c.name.in_(names)))
        return tuple(dict.fromkeys(held.values()))


def _change(value: str) -> OutsideChange:
    kind, *ids = json.loads(value)
    return OutsideChange(OutsideKind(kind), *ids)
