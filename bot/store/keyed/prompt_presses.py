"""Presses about statements of a prompt's thread, and what was counted of each statement at the closing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.prompts import Prompt, PromptState
from bot.models.views import PressCount, StatementTotal, ViewTotals
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.keyed.key_store import KeyStore
from bot.store.keyed.presses import PressStore, Round
from bot.store.repository import chunks
from bot.store.schema.sealed_columns import open_column, select_sealed
from bot.store.tables import prompts, statement_replies, statements

NOT_OPEN = "This question has closed, so you can’t change what you tapped."
SOMEBODY = ""
"""Is among the known in place of somebody who is no longer known: the number may be higher then."""
OF_PROMPTS = Round(prompts, "prompt_id", PromptState.OPEN, NOT_OPEN)


class PromptPresses(PressStore):
    """Verbs over the presses of prompts, and over the totals of statements."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: KeyStore) -> None:
        super().__init__(database, sealer, pseudonyms, keys, OF_PROMPTS)

    async def keep_totals(
        self, prompt: Prompt, people: int, counts: Mapping[str, PressCount], known: Mapping[str, Collection[str]]
    ) -> None:
        """Keep what was counted of a prompt's statements, by their marks, once and in one transaction."""
        async with self._database.write() as connection:
            if not await self.keep_total(connection, prompt, people):
                return
            for row in await _rows(connection, statements.c.prompt_id == prompt.id):
                if row["mark"] in counts:
                    await self._keep(connection, row, counts[row["mark"]], frozenset(known[row["mark"]]))

    async def totals(self, prompt_id: int) -> ViewTotals:
        """Return what was counted of a prompt; nothing before its closing. Erased statements are not among it."""
        total = await self.total(prompt_id)
        if total is None:
            return ViewTotals()
        async with self._database.read() as connection:
            rows = await _rows(connection, statements.c.prompt_id == prompt_id, statements.c.totals_sealed.is_not(None))
            others: dict[int, list[int]] = {}
            for ids in chunks([row["id"] for row in rows]):
                further = select(statement_replies).where(statement_replies.c.statement_id.in_(ids))
                for statement_id, reply_id in await connection.execute(further):
                    others.setdefault(statement_id, []).append(reply_id)
        return ViewTotals(total[0], tuple(self._total(row, others.get(row["id"], ())) for row in rows))

    async def narrow(self, prompt_id: int, known: Mapping[int, Collection[str]]) -> None:
        """Forget people whom a counted prompt no longer knows; ``known`` is by each statement's first reply.

        Nobody knows if they pressed as well, so the number may be higher from then on.
        """
        async with self._database.write() as connection:
            for row in await _rows(connection, statements.c.prompt_id == prompt_id):
                if row["totals_sealed"] is None or row["reply_id"] not in known:
                    continue
                before = self._total(row)
                kept = before.known & frozenset((*known[row["reply_id"]], SOMEBODY))
                if kept != before.known:
                    await self._keep(connection, row, _counted(before), kept | {SOMEBODY})

    async def forget(self, guild_id: int, user_id: int) -> None:
        """Take a person who erases everything out of all totals: the number falls by one, and stays exact."""
        person = self._pseudonyms.of(guild_id, user_id)
        of_guild = select(prompts.c.id).where(prompts.c.guild_id == guild_id)
        counted = statements.c.totals_sealed.is_not(None), statements.c.prompt_id.in_(of_guild)
        async with self._database.write() as connection:
            for row in await _rows(connection, *counted):
                before = self._total(row)
                if person in before.known:
                    await self._keep(connection, row, _counted(before), before.known - {person})

    async def _keep(
        self, connection: AsyncConnection, row: RowMapping, count: PressCount, known: frozenset[str]
    ) -> None:
        body = {"same": count.same, "different": count.different, "others": count.others, "known": sorted(known)}
        this = statements.c.id == row["id"]
        await self._reseal(connection, statements, this, words={"totals_sealed": json.dumps(body)})

    def _total(self, row: RowMapping, others: Collection[int] = ()) -> StatementTotal:
        body = json.loads(open_column(self._sealer, statements, row, "totals_sealed"))
        total = StatementTotal(open_column(self._sealer, statements, row), (row["reply_id"], *others), **body)
        return replace(total, known=frozenset(total.known))


def _counted(total: StatementTotal) -> PressCount:
    return PressCount(total.same, total.different, total.others)


async def _rows(connection: AsyncConnection, *wanted: object) -> list[RowMapping]:
    query = select_sealed(statements).where(*wanted).order_by(statements.c.id)  # type: ignore[arg-type]
    return list((await connection.execute(query)).mappings())
