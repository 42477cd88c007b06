"""Series: an ordered run of excerpts in one channel at a weekly slot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.prompts import NewSeries, Series, SeriesState, Slot
from bot.store.excerpt_marks import take_marks
from bot.store.repository import Repository, chunks
from bot.store.tables import guilds, passed_slots, prompts, series, series_excerpts

NO_SERIES = "That series doesn’t exist here. Choose one from the list."


class SeriesStore(Repository):
    """Verbs over the tables series, series_excerpts and passed_slots."""

    async def create(
        self, new: NewSeries, now: datetime, *, state: SeriesState = SeriesState.ACTIVE, of_marked: bool = False
    ) -> Series:
        """Store a new series. Slots count from now on.

        With ``of_marked`` it has the excerpts that are marked in the server, whose marks go in the same transaction,
        so that two people at once make one series of them. Raises UserError if none is marked.
        """
        values = {
            "guild_id": new.guild_id,
            "title": new.title,
            "channel_id": new.channel_id,
            "state": state,
            "slots_after": now,
            "invited": new.invited,
            **_slot_values(new.slot),
        }
        async with self._database.write() as connection:
            excerpt_ids = await take_marks(connection, new.guild_id) if of_marked else new.excerpt_ids
            result = await connection.execute(series.insert().values(values).returning(series.c.id))
            series_id = int(result.scalar_one())
            await _order(connection, series_id, excerpt_ids)
        return await self.get(new.guild_id, series_id)

    async def get(self, guild_id: int, series_id: int) -> Series:
        """Return one series. Raises UserError if the server has none of this number."""
        matching = await self._many(series.c.guild_id == guild_id, series.c.id == series_id)
        if not matching:
            raise UserError(NO_SERIES)
        return matching[0]

    async def of_guild(self, guild_id: int) -> tuple[Series, ...]:
        """Return a server's series, the newest first."""
        return await self._many(series.c.guild_id == guild_id)

    async def active(self) -> tuple[Series, ...]:
        """Return the active series of every server that the bot is in."""
        left = select(guilds.c.id).where(guilds.c.left_at.is_not(None))
        is_active = series.c.state == SeriesState.ACTIVE, self._is_held(series.c.guild_id)
        return await self._many(*is_active, series.c.guild_id.not_in(left))

    async def edit(self, changed: Series) -> Series:
        """Store a series' title, channel, slot and number of people invited."""
        values = {
            "title": changed.title,
            "channel_id": changed.channel_id,
            "invited": changed.invited,
            **_slot_values(changed.slot),
        }
        await self._write(update(series).where(_is(changed)).values(values))
        return await self.get(changed.guild_id, changed.id)

    async def order(self, changed: Series, excerpt_ids: Sequence[int]) -> Series:
        """Set which excerpts the series runs through, in order."""
        async with self._database.write() as connection:
            await _order(connection, changed.id, excerpt_ids)
        return replace(changed, excerpt_ids=tuple(dict.fromkeys(excerpt_ids)))

    async def add_marked(self, changed: Series) -> tuple[Series, int]:
        """Put the excerpts that are marked in the server at the end of a series, and take their marks off.

        Returns the series, and how many of them it had already. Raises UserError if none is marked.
        """
        run = (
            select(series_excerpts.c.excerpt_id)
            .where(series_excerpts.c.series_id == changed.id)
            .order_by(series_excerpts.c.position)
        )
        async with self._database.write() as connection:
            marked = await take_marks(connection, changed.guild_id)
            before = (await connection.execute(run)).scalars().all()
            await _order(connection, changed.id, (*before, *marked))
        return await self.get(changed.guild_id, changed.id), len(set(marked).intersection(before))

    async def set_state(self, changed: Series, state: SeriesState, now: datetime) -> Series:
        """Start, pause, resume or stop. Slots count from now on, so what passed meanwhile is not made up for."""
        await self._write(update(series).where(_is(changed)).values(state=state, slots_after=now))
        return replace(changed, state=state, slots_after=now)

    async def leave_out(self, changed: Series, day: date) -> Series:
        """Leave one more date out."""
        slot = replace(changed.slot, left_out=changed.slot.left_out | {day})
        return await self.edit(replace(changed, slot=slot))

    async def pass_over(self, passed: Series, slots: Sequence[datetime], *, told_at: datetime | None = None) -> None:
        """Note slots for which nothing is posted, so that they are not looked at again and facilitators are told once.

        ``told_at`` is given if facilitators are told in another way.
        """
        if not slots:
            return
        insert = self._database.insert(passed_slots).on_conflict_do_nothing()
        async with self._database.write() as connection:
            await connection.execute(
                insert, [{"series_id": passed.id, "slot_at": slot, "told_at": told_at} for slot in slots]
            )
            await connection.execute(
                update(series).where(_is(passed), series.c.slots_after < max(slots)).values(slots_after=max(slots))
            )

    async def untold(self) -> tuple[tuple[Series, tuple[datetime, ...]], ...]:
        """Return the passed slots of which the facilitators have not been told, by series."""
        waiting = passed_slots.c.told_at.is_(None), self._is_of_held(passed_slots.c.series_id, series)
        query = select(passed_slots).where(*waiting).order_by(passed_slots.c.slot_at)
        by_series: dict[int, list[datetime]] = {}
        for row in await self._read_all(query):
            by_series.setdefault(row["series_id"], []).append(row["slot_at"])
        if not by_series:
            return ()
        passed: list[Series] = []
        for ids in chunks(tuple(by_series)):
            passed += await self._many(series.c.id.in_(ids))
        passed.sort(key=lambda each: each.id, reverse=True)
        return tuple((each, tuple(by_series[each.id])) for each in passed)

    async def note_told(self, passed: Series, now: datetime) -> None:
        """Note that the facilitators have been told of a series' passed slots."""
        await self._write(
            update(passed_slots)
            .where(passed_slots.c.series_id == passed.id, passed_slots.c.told_at.is_(None))
            .values(told_at=now)
        )

    async def _many(self, *where: Any) -> tuple[Series, ...]:
        async with self._database.read() as connection:
            rows = (
                (await connection.execute(select(series).where(*where).order_by(series.c.id.desc()))).mappings().all()
            )
            if not rows:  # at most rounds of an idle bot: two more questions would have no answer either
                return ()
            ids = [row["id"] for row in rows]
            run = select(series_excerpts.c.series_id, series_excerpts.c.excerpt_id)
            runs = await _pairs(connection, run.order_by(series_excerpts.c.position), series_excerpts.c.series_id, ids)
            is_posted = prompts.c.excerpt_id.is_not(None), prompts.c.state != "failed"
            of_prompts = select(prompts.c.series_id, prompts.c.excerpt_id).where(*is_posted)
            posted = await _pairs(connection, of_prompts, prompts.c.series_id, ids)
        return tuple(_series(row, runs.get(row["id"], ()), posted.get(row["id"], ())) for row in rows)


