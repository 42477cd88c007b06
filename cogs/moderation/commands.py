"""/moderation exclude and include, the menu on a message, and their form; the log comes from its own file."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.errors import UserError
from cogs.core.access import facilitators_only, require_facilitator
from cogs.core.answers import answer_privately, defer_answer, defer_update, open_form
from cogs.core.rate_limits import check_command
from cogs.core.routing import RoutedCog, route
from cogs.moderation.autocomplete import find_named_reply, left_out_choices
from cogs.moderation.exclusions import (
    LONGEST_REASON,
    REASON,
    SHORTEST_REASON,
    leave_out,
    put_back,
    reason_form,
    standing,
)
from cogs.moderation.log import LogCommands
from cogs.ui.forms import form_values

Interaction = discord.Interaction[Bot]
Reason = app_commands.Range[str, SHORTEST_REASON, LONGEST_REASON]
MENU = "Exclude from summaries"
LINK = "A link to the message: open its menu, then Copy Message Link"
TOO_SHORT = f"Please give a reason of at least {SHORTEST_REASON} letters: the author of the reply sees it."


@app_commands.guild_only()
class ModerationCommands(
    LogCommands,
    RoutedCog,
    commands.GroupCog,
    group_name="moderation",
    group_description="Leave replies out of summaries, and see what was done",
):
    """Leaves replies out of summaries, puts them back, and shows what was done."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self._menu = facilitators_only()(app_commands.ContextMenu(name=MENU, callback=self.open_form))
        # Discord hides it from everybody else by default; a server may show it to its facilitators.
        self._menu.default_permissions = discord.Permissions(manage_messages=True)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="Leave one reply out of summaries, and say why; its author sees the reason")
    @app_commands.describe(message=LINK, reason="Why? No names, please")
    @facilitators_only()
    async def exclude(self, interaction: Interaction, message: str, reason: Reason) -> None:
        """Leave out the reply that a link names."""
        await defer_answer(interaction)
        view = await leave_out(interaction, await find_named_reply(interaction, message), _check_reason(reason))
        await interaction.followup.send(view=view, ephemeral=True)

    @app_commands.command(description="Let summaries read a reply again that was left out")
    @app_commands.describe(message=f"{LINK}. Or choose it by the reason", reason="Why, if you want to say it")
    @app_commands.autocomplete(message=left_out_choices)
    @facilitators_only()
    async def include(
        self, interaction: Interaction, message: str, reason: app_commands.Range[str, 0, LONGEST_REASON] = ""
    ) -> None:
        """Put a reply back."""
        await defer_answer(interaction)
        view = await put_back(interaction, await find_named_reply(interaction, message), reason)
        await interaction.followup.send(view=view, ephemeral=True)

    async def open_form(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer the menu on a message: ask for the reason, or show the one that stands."""
        check_command(interaction)  # a menu is no command of the cog, so nothing else asks
        reply = await find_named_reply(interaction, str(message.id))
        if reply.left_out:
            await answer_privately(interaction, await standing(interaction, reply))
        else:
            await open_form(interaction, reason_form(reply.message_id))

    @route("moderation-exclude")
    async def send_form(self, interaction: Interaction, message_id: str) -> None:
        """Leave out the reply of the form that the menu opened."""
        await require_facilitator(interaction)
        await defer_answer(interaction)
        reason = _check_reason(str(form_values(interaction).get(REASON) or ""))
        view = await leave_out(interaction, await find_named_reply(interaction, message_id), reason)
        await interaction.followup.send(view=view, ephemeral=True)

    @route("moderation-include")
    async def press_include(self, interaction: Interaction, message_id: str) -> None:
        """Put back the reply under whose card the button stands."""
        await require_facilitator(interaction)
        await defer_update(interaction)
        view = await put_back(interaction, await find_named_reply(interaction, message_id))
        await interaction.edit_original_response(view=view)


def _check_reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise UserError(TOO_SHORT)
    return reason
