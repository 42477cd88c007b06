"""The card of /setup: every value, what to put right, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.settings import Contact, GuildSettings
from bot.text.escape import shorten
from bot.text.words import plural
from cogs.setup.contacts import missing_contacts
from cogs.ui.parts import custom_id, detached

MOST_CHARACTERS = 3800

NEXT = (
    "### What to do next\n"
    "1. Load a report with /library import, or use the built-in pack “No more heroes”: /library list.\n"
    "2. Plan weekly prompts with /series create, or post one now with /prompt post."
)


def settings_card(
    guild: discord.Guild, settings: GuildSettings, findings: Sequence[str], *, note: str = ""
) -> ui.LayoutView:
    """All settings of a server with what is wrong. ``note`` comes first: what was saved, and what was not."""
    parts = [note] if note else []
    parts += ["## Settings\n" + "\n".join(_values(guild, settings)), _to_put_right(findings)]
    if lacking := missing_contacts(settings):
        parts.append("\n".join(("### Contacts to set", *(f"- {line}" for line in lacking))))
    if settings.prompts_channel_id and settings.facilitators_channel_id:
        parts.append(NEXT)
    view = ui.LayoutView()
    container: ui.Container[ui.LayoutView] = ui.Container()
    for part in _fitting(parts):
        container.add_item(ui.TextDisplay(part))
    container.add_item(
        ui.ActionRow(
            ui.Button(label="Channels and roles", custom_id=custom_id("setup-open"), style=discord.ButtonStyle.primary),
            ui.Button(label="Ping and days", custom_id=custom_id("setup-more")),
            ui.Button(label="Check again", custom_id=custom_id("setup-check")),
        )
    )
    view.add_item(container)
    return detached(view)


def _values(guild: discord.Guild, settings: GuildSettings) -> list[str]:
    return [
        f"Prompts channel: {_channel(guild, settings.prompts_channel_id)}",
        f"Facilitators' channel: {_channel(guild, settings.facilitators_channel_id)}",
        f"Facilitator role: {_role(guild, settings.facilitator_role_id)}",
        f"Organiser role: {_role(guild, settings.organiser_role_id)}",
        f"Role to ping with a prompt: {_role(guild, settings.ping_role_id, 'nobody')}",
        f"Time zone: {settings.time_zone}",
        f"A prompt stays open for {plural(settings.open_days, 'day')}",
        f"Summaries are published: {settings.publish}",
        f"Announcements channel: {_channel(guild, settings.announcements_channel_id)}",
        f"Replies are erased {plural(settings.retention_days, 'day')} after their prompt closed (/setup retention)",
        f"Staff groups are shown from {settings.group_threshold} people on (/setup groups)",
        f"Contacts: {len(settings.contacts)} of {len(Contact)} set (/setup contacts)",
        f"House rules: {'your own' if settings.house_rules else 'those that I come with'} (/setup rules)",
        f"Words to remove: {len(settings.removed_words)} (/words list)",
    ]


def _channel(guild: discord.Guild, channel_id: int | None) -> str:
    if channel_id is None:
        return "not set"
    channel = guild.get_channel(channel_id)
    return "deleted, or hidden from me" if channel is None else channel.mention


def _role(guild: discord.Guild, role_id: int | None, without: str = "not set") -> str:
    if role_id is None:
        return without
    role = guild.get_role(role_id)
    return "deleted" if role is None else role.mention


def _to_put_right(findings: Sequence[str]) -> str:
    if not findings:
        return "Everything works: I have every permission that I need."
    return "### To put right\n" + "\n".join(f"- {finding}" for finding in findings)


def _fitting(parts: Sequence[str]) -> list[str]:
    """The parts in what one message holds; the last ones give way."""
    room = MOST_CHARACTERS
    fitting = []
    for part in parts:
        if room > 0:
            fitting.append(shorten(part, room))
        room -= len(part)
    return fitting
