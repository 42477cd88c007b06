"""``python -m bot run``: opens the store, starts the bot, and says plainly what it could not do."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
import discord

from bot.cli.env_file import env_file_option
from bot.cli.login import NotReachedError, connect, login
from bot.cli.logs import announce, on_loop_error, set_up_logs
from bot.cli.model_trial import try_in_background
from bot.cli.process import end_soon, end_tasks, hide_memory
from bot.cli.settings import open_or_make, read_config
from bot.client import Bot
from bot.config import Config, ServiceManager, read_service_manager
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.errors import ModelError, RestartError, SettingError, UserError
from bot.gateway import IdentifyTurns
from bot.operations.health import Connection
from bot.operations.health_socket import serve_health
from bot.operations.metrics import serve_metrics
from bot.operations.service_manager import notify, report
from bot.operations.vitals import Monitor
from bot.outside_changes import follow_outside
from bot.services.closing import close_due
from bot.services.erasure import finish_erasures
from bot.store import Store, prepare_database
from bot.store.encryption.sealer import Sealer
from bot.store.faults import UnreachableError
from bot.store.holding import Holding, hold_shards
from bot.store.keyed.key_store import AwayError
from bot.summaries import find_model_name
from bot.worker import TOO_LARGE, Worker
from cogs.core.channel_permissions import invite_link

log = logging.getLogger(__name__)

TOO_FEW_SHARDS = (4010, 4011)
"""What Discord closes a connection with: https://docs.discord.com/developers/topics/opcodes-and-status-codes."""
MORE_SHARDS = (
    "Discord wants the bot’s servers in more shards. Raise WARD_SHARDS to one for every 1,000 servers, in every "
    "process, then start them again."
)
MODEL_TOO_LARGE = (
    "The model (WARD_MODEL) needs more memory than it may have. Raise WARD_WORKER_MEMORY_MB, or leave the model out."
)
NO_MESSAGE_CONTENT = (
    "The Message Content intent is switched off, so the bot can’t read what people write in threads.\n"
    "It works with the form behind the Reply button only. To switch the intent on: discord.com/developers,\n"
    "your application, Bot, Privileged Gateway Intents, Message Content Intent; then start the bot again."
)
STANDBY = "Another process runs the bot with this database. This one is on standby: it takes over if that one ends."
NOT_YET = "Discord can’t be reached. Check the network. Trying again in {seconds} seconds."
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 300


@click.command(name="run")
@env_file_option
def command(env_file: Path) -> None:
    """Start the bot."""
    hide_memory()
    config = read_config(env_file, without=())
    set_up_logs(config.log_level, config.log_format)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot has no voice
    try:
        asyncio.run(_until_stopped(config))
    except (KeyboardInterrupt, asyncio.CancelledError):
        announce("Stopped. Everything that was collected is stored.")


async def _until_stopped(config: Config) -> None:
    """Run the bot; SIGTERM ends it as Ctrl-C does, so that a service manager's stop loses nothing."""
    task = asyncio.current_task()
    asyncio.get_running_loop().set_exception_handler(on_loop_error)
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await start(config)


async def start(config: Config) -> None:
    """Run the bot until it is stopped. Raises UserError for what an admin can mend.

    No other process does the same work meanwhile, nor restores the database: where one already does, this one is
    refused, or stands by if the database is on a server. Raises RestartError where it lost its place or a server.
    """
    holding: Holding | None = None
    try:
        if not isinstance(config.database, Path):
            await prepare_database(config.database, *config.data_keys)  # a new version takes over by that
        on_lost, key_id = partial(end_soon, asyncio.current_task()), Sealer(*config.data_keys).key_id
        async with hold_shards(config.database, config.shards, on_lost, key_id=key_id) as holding:
            await _take_turn(config, holding)
    except asyncio.CancelledError:
        if holding is None or not holding.fault:
            raise
        raise RestartError(holding.fault) from None
    except (UnreachableError, AwayError) as error:
        raise RestartError(str(error)) from None


