"""Questions that a language model drafts for an excerpt: a facilitator picks one, and saves it in the form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.library import Excerpt
from bot.services.library import digest_passage
from bot.store.library import ChangedMeanwhileError
from bot.text.markdown import escape
from cogs.core.access import require_facilitator, server
from cogs.core.answers import defer_answer, open_form
from cogs.core.routing import OUT_OF_DATE, RoutedCog, route
from cogs.library.forms import question_form
from cogs.library.origins import CHAPTER, read_origin
from cogs.library.views import answer, named_excerpt
from cogs.ui.cards import Part, card
from cogs.ui.parts import Row, button, put_button_beside

if TYPE_CHECKING:
    from bot.library.drafted_questions import DraftQuestions

HEAD = (
    "## Draft questions\nWritten by a language model run by {run_by}, for excerpt {position}. Compare them with the "
    "passage. Choose one to change or save it. Nothing is saved yet."
)
DRAFT = "**{number}.** "
CHOOSE = "Choose {number}"
SOME_REFUSED = (
    "-# {others} left out. The bot leaves out questions for a yes or no, repeats, and names or figures that aren’t in "
    "the passage."
)
NONE_LEFT = "The language model gave no question that can be used. Choose one of the others, or write your own."
WHAT_WENT = "-# It got the passage and its heading, without the personal details that the bot can spot."
ASKED_ALREADY = "The language model is already working on this. Its questions come here soon."


class DraftedQuestionCommands(RoutedCog):
    """The part of the library that asks the language model for questions."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self._asking: set[tuple[int, str]] = set()

    @route("library-ask-model")
    async def ask_model(self, interaction: discord.Interaction[Bot], excerpt_id: str, origin: str = CHAPTER) -> None:
        """Ask the language model for three questions to an excerpt, and show them beside its card. Saves nothing."""
        await require_facilitator(interaction)
        asked = interaction.user.id, excerpt_id
        if asked in self._asking:
            raise UserError(ASKED_ALREADY)
        self._asking.add(asked)
        try:
            await defer_answer(interaction)
            view = await self._draft(interaction, excerpt_id, origin)
        finally:
            self._asking.discard(asked)
        await answer(interaction, view)

    @route("library-drafted")
    async def open_draft(
        self, interaction: discord.Interaction[Bot], excerpt_id: str, number: str, state: str, origin: str = CHAPTER
    ) -> None:
        """Open the form for a question, filled with the draft that was chosen."""
        await require_facilitator(interaction)
        excerpt = await named_excerpt(interaction, excerpt_id)
        if digest_passage(excerpt.passage) != state:
            raise ChangedMeanwhileError
        filled = replace(excerpt.passage, question=_read_draft(interaction, number))
        await open_form(interaction, question_form(filled, "library-asked", excerpt.id, state, read_origin(origin)))

    async def _draft(self, interaction: discord.Interaction[Bot], excerpt_id: str, origin: str) -> ui.LayoutView:
        # Here, so that a bot without a model loads none of it.
        from bot.services.drafted_questions import draft_questions

        bot, guild_id = self.bot, server(interaction).id
        excerpt = await named_excerpt(interaction, excerpt_id)
        drafts = await draft_questions(bot.store, bot.language_model, guild_id, excerpt, bot.known_words(guild_id))
        run_by = ""
        if bot.language_model is not None:
            settings = await bot.store.settings.of(guild_id)
            run_by = bot.language_model.endpoint.name_who_runs_it(settings, server(interaction).name)
        return drafts_card(excerpt, drafts, run_by, read_origin(origin))


def drafts_card(excerpt: Excerpt, drafts: DraftQuestions, run_by: str, origin: str) -> ui.LayoutView:
    """Show draft questions, each with the button that opens it in the form."""
    state = digest_passage(excerpt.passage)
    back = Row(button("See the excerpt", "library-show", excerpt.id, origin))
    if not drafts.questions:
        return card(NONE_LEFT, WHAT_WENT, back)
    chosen: list[Part] = [
        put_button_beside(
            DRAFT.format(number=number) + escape(question),
            button(CHOOSE.format(number=number), "library-drafted", excerpt.id, number, state, origin),
        )
        for number, question in enumerate(drafts.questions, 1)
    ]
    others = "One more was" if drafts.refused == 1 else f"{drafts.refused} more were"
    refused = SOME_REFUSED.format(others=others) if drafts.refused else ""
    head = HEAD.format(run_by=escape(run_by), position=excerpt.position)
    return card(head, *chosen, refused, WHAT_WENT, back)


def _read_draft(interaction: discord.Interaction[Bot], number: str) -> str:
    """Read the draft beside the button that was pressed, since nothing else keeps it. Raises UserError without any."""
    from bot.library.drafted_questions import is_open_question

    pressed = str(dict(interaction.data or {}).get("custom_id", ""))
    parts = [] if interaction.message is None else ui.LayoutView.from_message(interaction.message).walk_children()
    for part in parts:
        beside = part.accessory if isinstance(part, ui.Section) else None
        if isinstance(part, ui.Section) and isinstance(beside, ui.Button) and beside.custom_id == pressed:
            text = "".join(each.content for each in part.children if isinstance(each, ui.TextDisplay))
            question = text.removeprefix(DRAFT.format(number=number))
            if is_open_question(question):
                return question
    raise UserError(OUT_OF_DATE)
