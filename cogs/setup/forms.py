"""The two forms of /setup, filled with what is set, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import discord
from discord import ui

from bot.errors import UserError
from bot.models.settings import SETTINGS, GuildSettings, Kind
from bot.text.time_zones import check_time_zone
from cogs.ui.forms import Field, field, form, text_field

NOT_EVERYONE = "@everyone cannot be used here. Choose a role that you give to the people you mean."

OPEN_DAYS = SETTINGS["open_days"]
CHANNEL_TYPES = {
    Kind.TEXT_OR_FORUM: [discord.ChannelType.text, discord.ChannelType.forum],
    Kind.TEXT_CHANNEL: [discord.ChannelType.text],
}


class FormPart(NamedTuple):
    """A part of a form: the setting's field, its label there, and the hint below it."""

    name: str
    label: str
    hint: str


START = (
    FormPart("prompts_channel_id", "Prompts channel", "Where staff read and discuss. Text or forum."),
    FormPart("facilitators_channel_id", "Facilitators' channel", "Where I report what needs them."),
    FormPart("facilitator_role_id", "Facilitator role", "Who loads reports and posts prompts."),
    FormPart("organiser_role_id", "Organiser role", "Who reads summaries, beside facilitators."),
    FormPart("time_zone", "Time zone", "Area and city, or a city alone."),
)
"""Channels, roles and time zone: a form holds five parts at most."""
MORE = (
    FormPart("ping_role_id", "Role to ping with a prompt", "Leave it empty to ping nobody."),
    FormPart("open_days", "Days that a prompt stays open", f"A number from {OPEN_DAYS.least} to {OPEN_DAYS.most}."),
)
"""What can wait: whom to ping, and how long prompts stay open."""


class FilledForm(NamedTuple):
    """What a form changes, by the fields of GuildSettings, and a sentence for each part that could not be used."""

    changes: dict[str, Any]
    problems: list[str]


def start_form(guild: discord.Guild, settings: GuildSettings) -> ui.Modal:
    """Make the first form."""
    return form("Set up Ward to Board", "setup-start", fields=_fields(START, guild, settings))


def more_form(guild: discord.Guild, settings: GuildSettings) -> ui.Modal:
    """Make the second form."""
    return form("Ping and days", "setup-more-form", fields=_fields(MORE, guild, settings))


def read_start(guild: discord.Guild, values: Mapping[str, Any]) -> FilledForm:
    """Read the first form. A part that cannot be used does not lose the others."""
    return _read_part(START, guild, values)


def read_more(guild: discord.Guild, values: Mapping[str, Any]) -> FilledForm:
    """Read the second form."""
    return _read_part(MORE, guild, values)


def read_parts(readers: Mapping[str, Callable[[], Any]]) -> FilledForm:
    """Read each part by its own reader; what a reader refuses becomes a problem."""
    filled = FilledForm({}, [])
    for name, reader in readers.items():
        try:
            filled.changes[name] = reader()
        except UserError as error:
            filled.problems.append(error.public)
    return filled


def check_role(role: discord.Role) -> discord.Role:
    """Return the role if people can be given it. Raises UserError for @everyone and for the roles of bots."""
    if role.is_default():
        raise UserError(NOT_EVERYONE)
    if role.managed:
        raise UserError(f"The role {role.mention} belongs to a bot or a service. Choose one that people can have.")
    return role


def _fields(parts: Sequence[FormPart], guild: discord.Guild, settings: GuildSettings) -> list[Field]:
    return [_field(part, guild, getattr(settings, part.name)) for part in parts]


def _field(part: FormPart, guild: discord.Guild, value: Any) -> Field:
    kind = SETTINGS[part.name].kind
    if kind in CHANNEL_TYPES:
        channel = guild.get_channel(value or 0)
        # Discord refuses a form whose default is gone.
        chosen = [] if channel is None else [discord.Object(channel.id, type=type(channel))]
        channels: ui.ChannelSelect[ui.Modal] = ui.ChannelSelect(
            custom_id=part.name, channel_types=CHANNEL_TYPES[kind], required=True, default_values=chosen
        )
        return field(part.label, channels, part.hint)
    if kind is Kind.ROLE:
        role = guild.get_role(value or 0)
        roles: ui.RoleSelect[ui.Modal] = ui.RoleSelect(
            custom_id=part.name, required=False, default_values=[] if role is None else [role]
        )
        return field(part.label, roles, part.hint)
    return text_field(part.label, part.name, value=str(value), hint=part.hint, longest=2 if kind is Kind.DAYS else 64)


def _read_part(parts: Sequence[FormPart], guild: discord.Guild, values: Mapping[str, Any]) -> FilledForm:
    return read_parts({part.name: partial(_value, part.name, guild, values) for part in parts})


def _value(name: str, guild: discord.Guild, values: Mapping[str, Any]) -> Any:
    kind = SETTINGS[name].kind
    if kind in CHANNEL_TYPES:
        return _channel(guild, _read_chosen_id(values, name))
    if kind is Kind.ROLE:
        return _role(guild, _read_chosen_id(values, name)) if values.get(name) else None
    return _days(values[name]) if kind is Kind.DAYS else check_time_zone(values[name])


def _channel(guild: discord.Guild, channel_id: int) -> int:
    channel = guild.get_channel(channel_id)
    if channel is None:
        raise UserError("I cannot see the channel that you chose. Give me View Channels there, then choose it again.")
    return channel.id


def _role(guild: discord.Guild, role_id: int) -> int:
    role = guild.get_role(role_id)
    if role is None:
        raise UserError("The role that you chose was deleted meanwhile. Choose another.")
    return check_role(role).id


def _read_chosen_id(values: Mapping[str, Any], name: str) -> int:
    return int(next(iter(values.get(name) or ()), 0))


def _days(typed: str) -> int:
    days = int(typed) if typed.isascii() and typed.strip().isdecimal() else 0
    if not OPEN_DAYS.least <= days <= OPEN_DAYS.most:
        raise UserError(
            f"The days that a prompt stays open have to be a number from {OPEN_DAYS.least} to {OPEN_DAYS.most}."
        )
    return days
