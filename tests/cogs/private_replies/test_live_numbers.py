"""Two servers in which the same is said and done, one with private replies too: no number that people see differs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document

from bot.models.reviews import Change, Confirm, DropPoint, NameNobody
from cogs.board.paper_card import MAKE
from cogs.private_replies.batch_card import LET_IN
from cogs.prompts.lists import READ
from cogs.review.publish_card import PUBLISH_POINTS
from cogs.review.texts import PUBLISH
from tests.cogs.private_replies.authors import send
from tests.cogs.prompts.scenes import DAY, at_nine, library, make_series, posted
from tests.cogs.replies.talk import Talk
from tests.cogs.review.sitting import Sitting, labels_of
from tests.cogs.summaries.discussion import Discussion, read_pages
from tests.cogs.views.scenes import open_others, say_all, show_all, text_of
from tests.world import World, new_world, shown, words

PEOPLE = 12
SAID = (
    "We are short staffed on nights, and nobody listens when we raise it with the managers.",
    "Short staffing on nights is our biggest worry, and nobody listens when we raise it.",
    "Nobody listens when we raise short staffing on nights, so people stop raising it.",
    "Our ward sister leads by walking the floor every single morning and asks what we need.",
    "Handover takes far too long since the new forms came in last winter.",
    "Training budgets were cut, so healthcare assistants cannot learn new skills.",
    "Car parking costs more than an hour of my pay each week.",
    "Bank staff wait three weeks for a login to the records system.",
)
PRIVATELY = (*(f"{text} It has been so for years." for text in SAID[:7]), "ok")
"""What eight people say privately: four of them wrote in the thread too, and one says nothing that can be used."""
QUOTING = "yes", "count", "retold"


class Server:
    """One of the two servers, and all that its people have seen, by what they did to see it."""

    def __init__(self, talk: Talk) -> None:
        self.talk, self.world = talk, talk.world
        self.seen: dict[str, str] = {}

    async def run(self, who: Any, command: str, **options: Any) -> Any:
        """Somebody types a command; what it shows to them alone is noted."""
        result = await who.slash(self.talk.thread, command, **options)
        self.seen[f"/{command} {sorted(options)}"] = shown(result)
        return result

    def look_around(self) -> None:
        """Note what everybody finds in the channels and the thread."""
        for name, place in (("prompts", self.world.prompts), ("facilitators", self.world.office)):
            self.seen[name] = "\n".join(words(message) for message in place.history())
        self.seen["thread"] = "\n".join(words(message) for message in self.talk.thread.history())

    async def look(self) -> Mapping[str, str]:
        """Look at everything that staff, facilitators, organisers and managers can ask for."""
        await self.world.leap(3_600)  # so that nobody asked for too many things in the last hour
        world, prompt, series = self.world, str(self.talk.prompt.id), str(self.talk.prompt.series_id)
        for command in ("prompt list", "prompt private", "series", "summary objections", "moderation", "library"):
            await self.run(world.facilitator, command)
        await self.run(world.facilitator, "prompt others", prompt=prompt)
        await self.run(world.facilitator, "series", series=series)
        await self.run(world.manager, "setup")
        for command in ("summary board", "outcome list", "check status"):
            await self.run(world.organiser, command)
        for command in ("summary thread", "summary series"):
            asked = await world.organiser.slash(self.talk.thread, command)
            self.seen[f"/{command}"] = "\n".join(await read_pages(world.organiser, asked))
        exported = await world.organiser.slash(self.talk.thread, "summary export")
        for file in exported.response.attachments:
            if file.filename.endswith((".md", ".csv")):
                self.seen[file.filename] = read_file(file.filename, await file.read())
        self.look_around()
        seen, self.seen = self.seen, {}
        return seen


async def open_server(world: World) -> Server:
    """A series whose first question eight people answered, three agreed with another, and statements are shown."""
    while len(world.staff) < PEOPLE:
        world.staff.append(world.guild.add_member(world.env.create_user(f"Member {len(world.staff)}")))
    await world.store.settings.change(world.guild.id, reminders=True)
    await library(world)
    await make_series(world)
    await at_nine(world)
    talk = Talk(world, (await posted(world))[0], world.prompts)
    await say_all(talk, SAID)
    first = next(message for message in talk.thread.history() if message.content == SAID[0])
    for who in (9, 10, 11):
        await world.staff[who].react(first, "👍")
    await show_all(talk)
    return Server(talk)


async def publish(server: Server) -> None:
    """A facilitator confirms the first point of a draft and publishes it."""
    world = server.world
    sitting = Sitting(Discussion(world, server.talk.prompt, server.talk.thread), world.facilitator)
    await sitting.start()
    draft = await sitting.draft()
    point = draft.summary.points[0]
    said = (*(quote.message for quote in point.quotes), *point.counted)
    shown_words = tuple(quote.message for quote in point.quotes)
    others = (DropPoint(other.ref) for other in draft.summary.points[1:])
    changes: list[Change] = [Confirm(point.ref, said), NameNobody(point.ref, shown_words), *others]
    for change in changes:
        draft = await world.store.drafts.change(draft, sitting.person.id, change, world.env.now())
    asked = await world.facilitator.click(sitting.card, label=PUBLISH)
    labels = labels_of(asked.response.message)
    await world.facilitator.click(asked.response.message, label=PUBLISH_POINTS if PUBLISH_POINTS in labels else PUBLISH)


async def play(folder: Path, *, private: bool) -> dict[str, Mapping[str, str]]:
    """Let a question of a server open, close and go to the board; what was seen at each time."""
    folder.mkdir()
    async with new_world(folder) as world:
        server = await open_server(world)
        talk, seen = server.talk, dict[str, Mapping[str, str]]()
        if private:
            for number, text in enumerate(PRIVATELY):
                await send(talk, text, number + PEOPLE - len(PRIVATELY), quoting=QUOTING[number % 3])
        await world.leap(4 * DAY)
        await talk.settle()
        seen["open"] = await server.look()
        await world.organiser.slash(talk.thread, "summary thread", share=True)
        await publish(server)
        await world.organiser.slash(talk.thread, "check start")
        await world.leap(5 * DAY)
        await talk.settle()
        seen["others"] = {"card": text_of(await open_others(talk, 0))}
        seen["published"] = await server.look()

        await world.leap(7 * DAY)
        await talk.settle()
        seen["closed"] = await server.look()
        if private:
            batches = await world.facilitator.slash(world.office, "prompt private")
            card = await world.facilitator.click(batches.response, label=READ)
            await world.facilitator.click(card.response, label=LET_IN)
            await talk.settle()
        seen["let in"] = await server.look()
        await world.organiser.slash(talk.thread, "summary thread", share=True)
        await publish(server)
        seen["summed up"] = await server.look()
        seen["paper"] = await board_paper(server)
        return seen


async def board_paper(server: Server) -> Mapping[str, str]:
    """What the board reads: the words of the paper and of its tables."""
    organiser, prompts = server.world.organiser, server.world.prompts
    card = await organiser.slash(prompts, "summary board")
    form = await organiser.click(card.response, label="Summary and ask")
    await organiser.submit_modal(form, {"recommendation": "Agree to staff nights."})
    opened = await organiser.click(card.response, label=MAKE)
    made = await organiser.submit_modal(opened, {})
    files = {file.filename: await file.read() for file in made.response.attachments}
    paper = Document(io.BytesIO(files["board-paper.docx"]))
    rows = [" | ".join(cell.text for cell in row.cells) for table in paper.tables for row in table.rows]
    tables = {name: read_file(name, data) for name, data in files.items() if name.endswith(".csv")}
    return {"paper": "\n".join([*(part.text for part in paper.paragraphs), *rows]), **tables}


COUNTS = re.compile(r"\d.*\b(people|person|reply|replies|wrote|said)\b|\b(people|replies)\b.*\d", re.IGNORECASE)
OF_PRIVATE = re.compile("private|^Read them$", re.IGNORECASE)
STATE = re.compile(
    r"^1 person (wrote it|said this in the thread)$|checked$|^\d+ people on \d+ points?$|^Replies in no point",
    re.IGNORECASE,
)
"""What one person wrote becomes a point where private replies say it too; a facilitator has each of them to look at."""


def read_file(name: str, data: bytes) -> str:
    """The words of a file; of a table, each cell with its column's name on a line of its own."""
    text = data.decode("utf-8-sig")
    if not name.endswith(".csv"):
        return text
    return "\n".join(f"{column} = {cell}" for row in csv.DictReader(io.StringIO(text)) for column, cell in row.items())


