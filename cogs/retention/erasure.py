"""Erases the replies whose time is over, and shows what stays of their summaries and drafts."""

from __future__ import annotations

import logging
from datetime import datetime

import discord

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.merged_events import ERASURES_APART
from bot.prompts.retention import NOTICE, KeptPrompt
from bot.store.erasure.retention import DraftCard
from bot.text.dates import format_local_date
from cogs.core.posts import change_message
from cogs.review.draft_card import draft_card

log = logging.getLogger(__name__)


async def erase_due(bot: Bot, now: datetime) -> None:
    """Erase the replies to each prompt whose time is over."""
    due = [keeping for keeping in await bot.store.retention.keeping() if keeping.is_over(now)]
    if due and bot.store.inbox.fault is None:
        await bot.store.inbox.flush()
    for keeping in due:
        await _erase(bot, keeping, now)


async def show_again(bot: Bot, now: datetime) -> None:
    """Show without words what may still be in Discord with them, for a month; then it counts as out of reach."""
    for prompt_id in await bot.store.retention.erased_since(now - NOTICE):
        # Its shared summaries are shown again, where that is not done yet.
        bot.merged.apart(ERASURES_APART).dispatch("replies_erased", prompt_id)
    for card in await bot.store.retention.draft_cards():
        await _clear(bot, card)


async def _erase(bot: Bot, keeping: KeptPrompt, now: datetime) -> None:
    prompt = keeping.prompt
    settings = await bot.store.settings.of(prompt.guild_id)
    erased = await bot.store.retention.erase(prompt.id, format_local_date(now, settings.time_zone), now)
    if erased is not None:
        bot.watch.drop(prompt)
        bot.dispatch("check_changed")  # its checks have ended
        log.info("erased %d replies of prompt %s, whose time was over", erased, prompt.id)


async def _clear(bot: Bot, card: DraftCard) -> None:
    """Show that a draft was set aside, where its card shows its points."""
    draft = await bot.store.drafts.get(card.guild_id, card.draft_id)
    prompt = await bot.store.prompts.get(card.guild_id, draft.prompt_id or 0)
    place = (card.guild_id, card.channel_id, card.message_id)
    try:
        await change_message(bot, *place, draft_card(draft, prompt.wording.question))
    except discord.NotFound:
        pass
    except DISCORD_FAULTS as error:
        log.warning("the card of draft %s could not be changed: %s", card.draft_id, fault_name(error))
        return
    await bot.store.retention.note_shown(card)
