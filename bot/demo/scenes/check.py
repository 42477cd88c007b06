"""The demo's check: the points go back to staff, who say whether they are true where they work."""

from __future__ import annotations

import re

import discord

from bot.demo.narrator import Narrator
from bot.demo.scenes.review import HEADING
from bot.demo.world import World

VIEWS = {
    "sian": ("true", "true", "true"),
    "grace": ("true", "true", "true"),
    "kwame": ("true", "partly", "true"),
    "fatima": ("true", "true", "not"),
    "liam": ("partly", "true", "not"),
    "rohan": ("true", "true", "true"),
    "mei": ("unknown", "unknown", "true"),
    "yusuf": ("true", "true", "not"),
}
"""What people answer to the first points; the first of them in front of the audience."""
MISSING = "Nobody asked the students, and we are on every ward."


async def start_check(world: World, narrator: Narrator) -> None:
    """The organiser sends the points of the second summary back to staff."""
    narrator.scene("Is it true? The points go back to staff")
    await narrator.types("marcus", world.thread_of(2), "check start", days=5)
    narrator.does("sian", "and everybody else see this in the thread:")
    seen = narrator.sees(world.thread_of(2).last_message)
    narrator.check(HEADING in seen and "[Give your view]" in seen, "the points, and the button to answer")
    card = check_card(world)
    first, *others = VIEWS
    form, seen = await narrator.presses(first, card, "Give your view")
    narrator.check("could find out who wrote this" in seen, "what the form says of its limits")
    kept, seen = await narrator.sends(first, form, **fill_answers(VIEWS[first]))
    narrator.check("are kept" in seen, "that the answers are kept")
    form, _ = await narrator.presses(first, kept, "What is missing?")
    _, seen = await narrator.sends(first, form, words=MISSING, quoting="yes", group=[])
    narrator.check("Your withdrawal code" in seen, "the code that takes it back")
    for key in others:
        opened = await world.people[key].click(card, label="Give your view")
        await world.people[key].submit_modal(opened, fill_answers(VIEWS[key]))
    narrator.says(f"{len(others)} others give their view. Until the check ends, nobody sees that there are any.")


async def see_results(world: World, narrator: Narrator) -> None:
    """The check has ended by itself; everybody sees what was said, and nobody who said it."""
    narrator.scene("The check has ended: everybody sees what staff said of each point")
    seen = narrator.sees(world.thread_of(2).last_message)
    narrator.check(f"{len(VIEWS)} people gave a view" in seen, "how many people gave a view")
    narrator.check(bool(re.search(r"\d of \d people say “true where I work”", seen)), "how many agree with each point")
    narrator.check("People divide on this point" in seen, "where people divide")


def fill_answers(chosen: tuple[str, ...]) -> dict[str, str]:
    """What somebody chooses in the first form."""
    return {f"point-{number}": answer for number, answer in enumerate(chosen, 1)}


def check_card(world: World) -> discord.Message:
    """The card of the check. Raises LookupError where there is none."""
    for message in reversed(world.thread_of(2).history()):
        if any("'view:" in str(component.to_dict()) for component in message.components):
            return message
    raise LookupError("no check was posted")
