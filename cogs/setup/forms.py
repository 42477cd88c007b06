"""The two forms of /setup, filled with what is set, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import discord
from discord import ui
from discord.abc import GuildChannel

from bot.errors import UserError
from bot.models.settings import GuildSettings
from bot.text.time_zones import check_time_zone
from cogs.ui.parts import custom_id, detached

LONGEST_OPEN = 90
Field = ui.Label[ui.Modal]


class Filled(NamedTuple):
    """What a form changes, by the fields of GuildSettings, and a sentence for each part that could not be used."""

    changes: dict[str, Any]
    problems: list[str]


def start_form(guild: discord.Guild, settings: GuildSettings) -> ui.Modal:
    """The form for channels, roles and time zone: a form holds five parts at most."""
    form = ui.Modal(title="Set up Ward to Board", custom_id=custom_id("setup-start"))
    prompts = _channel_select(
        guild, "prompts_channel_id", settings, discord.ChannelType.text, discord.ChannelType.forum
    )
    office = _channel_select(guild, "facilitators_channel_id", settings, discord.ChannelType.text)
    form.add_item(
        Field(text="Prompts channel", description="Where staff read and discuss. Text or forum.", component=prompts)
    )
    form.add_item(Field(text="Facilitators' channel", description="Where I report what needs them.", component=office))
    form.add_item(
        Field(
            text="Facilitator role",
            description="Who loads reports and posts prompts.",
            component=_role_select(guild, "facilitator_role_id", settings),
        )
    )
    form.add_item(
        Field(
            text="Organiser role",
            description="Who reads summaries, beside facilitators.",
            component=_role_select(guild, "organiser_role_id", settings),
        )
    )
    zone: ui.TextInput[ui.Modal] = ui.TextInput(custom_id="time_zone", default=settings.time_zone, max_length=64)
    form.add_item(Field(text="Time zone", description="Area and city, or a city alone.", component=zone))
    return detached(form)


def more_form(guild: discord.Guild, settings: GuildSettings) -> ui.Modal:
    """The form for what can wait: whom to ping, and how long prompts stay open."""
    form = ui.Modal(title="Ping and days", custom_id=custom_id("setup-more-form"))
    form.add_item(
        Field(
            text="Role to ping with a prompt",
            description="Leave it empty to ping nobody.",
            component=_role_select(guild, "ping_role_id", settings),
        )
    )
    days: ui.TextInput[ui.Modal] = ui.TextInput(custom_id="open_days", default=str(settings.open_days), max_length=2)
    form.add_item(
        Field(text="Days that a prompt stays open", description=f"A number from 1 to {LONGEST_OPEN}.", component=days)
    )
    return detached(form)


def read_start(guild: discord.Guild, values: Mapping[str, Any]) -> Filled:
    """What the first form says. A part that cannot be used does not lose the others."""
    return _read(
        {
            "prompts_channel_id": lambda: _channel(guild, values, "prompts_channel_id"),
            "facilitators_channel_id": lambda: _channel(guild, values, "facilitators_channel_id"),
            "facilitator_role_id": lambda: _role(guild, values, "facilitator_role_id"),
            "organiser_role_id": lambda: _role(guild, values, "organiser_role_id"),
            "time_zone": lambda: check_time_zone(values["time_zone"]),
        }
    )


def read_more(guild: discord.Guild, values: Mapping[str, Any]) -> Filled:
    """What the second form says."""
    return _read(
        {
            "ping_role_id": lambda: _role(guild, values, "ping_role_id"),
            "open_days": lambda: _days(values["open_days"]),
        }
    )


def read_options(**options: discord.Role | GuildChannel | str | int | None) -> Filled:
    """What the options of /setup set say, by the fields of GuildSettings; None was not given."""
    given = {name: value for name, value in options.items() if value is not None}
    return _read({name: partial(_option, value) for name, value in given.items()})


def _option(value: discord.Role | GuildChannel | str | int) -> str | int:
    match value:
        case discord.Role():
            return check_role(value).id
        case discord.TextChannel() if value.is_news():
            raise UserError(f"{value.mention} is an announcement channel. Choose a text channel or a forum.")
        case GuildChannel():
            return value.id
        case str():
            return check_time_zone(value)
    return value


def check_role(role: discord.Role) -> discord.Role:
    """The role, if people can be given it. Raises UserError for @everyone and for the roles of bots."""
    if role.is_default():
        raise UserError("@everyone cannot be used here. Choose a role that you give to the people you mean.")
    if role.managed:
        raise UserError(f"The role {role.mention} belongs to a bot or a service. Choose one that people can have.")
    return role


def _read(readers: Mapping[str, Callable[[], Any]]) -> Filled:
    filled = Filled({}, [])
    for name, reader in readers.items():
        try:
            filled.changes[name] = reader()
        except UserError as error:
            filled.problems.append(error.public)
    return filled


def _channel(guild: discord.Guild, values: Mapping[str, Any], name: str) -> int:
    channel = guild.get_channel(_chosen_id(values, name))
    if channel is None:
        raise UserError("I cannot see the channel that you chose. Give me View Channels there, then choose it again.")
    return channel.id


def _role(guild: discord.Guild, values: Mapping[str, Any], name: str) -> int | None:
    if not values.get(name):
        return None
    role = guild.get_role(_chosen_id(values, name))
    if role is None:
        raise UserError("The role that you chose was deleted meanwhile. Choose another.")
    return check_role(role).id


def _chosen_id(values: Mapping[str, Any], name: str) -> int:
    return int(next(iter(values.get(name) or ()), 0))


def _days(typed: str) -> int:
    days = int(typed) if typed.strip().isdecimal() else 0
    if not 1 <= days <= LONGEST_OPEN:
        raise UserError(f"The days that a prompt stays open have to be a number from 1 to {LONGEST_OPEN}.")
    return days


def _channel_select(
    guild: discord.Guild, name: str, settings: GuildSettings, *types: discord.ChannelType
) -> ui.ChannelSelect[ui.Modal]:
    channel = guild.get_channel(getattr(settings, name) or 0)
    # Discord refuses a form whose default is gone.
    defaults = [] if channel is None else [discord.Object(channel.id, type=type(channel))]
    return ui.ChannelSelect(custom_id=name, channel_types=list(types), required=True, default_values=defaults)


def _role_select(guild: discord.Guild, name: str, settings: GuildSettings) -> ui.RoleSelect[ui.Modal]:
    role = guild.get_role(getattr(settings, name) or 0)
    return ui.RoleSelect(custom_id=name, required=False, default_values=[] if role is None else [role])
