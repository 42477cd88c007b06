"""``doctor`` with settings of its own, at a Discord that is put on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import discord.gateway
import discord.http
import pytest
import yarl
from click.testing import CliRunner, Result

from bot.cli import doctor
from bot.store import Store
from tests.cli.settings_files import write_settings
from tests.servers.fake_gateway import GOOD_TOKEN, FakeDiscord, fake_discord

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages_in_threads=True,
    send_messages=True,
    create_public_threads=True,
    manage_threads=True,
    read_message_history=True,
    attach_files=True,
).value


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("WARD_DATABASE", "WARD_DATA_KEY", "WARD_PROMPT_KEYS", "DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9")
    return write_settings(tmp_path / "settings", DISCORD_TOKEN=GOOD_TOKEN)


@pytest.fixture
async def fake(monkeypatch: pytest.MonkeyPatch, environment: Path) -> AsyncIterator[FakeDiscord]:
    async with fake_discord(message_content=True, in_guild=True) as served:
        served.permissions = NEEDED
        monkeypatch.setattr(discord.http.Route, "BASE", served.url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(served.url) / "ws/")
        yield served


async def run(environment: Path, *options: str) -> Result:
    arguments = [*options, "--env-file", str(environment)]
    return await asyncio.to_thread(CliRunner().invoke, doctor.command, arguments)


async def levels(environment: Path) -> dict[str, str]:
    told = json.loads((await run(environment, "--json")).output)
    return {finding["check"]: finding["level"] for finding in told["findings"]}


async def set_up(store: Store) -> None:
    await store.settings.join([5])
    await store.settings.change(5, prompts_channel_id=50, facilitators_channel_id=51, facilitator_role_id=5)
