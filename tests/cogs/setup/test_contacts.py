"""Contacts and house rules: set by managers, read by everybody from every card."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.models.settings import SETTINGS, Contact, GuildSettings
from bot.text.markdown import escape
from cogs.prompts.card import GET_HELP, CardFacts, prompt_card
from cogs.setup.cards import TO_SET
from cogs.setup.contacts import (
    CONTACT_FORMS,
    CONTACTS,
    CONTACTS_NOT_SET,
    LONGEST_CONTACT,
    NO_LAW,
    NOT_A_ROUTE,
    NOT_SET,
    ORGANISATION,
    people_text,
)
from cogs.setup.forms import TITLES
from cogs.setup.rules import LONGEST_RULES, OURS, RULES, rules_text
from cogs.ui.limits import MOST_CHARACTERS
from tests.cogs.prompts.test_card import prompt as open_prompt
from tests.cogs.setup.steps import fill_in, open_settings, open_settings_form
from tests.examples import examples
from tests.world import World, form_parts, new_world, shown

HOSTILE = "@everyone <@1> **bold** [x](https://evil.example)"


@pytest.fixture
async def riverside(tmp_path: Path) -> AsyncIterator[World]:
    """A server with the cogs of setting up."""
    async with new_world(tmp_path, extensions=("cogs.setup",)) as made:
        yield made


async def card_in(world: World) -> Any:
    """A card as it stands in the prompts channel, with its button."""
    with world.env._bot_scope():
        await world.bot.get_channel(world.prompts.id).send(view=prompt_card(open_prompt(), CardFacts("UTC")))  # type: ignore[union-attr]
    return world.prompts.history()[-1]


async def test_managers_set_contacts_in_one_form_and_staff_read_them_from_the_card(riverside: World) -> None:
    world, card = riverside, await card_in(riverside)
    before = shown(await world.staff[0].click(card, label=GET_HELP))
    assert NOT_SET in before
    assert "### House rules\n1. No patient details" in before

    assert NO_LAW in shown(await open_settings(world))
    answer = await fill_in(
        world,
        TITLES[CONTACTS],
        speak_up=HOSTILE,
        safeguarding="extension\n4321",
        complaints="complaints@riverside.example",
    )
    assert answer.startswith("Saved.")
    assert CONTACTS_NOT_SET.format(kinds="Staff support, Data controller and Data protection officer") in answer

    kept = await world.store.settings.of(world.guild.id)
    assert kept.contacts == {
        "speak_up": HOSTILE,
        "safeguarding": "extension 4321",
        "complaints": "complaints@riverside.example",
    }
    after = shown(await world.staff[0].click(card, label=GET_HELP))
    assert f"- {Contact.SPEAK_UP.label}: {escape(HOSTILE)}" in after
    assert f"- {Contact.SAFEGUARDING.label}: extension 4321" in after
    assert "### Questions about your data\n- Complaints about how data is used: complaints@" in after
    assert after.index("extension 4321") < after.index(NOT_A_ROUTE) < after.index("Questions about your data")
    again = form_parts(await open_settings_form(world, TITLES[CONTACTS]))
    assert again["speak_up"]["value"] == HOSTILE


async def test_the_organisations_name_has_a_form_of_its_own_and_leaves_the_contacts(riverside: World) -> None:
    world = riverside
    await fill_in(world, TITLES[CONTACTS], complaints="Room 5")
    await fill_in(world, TITLES[ORGANISATION], controller="Riverside Trust, 1 High Street")
    await fill_in(world, TITLES[CONTACTS], complaints="Room 6")

    kept = await world.store.settings.of(world.guild.id)
    assert kept.contacts == {"complaints": "Room 6", "controller": "Riverside Trust, 1 High Street"}


async def test_house_rules_are_ours_until_a_manager_writes_their_own(riverside: World) -> None:
    world = riverside
    form = await open_settings_form(world, TITLES[RULES])
    assert form_parts(form)["rules"]["value"].startswith(OURS.splitlines()[0])
    kept = shown(await world.manager.submit_modal(form, {"rules": "Be kind.\n# Be brief."}))
    assert kept.startswith("Saved.")
    assert SETTINGS["house_rules"].card.format("your own") in kept

    card = await card_in(world)
    assert "### House rules\nBe kind.\n\\# Be brief." in shown(await world.staff[0].click(card, label=GET_HELP))
    await fill_in(world, TITLES[RULES], rules=" ")
    assert (await world.store.settings.of(world.guild.id)).house_rules == ""


async def test_what_is_set_and_what_is_missing_is_on_the_card_of_settings(riverside: World) -> None:
    text = shown(await open_settings(riverside))
    assert SETTINGS["contacts"].card.format("0 of 6") in text
    assert f"- {NO_LAW}" in text

    await riverside.store.settings.change(riverside.guild.id, contacts={kind.value: "x" for kind in Contact})
    text = shown(await open_settings(riverside))
    assert SETTINGS["contacts"].card.format("6 of 6") in text
    assert TO_SET not in text


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from([kind.value for kind in Contact]), st.text(max_size=LONGEST_CONTACT)),
    st.text(max_size=LONGEST_RULES),
)
def test_any_contacts_and_rules_fit_what_a_message_holds(contacts: dict[str, str], rules: str) -> None:
    for kept in (GuildSettings(1, contacts=contacts, house_rules=rules), _longest()):
        assert len(people_text(kept)) <= MOST_CHARACTERS
        assert len(rules_text(kept)) <= MOST_CHARACTERS


def _longest() -> GuildSettings:
    words = "*" * LONGEST_CONTACT
    return GuildSettings(1, contacts={kind.value: words for kind in Contact}, house_rules="*" * LONGEST_RULES)


def test_each_contact_has_a_place_in_one_of_the_forms() -> None:
    assert sorted(kind for _, kinds in CONTACT_FORMS.values() for kind in kinds) == sorted(Contact)
