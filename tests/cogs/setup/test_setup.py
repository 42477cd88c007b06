"""What managers meet in /setup."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.models.settings import SETTINGS
from bot.text.time_zones import DID_YOU_MEAN, NOT_KNOWN
from cogs.setup.cards import NEXT, PING
from cogs.setup.commands import NOTHING_CHOSEN
from cogs.setup.forms import NOT_EVERYONE
from cogs.setup.options import NOT_BOTH
from tests.wording import opening, says
from tests.world import World, form_parts, new_world, shown

ONLY_SETUP = ("cogs.setup",)


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[World]:
    """A server in which nothing was set."""
    async with new_world(tmp_path, extensions=ONLY_SETUP, settings=False) as made:
        yield made


def start_values(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "prompts_channel_id": [world.prompts],
        "facilitators_channel_id": [world.office],
        "facilitator_role_id": [world.guild.roles["Facilitators"]],
        "organiser_role_id": [world.guild.roles["Organisers"]],
        "time_zone": "Europe/London",
    } | changed


async def test_the_form_stores_every_part_and_says_what_to_do_next(bare: World) -> None:
    form = await bare.manager.slash(bare.prompts, "setup start")
    answer = await bare.manager.submit_modal(form, start_values(bare, time_zone="paris"))

    stored = await bare.store.settings.of(bare.guild.id)
    assert stored.prompts_channel_id == bare.prompts.id
    assert stored.facilitators_channel_id == bare.office.id
    assert stored.facilitator_role_id == bare.guild.roles["Facilitators"].id
    assert stored.organiser_role_id == bare.guild.roles["Organisers"].id
    assert stored.time_zone == "Europe/Paris"
    assert "Saved." in shown(answer)
    assert NEXT in shown(answer)


async def test_the_form_comes_back_filled_with_what_is_set(bare: World) -> None:
    form = await bare.manager.slash(bare.prompts, "setup start")
    await bare.manager.submit_modal(form, start_values(bare))

    again = form_parts(await bare.manager.slash(bare.prompts, "setup start"))

    assert again["prompts_channel_id"]["default_values"] == [{"id": bare.prompts.id, "type": "channel"}]
    assert again["facilitator_role_id"]["default_values"][0]["id"] == bare.guild.roles["Facilitators"].id
    assert again["time_zone"]["value"] == "Europe/London"


async def test_a_mistyped_time_zone_keeps_the_other_parts(bare: World) -> None:
    form = await bare.manager.slash(bare.prompts, "setup start")
    answer = await bare.manager.submit_modal(form, start_values(bare, time_zone="Europe/Lundon"))

    stored = await bare.store.settings.of(bare.guild.id)
    assert stored.prompts_channel_id == bare.prompts.id
    assert stored.time_zone == "Europe/London"
    assert opening(DID_YOU_MEAN) + "Europe/London" in shown(answer)


async def test_a_role_left_empty_is_cleared(bare: World) -> None:
    await bare.store.settings.save(bare.settings)
    form = await bare.manager.slash(bare.prompts, "setup start")
    await bare.manager.submit_modal(form, start_values(bare, organiser_role_id=[]))

    assert (await bare.store.settings.of(bare.guild.id)).organiser_role_id is None


async def test_a_form_opened_before_a_restart_is_stored_after_it(tmp_path: Path) -> None:
    async with new_world(tmp_path, extensions=ONLY_SETUP, settings=False) as world:
        form = await world.manager.slash(world.prompts, "setup start")
        await world.restart()
        await world.manager.submit_modal(form, start_values(world))

        assert (await world.store.settings.of(world.guild.id)).prompts_channel_id == world.prompts.id


async def test_the_ping_role_and_days_have_a_form_of_their_own(bare: World) -> None:
    card = await bare.manager.slash(bare.prompts, "setup show")
    form = await bare.manager.click(card.response, label=PING)
    answer = await bare.manager.submit_modal(
        form, {"ping_role_id": [bare.guild.roles["Organisers"]], "open_days": "21"}
    )

    stored = await bare.store.settings.of(bare.guild.id)
    assert stored.ping_role_id == bare.guild.roles["Organisers"].id
    assert stored.open_days == 21
    assert "21 days" in shown(answer)


@pytest.mark.parametrize("typed", ["0", "91", "x", "-1", "½"])
async def test_days_out_of_bounds_are_refused_by_their_limits(bare: World, typed: str) -> None:
    card = await bare.manager.slash(bare.prompts, "setup show")
    form = await bare.manager.click(card.response, label=PING)
    answer = await bare.manager.submit_modal(form, {"open_days": typed})

    assert (await bare.store.settings.of(bare.guild.id)).open_days == 14
    assert "a number from 1 to 90" in shown(answer)


async def test_one_setting_is_changed_without_the_others(bare: World) -> None:
    await bare.store.settings.save(bare.settings)
    await bare.manager.slash(bare.prompts, "setup set", **{"prompts-channel": bare.forum, "open-days": 7})

    stored = await bare.store.settings.of(bare.guild.id)
    assert stored.prompts_channel_id == bare.forum.id
    assert stored.open_days == 7
    assert stored.facilitators_channel_id == bare.office.id


async def test_an_announcement_channel_is_refused(bare: World) -> None:
    news = bare.guild.create_news_channel("news")
    await bare.env.settle()
    answer = await bare.manager.slash(bare.prompts, "setup set", **{"prompts-channel": news})

    assert "announcement channel" in shown(answer)
    assert (await bare.store.settings.of(bare.guild.id)).prompts_channel_id is None


async def test_the_ping_role_can_be_set_and_cleared(bare: World) -> None:
    role = bare.guild.roles["Organisers"]
    await bare.manager.slash(bare.prompts, "setup set", **{"ping-role": role})
    assert (await bare.store.settings.of(bare.guild.id)).ping_role_id == role.id

    answer = await bare.manager.slash(bare.prompts, "setup set", **{"clear-ping-role": True})

    assert (await bare.store.settings.of(bare.guild.id)).ping_role_id is None
    assert SETTINGS["ping_role_id"].card.format("nobody") in shown(answer)


async def test_a_ping_role_is_not_set_and_cleared_at_once(bare: World) -> None:
    role = bare.guild.roles["Organisers"]
    answer = await bare.manager.slash(bare.prompts, "setup set", **{"ping-role": role, "clear-ping-role": True})

    assert says(shown(answer), NOT_BOTH)


async def test_changing_nothing_says_what_to_do(bare: World) -> None:
    answer = await bare.manager.slash(bare.prompts, "setup set")

    assert NOTHING_CHOSEN in shown(answer)


async def test_everyone_is_refused_as_a_role(bare: World) -> None:
    answer = await bare.manager.slash(
        bare.prompts, "setup set", **{"ping-role": bare.guild.default_role, "open-days": 3}
    )

    stored = await bare.store.settings.of(bare.guild.id)
    assert stored.ping_role_id is None
    assert stored.open_days == 3
    assert NOT_EVERYONE in shown(answer)


async def test_time_zones_are_offered_as_words_are_typed(bare: World) -> None:
    offered = await bare.manager.autocomplete(bare.prompts, "setup set", "time-zone", "lond")
    empty = await bare.manager.autocomplete(bare.prompts, "setup set", "time-zone", "")

    assert offered[0]["value"] == "Europe/London"
    assert len(empty) == 25


async def test_an_unknown_time_zone_is_not_stored(bare: World) -> None:
    answer = await bare.manager.slash(bare.prompts, "setup set", **{"time-zone": "Ruritania"})

    assert says(shown(answer), NOT_KNOWN)
    assert (await bare.store.settings.of(bare.guild.id)).time_zone == "Europe/London"


async def test_discord_hides_setup_from_people_without_manage_server(bare: World) -> None:
    with pytest.raises(simcord.SetupError):
        await bare.staff[0].slash(bare.prompts, "setup show")


async def test_people_without_manage_server_are_refused_even_where_discord_shows_the_command(bare: World) -> None:
    command = next(command for command in await bare.bot.tree.fetch_commands() if command.name == "setup")
    bare.guild.set_command_permissions(command, {bare.guild.roles["Facilitators"]: True})
    answer = await bare.facilitator.slash(bare.prompts, "setup set", **{"open-days": 1})

    assert "Manage Server" in shown(answer)
    assert (await bare.store.settings.of(bare.guild.id)).open_days == 14


async def test_a_form_is_refused_from_somebody_who_is_no_manager_any_more(bare: World) -> None:
    form = await bare.manager.slash(bare.prompts, "setup start")
    bare.env.backend.edit_member(bare.guild.id, bare.manager.id, {"role_ids": []})
    answer = await bare.manager.submit_modal(form, start_values(bare))

    assert "Manage Server" in shown(answer)
    assert (await bare.store.settings.of(bare.guild.id)).prompts_channel_id is None


async def test_prompts_go_to_text_channels_and_forums_and_reports_to_text_channels(bare: World) -> None:
    form = form_parts(await bare.manager.slash(bare.prompts, "setup start"))

    assert form["prompts_channel_id"]["channel_types"] == [
        discord.ChannelType.text.value,
        discord.ChannelType.forum.value,
    ]
    assert form["facilitators_channel_id"]["channel_types"] == [discord.ChannelType.text.value]


async def test_summaries_are_published_by_hand_until_it_is_said_otherwise(bare: World) -> None:
    assert SETTINGS["publish"].card.format("by hand") in shown(await bare.manager.slash(bare.prompts, "setup show"))

    answer = await bare.manager.slash(bare.prompts, "setup set", publish="at once")

    assert SETTINGS["publish"].card.format("at once") in shown(answer)
    assert (await bare.store.settings.of(bare.guild.id)).publish == "at once"


async def test_an_announcements_channel_is_set_and_cleared(bare: World) -> None:
    answer = await bare.manager.slash(bare.prompts, "setup set", **{"announcements-channel": bare.office})
    assert SETTINGS["announcements_channel_id"].card.format(bare.office.mention) in shown(answer)

    both = {"announcements-channel": bare.office, "clear-announcements-channel": True}
    assert says(shown(await bare.manager.slash(bare.prompts, "setup set", **both)), NOT_BOTH)
    await bare.manager.slash(bare.prompts, "setup set", **{"clear-announcements-channel": True})

    assert (await bare.store.settings.of(bare.guild.id)).announcements_channel_id is None


async def test_every_setting_that_declares_an_option_is_offered_with_its_range(bare: World) -> None:
    setup = next(command for command in await bare.bot.tree.fetch_commands() if command.name == "setup")
    change: Any = next(option for option in setup.options if option.name == "set")
    offered = {option.name: option for option in change.options}
    declared = {name.removesuffix("_id").replace("_", "-"): each for name, each in SETTINGS.items() if each.option}

    assert set(offered) == {*declared, *(f"clear-{name}" for name, setting in declared.items() if setting.clear)}
    for name, setting in declared.items():
        assert offered[name].description == setting.option
        assert (offered[name].min_value or 0, offered[name].max_value or 0) == (setting.least, setting.most)


async def test_every_setting_that_declares_a_line_has_it_on_the_card(bare: World) -> None:
    card = shown(await bare.manager.slash(bare.prompts, "setup show"))

    for setting in SETTINGS.values():
        assert all(words in card for words in setting.card.split("{}"))
