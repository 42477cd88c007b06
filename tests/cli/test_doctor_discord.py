"""What doctor finds at Discord and at the organisation's language model."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import discord
import discord.gateway
import discord.http
import pytest

from bot.cli.doctor import at_discord
from bot.services.language_model.client import KEY_REFUSED, NOT_THERE, REDIRECTED
from bot.store import Store
from tests.cli.doctor import NEEDED, environment, fake, levels, run, set_up
from tests.cli.settings_files import store, write_settings
from tests.servers.fake_gateway import GOOD_TOKEN, GUILD, FakeDiscord
from tests.servers.fake_model import Answer, fails, fake_model, says

__all__ = ["environment", "fake", "store"]


async def test_a_wrong_token_and_an_intent_that_is_off_are_told(
    store: Store, environment: Path, fake: FakeDiscord
) -> None:
    fake.message_content = False
    off = await run(environment)
    write_settings(environment, DISCORD_TOKEN=f"{GOOD_TOKEN}x")
    wrong = await run(environment)

    assert "look         Message Content intent: It is off" in off.output
    assert wrong.exit_code == 1
    assert "wrong        Token: DISCORD_TOKEN isn’t a token that Discord knows." in wrong.output


async def test_a_gateway_that_a_firewall_closes_is_told(
    store: Store, environment: Path, fake: FakeDiscord, tmp_path: Path
) -> None:
    fake.refused_sockets = 1

    result = await run(environment)

    assert result.exit_code == 1
    assert "its gateway (127.0.0.1) can’t be reached from here, so the bot can’t connect" in result.output
    assert "Let this machine open WebSockets to 127.0.0.1" in result.output
    assert (await levels(environment))["Gateway"] == "ok"


async def test_what_the_bot_lacks_in_a_server_is_told_by_the_names_of_channels(
    store: Store, environment: Path, fake: FakeDiscord
) -> None:
    assert f"Server {GUILD['name']}: It isn’t set up yet." in (await run(environment)).output
    await set_up(store)
    fake.permissions = NEEDED & ~discord.Permissions(manage_threads=True).value

    result = await run(environment)

    assert result.exit_code == 1
    assert f"wrong        Server {GUILD['name']}: In #questions the bot needs Manage Threads." in result.output
    assert "**" not in result.output
    assert "<#" not in result.output


async def test_a_bot_in_no_server_gets_the_invitation(store: Store, environment: Path, fake: FakeDiscord) -> None:
    fake.in_guild = False

    assert "What to do: Open: https://discord.com/oauth2/authorize" in (await run(environment)).output


@pytest.mark.parametrize(("seconds", "level", "side"), [(20, "look", "ahead of"), (-600, "wrong", "behind")])
async def test_a_clock_that_differs_from_discords_is_told(
    store: Store,
    environment: Path,
    fake: FakeDiscord,
    monkeypatch: pytest.MonkeyPatch,
    seconds: int,
    level: str,
    side: str,
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=seconds)

    monkeypatch.setattr(at_discord, "datetime", Clock)
    result = await run(environment)

    assert f"{level:<12} Clock: It is" in result.output
    assert f"{side} Discord's" in result.output


async def test_it_says_how_soon_the_language_model_answers(environment: Path, store: Store) -> None:
    async with fake_model() as model:
        for name, value in (("WARD_LLM_URL", model.url), ("WARD_LLM_MODEL", "small"), ("WARD_LLM_KEY", "made-up-key")):
            environment.write_text(f"{environment.read_text()}{name}={value}\n")
        told = await run(environment)
        found = await levels(environment)
        as_json = (await run(environment, "--json")).output

    assert "made-up-key" not in as_json
    assert "ok           Language model: The model answers in 0.0 s." in told.output
    assert found["Language model"] == "ok"
    assert "made-up-key" not in told.output


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (fails(401), KEY_REFUSED),
        (fails(404), NOT_THERE),
        (fails(302, Location="https://example.org/"), REDIRECTED),
        (says("Hello!"), "but not with the JSON that it was asked for"),
    ],
)
async def test_it_says_why_the_language_model_is_of_no_use(
    environment: Path, store: Store, answer: Answer, sentence: str
) -> None:
    async with fake_model(answer) as model:
        environment.write_text(f"{environment.read_text()}WARD_LLM_URL={model.url}\nWARD_LLM_MODEL=small\n")
        told = json.loads((await run(environment, "--json")).output)

    (finding,) = [each for each in told["findings"] if each["check"] == "Language model"]
    assert finding["level"] == "look"
    assert sentence in finding["sentence"]


async def test_without_a_language_model_nothing_is_said_of_one(environment: Path, store: Store) -> None:
    assert "Language model" not in await levels(environment)
