"""The bot as a process of its own: its settings, its start, and what it says."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord.gateway
import discord.http
import yarl

import bot.cli.run
from tests.processes import Forked, run_cli
from tests.servers.fake_gateway import GOOD_TOKEN, FakeDiscord
from tests.world import DATA_KEY


def run_at(address: str) -> None:
    """Start the bot with a Discord at an address; "nowhere" leaves the real one, for runs that end before that."""
    if address != "nowhere":
        discord.http.Route.BASE = address
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address.replace("http", "ws") + "/ws/")
    bot.cli.run.FIRST_WAIT_S = 1
    run_cli(("run", "--env-file", "settings"), {})


def settings(folder: Path, **changed: str) -> None:
    """Write the file of settings that the program is started with."""
    values = {
        "DISCORD_TOKEN": GOOD_TOKEN,
        "WARD_DATA_KEY": base64.b64encode(DATA_KEY).decode(),
        "WARD_DATABASE": str(folder / "data" / "ward.db"),
        **changed,
    }
    (folder / "settings").touch(mode=0o600)
    (folder / "settings").write_text("".join(f"{name}={value}\n" for name, value in values.items()))


@asynccontextmanager
async def started(folder: Path, address: str = "nowhere") -> AsyncIterator[Forked]:
    """The program in a process of its own, ended at the end."""
    process = Forked(run_at, address, folder=folder)
    try:
        yield process
    finally:
        process.kill()


async def output(folder: Path, address: str = "nowhere") -> tuple[int | None, str]:
    """The exit code and all output of a run that ends by itself."""
    async with started(folder, address) as process:
        return await process.ended()


async def read_until(process: Forked, words: str) -> str:
    """Everything printed up to the line that holds ``words``."""
    said = ""
    while words not in said:
        line = await process.line()
        assert line, said
        said += line
    return said


@asynccontextmanager
async def ready(folder: Path, fake: FakeDiscord) -> AsyncIterator[tuple[Forked, str]]:
    """The program, connected, with what it said on the way."""
    async with started(folder, fake.url) as process:
        said = await read_until(process, "has connected to Gateway")
        yield process, said
