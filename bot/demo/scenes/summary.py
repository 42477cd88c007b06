"""The demo's last scenes: the organiser asks for the summary and the files, and the prompt closes."""

from __future__ import annotations

import re

import discord
from simcord import InteractionResult

from bot.demo.narrator import Narrator, find_answer
from bot.demo.scenes.discussion import distinct_people, people_and_replies
from bot.demo.world import World
from bot.replies.redaction.redact import redact

FILES = {"summary.html", "summary.md", "picture.png", "replies.csv", "summary.csv", "summary.json"}
PREVIEW_LINES = 12
SAME_HERE = "same here"
"""What a count calls an answer in agreement, whatever its words."""


async def summarise_thread(world: World, narrator: Narrator) -> None:
    """The organiser asks for the summary of the newest thread; only they see it."""
    narrator.scene("The organiser asks for a summary")
    shown, first = await narrator.types("marcus", world.thread, "summary thread")
    scenes = world.cast.scenes["second"], world.cast.scenes["missed"]
    people, replies = distinct_people(*scenes), sum(map(len, scenes))
    narrator.check(await people_and_replies(world) == (people, replies), "the same count in the database")
    narrator.check(f"{people} people wrote" in first, "how many people wrote")
    narrator.check(count_shared(first) > 1, "key points that several people share")
    narrator.check("Opinion is split" in first, "on what people differ")
    narrator.check("not checked yet" in first, "that nobody has checked the summary")
    narrator.check(shown.ephemeral, "a summary that only the organiser sees")
    pages = await read_all(narrator, "marcus", shown)
    narrator.check(covers_all(pages, people, replies), "a summary of all replies by all people")
    narrator.check("Also raised" in pages, "what single people raised")
    narrator.check("These may go with point" in pages, "words that the program puts beside a point, without a number")
    narrator.check("What people asked" in pages, "the questions that staff asked")
    check_quotes(world, narrator, first + pages)


def count_shared(seen: str) -> int:
    """Count the points of which more than one person said by their own act that they are theirs."""
    numbers = [
        int(number)
        for number in re.findall(
            r"^(\d+) people(?:: \d+ wrote it| said (?:“same here”|this in the thread))", seen, re.M
        )
    ]
    return sum(number > 1 for number in numbers)


async def read_all(narrator: Narrator, key: str, shown: discord.Message | InteractionResult) -> str:
    """Have somebody press "Read all" and go to the last page; return what all of these pages say."""
    opened, seen = await narrator.presses(key, shown, "Read all")
    pages = [seen]
    while "[Next]" in pages[-1]:
        opened, seen = await narrator.presses(key, opened, "Next")
        pages.append(seen)
    return "\n".join(pages)


def covers_all(seen: str, people: int, replies: int) -> bool:
    """Whether a summary read all replies by all people, but for those that it says it left out."""
    line = re.search(
        r"(\d+) people replied(?:; the summary draws on (\d+) of them)?\. "
        r"The summary used (\d+) of (\d+) replies\.(?: Left out: ([^.]+))?",
        seen,
    )
    if line is None:
        return False
    wrote, used, read, held = (int(number or line[1]) for number in line.groups()[:4])
    left_out = sum(map(int, re.findall(r"(\d+) \(", line[5] or "")))
    return (wrote, held) == (people, replies) and read + left_out == held and people - left_out <= used <= people


def check_quotes(world: World, narrator: Narrator, seen: str) -> None:
    """Look for every quotation of a summary among the words of the thread, and private ones that may be quoted.

    Names that were taken out before storing stand as their mark in both.
    """
    private = [reply.text for reply in world.cast.private if reply.quoting == "yes"]
    said = " ".join(
        " ".join(text.split()) for text in [*private, *(message.content for message in world.thread.history())]
    )
    quotes = [quote for part in seen.split("“")[1:] if (quote := part.split("”")[0]) != SAME_HERE]
    stored = redact(said, names=world.bot.watch.names(world.guild.id)).text
    is_said = [quote in said or quote in stored for quote in quotes]
    narrator.check(bool(quotes) and all(is_said), "quotes that are in the replies word for word")


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
    _, seen = await narrator.types("niamh", world.channels["facilitators"], "series")
    narrator.check("took part so far" in seen, "how many people took part")
