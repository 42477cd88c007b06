"""/words: a server's own words to remove before anything is stored, kept by facilitators."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import WORD_ADDED, WORD_DROPPED
from bot.replies.redaction.word_list import LONGEST_WORD, SHORTEST_WORD, add_word, drop_word
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import plural
from cogs.core.access import facilitators_only, require_facilitator, server
from cogs.core.answers import answer_privately
from cogs.core.autocomplete import MOST_CHOICES, Choices, choice
from cogs.core.routing import RoutedCog
from cogs.ui.cards import card, pack_lines

Interaction = discord.Interaction[Bot]
Word = app_commands.Range[str, SHORTEST_WORD, LONGEST_WORD]
MOST_CHARACTERS = 3_500
WHAT_FOR = "I put “[word removed]” in their place before I store what somebody writes. The thread still shows them."
ONLY_FROM_NOW = "This holds for what is written or changed from now on."


class RemovedWords(RoutedCog):
    """Keeps the list in the database, and in memory for the handler of messages."""

    words = app_commands.Group(name="words", description="Your own words to remove from replies", guild_only=True)

    async def cog_load(self) -> None:
        """Have every server's words at hand before the first message comes."""
        self.bot.own_words.update(await self.bot.store.settings.removed_words())

    @words.command(name="list", description="Show the words that are removed from replies before they are stored")
    @facilitators_only()
    async def show_list(self, interaction: Interaction) -> None:
        """List the words."""
        settings = await self.bot.store.settings.of(server(interaction).id)
        first, *more = list_texts(settings.removed_words)
        await answer_privately(interaction, card(first, framed=False))
        for text in more:
            await interaction.followup.send(view=card(text, framed=False), ephemeral=True)

    @words.command(description="Remove a word or a phrase from replies before they are stored: a ward, a project")
    @app_commands.describe(word="The word or phrase; case, spaces and dashes do not count")
    @facilitators_only()
    async def add(self, interaction: Interaction, word: Word) -> None:
        """Put a word on the list."""
        word = clean_line(word)
        await self._keep(interaction, add_word(await self._kept(interaction), word), WORD_ADDED, word)
        await answer_privately(interaction, f"Added: “{escape(word)}”. {ONLY_FROM_NOW}")

    @words.command(description="Store a word or a phrase again")
    @app_commands.describe(word="Which word of the list")
    @facilitators_only()
    async def remove(self, interaction: Interaction, word: Word) -> None:
        """Take a word off the list."""
        word = clean_line(word)
        await self._keep(interaction, drop_word(await self._kept(interaction), word), WORD_DROPPED, word)
        await answer_privately(interaction, f"No longer removed: “{escape(word)}”. {ONLY_FROM_NOW}")

    @remove.autocomplete("word")
    async def _choices(self, interaction: Interaction, typed: str) -> Choices:
        try:
            await require_facilitator(interaction)
        except UserError:
            return []
        matching = [word for word in await self._kept(interaction) if typed.casefold() in word.casefold()]
        return [choice(word, word) for word in matching[:MOST_CHOICES]]

    async def _kept(self, interaction: Interaction) -> tuple[str, ...]:
        return (await self.bot.store.settings.of(server(interaction).id)).removed_words

    async def _keep(self, interaction: Interaction, words: tuple[str, ...], action: str, word: str) -> None:
        """Store the list. The log of moderation holds the word sealed, as it holds reasons."""
        guild_id, user_id = server(interaction).id, interaction.user.id
        settings = await self.bot.store.settings.change(guild_id, removed_words=list(words))
        self.bot.own_words[guild_id] = settings.removed_words
        now = discord.utils.utcnow()
        await self.bot.store.audit_log.note(
            guild_id, action, "the list of words", user_id=user_id, reason=word, now=now
        )


def list_texts(words: tuple[str, ...]) -> list[str]:
    """Write the list as texts, each of which a message holds."""
    if not words:
        return ["No words are set. Add one with /words add: a ward, or the name of a project."]
    head = f"## {plural(len(words), 'word')} to remove\n{WHAT_FOR}"
    lines = [f"- {escape(word)}" for word in sorted(words, key=str.casefold)]
    return pack_lines([head, *lines], MOST_CHARACTERS)
