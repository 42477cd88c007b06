"""The demo's first scenes: the owner sets the bot up, the facilitator makes a series, and the first prompt comes."""

from __future__ import annotations

from datetime import timedelta

import discord

from bot.demo.narrator import Narrator
from bot.demo.world import OWNER, World
from bot.text.dates import format_date

PACK = "The future of leadership and management in the NHS: No more heroes"
SERIES = "No more heroes"
NEW_SERIES, DATES = "New series", "Dates and people"
FIRST_CARD = "Too many managers, or too few?"
CONTACTS = {
    "Contacts": {
        "speak_up": "Ruth Abara, extension 14",
        "safeguarding": "Extension 22, day and night",
        "staff_support": "In the house beside the main entrance",
        "complaints": "Room 5 on the ground floor, extension 30",
        "data_protection_officer": "Peter Vance, extension 41",
    },
    "Organisation’s name": {"controller": "Riverside Community Trust"},
}
"""What the owner writes in two forms of /setup, by the forms' titles and parts."""
QUESTIONS = (
    "What in your team would go better with more management, or with less paperwork?",
    "How would you work out how many managers your area needs?",
    "What do you have to write down more than once, and which of it could stop?",
)
"""What the first three cards of the pack ask."""


async def set_up_server(world: World, narrator: Narrator) -> None:
    """The server's owner takes the first steps of /setup, with the channels and roles that are there."""
    room = world.channels["facilitators"]
    narrator.scene("The owner of the server sets the bot up")
    opened, seen = await narrator.types(OWNER, room, "setup")
    narrator.check("Make channels and roles for me" in seen, "an offer to make the channels and roles")
    form, _ = await narrator.presses(OWNER, opened, "Choose my own")
    opened, seen = await narrator.sends(
        OWNER,
        form,
        prompts_channel_id=[world.channels["prompts"]],
        facilitators_channel_id=[room],
        facilitator_role_id=[world.roles["facilitator"]],
        organiser_role_id=[world.roles["organiser"]],
        time_zone="Europe/London",
    )
    narrator.check("Everything works" in seen, "that nothing is left to put right")
    for title, contacts in CONTACTS.items():
        form, _ = await narrator.presses(OWNER, opened, title)
        opened, seen = await narrator.sends(OWNER, form, **contacts)
    narrator.check(seen.count("Done.") == 3, "that three of the first steps are done")
    _, seen = await narrator.presses(OWNER, opened, "All settings")
    narrator.check("#ward-to-board" in seen and "6 of 6" in seen, "the prompts channel and the contacts")
    narrator.check("Manage Events" in seen, "how the roles get their commands")
    narrator.does(OWNER, "opens Server Settings, Roles, and gives both roles Manage Events.")
    world.show_commands()


async def browse_library(world: World, narrator: Narrator) -> None:
    """The facilitator looks at the contents of the built-in pack, and opens its first card."""
    narrator.scene("The facilitator looks at what is in the library")
    listed, seen = await narrator.types("niamh", world.channels["facilitators"], "library")
    narrator.check(PACK in seen, "the built-in pack")
    _, opened = await narrator.chooses("niamh", listed, FIRST_CARD)
    narrator.check(QUESTIONS[0] in opened, "the question of the pack's first card")


async def make_series(world: World, narrator: Narrator) -> None:
    """The facilitator makes a weekly series of the pack's cards, on today's weekday, and starts it."""
    room = world.channels["facilitators"]
    narrator.scene("The facilitator makes a weekly series")
    listed, _ = await narrator.types("niamh", room, "series")
    asked, _ = await narrator.presses("niamh", listed, NEW_SERIES)
    form, _ = await narrator.chooses("niamh", asked, PACK)
    made, seen = await narrator.sends(
        "niamh",
        form,
        title=SERIES,
        weekday=[str(world.local_now().weekday())],
        time="09:00",
        excerpts="",
        channel=[world.channels["prompts"]],
    )
    narrator.check(QUESTIONS[0] in seen, "the question that comes first in the series")
    form, _ = await narrator.presses("niamh", made, DATES)
    today = format_date(world.local_now().date())
    made, seen = await narrator.sends("niamh", form, first_date=today, leave_out="", invited=str(len(world.people)))
    narrator.check(f"of {len(world.people)} people invited" in seen, "how many people were invited")
    _, seen = await narrator.presses("niamh", made, "Start")
    narrator.check("It comes" in seen and "09:00" in seen, "when the first prompt comes")


async def see_first_prompt(world: World, narrator: Narrator) -> None:
    """At nine the first prompt is posted, and its thread opens."""
    await world.advance(timedelta(minutes=30))
    narrator.scene("At nine, everybody sees the first prompt in #ward-to-board")
    see_prompt(world, narrator, QUESTIONS[0])


def see_prompt(world: World, narrator: Narrator, question: str) -> None:
    """Tell the newest card and the line that phones show, and look for the question and the thread."""
    newest = world.channels["prompts"].history()[-3:]
    cards = [message for message in newest if message.components]
    seen = narrator.sees(cards[-1]) if cards else ""
    narrator.check(question in seen, f"the question on the card: {question}")
    narrator.check("[Reply]" in seen and "[Reply privately]" in seen, "the two ways to reply on the card")
    notices = [message for message in newest if message.content and message.type is discord.MessageType.default]
    narrator.check(bool(notices) and question in narrator.sees(notices[-1]), "the question in a phone's notification")
    narrator.check(question[:60] in (world.thread.name or ""), "a thread named after the question")
