"""/series status, start, pause, resume and stop, and the card of a series with its buttons."""

from __future__ import annotations

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import Series, SeriesState
from bot.outcomes.points import format_open
from bot.prompts.schedule import decide
from bot.services.outcomes import list_answered
from bot.services.prompts import first_ready
from bot.services.series import set_state
from cogs.core.access import facilitators_only, require_facilitator
from cogs.core.answers import defer_answer, defer_update
from cogs.core.routing import OUT_OF_DATE, RoutedCog, route
from cogs.prompts.autocomplete import find_chosen_series, series_choices
from cogs.prompts.lists import series_status
from cogs.ui.cards import card
from cogs.ui.pages import id_from
from cogs.ui.parts import Button, Row, button

Interaction = discord.Interaction[Bot]
START, PAUSE, RESUME = "Start", "Pause", "Resume"


class StateCommands(RoutedCog):
    """The part of /series that shows a series and lets it run or rest."""

    @app_commands.command(description="See what a series posted, what comes next, and what it lacks")
    @app_commands.describe(series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def status(self, interaction: Interaction, series: str | None = None) -> None:
        """Show one series."""
        await defer_answer(interaction)
        await interaction.followup.send(
            view=await series_card(self.bot, await find_chosen_series(interaction, series)), ephemeral=True
        )

    @app_commands.command(description="Start a series: it posts at its next date")
    @app_commands.describe(series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def start(self, interaction: Interaction, series: str | None = None) -> None:
        """Start, from the next slot on."""
        await self._answer_state(interaction, series, SeriesState.ACTIVE)

    @app_commands.command(description="Pause a series; no prompt is posted until you resume it")
    @app_commands.describe(series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def pause(self, interaction: Interaction, series: str | None = None) -> None:
        """Pause."""
        await self._answer_state(interaction, series, SeriesState.PAUSED)

    @app_commands.command(description="Resume a paused series with its next excerpt")
    @app_commands.describe(series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def resume(self, interaction: Interaction, series: str | None = None) -> None:
        """Go on with the next excerpt, at the next slot."""
        await self._answer_state(interaction, series, SeriesState.ACTIVE)

    @app_commands.command(description="Stop a series for good; what was posted stays open until its date")
    @app_commands.describe(series="Which series")
    @app_commands.autocomplete(series=series_choices)
    @facilitators_only()
    async def stop(self, interaction: Interaction, series: str | None = None) -> None:
        """Stop."""
        await self._answer_state(interaction, series, SeriesState.STOPPED)

    @route("series-state")
    async def press_state(self, interaction: Interaction, series: str, state: str) -> None:
        """Start or pause, by the card's button."""
        settings = await require_facilitator(interaction)
        await defer_update(interaction)
        chosen = await self.bot.store.series.get(settings.guild_id, id_from(series, "series"))
        changed = await set_state(self.bot.store, chosen, _read_state(state), discord.utils.utcnow())
        self.bot.dispatch("series_changed")
        await interaction.edit_original_response(view=await series_card(self.bot, changed))

    async def _answer_state(self, interaction: Interaction, series: str | None, state: SeriesState) -> None:
        await defer_answer(interaction)
        chosen = await find_chosen_series(interaction, series)
        changed = await set_state(self.bot.store, chosen, state, discord.utils.utcnow())
        await interaction.followup.send(view=await series_card(self.bot, changed), ephemeral=True)


async def series_card(bot: Bot, series: Series) -> ui.LayoutView:
    """Show all that there is to see of a series, with buttons to start or pause it and to see its excerpts."""
    store = bot.store
    waiting = await store.library.excerpts_of(series.guild_id, series.waiting_ids)
    text = series_status(
        series,
        await store.prompts.of_series(series.id),
        waiting,
        decide(series, discord.utils.utcnow()),
        await store.replies.people_in_series(series.id),
        coming=await first_ready(store, series, waiting),
        answers=format_open(await list_answered(store, series)),
    )
    rows = [] if series.state is SeriesState.STOPPED else [Row(*_buttons(series))]
    return card(text, *rows, framed=False)


def _buttons(series: Series) -> list[Button]:
    if series.state is SeriesState.ACTIVE:
        change = button(PAUSE, "series-state", series.id, SeriesState.PAUSED.value)
    else:
        label = START if series.state is SeriesState.NEW else RESUME
        primary = discord.ButtonStyle.primary
        change = button(label, "series-state", series.id, SeriesState.ACTIVE.value, style=primary)
    return [change, button("Excerpts in order", "series-order", series.id, 0)]


def _read_state(text: str) -> SeriesState:
    """Read the state that a custom_id holds. Raises UserError."""
    try:
        return SeriesState(text)
    except ValueError:
        raise UserError(OUT_OF_DATE) from None