async def _pairs(
    connection: AsyncConnection, query: Select[Any], series_id_of: ColumnElement[Any], ids: Sequence[int]
) -> dict[int, list[int]]:
    by_series: dict[int, list[int]] = {}
    for some in chunks(ids):
        for series_id, excerpt_id in await connection.execute(query.where(series_id_of.in_(some))):
            by_series.setdefault(series_id, []).append(excerpt_id)
    return by_series


async def _order(connection: AsyncConnection, series_id: int, excerpt_ids: Sequence[int]) -> None:
    await connection.execute(delete(series_excerpts).where(series_excerpts.c.series_id == series_id))
    rows = [
        {"series_id": series_id, "excerpt_id": excerpt_id, "position": position}
        for position, excerpt_id in enumerate(dict.fromkeys(excerpt_ids), start=1)
    ]
    if rows:
        await connection.execute(series_excerpts.insert(), rows)


def _is(wanted: Series) -> Any:
    return series.c.id == wanted.id


def _slot_values(slot: Slot) -> dict[str, object]:
    return {
        "weekday": slot.weekday,
        "local_time": slot.local_time.strftime("%H:%M"),
        "time_zone": slot.time_zone,
        "first_date": slot.first_date,
        "left_out": sorted(day.isoformat() for day in slot.left_out),
    }


def _series(row: RowMapping, run: Iterable[int], posted: Iterable[int]) -> Series:
    slot = Slot(
        weekday=row["weekday"],
        local_time=time.fromisoformat(row["local_time"]),
        time_zone=row["time_zone"],
        first_date=row["first_date"],
        left_out=frozenset(date.fromisoformat(day) for day in row["left_out"]),
    )
    return Series(
        id=row["id"],
        guild_id=row["guild_id"],
        title=row["title"],
        channel_id=row["channel_id"],
        slot=slot,
        state=SeriesState(row["state"]),
        slots_after=row["slots_after"],
        invited=row["invited"],
        excerpt_ids=tuple(run),
        posted_ids=frozenset(posted),
    )
