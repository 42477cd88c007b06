"""The desk of drafts: make them, change them one after the other, and keep their cards true."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

import discord

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.reviews import Change, Draft, DraftState
from bot.services.summaries.drafts import change_draft, open_draft, prompt_of_draft, renew_draft, repair_draft
from bot.services.summaries.generation import summarise_prompt
from bot.services.summaries.published_summaries import newest_id_read
from bot.text.links import link_words, message_link
from cogs.core.access import require_facilitator
from cogs.core.history import has_custom_id
from cogs.core.posts import change_message, make_nonce, post_once
from cogs.review.draft_card import ENDED, draft_card
from cogs.ui.pages import id_from
from cogs.ui.parts import custom_id

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Bot]
NO_OFFICE = (
    "There’s no facilitators’ channel to show the draft in. Someone who manages the server can set one with /setup."
)
MAY_NOT = (
    "The bot isn’t allowed to write in <#{channel}>, so the draft has no card. Give its role View Channels and Send "
    "Messages there."
)
NO_ANSWER = (
    "Discord didn’t answer, so the draft has no card yet. It’s saved, and the bot will post its card in the "
    "facilitators’ channel as soon as Discord answers."
)


def name_draft(draft: Draft) -> str:
    """Say where the card of a draft is."""
    link = link_words("The draft", message_link(draft.guild_id, draft.channel_id, draft.message_id))
    return f"{link} is in the facilitators’ channel."


class DraftDesk:
    """Everything that the cogs of the review do with drafts. It remembers nothing: the database holds them."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        # Changes and repairs of a draft take turns, so that each sees what the one before it left.
        self.turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.stale: set[tuple[int, int]] = set()
        """The drafts whose card could not be changed: their servers and their own ids."""
        self._making: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def named(self, interaction: Interaction, draft_id: str) -> Draft:
        """Return the draft that a custom_id names, for facilitators of its own server. Raises UserError for others."""
        settings = await require_facilitator(interaction)
        return await self.bot.store.drafts.get(settings.guild_id, id_from(draft_id, "draft"))

    async def prompt_of(self, draft: Draft) -> Prompt:
        """Return the prompt that a draft sums up."""
        return await prompt_of_draft(self.bot.store, draft)

    async def make(self, prompt: Prompt) -> Draft:
        """Return the open draft of a prompt; make it where there is none. Raises UserError where it cannot be made."""
        async with self._making[prompt.id]:
            now = discord.utils.utcnow()
            return await self._open(prompt, now, waits=False)

    async def make_at_closing(self, prompt: Prompt) -> Draft | None:
        """Return the draft of a closed prompt as ``make`` does; None where one has ended since the closing."""
        async with self._making[prompt.id]:
            drafts, now = self.bot.store.drafts, discord.utils.utcnow()
            # In this order: what was open a moment ago, and is published by now, is found by the second question.
            draft = await drafts.of_prompt(prompt.id)
            if draft is None and await drafts.has_ended(prompt.id, prompt.closed_at or now):
                return None
            return draft or await self._open(prompt, now, waits=True)

    async def _open(self, prompt: Prompt, now: datetime, *, waits: bool) -> Draft:
        bot = self.bot
        return await open_draft(bot.store, bot.worker, prompt, now, bot.summary_aids(prompt.guild_id), waits=waits)

    async def place(self, draft: Draft) -> Draft:
        """Post a draft's card in the facilitators' channel, unless it is there. Raises UserError."""
        async with self.turns[draft.id]:
            draft = await self.bot.store.drafts.get(draft.guild_id, draft.id)
            if draft.state is not DraftState.OPEN:
                return draft
            try:
                return draft if await self.refresh(draft) else await self._post(draft)
            except DISCORD_FAULTS as error:
                log.warning("draft %s has no card yet: %s", draft.id, fault_name(error))
                self.bot.dispatch("posting_waits")
                raise UserError(NO_ANSWER) from None

    async def change(self, interaction: Interaction, draft_id: int, make: Callable[[Draft], Change]) -> Draft:
        """Make a change out of the draft as it is now, and record it. Raises UserError where it no longer fits."""
        guild_id = interaction.guild_id or 0
        async with self.turns[draft_id]:
            draft = require_open(await self.bot.store.drafts.get(guild_id, draft_id))
            now, what = discord.utils.utcnow(), make(draft)
            return await change_draft(self.bot.store, draft, interaction.user.id, what, now)

    async def refresh(self, draft: Draft, page: int = 0) -> bool:
        """Show a draft as it is now on its card. Returns False where it has none now."""
        if draft.channel_id is None or draft.message_id is None:
            return False
        card = draft_card(draft, await self._question(draft), page)
        try:
            await change_message(self.bot, draft.guild_id, draft.channel_id, draft.message_id, card)
        except discord.NotFound:
            return False
        except DISCORD_FAULTS as error:
            log.warning("the card of draft %s could not be changed: %s", draft.id, fault_name(error))
            self.stale.add((draft.guild_id, draft.id))
            self.bot.dispatch("posting_waits")
        else:
            self.stale.discard((draft.guild_id, draft.id))
        return True

    async def show(self, guild_id: int, draft_id: int) -> None:
        """Let the card of a draft say what is so now. A card that was deleted stays away."""
        async with self.turns[draft_id]:
            self.stale.discard((guild_id, draft_id))
            await self.refresh(await self.bot.store.drafts.get(guild_id, draft_id))

    async def repair(self, draft_id: int, guild_id: int) -> Draft:
        """Take out of an open draft what is held no longer; the draft as it is then."""
        async with self.turns[draft_id]:
            return await repair_draft(self.bot.store, guild_id, draft_id)

    async def renew(self, prompt_id: int) -> None:
        """Make the open draft of a prompt again from what may be read now, unless somebody has changed it."""
        draft = await self.bot.store.drafts.of_prompt(prompt_id)
        if draft is None or draft.changes:
            return
        prompt = await self.prompt_of(draft)
        aids = self.bot.summary_aids(prompt.guild_id)
        findings = await summarise_prompt(self.bot.store, self.bot.worker, prompt, aids, waits=True)
        async with self.turns[draft.id]:
            renewed = await renew_draft(self.bot.store, draft, findings)
            if renewed is not None:
                await self.refresh(renewed)

    async def _post(self, draft: Draft) -> Draft:
        settings = await self.bot.store.settings.of(draft.guild_id)
        channel = self.bot.get_channel(settings.facilitators_channel_id or 0)
        if not isinstance(channel, discord.TextChannel):
            raise UserError(NO_OFFICE)
        prompt = await self.prompt_of(draft)
        card, after = draft_card(draft, prompt.wording.question), newest_id_read(prompt, draft.held)
        try:
            message_id = await post_once(
                self.bot,
                channel,
                has_custom_id(custom_id("review-publish", draft.id)),
                lambda nonce: channel.send(view=card, nonce=nonce),
                make_nonce("draft", channel.id, draft.id, draft.made_at, draft.message_id),
                since=discord.utils.snowflake_time(after),
                after=after,
                # What it reads may have gone since.
                renew=lambda sent: change_message(self.bot, draft.guild_id, channel.id, sent.id, card),
            )
        except discord.Forbidden:
            raise UserError(MAY_NOT.format(channel=settings.facilitators_channel_id)) from None
        return await self.bot.store.drafts.note_placed(draft.id, channel_id=channel.id, message_id=message_id)

    async def _question(self, draft: Draft) -> str:
        return (await self.prompt_of(draft)).wording.question


def require_open(draft: Draft) -> Draft:
    """Return the draft, if it can still be changed. Raises UserError for one that was published or set aside."""
    if draft.state is not DraftState.OPEN:
        raise UserError(ENDED[draft.state])
    return draft
