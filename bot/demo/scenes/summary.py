"""The demo's last scenes: the organiser asks for the summary and the files, and the prompt closes."""

from __future__ import annotations

import re

from bot.demo.narrator import Teller, answer_of
from bot.demo.scenes.discussion import distinct_people, people_and_replies
from bot.demo.world import World

FILES = {"summary.html", "summary.md", "picture.png", "replies.csv", "summary.csv", "summary.json"}
PREVIEW_LINES = 12


async def summarise_thread(world: World, teller: Teller) -> None:
    """The organiser asks for the summary of the newest thread; only they see it."""
    teller.scene("The organiser asks for a summary")
    shown, seen = await teller.types("marcus", world.thread, "summary thread")
    scenes = world.cast.scenes["second"], world.cast.scenes["missed"]
    people, replies = distinct_people(*scenes), sum(map(len, scenes))
    teller.check(covers(seen, people, replies), "a summary of all replies by all people")
    teller.check(await people_and_replies(world) == (people, replies), "the same count in the database")
    teller.check("people said something close to this" in seen, "a key point that several people share")
    teller.check("not checked by a person" in seen, "that nobody has checked the summary")
    teller.check(shown.ephemeral, "a summary that only the organiser sees")
    check_quotes(world, teller, seen)
    pages = [seen]
    while "[Next]" in pages[-1]:
        shown, page = await teller.presses("marcus", shown, "Next")
        pages.append(page)
    teller.check("Questions that staff asked" in "".join(pages), "the questions that staff asked")


def covers(seen: str, people: int, replies: int) -> bool:
    """Whether a summary read all replies by all people, but for those that it says it left out."""
    line = re.search(r"Read (\d+) of (\d+) replies, from (\d+) people\.(?: Left out: ([^.]+))?", seen)
    if line is None:
        return False
    read, held, counted = map(int, line.groups()[:3])
    left_out = sum(map(int, re.findall(r"(\d+) \(", line[4] or "")))
    return held == replies and read + left_out == held and people - left_out <= counted <= people


def check_quotes(world: World, teller: Teller, seen: str) -> None:
    """Look for every quotation of a summary among the words of the thread, and private ones that may be quoted."""
    private = [reply.text for reply in world.cast.private if reply.quoting == "yes"]
    said = " ".join(
        " ".join(text.split()) for text in [*private, *(message.content for message in world.thread.history())]
    )
    quotes = [part.split("”")[0] for part in seen.split("“")[1:]]
    teller.check(
        bool(quotes) and all(quote in said for quote in quotes), "quotes that are in the replies word for word"
    )


async def export_files(world: World, teller: Teller) -> None:
    """The organiser takes the replies and the summary away as files."""
    teller.scene("The organiser takes the files for the board paper")
    result, _ = await teller.types("marcus", world.thread, "summary export")
    files = {file.filename: await file.read() for file in answer_of(result).attachments}
    teller.check(set(files) == FILES, "the six files of an export")
    text = files.get("summary.md", b"").decode()
    teller.says("The first lines of summary.md:")
    teller.shows("\n".join(text.splitlines()[:PREVIEW_LINES]))
    names = [person.name for person in world.cast.people.values()]
    teller.check(
        not any(name.encode() in content for name in names for content in files.values()), "files without names"
    )


async def close_prompt(world: World, teller: Teller) -> None:
    """The facilitator closes the prompt; the thread thanks people, and the series goes on."""
    teller.scene("The facilitator closes the prompt")
    await teller.types("niamh", world.thread, "prompt close")
    teller.does("niamh", "and everybody else see this in the thread:")
    seen = teller.sees(world.thread.last_message)
    teller.check("Thank you" in seen, "a last line that thanks people")
    _, seen = await teller.types("niamh", world.channels["facilitators"], "series status")
    teller.check("took part so far" in seen, "how many people took part")
