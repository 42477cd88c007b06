"""An excerpt's question: one that is suggested on its card, or one that a facilitator writes in a form."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.library.questions import suggest_questions
from bot.models.library import Passage
from bot.services.library import digest_passage
from cogs.core.access import require_facilitator
from cogs.core.answers import open_form
from cogs.core.routing import OUT_OF_DATE, RoutedCog, route
from cogs.library.edits import change_excerpt
from cogs.library.forms import question_form, read_question
from cogs.library.origins import CHAPTER, read_origin
from cogs.library.views import named_excerpt
from cogs.ui.forms import form_values, read_chosen_values
from cogs.ui.pages import read_page_number


class QuestionCommands(RoutedCog):
    """The part of the library that gives an excerpt its question."""

    @route("library-suggested")
    async def take_suggestion(
        self, interaction: discord.Interaction[Bot], excerpt_id: str, state: str, origin: str = CHAPTER
    ) -> None:
        """Take the suggested question that was chosen, by its place in the list."""
        await require_facilitator(interaction)
        (value,) = read_chosen_values(interaction)
        index = read_page_number(value)

        def with_suggestion(passage: Passage) -> Passage:
            suggested = suggest_questions(passage.text)
            if index >= len(suggested):
                raise UserError(OUT_OF_DATE)
            return replace(passage, question=suggested[index])

        await change_excerpt(interaction, excerpt_id, state, with_suggestion, written="", origin=origin)

    @route("library-write")
    async def open_question_form(
        self, interaction: discord.Interaction[Bot], excerpt_id: str, origin: str = CHAPTER
    ) -> None:
        """Open the form for a question of one's own."""
        await require_facilitator(interaction)
        excerpt = await named_excerpt(interaction, excerpt_id)
        state = digest_passage(excerpt.passage)
        await open_form(
            interaction, question_form(excerpt.passage, "library-asked", excerpt.id, state, read_origin(origin))
        )

    @route("library-asked")
    async def save_question(
        self, interaction: discord.Interaction[Bot], excerpt_id: str, state: str, origin: str = CHAPTER
    ) -> None:
        """Save what the form of a question says."""
        await require_facilitator(interaction)
        values = form_values(interaction)
        await change_excerpt(
            interaction,
            excerpt_id,
            state,
            lambda passage: replace(passage, question=read_question(values)),
            written=values["question"],
            origin=origin,
        )