async def _take_turn(config: Config, holding: Holding) -> None:
    """Stand by until this process holds a shard, then run the bot."""
    monitor = Monitor(holding)
    async with _watched(config, holding.files, monitor):
        if not holding.held:
            monitor.note(Connection.STANDBY)
            announce(STANDBY)
            await holding.wait()
            monitor.note(Connection.STARTING)
        # Until it listens, it has to be told of what is done first, as a command would.
        store = await open_or_make(config, beside=True, held=holding.shards, fence=holding.fence)
        try:
            await finish_erasures(store, datetime.now(UTC))
            await close_due(store, datetime.now(UTC))  # before anything that could wait for Discord
            if config.language_model is None:
                await store.sortings.forget_all()
            async with Worker(memory_mb=config.worker_memory_mb, seconds=config.worker_seconds) as worker:
                if config.model is not None:
                    await _try_model(worker, config.model)
                monitor.attach(store, worker)
                async with try_in_background(config.language_model):
                    await _stay_connected(config, store, worker, monitor, holding)
        finally:
            await store.close()


@asynccontextmanager
async def _watched(config: Config, files: Path, monitor: Monitor) -> AsyncIterator[None]:
    """Let systemd, Prometheus and whoever asks know how the bot is."""
    service: ServiceManager = read_service_manager()
    async with serve_health(files, monitor), serve_metrics(monitor, config.metrics_port):
        watching = [
            asyncio.create_task(task, name="operations")
            for task in (monitor.watch_loop(), report(monitor, service.socket, service.watchdog_seconds))
        ]
        try:
            yield
        finally:
            notify(service.socket, "STOPPING=1", "STATUS=Stopping.")
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)


async def _stay_connected(config: Config, store: Store, worker: Worker, monitor: Monitor, holding: Holding) -> None:
    """Run one bot; where Discord cannot be reached at its start, wait, and try again with another one.

    Without the Message Content intent another Bot is built too, which works with forms alone.
    """
    message_content, wait = True, FIRST_WAIT_S
    language_model = None
    if config.language_model is not None:
        from bot.services.language_model.client import LanguageModelClient

        language_model = LanguageModelClient(config.language_model, store.model_use.take)
    identify = IdentifyTurns(holding.take_turn, holding.give_turn_back)
    while True:
        store.hold(holding.shards)
        bot = Bot(
            store,
            worker,
            model=config.model,
            language_model=language_model,
            message_content=message_content,
            identify=identify,
        )
        monitor.watch(bot)
        try:
            await _connect(bot, config.token, holding)
        except discord.PrivilegedIntentsRequired:
            announce(NO_MESSAGE_CONTENT, err=True)
            message_content = False
        except NotReachedError:
            monitor.note(Connection.WAITING)
            announce(NOT_YET.format(seconds=wait), err=True)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_S)
            store.hold(holding.shards)
            await close_due(store, datetime.now(UTC))  # the dates that people were told hold without Discord
        else:
            return


async def _try_model(worker: Worker, model: Path) -> None:
    """Load the model once, so that an admin hears of a fault now, and not an organiser later."""
    try:
        name = await worker.call(find_model_name, str(model))
    except UserError as error:
        raise ModelError(MODEL_TOO_LARGE if str(error) == TOO_LARGE else str(error)) from None
    announce(f"Summaries compare meanings with the model {name}.")


async def _connect(bot: Bot, token: str, holding: Holding) -> None:
    try:
        await _run(bot, token, holding)
    except discord.ConnectionClosed as error:
        if error.code in TOO_FEW_SHARDS:
            raise SettingError(MORE_SHARDS) from None
        raise
    finally:
        await end_tasks()


async def _take_on_more(bot: Bot, holding: Holding) -> None:
    """Work for ever for the servers of each shard that this process takes: those of a process that ended."""
    while True:
        try:
            if not bot.runs(holding.held):
                await bot.take_on(holding.shards)
                await finish_erasures(bot.store, datetime.now(UTC))
                await close_due(bot.store, datetime.now(UTC))
                if bot.language_model is None:
                    await bot.store.sortings.forget_all()
        except (UserError, *DISCORD_FAULTS) as error:
            log.warning("taking on servers is tried again: %s", fault_name(error))
            await asyncio.sleep(FIRST_WAIT_S)
        else:
            await holding.next_taken()


async def _run(bot: Bot, token: str, holding: Holding) -> None:
    async with bot:
        await login(bot, token)
        announce(f"To invite the bot to a server, open: {invite_link(bot.application_id or 0)}")
        # What is loaded by now stays for good; the garbage collector need not go through it again and again.
        gc.freeze()
        bot.store.outside.listen()
        following = asyncio.create_task(follow_outside(bot), name="changes beside the bot")  # end_tasks ends it
        taking = asyncio.create_task(_take_on_more(bot, holding), name="more shards")
        await connect(bot)
        following.cancel()
        taking.cancel()
