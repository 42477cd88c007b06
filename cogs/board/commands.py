"""/summary board and show, which belong to the cog of /summary."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.board.html import board_files
from bot.client import Bot
from bot.models.prompts import Series
from bot.services.board_papers import find_named_point, note_paper, prepare_paper, refuse_unready
from bot.services.readable_replies import link_replies
from bot.worker_turns import JobKind, Turn
from cogs.board.forms import board_form, read_ask, read_template
from cogs.board.point_card import point_card
from cogs.core.access import organisers_only, require_organiser, server
from cogs.core.answers import defer_answer, open_form
from cogs.core.routing import RoutedCog, route
from cogs.prompts.autocomplete import find_chosen_series
from cogs.summaries.autocomplete import series_choices
from cogs.summaries.exports import attachable
from cogs.ui.forms import form_values

READY = (
    "Here is the board paper as a Word file and as a page, with its data as two tables. It shows what people confirmed "
    "and quotes only those who said yes. These files are copies: when somebody takes a reply back, they do not change. "
    "Delete them when you no longer need them."
)


class BoardCommands(RoutedCog):
    """The part of /summary that goes to a board, and back from it."""

    @app_commands.command(description="Make the board paper of a series, as files; only you see them")
    @app_commands.describe(series="Which series; without it, your only series")
    @app_commands.autocomplete(series=series_choices)
    @organisers_only()
    async def board(self, interaction: discord.Interaction[Bot], series: str | None = None) -> None:
        """Open the form, or tell what must be done before."""
        chosen = await _choose_series(interaction, series)
        await refuse_unready(self.bot.store, chosen)
        await open_form(interaction, board_form(chosen.id))

    @app_commands.command(description="See what a reference of a board paper stands for, such as P12-3")
    @app_commands.describe(reference="The reference, as it stands in the paper")
    @organisers_only()
    async def show(self, interaction: discord.Interaction[Bot], reference: app_commands.Range[str, 1, 60]) -> None:
        """Show a point with its counts and links."""
        await defer_answer(interaction)
        ref, prompt, record = await find_named_point(self.bot.store, server(interaction).id, reference)
        links = link_replies(prompt, await self.bot.store.replies.held(prompt.id))
        await interaction.followup.send(view=point_card(ref, record, links), ephemeral=True)

    @route("board-form")
    async def make_board_paper(self, interaction: discord.Interaction[Bot], series_id: str) -> None:
        """Make the files in the worker, note the export, and send them to the asker."""
        await require_organiser(interaction)
        await defer_answer(interaction)
        series = await find_chosen_series(interaction, series_id)
        values = form_values(interaction)
        template = await read_template(interaction)
        now = discord.utils.utcnow()
        source = await prepare_paper(self.bot.store, series, read_ask(values), now)
        # A template may be hostile. It waits however many wait, since a refusal would lose what was typed in the form.
        turn = Turn(series.guild_id, JobKind.SUMMARY if template is None else JobKind.FILE, waits=True)
        files = attachable(await self.bot.worker.call_for(turn, board_files, source, template))
        await note_paper(self.bot.store, series, [file.filename for file in files], now, user_id=interaction.user.id)
        await interaction.followup.send(READY, files=files, ephemeral=True)


async def _choose_series(interaction: discord.Interaction[Bot], value: str | None) -> Series:
    """Return the series that the option names; without it, the only one, which has often ended by then."""
    known = await interaction.client.store.series.of_guild(server(interaction).id)
    return known[0] if value is None and len(known) == 1 else await find_chosen_series(interaction, value)
