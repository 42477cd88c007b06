"""How the bot reports to facilitators in the channel that /setup names: a report is kept until it was told, once."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta

import aiohttp
import discord
from discord.abc import GuildChannel, Messageable
from discord.ext import commands

from bot.client import Bot
from bot.models.reports import Button, NewReport, Report
from bot.prompts.retention import fill_in_days, is_told_in
from bot.store import StoreError
from bot.store.fence import FencedError
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.posts import make_nonce
from cogs.ui.parts import button, buttons

log = logging.getLogger(__name__)

RETRY, QUIET = timedelta(minutes=5), timedelta(hours=6)
LONGEST_WAIT = timedelta(hours=1)
LOOK_BACK = 200
"""How many messages of the channel are searched for a report whose sending was cut short."""
SEARCHED = 1_000
"""How many are searched for one that has to be changed: what facilitators write in a month."""
BAD_REQUEST = 400


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
            log.warning("reports could not be read: %s", type(error).__name__)
            return
        for guild_id in servers:
            if self._failures.get(guild_id, (0, now))[1] <= now:
                await self._try(guild_id, now)

    async def _try(self, guild_id: int, now: datetime) -> None:
        """Tell one server; a fault holds no other up, and the next try comes later each time."""
        try:
            if await _deliver(self.bot, guild_id, now):
                self._failures.pop(guild_id, None)
                return
        except Exception as error:  # noqa: BLE001 - the loop would end for good
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("reports to guild %s failed: %s\n%s", guild_id, type(error).__name__, where)  # noqa: TRY400 - no texts
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
        log.warning("a report to guild %s could not be kept: %s", new.guild_id, type(error).__name__)
        await _tell_unkept(bot, new)


async def amend_report(bot: Bot, new: NewReport) -> bool:
    """Change the words of a report that nobody has tried to tell yet. Returns False where there is none."""
    try:
        return await bot.store.reports.amend(new)
    except StoreError as error:
        log.warning("a report to guild %s could not be changed: %s", new.guild_id, type(error).__name__)
        return False


async def end_report(bot: Bot, guild_id: int, key: str) -> None:
    """Note that what facilitators were told, or should be, is over. If it comes back, they are told again."""
    bot.unkept_reports.discard((guild_id, key))
    await bot.store.reports.end(guild_id, key)


async def deliver_reports(bot: Bot, guild_id: int, now: datetime | None = None) -> bool:
    """Send what waits for a server's facilitators, in order. Returns whether nothing is left; the rest is tried again.

    ``now`` is given by a round that counts days.
    """
    done = await _deliver(bot, guild_id, discord.utils.utcnow() if now is None else now)
    if not done:
        bot.dispatch("report_waits", guild_id)
    return done


async def find_report(bot: Bot, guild_id: int, pressable: Button) -> discord.Message | None:
    """Find the newest report with a button in a server's facilitators' channel; None if it's gone or long ago.

    Raises Discord's faults.
    """
    channel = await _channel(bot, guild_id)
    if channel is None:
        return None
    async for message in channel.history(limit=SEARCHED):
        own = bot.user is not None and message.author.id == bot.user.id
        if own and pressable.custom_id in _custom_ids(message):
            return message
    return None


async def _deliver(bot: Bot, guild_id: int, now: datetime) -> bool:
    """Send what waits. A report that Discord refuses for what it says (400) holds up no other."""
    guild = bot.get_guild(guild_id)
    if guild is None or guild.unavailable:
        return False
    done = True
    async with bot.reporting[guild_id]:
        try:
            for waiting in await bot.store.reports.waiting(guild_id):
                channel = await _channel(bot, guild_id)
                if channel is None:
                    return False
                try:
                    await _tell(bot, channel, waiting, now)
                except discord.HTTPException as error:
                    log.warning("a report to guild %s failed: %s %s", guild_id, error.status, error.code)
                    if error.status != BAD_REQUEST:
                        return False
                    done = False
            return done and not await bot.store.reports.waiting(guild_id)
        except (StoreError, aiohttp.ClientError, OSError) as error:
            log.warning("a report to guild %s failed: %s", guild_id, type(error).__name__)
            return False


async def _tell(bot: Bot, channel: Messageable, waiting: Report, now: datetime) -> None:
    """Send one report, unless it was sent before the bot died or Discord's answer got lost."""
    last_id = getattr(channel, "last_message_id", None) or 0
    begun = await bot.store.reports.begin(waiting, last_id)
    if begun is None:
        return  # what it said is over
    told_at = None if waiting.after_id is None else await _find_time_sent(bot, channel, waiting, waiting.after_id)
    if told_at is None:
        told_at = now
        zone = (await bot.store.settings.of(waiting.guild_id)).time_zone
        # Discord refuses a second message with the same nonce, should a request be repeated on a bad line.
        await _send(channel, fill_in_days(begun.text, told_at, zone), begun.buttons, begun.nonce)
    await bot.store.reports.note_told(begun, told_at)


async def _find_time_sent(bot: Bot, channel: Messageable, waiting: Report, after_id: int) -> datetime | None:
    """Return when a report was sent, by Discord's clock, if it was: it comes after what was there before."""
    ids = {button.custom_id for button in waiting.buttons}
    try:
        async for message in channel.history(limit=LOOK_BACK):
            if message.id <= after_id:
                return None
            own = bot.user is not None and message.author.id == bot.user.id
            if own and is_told_in(message.content, waiting.text) and _custom_ids(message) == ids:
                return message.created_at
    except discord.Forbidden:
        return None  # without Read Message History nobody knows; told twice is better than never
    return None


def _custom_ids(message: discord.Message) -> set[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return {str(part.custom_id) for row in rows for part in row.children}


async def _send(channel: Messageable, text: str, offered: Sequence[Button], nonce: str) -> None:
    if offered:
        view = buttons(*(button(each.label, each.custom_id) for each in offered))
        await channel.send(text, view=view, nonce=nonce)
    else:
        await channel.send(text, nonce=nonce)


async def _channel(bot: Bot, guild_id: int) -> Messageable | None:
    settings = await bot.store.settings.of(guild_id)
    channel = bot.get_channel(settings.facilitators_channel_id or 0)
    if isinstance(channel, Messageable):
        return channel
    log.warning("guild %s has no facilitators' channel for a report", guild_id)
    return None


async def _tell_unkept(bot: Bot, new: NewReport) -> None:
    """Tell at once, and once a start, what the database cannot keep: it is mostly the database that is at fault."""
    try:
        channel = await _channel(bot, new.guild_id)
        if channel is not None:
            zone = (await bot.store.settings.of(new.guild_id)).time_zone
            nonce = make_nonce("unkept", new.guild_id, new.key, new.text)
            await _send(channel, fill_in_days(new.text, discord.utils.utcnow(), zone), new.buttons, nonce)
            bot.unkept_reports.add((new.guild_id, new.key))
    except (discord.HTTPException, StoreError, aiohttp.ClientError, OSError) as error:
        log.warning("a report to guild %s failed: %s", new.guild_id, type(error).__name__)


async def setup(bot: Bot) -> None:
    """Load the cog."""
    await bot.add_cog(ReportDelivery(bot))
