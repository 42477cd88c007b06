"""Facilitators are told a month ahead; then the words go, from the database and from what the bot wrote in Discord."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.models.prompts import NewPrompt, Prompt
from bot.models.replies import Arrival
from bot.models.settings import SETTINGS
from bot.services.replies.submission import OVER
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.counts import SAID_OR_AGREED
from bot.summaries.output.point_groups import ERASED
from cogs.prompts.card import REPLY
from cogs.retention.daily_round import STEPS
from cogs.retention.notices import WILL_ERASE
from cogs.setup.changes import DAYS_SAVED
from cogs.setup.forms import NUMBERS, TITLES
from tests.cogs.replies.talk import Talk, talk_in
from tests.cogs.setup.steps import fill_in, open_settings
from tests.store.samples import WORDING
from tests.world import World, new_world, shown, words

DAY = timedelta(days=1)
A_DAY = DAY.total_seconds()
SAID = (
    (0, "We are short staffed on nights, and nobody listens when we raise it with the managers."),
    (1, "Same here. Short staffing on nights is our biggest worry, and nobody listens when we raise it."),
    (2, "Same here. Nobody listens when we raise short staffing on nights, so people stop raising it."),
    (3, "When will the board tell us what came of the last staff survey?"),
)
PARTS = [text[:25] for _, text in SAID]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    steps = ("cogs.setup", "cogs.replies", "cogs.summaries", "cogs.retention")
    async with new_world(tmp_path, extensions=steps) as made:
        yield made


async def closed(world: World, question: str = "Where do you see leadership?") -> Talk:
    """A prompt with replies that is closed."""
    talk = await talk_in(world, world.prompts, question=question)
    first = None
    for who, text in SAID:
        said = await talk.say(text, who=who, reply_to=first if text.startswith("Same here") else None)
        first = first or said
    await talk.settle()
    await world.store.prompts.close(talk.prompt, world.env.now())
    return talk


async def posted(world: World) -> Prompt:
    """A prompt in the database alone."""
    await world.store.settings.join([world.guild.id])
    now = world.env.now()
    claimed = await world.store.prompts.claim(
        NewPrompt(world.guild.id, world.prompts.id, WORDING, now + 14 * DAY, None), now
    )
    assert claimed is not None
    return await world.store.prompts.confirm(claimed, message_id=700, thread_id=700, now=now)


def arrival(prompt: Prompt, now: datetime) -> Arrival:
    return Arrival(701, prompt.guild_id, prompt.id, 9, SAID[0][1], now, message_id=701)


async def a_round(world: World, now: datetime) -> None:
    """The daily round at a moment; the clock stays, since a year of it would take long."""
    with world.env._bot_scope():
        for step in STEPS:
            await step(world.bot, now)
    await world.env.settle()


async def test_the_loop_tells_at_start_and_erases_by_itself(tmp_path: Path) -> None:
    async with new_world(tmp_path, extensions=("cogs.retention",)) as world:
        with world.env.time_context():
            now = world.env.now()
            prompt = await posted(world)
            await world.store.replies.apply([arrival(prompt, now)])
            await world.store.prompts.close(prompt, now)
            await world.store.settings.change(world.guild.id, retention_days=30)
            await world.restart()
            (told,) = world.texts(world.office)
            assert "- on 31 January 2026: “Where do you see this?”" in told
            assert "/summary export" in told
            assert "/setup" in told

            await world.env.advance_time(29 * A_DAY)
            assert await world.store.replies.count(prompt.id) == (1, 1)
            await world.restart()
            await world.env.advance_time(2 * A_DAY)

            assert await world.store.replies.count(prompt.id) == (0, 0)
            assert world.texts(world.office) == [told]


async def test_one_line_tells_of_several_prompts_once_and_shortening_gives_a_month(world: World) -> None:
    talk = await closed(world, "First question?")
    await closed(world, "Second question?")
    now = world.env.now()
    await a_round(world, now + 300 * DAY)
    assert WILL_ERASE not in talk.told()

    answer = await fill_in(world, TITLES[NUMBERS], retention_days="60")
    assert DAYS_SAVED.format(days="60 days") in answer
    await a_round(world, now + 300 * DAY)
    await a_round(world, now + 329 * DAY)
    assert len(await talk.texts()) == len(SAID)
    assert talk.told().count(WILL_ERASE) == 1
    assert "“First question?” and “Second question?”" in talk.told()

    await a_round(world, now + 330 * DAY)
    assert await talk.texts() == []
    await talk.say("Too late to be kept")
    assert await talk.texts() == []
    form = await world.staff[0].click(talk.card, label=REPLY)
    refused = await world.staff[0].submit_modal(form, {"words": "Too late"}) if form.modal else form
    assert OVER in shown(refused)


async def test_where_nobody_can_be_told_it_is_put_off_by_a_month_and_no_longer(world: World) -> None:
    talk = await closed(world)
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    now = world.env.now()
    for days in (340, 365, 394):
        await a_round(world, now + days * DAY)
    assert len(await talk.texts()) == len(SAID)

    await a_round(world, now + 395 * DAY)

    assert await talk.texts() == []


async def test_what_the_bot_wrote_is_edited_in_place(world: World) -> None:
    talk = await closed(world)
    prompt = str(talk.prompt.id)
    await world.organiser.slash(world.prompts, "summary thread", prompt=prompt, share=True)
    await world.facilitator.slash(world.prompts, "summary draft", prompt=prompt)
    summary, draft = talk.thread.history()[-1].id, world.office.history()[-1].id
    assert any(part in words(find(talk.thread, summary)) for part in PARTS)
    assert any(part in words(find(world.office, draft)) for part in PARTS)
    now = world.env.now()
    await a_round(world, now + 340 * DAY)

    world.env.inject_error("PATCH", "/channels/*/messages/*", status=500, times=2)
    await a_round(world, now + 370 * DAY)
    await a_round(world, now + 371 * DAY)
    world.env.errors  # noqa: B018 - they were injected

    text = words(find(talk.thread, summary))
    assert not any(part in text or part in words(find(world.office, draft)) for part in PARTS)
    assert "can no longer check the counts" in text
    assert f"3 people {SAID_OR_AGREED}." in text
    assert ERASED in text
    assert "discarded" in words(find(world.office, draft))
    assert not Record.from_json((await world.store.summaries.shared(talk.prompt.id))[0].body).pending
    refused = await world.organiser.slash(world.prompts, "summary thread", prompt=prompt)
    assert "were erased" in shown(refused)
    assert SETTINGS["retention_days"].card.format("365 days") in shown(await open_settings(world))
    with closing(sqlite3.connect(world.path)) as connection:
        assert connection.execute("SELECT count(*) FROM drafts WHERE message_id IS NOT NULL").fetchone() == (0,)


def find(place: Any, message_id: int) -> Any:
    return next(message for message in place.history() if message.id == message_id)
