"""/words: a server's own words to remove before anything is stored, kept by facilitators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.models.actions import WORD_ADDED, WORD_DROPPED
from bot.models.settings import GuildSettings
from bot.replies.redaction.word_list import LONGEST_WORD, SHORTEST_WORD, add_word, drop_word
from bot.store import Store
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import plural
from cogs.core.access import facilitators_only, require_facilitator, server
from cogs.core.answers import answer_privately
from cogs.core.autocomplete import Candidate, offer
from cogs.core.routing import RoutedCog
from cogs.ui.cards import card, pack_lines

Interaction = discord.Interaction[Bot]
ListChange = Callable[[Sequence[str], str], tuple[str, ...]]
Word = app_commands.Range[str, SHORTEST_WORD, LONGEST_WORD]
MOST_CHARACTERS = 3_500
WHAT_FOR = "I put “[word removed]” in their place before I store what somebody writes. The thread still shows them."
ONLY_FROM_NOW = "This holds for what is written or changed from now on."


@offer(require_facilitator)
async def word_choices(_: Store, settings: GuildSettings) -> Iterable[Candidate]:
    """Offer the words of the list; none to people who may not use them."""
    return [Candidate(word, word) for word in settings.removed_words]


@app_commands.guild_only()
class WordCommands(
    RoutedCog,
    commands.GroupCog,
    group_name="words",
    group_description="Your own words to remove from replies",
):
    """Keeps the list in the database, and in memory for the handler of messages."""

    async def cog_load(self) -> None:
        """Have every server's words at hand before the first message comes."""
        self.bot.own_words.update(await self.bot.store.settings.removed_words())

    @app_commands.command(
        name="list", description="Show the words that are removed from replies before they are stored"
    )
    @facilitators_only()
    async def show_list(self, interaction: Interaction) -> None:
        """List the words."""
        settings = await self.bot.store.settings.of(server(interaction).id)
        first, *more = list_texts(settings.removed_words)
        await answer_privately(interaction, card(first, framed=False))
        for text in more:
            await interaction.followup.send(view=card(text, framed=False), ephemeral=True)

    @app_commands.command(
        description="Remove a word or a phrase from replies before they are stored: a ward, a project"
    )
    @app_commands.describe(word="The word or phrase; case, spaces and dashes do not count")
    @facilitators_only()
    async def add(self, interaction: Interaction, word: Word) -> None:
        """Put a word on the list."""
        word = await self._change(interaction, add_word, word, WORD_ADDED)
        await answer_privately(interaction, f"Added: “{escape(word)}”. {ONLY_FROM_NOW}")

    @app_commands.command(description="Store a word or a phrase again")
    @app_commands.describe(word="Which word of the list")
    @app_commands.autocomplete(word=word_choices)
    @facilitators_only()
    async def remove(self, interaction: Interaction, word: Word) -> None:
        """Take a word off the list."""
        word = await self._change(interaction, drop_word, word, WORD_DROPPED)
        await answer_privately(interaction, f"No longer removed: “{escape(word)}”. {ONLY_FROM_NOW}")

    async def _change(self, interaction: Interaction, change: ListChange, word: str, action: str) -> str:
        """Store the list with a word more or less, and return the word. The log holds it sealed, as it does reasons."""
        guild_id, user_id, word = server(interaction).id, interaction.user.id, clean_line(word)
        words = change((await self.bot.store.settings.of(guild_id)).removed_words, word)
        settings = await self.bot.store.settings.change(guild_id, removed_words=list(words))
        self.bot.own_words[guild_id] = settings.removed_words
        now = discord.utils.utcnow()
        await self.bot.store.audit_log.note(
            guild_id, action, "the list of words", user_id=user_id, reason=word, now=now
        )
        return word


def list_texts(words: tuple[str, ...]) -> list[str]:
    """Write the list as texts, each of which a message holds."""
    if not words:
        return ["No words are set. Add one with /words add: a ward, or the name of a project."]
    head = f"## {plural(len(words), 'word')} to remove\n{WHAT_FOR}"
    lines = [f"- {escape(word)}" for word in sorted(words, key=str.casefold)]
    return pack_lines([head, *lines], MOST_CHARACTERS)
