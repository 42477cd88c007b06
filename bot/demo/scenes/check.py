"""The demo's check: the points go back to staff, who tap whether it is the same where they work."""

from __future__ import annotations

import discord

from bot.demo.narrator import Narrator, find_answer
from bot.demo.scenes.review import HEADING
from bot.demo.world import World

SAME, DIFFERENT, SKIP = "Same here", "Different here", "Skip"
TAPS = {
    "sian": (SAME, SAME, SAME),
    "grace": (SAME, SAME, SAME),
    "kwame": (SAME, SAME, DIFFERENT),
    "fatima": (SAME, SAME, DIFFERENT),
    "liam": (DIFFERENT, SAME, DIFFERENT),
    "rohan": (SAME, SAME, SAME),
    "mei": (SAME, SKIP, SAME),
    "yusuf": (SAME, SAME, DIFFERENT),
    "tomasz": (SAME, DIFFERENT, SAME),
    "carol": (SAME, SAME, DIFFERENT),
}
"""What people tap about the first points; the first of them in front of the audience."""
MISSING = "Nobody asked the students, and we are on every ward."


async def start_check(world: World, narrator: Narrator) -> None:
    """The organiser sends the points of the second summary back to staff."""
    narrator.scene("Is it the same where you work? The points go back to staff")
    asked, seen = await narrator.types("marcus", world.thread_of(2), "check start", days=5)
    narrator.check("Nothing is posted yet" in seen, "what staff will see, before anything is posted")
    await narrator.presses("marcus", asked, "Start")
    narrator.does("sian", "and everybody else see this in the thread:")
    seen = narrator.sees(world.thread_of(2).last_message)
    narrator.check(HEADING in seen and "[What others said]" in seen, "the points, and the button to answer")
    card = check_card(world)
    first, *others = TAPS
    shown, seen = await narrator.presses(first, card, "What others said")
    narrator.check("can’t see what you tap" in seen and "could trace it" in seen, "who sees it, and its limits")
    for label in TAPS[first]:
        shown, _ = await narrator.presses(first, shown, label)
    asked, _ = await narrator.presses(first, shown, "Add my own words")
    form, _ = await narrator.presses(first, asked, "Reply privately")
    _, seen = await narrator.sends(first, form, words=MISSING, quoting="yes")
    narrator.check("Your deletion code" in seen, "the code that deletes it")
    for key in others:
        await tap(world, key, card)
    narrator.says(f"{len(others)} others tap too. Until the check ends, nobody sees that there are any.")


async def see_results(world: World, narrator: Narrator) -> None:
    """The check has ended by itself; everybody sees where many say the same, and nobody who did."""
    narrator.scene("The check has ended: everybody sees how many said “same here”")
    seen = narrator.sees(world.thread_of(2).last_message)
    narrator.check("9 people said “same here”" in seen, "how many said so")
    narrator.check("It differs from place to place" in seen, "where it differs")
    narrator.check("This isn’t a survey" in seen, "what the numbers are not")


async def tap(world: World, key: str, card: discord.Message) -> None:
    """Somebody goes through the first points without telling it."""
    shown = await world.people[key].click(card, label="What others said")
    for label in TAPS[key]:
        shown = await world.people[key].click(find_answer(shown), label=label)


def check_card(world: World) -> discord.Message:
    """The card of the check. Raises LookupError where there is none."""
    for message in reversed(world.thread_of(2).history()):
        if any("Is it the same where you work?" in str(component.to_dict()) for component in message.components):
            return message
    raise LookupError("no check was posted")
