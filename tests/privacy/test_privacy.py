"""No words of anybody, no names and no ids of people: neither in the logs, whatever happens, nor in the database."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import dataclass
from typing import Any

import pytest
from simcord.enums import InteractionType

from bot.cli.logs import CAPPED, OWN, JsonFormatter, WordlessFormatter, on_loop_error, set_up_logs
from cogs.prompts.card import REPLY
from cogs.replies.views import CHANGE
from tests.cogs.prompts.scenes import library
from tests.cogs.replies.talk import Talk, talk_in
from tests.engines import Why
from tests.permissions.walk import press_button
from tests.store.test_inbox import fill_up, make_room
from tests.worker.worker_jobs import fail_with_file
from tests.world import World

SAID = "Zebrafinch"
"""Stands in everything that people say, and in their names."""
REPORT = "Kingfisher"
"""Stands in the library and in settings, which the database keeps in clear; no log may hold it."""


@dataclass
class Watched:
    """A talk among two people whose names are marked, and everything that was logged since."""

    talk: Talk
    zoe: Any
    yan: Any
    logged: pytest.LogCaptureFixture

    @property
    def world(self) -> World:
        return self.talk.world

    def log(self) -> str:
        """Every record, as a log of the program shows it; those of the program itself with their errors' texts, too."""
        shown = WordlessFormatter("%(name)s %(message)s")
        plain = logging.Formatter("%(name)s %(message)s")
        records = [one for one in self.logged.records if not one.name.startswith("simcord")]
        lines = [form.format(one) for form in (shown, JsonFormatter()) for one in records]
        for one in records:
            one.exc_text = None
            lines += [plain.format(one)] if one.name.startswith(("bot", "cogs")) else []
        return "\n".join(lines)

    def check(self) -> None:
        """The log holds nothing of anybody."""
        log = self.log()
        for mark in (SAID, REPORT, "Yarrow", str(self.zoe.id), str(self.yan.id)):
            assert mark not in log


@pytest.fixture
async def watched(world: World, caplog: pytest.LogCaptureFixture) -> Watched:
    caplog.set_level(logging.DEBUG)
    for name, level in CAPPED.items():
        caplog.set_level(level, logger=name)
    world.staff[:2] = [world.guild.add_member(world.env.create_user(name)) for name in (f"{SAID} Zoe", "Yarrow Yan")]
    talk = await talk_in(world, world.prompts, question=f"Where do you see a {REPORT}?")
    zoe, yan = world.staff[:2]
    return Watched(talk, zoe, yan, caplog)


async def everything_that_people_do(watched: Watched) -> None:
    talk, zoe, yan, world = watched.talk, watched.zoe, watched.yan, watched.world
    first = await talk.say(f"{SAID} says that nights are short staffed, {yan.mention}.")
    second = await talk.say(f"I agree with {SAID}: nights are short staffed.", who=1, reply_to=first)
    third = await talk.say(f"{SAID} in error")
    await zoe.edit(first, f"{SAID} says that nights are always short staffed, {zoe.mention}.")
    await zoe.delete(third)
    await yan.react(first, "\N{THUMBS UP SIGN}")
    await yan.unreact(first, "\N{THUMBS UP SIGN}")
    await zoe.react(second, "\N{THUMBS UP SIGN}")
    await talk.fill_in(f"{SAID} fills in a form", who=1)
    (form,) = [one for one in await talk.replies() if one.kind == "form"]
    posted = next(one for one in talk.thread.history() if one.id == form.message_id)
    shown = await yan.click(posted, label=CHANGE)
    await yan.submit_modal(shown, {"words": f"{SAID} fills it in again"})
    await world.organiser.slash(world.prompts, "summary thread", prompt=str(talk.prompt.id), share=True)
    await world.organiser.slash(world.prompts, "summary export", prompt=str(talk.prompt.id))
    await world.facilitator.slash(world.prompts, "library", report=f"{REPORT} {SAID}")
    await library(world, f"{REPORT}s are rare.")
    await world.facilitator.autocomplete(world.prompts, "library", "excerpt", f"{REPORT} {SAID}")


async def test_nothing_that_people_do_is_logged(watched: Watched) -> None:
    await everything_that_people_do(watched)
    await watched.talk.restart()

    watched.check()


