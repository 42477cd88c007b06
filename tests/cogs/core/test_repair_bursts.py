"""Many changes in a row make few repairs of what the bot shows, and what changed nothing makes none."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from simcord.backend.serializers import message_payload
from sqlalchemy import event

from bot.merged_events import EDITS_APART, ERASURES_APART
from tests.cogs.outcomes.given import add, published
from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import Discussion
from tests.world import World, new_world, words

START = 40


class Counts:
    """What the bot did: changes of messages, readings of a prompt for a repair, jobs of the worker, writes."""

    def __init__(self) -> None:
        self.edits = self.readings = self.jobs = self.rows = self.transactions = 0


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Discussion]:
    """A prompt of a series with a published summary, an outcome, the card of the series, and an open draft."""
    async with new_world(tmp_path) as world:
        talk = await published(world)
        await add(talk)
        await world.organiser.slash(world.prompts, "outcome publish", series=str(talk.prompt.series_id))
        await Sitting(talk, world.facilitator).start()
        await world.leap(120)
        yield talk


@contextmanager
def counting(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counts]:
    """Count what the bot does."""
    counts = Counts()
    before = len(world.env.http_requests)
    shared, call = world.store.summaries.shared, world.worker.call

    async def read(*arguments: Any) -> Any:
        counts.readings += bool(arguments)
        return await shared(*arguments)

    async def work(*arguments: Any, **options: Any) -> Any:
        counts.jobs += 1
        return await call(*arguments, **options)

    def write(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            counts.rows += max(cursor.rowcount, 0)

    def begin(_connection: Any) -> None:
        counts.transactions += 1

    engine = world.store.replies._database._engine.writer.sync_engine
    event.listen(engine, "after_cursor_execute", write)
    event.listen(engine, "begin", begin)
    with monkeypatch.context() as counted:
        counted.setattr(world.store.summaries, "shared", read)
        counted.setattr(world.worker, "call", work)
        yield counts
    event.remove(engine, "after_cursor_execute", write)
    event.remove(engine, "begin", begin)
    counts.edits = sum(entry.method == "PATCH" for entry in world.env.http_requests[before:])


def quoted(talk: Discussion) -> Any:
    """The message of the first point, whose words the summary, the draft and the outcome show."""
    return talk.messages[0]


def other(talk: Discussion) -> Any:
    """A message of somebody else whose words are shown too."""
    everything = "".join(places(talk.world, talk))
    own = quoted(talk).author.id
    return next(each for each in talk.messages if each.author.id != own and each.content[:START] in everything)


def author(world: World, message: Any) -> Any:
    """Who of the staff wrote a message."""
    return next(person for person in world.staff if person.id == message.author.id)


def places(world: World, talk: Discussion) -> list[str]:
    """What everything that the bot posted shows now."""
    own = [message for channel in (world.office, world.prompts, talk.thread) for message in channel.history()]
    return [words(message) for message in own if message.author.bot]


async def settle(world: World) -> None:
    for _ in range(2):
        await world.env.settle()
        await world.store.inbox.flush()
    await world.env.settle()


async def edit(talk: Discussion, text: str) -> None:
    await talk.world.staff[0].edit(quoted(talk), text)
    await settle(talk.world)


async def update_with_preview(talk: Discussion, **changes: Any) -> None:
    """Discord says that a message has a link's preview now, with all of the message as it does."""
    backend = talk.world.env.backend
    payload = dict(message_payload(backend, backend.get_message(talk.thread.id, quoted(talk).id)))
    embed = {"type": "link", "url": "https://example.org/", "title": "A page"}
    with talk.world.env._bot_scope():
        backend.emit("MESSAGE_UPDATE", payload | {"guild_id": str(talk.world.guild.id), "embeds": [embed], **changes})
    await settle(talk.world)


