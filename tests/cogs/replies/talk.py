"""A posted prompt with its thread, and short ways to say what people do there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord

from bot.models.prompts import NewPrompt, Prompt, Wording
from bot.models.replies import Reply
from cogs.prompts.card import REPLY
from cogs.prompts.posting import post
from tests.world import World

WORDING = Wording("Leaders exist at all levels.", True, "Where do you see leadership?", "No more heroes")


@dataclass
class Talk:
    """A prompt, its card, and its thread."""

    world: World
    prompt: Prompt
    place: Any

    @property
    def thread(self) -> Any:
        """The prompt's thread, as people see it."""
        return next(thread for thread in self.place.threads if thread.id == self.prompt.thread_id)

    @property
    def card(self) -> Any:
        """The prompt's card."""
        return next(message for message in self._around_card() if message.id == self.prompt.message_id)

    async def say(self, text: str, who: int = 0, **options: Any) -> discord.Message:
        """A member of staff writes in the thread."""
        said: discord.Message = await self.world.staff[who].send(self.thread, text, **options)
        return said

    async def replies(self) -> list[Reply]:
        """What is stored, once everything that was said is committed and every history is read."""
        await self.settle()
        return list(await self.world.store.replies.of_prompt(self.prompt.id))

    async def texts(self) -> list[str]:
        """The words of what is stored."""
        return [reply.text for reply in await self.replies()]

    async def settle(self) -> None:
        """Wait for the bot and for its writer."""
        for _ in range(2):
            await self.world.env.settle()
            await self.world.store.inbox.flush()
        await self.world.env.settle()

    async def restart(self, **options: Any) -> None:
        """Restart the bot, and let it catch up."""
        await self.world.restart(**options)
        await self.settle()

    @contextmanager
    def away(self) -> Iterator[None]:
        """The bot hears nothing of what happens meanwhile; restart it afterwards."""
        feed = self.world.env._gateway_feed
        self.world.env.backend.subscribers.remove(feed)
        yield
        self.world.env.backend.subscribers.append(feed)

    def told(self) -> str:
        """What the facilitators were told."""
        return "\n".join(self.world.texts(self.world.office))

    async def stored_prompt(self) -> Prompt:
        """The prompt as it is stored now."""
        return await self.world.store.prompts.get(self.prompt.guild_id, self.prompt.id)

    async def fill_in(self, text: str, who: int = 0) -> Any:
        """Somebody presses Reply on the card and sends the form. Returns what they alone see."""
        shown = await self.world.staff[who].click(self.card, label=REPLY)
        result = await self.world.staff[who].submit_modal(shown, {"words": text})
        await self.settle()
        return result

    def _around_card(self) -> list[discord.Message]:
        place = self.place if self.place.id == self.world.prompts.id else self.thread
        return list(place.history())


async def talk_in(world: World, place: Any, *, question: str = WORDING.question) -> Talk:
    """Post a prompt in a channel."""
    now = world.env.now()
    await world.store.settings.join([world.guild.id])
    wording = Wording(WORDING.text, True, question, WORDING.source_title)
    new = NewPrompt(world.guild.id, place.id, wording, now + timedelta(days=14), None)
    with world.env._bot_scope():  # so that settling waits for what comes of it
        prompt = await post(world.bot, new, now)
    assert prompt is not None
    talk = Talk(world, prompt, place)
    await talk.settle()
    return talk


def listen(talk: Talk) -> list[int]:
    """Collect the prompts of which summaries are told that words went or changed."""
    told: list[int] = []

    async def on_replies_erased(prompt_id: int) -> None:
        told.append(prompt_id)

    talk.world.bot.add_listener(on_replies_erased)
    return told
