"""/summary board and show, which belong to the cog of /summary, and the files that the paper's card makes."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.board.follow_up_files import follow_up_files
from bot.board.html import board_files
from bot.board.left_out import describe_left_out
from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Series
from bot.services.board_papers import find_named_point, note_paper, prepare_follow_up, prepare_paper
from bot.services.paper_fields import change_fields, is_summary_old, read_fields
from bot.services.replies.readable_replies import link_replies
from bot.summaries.output.export import ExportFile
from bot.worker_turns import JobKind, Turn
from cogs.board.forms import FOLLOW_UP_FIELDS, first_value, follow_up_form, read_template
from cogs.board.paper_card import OLD_SUMMARY
from cogs.board.paper_forms import PaperForms
from cogs.board.point_card import point_card
from cogs.core.access import organisers_only, require_organiser, server
from cogs.core.answers import defer_answer, open_form
from cogs.core.routing import route
from cogs.prompts.autocomplete import NO_SERIES, find_chosen_series, find_discussed_series, list_discussed_series
from cogs.summaries.autocomplete import series_choices
from cogs.summaries.exports import require_attachable
from cogs.ui.cards import card, sent_file_row
from cogs.ui.forms import form_values

Interaction = discord.Interaction[Bot]
COPIES = (
    "These files are copies: they don’t change when someone deletes a reply. Delete them when you no longer need them."
)
READY = (
    "Here’s the board paper, with its data in two tables. Read it before you send it on. It only quotes people who "
    f"said yes. {COPIES}"
)
LEFT_OUT = "### Not in the paper"
FOLLOW_UP_READY = f"Here’s the follow-up paper. {COPIES}"


class BoardCommands(PaperForms):
    """The part of /summary that goes to a board, and back from it."""

    @app_commands.command(description="Fill in and make the board paper for a series; only you see it")
    @app_commands.describe(series="Which series; not needed in a thread of it, or if you have only one")
    @app_commands.autocomplete(series=series_choices)
    @organisers_only()
    async def board(self, interaction: Interaction, series: str | None = None) -> None:
        """Show the paper's card: what is filled in, what is missing, and what must be done before."""
        await defer_answer(interaction)
        chosen = await find_discussed_series(interaction, series)
        await interaction.followup.send(view=await self._card(chosen), ephemeral=True)

    @app_commands.command(description="See what’s behind a reference in a board paper, such as P12-3")
    @app_commands.describe(reference="The reference, as the paper gives it")
    @organisers_only()
    async def show(self, interaction: Interaction, reference: app_commands.Range[str, 1, 60]) -> None:
        """Show a point with its counts and links."""
        await defer_answer(interaction)
        ref, prompt, record = await find_named_point(self.bot.store, server(interaction).id, reference)
        links = link_replies(prompt, await self.bot.store.replies.held(prompt.id))
        await interaction.followup.send(view=point_card(ref, record, links), ephemeral=True)

    @route("board-form")
    async def make_board_paper(self, interaction: Interaction, series_id: str) -> None:
        """Make the files in the worker, note the export, and send them to the asker."""
        await require_organiser(interaction)
        await defer_answer(interaction)
        series = await find_chosen_series(interaction, series_id)
        template = await read_template(interaction)
        fields = await read_fields(self.bot.store, series)
        source = await prepare_paper(self.bot.store, series, fields, discord.utils.utcnow())
        turn = _turn(series, template)
        made = await self.bot.worker.call_for(turn, board_files, source, template)
        lines = [f"- {line}" for line in await self.bot.worker.call_for(turn, describe_left_out, source, template)]
        notes = [OLD_SUMMARY] if await is_summary_old(self.bot.store, series, fields) else []
        await self._send_paper(interaction, series, made, [READY, *notes, *([LEFT_OUT, *lines] if lines else [])])

    @route("follow-up")
    async def ask_follow_up(self, interaction: Interaction) -> None:
        """Ask which series is followed up."""
        await require_organiser(interaction)
        known = await list_discussed_series(self.bot.store, server(interaction).id)
        if not known:
            raise UserError(NO_SERIES)
        await open_form(interaction, follow_up_form([(series.title, series.id) for series in known]))

    @route("follow-up-form")
    async def make_follow_up_paper(self, interaction: Interaction) -> None:
        """Make the follow-up paper of a series, note the export, and send it to the asker."""
        await require_organiser(interaction)
        await defer_answer(interaction)
        values = form_values(interaction)
        series = await find_chosen_series(interaction, first_value(values.get("series")))
        template = await read_template(interaction)
        typed = {name: first_value(values.get(name)) for name in FOLLOW_UP_FIELDS}
        fields = change_fields(await read_fields(self.bot.store, series), typed)
        source = await prepare_follow_up(self.bot.store, series, fields, discord.utils.utcnow())
        files = await self.bot.worker.call_for(_turn(series, template), follow_up_files, source, template)
        await self._send_paper(interaction, series, files, [FOLLOW_UP_READY])

    async def _send_paper(
        self, interaction: Interaction, series: Series, made: Sequence[ExportFile], told: Sequence[str]
    ) -> None:
        files = require_attachable(tuple(made))
        names = [file.filename for file in files]
        await note_paper(self.bot.store, series, names, discord.utils.utcnow(), user_id=interaction.user.id)
        view = card("\n".join(told), *map(sent_file_row, names), framed=False)
        await interaction.followup.send(view=view, files=files, ephemeral=True)


def _turn(series: Series, template: bytes | None) -> Turn:
    """Return the turn of a paper. A template may be hostile, and nobody who filled in a form is sent away."""
    return Turn(series.guild_id, JobKind.SUMMARY if template is None else JobKind.FILE, waits=True)
