"""How the bot reports to facilitators in the channel that /setup names: a report is kept until it was told, once."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta

import discord
from discord.abc import GuildChannel
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import fault_name
from bot.models.reports import Button, NewReport
from bot.store import StoreError
from bot.store.fence import FencedError
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.report_messages import send_waiting, tell_unkept

log = logging.getLogger(__name__)

RETRY, QUIET = timedelta(minutes=5), timedelta(hours=6)
LONGEST_WAIT = timedelta(hours=1)


class ReportDelivery(PeriodicCog):
    """Tells what could not be told: on ready, five minutes later (less often where that fails), when a way opens."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._failures: dict[int, tuple[int, datetime]] = {}  # by server: how often in a row, and when to try again

    @periodic(every=QUIET, retry=RETRY)
    async def again(self) -> datetime | bool:
        """Tell each server what waits for it, where its time to try again has come; return when the next has."""
        now = discord.utils.utcnow()
        await self._try_all(now)
        # A server whose time has come and which was not tried has nothing waiting: a later report took it along.
        self._failures = {guild_id: failure for guild_id, failure in self._failures.items() if failure[1] > now}
        return min((again_at for _, again_at in self._failures.values()), default=True)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A new session: try every server now."""
        self._failures.clear()
        await self._try_all(discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_report_waits(self, guild_id: int) -> None:
        """Hear that a report could not be told (an event of the bot's own)."""
        if guild_id not in self._failures:
            self._note_failure(guild_id, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Hear that a server came late, or came back."""
        if self.bot.is_ready():
            await self._try(guild.id, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_settings_changed(self, guild_id: int) -> None:
        """Hear that the facilitators' channel may be another one (an event of the bot's own)."""
        await self._try(guild_id, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_guild_channel_update(self, _before: GuildChannel, after: GuildChannel) -> None:
        """Hear that the channel's permissions may have been given back."""
        await self._try(after.guild.id, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """Hear that a role of the bot's may have been given what it lacked."""
        await self._try(after.guild.id, discord.utils.utcnow())

    async def _try_all(self, now: datetime) -> None:
        try:
            servers = await self.bot.store.reports.servers()
        except StoreError as error:
            log.warning("reports could not be read: %s", fault_name(error))
            return
        for guild_id in servers:
            if self._failures.get(guild_id, (0, now))[1] <= now:
                await self._try(guild_id, now)

    async def _try(self, guild_id: int, now: datetime) -> None:
        """Tell one server; a fault holds no other up, and the next try comes later each time."""
        try:
            if await send_waiting(self.bot, guild_id, now):
                self._failures.pop(guild_id, None)
                return
        except Exception as error:  # noqa: BLE001 - the loop would end for good
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("reports to guild %s failed: %s\n%s", guild_id, fault_name(error), where)  # noqa: TRY400 - no texts
        self._note_failure(guild_id, now)

    def _note_failure(self, guild_id: int, now: datetime) -> None:
        times, _ = self._failures.get(guild_id, (0, now))
        wait = min(LONGEST_WAIT, RETRY * 2 ** min(times, 10))
        self._failures[guild_id] = times + 1, now + wait
        self.again.wake(wait)


async def report(bot: Bot, guild_id: int, text: str, *, key: str, buttons: Sequence[Button] = ()) -> bool:
    """Tell a server's facilitators, now or as soon as it can be done. Returns whether it was told now.

    ``key`` names what is told: the same is told once, until end_report says that it is over.
    """
    new = NewReport(guild_id, key, text, buttons)
    await keep_report(bot, new)
    return await deliver_reports(bot, guild_id)


async def keep_report(bot: Bot, new: NewReport) -> None:
    """Keep a report before what it tells about is done; then call deliver_reports. A kill in between loses neither."""
    if (new.guild_id, new.key) in bot.unkept_reports:
        return
    try:
        await bot.store.reports.add(new, discord.utils.utcnow())
    except FencedError:  # whoever took over does the same work, and tells of it
        log.warning("a report to guild %s is left to the process that took over", new.guild_id)
    except StoreError as error:
        log.warning("a report to guild %s could not be kept: %s", new.guild_id, fault_name(error))
        await tell_unkept(bot, new)


async def amend_report(bot: Bot, new: NewReport) -> bool:
    """Change the words of a report that nobody has tried to tell yet. Returns False where there is none."""
    try:
        return await bot.store.reports.amend(new)
    except StoreError as error:
        log.warning("a report to guild %s could not be changed: %s", new.guild_id, fault_name(error))
        return False


async def end_report(bot: Bot, guild_id: int, key: str) -> None:
    """Note that what facilitators were told, or should be, is over. If it comes back, they are told again."""
    bot.unkept_reports.discard((guild_id, key))
    await bot.store.reports.end(guild_id, key)


async def deliver_reports(bot: Bot, guild_id: int, now: datetime | None = None) -> bool:
    """Send what waits for a server's facilitators, in order. Returns whether nothing is left; the rest is tried again.

    ``now`` is given by a round that counts days.
    """
    done = await send_waiting(bot, guild_id, discord.utils.utcnow() if now is None else now)
    if not done:
        bot.dispatch("report_waits", guild_id)
    return done


async def setup(bot: Bot) -> None:
    """Load the cog."""
    await bot.add_cog(ReportDelivery(bot))
