"""/check start and status, for organisers and facilitators, and the figures, which everybody may see."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.checks.texts import result_notes
from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import CHECK_ENDED
from bot.models.checks import NOWHERE, Check, CheckState
from bot.models.prompts import Prompt
from bot.outcomes.points import USUAL_LEAST
from bot.services.checks import find_running_check
from bot.store.keyed.checks import HAS_ONE
from bot.text.dates import format_local_date
from bot.text.links import link_words, message_link
from bot.text.markdown import escape_line
from bot.text.words import plural
from cogs.checks.cards import result_pages
from cogs.checks.posts import CheckPoster
from cogs.checks.start import MOST_DAYS, MOST_PEOPLE, CheckStart, format_end, note_check
from cogs.core.access import organisers_only, require_organiser, server
from cogs.core.answers import acknowledge, defer_answer, defer_update, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.prompts.autocomplete import find_chosen_prompt
from cogs.summaries.autocomplete import prompt_choices
from cogs.ui.cards import card, confirm, page_card, text_card
from cogs.ui.limits import cut_to_units
from cogs.ui.pages import id_from, read_page_number
from cogs.ui.parts import button, button_rows, put_button_beside

Interaction = discord.Interaction[Bot]

MOST_LISTED = 10
QUESTION = 100
PROMPT = "Which prompt; if you leave this out, the thread you’re in"
NONE_YET = "There’s no check yet. /check start asks staff about the points of a published summary."
AGAIN = "The card for this check had gone, so the bot posted it again in <#{}>. The check is open until {}."
LOST = (
    "Some results aren’t posted anywhere now: their place has gone, or the bot may not post there. Use the buttons "
    "to see them."
)
NO_CARD = "Its card has gone. /check start posts it again."
STILL_OPEN = "This check is open, so there are no figures yet. It ends on {date}."
SURE = "End the check on “{question}” now? After that, nobody can tap or change anything. Left alone, it ends {date}."
END_EARLY = "End early"
END_NOW, GO_BACK = "End it now", "Go back"
ENDED = "The check has ended. Its results follow."
ENDED_ALREADY = "That check has ended already. /check status shows the figures."
OPEN_UNTIL = "open until {date}."
ENDED_ON = "ended on {date}."
OLDER = "And {older}."
FIGURES = "Figures from {date}"


@app_commands.guild_only()
class CheckCommands(
    RoutedCog,
    commands.GroupCog,
    group_name="check",
    group_description="Ask staff whether it is the same where they work",
):
    """Asks staff whether the points of a summary are the same where they work."""

    def __init__(self, bot: Bot, poster: CheckPoster, start: CheckStart) -> None:
        super().__init__(bot)
        self._poster = poster
        self._start = start

    @app_commands.command(description="Ask staff whether each point of a published summary is the same where they work")
    @app_commands.describe(
        prompt=PROMPT,
        days="How many days to keep it open; 7 if you leave this out",
        people="How many people must have raised a point; 2 if you leave this out",
        channel="Where to post the card; the prompt’s thread if you leave this out",
    )
    @app_commands.autocomplete(prompt=prompt_choices)
    @organisers_only()
    async def start(
        self,
        interaction: Interaction,
        prompt: str | None = None,
        days: app_commands.Range[int, 1, MOST_DAYS] = 7,
        people: app_commands.Range[int, 1, MOST_PEOPLE] = USUAL_LEAST,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Show what would be posted; nothing is, before they press Start."""
        await defer_answer(interaction)
        chosen = await find_chosen_prompt(interaction, prompt)
        place = (chosen.thread_id or 0) if channel is None else channel.id
        await self._start.require_place(interaction, chosen, place)
        if (running := await find_running_check(self.bot.store, chosen)) is not None:
            if not await self._poster.show_again(running.guild_id, running.id):
                raise UserError(HAS_ONE)
            await interaction.followup.send(AGAIN.format(running.channel_id, _day(running)), ephemeral=True)
            return
        view = await self._start.preview(interaction, chosen, days, people, place)
        await interaction.followup.send(view=view, ephemeral=True)

    @app_commands.command(description="See which checks are open and which have ended")
    @organisers_only()
    async def status(self, interaction: Interaction) -> None:
        """Show the newest checks. While one is open, nothing tells whether anybody has tapped."""
        await defer_answer(interaction)
        await interaction.followup.send(view=await self._status(interaction), ephemeral=True)

    @route("check-status")
    async def show_status(self, interaction: Interaction) -> None:
        """Show the list again in place of the question, and end nothing."""
        await require_organiser(interaction)
        await acknowledge(interaction)
        await show_privately(interaction, await self._status(interaction))

    async def _status(self, interaction: Interaction, note: str = "") -> ui.LayoutView:
        checks = (await self.bot.store.checks.of_guild(server(interaction).id))[::-1]
        listed = [(await self._line(check), check) for check in checks[:MOST_LISTED]]
        zone = (await self.bot.store.settings.of(server(interaction).id)).time_zone
        return _status_card(listed, len(checks) - len(listed), zone, note)

    @route("check-end-early")
    async def ask_to_end(self, interaction: Interaction, check_id: str) -> None:
        """Ask in place of the list whether they are sure."""
        await require_organiser(interaction)
        await acknowledge(interaction)
        check = await self.bot.store.checks.get(server(interaction).id, id_from(check_id, "check"))
        if check.state is not CheckState.OPEN:
            await show_privately(interaction, await self._status(interaction, ENDED_ALREADY))
            return
        prompt = await self.bot.store.prompts.get(check.guild_id, check.prompt_id)
        sure = SURE.format(question=_question(prompt), date=discord.utils.format_dt(check.ends_at, "R"))
        view = confirm(sure, END_NOW, "check-end", check.id, no=(GO_BACK, "check-status"), framed=False)
        await show_privately(interaction, view)

    @route("check-end")
    async def end_now(self, interaction: Interaction, check_id: str) -> None:
        """End it, and show the list as it is now in place of the question."""
        await require_organiser(interaction)
        await acknowledge(interaction)
        guild_id, store = server(interaction).id, self.bot.store.checks
        before = await store.get(guild_id, id_from(check_id, "check"))
        check = await store.end(guild_id, before.id, discord.utils.utcnow())
        self.bot.dispatch("check_changed")  # first, so that its key goes and its results come whatever fails here
        if before.state is CheckState.OPEN:
            await note_check(self.bot, check, CHECK_ENDED, interaction.user.id)
        note = ENDED if before.state is CheckState.OPEN else ENDED_ALREADY
        await show_privately(interaction, await self._status(interaction, note))

    @route("check-figures")
    async def show_figures(self, interaction: Interaction, claim: str) -> None:
        """Show one reader all points with their numbers."""
        await defer_answer(interaction)
        await interaction.followup.send(view=await self._figures(interaction, claim, 0), ephemeral=True)

    @route("check-figures-page")
    async def turn_figures(self, interaction: Interaction, claim: str, page: str) -> None:
        """Show one reader more of the figures."""
        await defer_update(interaction)
        await interaction.edit_original_response(view=await self._figures(interaction, claim, read_page_number(page)))

    async def _figures(self, interaction: Interaction, claim: str, page: int) -> ui.LayoutView:
        check = await self.bot.store.checks.by_claim(server(interaction).id, claim)
        result = await self.bot.store.checks.result(check)
        if result is None:
            raise UserError(STILL_OPEN.format(date=_day(check)))
        *others, last = result_pages(result)
        pages = [*others, f"{last}\n\n-# {result_notes(result)}"]
        return page_card(pages, page, "check-figures-page", claim)

    async def _line(self, check: Check) -> str:
        prompt = await self.bot.store.prompts.get(check.guild_id, check.prompt_id)
        name = f"“{_question(prompt)}”, {plural(len(check.points), 'point')}:"
        if check.state is CheckState.OPEN:
            return f"{name} {OPEN_UNTIL.format(date=_day(check))} {_link(check, check.message_id) or NO_CARD}"
        if check.released_at is None:
            return f"{name} ended, and the results follow."
        return f"{name} {ENDED_ON.format(date=_day(check))} {_link(check, check.result_id)}".rstrip()


