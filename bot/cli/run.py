"""``python -m bot run``: opens the store, starts the bot, and says plainly what it could not do."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import discord

from bot.cli.env_file import env_file_option
from bot.cli.login import login
from bot.cli.logs import on_loop_error, set_up_logs
from bot.cli.settings import read_config
from bot.client import Bot
from bot.config import Config
from bot.errors import ModelError, UserError
from bot.services.closing import close_due
from bot.services.erasure import finish_erasures
from bot.store import open_store
from bot.summaries import name_of_model
from bot.worker import TOO_LARGE, Worker
from cogs.core.channel_permissions import invite_link

MODEL_TOO_LARGE = (
    "The model (WARD_MODEL) needs more memory than it may have. Raise WARD_WORKER_MEMORY_MB, or leave the model out."
)
NO_MESSAGE_CONTENT = (
    "The Message Content intent is switched off, so the bot can’t read what people write in threads.\n"
    "It works with the form behind the Reply button only. To switch the intent on: discord.com/developers,\n"
    "your application, Bot, Privileged Gateway Intents, Message Content Intent; then start the bot again."
)
PR_SET_DUMPABLE = 4


@click.command(name="run")
@env_file_option
def command(env_file: Path) -> None:
    """Start the bot."""
    hide_memory()
    config = read_config(env_file, without=())
    set_up_logs(config.log_level)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot has no voice
    try:
        asyncio.run(_until_stopped(config))
    except (KeyboardInterrupt, asyncio.CancelledError):
        click.echo("Stopped. Everything that was collected is stored.")


async def _until_stopped(config: Config) -> None:
    """Run the bot; SIGTERM ends it as Ctrl-C does, so that a service manager's stop loses nothing."""
    task = asyncio.current_task()
    asyncio.get_running_loop().set_exception_handler(on_loop_error)
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await start(config)


def hide_memory() -> None:
    """Let no other process of the same user read this one's memory and environment, where the token and keys are."""
    with contextlib.suppress(OSError, AttributeError):  # not Linux
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


async def start(config: Config) -> None:
    """Run the bot until it is stopped. Raises UserError for what an admin can mend.

    Without the Message Content intent a second Bot is built, which works with forms alone.
    """
    store = await open_store(
        config.database,
        *config.data_keys,
        prompt_keys=config.prompt_keys,
        erasures=config.erasures,
        backup_days=config.backup_days,
    )
    try:
        await finish_erasures(store, datetime.now(UTC))
        await close_due(store, datetime.now(UTC))  # before anything that could wait for Discord
        async with Worker(memory_mb=config.worker_memory_mb, seconds=config.worker_seconds) as worker:
            if config.model is not None:
                await _try_model(worker, config.model)
            try:
                await _connect(Bot(store, worker, model=config.model), config.token)
            except discord.PrivilegedIntentsRequired:
                click.echo(NO_MESSAGE_CONTENT, err=True)
                await _connect(Bot(store, worker, model=config.model, message_content=False), config.token)
    finally:
        await store.close()


async def _try_model(worker: Worker, model: Path) -> None:
    """Load the model once, so that an admin hears of a fault now, and not an organiser later."""
    try:
        name = await worker.call(name_of_model, str(model))
    except UserError as error:
        raise ModelError(MODEL_TOO_LARGE if str(error) == TOO_LARGE else str(error)) from None
    click.echo(f"Summaries compare meanings with the model {name}.")


async def _connect(bot: Bot, token: str) -> None:
    try:
        await _run(bot, token)
    finally:
        await end_tasks()


async def end_tasks() -> None:
    """End what the bot's events still do, before the worker and the store close: they would only meet closed doors.

    What they began is undone or finished at the next start, as after a kill. The inbox is left to the store, which
    commits what waits there. Tasks of SQLAlchemy's own, which give back or close connections, are waited for: if they
    were cancelled, these would stay open.
    """
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task() and task.get_name() != "inbox"]
    for task in others:
        if not _module_of(task).startswith("sqlalchemy."):
            task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _module_of(task: asyncio.Task[Any]) -> str:
    frame = getattr(task.get_coro(), "cr_frame", None)
    return "" if frame is None else str(frame.f_globals.get("__name__", ""))


async def _run(bot: Bot, token: str) -> None:
    async with bot:
        await login(bot, token)
        click.echo(f"To invite the bot to a server, open: {invite_link(bot.application_id or 0)}")
        # What is loaded by now stays for good; the garbage collector need not go through it again and again.
        gc.freeze()
        await bot.connect()
