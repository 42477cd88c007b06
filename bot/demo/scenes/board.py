"""The demo's last act: the board gets a paper that can be checked, and its answer returns to those who spoke."""

from __future__ import annotations

import re
from typing import Any

from bot.demo.narrator import Choice, Narrator, find_answer
from bot.demo.scenes.review import HEADING, POINTING, Review
from bot.demo.world import World

PAPERS = {"board-paper.docx", "board-paper.html", "board-points.csv", "board-prompts.csv"}
ASK = "Decide how many people one person may manage, and which reports may end."
SUMMARY = (
    "We asked what would go better with more management or less paperwork, and how many managers an area needs.\n"
    "Staff told us that they record things more than once, and that some teams are too big for one manager.\n"
    "Both can change: some of the reports could end, and the trust could set a limit."
)
FRONT_SHEET: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "Meeting and title",
        {
            "organisation": "Riverside Community Trust",
            "meeting": "Board of Directors",
            "held_on": "14/1/{next_year}",
            "agenda_item": "9.2",
            "title": "What staff say about leading",
        },
    ),
    ("Sponsor and author", {"sponsor": ["Chief Nurse"], "author": ["Director of People"], "purpose": "decision"}),
    ("Summary and ask", {"summary": SUMMARY, "recommendation": ASK}),
    (
        "Risks and equality",
        {
            "risks": "Managers stay short of time for their teams, and staff record the same things again and again.",
            "register": "BAF 3: workforce",
            "equality": "Night staff and part-time staff see their managers least.",
            "considered": "People Committee, 2 December {year}",
        },
    ),
)
TWICE = re.compile(r"We write everything twice.*\n\s*(?:1\d|[6-9]) people: 1 wrote it, \d+ said “same here”")
REASON = "The number is set in contracts until March 2027."


async def finish_first_prompt(world: World, narrator: Narrator) -> None:
    """The first prompt is closed, reviewed and published too, without every click being told."""
    narrator.scene("The first prompt goes the same way")
    thread = world.thread_of(1)
    await narrator.types("niamh", thread, "prompt close")
    review = Review(world, narrator)
    with narrator.silence():
        await review.press("Check the points")
        await review.check_rest()
    await review.press("Publish")
    await review.press("Publish all")
    narrator.says(f"The draft took {review.presses} presses.")
    seen = narrator.sees(thread.last_message)
    narrator.check("wrote · checked" in seen, "a summary of which every supporter was checked")
    narrator.check(bool(TWICE.search(seen)), "double recording as one point of six people or more")
    narrator.check("It differs from place to place" in seen, "a point that differs from place to place")


async def make_board_paper(world: World, narrator: Narrator) -> None:
    """The organiser makes the board paper, and looks up where one of its points comes from."""
    room = world.channels["facilitators"]
    narrator.scene("The organiser makes the board paper")
    card, seen = await narrator.types("marcus", room, "summary board")
    narrator.check("Still missing" in seen, "what the front sheet of the paper still lacks")
    for label, values in FRONT_SHEET:
        form, _ = await narrator.presses("marcus", card, label)
        await narrator.sends("marcus", form, **_dated(values, world.local_now().year))
    form, _ = await narrator.presses("marcus", card, "Make the paper")
    made, _ = await narrator.sends("marcus", form, template=[])
    files = {file.filename: await file.read() for file in find_answer(made).attachments}
    narrator.check(set(files) >= PAPERS, "the board paper as a Word file, a page and two tables")
    narrator.check(ASK in files["board-paper.html"].decode(), "the ask in the paper")
    narrator.check("To be completed" not in files["board-paper.html"].decode(), "a front sheet that is all filled in")
    narrator.check(HEADING in files["board-paper.html"].decode(), "the checked points in the paper")
    told = b"".join(content for name, content in files.items() if name.endswith(("html", "csv"))).decode().casefold()
    narrator.check(not any(words in told for words in POINTING), "no words that point to someone")
    reference = await find_point(world, HEADING)
    _, seen = await narrator.types("marcus", room, "summary show", reference=reference.value)
    narrator.check(HEADING in seen, "what a reference of the paper stands for")


def _dated(values: dict[str, Any], year: int) -> dict[str, Any]:
    """Put years into what is typed, since the demo always plays in the weeks before today."""
    return {
        name: text.format(year=year, next_year=year + 1) if isinstance(text, str) else text
        for name, text in values.items()
    }


async def give_outcomes(world: World, narrator: Narrator) -> None:
    """The board's answers return to the threads: one is under way, one is not possible."""
    room = world.channels["facilitators"]
    narrator.scene("The board has answered: the organiser returns it to those who spoke")
    asked, seen = await narrator.types(
        "marcus",
        room,
        "outcome add",
        points=await find_point(world, "reports that nobody reads"),
        state=Choice("Under way", "doing"),
        what="We look at every monthly report, and end those that nobody reads.",
        owner="Director of Finance",
        due=f"{world.local_now().year + 1}-03-31",
    )
    narrator.check("what staff will read" in seen, "the answer as staff will read it, before it is posted")
    await narrator.presses("marcus", asked, "Post")
    asked, _ = await narrator.types(
        "marcus",
        room,
        "outcome add",
        points=await find_point(world, HEADING),
        state=Choice("Not possible", "not possible"),
        what="One limit for all teams.",
        reason=REASON,
        owner="Director of People",
    )
    await narrator.presses("marcus", asked, "Post")
    narrator.does("kwame", "and everybody else see this in the thread:")
    seen = narrator.sees(world.thread_of(2).last_message)
    narrator.check("We did" in seen and REASON in seen, "the answer, and why it is not possible")
    await narrator.types("marcus", room, "outcome publish", channel=world.channels["prompts"])
    narrator.does("kwame", "and everybody else see this in #ward-to-board:")
    seen = narrator.sees(world.channels["prompts"].last_message)
    narrator.check("No answer yet" in seen, "the points that still wait for an answer")


async def find_point(world: World, words: str) -> Choice:
    """What the command offers while the organiser types words of a point. Raises LookupError where it offers none."""
    room = world.channels["facilitators"]
    offered: list[dict[str, Any]] = await world.people["marcus"].autocomplete(room, "outcome add", "points", words)
    if not offered:
        raise LookupError(f"no point holds “{words}”")
    return Choice(**offered[0])
