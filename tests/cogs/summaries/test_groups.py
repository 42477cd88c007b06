"""Who took part, by staff group: the same numbers on cards, in pictures and in files, where they may be shown."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import discord

from bot.models.people import STAFF_GROUPS
from bot.models.prompts import Series
from bot.models.replies import Arrival
from bot.summaries.disclosure.staff_groups import TITLE
from cogs.summaries.card import READ_ALL
from cogs.ui.parts import NEXT
from tests.cogs.summaries.discussion import SAID, Discussion, discuss, like, new_series
from tests.cogs.summaries.test_pictures import alternatives
from tests.world import World, shown

NURSES, DOCTORS = STAFF_GROUPS[1], STAFF_GROUPS[0]
LINE = "Nursing and midwifery 30; Medical and dental 20; All other groups together 12."


async def crowd(discussion: Discussion, start: int, **counts: int) -> None:
    """People who each write once, so many of each group; ``silent`` did not say theirs."""
    world, prompt = discussion.world, discussion.prompt
    said = [group for group, count in counts.items() for _ in range(count)]
    arrivals = [
        Arrival(start + number, world.guild.id, prompt.id, start + number, text, world.env.now())
        for number, text in enumerate(
            f"Ward {start + number} needs a printer of its own." for number in range(len(said))
        )
    ]
    await world.store.replies.apply(arrivals)
    for arrival, group in zip(arrivals, said, strict=True):
        if group != "silent":
            name = NURSES if group == "nurses" else DOCTORS
            await world.store.people.choose(world.guild.id, arrival.author_id, group=name)


async def crowded(world: World, series: Series | None = None) -> Discussion:
    discussion = await discuss(world, (), series=series)
    await crowd(discussion, 1000, nurses=30, doctors=20, silent=12)
    return discussion


async def summary(discussion: Discussion, command: str = "summary thread", **options: Any) -> discord.Message:
    answer = await discussion.world.organiser.slash(discussion.thread, command, **options)
    await discussion.world.env.advance_time(20)
    message: discord.Message = answer.response.message
    return message


async def last_page(discussion: Discussion, message: discord.Message) -> str:
    """The last page of a card, as its asker turns to it."""
    text = shown(await discussion.world.organiser.click(message, label=READ_ALL))
    while "\nNext" in text:
        text = shown(await discussion.world.organiser.click(message, label=NEXT))
    return text


async def test_the_table_is_on_the_card_in_its_picture_and_in_every_file(world: World) -> None:
    discussion = await crowded(world)
    for _, text in SAID:
        await discussion.say(world.manager, text)
    await like(discussion, *range(len(SAID)))
    card = await summary(discussion)
    answer = await world.organiser.slash(discussion.thread, "summary export")
    files = {file.filename: await file.read() for file in answer.response.attachments}

    line = LINE.replace("together 12", "together 13")  # the manager wrote too
    assert line in await last_page(discussion, card)
    assert f"Who took part, by staff group (63 people in the thread, 1 January 2026): {line}" in alternatives(card)[0]
    rows = list(csv.reader(io.StringIO(files["people_by_group.csv"].decode("utf-8-sig"))))
    assert rows[:4] == [["Staff group", "People"], [NURSES, "30"], [DOCTORS, "20"], ["All other groups together", "13"]]
    assert json.loads(files["summary.json"])["staff_groups"]["groups"] == {NURSES: 30, DOCTORS: 20}
    assert f"| {NURSES} | 30 |" in files["summary.md"].decode()
    assert "People by staff group" in files["summary.html"].decode()


async def test_a_few_more_people_change_no_number_of_a_group(world: World) -> None:
    discussion = await crowded(world)
    await summary(discussion)
    await crowd(discussion, 2000, nurses=1)
    page = await last_page(discussion, await summary(discussion, share=False))

    assert LINE in page
    await crowd(discussion, 3000, nurses=11)
    assert "Nursing and midwifery 42; Medical and dental 20;" in await last_page(discussion, await summary(discussion))


async def test_where_nobody_said_a_group_nothing_is_told_of_groups(discussion: Discussion) -> None:
    await like(discussion)
    card = await summary(discussion)

    assert TITLE not in await last_page(discussion, card)
    assert "One chart" in alternatives(card)[0]  # all replies are of one day


async def test_a_whole_series_has_a_table_and_some_of_its_weeks_have_none(world: World) -> None:
    series = await new_series(world)
    await crowded(world, series)
    second = await discuss(world, (), series=series)
    await crowd(second, 2000, nurses=5, silent=3)
    weeks = await summary(second, "summary series", series=str(series.id), **{"from": "1 January 2026"})
    whole = await summary(second, "summary series", series=str(series.id))

    assert TITLE not in await last_page(second, weeks)
    assert "Nursing and midwifery 35; Medical and dental 20; All other groups together 15." in await last_page(
        second, whole
    )


async def test_what_is_shared_keeps_its_table_when_a_reply_is_taken_back(world: World) -> None:
    discussion = await crowded(world)
    message = await discussion.say(world.staff[0], "Handover takes far too long since the new forms came.")
    await world.organiser.slash(discussion.thread, "summary thread", share=True)
    await discussion.take_back(message)
    (shared,) = await world.store.summaries.shared(discussion.prompt.id)

    assert json.loads(shared.body)["staff"]["people"] == 63
    assert "Handover" not in shared.body
