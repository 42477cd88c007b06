"""The buttons and forms of a board paper's card."""

from __future__ import annotations

import discord
from discord import ui

from bot.board.fields import FormPart, fields_of
from bot.client import Bot
from bot.errors import UserError
from bot.models.board import WrittenDispute
from bot.models.prompts import Series
from bot.outcomes.decision import read_refs
from bot.outcomes.owners import PERSON, check_owner, is_like_a_name
from bot.services.board_papers import explain_unready
from bot.services.paper_fields import (
    explain_unreadable,
    is_summary_old,
    keep_dispute,
    keep_texts,
    keep_theme,
    list_questions,
    list_theme_points,
    read_fields,
)
from cogs.board.forms import (
    ABOUT,
    ASKED,
    MATTER,
    ONE,
    OTHER,
    POINTS,
    THEME,
    TYPED,
    WHICH,
    fields_form,
    first_value,
    role_form,
    split_form,
    template_form,
    theme_form,
)
from cogs.board.paper_card import paper_card, role_answer
from cogs.core.access import require_organiser, server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import OUT_OF_DATE, RoutedCog, route
from cogs.outcomes.owner_form import ROLE
from cogs.prompts.autocomplete import find_chosen_series
from cogs.ui.forms import form_values
from cogs.ui.pages import id_from

Interaction = discord.Interaction[Bot]
LIKE_A_NAME = "“{role}” looks like a person’s name. If it’s a role, press the button and type it again."
A_ROLE = "It’s a role"


class PaperForms(RoutedCog):
    """What a paper's card opens, and what becomes of it. Only organisers, facilitators and managers get there."""

    async def _card(self, series: Series) -> ui.LayoutView:
        fields = await read_fields(self.bot.store, series)
        tasks = await explain_unready(self.bot.store, series)
        return paper_card(series, fields, tasks, is_old=await is_summary_old(self.bot.store, series, fields))

    @route("board-open")
    async def open_fields(self, interaction: Interaction, series_id: str, part: str) -> None:
        """Open one of the forms of the front sheet."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        fields = await read_fields(self.bot.store, series)
        await open_form(interaction, fields_form(series.id, _read_part(part), fields))

    @route("board-fields")
    async def take_fields(self, interaction: Interaction, series_id: str, part: str) -> None:
        """Keep what was typed, and show the card again; a date that cannot be read takes nothing else with it."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        values = form_values(interaction)
        names = [each.name for each in fields_of(_read_part(part))]
        await acknowledge(interaction)
        typed = {name: first_value(values.get(name)) for name in names}
        wrong = explain_unreadable(typed)
        readable = {name: text for name, text in typed.items() if name not in wrong}
        await keep_texts(self.bot.store, series, readable, discord.utils.utcnow())
        await show_privately(interaction, await self._card(series))
        for explained in wrong.values():
            await interaction.followup.send(explained, ephemeral=True)

    @route("board-role")
    async def ask_role(self, interaction: Interaction, series_id: str, warned: str) -> None:
        """Open the form for a role that is not in the list."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        await open_form(interaction, role_form(series.id, warned=warned == "1"))

    @route("board-role-form")
    async def take_role(self, interaction: Interaction, series_id: str, warned: str) -> None:
        """Keep a role of which an organiser says that it is one."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        values = {name: first_value(value) for name, value in form_values(interaction).items()}
        if values.get(ASKED) != ROLE[1] or values.get(WHICH) not in ("sponsor", "author"):
            raise UserError(PERSON)
        await acknowledge(interaction)
        role = check_owner(values.get(TYPED, ""))
        if warned != "1" and is_like_a_name(role, self.bot.watch.names(server(interaction).id)):
            refused = role_answer(series.id, LIKE_A_NAME.format(role=role), A_ROLE)
            await interaction.followup.send(view=refused, ephemeral=True)
            return
        await keep_texts(self.bot.store, series, {values[WHICH]: role}, discord.utils.utcnow())
        await show_privately(interaction, await self._card(series))

    @route("board-theme")
    async def ask_theme(self, interaction: Interaction, series_id: str) -> None:
        """Open the form for a theme."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        await open_form(interaction, theme_form(series.id, await list_theme_points(self.bot.store, series)))

    @route("board-theme-form")
    async def take_theme(self, interaction: Interaction, series_id: str) -> None:
        """Keep a theme with its points, or remove it."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        values = form_values(interaction)
        chosen = values.get(POINTS) or []
        refs = read_refs(" ".join(map(str, chosen))) if isinstance(chosen, list) and chosen else ()
        await acknowledge(interaction)
        await keep_theme(self.bot.store, series, first_value(values.get(THEME)), refs, discord.utils.utcnow())
        await show_privately(interaction, await self._card(series))

    @route("board-split")
    async def ask_split(self, interaction: Interaction, series_id: str) -> None:
        """Open the form for what divides people."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        await open_form(interaction, split_form(series.id, await list_questions(self.bot.store, series)))

    @route("board-split-form")
    async def take_split(self, interaction: Interaction, series_id: str) -> None:
        """Keep both sides in the facilitator's words, or remove them."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        values = {name: first_value(value) for name, value in form_values(interaction).items()}
        prompt = await self.bot.store.prompts.get(series.guild_id, id_from(values.get(ABOUT, ""), "question"))
        if prompt.series_id != series.id:
            raise UserError(OUT_OF_DATE)
        await acknowledge(interaction)
        said = WrittenDispute(prompt.id, *(values.get(name, "") for name in (MATTER, ONE, OTHER)))
        await keep_dispute(self.bot.store, series, said, discord.utils.utcnow())
        await show_privately(interaction, await self._card(series))

    @route("board-make")
    async def ask_template(self, interaction: Interaction, series_id: str) -> None:
        """Open the form for a template, which makes the paper."""
        await require_organiser(interaction)
        series = await find_chosen_series(interaction, series_id)
        await open_form(interaction, template_form(series.id))


def _read_part(value: str) -> FormPart:
    """Read a form's name out of a custom_id. Raises UserError for one that is none."""
    if value not in {part.value for part in FormPart}:
        raise UserError(OUT_OF_DATE)
    return FormPart(value)
