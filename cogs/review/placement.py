"""Places what lies unplaced: drafts without a card, summaries to be published at once, and whatever was cut short."""

from __future__ import annotations

import contextlib
import logging
from datetime import timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name, is_unanswered
from bot.errors import UserError
from bot.models.prompts import PromptState
from bot.models.reviews import Draft
from bot.models.settings import AT_ONCE
from bot.services.summaries.generation import HELD_BACK, NO_REPLIES, UNSOUND
from bot.store import StoreError
from bot.store.prompts import ERASED
from cogs.core.loops import PeriodicCog, periodic
from cogs.review.desk import NO_OFFICE, DraftDesk, name_draft
from cogs.review.publication import DraftPublication
from cogs.summaries.repairs import SummaryRepairs

log = logging.getLogger(__name__)

CUT_SHORT = timedelta(days=2)
"""How long ago a prompt without a draft was closed at most, and a draft ended, to be looked at at a start."""
RETRY = timedelta(minutes=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=1)
NEVER = frozenset((ERASED, HELD_BACK, NO_REPLIES, UNSOUND))
"""Why a draft cannot be made: to try again would change nothing."""


class DraftPlacement(PeriodicCog):
    """Takes a turn at the start and when something failed, then every five minutes, and less often while that fails."""

    def __init__(self, bot: Bot, desk: DraftDesk, publishing: DraftPublication, repairs: SummaryRepairs) -> None:
        self.bot = bot
        self._desk = desk
        self._publishing = publishing
        self._repairs = repairs
        self._undrafted: set[tuple[int, int]] = set()
        """The closed prompts whose draft could not be made: their servers and their own ids."""

    @commands.Cog.listener()
    async def on_prompt_closed(self, prompt_id: int) -> None:
        """Hear that a prompt was closed: make its draft, and publish it where /setup says so."""
        prompt = self.bot.watch.of_prompt(prompt_id)
        if prompt is not None and not await self._draft(prompt.guild_id, prompt_id):
            self.look.keep_going()

    @commands.Cog.listener()
    async def on_prompt_closed_by_hand(self, interaction: discord.Interaction[Bot], prompt_id: int) -> None:
        """Tell who closed a prompt where its draft is; nothing where it has none, or was published at once."""
        prompt = self.bot.watch.of_prompt(prompt_id)
        if prompt is None or not await self._draft(prompt.guild_id, prompt_id):
            return
        draft = await self.bot.store.drafts.of_prompt(prompt_id)
        if draft is not None and draft.message_id is not None:
            with contextlib.suppress(*DISCORD_FAULTS):  # the draft is there, whether they are told or not
                await interaction.followup.send(name_draft(draft), ephemeral=True)

    @commands.Cog.listener()
    async def on_posting_waits(self) -> None:
        """Hear that a card or a summary could not be posted or changed (an event of the bot's own)."""
        if not self.look.is_running():
            self.look.wake()

    @commands.Cog.listener()
    async def on_facilitators_named(self, _guild_id: int) -> None:
        """/setup named a facilitators' channel (an event of the bot's own): what waits for one can be placed."""
        if not await self._place_all():
            self.look.keep_going()

    @commands.Cog.listener()
    async def on_guild_join(self, _guild: discord.Guild) -> None:
        """Hear that the bot is back in a server: what waits for it can be posted."""
        self.look.keep_going()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Finish what was cut short."""
        self.take_up.wake()

    @periodic(retry=RETRY)
    async def take_up(self) -> bool:
        """Find drafts that were never made, placed or ended, and cards that say old things, and try to finish them."""
        since = discord.utils.utcnow() - CUT_SHORT
        self._undrafted.update(await self.bot.store.drafts.missing(since))
        shown = [*await self.bot.store.drafts.open_drafts(), *await self.bot.store.drafts.ended_since(since)]
        for draft in shown:
            if draft.message_id is not None and not await self._is_finished(draft):
                self._desk.stale.add((draft.guild_id, draft.id))
        if not await self._place_all():
            self.look.keep_going()
        return True

    @periodic(retry=FIRST_WAIT, longest_retry=LONGEST_WAIT)
    async def look(self) -> bool:
        """Try again; stop where nothing is left."""
        return await self._place_all()

    async def _place_all(self) -> bool:
        """Say whether everything stands, or waits for somebody to name a channel."""
        try:
            done = [await self._repairs.try_again()]
            done += [await self._draft(*named) for named in sorted(self._undrafted)]
            done += [await self._place(draft) for draft in await self.bot.store.drafts.unplaced()]
            for guild_id, draft_id in sorted(self._desk.stale):
                await self._desk.show(guild_id, draft_id)
        except (UserError, ValueError, *DISCORD_FAULTS) as error:
            log.warning("what is unplaced could not be placed: %s", fault_name(error))
            return False
        return all(done) and not self._desk.stale

    async def _draft(self, guild_id: int, prompt_id: int) -> bool:
        """Make a closed prompt's draft, and place it. False where to try again may help."""
        try:
            draft = await self._desk.make_at_closing(await self.bot.store.prompts.get(guild_id, prompt_id))
        except (UserError, ValueError) as error:
            log.warning("closed prompt %s has no draft: %s", prompt_id, fault_name(error))
            if not isinstance(error, UserError) or error.public in NEVER:
                self._undrafted.discard((guild_id, prompt_id))
                return True
            self._undrafted.add((guild_id, prompt_id))
            return False
        self._undrafted.discard((guild_id, prompt_id))
        return draft is None or await self._place(draft)

    async def _place(self, draft: Draft) -> bool:
        """Publish a draft, where that is due, or post its card. False where to try again may help."""
        if self.bot.get_guild(draft.guild_id) is None:
            return True  # it is placed when Discord shows the server again
        try:
            if await self._is_finished(draft) or await self._is_published_at_once(draft):
                return True
            await self._desk.place(draft)
        except (UserError, ValueError, *DISCORD_FAULTS) as error:
            log.warning("draft %s could not be placed: %s", draft.id, fault_name(error))
            return isinstance(error, UserError) and error.public == NO_OFFICE and not await self._has_office(draft)
        return True

    async def _is_finished(self, draft: Draft) -> bool:
        try:
            return await self._publishing.finish(draft)
        except (UserError, ValueError, *DISCORD_FAULTS) as error:
            log.warning("draft %s could not be looked at: %s", draft.id, fault_name(error))
            return False

    async def _is_published_at_once(self, draft: Draft) -> bool:
        """Say whether it is published: where Discord refuses, a person sees the draft instead."""
        settings = await self.bot.store.settings.of(draft.guild_id)
        prompt = await self._desk.prompt_of(draft)
        if settings.publish != AT_ONCE or prompt.state is not PromptState.CLOSED:
            return False
        try:
            await self._publishing.publish_at_once(draft)
        except (UserError, *DISCORD_FAULTS) as error:
            if isinstance(error, StoreError) or is_unanswered(error):
                raise
            log.warning("draft %s could not be published at once: %s", draft.id, fault_name(error))
            return False
        return True

    async def _has_office(self, draft: Draft) -> bool:
        return (await self.bot.store.settings.of(draft.guild_id)).facilitators_channel_id is not None
