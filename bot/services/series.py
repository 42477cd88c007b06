"""The use cases of series: one is made, changed, started or stopped; its run is put in order, and a turn skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.errors import UserError
from bot.models.library import Excerpt, Source
from bot.models.prompts import NewSeries, Series, SeriesState, Slot
from bot.models.settings import GuildSettings
from bot.prompts.schedule import decide, find_next_slot
from bot.services.library import check_details
from bot.services.prompts import find_next_excerpt, find_prompts_channel
from bot.store import Store
from bot.store.excerpt_marks import NOTHING_MARKED
from bot.text.clean import clean_line
from bot.text.dates import local_date, parse_date, parse_dates, parse_local_time
from bot.text.time_zones import check_time_zone
from bot.text.words import parse_numbers

LONGEST_TITLE = 100
NEXT_CHANGED = "Nothing was skipped, because another date or excerpt is next now. Open /series to see it."


@dataclass(frozen=True, slots=True)
class TypedSeries:
    """What a facilitator gave of a series and its weekly slot; None was not given.

    ``leave_out`` are dates to add to those left out before, or "none", which clears them.
    ``invited`` is how many people were invited to take part.
    """

    weekday: int | None = None
    time: str | None = None
    time_zone: str | None = None
    first_date: str | None = None
    leave_out: str | None = None
    title: str | None = None
    channel_id: int | None = None
    invited: int | None = None


async def create_series(
    store: Store,
    settings: GuildSettings,
    source: Source,
    typed: TypedSeries,
    now: datetime,
    *,
    excerpts: str | None = None,
) -> Series:
    """Store a series of a source's excerpts that waits for its start. Raises UserError for what cannot be used.

    ``excerpts`` are their numbers in order, such as "3, 1, 5-7"; without them, all.
    """
    picked = await _pick_excerpts(store, source, excerpts)
    new = _new_series(settings, typed, typed.title or source.details.title, picked, now)
    return await store.series.create(new, now, state=SeriesState.NEW)


async def create_series_of_marked(store: Store, settings: GuildSettings, typed: TypedSeries, now: datetime) -> Series:
    """Store a series of the excerpts that are marked in a server, which waits for its start; their marks go.

    Raises UserError for what cannot be used, and if none is marked any longer.
    """
    marked = await store.library.excerpts_of(settings.guild_id, await store.excerpt_marks.of_guild(settings.guild_id))
    if not marked:
        raise UserError(NOTHING_MARKED)
    title = typed.title or (await store.library.source(settings.guild_id, marked[0].source_id)).details.title
    return await store.series.create(
        _new_series(settings, typed, title, (), now), now, state=SeriesState.NEW, of_marked=True
    )


def _new_series(
    settings: GuildSettings, typed: TypedSeries, title: str, excerpt_ids: tuple[int, ...], now: datetime
) -> NewSeries:
    zone = check_time_zone(typed.time_zone) if typed.time_zone else settings.time_zone
    slot = read_slot(typed, Slot(typed.weekday or 0, time(), zone, local_date(now, zone)))
    next_at = None if typed.first_date else find_next_slot(slot, now)
    return NewSeries(
        guild_id=settings.guild_id,
        title=clean_line(title)[:LONGEST_TITLE],
        slot=slot if next_at is None else replace(slot, first_date=local_date(next_at, zone)),
        channel_id=typed.channel_id or find_prompts_channel(settings),
        excerpt_ids=excerpt_ids,
        invited=typed.invited,
    )


async def edit_series(store: Store, before: Series, typed: TypedSeries, now: datetime) -> Series:
    """Change what was given; the rest stays. Raises UserError for what cannot be used."""
    slot = read_slot(typed, before.slot)
    changed = replace(
        before,
        title=clean_line(typed.title)[:LONGEST_TITLE] if typed.title else before.title,
        channel_id=typed.channel_id or before.channel_id,
        invited=typed.invited or before.invited,
        slot=slot,
    )
    after = await store.series.edit(changed)
    if after.state is SeriesState.ACTIVE and slot != before.slot:
        # A slot that the new time puts into the past is not made up for.
        after = await store.series.set_state(after, after.state, now)
    return after


def read_slot(typed: TypedSeries, before: Slot) -> Slot:
    """Change a slot by what was typed. Raises UserError for a time, a date or a zone that cannot be read."""
    return replace(
        before,
        weekday=before.weekday if typed.weekday is None else typed.weekday,
        local_time=parse_local_time(typed.time) if typed.time else before.local_time,
        time_zone=check_time_zone(typed.time_zone) if typed.time_zone else before.time_zone,
        first_date=parse_date(typed.first_date) if typed.first_date else before.first_date,
        left_out=_read_days(typed.leave_out, before.left_out) if typed.leave_out else before.left_out,
    )


async def set_state(store: Store, series: Series, state: SeriesState, now: datetime) -> Series:
    """Start, pause or stop a series; one that has not started stays so when it is paused.

    Raises UserError for one that was stopped, and DetailsMissingError if too little is known of a report to come.
    """
    if series.state is SeriesState.STOPPED and state is not SeriesState.STOPPED:
        raise UserError("That series was stopped for good. Make a new one with /series.")
    if series.state is SeriesState.NEW and state is SeriesState.PAUSED:
        return series
    if series.state is state:
        return series
    if state is SeriesState.ACTIVE:
        await check_details(store, series.guild_id, series.waiting_ids)
    return await store.series.set_state(series, state, now)


async def add_marked(store: Store, series: Series, now: datetime) -> tuple[Series, int]:
    """Add the marked excerpts at the end of a series; their marks go.

    Returns the series, and how many of the marked it had before. Raises UserError if none is marked.
    """
    if not series.waiting_ids:
        # Dates that passed while there was nothing to post are not made up for.
        await store.series.set_state(series, series.state, now)
    return await store.series.add_marked(series)


async def move_excerpt(store: Store, series: Series, excerpt_id: int, move: str) -> Series:
    """Move an excerpt among those that wait: "top", "up", "down", or "drop" it.

    Raises UserError if it was posted or dropped.
    """
    waiting = list(series.waiting_ids)
    if excerpt_id not in waiting:
        raise UserError("That excerpt has been posted or dropped since. Open /series to see what comes next.")
    place = waiting.index(excerpt_id)
    waiting.remove(excerpt_id)
    if move != "drop":
        waiting.insert({"top": 0, "up": max(0, place - 1), "down": place + 1}[move], excerpt_id)
    return await _order(store, series, waiting)


def next_date(series: Series, now: datetime) -> date | None:
    """Return the local day on which a series' next prompt is due; None if it isn't running or has nothing left."""
    next_at = decide(series, now).next_at
    return None if next_at is None else local_date(next_at, series.slot.time_zone)


async def skip_date(store: Store, series: Series, day: date, now: datetime) -> Series:
    """Leave out a series' next date, which is ``day``. Raises UserError if another is next, as after a second press."""
    if next_date(series, now) != day:
        raise UserError(NEXT_CHANGED)
    return await store.series.leave_out(series, day)


