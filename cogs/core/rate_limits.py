"""How often a person may use commands, buttons and forms. Every one of them passes here; some have a limit more."""

from __future__ import annotations

import math

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.rate_limit import Limit
from bot.text.words import plural, shorten

ANYTHING = Limit(120, 60.0)
"""All that one person does in one server: two clicks a second for a minute, which no review needs."""

WORK = Limit(5, 60.0)
"""What keeps the worker busy, each group of commands by itself."""

FILES = Limit(6, 60.0)
PAGES = Limit(40, 60.0)
"""Pages and choices for which a summary is made again."""

WRITING = Limit(20, 60.0)
"""Forms and buttons that post in a thread or write to others."""

TYPING = Limit(40, 20.0)
"""What is offered while somebody types: two looks a second, which nobody who reads what is offered needs for long."""

OWN_FILES = Limit(1, 60.0)
CODES = Limit(5, 600.0)
"""Withdrawal codes that a person may try."""

SUGGESTIONS = Limit(5, 3_600.0)

COMMANDS: dict[str, tuple[str, Limit]] = {
    "summary": ("summary", WORK),
    **dict.fromkeys(("summary board", "summary show", "summary objections"), ("look", PAGES)),
    "check start": ("look", PAGES),
    "prompt post": ("post", WRITING),
    **dict.fromkeys(("outcome add", "outcome edit", "outcome publish"), ("outcomes", WRITING)),
    "outcome list": ("look", PAGES),
}
"""Limits of commands beside ANYTHING, by the command's name or its group's: a bucket's name, and how much it holds."""

ROUTES: dict[str, tuple[str, Limit]] = {
    **dict.fromkeys(("summary-page", "summary-who", "summary-who-page"), ("pages", PAGES)),
    **dict.fromkeys(("summary-shared", "summary-read", "summary-read-who"), ("pages", PAGES)),
    **dict.fromkeys(("summary-shared-who", "summary-shared-who-page"), ("pages", PAGES)),
    **dict.fromkeys(("reply-form", "reply-edit-form", "reply-withdraw"), ("reply", WRITING)),
    **dict.fromkeys(("private-form", "private-withdraw"), ("private", WRITING)),
    **dict.fromkeys(("my-delete-some", "my-delete-all-now", "my-undo"), ("erasing", WRITING)),
    **dict.fromkeys(("objection-form", "objection-settled"), ("objection", WRITING)),
    **dict.fromkeys(("moderation-exclude", "moderation-linked", "moderation-include"), ("moderation", WRITING)),
    **dict.fromkeys(("setup-make", "setup-try"), ("setup", WRITING)),
    "setup-governance": ("governance", WORK),
    **dict.fromkeys(("outcome-points", "outcome-points-page", "outcome-list"), ("pages", PAGES)),
    **dict.fromkeys(("outcome-past", "outcome-past-page"), ("pages", PAGES)),
    "my-export": ("my export", OWN_FILES),
    "my-withdraw": ("my withdraw", CODES),
    "library-load-form": ("import", FILES),
    "library-ask-model": ("questions", WORK),
    **dict.fromkeys(("library-worth", "library-mark-some", "library-found"), ("pages", PAGES)),
    "prompt-now": ("post", WRITING),
    "suggest-form": ("suggest", SUGGESTIONS),
    **dict.fromkeys(("suggestion-excerpt", "suggestion-question", "suggestion-declined"), ("suggestions", WRITING)),
    **dict.fromkeys(("outcome-role", "outcome-post", "outcome-changed"), ("outcomes", WRITING)),
    **dict.fromkeys(("board-form", "follow-up-form"), ("summary", WORK)),
    **dict.fromkeys(("board-fields", "board-role-form", "board-theme-form", "board-split-form"), ("paper", WRITING)),
    **dict.fromkeys(("board-theme", "board-split"), ("look", PAGES)),
    **dict.fromkeys(("check-start", "check-words-form", "check-words-withdraw"), ("check", WRITING)),
    "check-changed": ("look", PAGES),
    **dict.fromkeys(("check-figures", "check-figures-page"), ("pages", PAGES)),
    "review-publish-now": ("publish", FILES),
    "moderation-csv": ("log", FILES),
}
"""The same for buttons, selects and forms, by the name that they are routed by."""

LONGEST_MESSAGE = 2_000
YOUR_WORDS = "Here are your words, to keep:"
TOO_FAST = "That was a little fast. Please try again in {wait}."


class TooFast(UserError, app_commands.CheckFailure):  # noqa: N818 - it is a refusal, and no fault
    """The person did this too often; the text says how long to wait."""


def check_command(interaction: discord.Interaction[Bot]) -> None:
    """Count a command, also one of a message's menu. Raises TooFast where the person has to wait."""
    name = "" if interaction.command is None else interaction.command.qualified_name
    _check(interaction, COMMANDS.get(name) or COMMANDS.get(name.split(" ")[0]))


def check_route(interaction: discord.Interaction[Bot], name: str, written: str = "") -> None:
    """Count a click, a choice or a form by the name of its handler. Raises TooFast where the person has to wait.

    ``written`` is what they typed into a form; it comes back to them, since the form is closed.
    """
    try:
        _check(interaction, ROUTES.get(name))
    except TooFast as error:
        raise TooFast(shorten(f"{error} {YOUR_WORDS}\n{written}", LONGEST_MESSAGE) if written else str(error)) from None


def check_typing(interaction: discord.Interaction[Bot]) -> None:
    """Count a look at what a command offers while a person types, apart from all else. Raises TooFast."""
    who = (interaction.guild_id, interaction.user.id, "typing")
    if interaction.client.pace.wait(who, TYPING, discord.utils.utcnow()):
        raise TooFast(TOO_FAST.format(wait="a moment"))


def _check(interaction: discord.Interaction[Bot], own: tuple[str, Limit] | None) -> None:
    pace, now = interaction.client.pace, discord.utils.utcnow()
    who = (interaction.guild_id, interaction.user.id)
    wait = pace.wait(who, ANYTHING, now)
    if not wait and own is not None:
        bucket, limit = own
        wait = pace.wait((*who, bucket), limit, now)
    if wait:
        raise TooFast(TOO_FAST.format(wait=plural(max(1, math.ceil(wait)), "second")))
