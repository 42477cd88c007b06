"""What people wrote for the board paper of a series, sealed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import RowMapping, select

from bot.models.board import PaperFields
from bot.models.prompts import Series
from bot.plain_data import from_json, to_json
from bot.store.repository import SealedRepository
from bot.store.tables import board_papers


class BoardPaperStore(SealedRepository):
    """Verbs over the table board_papers."""

    async def of_series(self, series_id: int) -> PaperFields | None:
        """Return what was written for the paper of a series; None if nothing was."""
        row = await self._read_first(select(board_papers).where(board_papers.c.series_id == series_id))
        return None if row is None else self._fields(row)

    async def newest(self, guild_id: int) -> PaperFields | None:
        """Return what was last written for any paper of a server; None if nothing was."""
        query = select(board_papers).where(board_papers.c.guild_id == guild_id)
        row = await self._read_first(query.order_by(board_papers.c.changed_at.desc(), board_papers.c.series_id.desc()))
        return None if row is None else self._fields(row)

    async def change(
        self, series: Series, edit: Callable[[PaperFields], PaperFields], start: PaperFields, now: datetime
    ) -> PaperFields:
        """Change what is stored for a series in one transaction, so that two people's forms do not undo each other.

        ``start`` is what a paper begins with for which nothing is stored yet. Returns how it is now.
        """
        async with self._database.write() as connection:
            query = select(board_papers).where(board_papers.c.series_id == series.id)
            row = (await connection.execute(query)).mappings().first()
            after = edit(start if row is None else self._fields(row))
            mark = secrets.token_hex(8)
            values = {"series_id": series.id, "guild_id": series.guild_id, "changed_at": now, "row": mark}
            values |= self._seal(board_papers, values, to_json(after))
            insert = self._database.insert(board_papers).values(values)
            await connection.execute(insert.on_conflict_do_update(index_elements=["series_id"], set_=values))
        return after

    def _fields(self, row: RowMapping) -> PaperFields:
        # Over an empty paper's: a row of an older version lacks the fields that came since.
        empty = json.loads(to_json(PaperFields()))
        stored = json.loads(self._open(board_papers, row))
        known = {name: stored.get(name, value) for name, value in empty.items()}
        fields: PaperFields = from_json(json.dumps(known), PaperFields)
        return fields
