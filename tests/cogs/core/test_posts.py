"""What the bot posts once stands once, also where Discord takes a request twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import discord
import pytest

from bot.prompts.reminders import START as REMINDER
from cogs.core.history import has_custom_id
from cogs.core.posts import make_nonce, post_once, send_card
from cogs.prompts.closing import CLOSED, close_prompt
from cogs.prompts.posting import post
from cogs.reminders.thread_reminders import remind_all
from cogs.ui.parts import custom_id, detach
from tests.cogs.prompts.cut_postings import fresh, lines, posted_now, remind_time
from tests.servers.bad_line import taken_twice
from tests.world import World, new_world, words


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot with what posts in threads."""
    async with new_world(tmp_path, extensions=("cogs.setup", "cogs.prompts", "cogs.replies")) as made:
        yield made


def card(text: str, mark: str) -> discord.ui.LayoutView:
    """A card with a button."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(text))
    view.add_item(discord.ui.ActionRow(discord.ui.Button(label="Press", custom_id=mark)))
    return detach(view)


async def test_people_are_thanked_once_on_a_bad_line(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    (thread,) = world.threads()

    with taken_twice("POST", f"/channels/{thread.id}/messages"), world.env._bot_scope():
        await close_prompt(world.bot, prompt, discord.utils.utcnow())
    await world.env.settle()

    assert sum(CLOSED in text for text in world.texts(thread)) == 1


async def test_a_question_is_told_once_on_a_bad_line(world: World) -> None:
    new = await fresh(world, world.forum)

    with taken_twice("POST", "/channels/*/messages"), world.env._bot_scope():
        await post(world.bot, new, discord.utils.utcnow())
    await world.env.settle()

    (thread,) = world.threads(world.forum)
    assert len(lines(world, thread)) == 1


async def test_a_thread_is_reminded_once_on_a_bad_line(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    await world.store.settings.change(world.guild.id, reminders=True)
    world.env.backend.advance_clock((remind_time(prompt) - discord.utils.utcnow()).total_seconds())
    (thread,) = world.threads()

    with taken_twice("POST", f"/channels/{thread.id}/messages"), world.env._bot_scope():
        await remind_all(world.bot, world.guild.id, discord.utils.utcnow())
    await world.env.settle()

    assert sum(text.startswith(REMINDER) for text in world.texts(thread)) == 1


@pytest.mark.parametrize("others", [0, 3])
async def test_a_card_is_posted_once_and_found_again_by_its_button(world: World, others: int) -> None:
    place, mark = (world.guild.id, world.prompts.id), custom_id("outcome-points", 7)
    channel = world.bot.get_partial_messageable(world.prompts.id, guild_id=world.guild.id)

    async def stand(text: str, *, renewed: bool) -> int:
        view = card(text, mark)
        renew = (lambda message: message.edit(view=view)) if renewed else None
        since = discord.utils.utcnow()
        return await post_once(
            world.bot,
            channel,
            has_custom_id(mark),
            partial(send_card, world.bot, *place, view),
            make_nonce("card", world.prompts.id, text),
            since=since,
            renew=renew,
        )

    with taken_twice("POST", f"/channels/{world.prompts.id}/messages"), world.env._bot_scope():
        first = await stand("One", renewed=False)
    with world.env._bot_scope():
        await send_card(world.bot, *place, card("Another", custom_id("outcome-points", 77)), "another nonce")
    for n in range(others):
        await world.staff[0].send(world.prompts, f"Something else, {n}.")
    with world.env._bot_scope():
        kept, changed = await stand("Two", renewed=False), await stand("Three", renewed=True)

    assert first == kept == changed
    texts = [words(message) for message in world.prompts.history() if message.author.bot]
    assert texts == ["Three\nPress", "Another\nPress"]
