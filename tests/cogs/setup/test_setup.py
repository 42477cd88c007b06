"""What managers set in the forms of /setup."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.models.model_endpoint import ModelEndpoint
from bot.models.settings import SETTINGS
from bot.prompts.reminders import NOT_A_TIME
from bot.services.language_model.client import LanguageModelClient
from bot.text.time_zones import DID_YOU_MEAN, NOT_KNOWN
from cogs.setup.cards import ALL_SETTINGS
from cogs.setup.changes import DAYS_SAVED, NEVER_QUIET, PEOPLE_SAVED, QUIET, REMINDERS_OFF
from cogs.setup.forms import DECLARED, NOT_A_NUMBER, NOT_EVERYONE, PLACES, SUMMARIES, TITLES, WRONG_CHANNEL
from cogs.ui.limits import LONGEST_FIELD_HINT, LONGEST_FIELD_LABEL, MOST_FIELDS
from tests.cogs.setup.steps import fill_in, open_settings, open_settings_form
from tests.wording import opening, says
from tests.world import World, form_parts, new_world, shown

ONLY_SETUP = ("cogs.setup",)
CHANNELS_AND_ROLES, DAYS, REMINDERS = TITLES[PLACES], TITLES["numbers"], TITLES["reminders"]


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[World]:
    """A server in which nothing was set."""
    async with new_world(tmp_path, extensions=ONLY_SETUP, settings=False) as made:
        yield made


def place_values(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "prompts_channel_id": [world.prompts],
        "facilitators_channel_id": [world.office],
        "facilitator_role_id": [world.guild.roles["Facilitators"]],
        "organiser_role_id": [world.guild.roles["Organisers"]],
        "time_zone": "Europe/London",
    } | changed


async def test_the_form_of_channels_and_roles_stores_every_part(bare: World) -> None:
    answer = await fill_in(bare, CHANNELS_AND_ROLES, **place_values(bare, time_zone="paris"))

    stored = await bare.store.settings.of(bare.guild.id)
    assert stored.prompts_channel_id == bare.prompts.id
    assert stored.facilitators_channel_id == bare.office.id
    assert stored.facilitator_role_id == bare.guild.roles["Facilitators"].id
    assert stored.organiser_role_id == bare.guild.roles["Organisers"].id
    assert stored.time_zone == "Europe/Paris"
    assert answer.startswith("Saved.")


async def test_the_form_comes_back_filled_with_what_is_set(bare: World) -> None:
    await fill_in(bare, CHANNELS_AND_ROLES, **place_values(bare))

    again = form_parts(await open_settings_form(bare, CHANNELS_AND_ROLES))

    assert again["prompts_channel_id"]["default_values"] == [{"id": bare.prompts.id, "type": "channel"}]
    assert again["facilitator_role_id"]["default_values"][0]["id"] == bare.guild.roles["Facilitators"].id
    assert again["time_zone"]["value"] == "Europe/London"


async def test_a_mistyped_time_zone_keeps_the_other_parts(bare: World) -> None:
    answer = await fill_in(bare, CHANNELS_AND_ROLES, **place_values(bare, time_zone="Europe/Lundon"))

    stored = await bare.store.settings.of(bare.guild.id)
    assert stored.prompts_channel_id == bare.prompts.id
    assert stored.time_zone == "Europe/London"
    assert opening(DID_YOU_MEAN) + "Europe/London" in answer


async def test_an_unknown_time_zone_is_not_stored(bare: World) -> None:
    answer = await fill_in(bare, CHANNELS_AND_ROLES, **place_values(bare, time_zone="Ruritania"))

    assert says(answer, NOT_KNOWN)
    assert (await bare.store.settings.of(bare.guild.id)).time_zone == "Europe/London"


async def test_a_role_left_empty_is_cleared(bare: World) -> None:
    await bare.store.settings.save(bare.settings)
    await fill_in(bare, CHANNELS_AND_ROLES, **place_values(bare, organiser_role_id=[]))

    assert (await bare.store.settings.of(bare.guild.id)).organiser_role_id is None


async def test_a_form_opened_before_a_restart_is_stored_after_it(tmp_path: Path) -> None:
    async with new_world(tmp_path, extensions=ONLY_SETUP, settings=False) as world:
        form = await open_settings_form(world, CHANNELS_AND_ROLES)
        await world.restart()
        await world.manager.submit_modal(form, place_values(world))

        assert (await world.store.settings.of(world.guild.id)).prompts_channel_id == world.prompts.id


async def test_days_and_numbers_have_one_form_and_say_what_follows(bare: World) -> None:
    answer = await fill_in(bare, DAYS, open_days="21", answer_days="30", retention_days="90", group_threshold="20")

    stored = await bare.store.settings.of(bare.guild.id)
    assert (stored.open_days, stored.answer_days, stored.retention_days, stored.group_threshold) == (21, 30, 90, 20)
    assert says(answer, DAYS_SAVED, days="90 days")
    assert says(answer, PEOPLE_SAVED, people=20)
    for name, value in (("open_days", "21 days"), ("answer_days", "30 days"), ("group_threshold", "20")):
        assert SETTINGS[name].card.format(value) in answer

    again = await fill_in(bare, DAYS, answer_days="")
    assert (await bare.store.settings.of(bare.guild.id)).answer_days is None
    assert not says(again, DAYS_SAVED)
    assert not says(again, PEOPLE_SAVED)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("open_days", typed) for typed in ("0", "91", "x", "-1", "½")),
        ("answer_days", "0"),
        ("answer_days", "181"),
        ("retention_days", "29"),
        ("retention_days", "3651"),
        ("group_threshold", "4"),
        ("group_threshold", "101"),
    ],
)
@pytest.mark.sampled(4)
async def test_a_number_out_of_bounds_is_refused_by_its_limits_and_the_others_are_kept(
    bare: World, name: str, typed: str
) -> None:
    before = await bare.store.settings.of(bare.guild.id)
    other = "open_days" if name != "open_days" else "retention_days"
    values = {"open_days": "14", "answer_days": "", "retention_days": "365", "group_threshold": "11"}
    answer = await fill_in(bare, DAYS, **{**values, name: typed, other: "77"})

    stored = await bare.store.settings.of(bare.guild.id)
    setting = SETTINGS[name]
    assert getattr(stored, name) == getattr(before, name)
    assert getattr(stored, other) == 77
    assert says(answer, NOT_A_NUMBER, ask=setting.ask, least=setting.least, most=setting.most)


async def test_the_ping_role_is_set_and_cleared(bare: World) -> None:
    role = bare.guild.roles["Organisers"]
    await fill_in(bare, REMINDERS, ping_role_id=[role])
    assert (await bare.store.settings.of(bare.guild.id)).ping_role_id == role.id

    answer = await fill_in(bare, REMINDERS, ping_role_id=[])

    assert (await bare.store.settings.of(bare.guild.id)).ping_role_id is None
    assert SETTINGS["ping_role_id"].card.format("nobody") in answer


async def test_everyone_is_refused_as_a_role_and_the_rest_is_kept(bare: World) -> None:
    answer = await fill_in(bare, REMINDERS, ping_role_id=[bare.guild.default_role], reminders="on")

    stored = await bare.store.settings.of(bare.guild.id)
    assert stored.ping_role_id is None
    assert stored.reminders
    assert NOT_EVERYONE in answer


async def test_reminders_and_quiet_hours_say_what_follows(bare: World) -> None:
    answer = await fill_in(bare, REMINDERS, reminders="on", quiet_from="21:00", quiet_to="7:30")
    assert says(answer, QUIET, start="21:00", end="07:30", zone="Europe/London")

    never = await fill_in(bare, REMINDERS, reminders="on", quiet_from="21:00", quiet_to="21:00")
    assert NEVER_QUIET in never

    wrong = await fill_in(bare, REMINDERS, reminders="off", quiet_from="late", quiet_to="21:00")
    stored = await bare.store.settings.of(bare.guild.id)
    assert (stored.reminders, stored.quiet_from) == (False, "21:00")
    assert NOT_A_TIME in wrong
    assert REMINDERS_OFF in wrong


async def test_discord_hides_setup_from_people_without_manage_server(bare: World) -> None:
    with pytest.raises(simcord.SetupError):
        await bare.staff[0].slash(bare.prompts, "setup")


async def test_people_without_manage_server_are_refused_even_where_discord_shows_the_command(bare: World) -> None:
    command = next(command for command in await bare.bot.tree.fetch_commands() if command.name == "setup")
    bare.guild.set_command_permissions(command, {bare.guild.roles["Facilitators"]: True})
    answer = await bare.facilitator.slash(bare.prompts, "setup")

    assert "Manage Server" in shown(answer)
    assert ALL_SETTINGS not in shown(answer)


async def test_a_form_is_refused_from_somebody_who_is_no_manager_any_more(bare: World) -> None:
    form = await open_settings_form(bare, CHANNELS_AND_ROLES)
    bare.env.backend.edit_member(bare.guild.id, bare.manager.id, {"role_ids": []})
    answer = await bare.manager.submit_modal(form, place_values(bare))

    assert "Manage Server" in shown(answer)
    assert (await bare.store.settings.of(bare.guild.id)).prompts_channel_id is None


async def test_prompts_go_to_text_channels_and_forums_and_reports_to_text_channels(bare: World) -> None:
    form = form_parts(await open_settings_form(bare, CHANNELS_AND_ROLES))

    assert form["prompts_channel_id"]["channel_types"] == [
        discord.ChannelType.text.value,
        discord.ChannelType.forum.value,
    ]
    assert form["facilitators_channel_id"]["channel_types"] == [discord.ChannelType.text.value]


async def test_a_channel_of_another_kind_is_refused(bare: World) -> None:
    news = bare.guild.create_news_channel("news")
    await bare.env.settle()
    answer = await fill_in(bare, CHANNELS_AND_ROLES, **place_values(bare, prompts_channel_id=[news]))

    assert says(answer, WRONG_CHANNEL, channel=news.mention)
    assert (await bare.store.settings.of(bare.guild.id)).prompts_channel_id is None


async def test_summaries_wait_for_a_facilitator_until_it_is_said_otherwise(bare: World) -> None:
    assert SETTINGS["publish"].card.format("by hand") in shown(await open_settings(bare))

    answer = await fill_in(bare, TITLES[SUMMARIES], publish="at once")

    assert SETTINGS["publish"].card.format("at once") in answer
    assert (await bare.store.settings.of(bare.guild.id)).publish == "at once"


async def test_an_announcements_channel_is_set_and_cleared(bare: World) -> None:
    answer = await fill_in(bare, TITLES[SUMMARIES], publish="by hand", announcements_channel_id=[bare.office])
    assert SETTINGS["announcements_channel_id"].card.format(bare.office.mention) in answer

    await fill_in(bare, TITLES[SUMMARIES], publish="by hand", announcements_channel_id=[])

    assert (await bare.store.settings.of(bare.guild.id)).announcements_channel_id is None


def test_every_setting_that_is_asked_for_is_in_one_form_and_its_words_fit() -> None:
    asked = [name for _, names in DECLARED.values() for name in names]

    assert sorted(asked) == sorted(name for name, setting in SETTINGS.items() if setting.ask)
    assert all(len(names) <= MOST_FIELDS for _, names in DECLARED.values())
    for name in asked:
        assert len(SETTINGS[name].ask) <= LONGEST_FIELD_LABEL, name
        assert len(SETTINGS[name].hint) <= LONGEST_FIELD_HINT, name
        bounds = (str(SETTINGS[name].least), str(SETTINGS[name].most))
        assert SETTINGS[name].most == 0 or all(bound in SETTINGS[name].hint for bound in bounds), name


async def test_every_setting_that_declares_a_line_has_it_on_the_card(bare: World) -> None:
    bare.bot.language_model = LanguageModelClient(ModelEndpoint("http://127.0.0.1:8080/v1", "small"))
    card = shown(await open_settings(bare))

    for setting in SETTINGS.values():
        assert setting.card
        assert all(words in card for words in setting.card.split("{}"))
