"""/moderation: one card with what is left out, the words to remove and the log; and the menu on a message."""

from __future__ import annotations

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.settings import GuildSettings
from cogs.core.access import facilitators_only, require_facilitator
from cogs.core.answers import acknowledge, answer_privately, defer_answer, open_form, show_privately
from cogs.core.rate_limits import check_command
from cogs.core.routing import route
from cogs.moderation.cards import NEWEST, REPLIES_A_PAGE, left_out_card, moderation_card
from cogs.moderation.entries import EVERYTHING
from cogs.moderation.exclusions import (
    MESSAGE,
    REASON,
    SHORTEST_REASON,
    leave_out,
    link_to,
    linked_form,
    put_back,
    reason_form,
    reply_card,
    show_left_out_reply,
)
from cogs.moderation.log import LogRoutes
from cogs.moderation.named_reply import find_named_reply
from cogs.moderation.words import WordRoutes
from cogs.ui.forms import form_values
from cogs.ui.pages import paginate, read_page_number

Interaction = discord.Interaction[Bot]
MENU = "Exclude from summaries"
TOO_SHORT = f"Please give a reason of at least {SHORTEST_REASON} letters. The reply’s author sees it."


class ModerationCommands(LogRoutes, WordRoutes):
    """Leaves replies out of summaries, puts them back, and shows what was done."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self._menu = facilitators_only()(app_commands.ContextMenu(name=MENU, callback=self.open_form))

    async def cog_load(self) -> None:
        """Add the entry to the menu of a message, which no decorator adds within a cog."""
        await super().cog_load()
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take it out again."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(
        name="moderation", description="Leave replies out of summaries, words to remove, and what was done"
    )
    @app_commands.guild_only()
    @facilitators_only()
    async def open_moderation(self, interaction: Interaction) -> None:
        """Show the card."""
        await self.show_home(interaction)

    @route("moderation-home")
    async def show_home(self, interaction: Interaction) -> None:
        """Show what is left out, how many words are removed, and what was done last."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        left_out = await self.bot.store.exclusions.of_guild(settings.guild_id)
        newest = (await self.entries(interaction, settings, EVERYTHING))[:NEWEST]
        view = moderation_card(len(left_out), len(settings.removed_words), newest)
        await show_privately(interaction, view)

    @route("moderation-left-out")
    async def show_left_out(self, interaction: Interaction, page: str) -> None:
        """Show a page of the replies that are left out of summaries."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        await show_privately(interaction, await self._left_out(settings, page))

    @route("moderation-leave-out")
    async def ask_for_link(self, interaction: Interaction) -> None:
        """Open the form that asks for a link to a reply, and why it is left out."""
        await require_facilitator(interaction)
        await open_form(interaction, linked_form())

    @route("moderation-linked")
    async def send_linked(self, interaction: Interaction) -> None:
        """Leave out the reply that a link names."""
        await require_facilitator(interaction)
        await self._leave_out(interaction, str(form_values(interaction).get(MESSAGE) or ""))

    async def open_form(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer the menu on a message: ask for the reason, or show the one that was given."""
        check_command(interaction)  # a menu is no command of the cog, so nothing else asks
        reply = await find_named_reply(interaction, str(message.id))
        if reply.left_out:
            await answer_privately(interaction, await show_left_out_reply(interaction, reply))
        else:
            await open_form(interaction, reason_form(reply.message_id))

    @route("moderation-exclude")
    async def send_form(self, interaction: Interaction, message_id: str) -> None:
        """Leave out the reply of the form that the menu opened."""
        await require_facilitator(interaction)
        await self._leave_out(interaction, message_id)

    @route("moderation-include")
    async def press_include(self, interaction: Interaction, message_id: str, page: str = "") -> None:
        """Put a reply back into summaries, and show the card that the button was on."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        reply = await find_named_reply(interaction, message_id)
        note = await put_back(interaction, reply)
        told = reply_card(reply.message_id, note, left_out=False)
        await show_privately(interaction, await self._left_out(settings, page, note) if page else told)

    async def _leave_out(self, interaction: Interaction, named: str) -> None:
        await defer_answer(interaction)
        reason = _check_reason(str(form_values(interaction).get(REASON) or ""))
        view = await leave_out(interaction, await find_named_reply(interaction, named), reason)
        await interaction.followup.send(view=view, ephemeral=True)

    async def _left_out(self, settings: GuildSettings, page: str, note: str = "") -> ui.LayoutView:
        replies = await self.bot.store.exclusions.of_guild(settings.guild_id)
        shown = paginate(replies, REPLIES_A_PAGE, read_page_number(page))
        links = [await link_to(self.bot, settings.guild_id, reply) for reply in shown.items]
        return left_out_card(shown, links, len(replies), note=note)


def _check_reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise UserError(TOO_SHORT)
    return reason
