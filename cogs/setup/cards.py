"""The two cards of /setup: the first steps, and every setting; both say what to put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.models.settings import SETTINGS, Contact, GuildSettings, Kind, Setting
from bot.services.first_steps import FirstSteps
from bot.text.words import plural
from cogs.setup.command_access import format_command_access
from cogs.setup.contacts import CONTACTS, ORGANISATION, list_missing_contacts
from cogs.setup.findings import NO_MESSAGE_CONTENT
from cogs.setup.forms import LANGUAGE_MODEL, NUMBERS, PLACES, REMINDERS, SUMMARIES, TITLES
from cogs.setup.rules import RULES
from cogs.ui.cards import card, crop
from cogs.ui.parts import Button, Row, button

MOST_CHARACTERS = 3800
CHANNELS = (Kind.TEXT_OR_FORUM, Kind.TEXT_CHANNEL, Kind.TEXT_OR_NEWS)
STEPS, ALL = "steps", "all"
"""The cards by their names in custom_ids: a form leads back to the one that it was opened from."""

ALL_WELL = "Everything works: the bot has every permission it needs."
TO_SET = "### Contacts to set"
ALL_SETTINGS, FIRST_STEPS, CHECK_AGAIN = "All settings", "First steps", "Check again"
GOVERNANCE = "Governance documents"
MAKE, CHOOSE = "Make channels and roles for me", "Choose my own"
TRY_OUT = "Post a try-out question"
START = {"no_more_heroes": "Start the built-in series", "three_weeks": "Start the three weeks"}
"""The buttons of the packs that can be started."""

HEAD = "## Set up Ward to Board\nTake the steps in order. You can stop and come back: /setup shows what’s done."
DONE, TO_DO = "**Done.**", "**To do.**"
PLACES_DONE = "Staff get questions in {prompts}. {office} is for facilitators, who have the role {role}"
TRIED_OUT = "A try-out question was posted in {office}"
PLANNED = "Staff have their first questions, or /series has them planned"
PLACES_STEP = "A channel for questions, a private one for facilitators, and who the facilitators are"
CONTACTS_STEP = "Contacts: staff see them when they press “Get help”"
ORGANISATION_STEP = "Your organisation’s name, for the privacy notice"
TRY_OUT_STEP = "A try-out question that only facilitators see, to reply to as staff would"
SERIES_STEP = (
    "Your first questions, from next Monday at 09:00: the built-in series “No more heroes” (16 weeks), or the three "
    "weeks of the commission’s brief (where leadership stands, what is needed, what to do). For a report of your own, "
    "use /library and /series"
)


def steps_card(
    guild: discord.Guild,
    settings: GuildSettings,
    steps: FirstSteps,
    findings: Sequence[str],
    role_commands: Sequence[str],
    *,
    note: str = "",
) -> ui.LayoutView:
    """Show the first steps, which of them are done, and a button for each. ``note`` comes first: what just happened."""
    names = ("prompts_channel_id", "facilitators_channel_id", "facilitator_role_id")
    prompts, office, role = (_value(guild, SETTINGS[name], getattr(settings, name)) for name in names)
    places = PLACES_DONE.format(prompts=prompts, office=office, role=role)
    told = (
        (steps.places, places if steps.places else PLACES_STEP),
        (steps.contacts, CONTACTS_STEP),
        (steps.organisation, ORGANISATION_STEP),
        (steps.tried_out, TRIED_OUT.format(office=office) if steps.tried_out else TRY_OUT_STEP),
        (steps.planned, PLANNED if steps.planned else SERIES_STEP),
    )
    lines = [f"{number}. {DONE if done else TO_DO} {text}." for number, (done, text) in enumerate(told, 1)]
    # Before there are channels, the findings would only repeat the first step.
    wrong = [finding for finding in findings if steps.places or finding == NO_MESSAGE_CONTENT]
    texts = [note, HEAD, "\n".join(lines), _to_put_right(wrong) if steps.places or wrong else ""]
    texts.append(format_command_access(guild, settings, role_commands) if steps.places else "")
    return card(*crop(filter(None, texts), MOST_CHARACTERS), *_step_rows(steps, settings))


def settings_card(
    guild: discord.Guild,
    settings: GuildSettings,
    findings: Sequence[str],
    role_commands: Sequence[str],
    *,
    note: str = "",
    has_model: bool = False,
) -> ui.LayoutView:
    """Show all settings of a server with what is wrong. ``note`` comes first: what was saved, and what was not.

    ``role_commands`` are the commands that the server shows to its roles. ``has_model`` says whether the program has a
    language model, which the server can switch on.
    """
    parts = [note] if note else []
    parts += [
        "## Settings\n" + "\n".join(f"- {line}" for line in setting_lines(guild, settings, has_model)),
        _to_put_right(findings),
    ]
    if lacking := list_missing_contacts(settings):
        parts.append("\n".join((TO_SET, *(f"- {line}" for line in lacking))))
    if access := format_command_access(guild, settings, role_commands):
        parts.append(access)
    return card(
        *crop(parts, MOST_CHARACTERS),
        Row(*(_form_button(name, ALL) for name in (PLACES, CONTACTS, ORGANISATION, RULES, NUMBERS))),
        Row(
            *(_form_button(name, ALL) for name in (REMINDERS, SUMMARIES)),
            button(GOVERNANCE, "setup-governance"),
            button(CHECK_AGAIN, "setup-show", ALL),
            button(FIRST_STEPS, "setup-show", STEPS),
        ),
        *([Row(_form_button(LANGUAGE_MODEL, ALL))] if has_model else []),
    )


def setting_lines(guild: discord.Guild, settings: GuildSettings, has_model: bool = False) -> list[str]:
    """Write a line for each setting that is declared with one, those of a language model only where there is one."""
    shown = {
        name: setting for name, setting in SETTINGS.items() if setting.card and (has_model or not setting.needs_model)
    }
    return [setting.card.format(_value(guild, setting, getattr(settings, name))) for name, setting in shown.items()]


def _step_rows(steps: FirstSteps, settings: GuildSettings) -> list[Row]:
    """Make the buttons of the steps, the next one's in colour. What needs channels is switched off without them."""

    def style(step: str) -> discord.ButtonStyle:
        return discord.ButtonStyle.primary if step == steps.next_step else discord.ButtonStyle.secondary

    if steps.places:
        places = [_form_button(PLACES, STEPS)]
    else:
        make = button(MAKE, "setup-make", style=style("places"))
        places = [make, button(CHOOSE, "setup-form", PLACES, STEPS)]
    start = [
        button(label, "setup-start", pack, style=style("planned"), disabled=not _can_post(settings))
        for pack, label in START.items()
    ]
    no_office = settings.facilitators_channel_id is None
    try_out = button(TRY_OUT, "setup-try", style=style("tried_out"), disabled=no_office)
    contacts = _form_button(CONTACTS, STEPS, style("contacts"))
    return [
        Row(*places, contacts, _form_button(ORGANISATION, STEPS, style("organisation"))),
        Row(
            *([] if steps.tried_out else [try_out]),
            *([] if steps.planned else start),
            button(CHECK_AGAIN, "setup-show", STEPS),
            button(ALL_SETTINGS, "setup-show", ALL),
        ),
    ]


def _can_post(settings: GuildSettings) -> bool:
    return settings.prompts_channel_id is not None


def _form_button(name: str, origin: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Button:
    return button(TITLES[name], "setup-form", name, origin, style=style)


def _value(guild: discord.Guild, setting: Setting, value: Any) -> str:
    if value is None:
        return setting.unset
    if setting.kind in CHANNELS:
        channel = guild.get_channel(value)
        return "deleted, or hidden from the bot" if channel is None else channel.mention
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
