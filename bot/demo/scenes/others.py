"""The demo's scenes of "What others said": the facilitator reads statements, and most people only tap."""

from __future__ import annotations

import re
from datetime import timedelta

import discord

from bot.demo.narrator import Narrator
from bot.demo.scenes.discussion import newest_card
from bot.demo.world import OWNER, World
from bot.models.views import Choice

REVIEWER = "niamh"
FIRST = "mei"
"""Who taps in front of the audience."""
POINTING = "no ward manager since March"
"""Words by which somebody may be known, so that the facilitator unticks them."""
OTHERS = "What others said"
SHOWN = re.compile(r"Show ticked \(\d+\)")
STATEMENT = re.compile(r"^#* ?“(.+)”$", re.MULTILINE)


async def show_statements(world: World, narrator: Narrator) -> None:
    """The bot offers statements of the newest thread; the facilitator reads them, and shows what names nobody."""
    await world.advance(timedelta(minutes=3))
    narrator.scene("The facilitator reads what may be shown to others")
    narrator.does(REVIEWER, "finds this in #facilitators:")
    card = offer_card(world)
    seen = narrator.sees(card)
    narrator.check("does it name anybody" in seen, "statements that the facilitator is to read")
    if POINTING in seen:
        numbered = re.findall(r"^\s*\d+\. “(.+)”$", seen, re.MULTILINE)
        kept = [words[:40] for words in numbered if POINTING not in words]
        narrator.says("One of them may show who is meant, so the facilitator unticks it.")
        await narrator.chooses(REVIEWER, card, *kept)
        card = offer_card(world)
        seen = narrator.sees(card)
    found = SHOWN.search(seen)
    await narrator.presses(REVIEWER, card, found[0] if found else "")
    narrator.does(FIRST, "and everybody else see this in the thread:")
    seen = narrator.sees(world.thread.last_message)
    narrator.check(f"[{OTHERS}]" in seen, "the line that tells of what others said")
    narrator.check(OTHERS in str([part.to_dict() for part in newest_card(world).components]), "the button on the card")


async def tap_statements(world: World, narrator: Narrator, scene: str) -> None:
    """Everybody taps, each alone: most of them have written nothing."""
    narrator.scene("Most people write nothing. They tap")
    shown, seen = await narrator.presses(FIRST, newest_card(world), OTHERS)
    narrator.check("1 of " in seen, "one statement at a time")
    narrator.check("can’t see what you tap" in seen, "who could see what is tapped, said before the first press")
    name = world.cast.people[FIRST].name
    while STATEMENT.search(seen):
        narrator.check(name not in seen, "no name beside the words")
        shown, seen = await narrator.presses(FIRST, shown, choose(world, scene, FIRST, seen).label)
    narrator.check("That’s all for now" in seen, "the end of what others said")
    others = [key for key, person in world.cast.people.items() if not person.role and key not in (OWNER, FIRST)]
    with narrator.silence():
        for key in others:
            await tap_through(world, narrator, scene, key)
    written = {line.author for line in world.cast.scenes[scene]}
    only = sum(key not in written for key in (FIRST, *others))
    narrator.says(f"{len(others)} others do the same. {only} of all these people wrote nothing in the thread.")
    _, seen = await narrator.types("marcus", world.thread, "summary thread")
    narrator.check("tapped" not in seen, "no number of taps while the question is open")


async def tap_through(world: World, narrator: Narrator, scene: str, key: str) -> None:
    """One person taps about all that they are shown."""
    shown, seen = await narrator.presses(key, newest_card(world), OTHERS)
    while STATEMENT.search(seen):
        shown, seen = await narrator.presses(key, shown, choose(world, scene, key, seen).label)


def choose(world: World, scene: str, key: str, seen: str) -> Choice:
    """What a person taps about the statement that they see."""
    for taps in world.cast.taps.get(scene, ()):
        if taps.words in seen:
            return Choice.SAME if key in taps.same else Choice.DIFFERENT if key in taps.different else Choice.SKIP
    return Choice.SKIP


def offer_card(world: World) -> discord.Message:
    """The newest card that offers statements. Raises LookupError where there is none."""
    for message in reversed(world.channels["facilitators"].history()):
        if any("'offer-" in str(component.to_dict()) for component in message.components):
            return message
    raise LookupError("no statements were offered")
