"""Publishes a draft: shown once more with what is not confirmed, then posted in the thread and where /setup says."""

from __future__ import annotations

import logging
from datetime import timedelta

import discord
from discord import ui
from discord.ext import commands

from bot.client import DISCORD_FAULTS, Bot
from bot.dates import closing_date_text
from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.reviews import Draft
from bot.models.summaries import Summary
from bot.store import StoreError
from bot.summaries.published import for_staff
from bot.summaries.stored_replies import private_id
from cogs.routing import RoutedCog, acknowledge, routed
from cogs.summaries.making import Findings
from cogs.summaries.readable import readable
from cogs.summaries.review.asking import WITH, publish_card
from cogs.summaries.review.desk import Desk, Interaction, require_open
from cogs.summaries.review.layout import card
from cogs.summaries.shared import SharedSummaries

log = logging.getLogger(__name__)

AT_ONCE = "at once"
CHANGED = "The draft was changed since you pressed Publish. Look at it again, then publish."
CUT_SHORT = timedelta(days=2)
"""How long ago a prompt without a draft was closed at most, for its draft to be made at a start."""
NOT_ANNOUNCED = " I could not post it in <#{channel}>: give my role View Channels and Send Messages there."


class Publishing(RoutedCog):
    """The way of a draft to staff."""

    def __init__(self, bot: Bot, desk: Desk, shared: SharedSummaries) -> None:
        super().__init__(bot)
        self._desk = desk
        self._shared = shared

    @routed("review-publish")
    async def ask(self, interaction: Interaction, draft_id: str) -> None:
        """Show what would be published, and what nobody confirmed."""
        await acknowledge(interaction)
        named = require_open(await self._desk.named(interaction, draft_id))
        draft = await self._desk.repair(named.id, named.guild_id)
        await interaction.edit_original_response(view=await self._asking(draft))

    @routed("review-publish-now")
    async def publish(self, interaction: Interaction, draft_id: str, changes: str, others: str) -> None:
        """Publish a draft as the person saw it."""
        await acknowledge(interaction)
        named = require_open(await self._desk.named(interaction, draft_id))
        draft = await self._desk.repair(named.id, named.guild_id)
        if str(draft.changes) != changes:
            await interaction.edit_original_response(view=await self._asking(draft, CHANGED))
            return
        async with self._desk.turns[draft.id]:
            draft = require_open(await self._desk.named(interaction, draft_id))
            findings = await self._findings(draft, for_staff(draft.summary, with_others=others == WITH))
            message = await self._post(draft, findings)
        said = f"Published: {message.jump_url}{await self._announce(draft, findings)}"
        await interaction.edit_original_response(view=card([said]))

    @commands.Cog.listener()
    async def on_prompt_closed(self, prompt_id: int) -> None:
        """A prompt was closed: make its draft, and publish it where /setup says so."""
        prompt = self.bot.watch.of_prompt(prompt_id)
        if prompt is not None:
            await self._draft_of(prompt)

    async def _draft_of(self, prompt: Prompt) -> None:
        try:
            draft = await self._desk.make(prompt)
            settings = await self.bot.store.settings.of(prompt.guild_id)
            if settings.publish != AT_ONCE or not await self._publish_at_once(draft):
                await self._desk.place(draft)
        except (UserError, ValueError, *DISCORD_FAULTS) as error:
            log.warning("closed prompt %s has no draft: %s", prompt.id, type(error).__name__)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Make the drafts of prompts whose closing was cut short, or whose draft could not be made."""
        try:
            missing = await self.bot.store.drafts.missing(discord.utils.utcnow() - CUT_SHORT)
        except StoreError as error:
            log.warning("missing drafts could not be read: %s", type(error).__name__)
            return
        for guild_id, prompt_id in missing:
            await self._draft_of(await self.bot.store.prompts.get(guild_id, prompt_id))

    async def _publish_at_once(self, draft: Draft) -> bool:
        """Publish a draft that nobody looked at; False where Discord refused, so that a person sees the draft."""
        async with self._desk.turns[draft.id]:
            findings = await self._findings(draft, draft.summary)
            try:
                await self._post(draft, findings)
            except (UserError, *DISCORD_FAULTS) as error:
                log.warning("draft %s could not be published at once: %s", draft.id, type(error).__name__)
                return False
            await self._announce(draft, findings)
        return True

    async def _asking(self, draft: Draft, note: str = "") -> ui.LayoutView:
        prompt = await self._desk.prompt_of(draft)
        announced = (await self.bot.store.settings.of(draft.guild_id)).announcements_channel_id
        places = [f"<#{prompt.thread_id}>", *([f"<#{announced}>"] if announced else [])]
        return publish_card(draft, places, note)

    async def _findings(self, draft: Draft, summary: Summary) -> Findings:
        """The summary with the replies that the draft read, as far as they are still held."""
        prompt = await self._desk.prompt_of(draft)
        read = await readable(self.bot, prompt.id, prompt.guild_id)
        replies = tuple(reply for reply in read.replies if str(reply.id) in draft.held)
        private = tuple(reply for reply in read.private if private_id(reply) in draft.held)
        return Findings(prompt, replies, summary, private)

    async def _post(self, draft: Draft, findings: Findings) -> discord.Message:
        """Post in the thread, then end the draft. Where the posting fails, the draft stays open.

        What was posted before a crash, and not noted on the draft, is not posted again.
        """
        message = await self._shared.standing(findings, draft.changes)
        if message is None:
            message = await self._shared.share(findings, await self._today(draft), changes=draft.changes)
        published = await self.bot.store.drafts.published(draft, discord.utils.utcnow())
        await self._desk.refresh(published)
        self.bot.dispatch("summary_published", draft.prompt_id)
        return message

    async def _announce(self, draft: Draft, findings: Findings) -> str:
        """Post in the announcements channel too; what to say where that was refused."""
        channel_id = (await self.bot.store.settings.of(draft.guild_id)).announcements_channel_id
        if channel_id is None:
            return ""
        try:
            await self._shared.share(findings, await self._today(draft), changes=draft.changes, channel_id=channel_id)
        except (UserError, *DISCORD_FAULTS):
            return NOT_ANNOUNCED.format(channel=channel_id)
        return f" It is in <#{channel_id}> too."

    async def _today(self, draft: Draft) -> str:
        settings = await self.bot.store.settings.of(draft.guild_id)
        return closing_date_text(discord.utils.utcnow(), settings.time_zone)
