"""The log of /moderation: what facilitators and organisers did, page by page or as a file, for facilitators."""

from __future__ import annotations

import io

import discord

from bot.client import Bot
from bot.models.actions import EXCLUDED, EXPORTED, EXPORTS, INCLUDED, PRIVATE_LEFT_OUT, PRIVATE_PUT_BACK
from bot.models.settings import GuildSettings
from cogs.core.access import require_facilitator
from cogs.core.answers import acknowledge, defer_answer, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.moderation.entries import (
    EVERYTHING,
    FILES,
    REPLIES,
    SHOW,
    Entry,
    format_entries,
    log_card,
    log_table,
    number_people,
)
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import read_page_number

Interaction = discord.Interaction[Bot]
FILTERS = {
    EVERYTHING: frozenset[str](),
    REPLIES: frozenset((EXCLUDED, INCLUDED, PRIVATE_LEFT_OUT, PRIVATE_PUT_BACK)),
    FILES: EXPORTS,
}
FILE_NAME = "moderation-log.csv"
HERE_IT_IS = "Here’s the log as a file. It has reasons in people’s own words, so delete it when you no longer need it."


class LogRoutes(RoutedCog):
    """The part of /moderation that shows what was done."""

    @route("moderation-log")
    async def turn_log_page(self, interaction: Interaction, page: str, show: str) -> None:
        """Show a page of the log."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        only = show if show in SHOW else EVERYTHING
        listed = await self.entries(interaction, settings, only)
        await show_privately(interaction, log_card(listed, read_page_number(page), only))

    @route("moderation-log-only")
    async def choose_entries(self, interaction: Interaction) -> None:
        """Show the log's entries of the kind that was chosen."""
        (show,) = read_chosen_values(interaction)
        await self.turn_log_page(interaction, "0", show)

    @route("moderation-csv")
    async def press_csv(self, interaction: Interaction, show: str) -> None:
        """Send the entries as a file."""
        settings = await require_facilitator(interaction)
        await defer_answer(interaction)
        # First, so that the file holds the line of its own making.
        await self.bot.store.audit_log.note(
            settings.guild_id, EXPORTED, FILE_NAME, user_id=interaction.user.id, now=discord.utils.utcnow()
        )
        table = log_table(await self.entries(interaction, settings, show), settings.time_zone)
        file = discord.File(io.BytesIO(table), FILE_NAME)
        await interaction.followup.send(HERE_IT_IS, file=file, ephemeral=True)

    async def entries(self, interaction: Interaction, settings: GuildSettings, show: str) -> tuple[Entry, ...]:
        """Read the entries that were asked for; codes are dealt over all, so that they agree between the choices."""
        store, guild_id = self.bot.store, settings.guild_id
        actions = await store.audit_log.of_guild(guild_id)
        me = (await store.people.of(guild_id, interaction.user.id)).person
        questions = {each.prompt.id: each.prompt.wording.question for each in await store.prompts.of_guild(guild_id)}
        only = FILTERS.get(show, FILTERS[EVERYTHING])
        wanted = [action for action in actions if not only or action.action in only]
        return format_entries(wanted, number_people(actions, me), questions)
