"""Loading a report into the library, and checking its details."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

import pytest
from simcord.backend.cdn import CdnStore

from bot.errors import UserError
from bot.library import MAX_FILE_BYTES
from bot.models.library import Source, SourceDetails
from bot.worker import Worker
from bot.worker_turns import BUSY, MOST_WAITING, JobKind, Turn
from cogs.library.sources import FILE, READ_AGAIN
from tests.cogs.library.steps import elsewhere, open_report
from tests.library.documents import pdf_with_unread_letter
from tests.permissions.walk import press_button
from tests.world import World, form_parts, shown

FIRST = "Leaders are found in every part of a hospital, and they need time to lead their teams well. " * 4
SECOND = "Boards should hear from the people who do the work, each month, and answer what they were told. " * 4
REPORT = f"{FIRST}\n\n{SECOND}".encode()


async def load(world: World, name: str = "report.txt", data: bytes = REPORT, *, who: Any = None) -> Any:
    who = who or world.facilitator
    form = await press_button(world, who, world.prompts, "library-load")
    return await who.submit_modal(form, {FILE: (name, data)})


async def test_a_file_becomes_a_source_and_its_first_excerpt_is_shown(world: World) -> None:
    answer = await load(world)

    (source,) = await world.store.library.sources(world.guild.id)
    assert f"{source.excerpts} excerpts" in shown(answer)
    assert "> “Leaders are found in every part" in shown(answer)


async def test_the_excerpt_that_shows_how_well_a_file_was_read_is_not_its_imprint(world: World) -> None:
    imprint = (
        "© Crown copyright 2025. This publication is licensed under the terms of the Open Government Licence v3.0 "
        "except where otherwise stated. Where we have found words of others, you need to ask those who hold them. "
        "This publication is available free of charge from: https://example.org/rest"
    )
    answer = await load(world, name="report.md", data=f"# Rest\n\n{imprint}\n\n# Teams\n\n{FIRST}".encode())

    assert "Here’s one of them:\n**Teams**\n> “Leaders are found" in shown(answer)
    assert "free of charge" not in shown(answer)


async def test_the_excerpt_that_shows_how_well_a_file_was_read_is_from_within_it(world: World) -> None:
    front = "The committee is appointed each session to look at what the service does and how. " * 4
    chapters = "\n\n".join(f"# Chapter {number}\n\n{FIRST}" for number in range(1, 5))
    answer = await load(world, name="report.md", data=f"# Membership\n\n{front}\n\n{chapters}".encode())

    assert "Here’s one of them:\n**Chapter 1**\n> “Leaders are found" in shown(answer)


async def test_a_report_of_one_excerpt_says_in_one_sentence_that_it_is_hidden(world: World) -> None:
    await load(world, name="report.md", data=b"# Rest\n\nTable 3")
    contents = await world.facilitator.slash(world.prompts, "library")

    assert "1 excerpt, hidden at first: a note, or without a full sentence." in shown(contents)


async def test_the_same_file_again_says_so_and_adds_nothing(world: World) -> None:
    await load(world)
    answer = await load(world, name="copy.txt")

    assert len(await world.store.library.sources(world.guild.id)) == 1
    assert "in the library already" in shown(answer)
    assert "Nothing was added" in shown(answer)
    assert READ_AGAIN in shown(answer)


async def test_a_report_that_is_removed_can_be_read_again(world: World) -> None:
    await load(world)
    (source,) = await world.store.library.sources(world.guild.id)
    await world.store.library.remove_source(world.guild.id, source.id)

    assert "Nothing was added" not in shown(await load(world))


async def test_two_servers_may_load_the_same_file(world: World) -> None:
    manager, channel = await elsewhere(world)
    await load(world)
    form = await press_button(world, manager, channel, "library-load")
    await manager.submit_modal(form, {FILE: ("report.txt", REPORT)})

    assert len(await world.store.library.sources(world.guild.id)) == 1
    assert len(await world.store.library.sources(channel.guild.id)) == 1


async def test_while_two_files_of_the_server_wait_another_is_refused_and_can_be_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = Turn(world.guild.id, JobKind.FILE)
    async with Worker(processes=1) as worker:
        monkeypatch.setattr(world.bot, "worker", worker)
        jobs = [asyncio.create_task(worker.call_for(turn, time.sleep, 60)) for _ in range(1 + MOST_WAITING)]
        await asyncio.sleep(0)
        answer = await load(world)

        assert shown(answer) == BUSY
        assert await world.store.library.sources(world.guild.id) == ()
    for job in jobs:
        with suppress(UserError, asyncio.CancelledError):
            await job
    monkeypatch.undo()

    assert "Here’s one of them" in shown(await load(world))


class EmptyCdn(CdnStore):
    """Discord's file server, which has lost its files and notes what is asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def get(self, url: str) -> bytes | None:
        self.asked.append(url)
        return None


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(world: World) -> None:
    world.env.backend.cdn = EmptyCdn()
    answer = await load(world, data=b"x" * (MAX_FILE_BYTES + 1))

    assert "MiB" in shown(answer)
    assert world.env.backend.cdn.asked == []
    assert await world.store.library.sources(world.guild.id) == ()


