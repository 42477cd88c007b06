"""/setup: one card with a server's first steps or all its settings, for people with the permission Manage Server."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.model_endpoint import ModelEndpoint
from bot.prompts.schedule import decide
from bot.services.first_steps import FirstSteps, new_try_out, read_first_steps, start_pack
from bot.services.model_consent import follow_model_switch
from bot.text.dates import format_local_date
from cogs.core.access import managers_only, require_manager, server
from cogs.core.answers import acknowledge, answer_privately, is_theirs_alone, open_form, show_privately, update_card
from cogs.core.routing import route
from cogs.prompts.posting import post
from cogs.setup.cards import ALL, STEPS, settings_card, steps_card
from cogs.setup.changes import SAVED, change_settings
from cogs.setup.channels_and_roles import make_channels_and_roles
from cogs.setup.contacts import ContactRoutes
from cogs.setup.findings import list_findings
from cogs.setup.forms import LANGUAGE_MODEL, FilledForm, describe_model, make_form, read_form
from cogs.setup.governance import GovernanceRoutes
from cogs.ui.forms import form_values

Interaction = discord.Interaction[Bot]
SAVED_BUT = "Saved, except this:"
NOTHING_SAVED = "Nothing was changed:"
OPEN_TO_ALL = "Everyone can read {channel}, so a try-out there wouldn’t be private. Close the channel to staff first."
TRIED_OUT = "Posted a try-out in {channel}. Reply to it as staff would. It isn’t part of any series."
TRIED_ALREADY = "The try-out is in {channel} already."
STARTED = "Started: the first question of “{title}” comes on {date} at {time}. /series shows it."


class SetupCommands(ContactRoutes, GovernanceRoutes):
    """Reads and changes a server's settings."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        # By server: two clicks at once make channels, a try-out or a series once.
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    @app_commands.command(name="setup", description="Set the bot up: first steps, every setting, and what’s wrong")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @managers_only()
    async def open_setup(self, interaction: Interaction) -> None:
        """Show the first steps until a first question is planned; from then on, all settings."""
        await self._answer(interaction)

    @route("setup-show")
    async def show(self, interaction: Interaction, origin: str) -> None:
        """Show one of the two cards; look again, after permissions were given."""
        await require_manager(interaction)
        await self._answer(interaction, origin)

    @route("setup-form")
    async def open_one(self, interaction: Interaction, name: str, origin: str) -> None:
        """Open a form of some settings."""
        await require_manager(interaction)
        guild = server(interaction)
        settings = await self.bot.store.settings.of(guild.id)
        await open_form(interaction, make_form(guild, settings, name, origin, self._endpoint()))

    @route("setup-saved")
    async def save(self, interaction: Interaction, name: str, origin: str) -> None:
        """Save what a form says, and show the card that it was opened from."""
        await require_manager(interaction)
        guild = server(interaction)
        settings = await self.bot.store.settings.of(guild.id)
        if name == LANGUAGE_MODEL:
            describe_model(self._endpoint(), settings, guild.name)  # refuses a form from before there was none
        filled = read_form(guild, settings, name, form_values(interaction))
        follows = await change_settings(self.bot, guild.id, filled.changes) if filled.changes else []
        if name == LANGUAGE_MODEL:
            after = await self.bot.store.settings.of(guild.id)
            who, now = interaction.user.id, discord.utils.utcnow()
            await follow_model_switch(self.bot.store, settings, after, user_id=who, now=now)
        await self._answer(interaction, origin, _note(filled, follows))

    @route("setup-make")
    async def make(self, interaction: Interaction) -> None:
        """Make the channels and roles that are not set."""
        await require_manager(interaction)
        await acknowledge(interaction)
        guild, person = server(interaction), interaction.user
        if not isinstance(person, discord.Member):
            raise TypeError("a manager has to be a member of the server")
        note = await self.make_once(guild, person)
        await show_privately(interaction, await self._card(guild, STEPS, note))

    @route("setup-try")
    async def try_out(self, interaction: Interaction) -> None:
        """Post a question in the facilitators' channel that is marked as a try-out, once."""
        await require_manager(interaction)
        await acknowledge(interaction)
        guild = server(interaction)
        async with self._turns[guild.id]:
            note = await self._post_try_out(guild)
        await show_privately(interaction, await self._card(guild, STEPS, note))

    @route("setup-start")
    async def start(self, interaction: Interaction, pack: str) -> None:
        """Start the series of a built-in pack next Monday, once."""
        await require_manager(interaction)
        await acknowledge(interaction)
        guild, now = server(interaction), discord.utils.utcnow()
        settings = await self.bot.store.settings.of(guild.id)
        async with self._turns[guild.id]:
            series = await start_pack(self.bot.store, settings, pack, now)
        self.bot.dispatch("series_changed")
        slot = series.slot
        day = format_local_date(decide(series, now).next_at or now, slot.time_zone)
        note = STARTED.format(title=series.title, date=day, time=f"{slot.local_time:%H:%M}")
        await show_privately(interaction, await self._card(guild, STEPS, note))

    async def make_once(self, guild: discord.Guild, person: discord.Member) -> str:
        """Make the channels and roles that are not set; a second click waits, and finds them there."""
        async with self._turns[guild.id]:
            return await make_channels_and_roles(self.bot, guild, person)

    async def _post_try_out(self, guild: discord.Guild) -> str:
        now, settings = discord.utils.utcnow(), await self.bot.store.settings.of(guild.id)
        new = await new_try_out(self.bot.store, settings, now)
        office = guild.get_channel(new.channel_id)
        where = f"<#{new.channel_id}>"
        if office is not None and office.permissions_for(guild.default_role).view_channel:
            raise UserError(OPEN_TO_ALL.format(channel=where))
        if (await read_first_steps(self.bot.store, settings)).tried_out:
            return TRIED_ALREADY.format(channel=where)
        prompt = await post(self.bot, new, now)
        return (TRIED_ALREADY if prompt is None else TRIED_OUT).format(channel=where)

    async def _answer(self, interaction: Interaction, origin: str = "", note: str = "") -> None:
        card = await self._card(server(interaction), origin, note)
        if is_theirs_alone(interaction):
            await update_card(interaction, card)
        else:
            await answer_privately(interaction, card)

    async def _card(self, guild: discord.Guild, origin: str, note: str = "") -> ui.LayoutView:
        settings = await self.bot.store.settings.of(guild.id)
        places = await self.bot.store.prompts.places(guild.id)
        wrong = list_findings(guild, settings, message_content=self.bot.message_content, places=places)
        steps = await read_first_steps(self.bot.store, settings)
        if _shows_steps(origin, steps):
            return steps_card(guild, settings, steps, wrong, self.bot.role_commands(), note=note)
        has_model = self._endpoint() is not None
        return settings_card(guild, settings, wrong, self.bot.role_commands(), note=note, has_model=has_model)

    def _endpoint(self) -> ModelEndpoint | None:
        return None if self.bot.language_model is None else self.bot.language_model.endpoint


def _shows_steps(origin: str, steps: FirstSteps) -> bool:
    return origin == STEPS or (origin != ALL and not steps.needed_are_done)


def _note(filled: FilledForm, follows: list[str]) -> str:
    if not filled.problems:
        return " ".join((SAVED, *follows))
    head = SAVED_BUT if filled.changes else NOTHING_SAVED
    return "\n".join((head, *(f"- {problem}" for problem in filled.problems), *follows))
