"""/summary: thread, series and export, for organisers."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import EXPORTED
from bot.models.prompts import Prompt
from bot.services.summaries.generation import Findings, summarise_prompt
from bot.services.summaries.organiser_summaries import (
    OrganiserSummary,
    make_export_files,
    prepare_export,
    summarise_prompt_for_organiser,
)
from bot.services.summaries.published_summaries import format_today
from bot.summaries.output.picture import Picture
from bot.text.links import link_words
from cogs.core.access import organisers_only, require_organiser
from cogs.core.answers import defer_answer, defer_update
from cogs.core.routing import RoutedCog, route
from cogs.prompts.autocomplete import find_chosen_prompt
from cogs.summaries.autocomplete import prompt_choices, series_choices
from cogs.summaries.exports import consent_lines, require_attachable
from cogs.summaries.organiser_card import organiser_card, organiser_supporters_card
from cogs.summaries.pictures import alt_text_of, draw_picture, picture_files
from cogs.summaries.shared_summaries import SharedSummaries, place_line
from cogs.summaries.subjects import read_options, summarise_several, summarise_subject
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import read_page_number

Interaction = discord.Interaction[Bot]
SERIES = "Which series; not needed in a thread of it, if you have only one, or if you give dates"
FIRST = "Only prompts posted on this day or later, such as 6 August 2026"
LAST = "Only prompts posted on this day or earlier, such as 6 August 2026"
PROMPT = "Which prompt: type words from its question or report; if you leave this out, the thread you’re in"

CHANGED = "Replies have changed since you asked, so here’s the summary as it is now."
COPIES = (
    "Here are the replies and their summary. Each export makes up new names in place of the real ones. These files "
    "are copies: they don’t change when someone deletes a reply. Delete them when you no longer need them."
)
PUBLISHED = "The summary is the one that a facilitator checked and published, made on {date}."
NOTHING_CONFIRMED = "Publish a checked summary first: /summary draft. A board only sees what a person has checked."
IN_THREAD = "The summary is in the thread:"
CHECKED_ONE = "A facilitator checked and published {summary}. Below is what the program finds by itself now."


class ThreadCommands(RoutedCog):
    """The part of /summary for one organiser's eyes, and files to take away."""

    shared: SharedSummaries

    @app_commands.command(description="Summarise the replies to a prompt; only you see it, unless you share it")
    @app_commands.describe(prompt=PROMPT, share="True to post the summary in the thread for everyone")
    @app_commands.autocomplete(prompt=prompt_choices)
    @organisers_only()
    async def thread(self, interaction: Interaction, prompt: str | None = None, share: bool = False) -> None:
        """Show a summary to the asker, or post it in the thread."""
        await defer_answer(interaction)
        chosen = await find_chosen_prompt(interaction, prompt)
        if share:
            await self._share(interaction, chosen)
            return
        aids, now = self.bot.summary_aids(chosen.guild_id), discord.utils.utcnow()
        summary = await summarise_prompt_for_organiser(self.bot.store, self.bot.worker, chosen, now, aids)
        place = await self.shared.find_reviewed_place(chosen.id)
        note = CHECKED_ONE.format(summary=link_words("a summary", place)) if place else ""
        await self._send(interaction, str(chosen.id), summary, note)

    @app_commands.command(description="Summarise the replies to several prompts as one; only you see it")
    @app_commands.describe(series=SERIES, first=FIRST, last=LAST)
    @app_commands.rename(first="from", last="to")
    @app_commands.autocomplete(series=series_choices)
    @organisers_only()
    async def series(
        self, interaction: Interaction, series: str | None = None, first: str | None = None, last: str | None = None
    ) -> None:
        """Show a summary over the prompts of a series, or of some weeks, to the asker."""
        await defer_answer(interaction)
        subject = read_options(series, first, last)
        summary = await summarise_several(interaction, subject)
        await self._send(interaction, str(subject), summary)
        self.bot.dispatch("series_summed", interaction, summary.found.prompts)

    @app_commands.command(description="Get the replies and their summary as files; only you see them")
    @app_commands.describe(prompt=PROMPT, board="True for board papers: only what a person has checked")
    @app_commands.autocomplete(prompt=prompt_choices)
    @organisers_only()
    async def export(self, interaction: Interaction, prompt: str | None = None, board: bool = False) -> None:
        """Send the files of an export to the asker: of the published summary, where a facilitator checked one."""
        await defer_answer(interaction)
        store, worker, chosen = self.bot.store, self.bot.worker, await find_chosen_prompt(interaction, prompt)
        findings = await self._summarise(chosen)
        reviewed = await self.shared.reviewed(chosen.id)
        if board and reviewed is None:
            raise UserError(NOTHING_CONFIRMED)
        export = await prepare_export(store, findings, reviewed, discord.utils.utcnow(), board=board)
        files = require_attachable(await make_export_files(worker, chosen.guild_id, export))
        await self._note_export(interaction, chosen, files, board=board)
        published = [PUBLISHED.format(date=reviewed.date)] if reviewed is not None else []
        await interaction.followup.send(
            " ".join([COPIES, *published, *consent_lines(export)]), files=files, ephemeral=True
        )

    @route("summary-page")
    async def turn_page(self, interaction: Interaction, subject: str, page: str, state: str) -> None:
        """Make the summary again from what is stored now, and show another page of it to the asker."""
        await require_organiser(interaction)
        await defer_update(interaction)
        summary = await summarise_subject(interaction, subject)
        if state == summary.state:
            alt = alt_text_of(interaction.message, summary.found.summary, summary.days)
            await interaction.edit_original_response(
                view=organiser_card(subject, summary, read_page_number(page), alt=alt)
            )
            return
        picture = await self._draw(summary)
        card = organiser_card(
            subject, summary, read_page_number(page), note=CHANGED, alt=picture.alt if picture else ""
        )
        await interaction.edit_original_response(view=card, attachments=picture_files(picture))

    @route("summary-who")
    async def show_supporters(self, interaction: Interaction, subject: str) -> None:
        """Show the asker everybody's words on the chosen point."""
        await require_organiser(interaction)
        await defer_answer(interaction)
        summary = await summarise_subject(interaction, subject)
        key = "".join(read_chosen_values(interaction)[:1])
        await interaction.followup.send(view=organiser_supporters_card(subject, summary, key, 0), ephemeral=True)

    @route("summary-who-page")
    async def turn_supporters(self, interaction: Interaction, subject: str, key: str, page: str) -> None:
        """Show the asker more of everybody's words on a point."""
        await require_organiser(interaction)
        await defer_update(interaction)
        summary = await summarise_subject(interaction, subject)
        card = organiser_supporters_card(subject, summary, key, read_page_number(page))
        await interaction.edit_original_response(view=card)

    async def _summarise(self, prompt: Prompt) -> Findings:
        aids = self.bot.summary_aids(prompt.guild_id)
        return await summarise_prompt(self.bot.store, self.bot.worker, prompt, aids)

    async def _share(self, interaction: Interaction, prompt: Prompt) -> None:
        shared = await self.shared.resume(prompt)
        if shared is None:
            findings = await self._summarise(prompt)
            date = await format_today(self.bot.store, prompt.guild_id, discord.utils.utcnow())
            shared = await self.shared.share(findings, date)
        await interaction.followup.send(await place_line(shared, IN_THREAD), ephemeral=True)

    async def _send(self, interaction: Interaction, subject: str, summary: OrganiserSummary, note: str = "") -> None:
        picture = await self._draw(summary)
        card = organiser_card(subject, summary, 0, note=note, alt=picture.alt if picture else "")
        await interaction.followup.send(view=card, files=picture_files(picture), ephemeral=True)

    async def _draw(self, summary: OrganiserSummary) -> Picture | None:
        guild_id = summary.found.prompts[0].guild_id
        return await draw_picture(self.bot, guild_id, summary.found.summary, summary.days)

    async def _note_export(
        self, interaction: Interaction, prompt: Prompt, files: list[discord.File], *, board: bool
    ) -> None:
        """Note an export before it is sent, so that none leaves without its line in the log."""
        names = ", ".join(file.filename for file in files)
        await self.bot.store.audit_log.note(
            prompt.guild_id,
            EXPORTED,
            f"for a board: {names}" if board else names,
            user_id=interaction.user.id,
            prompt_id=prompt.id,
            now=discord.utils.utcnow(),
        )
