"""Cards say that a language model helps, from the first, and only where a server switched it on; More says how."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import LanguageModelClient
from cogs.private_replies.forms import MODEL
from cogs.prompts.card import (
    MODEL_HEAD,
    MODEL_HELPS,
    MODEL_NOT_PRIVATE,
    MODEL_PRIVATE,
    MODEL_TEXT,
    MORE,
    REPLY_PRIVATELY,
    model_texts,
    passage_texts,
)
from cogs.replies.forms import READ_ALL
from cogs.replies.views import describe_use, describe_use_shortly
from cogs.subject_access.choices import MODEL_OFF
from cogs.subject_access.my_card import MODEL_NO, NOT_TO_MODEL, OTHERS_YES
from tests.cogs.prompts.test_card import LONGEST
from tests.cogs.replies.talk import Talk, talk_in
from tests.wording import says
from tests.world import World, shown, words

HERE = ModelEndpoint("http://127.0.0.1:8080/v1", "small", run_by="Riverside Trust")


@pytest.fixture
def extensions() -> tuple[str, ...]:
    return ("cogs.prompts", "cogs.replies", "cogs.private_replies", "cogs.subject_access")


async def talk_with(world: World, *, on: bool = True, private: bool = False) -> Talk:
    """A prompt that was posted where the server has the language model so."""
    world.bot.language_model = LanguageModelClient(HERE)
    await world.store.settings.change(world.guild.id, language_model=on, language_model_private=private)
    return await talk_in(world, world.prompts)


async def more(talk: Talk) -> str:
    return shown(await talk.world.staff[0].click(talk.card, label=MORE))


async def test_a_server_that_did_not_switch_it_on_shows_nothing_of_it(world: World) -> None:
    talk = await talk_with(world, on=False)

    assert MODEL_HELPS not in words(talk.card)
    assert MODEL_HEAD not in await more(talk)
    assert NOT_TO_MODEL not in await more(talk)


@pytest.mark.parametrize("private", [False, True])
async def test_the_card_says_it_and_more_says_who_runs_it_where_and_how_to_say_no(world: World, private: bool) -> None:
    talk = await talk_with(world, private=private)

    assert MODEL_HELPS in words(talk.card)
    told = await more(talk)
    expected = MODEL_PRIVATE if private else MODEL_NOT_PRIVATE
    assert says(told, MODEL_TEXT, run_by="Riverside Trust", host="127.0.0.1", private=expected)
    assert "the passage, the question and what people write in the thread" in told
    opened = await world.staff[0].click(talk.card, label=MORE)
    assert MODEL_HEAD in shown(await world.staff[0].click(opened.response.message, label=READ_ALL))


@pytest.mark.parametrize("private", [False, True])
async def test_the_form_of_a_private_reply_says_it_where_it_may_be_sent(world: World, private: bool) -> None:
    talk = await talk_with(world, private=private)

    form = str((await world.staff[0].click(talk.card, label=REPLY_PRIVATELY)).modal)

    assert (MODEL in form) is private


async def test_a_no_can_be_given_right_there(world: World) -> None:
    talk = await talk_with(world)

    opened = await world.staff[0].click(talk.card, label=MORE)
    answer = shown(await world.staff[0].click(opened.response.message, label=NOT_TO_MODEL))

    assert MODEL_NO in answer
    assert MODEL_OFF in answer
    assert OTHERS_YES in answer
    assert not (await world.store.people.of(world.guild.id, world.staff[0].id)).modelled


async def test_a_card_that_was_posted_before_says_nothing_when_it_is_drawn_again(world: World) -> None:
    talk = await talk_with(world, on=False)
    await world.store.settings.change(world.guild.id, language_model=True)
    await world.restart()
    world.bot.language_model = LanguageModelClient(HERE)

    assert MODEL_HEAD not in await more(talk)
    assert (await talk.stored_prompt()).wording.model_host == ""


async def test_a_card_keeps_saying_it_after_it_was_switched_off(world: World) -> None:
    talk = await talk_with(world)
    await world.store.settings.change(world.guild.id, language_model=False)

    assert MODEL_HEAD in await more(talk)


async def test_the_longest_texts_fit_behind_more(world: World) -> None:
    talk = await talk_with(world, private=True)
    wording = replace(
        LONGEST, text=LONGEST.text[:1_200], model_host="a" * 60, model_run_by="b" * 100, model_private=True
    )
    prompt = replace(talk.prompt, wording=wording)
    settings = await world.store.settings.of(world.guild.id)

    assert len("".join((*passage_texts(prompt), *model_texts(prompt), describe_use_shortly(settings)))) < 4_000
    assert len("".join((*model_texts(prompt), describe_use(settings)))) < 4_000
