"""The servers that the bot is in: welcomed, given the built-in packs, and noted when they left."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.library import load_pack, pack_names
from bot.store import StoreError
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.posts import make_nonce

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=1)
HELLO = (
    "Hello. Ward to Board turns a report into a staff conversation, and the conversation into evidence for a board. "
    "Someone with the Manage Server permission starts with /setup."
)


class Servers(PeriodicCog):
    """Keeps the list of servers true to Discord's."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @periodic(retry=RETRY)
    async def look(self) -> bool:
        """Note the servers that were joined or left while the bot was away, and give them the packs that are new."""
        present = frozenset(guild.id for guild in self.bot.guilds)
        now = discord.utils.utcnow()
        known = [guild_id for guild_id in await self.bot.store.settings.guild_ids() if self.bot.shows(guild_id)]
        for guild_id in frozenset(known) - present:
            await self.bot.store.settings.leave(guild_id, now)
        await self._note_present(present)
        return True

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look at all servers in a new session."""
        self.look.wake()

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Note a server that Discord had not shown at the start."""
        with self._or_look_again():
            await self._note_present(frozenset([guild.id]))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note a server, give it the built-in packs, and say what to do first."""
        with self._or_look_again():
            await self._note_present(frozenset([guild.id]))
        channel = guild.system_channel
        if channel is not None and channel.permissions_for(guild.me).send_messages:
            try:
                await channel.send(HELLO, nonce=make_nonce("hello", channel.id, guild.me.joined_at))
            except DISCORD_FAULTS as error:
                log.warning("guild %s could not be welcomed: %s", guild.id, fault_name(error))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was removed; what was collected is kept for 30 days, in case it is invited back."""
        with self._or_look_again():
            await self.bot.store.settings.leave(guild.id, discord.utils.utcnow())

    @contextmanager
    def _or_look_again(self) -> Iterator[None]:
        """Look at all servers instead, as soon as the database can be used again."""
        try:
            yield
        except StoreError as error:
            log.warning("a server could not be noted: %s", fault_name(error))
            self.look.keep_going()

    async def _note_present(self, guild_ids: frozenset[int]) -> None:
        before = frozenset(await self.bot.store.settings.guild_ids())
        await self.bot.store.settings.join(sorted(guild_ids))
        for guild_id in sorted(guild_ids):
            await self._give_packs(guild_id, given=await self._given(guild_id) if guild_id in before else ())

    async def _given(self, guild_id: int) -> Collection[str]:
        return (await self.bot.store.settings.note(_note(guild_id)) or "").split(",")

    async def _give_packs(self, guild_id: int, *, given: Collection[str]) -> None:
        """Add the packs that a server was not given yet, so that one which a facilitator removed stays away."""
        names = pack_names()
        new = [name for name in names if name not in given]
        for name in new:
            await self.bot.store.library.add_source(guild_id, load_pack(name), pack=name)
        if new:
            await self.bot.store.settings.keep_note(_note(guild_id), ",".join(names))


def _note(guild_id: int) -> str:
    return f"packs of {guild_id}"
