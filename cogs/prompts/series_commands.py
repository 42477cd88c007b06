"""/series: a server's series, each on one card that starts, rests, changes and orders it; nothing is kept in memory."""

from __future__ import annotations

from datetime import date

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import SeriesState
from bot.services.library import DetailsMissingError, check_details
from bot.services.series import (
    add_marked,
    create_series,
    create_series_of_marked,
    edit_series,
    set_state,
    skip_date,
    skip_excerpt,
)
from bot.store.excerpt_marks import NOTHING_MARKED
from bot.text.clean import clean_line
from bot.text.dates import format_date
from bot.text.words import plural
from cogs.core.access import facilitators_only, require_facilitator, server
from cogs.core.answers import acknowledge, defer_answer, open_form, show_privately
from cogs.core.routing import OUT_OF_DATE, RoutedCog, route
from cogs.library.details_first import DETAILS_LATER, ask_for_details, details_first_card
from cogs.library.origins import BACK_TO_MARKED, BACK_TO_SERIES
from cogs.prompts.autocomplete import find_chosen_series, series_choices
from cogs.prompts.order import OrderRoutes
from cogs.prompts.series_card import ALL_SERIES, STOP, report_list, series_card, series_list
from cogs.prompts.series_forms import change_form, dates_form, marked_form, new_form, read_series
from cogs.ui.cards import confirm, escape_within
from cogs.ui.forms import form_values, read_chosen_values
from cogs.ui.pages import id_from, read_page_number

Interaction = discord.Interaction[Bot]
KEEP_IT = "Keep it"
STOP_ASKED = "## Stop “{title}” for good?"
STOP_NOTE = "Nothing more is posted in it. Prompts that are open stay open until their date."
ADDED = "Added {added} at the end.{were}"
DATE_LEFT_OUT = "{date} is left out. The excerpt waits."
PASSED_OVER = "Skipped: “{words}”. To bring it back, mark it in /library and add it here."
WERE_THERE = " {count} of the marked were in it already."


