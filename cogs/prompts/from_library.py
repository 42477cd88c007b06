"""What leads on from the library's cards: a prompt of one excerpt, and a series of those that are marked."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Excerpt
from bot.models.prompts import NewPrompt
from bot.prompts.texts import check_wording
from bot.services.library import state_of
from bot.services.prompts import new_prompt, prompts_channel
from bot.services.series import LONGEST_TITLE, TypedSeries, create_series_of_marked
from bot.store.library import ChangedMeanwhileError
from bot.store.marks import NOTHING_MARKED
from bot.text.clean import clean_line
from bot.text.dates import format_date, local_date
from bot.text.words import plural, shorten
from cogs.core.access import require_facilitator
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.library.cards import spoken
from cogs.prompts.faults import place_named
from cogs.prompts.posting import post, tell_posted
from cogs.prompts.series_commands import WEEKDAYS
from cogs.prompts.series_states import series_card
from cogs.ui.cards import card, confirm, escape_within
from cogs.ui.forms import field, form, form_values, select_field, text_field
from cogs.ui.pages import id_from, id_or_zero
from cogs.ui.parts import Row, button, option

Interaction = discord.Interaction[Bot]
POST, BACK = "Post", "Back to the excerpt"
ASKED = "## Post this in <#{channel}> now?\n{words}\n**Question:** {question}"
OPEN_UNTIL = "It is open until {date}. What it says stays as it is once it is posted."
NEW_SERIES = "New series"
DAY_HINT = "A question is posted each week on this day."
FIRST_HINT = "No question comes before this day. Leave it empty for the next one, once you press Start."


class LibraryRoutes(RoutedCog):
    """Buttons of the library's cards whose work is that of prompts and series."""

    @route("prompt-ask")
    async def ask_to_post(self, interaction: Interaction, excerpt_id: str) -> None:
        """Show what would be posted, and ask."""
        new, excerpt = await self._freeze_new(interaction, excerpt_id)
        check_wording(new.wording)
        settings = await self.bot.store.settings.of(new.guild_id)
        asked = ASKED.format(
            channel=new.channel_id,
            words=spoken(excerpt.passage, 2200),
            question=escape_within(new.wording.question, 600),
        )
        until = OPEN_UNTIL.format(date=format_date(local_date(new.closes_at, settings.time_zone)))
        back = (BACK, "library-show", excerpt.id)
        state = state_of(excerpt.passage)
        await acknowledge(interaction)
        await show_privately(interaction, confirm(asked, POST, "prompt-now", excerpt.id, state, no=back, note=until))

    @route("prompt-now")
    async def post_shown(self, interaction: Interaction, excerpt_id: str, state: str) -> None:
        """Post the excerpt that is still as it was shown, or say where it is open already."""
        new, excerpt = await self._freeze_new(interaction, excerpt_id)
        await acknowledge(interaction)
        if state_of(excerpt.passage) != state:
            raise ChangedMeanwhileError
        with place_named(new.channel_id):
            prompt = await post(self.bot, new, discord.utils.utcnow())
        text = await tell_posted(self.bot, new, prompt)
        back = Row(button("Contents", "library-contents", excerpt.source_id, 0))
        await show_privately(interaction, card(text, back))

    @route("series-marked")
    async def open_series_form(self, interaction: Interaction) -> None:
        """Open the form of a series of the marked excerpts."""
        settings = await require_facilitator(interaction)
        store = self.bot.store
        marked = await store.library.excerpts_of(settings.guild_id, await store.marks.of_guild(settings.guild_id))
        if not marked:
            raise UserError(NOTHING_MARKED)
        source = await store.library.source(settings.guild_id, marked[0].source_id)
        guild = interaction.guild
        channel = guild.get_channel(settings.prompts_channel_id or 0) if guild else None
        await open_form(interaction, series_form(source.details.title, len(marked), channel))

    @route("series-marked-form")
    async def make_series(self, interaction: Interaction) -> None:
        """Make the series, and show it with the button that starts it."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        typed, now = read_series(form_values(interaction)), discord.utils.utcnow()
        made = await create_series_of_marked(self.bot.store, settings, typed, now)
        await show_privately(interaction, await series_card(self.bot, made))

    async def _freeze_new(self, interaction: Interaction, excerpt_id: str) -> tuple[NewPrompt, Excerpt]:
        settings = await require_facilitator(interaction)
        excerpt = await self.bot.store.library.excerpt(settings.guild_id, id_from(excerpt_id, "excerpt"))
        channel, now = prompts_channel(settings), discord.utils.utcnow()
        return await new_prompt(self.bot.store, settings.guild_id, excerpt, channel, now), excerpt


def series_form(title: str, marked: int, channel: discord.abc.GuildChannel | None) -> ui.Modal:
    """Ask what a series of the marked excerpts is called, and when and where it posts."""
    # Discord refuses a form whose default is gone.
    chosen = [] if channel is None else [discord.Object(channel.id, type=type(channel))]
    channels: ui.ChannelSelect[ui.Modal] = ui.ChannelSelect(
        custom_id="channel",
        channel_types=[discord.ChannelType.text, discord.ChannelType.forum],
        default_values=chosen,
    )
    days = [option(name, day) for day, name in enumerate(WEEKDAYS)]
    fields = (
        text_field("Title", "title", value=shorten(clean_line(title), LONGEST_TITLE), longest=LONGEST_TITLE),
        select_field("Day", "weekday", days, hint=DAY_HINT),
        text_field("Time", "time", value="09:00", hint="Local time of day, such as 09:00 or 5.30 pm.", longest=10),
        text_field("First day", "first_date", hint=FIRST_HINT, required=False, longest=40),
        field("Channel", channels),
    )
    return form(f"{NEW_SERIES} of {plural(marked, 'excerpt')}", "series-marked-form", fields=fields)


def read_series(values: dict[str, Any]) -> TypedSeries:
    """Read the form of a series. What was typed is checked where the series is made."""
    (weekday, *_) = values.get("weekday") or ("0",)
    (channel, *_) = values.get("channel") or ("0",)
    return TypedSeries(
        weekday=min(id_or_zero(weekday), len(WEEKDAYS) - 1),
        time=str(values["time"]),
        first_date=str(values.get("first_date") or "").strip() or None,
        title=clean_line(str(values["title"])) or None,
        channel_id=id_or_zero(channel) or None,
    )
