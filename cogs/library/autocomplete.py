"""Excerpts and sources as options of commands: found by their words while a person types, and read when they send."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.library.lead_ins import drop_repeated
from bot.models.library import Excerpt, Source
from bot.models.settings import GuildSettings
from bot.store import Store
from bot.text.clean import clean_line
from bot.text.headings import SEPARATOR, shorten_heading
from bot.text.words import plural, shorten
from cogs.core.access import require_facilitator, server
from cogs.core.autocomplete import LONGEST_CHOICE, MOST_CHOICES, Candidate, Choices, choice, holds_words, offer
from cogs.core.rate_limits import check_typing
from cogs.ui.pages import id_from

OFFERED = "id:"
_NUMBERED = re.compile(r"^(?:[0-9]+(?:\.[0-9]+)+|[0-9]+[.)])[.)]?\s+")
"""A heading's own number, such as "2.1." or "3)", which would read as part of the excerpt's number."""
_PARAGRAPH_NUMBER = re.compile(r"^(?:[0-9]+(?:\.[0-9]+)+[.)]?|[0-9]{1,3}[.)])\s+(?=[^\W\da-z_]|[\"“‘'(])")
"""The same before a paragraph; "1.5 million" has none."""
T = TypeVar("T")


async def excerpt_choices(interaction: discord.Interaction[Bot], words: str) -> Choices:
    """Offer the excerpts that hold the words typed so far; none to people who may not use them."""
    try:
        check_typing(interaction)
        await require_facilitator(interaction)
        excerpts = await interaction.client.store.library.find(server(interaction).id, words, limit=MOST_CHOICES)
    except UserError:
        return []
    return [choice(excerpt_line(excerpt), f"{OFFERED}{excerpt.id}") for excerpt in excerpts]


@offer(require_facilitator)
async def source_choices(store: Store, settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the sources whose title holds the words typed so far; none to people who may not use them."""
    sources = await store.library.sources(settings.guild_id)
    lines = source_lines(sources)
    return [Candidate(lines[each.id], f"{OFFERED}{each.id}", searched=each.details.title) for each in sources]


async def find_chosen_excerpt(interaction: discord.Interaction[Bot], value: str) -> Excerpt:
    """Find the excerpt that an option names: by the choice offered, or by words that only one excerpt holds.

    Raises UserError where this server has none such.
    """
    library, guild_id = interaction.client.store.library, server(interaction).id
    excerpt_id = _offered_id(value)
    if excerpt_id is not None:
        return await library.excerpt(guild_id, excerpt_id)
    return _only(await library.find(guild_id, value, limit=2), "excerpt")


async def find_chosen_source(interaction: discord.Interaction[Bot], value: str) -> Source:
    """Find the source that an option names: by the choice offered, or by words that only one title holds.

    Raises UserError where this server has none such.
    """
    library, guild_id = interaction.client.store.library, server(interaction).id
    source_id = _offered_id(value)
    if source_id is not None:
        return await library.source(guild_id, source_id)
    sources = [source for source in await library.sources(guild_id) if holds_words(source.details.title, value)]
    return _only(sources, "source")


def excerpt_line(excerpt: Excerpt, *, with_heading: bool = True) -> str:
    """Write one line of at most 100 characters: the excerpt's number, heading and first words. Not escaped.

    In a list that says where its excerpts are, the heading would hide the words that tell them apart.
    """
    passage = excerpt.passage
    # Of a heading under others, the last says where the excerpt is; the first may be that of half the report.
    last = clean_line(passage.heading).rsplit(SEPARATOR, 1)[-1]
    heading = _NUMBERED.sub("", last, count=1) if with_heading else ""
    parts = filter(None, (shorten_heading(heading, 40), opening_words(passage.text)))
    return shorten(f"{excerpt.position}. {' – '.join(parts)}", LONGEST_CHOICE)


def opening_words(text: str) -> str:
    """Return how an excerpt begins, on one line: without the words that it repeats, or a paragraph's own number.

    All parts of a long list repeat the words that lead to it, and a number would come after the library's.
    """
    return _PARAGRAPH_NUMBER.sub("", clean_line(drop_repeated(text)[:400]), count=1)


def source_lines(sources: Iterable[Source]) -> dict[int, str]:
    """Write a line of at most 100 characters for each source, by its id: its title and its number of excerpts.

    Titles that look alike have their year with them; if that is the same too, they are numbered in the order of
    ``sources``. Not escaped.
    """
    named = [(source, shorten(clean_line(source.details.title), 75)) for source in sources]
    titles = Counter(title for _, title in named)
    editions = Counter((title, source.details.year) for source, title in named)
    numbers = Counter[tuple[str, int | None]]()
    lines = {}
    for source, title in named:
        year = source.details.year
        numbers[title, year] += 1
        facts = [plural(source.excerpts, "excerpt")]
        if titles[title] > 1 and year is not None:
            facts.append(str(year))
        if editions[title, year] > 1:
            facts.append(f"version {numbers[title, year]}")
        lines[source.id] = f"{shorten(title, 75 if len(facts) == 1 else 60)} ({', '.join(facts)})"
    return lines


def _only(matching: Sequence[T], what: str) -> T:
    """Return the one that matches. Raises UserError where several do, or none."""
    if len(matching) != 1:
        raise UserError(f"Choose one {what} from the list that appears while you type.")
    return matching[0]


def _offered_id(value: str) -> int | None:
    """Read the id behind a choice that was offered. A bare number that somebody typed is a word like any other."""
    number = value.removeprefix(OFFERED)
    try:
        return id_from(number, "choice") if number != value else None
    except UserError:
        return None
