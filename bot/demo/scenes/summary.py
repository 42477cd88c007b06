"""The demo's last scenes: the organiser asks for the summary and the files, and the prompt closes."""

from __future__ import annotations

import re

from bot.demo.narrator import Narrator, find_answer
from bot.demo.scenes.discussion import distinct_people, people_and_replies
from bot.demo.world import World

FILES = {"summary.html", "summary.md", "picture.png", "replies.csv", "summary.csv", "summary.json"}
PREVIEW_LINES = 12


async def summarise_thread(world: World, narrator: Narrator) -> None:
    """The organiser asks for the summary of the newest thread; only they see it."""
    narrator.scene("The organiser asks for a summary")
    shown, seen = await narrator.types("marcus", world.thread, "summary thread")
    scenes = world.cast.scenes["second"], world.cast.scenes["missed"]
    people, replies = distinct_people(*scenes), sum(map(len, scenes))
    narrator.check(covers(seen, people, replies), "a summary of all replies by all people")
    narrator.check(await people_and_replies(world) == (people, replies), "the same count in the database")
    narrator.check("people said something close to this" in seen, "a key point that several people share")
    narrator.check("not checked by a person" in seen, "that nobody has checked the summary")
    narrator.check(shown.ephemeral, "a summary that only the organiser sees")
    check_quotes(world, narrator, seen)
    pages = [seen]
    while "[Next]" in pages[-1]:
        shown, page = await narrator.presses("marcus", shown, "Next")
        pages.append(page)
    narrator.check("Questions that staff asked" in "".join(pages), "the questions that staff asked")


def covers(seen: str, people: int, replies: int) -> bool:
    """Whether a summary read all replies by all people, but for those that it says it left out."""
    line = re.search(r"Read (\d+) of (\d+) replies, from (\d+) people\.(?: Left out: ([^.]+))?", seen)
    if line is None:
        return False
    read, held, counted = map(int, line.groups()[:3])
    left_out = sum(map(int, re.findall(r"(\d+) \(", line[4] or "")))
    return held == replies and read + left_out == held and people - left_out <= counted <= people


def check_quotes(world: World, narrator: Narrator, seen: str) -> None:
    """Look for every quotation of a summary among the words of the thread, and private ones that may be quoted."""
    private = [reply.text for reply in world.cast.private if reply.quoting == "yes"]
    said = " ".join(
        " ".join(text.split()) for text in [*private, *(message.content for message in world.thread.history())]
    )
    quotes = [part.split("”")[0] for part in seen.split("“")[1:]]
    narrator.check(
        bool(quotes) and all(quote in said for quote in quotes), "quotes that are in the replies word for word"
    )


async def export_files(world: World, narrator: Narrator) -> None:
    """The organiser takes the replies and the summary away as files."""
    narrator.scene("The organiser takes the files for the board paper")
    result, _ = await narrator.types("marcus", world.thread, "summary export")
    files = {file.filename: await file.read() for file in find_answer(result).attachments}
    narrator.check(set(files) == FILES, "the six files of an export")
    text = files.get("summary.md", b"").decode()
    narrator.says("The first lines of summary.md:")
    narrator.shows("\n".join(text.splitlines()[:PREVIEW_LINES]))
    names = [person.name for person in world.cast.people.values()]
    narrator.check(
        not any(name.encode() in content for name in names for content in files.values()), "files without names"
    )


async def close_prompt(world: World, narrator: Narrator) -> None:
    """The facilitator closes the prompt; the thread thanks people, and the series goes on."""
    narrator.scene("The facilitator closes the prompt")
    await narrator.types("niamh", world.thread, "prompt close")
    narrator.does("niamh", "and everybody else see this in the thread:")
    seen = narrator.sees(world.thread.last_message)
    narrator.check("Thank you" in seen, "a last line that thanks people")
    _, seen = await narrator.types("niamh", world.channels["facilitators"], "series status")
    narrator.check("took part so far" in seen, "how many people took part")
