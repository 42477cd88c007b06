"""Keeps what is shown of outcomes true: after a start, and when replies go."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.errors import UserError
from bot.models.outcomes import Outcome
from bot.models.prompts import Prompt
from bot.store import StoreError
from bot.text.markdown import escape
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.routing import RoutedCog
from cogs.outcomes.cards import waiting_points_card
from cogs.outcomes.posts import OutcomePoster, tell_supporters

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=1)
LATE = timedelta(days=1)
"""The age up to which an outcome's notices are sent at a start."""


class OutcomeRepairs(PeriodicCog, RoutedCog):
    """Posts what was cut short, and takes erased words out of what is shown."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self.poster = OutcomePoster(bot)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by server
        self._waiting: set[tuple[int, int | None]] = set()
        self._unshown: set[int] = set()
        """The servers in which a message could not be brought up to date."""

    async def show_cards(self, outcome: Outcome) -> None:
        """Bring up to date the cards of the series to which an outcome's points belong."""
        await self._show_cards(outcome.guild_id, {ref.prompt_id for ref in outcome.points})

    @periodic(retry=FIRST_WAIT, longest_retry=LONGEST_WAIT)
    async def again(self) -> bool:
        """Post outcomes that a channel refused, or that were cut short; stop where none is left."""
        for guild_id in sorted(self._unshown):
            await self._show_all(guild_id, None)
        for guild_id, post in await self.bot.store.outcomes.unposted():
            if self.bot.get_guild(guild_id) is not None:
                await self.poster.show(await self.bot.store.outcomes.get(guild_id, post.outcome_id))
        return not await self.bot.store.outcomes.unposted() and not self._unshown

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Show every outcome and card as it is now: something may have been cut short, or erased meanwhile."""
        for guild in self.bot.guilds:
            await self._show_all(guild.id, None)
            await self._tell_late(guild)
        await self._try_what_waits()

    @commands.Cog.listener()
    async def on_guild_join(self, _guild: discord.Guild) -> None:
        """Post what waits for a server that the bot is back in."""
        await self._try_what_waits()

    async def _try_what_waits(self) -> None:
        try:
            if await self.bot.store.outcomes.unposted():
                self.again.keep_going()
        except StoreError as error:
            log.warning("outcomes could not be read: %s", fault_name(error))

    @commands.Cog.listener()
    async def on_replies_erased(self, prompt_id: int) -> None:
        """Follow replies that were erased, or reworded."""
        await self._of_prompt(prompt_id)

    @commands.Cog.listener()
    async def on_replies_excluded(self, prompt_id: int) -> None:
        """Follow a reply that was left out of summaries, or put back."""
        await self._of_prompt(prompt_id)

    @commands.Cog.listener()
    async def on_quotes_changed(self, prompt_id: int) -> None:
        """Take words of those who said no to quotes out of the headings of points."""
        await self._of_prompt(prompt_id)

    @commands.Cog.listener()
    async def on_summary_published(self, prompt_id: int) -> None:
        """Put the points of a checked summary that was posted on the card of the series."""
        await self._of_prompt(prompt_id)

    @commands.Cog.listener()
    async def on_series_summed(self, interaction: discord.Interaction[Bot], prompts: Sequence[Prompt]) -> None:
        """Show what waits for an outcome to an organiser who was shown a summary of several prompts."""
        try:
            waiting = await waiting_points_card(self.bot.store, prompts[0].guild_id, prompts)
            if waiting is not None:
                await interaction.followup.send(view=waiting, ephemeral=True)
        except (UserError, StoreError, ValueError, *DISCORD_FAULTS) as error:
            log.warning("what waits for an outcome could not be shown: %s", fault_name(error))

    async def _of_prompt(self, prompt_id: int) -> None:
        prompt = self.bot.watch.of_prompt(prompt_id)
        # One whose replies were erased by their date is watched no more.
        guild_id = await self.bot.store.prompts.guild_of(prompt_id) if prompt is None else prompt.guild_id
        if guild_id is not None and self.bot.get_guild(guild_id) is not None:
            await self._show_all(guild_id, prompt_id)

    async def _show_all(self, guild_id: int, prompt_id: int | None) -> None:
        """Show everything of a server, or what shows points of one prompt.

        Whoever comes while one round waits is served by it.
        """
        asked = guild_id, prompt_id
        if asked in self._waiting:
            return
        self._waiting.add(asked)
        async with self._turns[guild_id]:
            self._waiting.discard(asked)
            self._unshown.discard(guild_id)
            try:
                given = await self.bot.store.outcomes.of_guild(guild_id)
                for outcome in given:
                    is_of_it = prompt_id is None or any(ref.prompt_id == prompt_id for ref in outcome.points)
                    if is_of_it and await self.poster.show(outcome):
                        self._unshown.add(guild_id)
                await self._show_cards(guild_id, None if prompt_id is None else {prompt_id})
            except (UserError, StoreError, ValueError, *DISCORD_FAULTS) as error:
                log.warning("outcomes could not be shown: %s", fault_name(error))
                self._unshown.add(guild_id)
        if guild_id in self._unshown:
            self.again.keep_going()

    async def _show_cards(self, guild_id: int, prompt_ids: set[int] | None) -> None:
        """Show the cards of a server, or of the series to which some of its prompts belong."""
        cards = await self.bot.store.outcomes.cards(guild_id)
        if not cards:
            return
        now = discord.utils.utcnow()
        counted = await self.bot.store.prompts.of_guild(guild_id)
        prompts = [row.prompt for row in counted]
        named = {prompt.series_id for prompt in prompts if prompt_ids is None or prompt.id in prompt_ids}
        for card in cards:
            if card.series_id in named:
                try:
                    await self.poster.show_card(await self.bot.store.series.get(guild_id, card.series_id), now)
                except DISCORD_FAULTS as error:
                    log.warning("the card of series %s could not be shown: %s", card.series_id, fault_name(error))

    async def _tell_late(self, guild: discord.Guild) -> None:
        """Write to those who missed the notice of an outcome because the bot stopped; nobody is told twice."""
        since = discord.utils.utcnow() - LATE
        try:
            for outcome in await self.bot.store.outcomes.of_guild(guild.id):
                if outcome.made_at > since:
                    await tell_supporters(self.bot, outcome, escape(guild.name))
        except (UserError, StoreError, ValueError, *DISCORD_FAULTS) as error:
            log.warning("notices of outcomes could not be sent: %s", fault_name(error))
