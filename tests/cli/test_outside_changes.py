"""What commands change in the database beside a running bot, which changes its cards and threads then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli.person import AT_ONCE, AT_START
from bot.models.outside_changes import OutsideChange, OutsideKind
from bot.outside_changes import hear_outside
from bot.store import Store, open_store, open_to_read
from bot.store.sqlite.lock import hold_lock, is_held
from cogs.prompts.closing import CLOSED
from tests.cli.settings_files import keys_beside, write_settings
from tests.cogs.summaries.discussion import SAID, Discussion, discuss
from tests.cogs.summaries.sharing import latest, share
from tests.processes import Forked, run_cli
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.world import DATA_KEY, World, new_world, words

QUOTED = SAID[0][1][:40]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The real bot, whose keys and journal lie where commands may have them."""
    async with new_world(tmp_path, prompt_keys=keys_beside(tmp_path)) as made:
        yield made


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """The settings of the running bot's own database, keys and journal."""
    return write_settings(tmp_path / "settings")


async def command(world: World, environment: Path, *arguments: str) -> str:
    """Run the real command line in a process of its own, while the bot runs, and let the bot hear of it."""
    process = Forked(run_cli, (*arguments, "--env-file", str(environment)), {}, folder=environment.parent)
    with hold_lock(world.path):
        try:
            code, said = await process.ended()
        finally:
            process.kill()
    assert code == 0, said
    with world.env._bot_scope():
        await hear_outside(world.bot)
    await world.env.settle()
    return said


async def test_a_card_loses_the_words_of_a_person_whom_a_command_erased_beside_the_running_bot(
    world: World, environment: Path
) -> None:
    discussion: Discussion = await discuss(world)
    await share(discussion)
    before = words(latest(discussion))

    said = await command(world, environment, "person", "erase", str(world.staff[0].id), "--yes")

    assert QUOTED in before
    assert QUOTED not in words(latest(discussion))
    assert AT_ONCE in said
    assert AT_START not in said


async def test_messages_that_the_bot_posted_for_an_erased_person_are_deleted(world: World, environment: Path) -> None:
    discussion = await discuss(world, SAID[:2])
    await discussion.fill_in(world.staff[2], "By the form I say that rotas come late.")
    before = [message.content for message in discussion.thread.history()]

    await command(world, environment, "person", "erase", str(world.staff[2].id), "--yes")
    await world.env.advance_time(120)

    assert "By the form" in before
    assert "By the form" not in [message.content for message in discussion.thread.history()]


async def test_a_thread_says_that_its_prompt_was_closed_by_a_command(world: World, environment: Path) -> None:
    discussion = await discuss(world, SAID[:2])
    # By the machine's clock, which a command goes by, its date has been past for long; by the simulated one it has not.
    late = datetime(2026, 1, 2, tzinfo=UTC).isoformat(sep=" ")
    await world.change_database("UPDATE prompts SET closes_at = ?", late)

    await command(world, environment, "tidy")
    await world.env.advance_time(2)

    closed = await world.store.prompts.get(world.guild.id, discussion.prompt.id)
    assert closed.closed_at is not None
    assert any(CLOSED in text for text in world.texts(discussion.thread))
    watched = world.bot.watch.of_prompt(discussion.prompt.id)
    assert watched is not None
    assert watched.closed_at is not None


async def test_the_bots_own_changes_are_not_told_to_it(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])
    await store.personal.erase_all(GUILD, 9)
    await store.prompts.close(prompt, NOW)

    assert await store.outside.take() == ()


async def test_a_change_is_taken_once_and_what_fails_is_not_noted(tmp_path: Path, store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])
    beside = await open_to_read(tmp_path / "test.db", DATA_KEY)
    try:
        await beside.personal.erase_all(GUILD, 9)
        await beside.prompts.close(prompt, NOW)
        await beside.prompts.close(prompt, NOW)
    finally:
        await beside.close()

    assert set(await store.outside.take()) == {
        OutsideChange(OutsideKind.ERASED, GUILD, prompt.id),
        OutsideChange(OutsideKind.PROMPT_CLOSED, GUILD, prompt.id),
    }
    assert await store.outside.take() == ()


async def test_a_prompt_that_is_gone_by_then_holds_nothing_up(world: World) -> None:
    beside: Any = await open_store(world.path, DATA_KEY, beside=True)
    try:
        discussion = await discuss(world, SAID[:2])
        await beside.prompts.close(discussion.prompt, NOW)
    finally:
        await beside.close()
    await world.change_database("DELETE FROM prompts")

    with world.env._bot_scope():
        await hear_outside(world.bot)
    await world.env.settle()

    assert await world.store.outside.take() == ()


def test_it_can_be_told_whether_a_bot_runs(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    path.touch()

    assert not is_held(path)
    with hold_lock(path):
        assert is_held(path)
    assert not is_held(path)
