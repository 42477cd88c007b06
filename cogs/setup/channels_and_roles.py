"""Makes the channels and the roles that a server lacks, each once, with the permissions that keep words in threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import discord
from discord.abc import GuildChannel

from bot.client import ROLE_COMMANDS, Bot
from bot.errors import UserError
from bot.models.settings import GuildSettings
from bot.text.words import human_join
from cogs.core.channel_permissions import ATTACHING, POSTING
from cogs.setup.changes import change_settings

Overwrites = dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite]
PROMPTS_NAME, OFFICE_NAME = "ward-to-board", "ward-to-board-facilitators"
PROMPTS_TOPIC = "One question a week. Reply in its thread. No patient details, please."
OFFICE_TOPIC = "Where Ward to Board tells facilitators what needs them. Staff can’t see this channel."
FACILITATORS, ORGANISERS = "Ward to Board facilitators", "Ward to Board organisers"
ROLES: Mapping[str, str] = {"facilitator_role_id": FACILITATORS, "organiser_role_id": ORGANISERS}
"""The roles by the settings that hold them."""
MAKING: Mapping[str, str] = {
    "manage_channels": "Manage Channels",
    "manage_roles": "Manage Roles",
    "manage_events": "Manage Events",
    **POSTING,
}
"""What it takes to make them: a bot can only give what it has in the whole server."""
CANNOT_MAKE = (
    "To make channels and roles, the bot needs {permissions}. Open Server Settings, then Roles, choose the bot’s "
    "role, switch {it} on and save. Then press the button again. You can take Manage Channels, Manage Roles and Manage "
    "Events away "
    "afterwards. Or choose your own channels and roles instead."
)
REFUSED = (
    "Discord didn’t let the bot make everything. What it made is kept, and the next try goes on from there. Check "
    "the bot’s permissions, or choose your own channels and roles."
)
MADE = "Made: {what}. You have the facilitator role. Give both roles to the people you mean, in Server Settings."
SEE_COMMANDS = "A role made here has Manage Events, which is how Discord shows its people the bot’s commands."
MADE_CHANNELS = "Made: {what}."
THERE_ALREADY = "Your channels and roles are there already."
SPEAKING = ("view_channel", "send_messages", "send_messages_in_threads", "read_message_history")


async def make_channels_and_roles(bot: Bot, guild: discord.Guild, person: discord.Member) -> str:
    """Make what is not set or is gone, and give ``person`` the facilitator role where it is new. Say what was made.

    Each is stored as soon as it is there. One that was made and not stored, because the bot died in between, is found
    by its name and used. Raises UserError where a permission is lacking.
    """
    if lacking := [name for field, name in MAKING.items() if not getattr(guild.me.guild_permissions, field)]:
        named = human_join([f"**{name}**" for name in lacking])
        raise UserError(CANNOT_MAKE.format(permissions=named, it="it" if len(lacking) == 1 else "them"))
    try:
        return await _make_all(bot, guild, person)
    except discord.Forbidden:
        raise UserError(REFUSED) from None


async def _make_all(bot: Bot, guild: discord.Guild, person: discord.Member) -> str:
    # Asked of Discord, since what was made a moment ago may not be in memory yet.
    settings = await bot.store.settings.of(guild.id)
    there, channels = await guild.fetch_roles(), await guild.fetch_channels()
    roles, made = {}, []
    for setting, name in ROLES.items():
        role = _find_role(there, getattr(settings, setting), name)
        if role is None:
            role = await guild.create_role(name=name, permissions=ROLE_COMMANDS)
            made.append(role.mention)
        roles[setting] = role
        await _keep(bot, settings, setting, role.id)
    if roles["facilitator_role_id"].mention in made:
        await person.add_roles(roles["facilitator_role_id"])
    for setting, name, topic, overwrites in (
        ("prompts_channel_id", PROMPTS_NAME, PROMPTS_TOPIC, _for_prompts(guild)),
        ("facilitators_channel_id", OFFICE_NAME, OFFICE_TOPIC, _for_office(guild, roles.values())),
    ):
        channel = _find_channel(channels, getattr(settings, setting), name, topic)
        if channel is None:
            channel = await guild.create_text_channel(name, topic=topic, overwrites=overwrites)
            made.append(channel.mention)
        await _keep(bot, settings, setting, channel.id)
    if not made:
        return THERE_ALREADY
    said = MADE if roles["facilitator_role_id"].mention in made else MADE_CHANNELS
    notes = [said.format(what=human_join(made))]
    if any(role.mention in made for role in roles.values()):
        notes.append(SEE_COMMANDS)
    return " ".join(notes)


async def _keep(bot: Bot, settings: GuildSettings, setting: str, made_id: int) -> None:
    if getattr(settings, setting) != made_id:
        await change_settings(bot, settings.guild_id, {setting: made_id})


def _find_role(roles: Iterable[discord.Role], role_id: int | None, name: str) -> discord.Role | None:
    """Find the role that is set; else the one that was made and not stored, which can do no more than that."""
    by_id = {role.id: role for role in roles}
    unstored = (role for role in by_id.values() if role.name == name and role.permissions <= ROLE_COMMANDS)
    return by_id.get(role_id or 0) or next(unstored, None)


def _find_channel(channels: Iterable[GuildChannel], channel_id: int | None, name: str, topic: str) -> Any:
    by_id = {channel.id: channel for channel in channels}
    unstored = (
        channel
        for channel in by_id.values()
        if isinstance(channel, discord.TextChannel) and (channel.name, channel.topic) == (name, topic)
    )
    return by_id.get(channel_id or 0) or next(unstored, None)


def _for_prompts(guild: discord.Guild) -> Overwrites:
    """Let everybody write in threads only, so that no words are missed in the channel itself."""
    everyone = discord.PermissionOverwrite(
        send_messages=False, create_public_threads=False, send_messages_in_threads=True
    )
    return {guild.default_role: everyone, guild.me: _for_me(guild)}


def _for_office(guild: discord.Guild, roles: Iterable[discord.Role]) -> Overwrites:
    """Let the two roles and the bot see the channel, and nobody else."""
    helpers = discord.PermissionOverwrite(**dict.fromkeys(SPEAKING, True))
    hidden = discord.PermissionOverwrite(view_channel=False)
    return {guild.default_role: hidden, **dict.fromkeys(roles, helpers), guild.me: _for_me(guild)}


def _for_me(guild: discord.Guild) -> discord.PermissionOverwrite:
    held = guild.me.guild_permissions
    return discord.PermissionOverwrite(**{field: True for field in (*POSTING, *ATTACHING) if getattr(held, field)})
