"""Managers switch the organisation's language model on in /setup, where one is there, after reading where words go."""

from __future__ import annotations

import pytest

from bot.models.actions import MODEL_OFF as SWITCHED_OFF
from bot.models.actions import MODEL_ON as SWITCHED_ON
from bot.models.actions import MODEL_PRIVATE_OFF, MODEL_PRIVATE_ON
from bot.models.model_endpoint import ModelEndpoint
from bot.models.settings import SETTINGS
from bot.services.language_model.client import LanguageModelClient
from cogs.setup.changes import MODEL_OFF, MODEL_ON, PRIVATE_OFF, PRIVATE_ON
from cogs.setup.forms import LANGUAGE_MODEL, NO_MODEL, OUTSIDE, TITLES, WHERE_WORDS_GO
from tests.cogs.setup.steps import fill_in, open_settings, open_settings_form
from tests.wording import says
from tests.world import World, shown

HERE = ModelEndpoint("http://127.0.0.1:8080/v1", "small")
AWAY = ModelEndpoint("https://models.example.org/v1", "large", approved_host="models.example.org", run_by="A Company")
TITLE = TITLES[LANGUAGE_MODEL]


@pytest.fixture
def extensions() -> tuple[str, ...]:
    return ("cogs.setup",)


def connect(world: World, endpoint: ModelEndpoint = HERE) -> None:
    world.bot.language_model = LanguageModelClient(endpoint)


async def test_without_a_language_model_setup_says_nothing_of_one(world: World) -> None:
    card = shown(await open_settings(world))

    assert TITLE not in card
    for name in ("language_model", "language_model_private"):
        assert not says(card, SETTINGS[name].card)


async def test_it_is_off_until_a_manager_switches_it_on_and_reads_where_words_go(world: World) -> None:
    connect(world)
    card = shown(await open_settings(world))
    form = str((await open_settings_form(world, TITLE)).modal)
    assert says(card, SETTINGS["language_model"].card, "off")
    assert says(form, WHERE_WORDS_GO, run_by="Riverside", host="127.0.0.1")
    assert OUTSIDE not in form

    answer = await fill_in(world, TITLE, language_model="on")

    settings = await world.store.settings.of(world.guild.id)
    assert (settings.language_model, settings.language_model_private) == (True, False)
    assert MODEL_ON in answer
    assert says(answer, SETTINGS["language_model"].card, "on")


async def test_the_form_says_plainly_that_a_host_is_outside_and_who_runs_it(world: World) -> None:
    connect(world, AWAY)

    form = str((await open_settings_form(world, TITLE)).modal)

    assert says(form, WHERE_WORDS_GO, run_by="A Company", host="models.example.org")
    assert OUTSIDE in form


async def test_private_replies_have_a_switch_of_their_own(world: World) -> None:
    connect(world)

    answer = await fill_in(world, TITLE, language_model="on", language_model_private="on")
    assert MODEL_ON in answer
    assert PRIVATE_ON in answer

    answer = await fill_in(world, TITLE, language_model="on", language_model_private="off")
    assert MODEL_ON not in answer
    assert PRIVATE_OFF in answer


async def test_switching_it_off_says_what_happens(world: World) -> None:
    connect(world)
    await fill_in(world, TITLE, language_model="on")

    answer = await fill_in(world, TITLE, language_model="off")

    assert MODEL_OFF in answer
    assert not (await world.store.settings.of(world.guild.id)).language_model


async def test_a_form_from_before_the_model_was_taken_away_switches_nothing_on(world: World) -> None:
    connect(world)
    form = await open_settings_form(world, TITLE)
    world.bot.language_model = None

    answer = shown(await world.manager.submit_modal(form, {"language_model": "on", "language_model_private": "on"}))

    assert NO_MODEL in answer
    assert not (await world.store.settings.of(world.guild.id)).language_model


async def test_the_log_says_who_switched_it_and_when_each_time_it_changed(world: World) -> None:
    connect(world)
    await fill_in(world, TITLE, language_model="on")
    await fill_in(world, TITLE, language_model="on", language_model_private="on")
    await fill_in(world, TITLE, language_model="off", language_model_private="off")

    logged = await world.store.audit_log.of_guild(world.guild.id)
    assert [action.action for action in reversed(logged)] == [
        *(SWITCHED_ON, MODEL_PRIVATE_ON, SWITCHED_OFF, MODEL_PRIVATE_OFF)
    ]
    manager = (await world.store.people.of(world.guild.id, world.manager.id)).person
    assert {action.person for action in logged} == {manager}
