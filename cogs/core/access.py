"""Who may do what: managers of the server, facilitators, organisers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.settings import GuildSettings

T = TypeVar("T")
ONLY = "Only {who} can do this"
FACILITATORS, ORGANISERS = "facilitators", "organisers"


class NotAllowed(UserError, app_commands.CheckFailure):  # noqa: N818 - it is a refusal, and no fault
    """The person may not do this; the text says who may."""


def server(interaction: discord.Interaction[Any]) -> discord.Guild:
    """Return the server in which somebody acts. Raises UserError outside of one."""
    if interaction.guild is None:
        raise UserError("This only works in a server. Open the one with the bot, and try again there.")
    return interaction.guild


def require_own_posting(
    interaction: discord.Interaction[Any], channel: discord.TextChannel, settings: GuildSettings
) -> None:
    """Let pass only people who may write in a channel themselves, unless it is one of those of /setup."""
    member = interaction.user
    may_write = isinstance(member, discord.Member) and channel.permissions_for(member).send_messages
    if channel.id not in (settings.announcements_channel_id, settings.prompts_channel_id) and not may_write:
        raise UserError(
            "You can’t write in that channel yourself, so the bot won’t post there for you. Choose another channel."
        )


async def require_manager(interaction: discord.Interaction[Bot]) -> None:
    """Let pass only people with the permission Manage Server."""
    server(interaction)
    if not interaction.permissions.manage_guild:
        raise NotAllowed(f"{ONLY.format(who='people with the permission Manage Server')}.")


async def require_facilitator(interaction: discord.Interaction[Bot]) -> GuildSettings:
    """Let pass facilitators (the role set in /setup) and managers of the server. Returns the server's settings."""
    settings = await interaction.client.store.settings.of(server(interaction).id)
    if not _is_one_of(interaction, settings.facilitator_role_id):
        raise NotAllowed(_refusal(FACILITATORS, settings.facilitator_role_id))
    return settings


async def require_organiser(interaction: discord.Interaction[Bot]) -> GuildSettings:
    """Let pass organisers, facilitators and managers of the server. Returns the server's settings."""
    settings = await interaction.client.store.settings.of(server(interaction).id)
    if not _is_one_of(interaction, settings.organiser_role_id, settings.facilitator_role_id):
        raise NotAllowed(_refusal(ORGANISERS, settings.organiser_role_id))
    return settings


def helps_to_run(interaction: discord.Interaction[Bot], settings: GuildSettings) -> bool:
    """Say whether somebody is a facilitator, an organiser or a manager of the server, who look and do not take part."""
    return _is_one_of(interaction, settings.organiser_role_id, settings.facilitator_role_id)


def managers_only() -> Callable[[T], T]:
    """Keep a command for people with Manage Server."""
    return _check(require_manager)


def facilitators_only() -> Callable[[T], T]:
    """Keep a command for facilitators and managers."""
    return _check(require_facilitator)


def organisers_only() -> Callable[[T], T]:
    """Keep a command for organisers, facilitators and managers."""
    return _check(require_organiser)


def _check(require: Callable[[discord.Interaction[Bot]], Any]) -> Callable[[T], T]:
    async def predicate(interaction: discord.Interaction[Bot]) -> bool:
        await require(interaction)
        return True

    return app_commands.check(predicate)


def _is_one_of(interaction: discord.Interaction[Bot], *role_ids: int | None) -> bool:
    if interaction.permissions.manage_guild:
        return True
    roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else []
    return any(role.id in role_ids for role in roles)


def _refusal(who: str, role_id: int | None) -> str:
    if role_id is None:
        return (
            f"{ONLY.format(who=who)}, and no role is set for them yet. "
            "Someone who manages the server can set it with /setup."
        )
    return f"{ONLY.format(who=who)}. Their role is <@&{role_id}>."