async def skip_excerpt(store: Store, series: Series, excerpt_id: int) -> tuple[Series, Excerpt]:
    """Pass over a series' next excerpt, which has this id. Raises UserError if another one is next, or none."""
    if not series.waiting_ids:
        raise UserError(NEXT_CHANGED)
    skipped = await find_next_excerpt(store, series)
    if skipped.id != excerpt_id:
        raise UserError(NEXT_CHANGED)
    left = [each for each in series.excerpt_ids if each != skipped.id]
    return await store.series.order(series, left), skipped


async def count_shared_excerpts(store: Store, series: Series) -> tuple[tuple[Series, int], ...]:
    """Return the server's other series in which excerpts wait that wait in this one too, and how many."""
    waiting = set(series.waiting_ids)
    others = (other for other in await store.series.of_guild(series.guild_id) if other.id != series.id)
    shared = [
        (other, len(waiting.intersection(other.waiting_ids)))
        for other in others
        if SeriesState.STOPPED not in (series.state, other.state)
    ]
    return tuple((other, count) for other, count in shared if count)


async def _order(store: Store, series: Series, waiting: Sequence[int]) -> Series:
    """Put what waits in order, behind what was posted."""
    posted = (excerpt_id for excerpt_id in series.excerpt_ids if excerpt_id in series.posted_ids)
    return await store.series.order(series, (*posted, *waiting))


async def _pick_excerpts(store: Store, source: Source, numbers: str | None) -> tuple[int, ...]:
    excerpts = await store.library.excerpts(source.guild_id, source.id)
    if not excerpts:
        raise UserError("That source has no excerpts. Write one with /library, or choose another source.")
    if numbers is None:
        return tuple(excerpt.id for excerpt in excerpts)
    by_position = {excerpt.position: excerpt.id for excerpt in excerpts}
    picked = parse_numbers(numbers, max(by_position))
    return tuple(by_position[position] for position in picked if position in by_position)


def _read_days(text: str, before: frozenset[date]) -> frozenset[date]:
    """Add the dates that were typed to those left out before; "none" clears them all."""
    return frozenset() if text.strip().casefold() == "none" else before | parse_dates(text)
