"""Keep open drafts true to the replies that are held: what was taken back or reworded leaves them at once."""

from __future__ import annotations

import logging
from datetime import timedelta

from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import fault_name
from bot.errors import UserError
from bot.models.reviews import Draft
from bot.services.replies.readable_replies import find_batch
from bot.store import StoreError
from cogs.core.loops import PeriodicCog, periodic
from cogs.review.desk import DraftDesk

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=1)


class DraftRepairs(PeriodicCog):
    """Repairs drafts, and their cards."""

    def __init__(self, bot: Bot, desk: DraftDesk) -> None:
        self.bot = bot
        self._desk = desk

    @commands.Cog.listener()
    async def on_replies_erased(self, prompt_id: int) -> None:
        """Replies to a prompt were erased or reworded, and this is committed: words taken out must leave drafts."""
        await self._repair_of(prompt_id)

    @commands.Cog.listener()
    async def on_replies_excluded(self, prompt_id: int) -> None:
        """Hear that a reply to a prompt was left out of summaries, or put back."""
        await self._repair_of(prompt_id)
        await self._renew(prompt_id)

    @commands.Cog.listener()
    async def on_private_let_in(self, batch_id: int) -> None:
        """Hear that what summaries may read of a batch of private replies has changed."""
        batch = await find_batch(self.bot.store, [guild.id for guild in self.bot.guilds], batch_id)
        if batch is not None:
            await self._repair_of(batch.prompt_id)
            await self._renew(batch.prompt_id)

    @commands.Cog.listener()
    async def on_prompt_closed(self, prompt_id: int) -> None:
        """Hear that a prompt was closed: what people pressed is counted now, and a draft from before shows it."""
        await self._repair_of(prompt_id)
        if await self._is_from_before_closing(prompt_id):
            await self._renew(prompt_id)

    @commands.Cog.listener()
    async def on_quotes_changed(self, prompt_id: int) -> None:
        """Hear that somebody who answered a prompt said whether they may be quoted: its open draft follows."""
        await self._repair_of(prompt_id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Repair what was cut short, or was erased while nobody listened."""
        self.repair_all.wake()

    @periodic(retry=RETRY)
    async def repair_all(self) -> bool:
        """Repair every open draft."""
        for draft in await self.bot.store.drafts.open_drafts():
            await self._repair(draft)
        return True

    async def _repair_of(self, prompt_id: int) -> None:
        """Repair the open draft of a prompt; where the database cannot be used just now, all of them later."""
        try:
            draft = await self.bot.store.drafts.of_prompt(prompt_id)
            if draft is not None:
                await self._repair(draft)
        except (UserError, ValueError) as error:
            log.warning("the draft of prompt %s could not be repaired: %s", prompt_id, fault_name(error))
            if isinstance(error, StoreError):
                self.repair_all.keep_going()

    async def _is_from_before_closing(self, prompt_id: int) -> bool:
        """Say whether a prompt's open draft was made while people could press still."""
        prompt = self.bot.watch.of_prompt(prompt_id)
        try:
            draft = await self.bot.store.drafts.of_prompt(prompt_id)
        except StoreError as error:
            log.warning("the draft of prompt %s could not be read: %s", prompt_id, fault_name(error))
            return False
        closed_at = None if prompt is None else prompt.closed_at
        return draft is not None and closed_at is not None and draft.made_at < closed_at

    async def _renew(self, prompt_id: int) -> None:
        """Let a draft that nobody has changed read what may be read now."""
        try:
            await self._desk.renew(prompt_id)
        except (UserError, ValueError) as error:
            log.warning("the draft of prompt %s could not be made again: %s", prompt_id, fault_name(error))

    async def _repair(self, draft: Draft) -> None:
        repaired = await self._desk.repair(draft.id, draft.guild_id)
        if repaired.summary != draft.summary:
            await self._desk.refresh(repaired)