@pytest.mark.sqlite_file(Why.BYTES)
async def test_the_database_holds_neither_words_nor_names_nor_ids(watched: Watched) -> None:
    await everything_that_people_do(watched)
    await watched.talk.settle()
    path = watched.world.path

    held = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.is_file())

    assert len(await watched.talk.replies()) == 3
    assert REPORT.encode() in held
    for person in (watched.zoe, watched.yan):
        for mark in (SAID.encode(), b"Yarrow", str(person.id).encode(), person.id.to_bytes(8, "big")):
            assert mark not in held


@pytest.mark.parametrize("status", [403, 404, 429, 500])
@pytest.mark.sampled(1)
async def test_no_fault_of_discord_logs_anything(watched: Watched, status: int) -> None:
    for path in ("/channels/*", "/webhooks/*", "/interactions/*"):
        watched.world.env.inject_error("*", path, status=status, message=f"{SAID} was refused", times=2)
    await watched.talk.say(f"{SAID} says that nights are short staffed.")
    for _ in range(3):
        result = await watched.zoe.click(watched.talk.card, label=REPLY)
        if result.modal is not None:
            await watched.zoe.submit_modal(result, {"words": f"{SAID} by the form"})
    await watched.talk.settle()
    watched.world.env.errors  # noqa: B018 - what was refused is looked at in the log

    watched.check()


@pytest.mark.sqlite_file(Why.FULL_DISK)
async def test_no_fault_of_the_database_logs_anything(watched: Watched) -> None:
    world, talk = watched.world, watched.talk
    result = await watched.yan.click(talk.card, label=REPLY)
    limit = await fill_up(world.store)
    await watched.yan.submit_modal(result, {"words": f"{SAID} " * 100})
    await make_room(world.store, limit)
    await talk.say(f"{SAID} says that nights are short staffed.")
    async with world.store._database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE reactions")
        await connection.exec_driver_sql("DROP TABLE series")
    first = next(one for one in talk.thread.history() if SAID in one.content)
    await watched.yan.react(first, "\N{THUMBS UP SIGN}")
    await world.facilitator.slash(world.prompts, "series", series="1")
    await talk.settle()
    world.env.errors  # noqa: B018 - they were injected

    assert "an event of a reply was left out" in watched.log()
    assert "OperationalError in /series" in watched.log()
    watched.check()


async def test_no_fault_of_the_worker_logs_anything(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    world = watched.world
    monkeypatch.setattr(sys.modules["bot.services.library"], "read_document", fail_with_file)

    form = await press_button(world, world.facilitator, world.prompts, "library-load")
    await world.facilitator.submit_modal(form, {"file": (f"{REPORT}.txt", SAID.encode())})
    world.env.errors  # noqa: B018 - it was injected

    assert "WorkerFailedError in library-load-form" in watched.log()
    watched.check()


async def test_no_unforeseen_error_logs_its_text(watched: Watched) -> None:
    world = watched.world

    async def on_broken(text: str) -> None:
        raise ValueError(text)

    world.bot.add_listener(on_broken)
    with world.env._bot_scope():
        world.bot.dispatch("broken", SAID)
    await world.env.settle()
    data = {"custom_id": f"library-found:{SAID}:{REPORT}:{SAID}", "component_type": 2}
    await world.facilitator._dispatch_interaction(InteractionType.MESSAGE_COMPONENT, world.prompts, data)
    world.env.errors  # noqa: B018 - they were injected

    assert "ValueError in on_broken" in watched.log()
    watched.check()


async def test_an_error_in_the_background_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    asyncio.get_running_loop().set_exception_handler(on_loop_error)

    async def break_down() -> None:
        raise ValueError(SAID)

    task = asyncio.create_task(break_down())
    await asyncio.wait([task])
    del task

    assert "ValueError" in caplog.text
    assert SAID not in caplog.text


def test_the_programs_log_shows_errors_without_their_text() -> None:
    formatter = WordlessFormatter("%(message)s")
    error = ValueError(SAID)
    record = logging.LogRecord("discord", logging.ERROR, "", 0, "in a task", (), (ValueError, error, None))

    assert formatter.format(record) == "in a task\nValueError"


def test_the_lines_of_libraries_that_hold_words_are_never_shown() -> None:
    levels = {name: logging.getLogger(name).level for name in (*CAPPED, *OWN)}
    try:
        set_up_logs("DEBUG")
        assert not any(logging.getLogger(name).isEnabledFor(logging.DEBUG) for name in CAPPED)
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
