"""Questions: three are suggested for an excerpt, and any can be written instead."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import ui

from bot.client import Bot
from bot.library import suggest_questions
from bot.models.library import Excerpt, Passage
from bot.text.escape import shorten
from cogs.core.access import require_facilitator
from cogs.core.routing import RoutedCog, routed
from cogs.library.answers import answer, named_excerpt
from cogs.library.cards import Row, button, card, shown, spoken
from cogs.library.changes import change_excerpt, state_of
from cogs.library.forms import question_form, read_question
from cogs.ui.forms import chosen_values as chosen
from cogs.ui.forms import form_values
from cogs.ui.parts import custom_id

LABEL = 100


class Questions(RoutedCog):
    """The buttons, the select and the form of an excerpt's question."""

    @routed("library-question")
    async def open_question(self, interaction: discord.Interaction[Bot], excerpt_id: str) -> None:
        """The button that shows an excerpt's question with suggestions."""
        await require_facilitator(interaction)
        await answer(interaction, question_card(await named_excerpt(interaction, excerpt_id)))

    @routed("library-suggested")
    async def take_suggestion(self, interaction: discord.Interaction[Bot], excerpt_id: str, state: str) -> None:
        """A suggested question was chosen, by its place in the list."""
        await require_facilitator(interaction)
        (index,) = chosen(interaction)

        def with_suggestion(passage: Passage) -> Passage:
            return replace(passage, question=suggest_questions(passage.text)[int(index)])

        await change_excerpt(interaction, excerpt_id, state, with_suggestion, written="")

    @routed("library-write")
    async def open_form(self, interaction: discord.Interaction[Bot], excerpt_id: str) -> None:
        """The button that opens the form for a question of one's own."""
        await require_facilitator(interaction)
        excerpt = await named_excerpt(interaction, excerpt_id)
        state = state_of(excerpt.passage)
        await interaction.response.send_modal(question_form(excerpt.passage, "library-asked", excerpt.id, state))

    @routed("library-asked")
    async def ask(self, interaction: discord.Interaction[Bot], excerpt_id: str, state: str) -> None:
        """The form of a question was sent."""
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
    """An excerpt's question, three suggestions to choose from, and a button to write another."""
    question = excerpt.question.strip()
    suggestions = suggest_questions(excerpt.passage.text)
    state = state_of(excerpt.passage)
    choose: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=custom_id("library-suggested", excerpt.id, state), placeholder="Choose a suggested question"
    )
    for index, suggestion in enumerate(suggestions):
        choose.add_option(label=shorten(f"{index + 1}. {suggestion}", LABEL), value=str(index))
    listed = "\n".join(f"{number}. {suggestion}" for number, suggestion in enumerate(suggestions, 1))
    return card(
        f"## Question for excerpt {excerpt.position}\n{spoken(excerpt.passage, 1200)}",
        f"**Question now:** {shown(question, 600)}" if question else "This excerpt has no question yet.",
        f"Suggested questions:\n{listed}",
        Row(choose),
        Row(
            button("Write my own", "library-write", excerpt.id),
            button("Back to the excerpt", "library-show", excerpt.id),
        ),
    )
