"""The demo on a computer that has much else to do: it waits, and says so where that was in vain."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import simcord
from click.testing import CliRunner

from bot.cli.demo import TOO_SLOW, command
from bot.demo import session
from bot.demo.session import launch_bot
from bot.demo.world import ADVANCE_LIMIT_SECONDS, open_world
from bot.errors import UserError
from tests.world import DATA_KEY


async def test_a_bot_that_starts_has_as_long_as_any_other_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = []
    settle = simcord.Env._settle_internal

    async def note(env: Any, **options: Any) -> None:
        allowed.append(options.get("timeout"))
        await settle(env, **options)

    monkeypatch.setattr(simcord.Env, "_settle_internal", note)
    async with open_world(partial(launch_bot, tmp_path / "demo.db", DATA_KEY), datetime.now(UTC)) as world:
        await world.down()
        await world.up()

    assert set(allowed) == {ADVANCE_LIMIT_SECONDS}


@pytest.mark.parametrize("how", [["--script"], ["--no-browser"]])
def test_a_step_that_takes_too_long_ends_in_a_clear_sentence(how: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait_in_vain(*_: object) -> int:
        raise TimeoutError("bot did not settle (timeout=120s)")

    monkeypatch.setattr(session, "play_script", wait_in_vain)
    monkeypatch.setattr(session, "serve", wait_in_vain)

    ended = CliRunner().invoke(command, how)

    assert isinstance(ended.exception, UserError)
    assert str(ended.exception) == TOO_SLOW
