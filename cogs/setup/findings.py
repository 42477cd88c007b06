"""What stands in the way of the loop in a server: lost channels, lacking permissions, words that would be missed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import discord
from discord.abc import GuildChannel

from bot.models.settings import GuildSettings
from bot.text.words import human_join, plural
from cogs.core.channel_permissions import ATTACHING, MENTION, REMEMBERING, REPORTING, list_missing_permissions

GIVE = "To give {it}: open the channel’s settings, then Permissions, choose the bot’s role, switch {it} on and save."
ROLES_NAMED = 5

NO_MESSAGE_CONTENT = (
    "The Message Content intent is off, so the bot can’t read what people write in threads. It only collects what "
    "they send with the Reply button. To switch it on, the person who runs the bot opens discord.com/developers, its "
    "application, Bot, Privileged Gateway Intents, then Message Content Intent, and starts the bot again."
)
LACKING = "In {channel} the bot needs {permissions}. {how}"
LACKING_ELSEWHERE = "In {channel}, where a series runs or a question is open, the bot needs {permissions}. {how}"
PLACE_GONE = (
    "A series runs or a question is open in <#{channel}>, which was deleted, or the bot can’t see it. Give its role "
    "View Channels there, or choose another channel for the series with /series."
)
NO_PICTURES = (
    "In {channel} the bot needs {permissions}. Without that, summaries and check results there have words only, and "
    "commands there may give no files. {how}"
)
NO_HISTORY = (
    "In {channel} the bot needs {permissions}. Without that, it may post something there twice after a restart. {how}"
)
OUTSIDE = (
    "{who} can write in {channel} itself. The bot doesn’t collect what’s written there outside the threads. To "
    "prevent it, open the channel’s settings, then Permissions. Switch Send Messages on for the bot’s role, then off "
    "for {whom}. Leave Send Messages in Threads on."
)
STAFF, WITH_ROLES = "Staff", "People with the role {roles}"
OFFICE_GONE = "The facilitators’ channel was deleted, or the bot can’t see it. Choose another with /setup."
CANNOT_REPORT = "The bot can’t report to {channel}: it needs {permissions} there. {how}"
OPEN_OFFICE = "Everyone can read {channel}, where the bot reports to facilitators. You may want to make it private."
NEWS_GONE = "The announcements channel was deleted, or the bot can’t see it. Choose another with /setup."
CANNOT_ANNOUNCE = "The bot can’t post summaries in {channel}: it needs {permissions} there. {how}"
ROLE_GONE = "The {role} was deleted. Choose another with /setup."


def list_findings(
    guild: discord.Guild, settings: GuildSettings, *, message_content: bool, places: Collection[int] = ()
) -> tuple[str, ...]:
    """List what a manager should put right, the gravest first, each with how; empty where everything works.

    ``places`` are the channels in which a series runs or a prompt is open.
    """
    problems = [
        *_prompts_channel(guild, settings),
        *_other_places(guild, settings, places),
        *_facilitators_channel(guild, settings),
        *_announcements_channel(guild, settings),
        *_roles(guild, settings),
    ]
    if not message_content:
        problems.append(NO_MESSAGE_CONTENT)
    return tuple(problems)


def _prompts_channel(guild: discord.Guild, settings: GuildSettings) -> Iterator[str]:
    if settings.prompts_channel_id is None:
        yield "No prompts channel is set. Choose one with /setup."
        return
    channel = guild.get_channel(settings.prompts_channel_id)
    if channel is None:
        yield "The prompts channel was deleted, or the bot can’t see it. Choose another with /setup."
        return
    ping = guild.get_role(settings.ping_role_id or 0)
    lacking = list_missing_permissions(channel, guild.me, ping=ping)
    if lacking:
        yield LACKING.format(channel=channel.mention, permissions=_join_bold(lacking), how=_how(lacking))
    if ping is not None and MENTION in lacking:
        yield f"Instead of that last permission, you can let everyone mention {ping.mention} in the role’s settings."
    yield from _pictures(channel)
    yield from _missed_words(channel, settings)


def _other_places(guild: discord.Guild, settings: GuildSettings, places: Collection[int]) -> Iterator[str]:
    """Look at the other channels: a series keeps its own when another prompts channel is chosen."""
    ping = guild.get_role(settings.ping_role_id or 0)
    for channel_id in sorted(set(places) - {settings.prompts_channel_id}):
        channel = guild.get_channel(channel_id)
        if channel is None:
            yield PLACE_GONE.format(channel=channel_id)
            continue
        lacking = list_missing_permissions(channel, guild.me, ping=ping)
        if lacking:
            yield LACKING_ELSEWHERE.format(channel=channel.mention, permissions=_join_bold(lacking), how=_how(lacking))
        yield from _pictures(channel)


def _pictures(channel: GuildChannel) -> Iterator[str]:
    lacking = list_missing_permissions(channel, channel.guild.me, needed=ATTACHING)
    if lacking:
        yield NO_PICTURES.format(channel=channel.mention, permissions=_join_bold(lacking), how=_how(lacking))


def _history(channel: GuildChannel) -> Iterator[str]:
    lacking = list_missing_permissions(channel, channel.guild.me, needed=REMEMBERING)
    if lacking:
        yield NO_HISTORY.format(channel=channel.mention, permissions=_join_bold(lacking), how=_how(lacking))


def _missed_words(channel: GuildChannel, settings: GuildSettings) -> Iterator[str]:
    """Say who can write outside of threads; a forum has nothing outside of its posts, so no words are missed there."""
    if isinstance(channel, discord.ForumChannel):
        return
    everyone = _can_write(channel, channel.guild.default_role)
    roles = "" if everyone else _roles_that_write(channel, settings)
    if everyone or roles:
        who = STAFF if everyone else WITH_ROLES.format(roles=roles)
        yield OUTSIDE.format(who=who, channel=channel.mention, whom="@everyone" if everyone else roles)


def _roles_that_write(channel: GuildChannel, settings: GuildSettings) -> str:
    """Name the roles that may write there, beside those who know: facilitators, organisers and managers."""
    helpers = (settings.facilitator_role_id, settings.organiser_role_id)
    roles = [
        role
        for role in channel.guild.roles
        if not role.managed
        and role.id not in helpers
        and not role.permissions.manage_guild
        and _can_write(channel, role)
    ]
    named = [role.mention for role in roles[:ROLES_NAMED]]
    if len(roles) > ROLES_NAMED:
        named.append(plural(len(roles) - ROLES_NAMED, "more role"))
    return human_join(named)


def _can_write(channel: GuildChannel, role: discord.Role) -> bool:
    held = channel.permissions_for(role)
    return held.view_channel and held.send_messages


def _facilitators_channel(guild: discord.Guild, settings: GuildSettings) -> Iterator[str]:
    if settings.facilitators_channel_id is None:
        yield (
            "No facilitators’ channel is set, so the bot can’t tell facilitators when something needs them. Choose one."
        )
        return
    channel = guild.get_channel(settings.facilitators_channel_id)
    if channel is None:
        yield OFFICE_GONE
        return
    yield from _posting(channel, CANNOT_REPORT)
    if channel.permissions_for(guild.default_role).view_channel:
        yield OPEN_OFFICE.format(channel=channel.mention)


def _announcements_channel(guild: discord.Guild, settings: GuildSettings) -> Iterator[str]:
    if settings.announcements_channel_id is None:
        return
    channel = guild.get_channel(settings.announcements_channel_id)
    if channel is None:
        yield NEWS_GONE
        return
    yield from _posting(channel, CANNOT_ANNOUNCE)


def _posting(channel: GuildChannel, cannot: str) -> Iterator[str]:
    """Say what the bot needs to post in a channel, to find what it posted there, and to attach pictures."""
    lacking = list_missing_permissions(channel, channel.guild.me, needed=REPORTING)
    if lacking:
        yield cannot.format(channel=channel.mention, permissions=_join_bold(lacking), how=_how(lacking))
    yield from _history(channel)
    yield from _pictures(channel)


def _roles(guild: discord.Guild, settings: GuildSettings) -> Iterator[str]:
    if settings.facilitator_role_id is None:
        yield "No facilitator role is set, so only people with Manage Server can load a report or post prompts."
    kinds = {
        "facilitator role": settings.facilitator_role_id,
        "organiser role": settings.organiser_role_id,
        "role to ping": settings.ping_role_id,
    }
    for name, role_id in kinds.items():
        if role_id is not None and guild.get_role(role_id) is None:
            yield ROLE_GONE.format(role=name)


def _join_bold(lacking: tuple[str, ...]) -> str:
    return human_join([f"**{name}**" for name in lacking])


def _how(lacking: tuple[str, ...]) -> str:
    return GIVE.format(it="it" if len(lacking) == 1 else "them")
