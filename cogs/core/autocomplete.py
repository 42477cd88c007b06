"""What commands offer while a person types: the lines that hold all the words typed so far, 25 at most."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.settings import GuildSettings
from bot.store import Store
from bot.text.words import shorten
from cogs.core.rate_limits import check_typing

MOST_CHOICES = 25
LONGEST_CHOICE = 100
Interaction = discord.Interaction[Bot]
Choices = list[app_commands.Choice[str]]
Autocomplete = Callable[[Interaction, str], Coroutine[Any, Any, Choices]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that can be offered, and the value that is sent for it. Words are looked for in ``searched``, or in it.

    What is ``always`` offered comes last, whatever the words are.
    """

    line: str
    value: object
    searched: str = ""
    always: bool = False


Read = Callable[[Store, GuildSettings], Awaitable[Iterable[Candidate]]]


def offer(require: Callable[[Interaction], Awaitable[GuildSettings]]) -> Callable[[Read], Autocomplete]:
    """Make a command's autocompletion of a function that reads candidates; ``require`` refuses others' eyes."""

    def offer(read: Read) -> Autocomplete:
        async def complete(interaction: Interaction, words: str) -> Choices:
            try:
                check_typing(interaction)
                settings = await require(interaction)
                candidates = await read(interaction.client.store, settings)
            except UserError:
                return []
            return match_choices(candidates, words)

        complete.__doc__ = read.__doc__
        return complete

    return offer


def match_choices(candidates: Iterable[Candidate], words: str) -> Choices:
    """Choose the candidates that hold all the words, in order."""
    matching = [each for each in candidates if each.always or holds_words(each.searched or each.line, words)]
    return [choice(each.line, each.value) for each in matching[:MOST_CHOICES]]


def holds_words(text: str, words: str) -> bool:
    """Say whether a text holds each of some words, in any order and in any case."""
    text = text.casefold()
    return all(word in text for word in words.casefold().split())


def choice(line: str, value: object) -> app_commands.Choice[str]:
    """Make one choice, its line cut to what Discord shows."""
    return app_commands.Choice(name=shorten(line, LONGEST_CHOICE), value=str(value))