async def test_a_file_that_discord_lost_is_told(world: World) -> None:
    world.env.backend.cdn = EmptyCdn()
    answer = await load(world)

    assert "couldn’t get the file from Discord" in shown(answer)
    assert len(world.env.backend.cdn.asked) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.txt", b""), ("broken.pdf", b"%PDF-1.7 cut off"), ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(200))],
)
async def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(world: World, name: str, data: bytes) -> None:
    answer = await load(world, name, data)

    assert "reference" not in shown(answer)
    assert await world.store.library.sources(world.guild.id) == ()


async def test_staff_cannot_load_a_file(world: World) -> None:
    answer = await press_button(world, world.staff[0], world.prompts, "library-load")

    assert "Only facilitators can do this" in shown(answer)
    assert await world.store.library.sources(world.guild.id) == ()


async def test_the_details_form_is_filled_from_the_file_and_stores_what_is_changed(world: World) -> None:
    answer = await load(world, name="board-report.txt")
    message = answer.response or answer.followups[0]
    form = await world.facilitator.click(message, label="Check details")
    (source,) = await world.store.library.sources(world.guild.id)
    assert form_parts(form)["source_title"]["value"] == source.details.title

    saved = await world.facilitator.submit_modal(form, details())

    stored = await world.store.library.source(world.guild.id, source.id)
    assert stored.details == SourceDetails(
        "Together", "The Institute", 2012, "https://example.org/together", "short quotation with attribution"
    )
    assert "Saved." in shown(saved)
    assert "Together, The Institute, 2012" in shown(saved)


async def test_a_wrong_year_or_address_does_not_lose_the_other_details(world: World, report: Source) -> None:
    form = await open_details(world, report)
    answer = await world.facilitator.submit_modal(form, details(year="MMXI", address="not an address"))

    stored = (await world.store.library.source(world.guild.id, report.id)).details
    assert stored.title == "Together"
    assert stored.year == 2011
    assert stored.address == ""
    assert "four digits" in shown(answer)
    assert "https://" in shown(answer)


async def test_a_year_can_be_cleared(world: World, report: Source) -> None:
    form = await open_details(world, report)
    await world.facilitator.submit_modal(form, details(year=""))

    assert (await world.store.library.source(world.guild.id, report.id)).details.year is None


async def test_a_long_title_still_opens_the_form(world: World, report: Source) -> None:
    await world.store.library.describe(world.guild.id, report.id, SourceDetails("word " * 200))
    form = await open_details(world, report)

    assert len(form_parts(form)["source_title"]["value"]) <= 200


async def test_a_source_that_was_removed_meanwhile_is_told_when_its_form_is_sent(world: World, report: Source) -> None:
    form = await open_details(world, report)
    await world.store.library.remove_source(world.guild.id, report.id)
    answer = await world.facilitator.submit_modal(form, details())

    assert "no longer in the library" in shown(answer)


def details(**changed: str) -> dict[str, str]:
    return {
        "source_title": "Together",
        "publisher": "The Institute",
        "year": "2012",
        "address": "https://example.org/together",
        "licence": "short quotation with attribution",
    } | changed


async def open_details(world: World, source: Source) -> Any:
    contents = await open_report(world, source)
    return await world.facilitator.click(contents.response, label="Check details")


async def test_what_a_file_does_not_say_of_itself_is_asked_for_at_once(world: World) -> None:
    answer = await load(world)

    assert "couldn’t find out what the report is called, who published it and when it came out." in shown(answer)
    (source,) = await world.store.library.sources(world.guild.id)
    assert source.missing == ("title", "publisher", "year")


async def test_a_file_that_says_enough_only_asks_for_a_look(world: World) -> None:
    text = f"# Rest and rotas\n\nFirst published 2011 by The Staff Fund\n\n{FIRST}"
    answer = await load(world, name="report.md", data=text.encode())

    assert "couldn’t find out" not in shown(answer)
    (source,) = await world.store.library.sources(world.guild.id)
    assert source.details == SourceDetails("Rest and rotas", "The Staff Fund", 2011)
    assert source.missing == ()


async def test_a_table_of_data_is_refused_with_what_to_do(world: World) -> None:
    answer = await load(world, name="answers.csv", data=b"id,ward\n1,North\n2,South\n3,West\n")

    assert "table of data" in shown(answer)
    assert "“Write an excerpt” in /library" in shown(answer)


async def test_a_card_warns_of_letters_that_the_file_does_not_tell(world: World) -> None:
    answer = await load(world, name="report.pdf", data=pdf_with_unread_letter())
    (source,) = await world.store.library.sources(world.guild.id)

    assert "1 excerpt has letters that couldn’t be read" in shown(answer)
    saved = await world.facilitator.submit_modal(await open_details(world, source), details())
    assert "1 excerpt has letters that couldn’t be read" in shown(saved)
    assert await world.store.library.count_unread(world.guild.id, source.id) == 1


async def test_a_report_whose_letters_are_all_told_gets_no_warning(world: World) -> None:
    assert "couldn’t be read" not in shown(await load(world))
