"""The Bot: what it holds, and which cogs it loads."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import sys
import traceback
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import tasks

from bot.discord_errors import answer_error, fault_name
from bot.gateway import IdentifyTurns, ShardedBot
from bot.merged_events import MergedEvents
from bot.models.shards import Shards
from bot.rate_limit import RateLimiter
from bot.replies.redaction.word_list import KnownWords
from bot.replies.watch import Watch
from bot.services.model_consent import find_sendable
from bot.services.replies.readable_replies import SendableReplies
from bot.services.summaries.generation import SummaryAids
from bot.store import Store
from bot.worker import Worker

if TYPE_CHECKING:
    from bot.services.language_model.client import LanguageModelClient

log = logging.getLogger(__name__)

EXTENSIONS = (
    "cogs.setup",
    "cogs.core.reports",
    "cogs.library",
    "cogs.prompts",
    "cogs.replies",
    "cogs.private_replies",
    "cogs.views",
    "cogs.summaries",
    "cogs.outcomes",
    "cogs.checks",
    "cogs.moderation",
    "cogs.subject_access",
    "cogs.retention",
    "cogs.reminders",
    "cogs.suggestions",
)
SYNCED_COMMANDS = "synced commands"
FOR_EVERYBODY = frozenset({"my", "suggest"})
"""The commands that Discord offers to everybody. All others it hides at first from those without ROLE_COMMANDS."""
ROLE_COMMANDS = discord.Permissions(manage_events=True)
"""What a role needs to be offered the commands of facilitators and organisers, until a server chooses otherwise.

