"""Which permissions the bot needs, by the names that people read in Discord, and which of them it lacks."""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord.abc import GuildChannel

VIEW = "View Channels"
POSTING: Mapping[str, str] = {
    "view_channel": VIEW,
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "manage_threads": "Manage Threads",
    "read_message_history": "Read Message History",
}
"""What the bot needs where it posts prompts."""

ATTACHING: Mapping[str, str] = {"attach_files": "Attach Files"}
"""What lets it post pictures beside the words, and give files; it works without."""

INVITED: Mapping[str, str] = {**POSTING, **ATTACHING}
"""What the invitation asks for."""

FORUM_POSTING: Mapping[str, str] = {
    "view_channel": VIEW,
    "send_messages": "Create Posts",
    "send_messages_in_threads": "Send Messages in Posts",
    "manage_threads": "Manage Posts",
    "read_message_history": "Read Message History",
}
"""The same in a forum, where Discord gives some of them other names."""

REPORTING: Mapping[str, str] = {"view_channel": VIEW, "send_messages": "Send Messages"}
"""What it needs where it reports to facilitators."""

REMEMBERING: Mapping[str, str] = {"read_message_history": "Read Message History"}
"""What lets it see what it has posted there already."""

MENTION = "Mention @everyone, @here and All Roles"


def list_missing_permissions(
    channel: GuildChannel,
    me: discord.Member,
    *,
    needed: Mapping[str, str] | None = None,
    ping: discord.Role | None = None,
) -> tuple[str, ...]:
    """Return what the bot lacks in a channel, by Discord's names; empty where it can work.

    Without ``needed`` it is what posting a prompt takes there. ``ping`` is a role that is pinged with each prompt; it
    takes one permission more where not everybody may mention it.
    """
    if needed is None:
        needed = FORUM_POSTING if isinstance(channel, discord.ForumChannel) else POSTING
    held = channel.permissions_for(me)
    lacking = [name for field, name in needed.items() if not getattr(held, field)]
    if ping is not None and not ping.mentionable and not held.mention_everyone:
        lacking.append(MENTION)
    return tuple(lacking)


def invite_link(application_id: int) -> str:
    """Return the address that invites the bot to a server, with exactly the permissions that it uses."""
    permissions = discord.Permissions(**dict.fromkeys(INVITED, True))
    return discord.utils.oauth_url(application_id, permissions=permissions, scopes=("bot", "applications.commands"))
