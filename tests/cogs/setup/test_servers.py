"""Servers that join, leave and come back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord.backend.serializers import guild_create_payload

from bot.library import load_pack, pack_names
from tests.world import World, new_world

ONLY_SETUP = ("cogs.setup", "cogs.retention")
DAY = 24 * 60 * 60


@pytest.fixture
async def joined(tmp_path: Path) -> AsyncIterator[World]:
    """A server that has just invited the bot."""
    async with new_world(tmp_path, extensions=ONLY_SETUP, settings=False) as made:
        yield made


async def titles(world: World) -> list[str]:
    return [source.details.title for source in await world.store.library.sources(world.guild.id)]


def invite(world: World) -> None:
    """Somebody invites the bot: unlike a server that comes back, it has no mark of its availability."""
    backend = world.env.backend
    payload = dict(guild_create_payload(backend, backend.get_guild(world.guild.id)))
    payload.pop("unavailable", None)
    backend.emit("GUILD_CREATE", payload)


async def leave(world: World) -> None:
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
    await world.env.settle()


async def test_a_new_server_has_the_built_in_packs(joined: World) -> None:
    assert await titles(joined) == [load_pack(name).details.title for name in pack_names()]


async def test_the_packs_are_given_once(joined: World) -> None:
    await joined.restart()
    await joined.restart()

    assert len(await titles(joined)) == len(pack_names())


async def test_a_pack_that_was_removed_does_not_come_back_with_a_restart(joined: World) -> None:
    for source in await joined.store.library.sources(joined.guild.id):
        await joined.store.library.remove_source(joined.guild.id, source.id)
    await joined.restart()

    assert await titles(joined) == []


async def test_a_server_is_told_what_to_do_first_where_it_has_a_system_channel(joined: World) -> None:
    joined.env.backend.edit_guild(joined.guild.id, {"system_channel_id": joined.office.id})
    invite(joined)
    await joined.env.settle()

    (said,) = joined.texts(joined.office)
    assert "/setup" in said


async def test_a_server_whose_system_channel_cannot_be_written_joins_all_the_same(joined: World) -> None:
    joined.env.backend.edit_guild(joined.guild.id, {"system_channel_id": joined.office.id})
    joined.env.inject_error("POST", "/channels/*/messages", status=403)
    invite(joined)
    await joined.env.settle()

    assert joined.texts(joined.office) == []
    assert await titles(joined) != []


async def test_a_server_that_left_keeps_what_it_had_for_30_days(joined: World) -> None:
    await leave(joined)
    await joined.env.advance_time(29 * DAY)
    assert await titles(joined) != []
    assert await joined.store.settings.guild_ids() == ()

    await joined.env.advance_time(3 * DAY)

    assert await titles(joined) == []


async def test_a_server_that_comes_back_in_time_loses_nothing(joined: World) -> None:
    await joined.store.settings.save(joined.settings)
    await leave(joined)
    await joined.env.advance_time(10 * DAY)
    await joined.restart()
    await joined.env.advance_time(40 * DAY)

    assert await joined.store.settings.of(joined.guild.id) == joined.settings
    assert await titles(joined) != []


async def test_a_server_that_left_while_the_bot_was_away_is_noted(joined: World) -> None:
    await joined.store.settings.join([77])
    await joined.restart()

    assert await joined.store.settings.guild_ids() == (joined.guild.id,)
