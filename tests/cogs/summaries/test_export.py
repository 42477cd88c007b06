"""The files that /summary export gives."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from bot.errors import UserError
from bot.services.summaries.generation import NO_REPLIES
from bot.summaries.output.export import ExportFile
from bot.summaries.output.plain_text import NOT_QUOTED
from cogs.summaries.commands import COPIES
from cogs.summaries.exports import ASK, REPLIES_LEFT_OUT, require_attachable
from cogs.summaries.exports import LEFT_OUT as QUOTES_LEFT_OUT
from tests.cogs.summaries.discussion import SAID, Discussion, discuss
from tests.wording import says
from tests.world import World, words

FORMULA = '=HYPERLINK("https://evil.example","Click here for the rota of all wards")'


async def export(discussion: Discussion, where: Any = None, *, quotable: bool = True) -> dict[str, str]:
    """The files by name, as the organiser gets them; all of the staff said that they may be quoted, or nobody did."""
    world = discussion.world
    for person in world.staff:
        await world.store.people.choose(world.guild.id, person.id, quotes=quotable)
    answer = await world.organiser.slash(where or discussion.thread, "summary export", prompt=str(discussion.prompt.id))
    assert answer.ephemeral
    assert COPIES in answer.response.content
    files = {file.filename: await file.read() for file in answer.response.attachments}
    assert files.pop("picture.png").startswith(b"\x89PNG")
    return {name: content.decode("utf-8-sig") for name, content in files.items()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


async def test_the_files_hold_every_reply_and_the_summary(discussion: Discussion) -> None:
    files = await export(discussion)

    assert sorted(files) == ["replies.csv", "summary.csv", "summary.html", "summary.json", "summary.md"]
    assert [row["Reply"] for row in rows(files["replies.csv"])] == [text for _, text in SAID]
    assert len({row["Person"] for row in rows(files["replies.csv"])}) == 4
    assert len(json.loads(files["summary.json"])["replies"]) == len(SAID)
    for name in ("summary.md", "summary.html"):
        assert "not checked by a person" in files[name]
        assert "Car parking costs more" in files[name]
        assert "Where do you see leadership on your ward?" in files[name]
    assert len(discussion.thread.history()) == len(SAID)


async def test_no_file_holds_a_name_an_id_or_a_pseudonym_of_the_database(world: World) -> None:
    discussion = await discuss(world, SAID[:4])
    other = world.staff[3]
    await discussion.say(world.staff[1], f"Please ask {other.mention} about the rota of the next two weeks.")
    files = await export(discussion)

    replies = await world.store.replies.of_prompt(discussion.prompt.id)
    ids = {world.guild.id, discussion.thread.id, *(person.id for person in world.staff)}
    ids |= {reply.id for reply in replies}
    secret = [*(str(number) for number in ids), *(reply.person for reply in replies)]
    assert [part for part in secret for text in files.values() if part in text] == []
    assert all(person.name not in text for person in world.staff for text in files.values())


async def test_pseudonyms_are_made_afresh_for_each_export(world: World) -> None:
    discussion = await discuss(world, SAID)
    dealt = {tuple(row["Person"] for row in rows((await export(discussion))["replies.csv"])) for _ in range(5)}

    assert len(dealt) > 1


async def test_formulas_in_replies_do_nothing_in_a_spreadsheet(world: World) -> None:
    discussion = await discuss(world, [(0, FORMULA), (1, "+44 is the code that we dial for every single call")])
    files = await export(discussion)

    cells = [cell for name in ("replies.csv", "summary.csv") for row in rows(files[name]) for cell in row.values()]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


async def test_nobody_is_quoted_outside_who_did_not_say_yes(discussion: Discussion) -> None:
    world = discussion.world
    files = await export(discussion, quotable=False)

    assert [row["Reply"] for row in rows(files["replies.csv"])] == [NOT_QUOTED] * len(SAID)
    assert [text for _, text in SAID if len(text) > 9 for file in files.values() if text.rstrip(".?") in file] == []
    assert "3 people" in files["summary.md"]
    await world.store.people.choose(world.guild.id, world.staff[2].id, quotes=True)
    answer = await world.organiser.slash(discussion.thread, "summary export", prompt=str(discussion.prompt.id))
    assert REPLIES_LEFT_OUT.format(what="10 replies", of=13) in answer.response.content
    assert says(answer.response.content, QUOTES_LEFT_OUT, are="are")
    assert ASK in answer.response.content
    table = next(file for file in answer.response.attachments if file.filename == "replies.csv")
    told = rows((await table.read()).decode("utf-8-sig"))
    assert [row["Reply"] for row in told if row["Reply"] != NOT_QUOTED] == [text for who, text in SAID if who == 2]


async def test_an_export_works_from_another_channel(discussion: Discussion) -> None:
    assert "replies.csv" in await export(discussion, discussion.world.office)


async def test_a_prompt_without_replies_has_no_files(world: World) -> None:
    discussion = await discuss(world, ())
    answer = await world.organiser.slash(discussion.thread, "summary export")

    assert NO_REPLIES in words(answer.response.message)
    assert not answer.response.attachments


def test_files_that_discord_does_not_take_are_refused_with_their_size() -> None:
    files = (ExportFile("a.csv", b"x" * 700_000), ExportFile("b.csv", b"x" * 500_000))

    assert [file.filename for file in require_attachable(files, 1_200_000)] == ["a.csv", "b.csv"]
    with pytest.raises(UserError, match="Discord’s limit is 10 MiB"):
        require_attachable(files, 1_199_999)
