"""The two ways to see the demo: the page, and the script as text. Both leave nothing behind."""

from __future__ import annotations

import asyncio
import base64
import secrets
import socket
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from signal import SIGTERM
from webbrowser import BaseBrowser

import simcord

from bot.client import Bot
from bot.demo.narrator import Narrator
from bot.demo.page import Visit, open_page
from bot.demo.script import play, play_opening
from bot.demo.simcord_inside.stage import PORT_TAKEN
from bot.demo.world import World, open_world
from bot.errors import UserError
from bot.models.database_server import DatabaseServer, Place
from bot.store import open_store
from bot.worker import Worker

Say = Callable[[str], object]
PREPARING = "Preparing the demo: two weeks of a trust are played first. This takes about half a minute."
OPENING_DAYS = timedelta(days=14)
"""The page opens two weeks after the first prompt, so that the third is there."""


@asynccontextmanager
async def open_demo(database: Place | None, start: datetime) -> AsyncIterator[tuple[World, bytes]]:
    """Return the world with the real bot, on a database in a temporary folder or at ``database``; and its data key."""
    data_key = secrets.token_bytes(32)
    with tempfile.TemporaryDirectory(prefix="ward-to-board-demo-") as folder:
        place: Place = database or Path(folder) / "demo.db"
        if isinstance(place, DatabaseServer):
            place = replace(place, files=Path(folder) / "demo.db")
        async with open_world(partial(launch_bot, place, data_key), start) as world:
            yield world, data_key


async def play_script(database: Place | None, say: Say) -> int:
    """Play the whole loop and print what each person sees. Returns 0, or 1 when something did not appear."""
    async with open_demo(database, datetime.now(UTC)) as (world, data_key):
        narrator = Narrator(world, say)
        try:
            await play(world, narrator)
        except (LookupError, simcord.SetupError, simcord.BackendError) as error:
            narrator.check(False, f"the rest of the play: {error}")
        passed = narrator.report()
    _tell_key(database, data_key, say)
    return 0 if passed else 1


def _tell_key(database: Place | None, data_key: bytes, say: Say) -> None:
    """Say how to open the database, where it is kept."""
    if database is not None:
        say(f"\nThe database is kept at {database}.")
        say(f"Its data key, for WARD_DATA_KEY: {base64.b64encode(data_key).decode()}")


@asynccontextmanager
async def open_visit(database: Place | None, port: int, say: Say) -> AsyncIterator[Visit]:
    """Return the page, with two prompts that went all the way and a third that is open; say what is played meanwhile.

    Raises UserError when the port is taken.
    """
    async with open_demo(database, datetime.now(UTC) - OPENING_DAYS) as (world, data_key):
        _tell_key(database, data_key, say)
        await play_opening(world, Narrator(world, lambda _: None, say))
        try:
            async with open_page(world, port) as visit:
                yield visit
        except simcord.SetupError as error:
            raise UserError(str(error)) from error


async def serve(database: Place | None, port: int, say: Say, browser: BaseBrowser | None) -> None:
    """Serve the page until Ctrl-C, which arrives here as CancelledError. Raises UserError when the port is taken."""
    _require_free_port(port)
    task = asyncio.current_task()
    with suppress(NotImplementedError):  # Windows knows no SIGTERM handler; Ctrl-C works there too
        asyncio.get_running_loop().add_signal_handler(SIGTERM, task.cancel if task else print)
    say(PREPARING)
    async with open_visit(database, port, say) as visit:
        address = f"{visit.stage.address}#{visit.stage.token}"
        say(f"\nThe demo is at this address, on this computer only:\n\n  {address}\n\nPress Ctrl-C to end it.")
        if browser is not None:
            await asyncio.to_thread(browser.open, address)
        await asyncio.Event().wait()


def _require_free_port(port: int) -> None:
    """Raise UserError when the port is taken, so that nobody waits for the play first; 0 takes any that is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the page itself takes it
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise UserError(PORT_TAKEN.format(port=port)) from error


@asynccontextmanager
async def launch_bot(database: Place, data_key: bytes) -> AsyncIterator[Bot]:
    """Make a bot that is ready to be started; at the end it, its worker and its database are closed."""
    store = await open_store(database, data_key)
    try:
        async with Worker() as worker:
            bot = Bot(store, worker)
            try:
                yield bot
            finally:
                await bot.close()
    finally:
        await store.close()