Members do not have it at first, and it touches no words, channels or roles: it lets people edit the server's events.
"""


class BotCommandTree(app_commands.CommandTree["Bot"]):
    """The slash commands; an error in one of them is answered here."""

    async def on_error(self, interaction: discord.Interaction[Bot], error: app_commands.AppCommandError, /) -> None:
        """Answer an error in a slash command."""
        await answer_error(interaction, error)


class Bot(ShardedBot):
    """The Discord client with the store and the worker. It keeps no messages and no members in memory.

    ``message_content`` says whether the Message Content intent is switched on; without it replies come by the form.
    ``model`` is the folder of a model of sentence vectors for summaries, if there is one. ``language_model`` is the
    connection to the organisation's own, if the program's settings name one; each server still has to switch it on.
    ``identify`` is whose turn it is at the gateway, where other processes have shards of the same bot.
    """

    def __init__(
        self,
        store: Store,
        worker: Worker,
        *,
        message_content: bool = True,
        model: Path | None = None,
        language_model: LanguageModelClient | None = None,
        extensions: Sequence[str] = EXTENSIONS,
        identify: IdentifyTurns | None = None,
    ) -> None:
        super().__init__(
            shards=store.held,
            identify=identify,
            help_command=None,
            tree_cls=BotCommandTree,
            intents=_intents(message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.store = store
        self.worker = worker
        self.message_content = message_content
        self.model = model
        self.language_model = language_model
        self.watch = Watch()
        self.own_words: dict[int, tuple[str, ...]] = {}  # to remove, by server: at hand for every message
        self.pace = RateLimiter()
        # By server: one prompt is posted, or told to be closed, at a time, by the scheduler or by a command.
        self.posting: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.reporting: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by server, to keep their order
        self.unkept_reports: set[tuple[int, str]] = set()  # told while the database could not be written
        self.last_rounds: dict[str, datetime] = {}  # by clock: when its last round ended without a fault
        self.merged = MergedEvents(self.dispatch, _call_later)
        self.take_message: Callable[[discord.Message], None] | None = None
        self._messages: list[discord.Message] = []  # that came in this turn of the loop
        self._extension_names = tuple(extensions)

    def known_words(self, guild_id: int) -> KnownWords:
        """Return what a server's texts are kept free of: its list, and the names that were seen there."""
        return KnownWords(self.own_words.get(guild_id, ()), self.watch.seen_names(guild_id))

    @property
    def sendable(self) -> SendableReplies | None:
        """What says which replies may go to the language model; None where there is none."""
        model = self.language_model
        return None if model is None else partial(find_sendable, self.store, host=model.host)

    def summary_aids(self, guild_id: int) -> SummaryAids:
        """Return what a summary in a server is made with, beside the replies."""
        return SummaryAids(self.model, self.watch.names(guild_id), self.language_model, self.sendable)

    async def setup_hook(self) -> None:
        """Load every cog, then sync the commands if they changed. A cog that fails to load stops the start."""
        for name in self._extension_names:
            await self.load_extension(name)
        self._hide_role_commands()
        await self._sync_commands()

    async def take_on(self, shards: Shards) -> None:
        """Work for the servers of more shards from now on: first for their dates, and in Discord once it shows them."""
        self.store.hold(shards)
        self.own_words.update(await self.store.settings.removed_words())
        self.dispatch("series_changed")
        self.dispatch("check_changed")
        for shard_id in sorted(shards.held):
            self.take_shard(shard_id)
        await self._sync_commands()

    async def close(self) -> None:
        """Stop, and leave to the next start what waits."""
        self.merged.close()
        await super().close()

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Send an event to its listeners. Messages go to ``take_message``, where a cog has set it.

        Those that Discord sends at once are taken in together, before the listeners hear what comes after the first of
        them. A task for each message, as each listener has, would take a tenth of the time that the bot has for it.
        """
        if event_name != "message" or self.take_message is None:
            super().dispatch(event_name, *args, **kwargs)
            return
        self._messages += args
        if len(self._messages) == 1:
            self.loop.call_soon(self._take_messages, self.take_message)

    def _take_messages(self, take: Callable[[discord.Message], None]) -> None:
        messages, self._messages = self._messages, []
        for message in messages:
            try:
                take(message)
            except Exception as error:  # noqa: BLE001 - the others are taken in all the same
                self._log_error("on_message", error)

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing: there are no prefix commands, and cogs listen for themselves."""

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - discord.py's
        """Log an error in a listener. Unlike discord.py's own line, it leaves out the error's text."""
        self._log_error(event_method, sys.exception())

    def _log_error(self, event_method: str, error: BaseException | None) -> None:
        if self.is_closed():  # it was stopped meanwhile; the next start finishes what this left
            log.info("%s in %s, at the stop", fault_name(error), event_method)
            return
        where = "".join(traceback.format_tb(error.__traceback__)) if error is not None else ""
        log.error("%s in %s\n%s", fault_name(error), event_method, where)

    def role_commands(self) -> list[str]:
        """List the names of the slash commands that Discord hides until a server shows them to its roles, in order."""
        slash = [command for command in self.tree.get_commands() if not isinstance(command, app_commands.ContextMenu)]
        return sorted(command.name for command in slash if command.default_permissions == ROLE_COMMANDS)

    def _hide_role_commands(self) -> None:
        """Let who types "/" see the commands that are theirs. Whoever may use one is checked by the command itself."""
        for command in self.tree.get_commands():
            if command.name not in FOR_EVERYBODY and command.default_permissions is None:
                command.default_permissions = ROLE_COMMANDS

    async def _sync_commands(self) -> None:
        if not self.store.held.hold_first:
            return
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        text = json.dumps([self.application_id, payload], sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if await self.store.settings.note(SYNCED_COMMANDS) == digest:
            return
        synced = await self.tree.sync()
        await self.store.settings.keep_note(SYNCED_COMMANDS, digest)
        log.info("synced %d commands", len(synced))


def _call_later(seconds: float, act: Callable[[], None]) -> Callable[[], None]:
    """Call a function after a while. Returns what cancels that."""

    @tasks.loop(seconds=seconds, count=2)
    async def turn() -> None:
        if turn.current_loop:  # the first turn is taken at once
            act()

    turn.start()
    return turn.cancel


def _intents(message_content: bool) -> discord.Intents:
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_messages = True
    intents.guild_reactions = True
    intents.message_content = message_content
    return intents
