"""Series keep their order, their slot and what was posted of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import Engine, event

from bot.models.prompts import SeriesState
from bot.store import Store
from tests.store.samples import GUILD, NOW, new_series


async def test_a_series_is_read_back_as_it_was_made(store: Store) -> None:
    made = await new_series(store)

    assert (await store.series.of_guild(GUILD)) == (made,)
    assert made.invited == 40
    assert made.state is SeriesState.ACTIVE


async def test_excerpts_are_reordered_and_a_repeated_one_counts_once(store: Store) -> None:
    made = await new_series(store)
    first, second, third = made.excerpt_ids

    await store.series.order(made, (third, first, third, second))

    assert (await store.series.get(GUILD, made.id)).excerpt_ids == (third, first, second)


async def test_resuming_lets_slots_count_from_now(store: Store) -> None:
    made = await new_series(store)
    later = NOW + timedelta(days=30)

    await store.series.set_state(made, SeriesState.PAUSED, NOW)
    assert await store.series.active() == ()
    await store.series.set_state(made, SeriesState.ACTIVE, later)

    (again,) = await store.series.active()
    assert again.slots_after == later


async def test_passed_slots_are_told_once(store: Store) -> None:
    made = await new_series(store)
    slots = (NOW, NOW + timedelta(days=7))

    await store.series.pass_over(made, slots)
    await store.series.pass_over(made, slots)
    ((told, moments),) = await store.series.untold()
    await store.series.note_told(told, NOW)

    assert moments == slots
    assert told.slots_after == slots[1]
    assert await store.series.untold() == ()


async def test_a_date_left_out_is_kept(store: Store) -> None:
    made = await store.series.leave_out(await new_series(store), date(2026, 12, 28))

    assert (await store.series.get(GUILD, made.id)).slot.left_out == {date(2026, 12, 28)}


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that is sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


async def test_where_there_is_no_series_one_question_to_the_database_says_so(store: Store) -> None:
    with statements() as active:
        assert await store.series.active() == ()
    with statements() as untold:
        assert await store.series.untold() == ()

    assert (len(active), len(untold)) == (1, 1)
