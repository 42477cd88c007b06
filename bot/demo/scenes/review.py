"""The demo's review: the facilitator checks the draft of the summary, staff read it, and somebody objects."""

from __future__ import annotations

import re

import discord
from simcord import InteractionResult

from bot.demo.narrator import Narrator
from bot.demo.scenes.discussion import people_and_replies
from bot.demo.scenes.summary import check_quotes, read_all
from bot.demo.world import World

REVIEWER = "niamh"
HEADING = "Cap the size of a manager’s team"
LIMIT = "how many people one person can manage"
REWORDED = {LIMIT: HEADING}
"""What the facilitator writes above points, by words of the headings that the program found."""
SAY_IT_TOO = {
    LIMIT: ("Nights need a limit too", "Set a limit, and count"),
    "Start from the work": ("walk with a porter", "ask us what the work is"),
}
"""Whom the facilitator ticks of those that the program proposes, by words of the heading."""
POINTING = ("i was told not to",)
"""Words of the cast that point to somebody, so that the facilitator does not tick them."""
LEFT_OVER, BELONGS_TO = "I asked for a night manager twice", HEADING
"""A reply that is in no point, and the point on which the facilitator puts it."""
POINT = re.compile(r"^Point \d+ of \d+\n.+", re.MULTILINE)
"""The number of a point on its card, and its heading."""
CONFIRM, NO_POINT = "They say this. No names here.", "Replies in no point"
OBJECTION_BUTTON = "That’s not what I meant"
OBJECTION = "I said that a fixed limit is wrong for a scanning room. Offices may well need one."
SETTLED = "Spoke with them. The next summary shows their words as they meant them."
REPLIES, PRESSES = 20, 25
"""The aim of a review: that many presses at most for that many replies."""


class Review:
    """The facilitator's way through a draft: the card before them, and what it says."""

    def __init__(self, world: World, narrator: Narrator) -> None:
        self._narrator = narrator
        self._began = narrator.presses_made
        self.card: discord.Message | InteractionResult = draft_card(world)
        self.seen = ""

    @property
    def presses(self) -> int:
        """How many presses it took so far."""
        return self._narrator.presses_made - self._began

    async def press(self, label: str) -> None:
        """Press a button of the card."""
        self.card, self.seen = await self._narrator.presses(REVIEWER, self.card, label)

    async def choose(self, *words: str, below: str = "") -> None:
        """Choose what holds the words in a list of the card."""
        self.card, self.seen = await self._narrator.chooses(REVIEWER, self.card, *words, below=below)

    async def check_point(self) -> None:
        """Tick who says it too, put the heading in other words where it needs them, and confirm who says so."""
        point = POINT.search(self.seen)
        shown = point[0] if point else ""
        for heading, people in SAY_IT_TOO.items():
            proposed = [words for words in people if words in self.seen]
            if heading in shown and proposed:
                await self.choose(*proposed)
        for heading, words in REWORDED.items():
            if heading in shown:
                await self.reword(words)
        await self.press(CONFIRM)

    async def reword(self, words: str) -> None:
        """Write another heading above the point."""
        await self.press("More")
        form, _ = await self._narrator.presses(REVIEWER, self.card, "Reword")
        self.card, self.seen = await self._narrator.writes_in(REVIEWER, form, words)

    async def check_rest(self) -> None:
        """Go through the points that are left, without telling it all."""
        with self._narrator.silence():
            while POINT.search(self.seen):
                await self.check_point()


async def review_draft(world: World, narrator: Narrator) -> Review:
    """The draft came by itself when the prompt closed; the facilitator goes through it, point by point."""
    narrator.scene("The facilitator checks who says so, before staff see the summary")
    narrator.does(REVIEWER, "finds this in #facilitators:")
    seen = narrator.sees(draft_card(world))
    narrator.check("not checked by a person" in seen, "a draft that nobody has checked")
    review = Review(world, narrator)
    await review.press("Check the points")
    narrator.check(
        bool(re.search(r"These \d+ may be saying the same", review.seen)), "a group that the program proposes"
    )
    narrator.check("not checked yet" in review.seen, "quotes that nobody has checked")
    await review.check_point()
    narrator.check(f"Checked: “{HEADING}”" in review.seen, "what was checked, in the facilitator’s words")
    await review.check_point()
    narrator.says("The facilitator goes through the other points in the same way.")
    narrator.says("Words that point to someone are not ticked, and no paper shows them.")
    await review.check_rest()
    narrator.check(NO_POINT in review.seen, "the replies that stand in no point")
    while LEFT_OVER not in review.seen:
        await review.press("Next")
    await review.choose(BELONGS_TO, below=LEFT_OVER)
    narrator.check(f"Added to “{BELONGS_TO}”" in review.seen, "where the reply stands now")
    return review


async def publish_summary(world: World, narrator: Narrator, review: Review) -> None:
    """The facilitator publishes the draft; everybody in the thread sees that it was checked."""
    narrator.scene("The facilitator publishes the summary")
    await review.press("Publish")
    narrator.check("Check they have no names" in review.seen, "the words that the facilitator reads once more")
    await review.press("Publish all")
    _, in_thread = await people_and_replies(world)
    replies = in_thread + len(world.cast.private)
    narrator.says(f"The draft took {review.presses} presses.")
    narrator.check(review.presses * REPLIES <= PRESSES * replies, f"a review of {replies} replies in few presses")
    narrator.does(REVIEWER, "and everybody else see this in the thread:")
    seen = narrator.sees(world.thread.last_message)
    narrator.check("facilitator’s words" in seen and HEADING in seen, "whose words the new heading is in")
    narrator.check("wrote · checked" in seen, "that a person checked who says so")
    pages = await read_all(narrator, "kwame", world.thread.history()[-1])
    narrator.check("Checked by a facilitator. 1 heading reworded" in pages, "what the facilitator changed")
    narrator.check("It came up in private replies too." in pages, "that private replies say so too, without a number")
    check_quotes(world, narrator, seen + pages)


async def object_to_summary(world: World, narrator: Narrator) -> None:
    """Somebody says that the summary is not what they meant; the facilitator reads it and settles it."""
    narrator.scene("Someone reads the summary and meant something else")
    form, _ = await narrator.presses("yusuf", world.thread.history()[-1], OBJECTION_BUTTON)
    _, seen = await narrator.writes_in("yusuf", form, OBJECTION)
    narrator.check("Only they can read your words" in seen, "who reads the answer")
    report = world.channels["facilitators"].history()[-1]
    narrator.check(OBJECTION not in narrator.sees(report), "a report without the words")
    read, seen = await narrator.presses("niamh", report, "See it")
    narrator.check(OBJECTION in seen, "the answer, for a facilitator's eyes")
    form, _ = await narrator.presses("niamh", read, "Settle")
    await narrator.writes_in("niamh", form, SETTLED)
    _, seen = await narrator.types("niamh", world.channels["facilitators"], "summary objections")
    narrator.check("nothing to settle" in seen, "that nothing is waiting")


def draft_card(world: World) -> discord.Message:
    """The newest card of a draft, as it is now. Raises LookupError where there is none."""
    reports = reversed(world.channels["facilitators"].history())
    for message in reports:
        if any("review-" in str(component.to_dict()) for component in message.components):
            return message
    raise LookupError("no draft was made")
