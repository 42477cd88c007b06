"""What leads on from the card of an excerpt: it is shown as it would be posted, and posted."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.models.library import Excerpt
from bot.models.prompts import NewPrompt
from bot.prompts.texts import check_wording
from bot.services.library import check_details, digest_passage
from bot.services.prompts import find_prompts_channel, new_prompt
from bot.store.library import ChangedMeanwhileError
from bot.text.dates import format_date, local_date
from cogs.core.access import require_facilitator
from cogs.core.answers import acknowledge, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.library.cards import quote_passage
from cogs.library.details_first import ask_for_details
from cogs.prompts.faults import place_named
from cogs.prompts.posting import post, tell_posted
from cogs.ui.cards import card, confirm, escape_within
from cogs.ui.pages import id_from
from cogs.ui.parts import Row, button

Interaction = discord.Interaction[Bot]
POST, BACK = "Post", "Back to the excerpt"
QUESTION_FIRST = "This excerpt has no question yet, so it can’t be posted. Open it, and choose or write one."
OPEN_EXCERPT = "Open the excerpt"
ASKED = "## Post this in <#{channel}> now?\n{words}\n**Question:** {question}"
OPEN_UNTIL = "It stays open until {date}. Once it’s posted, you can’t change what it says."


def question_first_card(new: NewPrompt) -> ui.LayoutView:
    """Say that an excerpt has to have a question first, with the way to where it gets one."""
    way = button(OPEN_EXCERPT, "library-show", new.excerpt_id or 0, style=discord.ButtonStyle.primary)
    return card(QUESTION_FIRST, Row(way))


class LibraryRoutes(RoutedCog):
    """The button of an excerpt's card that posts it."""

    @route("prompt-ask")
    async def ask_to_post(self, interaction: Interaction, excerpt_id: str) -> None:
        """Show what would be posted, and ask; where too little is known of its report, ask for that first."""
        new, excerpt = await self._freeze_new(interaction, excerpt_id)
        check_wording(new.wording)
        back = (BACK, "library-show", excerpt.id)
        async with ask_for_details(interaction, *back):
            await check_details(self.bot.store, new.guild_id, [excerpt.id])
            await self._ask(interaction, new, excerpt, back)

    @route("prompt-now")
    async def post_shown(self, interaction: Interaction, excerpt_id: str, state: str) -> None:
        """Post the excerpt that is still as it was shown, or say where it is open already."""
        new, excerpt = await self._freeze_new(interaction, excerpt_id)
        await acknowledge(interaction)
        if digest_passage(excerpt.passage) != state:
            raise ChangedMeanwhileError
        async with ask_for_details(interaction, BACK, "library-show", excerpt.id):
            with place_named(new.channel_id):
                prompt = await post(self.bot, new, discord.utils.utcnow())
            text = await tell_posted(self.bot, new, prompt)
            back = Row(button("Contents", "library-contents", excerpt.source_id, 0))
            await show_privately(interaction, card(text, back))

    async def _ask(self, interaction: Interaction, new: NewPrompt, excerpt: Excerpt, back: tuple[object, ...]) -> None:
        settings = await self.bot.store.settings.of(new.guild_id)
        asked = ASKED.format(
            channel=new.channel_id,
            words=quote_passage(excerpt.passage, 2200),
            question=escape_within(new.wording.question, 600),
        )
        until = OPEN_UNTIL.format(date=format_date(local_date(new.closes_at, settings.time_zone)))
        state = digest_passage(excerpt.passage)
        await acknowledge(interaction)
        await show_privately(interaction, confirm(asked, POST, "prompt-now", excerpt.id, state, no=back, note=until))

    async def _freeze_new(self, interaction: Interaction, excerpt_id: str) -> tuple[NewPrompt, Excerpt]:
        settings = await require_facilitator(interaction)
        excerpt = await self.bot.store.library.excerpt(settings.guild_id, id_from(excerpt_id, "excerpt"))
        channel, now = find_prompts_channel(settings), discord.utils.utcnow()
        return await new_prompt(self.bot.store, settings.guild_id, excerpt, channel, now), excerpt
