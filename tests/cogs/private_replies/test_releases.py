"""Private replies are released when their prompt closes, and until then nothing shows that there are any."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.models.prompts import NewPrompt
from bot.rate_limit import RateLimiter
from bot.store.keyed import keys as prompt_keys
from bot.store.tables import private_batches, private_replies
from cogs.prompts.posting import post
from cogs.replies.deleted_threads import erase_gone
from tests.cogs.private_replies.authors import everything_shown, private_talk, send, six_replies
from tests.cogs.prompts.scenes import library as cards_in_library
from tests.cogs.prompts.scenes import make_series
from tests.cogs.replies.talk import WORDING, Talk, talk_in
from tests.world import World, words

READ_FIRST = "can now be read. Read them before summaries use them."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with private_talk(tmp_path) as made:
        yield made


async def close(talk: Talk) -> None:
    """A facilitator closes the prompt."""
    await talk.world.facilitator.slash(talk.world.prompts, "prompt close", prompt=str(talk.prompt.id))
    await talk.settle()


def told(world: World) -> list[Any]:
    """What the facilitators were told of private replies."""
    return [message for message in world.office.history() if READ_FIRST in message.content]


async def authors(world: World) -> set[str | None]:
    """The pseudonyms that lie beside private replies."""
    async with world.store._database.read() as connection:
        return {row.person for row in await connection.execute(private_replies.select())}


async def test_the_facilitators_are_told_once_when_the_prompt_closes(talk: Talk) -> None:
    world = talk.world
    await six_replies(talk)
    assert told(world) == []

    await close(talk)

    (message,) = told(world)
    assert message.content == f"6 private replies to “Where do you see leadership?” {READ_FIRST}"
    (batch,) = await world.store.private.waiting(world.guild.id)
    assert f"private-read:{batch.id}:0" in str([row.to_dict() for row in message.components])
    assert await authors(world) == {None}
    assert await world.store.private._keys.owner_ids() == frozenset()

    async with world.store._database.write() as connection:  # as if the bot had died before it noted that
        await connection.execute(private_batches.update().values(told=False))
    await talk.restart()
    assert len(told(world)) == 1
    assert await world.store.private.untold() == ()


async def test_of_fewer_than_five_nobody_is_told_and_nobody_can_tell_who_wrote_them(talk: Talk) -> None:
    for who in range(4):
        await send(talk, "Nights are hard.", who)

    await close(talk)

    assert told(talk.world) == []
    assert "rivate" not in "\n".join(talk.world.texts(talk.world.office))
    assert await authors(talk.world) == {None}


async def test_a_release_that_was_held_up_is_made_within_ten_seconds_of_when_it_can_be(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    monkeypatch.setattr(prompt_keys, "PRAGMAS", (*prompt_keys.PRAGMAS, "busy_timeout = 10"))
    await six_replies(talk)
    with closing(sqlite3.connect(str(world.store.private._keys.place), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM prompt_keys").fetchall()
        await close(talk)
        assert (await talk.stored_prompt()).closing_id is not None
        await world.env.advance_time(4)
        assert (await talk.stored_prompt()).released_at is None
        assert told(world) == []

    await world.env.advance_time(9)

    assert (await talk.stored_prompt()).released_at is not None
    assert len(told(world)) == 1


async def test_what_could_not_be_told_is_told_later(talk: Talk) -> None:
    world = talk.world
    await world.store.settings.save(replace(world.settings, facilitators_channel_id=None))
    await six_replies(talk)
    await close(talk)
    assert told(world) == []

    await world.store.settings.save(world.settings)
    await world.env.advance_time(timedelta(hours=1, minutes=1).total_seconds())

    assert len(told(world)) == 1


async def test_a_deleted_thread_releases_its_private_replies_and_takes_them_along(talk: Talk) -> None:
    world = talk.world
    await six_replies(talk)

    with world.env._bot_scope():
        world.env.backend.delete_channel(talk.thread.id)
    await talk.settle()

    assert await authors(world) == {None}
    assert told(world) == []  # their replies are held back until somebody decides to keep them
    await erase_gone(world.bot, world.env.now() + timedelta(days=31))
    assert await authors(world) == set()


async def test_one_person_who_writes_to_every_prompt_of_a_series_is_never_shown(talk: Talk) -> None:
    world = talk.world
    await cards_in_library(world)
    series = await make_series(world)
    for week in range(5):
        now = world.env.now()
        slot_at = series.slots_after + timedelta(weeks=week, hours=9)
        new = NewPrompt(world.guild.id, world.prompts.id, WORDING, now + timedelta(days=14), None, series.id, slot_at)
        with world.env._bot_scope():
            prompt = await post(world.bot, new, now)
        assert prompt is not None
        one = Talk(world, prompt, world.prompts)
        await send(one, "Nights are hard.", 0)
        await close(one)

    assert told(world) == []


async def answers(person: Any, place: Any, command: str, **options: Any) -> list[str]:
    """All that a person sees and gets in answer to a command, but for ids and for names that are drawn each time."""
    result = await person.slash(place, command, **options)
    messages = [one.message for one in (result.response, *result.followups) if one is not None]
    assert messages, command
    shown = [words(one) + str([row.to_dict() for row in one.components]) for one in messages]
    files = [f"{file.filename} {await file.read()!r}" for one in messages for file in one.attachments]
    return [re.sub(r"[0-9]{17,20}|Person [0-9]+", "somebody or something", text) for text in shown + files]


async def outputs(talk: Talk) -> dict[str, list[str]]:
    """All that the bot shows: in channels, in answers and in files, to people of each kind."""
    world, prompt = talk.world, {"prompt": str(talk.prompt.id)}
    world.bot.pace = RateLimiter()
    found = {"channels": [everything_shown(talk)]}
    asked: list[tuple[Any, str, dict[str, str]]] = [
        (world.facilitator, "moderation", {}),  # the first, since it tells of exports
        (world.facilitator, "prompt list", {}),
        (world.facilitator, "prompt private", {}),
        (world.facilitator, "summary draft", prompt),
        (world.organiser, "summary thread", prompt),
        (world.organiser, "summary export", prompt),
        (world.manager, "setup", {}),
        (world.staff[1], "my", {}),
        (world.staff[1], "prompt private", {}),
    ]
    for number, (person, command, options) in enumerate(asked):
        found[f"{number}: {command}"] = await answers(person, world.prompts, command, **options)
    return found


@pytest.mark.sampled(0)
async def test_until_the_release_nothing_shows_that_there_is_any(world: World) -> None:
    talk = await talk_in(world, world.prompts)
    world.staff.extend(world.guild.add_member(world.env.create_user(name)) for name in ("Eve", "Flo"))
    await talk.say("We need more time for handovers on nights.")
    await talk.say("Handovers take too long at weekends.", who=1)
    await talk.settle()
    await answers(world.facilitator, world.prompts, "summary draft", prompt=str(talk.prompt.id))  # it tells of itself
    before = await outputs(talk)

    await send(talk, "Privately, nights are hard.", 2)
    await talk.settle()

    after = await outputs(talk)
    before.pop("0: moderation")  # the exports of the first time stand in the second one's
    assert "rivate" not in str(after.pop("0: moderation"))
    assert after == before
    assert READ_FIRST in await close_and_read(talk)


async def close_and_read(talk: Talk) -> str:
    """What the facilitators are told when the prompt closes after four more replied: so the test could fail."""
    for who in (0, 1, 3, 4):
        await send(talk, "Nights are hard.", who)
    await close(talk)
    return everything_shown(talk)
