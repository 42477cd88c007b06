"""A start at which the database cannot be used for a moment: what it was for is done soon after."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.client import EXTENSIONS
from bot.library import pack_names
from bot.store import StoreError
from bot.store.drafts import DraftStore
from bot.store.prompts import PromptStore
from bot.store.settings import SettingsStore
from bot.store.sqlite.engine import FAULTS
from bot.store.summaries import SummaryStore
from tests.world import World

AT_START = (
    (SettingsStore, "guild_ids"),
    (SettingsStore, "join"),
    (PromptStore, "to_tell_of_others"),
    (SummaryStore, "prompt_ids"),
    (DraftStore, "open_drafts"),
    (DraftStore, "missing"),
)
SAID = "Another program is using the database. Close it, or wait until its work is done."


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """All of them, since each has something to finish at a start."""
    return EXTENSIONS


class Busy:
    """Lets a function of the store fail until it may work again, and counts how often it worked."""

    def __init__(self, patch: pytest.MonkeyPatch, owner: type[Any], name: str) -> None:
        self.is_over, self.worked = False, 0
        work = getattr(owner, name)

        async def fail_at_first(*args: Any, **options: Any) -> Any:
            if not self.is_over:
                raise StoreError(FAULTS["locked"], Path("/srv/ward/ward.db"))
            self.worked += 1
            return await work(*args, **options)

        patch.setattr(owner, name, fail_at_first)


@pytest.mark.parametrize(("owner", "name"), AT_START)
@pytest.mark.sampled(2)
async def test_what_a_start_is_for_is_done_as_soon_as_the_database_can_be_used(
    world: World,
    owner: type[Any],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    busy = Busy(monkeypatch, owner, name)

    await world.restart()
    busy.is_over = True
    await world.env.advance_time(15 * 60)

    assert busy.worked
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert SAID in caplog.text
    assert "/srv/ward" not in caplog.text


async def test_a_server_that_joins_meanwhile_is_noted_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for source in await world.store.library.sources(world.guild.id):
        await world.store.library.remove_source(world.guild.id, source.id)
    await world.change_database("DELETE FROM guilds")
    await world.change_database("DELETE FROM meta WHERE name LIKE 'packs of %'")
    busy = Busy(monkeypatch, SettingsStore, "join")

    await world.restart()
    assert await world.store.settings.guild_ids() == ()
    busy.is_over = True
    await world.env.advance_time(15 * 60)

    assert await world.store.settings.guild_ids() == (world.guild.id,)
    assert len(await world.store.library.sources(world.guild.id)) == len(pack_names())
