"""The options of /setup set: one for each setting that is declared with an option, and one that clears it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.abc import GuildChannel

from bot.errors import UserError
from bot.models.settings import SETTINGS, Kind, Setting
from bot.text.time_zones import check_time_zone
from cogs.core.autocomplete import zone_choices
from cogs.setup.forms import FilledForm, check_role, read_parts

NOT_BOTH = "Choose {setting}, or clear it, but not both at once."

CLEAR = "clear_"
TYPES: Mapping[Kind, Any] = {
    Kind.TEXT_OR_FORUM: discord.TextChannel | discord.ForumChannel,
    Kind.TEXT_CHANNEL: discord.TextChannel,
    Kind.TEXT_OR_NEWS: discord.TextChannel,
    Kind.ROLE: discord.Role,
    Kind.TIME_ZONE: str,
    Kind.CHOICE: str,
}
"""What an option takes, by the kind of its setting; numbers take a range."""
OFFERED = {name.removesuffix("_id"): name for name, setting in SETTINGS.items() if setting.option}
"""The field of each setting that /setup set can change, by the name of its option."""


def add_declared_options(command: Callable[..., Any]) -> Any:
    """Give a command the options of all settings that are declared with one."""
    parameters = [*list(inspect.signature(command).parameters.values())[:2], *_parameters()]
    command.__dict__["__signature__"] = inspect.Signature(parameters)
    settings = {option: SETTINGS[name] for option, name in OFFERED.items()}
    cleared = {f"{CLEAR}{option}": setting.clear for option, setting in settings.items() if setting.clear}
    described = {option: setting.option for option, setting in settings.items()} | cleared
    app_commands.describe(**described)(command)
    app_commands.rename(**{option: option.replace("_", "-") for option in described})(command)
    app_commands.choices(**{option: _choices(setting) for option, setting in settings.items() if setting.choices})(
        command
    )
    zones = [option for option, setting in settings.items() if setting.kind is Kind.TIME_ZONE]
    app_commands.autocomplete(**dict.fromkeys(zones, zone_choices))(command)
    return command


def read_options(options: Mapping[str, Any]) -> FilledForm:
    """Read the options of /setup set into changes. Raises UserError where one is both set and cleared."""
    given = {option: value for option, value in options.items() if option in OFFERED and value is not None}
    cleared = [option for option in OFFERED if options.get(f"{CLEAR}{option}")]
    for option in cleared:
        if option in given:
            raise UserError(NOT_BOTH.format(setting=SETTINGS[OFFERED[option]].noun))
    names = {OFFERED[option]: value for option, value in given.items()}
    filled = read_parts({name: partial(_read_option, SETTINGS[name].kind, value) for name, value in names.items()})
    filled.changes.update(dict.fromkeys(OFFERED[option] for option in cleared))
    return filled


def _parameters() -> Iterator[inspect.Parameter]:
    for option, name in OFFERED.items():
        setting = SETTINGS[name]
        yield _parameter(option, _type_of(setting) | None, None)
        if setting.clear:
            yield _parameter(f"{CLEAR}{option}", bool, default=False)


def _parameter(name: str, annotation: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _type_of(setting: Setting) -> Any:
    if setting.kind in (Kind.NUMBER, Kind.DAYS):
        bounds: Any = app_commands.Range
        return bounds[int, setting.least, setting.most]
    return TYPES[setting.kind]


def _choices(setting: Setting) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=label, value=value) for label, value in setting.choices]


def _read_option(kind: Kind, value: Any) -> Any:
    if isinstance(value, discord.Role):
        return check_role(value).id
    if kind is not Kind.TEXT_OR_NEWS and isinstance(value, discord.TextChannel) and value.is_news():
        raise UserError(f"{value.mention} is an announcement channel. Choose a text channel or a forum.")
    if isinstance(value, GuildChannel):
        return value.id
    return check_time_zone(value) if kind is Kind.TIME_ZONE else value
