"""Excerpts and sources as options of commands: found by their words while a person types, and read when they send."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Excerpt, Source
from bot.prompts.texts import one_line
from bot.text.escape import shorten
from bot.text.words import plural
from cogs.core.access import require_facilitator, server

LONGEST_CHOICE = 100
MOST_CHOICES = 25
OFFERED = "id:"


async def excerpt_choices(interaction: discord.Interaction[Bot], words: str) -> list[app_commands.Choice[str]]:
    """The excerpts that hold the words typed so far; none for people who may not use them."""
    try:
        await require_facilitator(interaction)
        found = await interaction.client.store.library.find(server(interaction).id, words, limit=MOST_CHOICES)
    except UserError:
        return []
    return [app_commands.Choice(name=excerpt_line(excerpt), value=f"{OFFERED}{excerpt.id}") for excerpt in found]


async def source_choices(interaction: discord.Interaction[Bot], words: str) -> list[app_commands.Choice[str]]:
    """The sources whose title holds the words typed so far; none for people who may not use them."""
    try:
        await require_facilitator(interaction)
        found = await interaction.client.store.library.sources(server(interaction).id)
    except UserError:
        return []
    matching = [source for source in found if _has_words(source.details.title, words)]
    return [
        app_commands.Choice(name=source_line(source), value=f"{OFFERED}{source.id}")
        for source in matching[:MOST_CHOICES]
    ]


async def chosen_excerpt(interaction: discord.Interaction[Bot], value: str) -> Excerpt:
    """The excerpt that an option names: by the choice offered, or by words that only one excerpt holds.

    Raises UserError where this server has none such.
    """
    library, guild_id = interaction.client.store.library, server(interaction).id
    excerpt_id = _offered(value)
    if excerpt_id is not None:
        return await library.excerpt(guild_id, excerpt_id)
    found = await library.find(guild_id, value, limit=2)
    if len(found) != 1:
        raise UserError("Choose one excerpt from the list that appears while you type.")
    return found[0]


async def chosen_source(interaction: discord.Interaction[Bot], value: str) -> Source:
    """The source that an option names: by the choice offered, or by words that only one title holds.

    Raises UserError where this server has none such.
    """
    library, guild_id = interaction.client.store.library, server(interaction).id
    source_id = _offered(value)
    if source_id is not None:
        return await library.source(guild_id, source_id)
    found = [source for source in await library.sources(guild_id) if _has_words(source.details.title, value)]
    if len(found) != 1:
        raise UserError("Choose one source from the list that appears while you type.")
    return found[0]


def excerpt_line(excerpt: Excerpt) -> str:
    """One line of at most 100 characters: the excerpt's number, its heading and its first words. Not escaped."""
    passage = excerpt.passage
    parts = filter(None, (shorten(one_line(passage.heading), 40), one_line(passage.text[:400])))
    return shorten(f"{excerpt.position}. {' – '.join(parts)}", LONGEST_CHOICE)


def source_line(source: Source) -> str:
    """One line of at most 100 characters: the source's title and its number of excerpts. Not escaped."""
    return f"{shorten(one_line(source.details.title), 75)} ({plural(source.excerpts, 'excerpt')})"


def _has_words(title: str, words: str) -> bool:
    return all(word in title.casefold() for word in words.casefold().split())


def _offered(value: str) -> int | None:
    """The id behind a choice that was offered. A bare number that somebody typed is a word like any other."""
    number = value.removeprefix(OFFERED)
    # Longer digits are no number that the database gave.
    return int(number) if value != number and number.isascii() and number.isdecimal() and len(number) < 19 else None
