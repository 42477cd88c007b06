"""What was written for a board paper: kept for its series, sealed, and gone with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bot.models.board import PaperFields, PaperTheme, Purpose, WrittenDispute
from bot.models.outcomes import PointRef
from bot.store import Store
from tests.by_hand import look
from tests.store.samples import GUILD, NOW, new_series

FIELDS = PaperFields(
    organisation="Heron Trust",
    held_on=date(2026, 9, 6),
    purpose=Purpose.DECISION,
    summary="One.\nTwo.",
    themes=(PaperTheme("Nights", (PointRef(1, "2"),)),),
    disputes=(WrittenDispute(1, "Rounds", "They help.", "They do not."),),
)


async def test_what_was_written_comes_back_whole_and_belongs_to_its_series(store: Store) -> None:
    series = await new_series(store)
    assert await store.board_papers.of_series(series.id) is None
    kept = await store.board_papers.change(series, lambda fields: replace(FIELDS, title=fields.title), FIELDS, NOW)

    assert await store.board_papers.of_series(series.id) == kept == FIELDS
    assert await store.board_papers.of_series(series.id + 1) is None


async def test_a_second_form_changes_its_own_fields_alone(store: Store) -> None:
    series = await new_series(store)
    for name, words in (("risks", "Harm at night."), ("equality", "Who works nights.")):
        await store.board_papers.change(series, partial(replace, **{name: words}), FIELDS, NOW)
    kept = await store.board_papers.of_series(series.id)
    assert kept == replace(FIELDS, risks="Harm at night.", equality="Who works nights.")


async def test_the_newest_paper_of_a_server_is_found_and_no_other_servers(store: Store) -> None:
    first, second = await new_series(store), await new_series(store)
    for series, title, day in ((first, "First", 2), (second, "Second", 1)):
        await store.board_papers.change(series, partial(replace, title=title), FIELDS, NOW + timedelta(days=day))
    newest = await store.board_papers.newest(GUILD)
    assert newest is not None
    assert newest.title == "First"
    assert await store.board_papers.newest(GUILD + 1) is None


async def test_the_database_holds_none_of_the_words_in_clear(store: Store, tmp_path: Path) -> None:
    series = await new_series(store)
    await store.board_papers.change(series, lambda _: FIELDS, FIELDS, NOW)
    ((sealed,),) = look(tmp_path / "test.db", "SELECT sealed FROM board_papers")
    assert b"Heron" not in sealed
    assert await store.board_papers.of_series(series.id) == FIELDS