async def test_twenty_edits_of_one_message_within_a_minute_are_looked_at_twice(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    with counting(world, monkeypatch) as one:
        await edit(talk, "I take the first words back.")
        await world.leap(2 * EDITS_APART.total_seconds())
    assert one.edits >= 3
    with counting(world, monkeypatch) as many:
        for number in range(20):
            await edit(talk, f"We now have {number} vacancies on the ward, which nobody fills.")
            await world.leap(2.5)
        await world.leap(2 * EDITS_APART.total_seconds())

    assert many.readings <= 2 * one.readings
    assert many.edits <= 2 * one.edits
    assert many.jobs <= 2 * one.jobs


async def test_twenty_edits_of_words_that_are_shown_change_each_message_once(talk: Discussion) -> None:
    """The first edit takes the words out of all that shows them; the look at the end finds nothing left to do."""
    world, first = talk.world, quoted(talk).content[:START]
    showing = sum(first in shown for shown in places(world, talk))
    before = len(world.env.http_requests)
    for number in range(20):
        await edit(talk, f"We now have {number} vacancies on the ward, which nobody fills.")
        await world.leap(2.5)
    await world.leap(2 * EDITS_APART.total_seconds())

    changed = Counter(entry.path for entry in world.env.http_requests[before:] if entry.method == "PATCH")
    assert len(changed) >= showing >= 3
    assert set(changed.values()) == {1}


async def test_the_first_of_many_edits_is_followed_at_once_and_the_last_within_a_minute(talk: Discussion) -> None:
    world, first = talk.world, quoted(talk).content[:START]
    assert any(first in shown for shown in places(world, talk))
    await edit(talk, "Nobody asks us about staffing on nights, and it shows.")
    assert not any(first in shown for shown in places(world, talk))

    await world.leap(1)
    await edit(talk, "No.")
    assert [reply.text for reply in await world.store.replies.of_prompt(talk.prompt.id)].count("No.") == 1
    await world.leap(EDITS_APART.total_seconds())
    (shared, *_) = await world.store.summaries.shared(talk.prompt.id)
    assert "Nobody asks us about staffing" not in shared.body
    assert not any("Nobody asks us about staffing" in shown for shown in places(world, talk))


async def test_an_erasure_amid_many_edits_does_not_wait_for_them(talk: Discussion) -> None:
    world = talk.world
    second = other(talk)
    for number in range(3):
        await edit(talk, f"We now have {number} vacancies on the ward, which nobody fills.")
    await author(world, second).delete(second)
    await settle(world)
    await world.leap(ERASURES_APART.total_seconds())

    assert not any(second.content[:START] in shown for shown in places(world, talk))


async def test_a_repair_that_waits_when_the_bot_is_killed_is_made_at_the_next_start(talk: Discussion) -> None:
    world = talk.world
    second = other(talk)
    await edit(talk, "We now have vacancies on the ward, which nobody fills.")
    await author(world, second).edit(second, "I would rather not say.")
    await settle(world)
    assert any(second.content[:START] in shown for shown in places(world, talk))

    await world.restart()
    await settle(world)

    assert not any(second.content[:START] in shown for shown in places(world, talk))


@pytest.mark.parametrize("was_edited", [False, True])
async def test_the_preview_of_a_link_makes_no_write_and_no_repair(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch, was_edited: bool
) -> None:
    if was_edited:
        await edit(talk, "We read https://example.org/ and nobody listens on nights.")
        await talk.world.leap(2 * EDITS_APART.total_seconds())
    with counting(talk.world, monkeypatch) as preview:
        for _ in range(3):
            await update_with_preview(talk)
        await talk.world.leap(30)

    assert vars(preview) == vars(Counts())


async def test_an_update_with_the_same_words_makes_no_write_and_no_repair(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counting(talk.world, monkeypatch) as same:
        for minute in range(3):
            await update_with_preview(talk, edited_timestamp=f"2030-01-01T00:{minute:02}:00+00:00")
        await talk.world.leap(30)

    assert same.rows == same.edits == same.readings == same.jobs == 0
