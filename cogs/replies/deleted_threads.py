"""Threads that Discord no longer has: their replies are held back, and erased after 30 days unless they are kept."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

import discord
from discord.abc import GuildChannel
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import fault_name
from bot.merged_events import ERASURES_APART
from bot.models.prompts import Prompt, PromptState, WatchedPrompt
from bot.models.reports import Button, NewReport, ReportKind
from bot.prompts.retention import NOTICE, format_erasure_day
from bot.prompts.texts import quote_question
from bot.store import StoreError
from bot.store.replies.gone_threads import format_gone_key
from bot.text.words import plural
from cogs.core.report_messages import find_report
from cogs.core.reports import deliver_reports, keep_report, report
from cogs.ui.parts import custom_id

log = logging.getLogger(__name__)

KEEP = "Keep replies"
CARD_DELETED = (
    "The card of {question} in <#{channel}> was deleted. No reply is lost: the bot still collects what people write "
    "in <#{thread}>. The Reply button went with the card."
)
THREAD_DELETED = "The thread of {question} was deleted. {what_now}"
HELD_BACK = (
    "New summaries leave out its {replies}, and the bot erases them on {date}. To keep them, press “Keep replies” "
    "before then, here or in /prompt list, and say why."
)
KEPT = "Its {replies} won’t be erased because of that, and summaries use them again. A facilitator gave a reason."
ERASED = "The bot erased {replies} to {question}. The thread was deleted more than 30 days ago, and nobody kept them."


class DeletedThreads(commands.Cog):
    """Notes what was deleted, and tells the facilitators."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Tell of threads that were noted as deleted and never told of."""
        await tell_gone(self.bot)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Note a thread that was deleted."""
        prompt = self.bot.watch.of_thread(payload.thread_id)
        if prompt is not None:
            await note_gone(self.bot, prompt, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        """Note a channel that was deleted, and every thread in it, also those that Discord does not name."""
        now = discord.utils.utcnow()
        for prompt in self.bot.watch.of_channel(channel.id):
            await note_gone(self.bot, prompt, now)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Tell of a card that was deleted, if it was one."""
        await self._card_deleted(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Tell of cards that were deleted among other messages."""
        for message_id in payload.message_ids:
            await self._card_deleted(message_id)

    async def _card_deleted(self, message_id: int) -> None:
        prompt = self.bot.watch.of_card(message_id)
        if prompt is None or prompt.message_id != message_id or prompt.gone_at is not None:
            return
        whole = await self.bot.store.prompts.get(prompt.guild_id, prompt.id)
        await report(
            self.bot,
            prompt.guild_id,
            CARD_DELETED.format(question=quote_question(whole), channel=prompt.channel_id, thread=prompt.thread_id),
            key=f"card:{message_id}",
        )


async def tell_gone(bot: Bot) -> None:
    """Tell of deleted threads of which nobody was told: their replies are not erased before."""
    for prompt in await bot.store.prompts.gone_untold():
        _, held = await bot.store.replies.count(prompt.id)
        await keep_report(bot, _gone_report(prompt, held))
        await deliver_reports(bot, prompt.guild_id)


async def erase_gone(bot: Bot, now: datetime) -> None:
    """Erase the replies of threads that went, 30 days after facilitators were told."""
    await tell_gone(bot)
    for prompt in await bot.store.prompts.gone(now - NOTICE):
        _, held = await bot.store.replies.count(prompt.id)
        if held:  # kept before the erasing, so that a kill in between loses neither
            await keep_report(bot, _erased_report(prompt, held))
        private = await bot.store.private.erase_prompt(prompt.id)
        erased = await bot.store.replies.erase_prompt(prompt.id)
        checked = await bot.store.checks.let_go(prompt.id, now)
        if erased or private or checked:
            bot.merged.apart(ERASURES_APART).dispatch("replies_erased", prompt.id)
        if checked:
            bot.dispatch("check_changed")
        if not erased:
            continue
        log.info("erased %d replies of prompt %s", erased, prompt.id)
        await deliver_reports(bot, prompt.guild_id)


async def note_gone(bot: Bot, prompt: WatchedPrompt, now: datetime) -> None:
    """Hold the replies of a deleted thread back, and tell the facilitators, once. Repeating it changes nothing."""
    watched = bot.watch.of_thread(prompt.thread_id or 0)
    if watched is None or watched.gone_at is not None:
        return
    # Before the first await, so that the deletions of a channel and of its thread are told as one.
    bot.watch.add(replace(watched, gone_at=now, state=PromptState.CLOSED))
    try:
        _, held = await bot.store.replies.count(prompt.id)
        whole = await bot.store.prompts.get(prompt.guild_id, prompt.id)
        noted = await bot.store.prompts.note_gone(whole, now, _gone_report(whole, held))
    except StoreError as error:
        bot.watch.add(watched)  # so that the next reading of the thread finds out again
        log.warning("a deleted thread could not be noted: %s", fault_name(error))
        return
    bot.watch.add(noted)
    bot.dispatch("prompt_over", prompt.id)
    await deliver_reports(bot, prompt.guild_id)


def _gone_report(prompt: Prompt, held: int) -> NewReport:
    what_now = HELD_BACK.format(replies=plural(held, "reply", "replies"), date=format_erasure_day())
    text = THREAD_DELETED.format(question=quote_question(prompt), what_now=what_now if held else "It held no replies.")
    keep = (_keep_button(prompt),) if held else ()
    key = format_gone_key(prompt)
    return NewReport(prompt.guild_id, key, text, keep, kind=ReportKind.GONE, prompt_ids=(prompt.id,))


async def show_kept(bot: Bot, prompt: Prompt) -> None:
    """Let the report about a deleted thread say that its replies are kept, without the button.

    Whoever kept them may have done so elsewhere. Raises Discord's faults.
    """
    told = await find_report(bot, prompt.guild_id, _keep_button(prompt))
    if told is None:
        return
    _, held = await bot.store.replies.count(prompt.id)
    what_now = KEPT.format(replies=plural(held, "reply", "replies"))
    text = THREAD_DELETED.format(question=quote_question(prompt), what_now=what_now)
    await told.edit(content=text, view=None)


def _keep_button(prompt: Prompt) -> Button:
    return Button(KEEP, custom_id("prompt-keep", prompt.id))


def _erased_report(prompt: Prompt, held: int) -> NewReport:
    text = ERASED.format(replies=plural(held, "reply", "replies"), question=quote_question(prompt))
    return NewReport(prompt.guild_id, f"erased:{prompt.id}:{prompt.gone_at}", text)
