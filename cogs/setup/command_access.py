"""How a role gets to see its commands, which Discord hides from members at first."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.client import ROLE_COMMANDS
from bot.models.settings import GuildSettings
from bot.text.words import human_join

ORGANISERS_USE = ("check", "outcome", "summary")
"""The commands in which there is something for organisers; all the others are for facilitators."""
TITLE = "### Who sees which commands"
HOW = (
    "Discord shows {commands} only to members with the permission Manage Events. Open Server Settings, then Roles, and "
    "switch it on for:"
)
FACILITATORS, ORGANISERS = "- {role} (facilitators)", "- {role} (organisers, who use {commands})"
INSTEAD = (
    "-# It also lets them edit the server’s events, and nothing else. Integrations can show a role single commands."
)


def format_command_access(guild: discord.Guild, settings: GuildSettings, role_commands: Sequence[str]) -> str:
    """Say how the roles of a server get their commands; empty where each sees them.

    ``role_commands`` are the names of those that Discord hides from members at first.
    """
    lines = []
    for role_id, line in ((settings.facilitator_role_id, FACILITATORS), (settings.organiser_role_id, ORGANISERS)):
        role = guild.get_role(role_id or 0)
        if role is not None and not role.permissions >= ROLE_COMMANDS and not role.permissions.administrator:
            theirs = [name for name in role_commands if name in ORGANISERS_USE]
            lines.append(line.format(role=role.mention, commands=_list(theirs)))
    return "\n".join((TITLE, HOW.format(commands=_list(role_commands)), *lines, INSTEAD)) if lines else ""


def _list(names: Sequence[str]) -> str:
    return human_join([f"/{name}" for name in names])