def _status_card(listed: Sequence[tuple[str, Check]], older: int, time_zone: str, note: str = "") -> ui.LayoutView:
    """Show checks in words, a button beside each that is open, and one for each whose results are shown nowhere.

    ``note`` says above them what was done.
    """
    if not listed:
        return text_card(NONE_YET)
    lines = [
        put_button_beside(line, button(END_EARLY, "check-end-early", check.id))
        if check.state is CheckState.OPEN
        else line
        for line, check in listed
    ]
    lost = [check for _, check in listed if check.released_at is not None and not check.result_id]
    figures = [
        button(FIGURES.format(date=format_local_date(check.ends_at, time_zone)), "check-figures", check.claim)
        for check in lost
    ]
    more = OLDER.format(older=plural(older, "older check")) if older else ""
    return card(note, *lines, more, LOST if lost else "", *button_rows(figures), framed=False)


def _day(check: Check) -> str:
    return format_end(check.ends_at)


def _question(prompt: Prompt) -> str:
    return cut_to_units(escape_line(prompt.wording.question, QUESTION), QUESTION + QUESTION // 2)


def _link(check: Check, message_id: int | None) -> str:
    if message_id is None or message_id == NOWHERE:
        return ""
    return link_words("See it", message_link(check.guild_id, check.channel_id, message_id))
