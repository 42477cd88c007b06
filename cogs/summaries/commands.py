"""/summary: thread, series and export, for organisers; draft and objections come from the review."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import EXPORTED
from bot.models.prompts import Prompt
from bot.summaries.output.picture import Picture
from bot.text.dates import closing_date_text
from cogs.board.commands import BoardCommands
from cogs.core.access import organisers_only, require_organiser, server
from cogs.core.routing import routed
from cogs.prompts.autocomplete import chosen_prompt
from cogs.review.commands import DraftCommands
from cogs.review.desk import Desk
from cogs.summaries.autocomplete import prompt_choices, series_choices
from cogs.summaries.exports import attachable, export_of, made, told_consent
from cogs.summaries.findings import find
from cogs.summaries.pages import page_number
from cogs.summaries.pictures import alt_of, drawn, files_of
from cogs.summaries.private_card import Own, found_for, found_in_several
from cogs.summaries.shared_summaries import SharedSummaries, where
from cogs.summaries.staff import with_staff
from cogs.summaries.subjects import asked_for
from cogs.ui.forms import chosen_values as chosen

SERIES = "Which series; without it, and without dates, your only series"
FIRST = "Only prompts posted on this day or later, such as 6 August 2018"
LAST = "Only prompts posted on this day or earlier, such as 6 August 2018"
PROMPT = "Which prompt: type words of its question or its report. Without it, the thread you are in"

CHANGED = "Replies have changed since you asked, so this is the summary as it is now."
COPIES = (
    "Here are the replies and their summary. Names in them are made up anew for each export. These files are copies: "
    "when somebody takes a reply back, I cannot change your files. Delete them when you no longer need them."
)
PUBLISHED = "The summary in them is the one that a facilitator checked and published, made on {date}."
NOTHING_CONFIRMED = (
    "Nobody has confirmed any supporter in a published summary of this prompt, so there is nothing for a board yet. "
    "/summary draft starts the check."
)


@app_commands.guild_only()
class SummaryCommands(
    DraftCommands,
    BoardCommands,
    commands.GroupCog,
    group_name="summary",
    group_description="See what people said to a prompt",
):
    """Summaries for one organiser's eyes, and files to take away."""

    def __init__(self, bot: Bot, shared: SharedSummaries, desk: Desk) -> None:
        super().__init__(bot)
        self.desk = desk
        self._shared = shared

    @app_commands.command(description="Summarise the replies to a prompt; only you see it, unless you share it")
    @app_commands.describe(prompt=PROMPT, share="True to post the summary in the thread, for everybody there")
    @app_commands.autocomplete(prompt=prompt_choices)
    @organisers_only()
    async def thread(
        self, interaction: discord.Interaction[Bot], prompt: str | None = None, share: bool = False
    ) -> None:
        """Show a summary to the asker, or post it in the thread."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if share:
            findings = await find(self.bot, await chosen_prompt(interaction, prompt))
            shared = await self._shared.share(findings, await self._today(interaction))
            await interaction.followup.send(await where(shared, "The summary is in the thread:"), ephemeral=True)
        else:
            await self._send(interaction, await found_for(interaction, prompt))

    @app_commands.command(description="Summarise the replies to several prompts as one; only you see it")
    @app_commands.describe(series=SERIES, first=FIRST, last=LAST)
    @app_commands.rename(first="from", last="to")
    @app_commands.autocomplete(series=series_choices)
    @organisers_only()
    async def series(
        self,
        interaction: discord.Interaction[Bot],
        series: str | None = None,
        first: str | None = None,
        last: str | None = None,
    ) -> None:
        """Show a summary over the prompts of a series, or of some weeks, to the asker."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        own = await found_in_several(interaction, asked_for(series, first, last))
        await self._send(interaction, own)
        self.bot.dispatch("series_summed", interaction, own.found.prompts)

    @app_commands.command(description="Get the replies and their summary as files; only you see them")
    @app_commands.describe(prompt=PROMPT, board="True for the papers of a board: only what a person confirmed")
    @app_commands.autocomplete(prompt=prompt_choices)
    @organisers_only()
    async def export(
        self, interaction: discord.Interaction[Bot], prompt: str | None = None, board: bool = False
    ) -> None:
        """Send the files of an export to the asker: of the published summary, where a facilitator checked one."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        findings = await with_staff(self.bot, await find(self.bot, await chosen_prompt(interaction, prompt)))
        reviewed = await self._shared.reviewed(findings.prompt.id)
        if board and reviewed is None:
            raise UserError(NOTHING_CONFIRMED)
        export = await export_of(self.bot, findings, reviewed, board=board)
        files = attachable(await made(self.bot, export))
        await self._note_export(interaction, findings.prompt, files, board=board)
        said = [
            COPIES,
            *([PUBLISHED.format(date=reviewed.date)] if reviewed is not None else []),
            *told_consent(export),
        ]
        await interaction.followup.send(" ".join(said), files=files, ephemeral=True)

    @routed("summary-page")
    async def turn_page(self, interaction: discord.Interaction[Bot], subject: str, page: str, state: str) -> None:
        """Make the summary again from what is stored now, and show another page of it to the asker."""
        await require_organiser(interaction)
        await interaction.response.defer()
        own = await found_for(interaction, subject)
        if state == own.state:
            alt = alt_of(interaction.message, own.found.summary, own.days)
            await interaction.edit_original_response(view=own.card(page_number(page), alt=alt))
            return
        picture = await self._picture(own)
        card = own.card(page_number(page), note=CHANGED, alt=picture.alt if picture is not None else "")
        await interaction.edit_original_response(view=card, attachments=files_of(picture))

    @routed("summary-who")
    async def show_supporters(self, interaction: discord.Interaction[Bot], subject: str) -> None:
        """Show the asker everybody's words on the chosen point."""
        await require_organiser(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        own = await found_for(interaction, subject)
        view = own.supporters("".join(chosen(interaction)[:1]), 0)
        await interaction.followup.send(view=view, ephemeral=True)

    @routed("summary-who-page")
    async def turn_supporters(self, interaction: discord.Interaction[Bot], subject: str, key: str, page: str) -> None:
        """Show the asker more of everybody's words on a point."""
        await require_organiser(interaction)
        await interaction.response.defer()
        own = await found_for(interaction, subject)
        await interaction.edit_original_response(view=own.supporters(key, page_number(page)))

    async def _send(self, interaction: discord.Interaction[Bot], own: Own) -> None:
        picture = await self._picture(own)
        card = own.card(0, alt=picture.alt if picture is not None else "")
        await interaction.followup.send(view=card, files=files_of(picture), ephemeral=True)

    async def _picture(self, own: Own) -> Picture | None:
        return await drawn(self.bot, own.found.summary, own.days, own.found.title)

    async def _note_export(
        self, interaction: discord.Interaction[Bot], prompt: Prompt, files: list[discord.File], *, board: bool
    ) -> None:
        """Note an export before it is sent, so that none leaves without its line in the log."""
        names = ", ".join(file.filename for file in files)
        await self.bot.store.actions.note(
            prompt.guild_id,
            EXPORTED,
            f"for a board: {names}" if board else names,
            user_id=interaction.user.id,
            prompt_id=prompt.id,
            now=discord.utils.utcnow(),
        )

    async def _today(self, interaction: discord.Interaction[Bot]) -> str:
        settings = await self.bot.store.settings.of(server(interaction).id)
        return closing_date_text(discord.utils.utcnow(), settings.time_zone)
