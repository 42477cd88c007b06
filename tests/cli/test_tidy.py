"""The date that people were told holds while the bot is off: any command closes what is due, without Discord."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from bot.cli import tidy, verify
from bot.models.prompts import Prompt, PromptState
from bot.models.views import Choice
from bot.store import Store
from tests.cli.settings_files import environment, keys_beside, run_command, store, write_settings
from tests.store.keyed.taps import say, show
from tests.store.samples import GUILD, open_prompt
from tests.store.senders import send

__all__ = ["environment", "store"]

SAID = ("Ward A waits for its rota until Friday.",)


@pytest.fixture
async def due(store: Store) -> Prompt:
    """A prompt that is open in the database, though its date has long been past, with what lies under its key."""
    prompt = await open_prompt(store)
    await say(store, prompt, SAID)
    (said,) = await show(store, prompt, SAID)
    for person in range(6):
        await store.presses.press(prompt, person, said.mark, Choice.SAME, [said.mark])
        await send(store, prompt, person)
    return prompt


def held(folder: Path) -> bytes:
    """Every byte of the file of prompt keys and of its log."""
    return b"".join(file.read_bytes() for file in keys_beside(folder).parent.iterdir())


def with_other_keys(environment: Path, folder: Path) -> None:
    write_settings(environment, WARD_PROMPT_KEYS=str(keys_beside(folder).with_name("other.db")))


@pytest.mark.parametrize("command", [tidy.command, verify.command])
async def test_a_command_closes_what_is_due_and_leaves_no_key(
    store: Store, due: Prompt, environment: Path, tmp_path: Path, command: click.Command
) -> None:
    key = (await store.presses._keys.find((due.id,)))[due.id]
    assert key in held(tmp_path)

    result = await run_command(environment, command)

    assert result.exit_code == 0, result.output
    assert key not in held(tmp_path)
    closed = await store.prompts.get(GUILD, due.id)
    assert closed.state is PromptState.CLOSED
    assert closed.closing_id is None  # its last line comes when the bot is back
    totals = await store.presses.totals(due.id)
    assert (totals.people, totals.statements[0].same) == (6, 6)
    (batch,) = await store.private.waiting(GUILD)
    assert batch.replies == 6


async def test_it_says_what_it_did_and_does_it_once(store: Store, due: Prompt, environment: Path) -> None:
    first, second = await run_command(environment, tidy.command), await run_command(environment, tidy.command)
    assert first.output == "Closed: 1 question, 0 checks. Their keys are destroyed.\n"
    assert second.output == f"{tidy.NOTHING}\n"
    assert due.closes_at < datetime.now(UTC) - timedelta(days=1)


async def test_with_another_file_of_keys_nothing_is_lost_until_somebody_says_that_it_is(
    store: Store, due: Prompt, environment: Path, tmp_path: Path
) -> None:
    with_other_keys(environment, tmp_path)

    wrong = await run_command(environment, tidy.command)

    assert wrong.exit_code == 1
    assert await store.presses.has_uncounted(due)
    write_settings(environment)
    assert (await run_command(environment, tidy.command)).exit_code == 0
    assert (await store.presses.totals(due.id)).people == 6


async def test_taps_whose_keys_are_lost_for_good_are_given_up_and_the_rest_is_released(
    store: Store, due: Prompt, environment: Path, tmp_path: Path
) -> None:
    with_other_keys(environment, tmp_path)
    assert (await run_command(environment, tidy.command, "--keys-lost")).exit_code == 0
    assert not await store.presses.has_uncounted(due)
    assert (await store.presses.totals(due.id)).people == 0
    (batch,) = await store.private.waiting(GUILD)
    assert batch.replies == 6
