"""/summary draft and objections, which belong to the cog of /summary."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from cogs.core.access import facilitators_only, organisers_only, server
from cogs.core.answers import defer_answer
from cogs.core.routing import RoutedCog
from cogs.prompts.autocomplete import find_chosen_prompt
from cogs.review.desk import DraftDesk, name_draft
from cogs.review.objection_cards import objections_card
from cogs.summaries.autocomplete import prompt_choices

PROMPT = "Which prompt: type words from its question or report; if you leave this out, the thread you’re in"


class DraftCommands(RoutedCog):
    """The part of /summary that starts a review."""

    desk: DraftDesk

    @app_commands.command(description="Draft a summary for facilitators to check before it’s published")
    @app_commands.describe(prompt=PROMPT)
    @app_commands.autocomplete(prompt=prompt_choices)
    @organisers_only()
    async def draft(self, interaction: discord.Interaction[Bot], prompt: str | None = None) -> None:
        """Make the open draft of a prompt, or find it, and say where it is."""
        await defer_answer(interaction)
        draft = await self.desk.place(await self.desk.make(await find_chosen_prompt(interaction, prompt)))
        await interaction.followup.send(name_draft(draft), ephemeral=True)

    @app_commands.command(description="List what people say published summaries got wrong, still to be settled")
    @facilitators_only()
    async def objections(self, interaction: discord.Interaction[Bot]) -> None:
        """List the answers that wait."""
        await defer_answer(interaction)
        waiting = await self.bot.store.objections.waiting(server(interaction).id)
        await interaction.followup.send(view=objections_card(waiting, 0), ephemeral=True)
