"""Prompts that are posted, and postings that are cut short at a step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import discord

from bot.models.prompts import NewPrompt, Prompt, PromptState
from bot.services.prompts import new_prompt
from cogs.prompts.posting import post
from tests.cogs.prompts.scenes import QUESTION, library
from tests.world import World

CARD, THREAD, LINE = "message_id", "thread_id", "notice_id"
NOT_NOTED = {
    "claim": (CARD, THREAD, LINE),
    "card": (CARD, THREAD, LINE),
    "card noted": (THREAD, LINE),
    "thread": (THREAD, LINE),
    "thread noted": (LINE,),
    "line": (LINE,),
    "line noted": (),
}
NOT_SENT = {
    "claim": (CARD, THREAD, LINE),
    "card": (THREAD, LINE),
    "card noted": (THREAD, LINE),
    "thread": (LINE,),
    "thread noted": (LINE,),
    "line": (),
    "line noted": (),
}


async def fresh(world: World, channel: Any) -> NewPrompt:
    """A prompt that nobody has claimed yet."""
    (excerpt_id, *_) = await library(world)
    excerpt = await world.store.library.excerpt(world.guild.id, excerpt_id)
    return await new_prompt(world.store, world.guild.id, excerpt, channel.id, discord.utils.utcnow())


async def posted_now(world: World, channel: Any) -> Prompt:
    """A prompt with its card, its thread and its line."""
    prompt = await post(world.bot, await fresh(world, channel), discord.utils.utcnow())
    assert prompt is not None
    await world.env.settle()
    return prompt


async def post_until(world: World, channel: Any, last: str) -> Prompt:
    """Post a prompt, then undo in Discord and in the database what comes after a step."""
    prompt = await posted_now(world, channel)
    in_forum = channel is world.forum
    if LINE in NOT_SENT[last]:
        world.env.backend.delete_message(prompt.thread_id if in_forum else channel.id, prompt.notice_id)
    if THREAD in NOT_SENT[last] and not (in_forum and last == "card"):
        world.env.backend.delete_channel(prompt.thread_id)
    if CARD in NOT_SENT[last] and not in_forum:
        world.env.backend.delete_message(channel.id, prompt.message_id)
    await world.env.settle()
    return await forget(world, prompt, NOT_NOTED[last])


async def forget(world: World, prompt: Prompt, columns: tuple[str, ...]) -> Prompt:
    """Let the database know of less, as if the bot had died before it could note more."""
    state = PromptState.CLAIMED if CARD in columns else PromptState.OPEN
    changes = ", ".join(["state = ?", "gone_at = NULL", "closed_at = NULL", *(f"{name} = NULL" for name in columns)])
    query = f"UPDATE prompts SET {changes} WHERE id = ?"  # noqa: S608 - the names are our own
    await world.change_database(query, state.value, prompt.id)
    return await world.store.prompts.get(world.guild.id, prompt.id)


def lines(world: World, place: Any) -> list[str]:
    """The plain lines with the question that a channel or thread shows."""
    return [text for text in world.texts(place) if text.startswith(f"{QUESTION} Reply")]


def remind_time(prompt: Prompt) -> datetime:
    """A moment at which a prompt that is open is reminded of: half a day past half its time."""
    return prompt.closes_at - (prompt.closes_at - prompt.claimed_at) / 2 + timedelta(hours=12)
