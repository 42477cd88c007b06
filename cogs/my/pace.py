"""How often a person may do something; each cog keeps its own count."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot


class Pace:
    """Lets each person in each server pass ``times`` in ``seconds``."""

    def __init__(self, times: int, seconds: float) -> None:
        self._cooldown = app_commands.Cooldown(times, seconds)
        self._people = commands.CooldownMapping(self._cooldown, _who)

    def take(self, interaction: discord.Interaction[Bot]) -> None:
        """Count one time. Raises CommandOnCooldown past the limit."""
        wait = self._people.update_rate_limit(interaction, interaction.created_at.timestamp())
        if wait:
            raise app_commands.CommandOnCooldown(self._cooldown, wait)


def _who(interaction: discord.Interaction[Bot]) -> tuple[int | None, int]:
    return interaction.guild_id, interaction.user.id
