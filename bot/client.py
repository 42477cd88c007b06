"""The Bot: what it holds, which cogs it loads, and how an error is answered."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
import sys
import traceback
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.rate_limit import Pace
from bot.replies.watch import Watch
from bot.store import Store
from bot.worker import Worker

log = logging.getLogger(__name__)

EXTENSIONS = (
    "cogs.setup",
    "cogs.core.reports",
    "cogs.library",
    "cogs.prompts",
    "cogs.replies",
    "cogs.private_replies",
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
DISCORD_FAULTS = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a call to Discord may raise: a refusal, a fault of its own, a cut connection, or no answer in time."""
NO_ANSWER = (
    "Discord did not answer, so I cannot tell whether that was done. What I have noted I finish by myself within "
    "minutes: look in {place} before you try again."
)


class Tree(app_commands.CommandTree["Bot"]):
    """The slash commands; an error in one of them is answered here."""

    async def on_error(self, interaction: discord.Interaction[Bot], error: app_commands.AppCommandError, /) -> None:
        await answer_error(interaction, error)


class Bot(commands.Bot):
    """The Discord client with the store and the worker. It keeps no messages and no members in memory.

    ``message_content`` says whether the Message Content intent is switched on; without it replies come by the form.
    ``model`` is the folder of a model of sentence vectors for summaries, if there is one.
    """

    def __init__(
        self,
        store: Store,
        worker: Worker,
        *,
        message_content: bool = True,
        model: Path | None = None,
        extensions: Sequence[str] = EXTENSIONS,
    ) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
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
        self.watch = Watch()
        self.own_words: dict[int, tuple[str, ...]] = {}  # to remove, by server: at hand for every message
        self.pace = Pace()
        self.posting = asyncio.Lock()  # one prompt is posted or closed at a time, by the scheduler or by a command
        self.reporting: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by server, to keep their order
        self.unkept_reports: set[tuple[int, str]] = set()  # told while the database could not be written
        self._extension_names = tuple(extensions)

    async def setup_hook(self) -> None:
        """Load every cog, then sync the commands if they changed. A cog that fails to load stops the start."""
        for name in self._extension_names:
            await self.load_extension(name)
        await self._sync_commands()

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: there are no prefix commands, and cogs listen for themselves."""

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - discord.py's
        """Log an error in a listener. Unlike discord.py's own line, it leaves out the error's text."""
        error = sys.exception()
        if self.is_closed():  # it was stopped meanwhile; the next start finishes what this left
            log.info("%s in %s, at the stop", type(error).__name__, event_method)
            return
        where = "".join(traceback.format_tb(error.__traceback__)) if error is not None else ""
        log.error("%s in %s\n%s", type(error).__name__, event_method, where)

    async def _sync_commands(self) -> None:
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        text = json.dumps([self.application_id, payload], sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if await self.store.settings.note(SYNCED_COMMANDS) == digest:
            return
        synced = await self.tree.sync()
        await self.store.settings.keep_note(SYNCED_COMMANDS, digest)
        log.info("synced %d commands", len(synced))


async def answer_error(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Answer an error: a UserError with its own text, any other with one calm line and a reference into the log.

    Only the person who acted sees the answer. The log gets where it happened, never what anybody wrote.
    """
    cause = getattr(error, "original", error)
    text = _no_answer(interaction, cause) if is_unanswered(cause) else _sentence(cause)
    if text is None:
        reference = secrets.token_hex(3)
        where = "".join(traceback.format_tb(cause.__traceback__))
        log.error("reference %s: %s in %s\n%s", reference, type(cause).__name__, _place(interaction), where)
        text = f"That did not work, and nothing was lost. Please tell a facilitator this reference: {reference}."
    # Some of it may be noted and not yet done.
    interaction.client.dispatch("action_failed")
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except DISCORD_FAULTS as failure:
        log.warning("an answer could not be sent: %s", fault_name(failure))


def is_unanswered(error: BaseException) -> bool:
    """Whether Discord may have done what was asked all the same: it failed, or the line was cut before it answered."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500
    return isinstance(error, aiohttp.ClientError | ConnectionError | TimeoutError)


def fault_name(error: BaseException) -> str:
    """A fault by its kind, and by Discord's code where it has one, for the log."""
    code = f" {error.code}" if isinstance(error, discord.HTTPException) else ""
    return f"{type(error).__name__}{code}"


def _no_answer(interaction: discord.Interaction[Any], cause: BaseException) -> str:
    log.warning("Discord did not answer in %s: %s", _place(interaction), fault_name(cause))
    return NO_ANSWER.format(place=f"<#{interaction.channel_id}>")


def _sentence(cause: BaseException) -> str | None:
    if isinstance(cause, UserError):
        if cause.public != str(cause):
            log.error("%s", cause)
        return cause.public
    if isinstance(cause, discord.Forbidden):
        return "Discord did not allow that: I lack a permission in that channel. /setup show lists what is missing."
    return None


def _place(interaction: discord.Interaction[Any]) -> str:
    if isinstance(interaction.command, app_commands.Command):
        return f"/{interaction.command.qualified_name}"
    data: Any = interaction.data or {}
    return str(data.get("custom_id", "an interaction")).split(":")[0]


def _intents(message_content: bool) -> discord.Intents:
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_messages = True
    intents.guild_reactions = True
    intents.message_content = message_content
    return intents
