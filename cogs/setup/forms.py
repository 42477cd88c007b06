"""The forms of /setup: which settings each asks for, filled with what is set, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import discord
from discord import ui

from bot.errors import UserError
from bot.models.model_endpoint import ModelEndpoint
from bot.models.settings import SETTINGS, GuildSettings, Kind, Setting
from bot.prompts.reminders import read_time
from bot.text.markdown import escape
from bot.text.time_zones import check_time_zone
from cogs.core.routing import OUT_OF_DATE
from cogs.setup.contacts import CONTACT_FORMS, contact_fields, read_contacts
from cogs.setup.rules import RULES, RULES_TITLE, read_rules, rules_field
from cogs.ui.forms import Field, field, form, radio_field, text_field

NOT_EVERYONE = "You can’t use @everyone here. Choose a role, and give it to the people you mean."
NOT_A_NUMBER = "{ask}: type a number from {least} to {most}."
HIDDEN_CHANNEL = "The bot can’t see the channel you chose. Give it View Channels there, then choose it again."
WRONG_CHANNEL = "You can’t use {channel} here. Choose {kind}."
ROLE_GONE = "The role you chose has since been deleted. Choose another."
NOT_FOR_PEOPLE = "The role {role} belongs to a bot or a service. Choose one that people can have."
NO_MODEL = "This bot has no language model. Ask the person who runs it."
WHERE_WORDS_GO = (
    "If you switch it on, the passage, the question and what staff write go to a language model run by {run_by} "
    "(`{host}`): without names, in random order, and with details that show who someone is taken out. It groups "
    "replies and names the groups, and counts nothing. If a facilitator asks, a report’s passage goes there too, and "
    "it drafts questions. Each new question’s card says so, and people can say no in /my. Tell your information "
    "governance team first."
)
OUTSIDE = "**This is outside your own network.**"
ON, OFF = "on", "off"
LONGEST_ZONE, LONGEST_TIME = 64, 10

CHANNEL_TYPES = {
    Kind.TEXT_OR_FORUM: [discord.ChannelType.text, discord.ChannelType.forum],
    Kind.TEXT_CHANNEL: [discord.ChannelType.text],
    Kind.TEXT_OR_NEWS: [discord.ChannelType.text, discord.ChannelType.news],
}
NEEDED_CHANNELS = (Kind.TEXT_OR_FORUM, Kind.TEXT_CHANNEL)

PLACES, NUMBERS, REMINDERS, SUMMARIES = "places", "numbers", "reminders", "summaries"
LANGUAGE_MODEL = "model"
DECLARED: Mapping[str, tuple[str, Sequence[str]]] = {
    PLACES: (
        "Channels and roles",
        (
            "prompts_channel_id",
            "facilitators_channel_id",
            "facilitator_role_id",
            "organiser_role_id",
            "time_zone",
        ),
    ),
    NUMBERS: ("Days and numbers", ("open_days", "answer_days", "retention_days", "group_threshold")),
    REMINDERS: ("Pings and reminders", ("ping_role_id", "reminders", "quiet_from", "quiet_to")),
    SUMMARIES: ("Summaries", ("publish", "announcements_channel_id")),
    LANGUAGE_MODEL: ("Language model", ("language_model", "language_model_private")),
}
"""The forms of settings that are declared with a question: title and fields, five at most."""
TITLES = {
    **{name: title for name, (title, _) in DECLARED.items()},
    **{name: title for name, (title, _) in CONTACT_FORMS.items()},
    RULES: RULES_TITLE,
}
"""Every form by its name in custom_ids, and what its title and its button say."""


class FilledForm(NamedTuple):
    """What a form changes, by the fields of GuildSettings, and a sentence for each part that could not be used."""

    changes: dict[str, Any]
    problems: list[str]


def make_form(
    guild: discord.Guild, settings: GuildSettings, name: str, origin: str, endpoint: ModelEndpoint | None = None
) -> ui.Modal:
    """Make a form. ``origin`` is the card that it is opened from, ``endpoint`` where the language model answers.

    Raises UserError for a name of no form, and for the language model's where there is none.
    """
    intro = ""
    if name == LANGUAGE_MODEL:
        intro = describe_model(endpoint, settings, guild.name)
    if name in DECLARED:
        fields = [_field(each, SETTINGS[each], guild, getattr(settings, each)) for each in DECLARED[name][1]]
    elif name in CONTACT_FORMS:
        fields = contact_fields(settings, name)
    elif name == RULES:
        fields = [rules_field(settings)]
    else:
        raise UserError(OUT_OF_DATE)
    return form(TITLES[name], "setup-saved", name, origin, fields=fields, intro=intro)


def describe_model(endpoint: ModelEndpoint | None, settings: GuildSettings, server: str) -> str:
    """Say to a manager where words go. Raises UserError where the program has no language model."""
    if endpoint is None:
        raise UserError(NO_MODEL)
    run_by = endpoint.name_who_runs_it(settings, server)
    text = WHERE_WORDS_GO.format(run_by=escape(run_by), host=endpoint.host)
    return f"{text} {OUTSIDE}" if endpoint.is_outside else text


def read_form(guild: discord.Guild, settings: GuildSettings, name: str, values: Mapping[str, Any]) -> FilledForm:
    """Read a form. A part that cannot be used does not lose the others. Raises UserError for a name of no form."""
    if name in CONTACT_FORMS:
        return FilledForm({"contacts": read_contacts(settings.contacts, name, values)}, [])
    if name == RULES:
        return FilledForm({"house_rules": read_rules(values)}, [])
    if name not in DECLARED:
        raise UserError(OUT_OF_DATE)
    filled = FilledForm({}, [])
    for each in DECLARED[name][1]:
        if each not in values:
            continue
        try:
            filled.changes[each] = _read(SETTINGS[each], guild, values[each])
        except UserError as error:
            filled.problems.append(error.public)
    return filled


def _field(name: str, setting: Setting, guild: discord.Guild, value: Any) -> Field:
    kind = setting.kind
    if kind in CHANNEL_TYPES:
        channel = guild.get_channel(value or 0)
        # Discord refuses a form whose default is gone.
        chosen = [] if channel is None else [discord.Object(channel.id, type=type(channel))]
        needed = kind in NEEDED_CHANNELS
        channels: ui.ChannelSelect[ui.Modal] = ui.ChannelSelect(
            custom_id=name,
            channel_types=CHANNEL_TYPES[kind],
            required=needed,
            min_values=int(needed),
            default_values=chosen,
        )
        return field(setting.ask, channels, setting.hint)
    if kind is Kind.ROLE:
        role = guild.get_role(value or 0)
        roles: ui.RoleSelect[ui.Modal] = ui.RoleSelect(
            custom_id=name, required=False, min_values=0, default_values=[] if role is None else [role]
        )
        return field(setting.ask, roles, setting.hint)
    if kind is Kind.CHOICE:
        return radio_field(setting.ask, name, setting.choices, chosen=value, hint=setting.hint)
    if kind is Kind.SWITCH:
        options = ((ON.capitalize(), ON), (OFF.capitalize(), OFF))
        return radio_field(setting.ask, name, options, chosen=ON if value else OFF, hint=setting.hint)
    return _typed(name, setting, "" if value is None else str(value))


def _typed(name: str, setting: Setting, value: str) -> Field:
    longest = {Kind.TIME_ZONE: LONGEST_ZONE, Kind.TIME: LONGEST_TIME}.get(setting.kind, len(str(setting.most)))
    needed = setting.default is not None
    return text_field(setting.ask, name, value=value, hint=setting.hint, required=needed, longest=longest)


def _read(setting: Setting, guild: discord.Guild, value: Any) -> Any:
    kind = setting.kind
    if kind in CHANNEL_TYPES:
        return _channel(kind, guild, _read_chosen_id(value))
    if kind is Kind.ROLE:
        return _role(guild, _read_chosen_id(value)) if value else None
    typed = str(value or "").strip()
    readers: Mapping[Kind, Callable[[str], Any]] = {
        Kind.TIME_ZONE: check_time_zone,
        Kind.TIME: lambda text: f"{read_time(text):%H:%M}",
        Kind.SWITCH: lambda text: text == ON,
        Kind.CHOICE: partial(_choice, setting),
    }
    return readers.get(kind, partial(_number, setting))(typed)


def _channel(kind: Kind, guild: discord.Guild, channel_id: int) -> int | None:
    if not channel_id and kind not in NEEDED_CHANNELS:
        return None
    channel = guild.get_channel(channel_id)
    if channel is None:
        raise UserError(HIDDEN_CHANNEL)
    if channel.type not in CHANNEL_TYPES[kind]:
        raise UserError(WRONG_CHANNEL.format(channel=channel.mention, kind=kind.value))
    return channel.id


def _role(guild: discord.Guild, role_id: int) -> int:
    role = guild.get_role(role_id)
    if role is None:
        raise UserError(ROLE_GONE)
    if role.is_default():
        raise UserError(NOT_EVERYONE)
    if role.managed:
        raise UserError(NOT_FOR_PEOPLE.format(role=role.mention))
    return role.id


def _read_chosen_id(values: Any) -> int:
    return int(next(iter(values or ()), 0))


def _choice(setting: Setting, text: str) -> str:
    if text not in [value for _, value in setting.choices]:
        raise UserError(OUT_OF_DATE)
    return text


def _number(setting: Setting, text: str) -> int | None:
    if not text and setting.default is None:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(setting.most)) else -1
    if not setting.least <= number <= setting.most:
        raise UserError(NOT_A_NUMBER.format(ask=setting.ask, least=setting.least, most=setting.most))
    return number
