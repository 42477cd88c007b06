"""The guided start of /setup: channels and roles made once, contacts, a try-out, and the first series."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.client import ROLE_COMMANDS
from bot.models.prompts import SeriesState
from bot.services.first_steps import STARTERS, next_monday
from cogs.setup.cards import (
    ALL_SETTINGS,
    ALL_WELL,
    CHOOSE,
    DONE,
    FIRST_STEPS,
    HEAD,
    MAKE,
    PLACES_DONE,
    START,
    TO_DO,
    TRY_OUT,
)
from cogs.setup.channels_and_roles import (
    CANNOT_MAKE,
    FACILITATORS,
    OFFICE_NAME,
    ORGANISERS,
    PROMPTS_NAME,
    THERE_ALREADY,
)
from cogs.setup.commands import OPEN_TO_ALL, TRIED_ALREADY, TRIED_OUT
from cogs.setup.findings import OUTSIDE
from cogs.setup.forms import TITLES
from cogs.ui.parts import custom_id
from tests.cogs.setup.steps import NEEDED, give, press, start
from tests.permissions.walk import press_button
from tests.wording import says
from tests.world import World, new_world, shown

STEPS = 5


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[World]:
    """A server in which nothing was set, and whose bot may make channels and roles."""
    async with new_world(tmp_path, extensions=("cogs.setup", "cogs.prompts", "cogs.replies"), settings=False) as made:
        await give(made, NEEDED)
        yield made


def channels(world: World, name: str) -> list[Any]:
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    return [channel for channel in guild.text_channels if channel.name == name]


def roles(world: World, name: str) -> list[Any]:
    return [role for role in world.env.backend.get_guild(world.guild.id).roles.values() if role.name == name]


def in_colour(card: Any) -> list[str]:
    """The labels of the buttons in colour."""
    (frame,) = card.response.message.components
    rows = [part["components"] for part in frame.to_dict()["components"] if "components" in part]
    return [part["label"] for row in rows for part in row if part["style"] == discord.ButtonStyle.primary.value]


async def test_a_server_in_which_nothing_is_set_is_shown_the_first_steps(bare: World) -> None:
    text = shown(await start(bare))

    assert HEAD in text
    assert text.count(TO_DO) == STEPS
    assert DONE not in text
    assert MAKE in text
    assert CHOOSE in text


async def test_only_the_next_step_is_in_colour(bare: World) -> None:
    card = await start(bare)
    assert in_colour(card) == [MAKE]
    card = await press(bare, card, MAKE)
    assert in_colour(card) == [TITLES["contacts"]]
    form = await press(bare, card, TITLES["contacts"])
    card = await bare.manager.submit_modal(form, {"speak_up": "Ruth, extension 14", "complaints": "Room 5"})
    assert in_colour(card) == [TITLES["organisation"]]
    form = await press(bare, card, TITLES["organisation"])
    card = await bare.manager.submit_modal(form, {"controller": "Riverside Trust"})
    assert in_colour(card) == [TRY_OUT]
    card = await press(bare, card, TRY_OUT)
    assert in_colour(card) == list(START.values())


async def test_it_makes_a_channel_where_words_are_not_missed_and_one_that_staff_cannot_see(bare: World) -> None:
    made = await press(bare, await start(bare), MAKE)

    text = shown(made)
    settings = await bare.store.settings.of(bare.guild.id)
    (prompts,), (office,) = channels(bare, PROMPTS_NAME), channels(bare, OFFICE_NAME)
    (facilitators,), (organisers,) = roles(bare, FACILITATORS), roles(bare, ORGANISERS)
    assert (settings.prompts_channel_id, settings.facilitators_channel_id) == (prompts.id, office.id)
    assert (settings.facilitator_role_id, settings.organiser_role_id) == (facilitators.id, organisers.id)
    assert text.count(DONE) == 1
    assert says(text, PLACES_DONE, prompts=f"<#{prompts.id}>", office=f"<#{office.id}>", role=f"<@&{facilitators.id}>")
    assert ALL_WELL in text
    assert not says(text, OUTSIDE)
    everyone = prompts.guild.default_role
    assert not prompts.permissions_for(everyone).send_messages
    assert not prompts.permissions_for(everyone).create_public_threads
    assert prompts.permissions_for(everyone).send_messages_in_threads
    assert not office.permissions_for(everyone).view_channel
    for role_id in (facilitators.id, organisers.id):
        seen = office.permissions_for(office.guild.get_role(role_id))
        assert seen.view_channel
        assert seen.send_messages
    assert (facilitators.permissions, organisers.permissions) == (ROLE_COMMANDS.value,) * 2
    assert facilitators.id in bare.env.backend.get_guild(bare.guild.id).members[bare.manager.id].role_ids


async def test_two_clicks_at_once_make_them_once(bare: World) -> None:
    setup: Any = bare.bot.get_cog("SetupCommands")
    with bare.env._bot_scope():
        guild: Any = bare.bot.get_guild(bare.guild.id)
        member = await guild.fetch_member(bare.manager.id)
        said = await asyncio.gather(*(setup.make_once(guild, member) for _ in range(3)))
    await bare.env.settle()

    assert sorted(map(str.strip, said))[-2:] == [THERE_ALREADY] * 2
    assert [len(channels(bare, name)) for name in (PROMPTS_NAME, OFFICE_NAME)] == [1, 1]
    assert [len(roles(bare, name)) for name in (FACILITATORS, ORGANISERS)] == [1, 1]


async def test_what_was_made_before_the_bot_died_is_found_and_not_made_again(bare: World) -> None:
    await press(bare, await start(bare), MAKE)
    before = await bare.store.settings.of(bare.guild.id)
    cleared = dict.fromkeys(("prompts_channel_id", "facilitator_role_id", "organiser_role_id"))
    await bare.store.settings.change(bare.guild.id, **cleared)  # as if it had died before it stored them
    await bare.restart()
    await press(bare, await start(bare), MAKE)

    assert await bare.store.settings.of(bare.guild.id) == before
    assert len(channels(bare, PROMPTS_NAME)) == 1


async def test_only_what_is_lacking_is_made(bare: World) -> None:
    role = bare.guild.roles["Organisers"]
    await bare.store.settings.change(bare.guild.id, prompts_channel_id=bare.prompts.id, organiser_role_id=role.id)
    await press(bare, await start(bare), MAKE)

    settings = await bare.store.settings.of(bare.guild.id)
    assert (settings.prompts_channel_id, settings.organiser_role_id) == (bare.prompts.id, role.id)
    assert channels(bare, PROMPTS_NAME) == []
    assert roles(bare, ORGANISERS) == []
    assert len(channels(bare, OFFICE_NAME)) == 1


async def test_without_the_permissions_it_says_which_to_give_and_makes_nothing(bare: World) -> None:
    await give(bare, NEEDED & ~discord.Permissions(manage_roles=True, manage_threads=True))
    answer = await press(bare, await start(bare), MAKE)

    assert says(shown(answer), CANNOT_MAKE, permissions="**Manage Roles** and **Manage Threads**")
    assert channels(bare, PROMPTS_NAME) == []
    assert (await bare.store.settings.of(bare.guild.id)).prompts_channel_id is None


async def test_contacts_and_the_organisations_name_are_two_forms_that_lead_back_to_the_steps(bare: World) -> None:
    card = await start(bare)
    form = await press(bare, card, TITLES["contacts"])
    answer = await bare.manager.submit_modal(form, {"speak_up": "Ruth, extension 14", "complaints": "Room 5"})
    assert shown(answer).count(DONE) == 1
    form = await press(bare, answer, TITLES["organisation"])
    answer = await bare.manager.submit_modal(form, {"controller": "Riverside Trust"})

    assert shown(answer).count(DONE) == 2
    assert HEAD in shown(answer)
    kept = (await bare.store.settings.of(bare.guild.id)).contacts
    assert kept == {"speak_up": "Ruth, extension 14", "complaints": "Room 5", "controller": "Riverside Trust"}


async def test_a_try_out_is_a_question_that_only_facilitators_see_and_no_series_has(bare: World) -> None:
    made = await press(bare, await start(bare), MAKE)
    answer = await press(bare, made, TRY_OUT)

    assert says(shown(answer), TRIED_OUT)
    (office,) = channels(bare, OFFICE_NAME)
    (posted,) = await bare.store.prompts.of_guild(bare.guild.id)
    assert posted.prompt.channel_id == office.id
    assert posted.prompt.series_id is None
    assert posted.prompt.wording.question.startswith("Try-out: ")
    assert posted.prompt.thread_id is not None
    assert TRY_OUT not in shown(answer)

    # Whoever still has the old card gets no second one.
    again = await press_button(bare, bare.manager, bare.prompts, "setup-try")
    assert says(shown(again), TRIED_ALREADY)
    assert len(await bare.store.prompts.of_guild(bare.guild.id)) == 1


async def test_there_is_no_try_out_in_a_channel_that_everybody_reads(bare: World) -> None:
    await bare.store.settings.save(bare.settings)
    answer = await press(bare, await start(bare), TRY_OUT)

    assert says(shown(answer), OPEN_TO_ALL, channel=bare.office.mention)
    assert await bare.store.prompts.of_guild(bare.guild.id) == ()


@pytest.mark.parametrize(("pack", "questions"), [("no_more_heroes", 16), ("three_weeks", 3)])
async def test_a_built_in_series_starts_next_monday_and_once(bare: World, pack: str, questions: int) -> None:
    made = await press(bare, await start(bare), MAKE)
    answer = await press(bare, made, START[pack])

    (series,) = await bare.store.series.of_guild(bare.guild.id)
    assert (series.title, series.state, len(series.excerpt_ids)) == (STARTERS[pack], SeriesState.ACTIVE, questions)
    assert "5 January 2026 at 09:00" in shown(answer)  # the clock of the tests begins on Thursday, 1 January
    assert START[pack] not in shown(answer)

    await press_button(bare, bare.manager, bare.prompts, custom_id("setup-start", pack))
    assert len(await bare.store.series.of_guild(bare.guild.id)) == 1

    await bare.leap(4 * 24 * 3600 + 9 * 3600 + 60)
    (posted,) = await bare.store.prompts.of_guild(bare.guild.id)
    assert posted.prompt.series_id == series.id
    assert posted.prompt.thread_id is not None


async def test_a_pack_that_no_button_starts_and_one_that_was_removed_get_a_sentence(bare: World) -> None:
    await press(bare, await start(bare), MAKE)
    unknown = await press_button(bare, bare.manager, bare.prompts, "setup-start:other")
    assert "out of date" in shown(unknown)
    for source in await bare.store.library.sources(bare.guild.id):
        await bare.store.library.remove_source(bare.guild.id, source.id)
    gone = await press_button(bare, bare.manager, bare.prompts, "setup-start:three_weeks")
    assert "removed from the library" in shown(gone)
    empty = await press_button(bare, bare.manager, bare.prompts, "setup-try")
    assert "No excerpt in the library has a question" in shown(empty)
    assert await bare.store.series.of_guild(bare.guild.id) == ()


async def test_the_first_steps_outlive_a_restart_and_give_way_to_the_settings(bare: World) -> None:
    made = await press(bare, await start(bare), MAKE)
    await bare.restart()
    assert shown(await start(bare)).count(DONE) == 1

    await press(bare, made, START["three_weeks"])
    settings = await start(bare)
    assert shown(settings).startswith("## Settings")
    steps = await press(bare, settings, FIRST_STEPS)
    assert shown(steps).count(DONE) == 2
    assert shown(await press(bare, steps, ALL_SETTINGS)).startswith("## Settings")


async def test_choosing_your_own_opens_the_form_and_leads_back_to_the_steps(bare: World) -> None:
    form = await press(bare, await start(bare), CHOOSE)
    answer = await bare.manager.submit_modal(
        form,
        {
            "prompts_channel_id": [bare.prompts],
            "facilitators_channel_id": [bare.office],
            "facilitator_role_id": [bare.guild.roles["Facilitators"]],
            "time_zone": "Europe/London",
        },
    )

    assert shown(answer).startswith("Saved.")
    assert shown(answer).count(DONE) == 1


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 1, 4), date(2026, 1, 5)),
        (date(2026, 1, 5), date(2026, 1, 12)),
        (date(2026, 1, 6), date(2026, 1, 12)),
        (date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_next_monday_is_never_today(today: date, monday: date) -> None:
    assert next_monday(today) == monday
