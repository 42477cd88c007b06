"""/setup rules: the house rules in the organisation's own words, with ours where it has set none."""

from __future__ import annotations

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.models.settings import GuildSettings
from bot.text.markdown import escape
from cogs.core.access import managers_only, require_manager, server
from cogs.core.answers import answer_privately, open_form
from cogs.core.routing import RoutedCog, route
from cogs.ui.cards import card
from cogs.ui.forms import form, form_values, text_field

LONGEST_RULES = 1_500
RULES = "rules"
OURS = """1. No details of patients, and none from which somebody can be worked out.
2. Speak about what happens, not about colleagues by name.
3. You may disagree with what somebody says. Do not attack the person.
4. Leave what people say here in this server. Do not copy it elsewhere.
5. This is not a place to report a concern. Speak to a person who can act on it.
6. Facilitators can remove a message that breaks these rules."""


class RuleCommands(RoutedCog):
    """The part of /setup that holds the house rules."""

    @app_commands.command(description="Write your house rules, which staff read with a button on every card")
    @managers_only()
    async def rules(self, interaction: discord.Interaction[Bot]) -> None:
        """Open the form."""
        await self._open_rules(interaction)

    @route("rules-open")
    async def open_rules(self, interaction: discord.Interaction[Bot]) -> None:
        """Open the form from a card."""
        await require_manager(interaction)
        await self._open_rules(interaction)

    @route("rules-form")
    async def save_rules(self, interaction: discord.Interaction[Bot]) -> None:
        """Save the form; left empty, ours hold again."""
        await require_manager(interaction)
        words = str(form_values(interaction).get(RULES) or "").strip()
        kept = "" if words == OURS else words
        settings = await self.bot.store.settings.change(server(interaction).id, house_rules=kept)
        saved = card(f"Saved.\n{rules_text(settings)}", framed=False)
        await answer_privately(interaction, saved)

    async def _open_rules(self, interaction: discord.Interaction[Bot]) -> None:
        settings = await self.bot.store.settings.of(server(interaction).id)
        await open_form(interaction, rules_form(settings))


def rules_text(settings: GuildSettings) -> str:
    """Write the house rules as staff read them."""
    # Ours is a list, which is shown as one; theirs is shown as it was typed.
    return f"### House rules\n{escape(settings.house_rules) if settings.house_rules else OURS}"


def rules_form(settings: GuildSettings) -> ui.Modal:
    """Make the form, filled with the rules that hold."""
    words = text_field(
        "House rules",
        RULES,
        value=settings.house_rules or OURS,
        hint="Everybody can read them. Leave it empty for the rules that I come with.",
        long=True,
        required=False,
        longest=LONGEST_RULES,
    )
    return form("House rules", "rules-form", fields=[words])
