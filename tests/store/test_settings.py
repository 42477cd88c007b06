"""A server's settings have defaults, are changed one by one, and outlive the bot's removal for a while."""

from __future__ import annotations

from datetime import timedelta

from bot.models.settings import GuildSettings
from bot.store import Store
from tests.store.samples import GUILD, NOW, arrival, open_prompt


async def test_a_new_server_has_the_defaults(store: Store) -> None:
    assert await store.settings.of(GUILD) == GuildSettings(GUILD, time_zone="Europe/London", open_days=14)


async def test_one_value_is_changed_and_the_others_stay(store: Store) -> None:
    await store.settings.save(GuildSettings(GUILD, prompts_channel_id=5, open_days=7))

    changed = await store.settings.change(GUILD, ping_role_id=8)

    assert changed == GuildSettings(GUILD, prompts_channel_id=5, ping_role_id=8, open_days=7)


async def test_a_server_that_the_bot_is_invited_back_to_keeps_all_it_had(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])

    await store.settings.leave(GUILD, NOW)
    await store.settings.join([GUILD])
    await store.settings.erase_left(NOW + timedelta(days=40))

    assert await store.replies.count(prompt.id) == (1, 1)


async def test_a_server_left_long_ago_is_erased_with_everything_in_it(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])

    await store.settings.leave(GUILD, NOW)
    await store.settings.leave(GUILD, NOW + timedelta(days=20))
    erased = await store.settings.erase_left(NOW + timedelta(days=30, seconds=1))

    assert erased == 1
    assert await store.replies.count(prompt.id) == (0, 0)
    assert await store.prompts.of_guild(GUILD) == ()


async def test_notes_of_the_program_are_kept(store: Store) -> None:
    assert await store.settings.note("synced") is None

    await store.settings.keep_note("synced", "one")
    await store.settings.keep_note("synced", "two")

    assert await store.settings.note("synced") == "two"
