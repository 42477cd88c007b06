"""/my stop, start, group, notices, quotes and others: what a person decides about themselves and their words."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.merged_events import EDITS_APART, ERASURES_APART
from bot.models.people import STAFF_GROUPS, Choices
from cogs.core.access import server
from cogs.core.answers import defer_answer
from cogs.core.routing import RoutedCog, route
from cogs.ui.cards import card
from cogs.ui.parts import Row, button

Interaction = discord.Interaction[Bot]
NO_GROUP = "Prefer not to say"
GROUPS = [app_commands.Choice(name=name, value=name) for name in (*STAFF_GROUPS, NO_GROUP)]

STOPPED = (
    "From now on I collect nothing that you write in threads, and none of your reactions. What is stored already "
    "stays: /my data shows it, /my delete erases it. If you edit an older message, my copy of it is erased, since I do "
    "not take the new words. /my start takes this back."
)
STARTED = (
    "From now on I collect what you write in threads again. What you wrote while you had stopped stays out. /my stop "
    "stops it again."
)
GROUP = (
    "Your staff group is {group}{manages}. Summaries and exports show a group only where at least {least} people of it "
    "took part, and never who is in it. /my group changes it at any time."
)
NOTICES_ON = (
    "I may send you direct messages now, for example when I took an identifier out of your words. For this I keep your "
    "Discord id, encrypted. /my notices with off stops it and erases the id. If Discord does not let me write to you, "
    "allow direct messages from this server's members in its privacy settings."
)
NOTICES_OFF = "I send you no direct messages, and your Discord id is not stored."

QUOTES_ON = (
    "You may be quoted outside this server: your words, without your name, in files and papers for the board. This is "
    "for all your replies here, and for private replies only as their form says. You can take it back at any time. "
    "Papers that are made after that do not quote you. Files that somebody saved before are out of my reach."
)
QUOTES_OFF = (
    "Your replies count, but new summaries do not quote them, in this server or outside it. Shared summaries that I "
    "can change lose your words too. Files that somebody saved before are out of my reach."
)
QUOTES_ON_AGAIN = (
    "Before, you had said no. Summaries that were shared in that time stay without your words. A new summary can quote "
    "you again: facilitators can make one."
)
OTHERS_ON = (
    "Facilitators may choose single sentences of yours. Others then see them without your name, and tap “Same here” or "
    "“Different here”."
)
OTHERS_OFF = (
    "Nothing that you write here is put to others. If a sentence of yours was shown to them, it’s gone, and so is what "
    "they tapped about it."
)
TAKE_BACK = "Take it back"


class ChoiceCommands(RoutedCog):
    """The part of /my that keeps choices."""

    @app_commands.command(description="Collect nothing that you write from now on")
    async def stop(self, interaction: Interaction) -> None:
        """Stop collecting."""
        await defer_answer(interaction)
        # Discord's own time of the command, since messages carry Discord's time too.
        await self.bot.store.people.stop(server(interaction).id, interaction.user.id, interaction.created_at)
        self.bot.dispatch("keeping_back_changed", server(interaction).id)
        await interaction.followup.send(STOPPED, ephemeral=True)

    @app_commands.command(description="Collect what you write again, after /my stop")
    async def start(self, interaction: Interaction) -> None:
        """Start collecting again."""
        await defer_answer(interaction)
        await self.bot.store.people.start(server(interaction).id, interaction.user.id, interaction.created_at)
        self.bot.dispatch("keeping_back_changed", server(interaction).id)
        await interaction.followup.send(STARTED, ephemeral=True)

    @app_commands.command(description="Say which staff group you belong to, or clear it")
    @app_commands.describe(group="Your staff group; leave it out to keep it", manages="Whether you manage people")
    @app_commands.choices(group=GROUPS)
    async def group(self, interaction: Interaction, group: str | None = None, manages: bool | None = None) -> None:
        """Set or clear the staff group, or only show it."""
        await defer_answer(interaction)
        guild_id = server(interaction).id
        choices = await self.bot.store.people.of(guild_id, interaction.user.id)
        if group is not None or manages is not None:
            chosen = choices.group if group is None else group.removeprefix(NO_GROUP)
            manager = choices.manages if manages is None else manages
            people = self.bot.store.people
            choices = await people.choose(guild_id, interaction.user.id, group=chosen, manages=manager)
        settings = await self.bot.store.settings.of(guild_id)
        await interaction.followup.send(_format_group(choices, settings.group_threshold), ephemeral=True)

    @app_commands.command(description="Choose whether I may send you direct messages")
    @app_commands.describe(notices="on: I may write to you. off: I may not, and forget your Discord id")
    async def notices(self, interaction: Interaction, notices: Literal["on", "off"]) -> None:
        """Allow direct messages, or not."""
        await defer_answer(interaction)
        is_on = notices == "on"
        await self.bot.store.people.choose(server(interaction).id, interaction.user.id, notices=is_on)
        await interaction.followup.send(NOTICES_ON if is_on else NOTICES_OFF, ephemeral=True)

    @app_commands.command(description="Choose whether you may be quoted outside this server")
    @app_commands.describe(quotes="yes: without your name. no: your replies count, but are not quoted")
    async def quotes(self, interaction: Interaction, quotes: Literal["yes", "no"]) -> None:
        """Allow quotes, or not."""
        await defer_answer(interaction)
        await self._choose_quotes(interaction, quotes == "yes")

    @app_commands.command(description="Choose whether others may be asked if what you wrote is the same with them")
    @app_commands.describe(others="yes: single sentences, without your name. no: nothing of yours")
    async def others(self, interaction: Interaction, others: Literal["yes", "no"]) -> None:
        """Allow that what the person wrote is put to others, or not."""
        await defer_answer(interaction)
        guild_id, shown = server(interaction).id, others == "yes"
        before = await self.bot.store.people.of(guild_id, interaction.user.id)
        await self.bot.store.people.choose(guild_id, interaction.user.id, shown=shown)
        if before.shown != shown:
            self.bot.dispatch("keeping_back_changed", guild_id)
        await interaction.followup.send(OTHERS_ON if shown else OTHERS_OFF, ephemeral=True)

    @route("my-quotes")
    async def allow(self, interaction: Interaction) -> None:
        """Allow quotes by the button under a prompt's last line."""
        await defer_answer(interaction)
        await self._choose_quotes(interaction, True)

    @route("my-quotes-back")
    async def take_back(self, interaction: Interaction) -> None:
        """Take it back."""
        await defer_answer(interaction)
        await self._choose_quotes(interaction, False)

    async def _choose_quotes(self, interaction: Interaction, allowed: bool) -> None:
        guild_id = server(interaction).id
        before = await self.bot.store.people.of(guild_id, interaction.user.id)
        await self.bot.store.people.choose(guild_id, interaction.user.id, quotes=allowed)
        if (before.quotes, before.refused) != (allowed, not allowed):
            own = await self.bot.store.replies.of_person(guild_id, interaction.user.id)
            apart = EDITS_APART if allowed else ERASURES_APART
            for prompt_id in sorted({reply.prompt_id for reply in own}):
                self.bot.merged.apart(apart).dispatch("quotes_changed", prompt_id)
        await interaction.followup.send(view=_quotes_card(allowed, refused_before=before.refused), ephemeral=True)


def _quotes_card(allowed: bool, *, refused_before: bool) -> ui.LayoutView:
    yes = f"{QUOTES_ON}\n{QUOTES_ON_AGAIN}" if refused_before else QUOTES_ON
    turn = (TAKE_BACK, "my-quotes-back") if allowed else ("You may quote me", "my-quotes")
    return card(yes if allowed else QUOTES_OFF, Row(button(*turn)), framed=False)


def _format_group(choices: Choices, least: int) -> str:
    manages = ", and you manage people" if choices.manages else ""
    return GROUP.format(group=choices.group or "not given", manages=manages, least=least)
