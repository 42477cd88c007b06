"""A prompt with its thread and what people said there, for the tests of this step."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import discord

from bot.models.prompts import NewPrompt, NewSeries, Prompt, Series, Slot, Wording
from bot.models.replies import Arrival, Erasure, Reaction, ReplyKind
from cogs.summaries.card import READ_ALL
from cogs.ui.parts import NEXT
from tests.world import World, shown

WORDING = Wording(
    "Leaders exist at all levels, from the board to the ward.",
    True,
    "Where do you see leadership on your ward?",
    "No more heroes",
)

SAID = (
    (0, "We are short staffed on nights, and nobody listens when we raise it with the managers."),
    (1, "Same here. Short staffing on nights is our biggest worry, and nobody listens when we raise it."),
    (2, "Us too. Nobody listens when we raise short staffing on nights, so people stop raising it."),
    (0, "Our ward sister leads by walking the floor every single morning."),
    (3, "Yes. The ward sister leads because she walks the floor every morning and asks what we need."),
    (1, "Handover takes far too long since the new forms came in last winter."),
    (2, "Agreed. The new forms make handover take too long, and nobody reads them afterwards."),
    (3, "Training budgets were cut, so healthcare assistants cannot learn new skills any more."),
    (0, "Who decides which training is paid for and which is not?"),
    (1, "Targets in the emergency department make us move patients at three in the morning."),
    (2, "Car parking costs more than an hour of my pay each week."),
    (3, "When will the board tell us what came of the last staff survey?"),
    (0, "ok"),
)
"""Who of the staff said what: more than five key points, two questions, and one word that says nothing."""
ANSWERS = {1: 0, 2: 0, 4: 3, 6: 5}
"""Which of them answer which, in agreement, by Discord's reply: so the first point has three people, two have two."""


@dataclass
class Discussion:
    """A posted prompt, its thread, and the messages in it with their authors."""

    world: World
    prompt: Prompt
    thread: Any
    messages: list[discord.Message] = field(default_factory=list)

    async def say(self, person: Any, text: str, answered: discord.Message | None = None) -> discord.Message:
        """Somebody writes in the thread, as an answer or not, and it is collected."""
        message: discord.Message = await person.send(self.thread, text)
        arrival = Arrival(
            id=message.id,
            guild_id=self.world.guild.id,
            prompt_id=self.prompt.id,
            author_id=person.id,
            text=text,
            created_at=message.created_at,
            message_id=message.id,
            reply_to=None if answered is None else answered.id,
        )
        await self.world.store.replies.apply([arrival])
        self.messages.append(message)
        return message

    async def fill_in(self, person: Any, text: str) -> int:
        """Somebody sends the form, and the bot posts it in the thread. Returns the reply's id."""
        posted = await self.world.bot.get_partial_messageable(self.thread.id).send("By the form")
        arrival = Arrival(
            id=posted.id - 4_000_000_000,  # the interaction, about a second earlier
            guild_id=self.world.guild.id,
            prompt_id=self.prompt.id,
            author_id=person.id,
            text=text,
            created_at=posted.created_at,
            kind=ReplyKind.FORM,
        )
        assert await self.world.store.replies.add_form(arrival, person.name) is not None
        await self.world.store.replies.note_message(arrival.id, posted.id)
        return arrival.id

    async def take_back(self, *messages: discord.Message) -> None:
        """Messages are deleted, and this is collected as the replies' cog does it."""
        ids = tuple(message.id for message in messages)
        applied = await self.world.store.replies.apply([Erasure(self.prompt.id, ids)])
        assert applied.erased == {self.prompt.id}
        await self.tell_of_erasure()

    async def tell_of_erasure(self) -> None:
        """The replies' cog says, after its commit, that replies were erased or reworded."""
        with self.world.env._bot_scope():  # so that settling waits for what comes of it
            self.world.bot.dispatch("replies_erased", self.prompt.id)
        await self.world.env.settle()

    async def texts(self) -> list[str]:
        """The words of all stored replies."""
        return [reply.text for reply in await self.world.store.replies.of_prompt(self.prompt.id)]


LIKED = (0, 3, 5, 7, 9)
"""Messages of SAID that are of one point each: with a reaction on each there are five shared points."""


async def like(discussion: Discussion, *numbers: int) -> None:
    """The organiser reacts to messages in agreement, which makes their points shared ones."""
    world = discussion.world
    liked = [discussion.messages[number] for number in numbers or LIKED]
    reactions = [Reaction(message.id, world.guild.id, world.organiser.id, "👍") for message in liked]
    await world.store.replies.apply(reactions)


async def read_pages(person: Any, result: Any) -> list[str]:
    """Every page of a person's own summary, from the first screen on, turned as a person does it."""
    pages = [shown(result)]
    await person.click(result.response, label=READ_ALL)
    pages.append(shown(result))
    while NEXT in pages[-1].splitlines():
        await person.click(result.response, label=NEXT)
        pages.append(shown(result))
    return pages


async def read_shared(person: Any, message: discord.Message) -> str:
    """All of a shared summary, as a person reads it who presses the button on its message."""
    answer = await person.click(message, label=READ_ALL)
    pages = [shown(answer)]
    while NEXT in pages[-1].splitlines():
        await person.click(answer.followups[-1] if answer.followups else answer.response, label=NEXT)
        pages.append(shown(answer))
    return "\n".join(pages)


async def new_series(world: World, title: str = "Weekly") -> Series:
    """A series of the server, whose prompts are posted by hand."""
    await world.store.settings.join([world.guild.id])
    slot = Slot(0, time(9), "Europe/London", date(2026, 1, 5))
    return await world.store.series.create(NewSeries(world.guild.id, title, world.prompts.id, slot), world.env.now())


async def at_once(world: World, *presses: Awaitable[Any]) -> list[Any]:
    """Several people press something before the bot has dealt with the first of them."""
    settle, world.env._settle_internal = world.env._settle_internal, _no_wait
    try:
        results = [await press for press in presses]
    finally:
        world.env._settle_internal = settle
    await world.env.settle()
    return results


async def _no_wait(**_: object) -> None:
    return None


async def discuss(
    world: World,
    said: Sequence[tuple[int, str]] = SAID,
    *,
    wording: Wording = WORDING,
    channel: Any = None,
    series: Series | None = None,
) -> Discussion:
    """Post a prompt with a thread, and let the staff write in it."""
    now = world.env.now()
    where = channel or world.prompts
    await world.store.settings.join([world.guild.id])
    series_id = None if series is None else series.id
    new = NewPrompt(world.guild.id, where.id, wording, now + timedelta(days=14), None, series_id)
    claimed = await world.store.prompts.claim(new, now)
    assert claimed is not None
    known = {thread.id for thread in where.threads}
    posted = world.bot.get_channel(where.id)
    assert isinstance(posted, discord.TextChannel)
    card = await posted.send("A prompt")
    await card.create_thread(name="A prompt")
    thread = next(thread for thread in where.threads if thread.id not in known)
    prompt = await world.store.prompts.confirm(claimed, message_id=card.id, thread_id=thread.id, now=now)
    discussion = Discussion(world, prompt, thread)
    answers = ANSWERS if said is SAID else {}
    for number, (person, text) in enumerate(said):
        answered = discussion.messages[answers[number]] if number in answers else None
        await discussion.say(world.staff[person], text, answered)
    return discussion


async def ask(world: World, where: Any, **given: Any) -> str:
    """All of what an organiser reads in answer to /summary thread."""
    return "\n".join(await read_pages(world.organiser, await world.organiser.slash(where, "summary thread", **given)))