class SeriesCommands(OrderRoutes, RoutedCog):
    """What facilitators do with series."""

    @app_commands.command(name="series", description="Weekly series of prompts: see, make, start, change, order")
    @app_commands.describe(series="Open this series at once")
    @app_commands.autocomplete(series=series_choices)
    @app_commands.guild_only()
    @facilitators_only()
    async def open_all(self, interaction: Interaction, series: str | None = None) -> None:
        """Show the series that is named, the only one that is not stopped, or the list."""
        await defer_answer(interaction)
        if series is not None:
            view = await series_card(self.bot, await find_chosen_series(interaction, series))
        else:
            every = await self.bot.store.series.of_guild(server(interaction).id)
            running = [each for each in every if each.state is not SeriesState.STOPPED]
            view = await (series_card(self.bot, running[0]) if len(running) == 1 else self._list(interaction, 0))
        await interaction.followup.send(view=view, ephemeral=True)

    @route("series-list")
    async def show_list(self, interaction: Interaction, page: str) -> None:
        """Show a page of the server's series."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        await show_privately(interaction, await self._list(interaction, read_page_number(page)))

    @route("series-open")
    async def open_chosen(self, interaction: Interaction) -> None:
        """Show the series that was chosen."""
        await self.show(interaction, *read_chosen_values(interaction)[:1])

    @route("series-show")
    async def show(self, interaction: Interaction, series: str) -> None:
        """Show one series."""
        chosen = await self._series(interaction, series)
        await acknowledge(interaction)
        await show_privately(interaction, await series_card(self.bot, chosen))

    @route("series-new")
    async def ask_report(self, interaction: Interaction, page: str) -> None:
        """Ask which report a new series is made of."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        sources = await self.bot.store.library.sources(settings.guild_id)
        await show_privately(interaction, report_list(sources[::-1], read_page_number(page)))

    @route("series-new-of")
    async def open_new(self, interaction: Interaction) -> None:
        """Open the form of a series of the report that was chosen, or ask for the report's details first."""
        settings = await require_facilitator(interaction)
        (source_id,) = read_chosen_values(interaction)
        source = await self.bot.store.library.source(settings.guild_id, id_from(source_id, "source"))
        channel = server(interaction).get_channel(settings.prompts_channel_id or 0)
        async with ask_for_details(interaction, ALL_SERIES, "series-list", 0):
            if source.missing:
                raise DetailsMissingError([source])
            await open_form(interaction, new_form(source.id, source.details.title, channel))

    @route("series-create")
    async def create(self, interaction: Interaction, source_id: str) -> None:
        """Make a series of a report's excerpts, and show it with the button that starts it."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        values, now = form_values(interaction), discord.utils.utcnow()
        source = await self.bot.store.library.source(settings.guild_id, id_from(source_id, "source"))
        numbers = clean_line(str(values.get("excerpts") or "")) or None
        typed = read_series(values)
        made = await create_series(self.bot.store, settings, source, typed, now, excerpts=numbers)
        await show_privately(interaction, await series_card(self.bot, made))

    @route("series-marked")
    async def open_marked(self, interaction: Interaction) -> None:
        """Open the form of a series of the marked excerpts, or ask for their reports' details first."""
        settings = await require_facilitator(interaction)
        store = self.bot.store
        marked = await store.library.excerpts_of(
            settings.guild_id, await store.excerpt_marks.of_guild(settings.guild_id)
        )
        if not marked:
            raise UserError(NOTHING_MARKED)
        source = await store.library.source(settings.guild_id, marked[0].source_id)
        channel = server(interaction).get_channel(settings.prompts_channel_id or 0)
        async with ask_for_details(interaction, BACK_TO_MARKED, "library-marks", 0):
            await check_details(store, settings.guild_id, [excerpt.id for excerpt in marked])
            await open_form(interaction, marked_form(source.details.title, len(marked), channel))

    @route("series-marked-form")
    async def create_of_marked(self, interaction: Interaction) -> None:
        """Make a series of the marked excerpts, and show it with the button that starts it."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        typed, now = read_series(form_values(interaction)), discord.utils.utcnow()
        made = await create_series_of_marked(self.bot.store, settings, typed, now)
        await show_privately(interaction, await series_card(self.bot, made))

    @route("series-change")
    async def open_change(self, interaction: Interaction, series: str) -> None:
        """Open the form of title, day, time, channel and time zone."""
        chosen = await self._series(interaction, series)
        await open_form(interaction, change_form(chosen, server(interaction).get_channel(chosen.channel_id)))

    @route("series-dates")
    async def open_dates(self, interaction: Interaction, series: str) -> None:
        """Open the form of the first day, the days without a question, and the people invited."""
        await open_form(interaction, dates_form(await self._series(interaction, series)))

    @route("series-changed")
    async def save_change(self, interaction: Interaction, series: str) -> None:
        """Change what the form says."""
        await self._save(interaction, series)

    @route("series-dated")
    async def save_dates(self, interaction: Interaction, series: str) -> None:
        """Change what the form says; dates to leave out are added."""
        await self._save(interaction, series)

    @route("series-add")
    async def add_marked(self, interaction: Interaction, series: str) -> None:
        """Add the marked excerpts at the end of a series, and ask for what is missing about their reports."""
        chosen = await self._series(interaction, series)
        await acknowledge(interaction)
        changed, were_there = await add_marked(self.bot.store, chosen, discord.utils.utcnow())
        added = plural(len(changed.excerpt_ids) - len(chosen.excerpt_ids), "excerpt")
        note = ADDED.format(added=added, were=WERE_THERE.format(count=were_there) if were_there else "")
        await show_privately(interaction, await series_card(self.bot, changed, note=note))
        new_ids = frozenset(changed.excerpt_ids) - frozenset(chosen.excerpt_ids)
        if lacking := await self.bot.store.library.undescribed(changed.guild_id, new_ids):
            await interaction.followup.send(view=details_first_card(lacking, head=DETAILS_LATER), ephemeral=True)

    @route("series-skip-date")
    async def skip_date(self, interaction: Interaction, series: str, day: str) -> None:
        """Leave out the next date; the excerpt waits."""
        chosen = await self._series(interaction, series)
        await acknowledge(interaction)
        changed = await skip_date(self.bot.store, chosen, _read_day(day), discord.utils.utcnow())
        note = DATE_LEFT_OUT.format(date=format_date(_read_day(day)))
        await show_privately(interaction, await series_card(self.bot, changed, note=note))

    @route("series-skip-excerpt")
    async def skip_excerpt(self, interaction: Interaction, series: str, excerpt: str) -> None:
        """Pass over the next excerpt; the one after it comes."""
        chosen = await self._series(interaction, series)
        await acknowledge(interaction)
        changed, skipped = await skip_excerpt(self.bot.store, chosen, id_from(excerpt, "excerpt"))
        note = PASSED_OVER.format(words=escape_within(clean_line(skipped.question or skipped.passage.text), 200))
        await show_privately(interaction, await series_card(self.bot, changed, note=note))

    @route("series-stop")
    async def ask_to_stop(self, interaction: Interaction, series: str) -> None:
        """Ask whether a series is to be stopped, which cannot be undone."""
        chosen = await self._series(interaction, series)
        await acknowledge(interaction)
        asked = STOP_ASKED.format(title=escape_within(clean_line(chosen.title), 200))
        stop = ("series-state", chosen.id, SeriesState.STOPPED.value)
        keep = (KEEP_IT, "series-show", chosen.id)
        await show_privately(interaction, confirm(asked, STOP, *stop, no=keep, note=STOP_NOTE, framed=False))

    @route("series-state")
    async def press_state(self, interaction: Interaction, series: str, state: str) -> None:
        """Start, pause or stop a series; where too little is known of its reports, ask for that before it starts."""
        chosen = await self._series(interaction, series)
        await acknowledge(interaction)
        async with ask_for_details(interaction, BACK_TO_SERIES, "series-show", chosen.id):
            changed = await set_state(self.bot.store, chosen, _read_state(state), discord.utils.utcnow())
            self.bot.dispatch("series_changed")
            await show_privately(interaction, await series_card(self.bot, changed))

    async def _save(self, interaction: Interaction, series: str) -> None:
        before = await self._series(interaction, series)
        await acknowledge(interaction)
        after = await edit_series(self.bot.store, before, read_series(form_values(interaction)), discord.utils.utcnow())
        await show_privately(interaction, await series_card(self.bot, after))

    async def _list(self, interaction: Interaction, page: int) -> ui.LayoutView:
        guild_id, store = server(interaction).id, self.bot.store
        return series_list(
            await store.series.of_guild(guild_id), page, len(await store.excerpt_marks.of_guild(guild_id))
        )


def _read_state(text: str) -> SeriesState:
    """Read the state that a custom_id holds; nothing goes back to not having started. Raises UserError."""
    if text not in (SeriesState.ACTIVE, SeriesState.PAUSED, SeriesState.STOPPED):
        raise UserError(OUT_OF_DATE)
    return SeriesState(text)


def _read_day(text: str) -> date:
    """Read the day that a custom_id holds. Raises UserError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(OUT_OF_DATE) from None
