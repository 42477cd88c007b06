"""The demo's scenes of trust: private replies, consent to be quoted, and what the bot holds about a person."""

from __future__ import annotations

import re

import discord

from bot.demo.narrator import Narrator, find_answer
from bot.demo.scenes.discussion import newest_card
from bot.demo.scenes.summary import read_all
from bot.demo.world import World

CONSENTING = ("kwame", "priya", "sian", "fatima")
"""Who says yes to be quoted outside the server; the first of them in front of the audience."""


async def reply_privately(world: World, narrator: Narrator) -> None:
    """Six people reply privately; while the prompt is open, nobody can tell."""
    narrator.scene("Six people have something to say that they would not write in the thread")
    card = newest_card(world)
    first, *others = world.cast.private
    before = len(world.thread.history())
    form, seen = await narrator.presses(first.author, card, "Reply privately")
    narrator.check("administrators could trace this to you" in seen, "what the form says of its limits")
    _, seen = await narrator.sends(first.author, form, words=first.text, quoting=first.quoting, group=[], manages=False)
    narrator.check("Your deletion code" in seen, "the code that deletes a private reply")
    for reply in others:
        form = await world.people[reply.author].click(card, label="Reply privately")
        values = {"words": reply.text, "quoting": reply.quoting, "group": [], "manages": False}
        await world.people[reply.author].submit_modal(form, values)
    narrator.says(f"{len(others)} others do the same. The thread, the card and the summaries show nothing of it.")
    _, seen = await narrator.types("niamh", world.thread, "prompt private")
    narrator.check(
        not any(reply.text in seen for reply in world.cast.private), "that a facilitator cannot read them yet"
    )
    narrator.check(len(world.thread.history()) == before, "that nothing was posted in the thread")


async def allow_quotes(world: World, narrator: Narrator) -> None:
    """Some people allow to be quoted outside the server; without that, their replies are only counted there."""
    narrator.scene("Some people say that they may be quoted outside the server")
    card, seen = await narrator.types(CONSENTING[0], world.thread, "my")
    narrator.check("Your data and choices" in seen, "the card of a person's own data and choices")
    _, seen = await narrator.presses(CONSENTING[0], card, "You may quote me")
    narrator.check("We may quote you to the board too" in seen, "what was chosen, on the same card")
    for key in CONSENTING[1:]:
        opened = await world.people[key].slash(world.thread, "my")
        await world.people[key].click(find_answer(opened), label="You may quote me")


async def read_private_replies(world: World, narrator: Narrator) -> None:
    """The prompt is closed: the facilitator reads the private replies, then lets them into summaries."""
    narrator.scene("The facilitator reads the private replies, which can no longer be traced")
    opened, seen = await narrator.presses("niamh", find_reading_card(world), "Read them")
    narrator.check(any(reply.text in seen for reply in world.cast.private), "the words of the replies")
    names = [world.cast.people[reply.author].name for reply in world.cast.private]
    narrator.check(not any(name in seen for name in names), "no names beside them")
    await narrator.presses("niamh", opened, "Let them into summaries")
    shown, _ = await narrator.types("marcus", world.thread, "summary thread")
    seen = await read_all(narrator, "marcus", shown)
    both = rf"\d+ people replied.* replies\. Private replies used: {len(world.cast.private)}\."
    narrator.check(bool(re.search(both, seen)), "both counts, each in a sentence of its own")
    held_back = [reply.text for reply in world.cast.private if reply.quoting != "yes"]
    narrator.check(not any(text in seen for text in held_back), "no words that may not be quoted")


async def see_own_data(world: World, narrator: Narrator) -> None:
    """Somebody looks at what is held about them and what came of it, but for their private reply."""
    narrator.scene("Someone asks what the bot holds about them, and what came of it")
    opened, seen = await narrator.types("carol", world.thread_of(2), "my")
    narrator.check("2 replies to 2 questions" in seen, "in short what is kept")
    told, seen = await narrator.presses("carol", opened, "See what’s stored")
    narrator.check("counts 1 of your replies" in seen, "the summary that counts them")
    narrator.check("What happened to points you support" in seen, "what the board answered")
    _, words = await narrator.presses("carol", told, "Your words")
    narrator.check("I type those reports" in words, "their own words from the thread")
    narrator.check(not any(reply.text in words for reply in world.cast.private), "no private reply, not even their own")


def find_reading_card(world: World) -> discord.Message:
    """The card that says that private replies can be read. Raises LookupError where there is none."""
    for message in reversed(world.channels["facilitators"].history()):
        if any("private-read" in str(component.to_dict()) for component in message.components):
            return message
    raise LookupError("no private replies were released")
