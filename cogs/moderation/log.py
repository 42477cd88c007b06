"""/moderation log: what facilitators and organisers did, page by page or as a file, for facilitators."""

from __future__ import annotations

import io

import discord
from discord import app_commands

from bot.client import Bot
from bot.models.actions import EXCLUDED, EXPORTED, EXPORTS, INCLUDED, PRIVATE_LEFT_OUT, PRIVATE_PUT_BACK
from bot.models.settings import GuildSettings
from cogs.core.access import facilitators_only, require_facilitator
from cogs.core.answers import defer_answer, defer_update
from cogs.core.routing import RoutedCog, route
from cogs.moderation.entries import Entry, codes, format_entries, log_card, log_table
from cogs.ui.pages import read_page_number

Interaction = discord.Interaction[Bot]
EVERYTHING, REPLIES, FILES = "everything", "replies", "exports"
FILTERS = {
    EVERYTHING: frozenset[str](),
    REPLIES: frozenset((EXCLUDED, INCLUDED, PRIVATE_LEFT_OUT, PRIVATE_PUT_BACK)),
    FILES: EXPORTS,
}
SHOW = [
    app_commands.Choice(name="Everything", value=EVERYTHING),
    app_commands.Choice(name="Replies left out or put back", value=REPLIES),
    app_commands.Choice(name="Exports", value=FILES),
]
FILE_NAME = "moderation-log.csv"
HERE_IT_IS = "Here is the log as a file. It holds reasons in people's words: delete it when you no longer need it."


class LogCommands(RoutedCog):
    """The part of /moderation that shows what was done."""

    @app_commands.command(description="See what was left out, removed, kept and exported: when, by whom and why")
    @app_commands.describe(show="Which entries; without it, everything", csv="True to get them as a file")
    @app_commands.choices(show=SHOW)
    @facilitators_only()
    async def log(self, interaction: Interaction, show: str = EVERYTHING, csv: bool = False) -> None:
        """Show the newest entries, or send all of them as a file."""
        await defer_answer(interaction)
        if csv:
            await self._send_file(interaction, show)
        else:
            await interaction.followup.send(
                view=log_card(await self._asked_for(interaction, show), 0, show), ephemeral=True
            )

    @route("moderation-log")
    async def turn_log_page(self, interaction: Interaction, page: str, show: str) -> None:
        """Show another page of the log."""
        await require_facilitator(interaction)
        await defer_update(interaction)
        listed = await self._asked_for(interaction, show)
        await interaction.edit_original_response(view=log_card(listed, read_page_number(page), show))

    @route("moderation-csv")
    async def press_csv(self, interaction: Interaction, show: str) -> None:
        """Send the entries as a file."""
        await require_facilitator(interaction)
        await defer_answer(interaction)
        await self._send_file(interaction, show)

    async def _send_file(self, interaction: Interaction, show: str) -> None:
        settings = await require_facilitator(interaction)
        # First, so that the file holds the line of its own making.
        await self.bot.store.audit_log.note(
            settings.guild_id, EXPORTED, FILE_NAME, user_id=interaction.user.id, now=discord.utils.utcnow()
        )
        table = log_table(await self._entries(interaction, settings, show), settings.time_zone)
        file = discord.File(io.BytesIO(table), FILE_NAME)
        await interaction.followup.send(HERE_IT_IS, file=file, ephemeral=True)

    async def _asked_for(self, interaction: Interaction, show: str) -> tuple[Entry, ...]:
        return await self._entries(interaction, await require_facilitator(interaction), show)

    async def _entries(self, interaction: Interaction, settings: GuildSettings, show: str) -> tuple[Entry, ...]:
        """Read the entries that were asked for; codes are dealt over all, so that they agree between the choices."""
        store, guild_id = self.bot.store, settings.guild_id
        actions = await store.audit_log.of_guild(guild_id)
        me = (await store.people.of(guild_id, interaction.user.id)).person
        questions = {each.prompt.id: each.prompt.wording.question for each in await store.prompts.of_guild(guild_id)}
        only = FILTERS.get(show, FILTERS[EVERYTHING])
        wanted = [action for action in actions if not only or action.action in only]
        return format_entries(wanted, codes(actions, me), questions)
