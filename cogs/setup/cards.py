"""The card of /setup: every value, what to put right, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.models.settings import SETTINGS, Contact, GuildSettings, Kind, Setting
from bot.text.words import plural
from cogs.setup.command_access import format_command_access
from cogs.setup.contacts import list_missing_contacts
from cogs.ui.cards import card, crop
from cogs.ui.parts import Row, button

MOST_CHARACTERS = 3800
CHANNELS = (Kind.TEXT_OR_FORUM, Kind.TEXT_CHANNEL, Kind.TEXT_OR_NEWS)

NEXT = (
    "### What to do next\n"
    "1. Use /library. The built-in pack “No more heroes” is there; add a report of your own with its button.\n"
    "2. Mark the excerpts to use, then make a weekly series of them, or post one now."
)
ALL_WELL = "Everything works: I have every permission that I need."
TO_SET = "### Contacts to set"
PLACES, PING, CHECK_AGAIN = "Channels and roles", "Ping and days", "Check again"


def settings_card(
    guild: discord.Guild,
    settings: GuildSettings,
    findings: Sequence[str],
    role_commands: Sequence[str],
    *,
    note: str = "",
) -> ui.LayoutView:
    """Show all settings of a server with what is wrong. ``note`` comes first: what was saved, and what was not.

    ``role_commands`` are the commands that the server shows to its roles.
    """
    parts = [note] if note else []
    parts += ["## Settings\n" + "\n".join(setting_lines(guild, settings)), _to_put_right(findings)]
    if lacking := list_missing_contacts(settings):
        parts.append("\n".join((TO_SET, *(f"- {line}" for line in lacking))))
    if access := format_command_access(guild, settings, role_commands):
        parts.append(access)
    if settings.prompts_channel_id and settings.facilitators_channel_id:
        parts.append(NEXT)
    buttons = Row(
        button(PLACES, "setup-open", style=discord.ButtonStyle.primary),
        button(PING, "setup-more"),
        button(CHECK_AGAIN, "setup-check"),
    )
    return card(*crop(parts, MOST_CHARACTERS), buttons)


def setting_lines(guild: discord.Guild, settings: GuildSettings) -> list[str]:
    """Write a line for each setting that is declared with one."""
    shown = {name: setting for name, setting in SETTINGS.items() if setting.card}
    return [setting.card.format(_value(guild, setting, getattr(settings, name))) for name, setting in shown.items()]


def _value(guild: discord.Guild, setting: Setting, value: Any) -> str:
    if value is None:
        return setting.unset
    if setting.kind in CHANNELS:
        channel = guild.get_channel(value)
        return "deleted, or hidden from me" if channel is None else channel.mention
    if setting.kind is Kind.ROLE:
        role = guild.get_role(value)
        return "deleted" if role is None else role.mention
    if setting.kind is Kind.DAYS:
        return plural(value, "day")
    if setting.kind is Kind.CONTACTS:
        return f"{len(value)} of {len(Contact)}"
    if setting.kind is Kind.TEXT:
        return "your own" if value else setting.unset
    if setting.kind is Kind.SWITCH:
        return "on" if value else "off"
    return str(len(value) if setting.kind is Kind.WORDS else value)


def _to_put_right(findings: Sequence[str]) -> str:
    if not findings:
        return ALL_WELL
    return "### To put right\n" + "\n".join(f"- {finding}" for finding in findings)