def exactly(text: str) -> list[str]:
    """All that is shown, but for what differs between any two servers: ids, new names, whose turn it is."""
    same = re.sub(r"Person \d+|\d{15,}|(?<=^### )“.*”$", "ID", text, flags=re.MULTILINE)
    return sorted(same.splitlines())  # since what falls due at one time is posted in any order


def exactly_beside_private(text: str) -> list[str]:
    """The same without what is said of private replies, which facilitators are told of once there is a batch."""
    return [line for line in exactly(text) if not OF_PRIVATE.search(line)]


def counts(text: str) -> set[str]:
    """Every sentence with a number of people or replies, but for those on private replies."""
    sentences = {part.strip(" .*|-") for line in exactly(text) for part in re.split(r"(?<=[.:])\s|;", line)}
    sentences = {re.sub(r" · [^·]*checked(?= · |$)| in the thread, \d+ private replies$", "", one) for one in sentences}
    return {one for one in sentences if COUNTS.search(one) and not OF_PRIVATE.search(one) and not STATE.search(one)}


COMPARED = {
    "open": exactly,
    "others": exactly,
    "published": exactly,
    "closed": exactly_beside_private,
    "let in": counts,
    "summed up": counts,
    "paper": counts,
}


async def test_no_number_that_anybody_sees_tells_of_private_replies(tmp_path: Path) -> None:
    without = await play(tmp_path / "without", private=False)
    with_them = await play(tmp_path / "with", private=True)

    assert without.keys() == with_them.keys() == COMPARED.keys()
    for when, read in COMPARED.items():
        assert with_them[when].keys() - without[when].keys() <= {"private_replies.csv"}
        for what, text in without[when].items():
            if what == "/prompt private []" and read is not exactly:  # there is a batch now, and this is the way to it
                continue
            assert (when, what, read(with_them[when][what])) == (when, what, read(text))
    # The comparison sees something: the counts of the thread, and private replies once a batch was let in.
    assert "8 people have written in the thread." in without["open"]["prompts"]
    assert "The summary used 8 of 8 replies. Private replies used: 7." in with_them["summed up"]["/summary thread"]
    assert "It came up in private replies too." in with_them["summed up"]["thread"]
