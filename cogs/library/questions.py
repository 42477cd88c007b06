"""/library question: three are suggested for an excerpt, and any can be written instead."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.library import suggest_questions
from bot.models.library import Excerpt, Passage
from bot.services.library import state_of
from bot.text.words import shorten
from cogs.core.access import facilitators_only, require_facilitator
from cogs.core.answers import open_form
from cogs.core.routing import RoutedCog, route
from cogs.library.autocomplete import chosen_excerpt, excerpt_choices
from cogs.library.cards import spoken
from cogs.library.edits import change_excerpt
from cogs.library.forms import question_form, read_question
from cogs.library.navigation import answer, named_excerpt
from cogs.ui.cards import card, escape_within
from cogs.ui.forms import form_values, read_chosen_values
from cogs.ui.limits import LONGEST_OPTION
from cogs.ui.pages import read_page_number
from cogs.ui.parts import Row, button, option, select


class QuestionCommands(RoutedCog):
    """The part of /library that gives an excerpt its question."""

    @app_commands.command(description="Attach or change an excerpt's question, with suggestions")
    @app_commands.describe(excerpt="Type some of its words, then choose it")
    @app_commands.autocomplete(excerpt=excerpt_choices)
    @facilitators_only()
    async def question(self, interaction: discord.Interaction[Bot], excerpt: str) -> None:
        """Show the question with suggestions."""
        await answer(interaction, question_card(await chosen_excerpt(interaction, excerpt)))

    @route("library-question")
    async def open_question(self, interaction: discord.Interaction[Bot], excerpt_id: str) -> None:
        """Show an excerpt's question with suggestions."""
        await require_facilitator(interaction)
        await answer(interaction, question_card(await named_excerpt(interaction, excerpt_id)))

    @route("library-suggested")
    async def take_suggestion(self, interaction: discord.Interaction[Bot], excerpt_id: str, state: str) -> None:
        """Take the suggested question that was chosen, by its place in the list."""
        await require_facilitator(interaction)
        (value,) = read_chosen_values(interaction)
        index = read_page_number(value)

        def with_suggestion(passage: Passage) -> Passage:
            return replace(passage, question=suggest_questions(passage.text)[index])

        await change_excerpt(interaction, excerpt_id, state, with_suggestion, written="")

    @route("library-write")
    async def open_question_form(self, interaction: discord.Interaction[Bot], excerpt_id: str) -> None:
        """Open the form for a question of one's own."""
        await require_facilitator(interaction)
        excerpt = await named_excerpt(interaction, excerpt_id)
        state = state_of(excerpt.passage)
        await open_form(interaction, question_form(excerpt.passage, "library-asked", excerpt.id, state))

    @route("library-asked")
    async def save_question(self, interaction: discord.Interaction[Bot], excerpt_id: str, state: str) -> None:
        """Save what the form of a question says."""
        await require_facilitator(interaction)
        values = form_values(interaction)
        await change_excerpt(
            interaction,
            excerpt_id,
            state,
            lambda passage: replace(passage, question=read_question(values)),
            written=values["question"],
        )


def question_card(excerpt: Excerpt) -> ui.LayoutView:
    """Show an excerpt's question, three suggestions to choose from, and a button to write another."""
    question = excerpt.question.strip()
    suggestions = [f"{number}. {text}" for number, text in enumerate(suggest_questions(excerpt.passage.text), 1)]
    options = [option(shorten(text, LONGEST_OPTION), index) for index, text in enumerate(suggestions)]
    listed = "\n".join(suggestions)
    return card(
        f"## Question for excerpt {excerpt.position}\n{spoken(excerpt.passage, 1200)}",
        f"**Question now:** {escape_within(question, 600)}" if question else "This excerpt has no question yet.",
        f"Suggested questions:\n{listed}",
        select("Choose a suggested question", options, "library-suggested", excerpt.id, state_of(excerpt.passage)),
        Row(
            button("Write my own", "library-write", excerpt.id),
            button("Back to the excerpt", "library-show", excerpt.id),
        ),
    )
