"""The card of a prompt as it is now: who has written so far, and what the board answered last."""

from __future__ import annotations

from discord import ui

from bot.client import Bot
from bot.models.prompts import Prompt
from bot.text.links import message_link
from cogs.prompts.card import CardFacts, prompt_card


async def current_card(bot: Bot, prompt: Prompt) -> ui.LayoutView:
    """Draw the card of a prompt with what is true of it now."""
    settings = await bot.store.settings.of(prompt.guild_id)
    writers, _ = await bot.store.replies.count(prompt.id)
    return prompt_card(prompt, CardFacts(settings.time_zone, writers, await _link_answers(bot, prompt)))


async def _link_answers(bot: Bot, prompt: Prompt) -> str:
    """Return the address of the series' card of outcomes, once the board has answered something; else empty."""
    if prompt.series_id is None:
        return ""
    told = await bot.store.outcomes.card(prompt.series_id)
    if told is None or told.message_id is None:
        return ""
    prompts = {counted.prompt.id for counted in await bot.store.prompts.of_series(prompt.series_id)}
    if not await bot.store.outcomes.of_prompts(prompt.guild_id, prompts):
        return ""
    return message_link(prompt.guild_id, told.channel_id, told.message_id)
