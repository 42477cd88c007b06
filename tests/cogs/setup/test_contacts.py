"""Contacts and house rules: set by managers, read by everybody from every card; words to remove, by facilitators."""

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
    FOR_CONCERNS,
    FOR_DATA,
    FORMS,
    LONGEST_CONTACT,
    NO_LAW,
    NOT_A_ROUTE,
    NOT_SET,
    contacts_card,
    people_text,
)
from cogs.setup.rules import LONGEST_RULES, OURS, rules_text
from cogs.ui.limits import MOST_CHARACTERS
from tests.cogs.prompts.test_card import prompt as open_prompt
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


async def test_managers_set_contacts_in_two_forms_and_staff_read_them_from_the_card(riverside: World) -> None:
    world, card = riverside, await card_in(riverside)
    before = shown(await world.staff[0].click(card, label=GET_HELP))
    assert NOT_SET in before
    assert "### House rules\n1. No details of patients" in before

    first = await world.manager.slash(world.prompts, "setup contacts")
    assert NO_LAW in shown(first)
    form = await world.manager.click(first.response, label=FOR_CONCERNS)
    await world.manager.submit_modal(
        form, {"speak_up": HOSTILE, "safeguarding": "extension\n4321", "staff_support": ""}
    )
    form = await world.manager.click(first.response, label=FOR_DATA)
    answer = shown(await world.manager.submit_modal(form, {"complaints": "complaints@riverside.example"}))
    assert answer.startswith("Saved.")
    assert "Contacts not set: Staff support, Data controller and Data protection officer." in answer

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
    assert NOT_A_ROUTE in after
    again = form_parts(await world.manager.click(first.response, label=FOR_CONCERNS))
    assert again["speak_up"]["value"] == HOSTILE


async def test_house_rules_are_ours_until_a_manager_writes_their_own(riverside: World) -> None:
    world = riverside
    form = await world.manager.slash(world.prompts, "setup rules")
    assert form_parts(form)["rules"]["value"].startswith(OURS.splitlines()[0])
    kept = await world.manager.submit_modal(form, {"rules": "Be kind.\n# Be brief."})
    assert shown(kept) == "Saved.\n### House rules\nBe kind.\n\\# Be brief."

    card = await card_in(world)
    assert "Be kind." in shown(await world.staff[0].click(card, label=GET_HELP))
    assert SETTINGS["house_rules"].card.format("your own") in shown(
        await world.manager.slash(world.prompts, "setup show")
    )
    again = await world.manager.slash(world.prompts, "setup rules")
    await world.manager.submit_modal(again, {"rules": " "})
    assert (await world.store.settings.of(world.guild.id)).house_rules == ""


async def test_what_is_set_and_what_is_missing_stands_in_setup_show(riverside: World) -> None:
    text = shown(await riverside.manager.slash(riverside.prompts, "setup show"))
    assert SETTINGS["contacts"].card.format("0 of 6") in text
    assert f"- {NO_LAW}" in text

    await riverside.store.settings.change(riverside.guild.id, contacts={kind.value: "x" for kind in Contact})
    text = shown(await riverside.manager.slash(riverside.prompts, "setup show"))
    assert SETTINGS["contacts"].card.format("6 of 6") in text
    assert TO_SET not in text


async def test_facilitators_list_add_and_take_back_words_and_each_change_is_at_hand_at_once(riverside: World) -> None:
    world, fay = riverside, riverside.facilitator
    assert "No words" in shown(await fay.slash(world.prompts, "words list"))

    added = shown(await fay.slash(world.prompts, "words add", word="  Falcon  *ward* "))
    assert "Falcon \\*ward\\*" in added
    assert world.bot.own_words[world.guild.id] == ("Falcon *ward*",)
    assert "already" in shown(await fay.slash(world.prompts, "words add", word="FALCON ward"))
    assert "letters or figures" in shown(await fay.slash(world.prompts, "words add", word="-- !"))

    await world.restart()
    assert world.bot.own_words[world.guild.id] == ("Falcon *ward*",)
    listed = shown(await fay.slash(world.prompts, "words list"))
    assert "- Falcon \\*ward\\*" in listed
    offered = await fay.autocomplete(world.prompts, "words remove", "word", "falc")
    assert [choice["value"] for choice in offered] == ["Falcon *ward*"]
    assert await fay.autocomplete(world.prompts, "words remove", "word", "WARD* falc") == offered
    assert await world.staff[0].autocomplete(world.prompts, "words remove", "word", "falc") == []
    assert "not on the list" in shown(await fay.slash(world.prompts, "words remove", word="Heron"))
    await fay.slash(world.prompts, "words remove", word="falcon-ward")
    assert world.bot.own_words[world.guild.id] == ()
    assert (await world.store.settings.of(world.guild.id)).removed_words == ()
    assert [action.action for action in await world.store.audit_log.of_guild(world.guild.id)] == [
        "word to remove dropped",
        "word to remove added",
    ]


async def test_a_hundred_words_are_the_most(riverside: World) -> None:
    world = riverside
    await world.store.settings.change(world.guild.id, removed_words=[f"ward {n}" for n in range(100)])

    answer = shown(await world.facilitator.slash(world.prompts, "words add", word="one more"))

    assert "100 words" in answer
    assert shown(await world.facilitator.slash(world.prompts, "words list")).count("- ward") == 100


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from([kind.value for kind in Contact]), st.text(max_size=LONGEST_CONTACT)),
    st.text(max_size=LONGEST_RULES),
)
def test_any_contacts_and_rules_fit_what_a_message_holds(contacts: dict[str, str], rules: str) -> None:
    for kept in (GuildSettings(1, contacts=contacts, house_rules=rules), _longest()):
        assert len(people_text(kept)) <= MOST_CHARACTERS
        assert len(rules_text(kept)) <= MOST_CHARACTERS
        assert contacts_card(kept, note="Saved.").content_length() <= MOST_CHARACTERS


def _longest() -> GuildSettings:
    words = "*" * LONGEST_CONTACT
    return GuildSettings(1, contacts={kind.value: words for kind in Contact}, house_rules="*" * LONGEST_RULES)


def test_each_contact_has_a_place_in_one_of_the_forms() -> None:
    assert sorted(kind for _, kinds in FORMS.values() for kind in kinds) == sorted(Contact)
