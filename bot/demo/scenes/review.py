"""The demo's review: the facilitator checks the draft of the summary, staff read it, and somebody objects."""

from __future__ import annotations

import re

import discord

from bot.demo.narrator import Narrator
from bot.demo.scenes.summary import check_quotes
from bot.demo.world import World

HEADING = "Set a limit to how many people one person manages"
OBJECTION = "I said that a fixed limit is wrong for a scanning room. Offices may well need one."
POINTING = ("our team leader", "i was told not to")
"""Words of the cast that point to somebody, so that the facilitator does not tick them."""
SETTLED = "Spoke with them. The next summary shows their words as they meant them."


async def review_draft(world: World, narrator: Narrator) -> None:
    """The draft came by itself when the prompt closed; the facilitator goes through one of its points."""
    narrator.scene("The facilitator checks who says so, before staff see the summary")
    narrator.does("niamh", "finds this in #facilitators:")
    seen = narrator.sees(draft_card(world))
    narrator.check("not checked by a person" in seen, "a draft that nobody has checked")
    opened, seen = await narrator.chooses("niamh", draft_card(world), "how many people one person can manage")
    narrator.check("found by the program" in seen, "supporters whom only the program found")
    _, seen = await narrator.presses("niamh", opened, "Confirm all shown")
    narrator.check(bool(re.search(r"\d confirmed", seen)), "how many people the facilitator confirmed")
    await narrator.presses("niamh", opened, "All shown name nobody")
    form, _ = await narrator.presses("niamh", opened, "Reword")
    _, seen = await narrator.writes_in("niamh", form, HEADING)
    narrator.check(HEADING in seen, "the heading in the facilitator’s words")
    await check_points(world)
    narrator.says("The facilitator goes through the other points in the same way.")
    narrator.says("Where words point to somebody, they are not ticked: they count, and no paper shows them.")


async def check_points(world: World) -> None:
    """Go through all points of the newest draft: confirm who says so, and which quotes name nobody."""
    unseen = Narrator(world, lambda _: None)
    opened, seen = await unseen.chooses("niamh", draft_card(world), "1. ")
    while True:
        await unseen.presses("niamh", opened, "Confirm all shown")
        if not any(words in seen.casefold() for words in POINTING):
            await unseen.presses("niamh", opened, "All shown name nobody")
        if re.search(r"Point (\d+) of \1\b", seen):
            return
        opened, seen = await unseen.presses("niamh", opened, "Next point")


async def publish_summary(world: World, narrator: Narrator) -> None:
    """The facilitator publishes the draft; everybody in the thread sees that it was checked."""
    narrator.scene("The facilitator publishes the summary")
    asked, seen = await narrator.presses("niamh", draft_card(world), "Publish")
    narrator.check("Check that they name nobody" in seen, "the words that the facilitator reads once more")
    await narrator.presses("niamh", asked, "Publish all")
    narrator.does("niamh", "and everybody else see this in the thread:")
    seen = narrator.sees(world.thread.last_message)
    narrator.check("facilitator’s words" in seen and HEADING in seen, "whose words the new heading is in")
    narrator.check("changes were made" in seen, "how many changes the facilitator made")
    narrator.check("all supporters confirmed" in seen, "that a person checked who says so")
    check_quotes(world, narrator, seen.replace(f"“{HEADING}”", ""))


async def object_to_summary(world: World, narrator: Narrator) -> None:
    """Somebody says that the summary is not what they meant; the facilitator reads it and settles it."""
    narrator.scene("Somebody reads the summary and meant something else")
    form, _ = await narrator.presses("yusuf", world.thread.history()[-1], "This is not what I meant")
    _, seen = await narrator.writes_in("yusuf", form, OBJECTION)
    narrator.check("they alone can read your words" in seen, "who reads the answer")
    report = world.channels["facilitators"].history()[-1]
    narrator.check(OBJECTION not in narrator.sees(report), "a report without the words")
    read, seen = await narrator.presses("niamh", report, "See it")
    narrator.check(OBJECTION in seen, "the answer, for a facilitator's eyes")
    form, _ = await narrator.presses("niamh", read, "Settle")
    await narrator.writes_in("niamh", form, SETTLED)
    _, seen = await narrator.types("niamh", world.channels["facilitators"], "summary objections")
    narrator.check("No answers" in seen, "that nothing is waiting")


def draft_card(world: World) -> discord.Message:
    """The newest card of a draft, as it is now. Raises LookupError where there is none."""
    reports = reversed(world.channels["facilitators"].history())
    for message in reports:
        if any("review-" in str(component.to_dict()) for component in message.components):
            return message
    raise LookupError("no draft was made")
