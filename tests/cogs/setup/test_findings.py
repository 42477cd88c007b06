"""What /setup finds wrong in a server, and how it says to put it right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.models.prompts import NewPrompt, Wording
from bot.models.settings import SETTINGS
from cogs.core.channel_permissions import INVITED, invite_link, list_missing_permissions
from cogs.setup.cards import ALL_WELL, CHECK_AGAIN
from cogs.setup.findings import (
    CANNOT_ANNOUNCE,
    CANNOT_REPORT,
    GIVE,
    LACKING,
    LACKING_ELSEWHERE,
    NEWS_GONE,
    NO_HISTORY,
    NO_MESSAGE_CONTENT,
    NO_PICTURES,
    OFFICE_GONE,
    OPEN_OFFICE,
    OUTSIDE,
    PLACE_GONE,
    ROLE_GONE,
    STAFF,
    WITH_ROLES,
)
from cogs.setup.forms import PLACES, TITLES
from tests.cogs.setup.steps import open_settings, open_settings_form
from tests.wording import says
from tests.world import World, new_world, shown

ONLY_SETUP = ("cogs.setup",)
WRITE = discord.Permissions(send_messages=True)
SEE = discord.Permissions(view_channel=True)


@pytest.fixture
async def set_up(tmp_path: Path) -> AsyncIterator[World]:
    """A server that was set up, in which nobody writes in the prompts channel and the office is private."""
    async with new_world(tmp_path, extensions=ONLY_SETUP) as made:
        deny(made, made.prompts, made.guild.default_role, WRITE)
        deny(made, made.office, made.guild.default_role, SEE)
        allow(made, made.office, bot_role(made), SEE)
        allow(made, made.prompts, bot_role(made), WRITE)
        await made.env.settle()
        yield made


def bot_role(world: World) -> Any:
    return next(role for role in world.guild.roles.values() if role._role.managed)


def deny(world: World, channel: Any, role: Any, permissions: discord.Permissions) -> None:
    world.env.backend.set_overwrite(
        channel.id, Overwrite(target_id=role.id, type=OverwriteType.ROLE, allow=0, deny=permissions.value)
    )


def allow(world: World, channel: Any, role: Any, permissions: discord.Permissions) -> None:
    world.env.backend.set_overwrite(
        channel.id, Overwrite(target_id=role.id, type=OverwriteType.ROLE, allow=permissions.value, deny=0)
    )


async def show(world: World) -> str:
    return shown(await open_settings(world))


async def test_every_value_is_shown_and_all_is_well(set_up: World) -> None:
    text = await show(set_up)

    assert SETTINGS["prompts_channel_id"].card.format(set_up.prompts.mention) in text
    assert SETTINGS["facilitators_channel_id"].card.format(set_up.office.mention) in text
    assert SETTINGS["facilitator_role_id"].card.format(set_up.guild.roles["Facilitators"].mention) in text
    assert SETTINGS["organiser_role_id"].card.format(set_up.guild.roles["Organisers"].mention) in text
    assert SETTINGS["ping_role_id"].card.format("nobody") in text
    assert SETTINGS["time_zone"].card.format("Europe/London") in text
    assert SETTINGS["open_days"].card.format("14 days") in text
    assert ALL_WELL in text


async def test_each_lacking_permission_is_named_with_how_to_give_it(set_up: World) -> None:
    lost = discord.Permissions(manage_threads=True, send_messages_in_threads=True)
    deny(set_up, set_up.prompts, set_up.guild.default_role, WRITE)
    set_up.env.backend.set_overwrite(
        set_up.prompts.id,
        Overwrite(bot_role(set_up).id, OverwriteType.ROLE, allow=WRITE.value, deny=lost.value),
    )
    await set_up.env.settle()
    text = await show(set_up)

    assert says(text, LACKING, channel=set_up.prompts.mention)
    assert "**Send Messages in Threads** and **Manage Threads**" in text
    assert GIVE.format(it="them") in text


async def test_without_attach_files_it_says_what_comes_in_words_alone(set_up: World) -> None:
    lost = discord.Permissions(attach_files=True)
    set_up.env.backend.set_overwrite(
        set_up.prompts.id,
        Overwrite(bot_role(set_up).id, OverwriteType.ROLE, allow=WRITE.value, deny=lost.value),
    )
    await set_up.env.settle()
    text = await show(set_up)

    assert says(text, NO_PICTURES, channel=set_up.prompts.mention, permissions="**Attach Files**")
    assert text.count(" the bot needs ") == 1
    assert f"In {set_up.office.mention}" not in text


async def test_given_permissions_are_seen_by_checking_again(set_up: World) -> None:
    deny(set_up, set_up.prompts, bot_role(set_up), SEE)
    await set_up.env.settle()
    card = await open_settings(set_up)
    assert "**View Channels**" in shown(card)

    allow(set_up, set_up.prompts, bot_role(set_up), WRITE)
    await set_up.env.settle()
    again = await set_up.manager.click(card.response, label=CHECK_AGAIN)

    assert ALL_WELL in shown(again)


async def test_words_outside_of_threads_are_warned_about(set_up: World) -> None:
    allow(set_up, set_up.prompts, set_up.guild.default_role, WRITE)
    await set_up.env.settle()
    text = await show(set_up)

    assert says(text, OUTSIDE, who=STAFF, channel=set_up.prompts.mention, whom="@everyone")
    assert "Switch Send Messages on for the bot’s role, then off for @everyone" in text


async def test_a_role_that_may_write_in_the_prompts_channel_is_named(set_up: World) -> None:
    nurses = set_up.guild.create_role("Nurses")
    allow(set_up, set_up.prompts, nurses, WRITE)
    await set_up.env.settle()

    assert says(await show(set_up), OUTSIDE, who=WITH_ROLES.format(roles=nurses.mention))


async def test_a_forum_misses_no_words_and_has_its_own_names_for_permissions(set_up: World) -> None:
    await set_up.store.settings.change(set_up.guild.id, prompts_channel_id=set_up.forum.id)
    assert not says(await show(set_up), OUTSIDE)

    deny(set_up, set_up.forum, bot_role(set_up), WRITE)
    await set_up.env.settle()

    assert "**Create Posts**" in await show(set_up)


async def test_a_facilitators_channel_that_cannot_be_written_is_told(set_up: World) -> None:
    deny(set_up, set_up.office, bot_role(set_up), WRITE)
    await set_up.env.settle()
    text = await show(set_up)

    assert says(text, CANNOT_REPORT, channel=set_up.office.mention)
    assert "**Send Messages**" in text


async def test_a_facilitators_channel_whose_history_it_cannot_read_is_told(set_up: World) -> None:
    lost = discord.Permissions(read_message_history=True)
    set_up.env.backend.set_overwrite(
        set_up.office.id, Overwrite(bot_role(set_up).id, OverwriteType.ROLE, allow=SEE.value, deny=lost.value)
    )
    await set_up.env.settle()

    assert says(await show(set_up), NO_HISTORY, channel=set_up.office.mention, permissions="**Read Message History**")


async def test_a_facilitators_channel_that_everybody_reads_is_told(set_up: World) -> None:
    allow(set_up, set_up.office, set_up.guild.default_role, SEE)
    await set_up.env.settle()

    assert says(await show(set_up), OPEN_OFFICE, channel=set_up.office.mention)


async def test_deleted_channels_and_roles_are_told(set_up: World) -> None:
    set_up.env.backend.delete_channel(set_up.office.id)
    set_up.env.backend.delete_role(set_up.guild.id, set_up.guild.roles["Organisers"].id)
    await set_up.env.settle()
    text = await show(set_up)

    assert OFFICE_GONE in text
    assert ROLE_GONE.format(role="organiser role") in text


async def test_an_announcements_channel_in_which_it_may_not_write_is_told(set_up: World) -> None:
    await set_up.store.settings.change(set_up.guild.id, announcements_channel_id=set_up.forum.id)
    deny(set_up, set_up.forum, bot_role(set_up), discord.Permissions(send_messages=True))
    allow(set_up, set_up.forum, set_up.guild.default_role, discord.Permissions.none())
    await set_up.env.settle()
    assert says(await show(set_up), CANNOT_ANNOUNCE, channel=set_up.forum.mention)

    set_up.env.backend.delete_channel(set_up.forum.id)
    await set_up.env.settle()

    assert NEWS_GONE in await show(set_up)


async def test_the_form_opens_although_what_was_set_is_gone(set_up: World) -> None:
    set_up.env.backend.delete_channel(set_up.office.id)
    await set_up.env.settle()
    form = await open_settings_form(set_up, TITLES[PLACES])

    assert form.modal is not None


async def test_a_ping_takes_a_permission_only_where_the_role_cannot_be_mentioned_by_all(set_up: World) -> None:
    role = set_up.guild.roles["Organisers"]
    await set_up.store.settings.change(set_up.guild.id, ping_role_id=role.id)
    deny(set_up, set_up.prompts, bot_role(set_up), discord.Permissions(mention_everyone=True))
    allow(set_up, set_up.prompts, set_up.guild.default_role, discord.Permissions.none())
    await set_up.env.settle()
    assert "**Mention @everyone, @here and All Roles**" in await show(set_up)

    set_up.env.backend.edit_role(set_up.guild.id, role.id, {"mentionable": True})
    await set_up.env.settle()

    assert "All Roles" not in await show(set_up)


async def test_without_the_message_content_intent_it_says_how_to_switch_it_on(tmp_path: Path) -> None:
    async with new_world(tmp_path, extensions=ONLY_SETUP, message_content=False) as world:
        text = await show(world)

    assert NO_MESSAGE_CONTENT in text
    assert "Privileged Gateway Intents" in text


async def test_the_invitation_asks_for_exactly_what_is_used(set_up: World) -> None:
    permissions = discord.Permissions(**dict.fromkeys(INVITED, True))
    assert f"permissions={permissions.value}" in invite_link(5)
    assert "client_id=5" in invite_link(5)

    set_up.env.backend.edit_role(set_up.guild.id, bot_role(set_up).id, {"permissions": permissions.value})
    await set_up.env.settle()
    guild = set_up.bot.get_guild(set_up.guild.id)
    assert guild is not None
    for channel in guild.channels:
        assert list_missing_permissions(channel, guild.me) == ()


async def test_a_channel_in_which_a_prompt_is_open_is_looked_at_beside_the_prompts_channel(set_up: World) -> None:
    other = set_up.guild.create_text_channel("night-shift")
    deny(set_up, other, bot_role(set_up), discord.Permissions(send_messages=True))
    await set_up.env.settle()
    now = set_up.env.now()
    wording = Wording("Leaders exist at all levels.", True, "Where do you see this?", "No more heroes")
    new = NewPrompt(set_up.guild.id, other.id, wording, now + timedelta(days=14), None)
    claimed = await set_up.store.prompts.claim(new, now)
    assert claimed is not None
    text = await show(set_up)
    assert says(text, LACKING_ELSEWHERE, channel=other.mention, permissions="**Send Messages**")

    set_up.env.backend.delete_channel(other.id)
    await set_up.env.settle()
    assert PLACE_GONE.format(channel=other.id) in await show(set_up)
    await set_up.store.prompts.fail(claimed)
    assert f"<#{other.id}>" not in await show(set_up)
