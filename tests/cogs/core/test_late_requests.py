"""A request that reaches Discord when another process has sent the same makes nothing a second time."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import discord
import pytest

import cogs
from bot.errors import UserError
from bot.prompts.reminders import START as REMINDER
from cogs.core.posts import NONCE_LENGTH, make_nonce
from cogs.prompts.closing import CLOSED, close_prompt
from cogs.prompts.posting import post
from cogs.reminders.thread_reminders import remind_all
from tests.cogs.prompts.cut_postings import fresh, posted_now, remind_time
from tests.cogs.prompts.scenes import DAY, QUESTION
from tests.servers.bad_line import on_its_way
from tests.world import World, new_world

GONE = aiohttp.ServerDisconnectedError
RISK = "I can’t go on. I want to kill myself."


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot with what posts in threads and in the facilitators' channel by itself."""
    steps = ("cogs.core.reports", "cogs.setup", "cogs.prompts", "cogs.replies", "cogs.reminders", "cogs.suggestions")
    async with new_world(tmp_path, extensions=steps) as made:
        yield made


async def test_people_are_thanked_once(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    (thread,) = world.threads()

    with on_its_way("POST", f"/channels/{thread.id}/messages") as arrive:
        with contextlib.suppress(GONE), world.env._bot_scope():
            await close_prompt(world.bot, prompt, discord.utils.utcnow())
        await world.restart()
        arrive()
    await world.env.settle()

    assert sum(CLOSED in text for text in world.texts(thread)) == 1


async def test_a_question_is_told_once(world: World) -> None:
    new = await fresh(world, world.prompts)

    # The first message is the card.
    with on_its_way("POST", f"/channels/{world.prompts.id}/messages", after=1) as arrive:
        with contextlib.suppress(GONE, UserError), world.env._bot_scope():
            await post(world.bot, new, discord.utils.utcnow())
        await world.restart()
        arrive()
    await world.env.settle()

    assert sum(text.startswith(f"{QUESTION} Reply") for text in world.texts(world.prompts)) == 1


async def test_a_question_has_one_post_in_a_forum_and_the_thread_that_was_posted_stays(world: World) -> None:
    new = await fresh(world, world.forum)

    with on_its_way("POST", f"/channels/{world.forum.id}/threads") as arrive:
        with contextlib.suppress(GONE, UserError), world.env._bot_scope():
            await post(world.bot, new, discord.utils.utcnow())
        await world.restart()
        (kept,) = world.threads(world.forum)
        arrive()
    await world.env.settle()

    assert [thread.id for thread in world.threads(world.forum)] == [kept.id]
    (prompt,) = await world.store.prompts.open_prompts()
    assert prompt.thread_id == kept.id
    assert prompt.gone_at is None


async def test_a_thread_is_reminded_once(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    await world.store.settings.change(world.guild.id, reminders=True)
    world.env.backend.advance_clock((remind_time(prompt) - discord.utils.utcnow()).total_seconds())
    (thread,) = world.threads()

    with on_its_way("POST", f"/channels/{thread.id}/messages") as arrive:
        with world.env._bot_scope():
            await remind_all(world.bot, world.guild.id, discord.utils.utcnow())
        await world.restart()
        await world.env.advance_time(3600)
        arrive()
    await world.env.settle()

    assert sum(text.startswith(REMINDER) for text in world.texts(thread)) == 1


async def test_a_suggestion_is_shown_to_facilitators_once(world: World) -> None:
    with on_its_way("POST", f"/channels/{world.office.id}/messages") as arrive:
        form = await world.staff[0].slash(world.prompts, "suggest")
        await world.staff[0].submit_modal(form, {"passage": "", "source": "", "question": "What would help you?"})
        await world.restart()
        arrive()
    await world.env.settle()

    assert sum("What would help you?" in text for text in world.texts(world.office)) == 1


async def test_the_author_of_words_about_a_risk_gets_the_contacts_once_though_the_reply_was_not_stored_yet(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, prompt = world.staff[0], await posted_now(world, world.prompts)
    (thread,) = world.threads()
    await world.store.people.choose(world.guild.id, ada.id, notices=True)
    monkeypatch.setattr(world.store.inbox, "put", lambda _event: None)  # it dies before it's stored

    await ada.send(thread, RISK)
    await world.restart()
    await world.env.advance_time(DAY / 24)

    assert [reply.text for reply in await world.store.replies.of_prompt(prompt.id)] == [RISK]
    path = f"/channels/{ada.user.dm_channel.id}/messages"
    nonces = [request.json["nonce"] for request in world.env.http_requests if request.path == path]
    assert len(nonces) == 2
    assert len(set(nonces)) == 1


def test_a_nonce_is_short_enough_for_discord_and_of_one_place_and_row() -> None:
    made = [make_nonce("line", 1, "a"), make_nonce("line", 2, "a"), make_nonce("line", 1, "b"), make_nonce("x", 1, "a")]
    assert len(set(made)) == len(made)
    assert {len(each) for each in made} == {NONCE_LENGTH}
    assert make_nonce("line", 1, "a") == made[0]


def test_whatever_the_bot_sends_of_its_own_accord_has_a_nonce_that_another_process_would_make_too() -> None:
    without = []
    for path in Path(cogs.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "send":
                continue
            answers = "followup" in ast.unparse(call.func)
            if not answers and "nonce" not in [keyword.arg for keyword in call.keywords]:
                without.append(f"{path.name}: {ast.unparse(call)}")
    assert without == []
