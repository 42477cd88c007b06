"""A server's own words to remove before anything is stored: shown, added with a form, taken off with a select."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord
from discord import ui

from bot.client import Bot
from bot.models.actions import WORD_ADDED, WORD_DROPPED
from bot.replies.redaction.word_list import LONGEST_WORD, SHORTEST_WORD, add_word, drop_word
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import plural
from cogs.core.access import require_facilitator, server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.moderation.entries import BACK
from cogs.ui.cards import card
from cogs.ui.forms import form, form_values, read_chosen_values, text_field
from cogs.ui.pages import paginate, read_page_number
from cogs.ui.parts import Button, Row, button, option, pager, select

Interaction = discord.Interaction[Bot]
ListChange = Callable[[Sequence[str], str], tuple[str, ...]]
WORD = "word"
WORDS_A_PAGE = 20
ADD_WORD = "Add a word"
TAKE_OFF = "Stop removing a word"
NO_WORDS = "No words are set. Add a ward, or the name of a project."
WHAT_FOR = "The bot saves “[word removed]” instead. The thread still shows the word."
ADDED, TAKEN_OFF = "Added: “{word}”.", "No longer removed: “{word}”."
ONLY_FROM_NOW = "This applies to anything written or changed from now on."


class WordRoutes(RoutedCog):
    """Keeps the list in the database, and in memory for the handler of messages."""

    async def cog_load(self) -> None:
        """Have every server's words at hand before the first message comes."""
        self.bot.own_words.update(await self.bot.store.settings.removed_words())

    @route("moderation-words")
    async def show_words(self, interaction: Interaction, page: str) -> None:
        """Show a page of the words that are removed from replies."""
        settings = await require_facilitator(interaction)
        await acknowledge(interaction)
        await show_privately(interaction, words_card(settings.removed_words, read_page_number(page)))

    @route("moderation-word")
    async def open_word(self, interaction: Interaction) -> None:
        """Open the form that adds a word."""
        await require_facilitator(interaction)
        await open_form(interaction, word_form())

    @route("moderation-word-add")
    async def add_one(self, interaction: Interaction) -> None:
        """Remove a word or a phrase from replies before they are stored."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        typed = str(form_values(interaction).get(WORD) or "")
        await self._change(interaction, add_word, typed, WORD_ADDED, ADDED)

    @route("moderation-word-drop")
    async def take_off(self, interaction: Interaction) -> None:
        """Store a word or a phrase again."""
        await require_facilitator(interaction)
        await acknowledge(interaction)
        (typed,) = read_chosen_values(interaction)
        await self._change(interaction, drop_word, typed, WORD_DROPPED, TAKEN_OFF)

    async def _change(self, interaction: Interaction, change: ListChange, typed: str, action: str, said: str) -> None:
        """Store the list with a word more or less, and show it. The log holds the word sealed, as it does reasons."""
        guild_id, user_id, word = server(interaction).id, interaction.user.id, clean_line(typed)
        words = change((await self.bot.store.settings.of(guild_id)).removed_words, word)
        settings = await self.bot.store.settings.change(guild_id, removed_words=list(words))
        self.bot.own_words[guild_id] = settings.removed_words
        now = discord.utils.utcnow()
        await self.bot.store.audit_log.note(
            guild_id, action, "the list of words", user_id=user_id, reason=word, now=now
        )
        note = f"{said.format(word=escape(word))} {ONLY_FROM_NOW}"
        await show_privately(interaction, words_card(settings.removed_words, 0, note=note))


def words_card(words: Sequence[str], number: int, *, note: str = "") -> ui.LayoutView:
    """Show a page of the list, counted from 0, with a select that takes a word off it."""
    page = paginate(sorted(words, key=str.casefold), WORDS_A_PAGE, number)
    title = f"## {plural(len(words), 'word')} to remove"
    text = "\n".join(f"- {escape(word)}" for word in page.items) if words else NO_WORDS
    chooser = [select(TAKE_OFF, [option(word, word) for word in page.items], "moderation-word-drop")] if words else []
    ways = pager(page.number, page.count, "moderation-words")
    back = button(BACK, "moderation-home")
    return card(note, f"{title}\n{WHAT_FOR}", text, *chooser, Row(*ways, word_button(), back))


def word_button() -> Button:
    """Make the button that opens the form."""
    return button(ADD_WORD, "moderation-word")


def word_form() -> ui.Modal:
    """Ask for a word or a phrase."""
    word = text_field(
        "Word or phrase to remove",
        WORD,
        hint="A ward, a team, a project. Capitals, spaces and dashes make no difference.",
        shortest=SHORTEST_WORD,
        longest=LONGEST_WORD,
    )
    return form(ADD_WORD, "moderation-word-add", fields=[word])
