"""The first answer to what a person does, where Discord gets it twice because what it said was lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.discord_errors import NO_ANSWER
from cogs.prompts.card import REPLY
from cogs.replies.forms import IN_THREAD
from cogs.setup.cards import CHECK_AGAIN, HEAD
from tests.cogs.prompts.cut_postings import posted_now
from tests.servers.bad_line import taken_twice
from tests.wording import says
from tests.world import World, new_world, shown, words

CALLBACK = "/interactions/*/callback"
UNSURE = NO_ANSWER.split(",", maxsplit=1)[0]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot with commands, cards and forms of each kind."""
    async with new_world(tmp_path, extensions=("cogs.setup", "cogs.prompts", "cogs.replies")) as made:
        await made.store.settings.save(made.settings)
        yield made


async def test_a_promise_of_an_answer_that_was_given_twice_is_kept(world: World) -> None:
    with taken_twice("POST", CALLBACK):
        result = await world.facilitator.slash(world.office, "prompt list")

    assert "No prompt" in shown(result)


async def test_a_card_that_was_shown_twice_stands_once(world: World) -> None:
    with taken_twice("POST", CALLBACK):
        result = await world.manager.slash(world.office, "setup")

    assert HEAD in shown(result)
    assert UNSURE not in shown(result)


async def test_a_card_that_was_changed_twice_shows_the_change(world: World) -> None:
    result = await world.manager.slash(world.office, "setup")
    with taken_twice("POST", CALLBACK):
        again = await world.manager.click(result.response.message, label=CHECK_AGAIN)

    assert not again.followups
    assert words(again.response.message) == words(result.response.message)


async def test_a_form_that_was_opened_twice_is_open(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    (card,) = [message for message in world.prompts.history() if prompt.claim in str(message.components)]
    with taken_twice("POST", CALLBACK):
        opened = await world.staff[0].click(card, label=REPLY)
    assert opened.modal is not None
    assert not opened.followups
    with taken_twice("POST", CALLBACK):
        sent = await world.staff[0].submit_modal(opened, {"words": "Said once."})

    assert says(shown(sent), IN_THREAD)
    assert [reply.text for reply in await world.store.replies.of_prompt(prompt.id)] == ["Said once."]
