"""Excerpts that are marked to use: shared by a server's facilitators, and taken by one series."""

from __future__ import annotations

import asyncio
from datetime import date, time

import pytest

from bot.errors import UserError
from bot.models.prompts import NewSeries, Series, Slot
from bot.store import Store
from tests.store.samples import CHANNEL, GUILD, NOW, document

NEW = NewSeries(GUILD, "Picked", CHANNEL, Slot(0, time(9), "Europe/London", date(2026, 1, 5)))


@pytest.fixture
async def ids(store: Store) -> list[int]:
    """The ids of three excerpts of a report."""
    await store.settings.join([GUILD, 2])
    source, _ = await store.library.add_source(GUILD, document())
    return [excerpt.id for excerpt in await store.library.excerpts(GUILD, source.id)]


async def test_marks_are_kept_in_the_order_of_the_report_whatever_the_order_of_the_clicks(
    store: Store, ids: list[int]
) -> None:
    await store.excerpt_marks.add(GUILD, [ids[2]])
    await store.excerpt_marks.add(GUILD, [ids[0], ids[2]])

    assert await store.excerpt_marks.of_guild(GUILD) == (ids[0], ids[2])


async def test_a_mark_is_taken_off_once_and_goes_with_its_excerpt(store: Store, ids: list[int]) -> None:
    await store.excerpt_marks.add(GUILD, ids)
    await store.excerpt_marks.remove(GUILD, [ids[0]])
    await store.excerpt_marks.remove(GUILD, [ids[0]])
    await store.library.remove_excerpt(GUILD, ids[1])

    assert await store.excerpt_marks.of_guild(GUILD) == (ids[2],)


async def test_another_server_can_neither_mark_nor_see_nor_take_off(store: Store, ids: list[int]) -> None:
    await store.excerpt_marks.add(2, ids)
    await store.excerpt_marks.add(GUILD, ids)
    await store.excerpt_marks.remove(2, ids)

    assert await store.excerpt_marks.of_guild(2) == ()
    assert await store.excerpt_marks.of_guild(GUILD) == tuple(ids)


async def test_two_who_make_a_series_of_the_marked_at_once_make_one(store: Store, ids: list[int]) -> None:
    await store.excerpt_marks.add(GUILD, ids[1:])

    made = await asyncio.gather(
        *(store.series.create(NEW, NOW, of_marked=True) for _ in range(2)), return_exceptions=True
    )

    series = [one for one in made if isinstance(one, Series)]
    assert [one.excerpt_ids for one in series] == [tuple(ids[1:])]
    assert [type(one) for one in made if not isinstance(one, Series)] == [UserError]
    assert await store.series.of_guild(GUILD) == tuple(series)
    assert await store.excerpt_marks.of_guild(GUILD) == ()
