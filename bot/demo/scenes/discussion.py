"""The demo's middle scenes: staff reply in threads and by the form, time goes on, and the bot is down for a while."""

from __future__ import annotations

from datetime import timedelta

import discord

from bot.demo.cast import Line
from bot.demo.narrator import Narrator
from bot.demo.scenes.setup import see_prompt
from bot.demo.world import World

FORM_REPLY = "On our wards the supervisors share one phone. A second phone would save them an hour of walking a day."


async def discuss(world: World, narrator: Narrator, scene: str) -> None:
    """Staff write in the newest thread, each in their own time; others react."""
    narrator.scene(f"Staff write in the thread “{world.thread.name}”")
    for line in world.cast.scenes[scene]:
        narrator.line(line)
        await world.say(world.thread, line)


async def reply_by_form(world: World, narrator: Narrator) -> None:
    """Somebody who is new to Discord replies with the button of the card, which asks for a form."""
    narrator.scene("Someone new to Discord uses the card’s buttons")
    _, seen = await narrator.presses("kwame", newest_card(world), "More")
    narrator.check("The passage" in seen, "the whole passage")
    narrator.check("We store what you write" in seen, "what is stored of a reply")
    form, _ = await narrator.presses("kwame", newest_card(world), "Reply")
    narrator.check(form.modal is not None, "the form for a reply")
    await narrator.writes_in("kwame", form, FORM_REPLY)
    narrator.does("kwame", "and everybody else see this in the thread:")
    narrator.check(FORM_REPLY in narrator.sees(world.thread.last_message), "the reply that was sent by the form")


async def pass_week(world: World, narrator: Narrator, question: str) -> None:
    """A week goes by; the next prompt comes by itself, at the same hour."""
    now = world.local_now()
    await world.advance(now.replace(hour=9, minute=0, second=0) - now + timedelta(days=7))
    narrator.scene("A week later, the next prompt is there")
    see_prompt(world, narrator, question)


async def catch_up(world: World, narrator: Narrator) -> None:
    """The bot is down while people write; it comes back and catches up."""
    thread = world.thread
    before = await people_and_replies(world)
    await world.down()
    narrator.scene("The bot is down, and nobody notices: people go on writing")
    missed = world.cast.scenes["missed"]
    for line in missed:
        narrator.line(line)
        await world.say(thread, line)
    await world.up()
    narrator.scene("The bot is back")
    people, replies = await people_and_replies(world)
    narrator.says(
        f"It has caught up: {replies} replies by {people} people are stored, {before[1]} of them from before."
    )
    narrator.check(replies == before[1] + len(missed), "the replies that were written while the bot was down")


def newest_card(world: World) -> discord.Message:
    """The newest message of the prompts channel that has buttons. Raises LookupError where there is none."""
    cards = [message for message in world.channels["prompts"].history() if message.components]
    if not cards:
        raise LookupError("no prompt was posted")
    return cards[-1]


async def people_and_replies(world: World) -> tuple[int, int]:
    """How many people wrote how many replies to the newest prompt, as the bot's database has them."""
    counted = await world.bot.store.prompts.of_guild(world.guild.id)
    newest = max(counted, key=lambda count: count.prompt.id)
    return newest.people, newest.replies


def distinct_people(*scenes: tuple[Line, ...]) -> int:
    """Count the people who have a line in any of these scenes, each once."""
    return len({line.author for scene in scenes for line in scene})
