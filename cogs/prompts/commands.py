"""/prompt: post at once, preview, list, close, and the private replies that wait to be read."""

from __future__ import annotations

from contextlib import suppress

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS
from bot.errors import UserError
from bot.models.prompts import NewPrompt, PromptState
from bot.models.views import LEAST_REPLIES
from bot.prompts.texts import check_wording
from bot.services.prompts import (
    check_for_series,
    find_next_excerpt,
    find_prompts_channel,
    keep_replies,
    new_prompt,
    preview_prompt,
)
from bot.services.replies.private_replies import find_subject
from bot.text.clean import clean_line
from cogs.core.access import facilitators_only, require_facilitator, server
from cogs.core.answers import defer_answer, defer_update, open_form
from cogs.core.routing import route
from cogs.library.autocomplete import excerpt_choices, find_chosen_excerpt
from cogs.library.details_first import ask_for_details
from cogs.prompts.autocomplete import find_chosen_prompt, find_chosen_series, prompt_choices, series_choices
from cogs.prompts.card import CardFacts, model_texts, passage_texts, prompt_card
from cogs.prompts.closing import close_prompt
from cogs.prompts.faults import place_named
from cogs.prompts.from_library import LibraryRoutes, question_first_card
from cogs.prompts.lists import keep_form, private_list, prompt_list
from cogs.prompts.posting import post, tell_posted, with_model_notice
from cogs.replies.deleted_threads import show_kept
from cogs.ui.cards import card
from cogs.ui.forms import form_values
from cogs.ui.pages import id_from, read_page_number
from cogs.views.cards import offer_card

Interaction = discord.Interaction[Bot]
PromptChannel = discord.TextChannel | discord.ForumChannel
EXCERPT = "Which excerpt: type words of it"
CLOSED_ALREADY = "That prompt is closed already. /prompt list shows which are open."
CLOSED = "Closed. Replies that come later are marked late.{gone}"
KEPT = "Kept. The replies won’t be erased after 30 days, and summaries use them again."
CHOOSE_EXCERPT = "Choose an excerpt with the option excerpt, or a series for its next one."
MOST_LISTED = 10
MOST_OFFERS = 4
NOTHING_OFFERED = "Nothing has been offered yet. The bot looks for sentences once there are {least} replies."
NOT_ASKED = "This question has closed, so others are no longer asked."
BEHIND_MORE = "Behind “More”, people read this too:"
CHANNEL = "Where to post it; the prompts channel if you leave this out"


@app_commands.guild_only()
class PromptCommands(
    LibraryRoutes,
    commands.GroupCog,
    group_name="prompt",
    group_description="Post, preview and close prompts",
):
    """What facilitators do with single prompts, and with the private replies to them."""

    @app_commands.command(
        name="private", description="See which private replies need reading before summaries use them"
    )
    @facilitators_only()
    async def show_private(self, interaction: Interaction) -> None:
        """List the batches, each with a button that opens it."""
        await defer_answer(interaction)
        waiting = await self.bot.store.private.waiting(server(interaction).id)
        listed = [(batch, await find_subject(self.bot.store, batch)) for batch in waiting[:MOST_LISTED]]
        await interaction.followup.send(view=private_list(listed, len(waiting)), ephemeral=True)

    @app_commands.command(name="post", description="Post an excerpt as a prompt now")
    @app_commands.describe(
        excerpt=f"{EXCERPT}; if you leave this out, the next one in the series",
        channel=CHANNEL,
        series="Post it as the next prompt in which series; its dates don’t change",
    )
    @app_commands.autocomplete(excerpt=excerpt_choices, series=series_choices)
    @facilitators_only()
    async def post_now(
        self,
        interaction: Interaction,
        excerpt: str | None = None,
        channel: PromptChannel | None = None,
        series: str | None = None,
    ) -> None:
        """Post one excerpt, or say where it is open already."""
        await defer_answer(interaction)
        if series is not None:
            new = await self._new_of_series(interaction, excerpt, channel, series)
        else:
            new = await self._new(interaction, excerpt, channel)
        if not clean_line(new.wording.question):
            await interaction.followup.send(view=question_first_card(new), ephemeral=True)
            return
        async with ask_for_details(interaction):
            with place_named(new.channel_id):
                prompt = await post(self.bot, new, discord.utils.utcnow())
            await interaction.followup.send(await tell_posted(self.bot, new, prompt), ephemeral=True)

    @app_commands.command(description="See an excerpt as it will look as a prompt; only you see it")
    @app_commands.describe(excerpt=EXCERPT, series="In which series; if you choose no excerpt, its next one")
    @app_commands.autocomplete(excerpt=excerpt_choices, series=series_choices)
    @facilitators_only()
    async def preview(self, interaction: Interaction, excerpt: str | None = None, series: str | None = None) -> None:
        """Show the card, with its buttons switched off."""
        await defer_answer(interaction)
        settings = await self.bot.store.settings.of(server(interaction).id)
        now = discord.utils.utcnow()
        run = await find_chosen_series(interaction, series) if series or not excerpt else None
        store = self.bot.store
        chosen = (
            await find_chosen_excerpt(interaction, excerpt)
            if excerpt is not None
            else await find_next_excerpt(store, run)
        )
        new = await new_prompt(store, settings.guild_id, chosen, settings.prompts_channel_id or 0, now, series=run)
        if not clean_line(new.wording.question):
            await interaction.followup.send(view=question_first_card(new), ephemeral=True)
            return
        new = await with_model_notice(self.bot, new)
        check_wording(new.wording)
        shown = preview_prompt(new, now)
        view = prompt_card(shown, CardFacts(settings.time_zone), preview=True)
        await interaction.followup.send(view=view, ephemeral=True)
        await interaction.followup.send(
            view=card(BEHIND_MORE, *passage_texts(shown), *model_texts(shown)), ephemeral=True
        )

    @app_commands.command(description="See what colleagues are asked about for a question, and stop showing one")
    @app_commands.describe(prompt="Which prompt; if you leave this out, the thread you’re in")
    @app_commands.autocomplete(prompt=prompt_choices)
    @facilitators_only()
    async def others(self, interaction: Interaction, prompt: str | None = None) -> None:
        """Show what was offered of a prompt's thread, with the same buttons as in the facilitators' channel."""
        await defer_answer(interaction)
        chosen, store = await find_chosen_prompt(interaction, prompt), self.bot.store.statements
        is_open = chosen.state is PromptState.OPEN
        offers = (await store.offers_of_prompt(chosen.id))[-MOST_OFFERS:] if is_open else ()
        for offer in offers:
            view = offer_card(offer, await store.of_offer(offer), chosen.wording.question)
            await interaction.followup.send(view=view, ephemeral=True)
        if not offers:
            text = NOTHING_OFFERED.format(least=LEAST_REPLIES) if is_open else NOT_ASKED
            await interaction.followup.send(text, ephemeral=True)

    @app_commands.command(name="list", description="See the prompts posted so far, and how many people replied")
    @facilitators_only()
    async def show_list(self, interaction: Interaction) -> None:
        """List the newest prompts; buttons lead to the older ones."""
        await defer_answer(interaction)
        await interaction.followup.send(view=await self._list(interaction, 0), ephemeral=True)

    @route("prompt-list")
    async def turn_page(self, interaction: Interaction, page: str) -> None:
        """Show another page of the list."""
        await require_facilitator(interaction)
        await defer_update(interaction)
        await interaction.edit_original_response(view=await self._list(interaction, read_page_number(page)))

    @app_commands.command(name="close", description="Close a prompt now and thank people")
    @app_commands.describe(prompt="Which prompt; if you leave this out, the thread you’re in")
    @app_commands.autocomplete(prompt=prompt_choices)
    @facilitators_only()
    async def close_now(self, interaction: Interaction, prompt: str | None = None) -> None:
        """Close one prompt."""
        await defer_answer(interaction)
        chosen = await find_chosen_prompt(interaction, prompt)
        if chosen.state is PromptState.CLOSED:
            raise UserError(CLOSED_ALREADY)
        with place_named(chosen.thread_id or chosen.channel_id):
            closed = await close_prompt(self.bot, chosen, discord.utils.utcnow())
        gone = " Its thread has gone, so nobody was thanked." if closed.gone_at else ""
        await interaction.followup.send(CLOSED.format(gone=gone), ephemeral=True)
        self.bot.dispatch("prompt_closed_by_hand", interaction, closed.id)

    @route("prompt-keep")
    async def ask_why(self, interaction: Interaction, prompt: str) -> None:
        """Ask why the replies of a deleted thread are kept."""
        settings = await require_facilitator(interaction)
        chosen = await self.bot.store.prompts.get(settings.guild_id, id_from(prompt, "prompt"))
        await open_form(interaction, keep_form(chosen.id))

    @route("prompt-kept")
    async def keep(self, interaction: Interaction, prompt: str) -> None:
        """Keep replies of a deleted thread that would be erased 30 days after facilitators were told."""
        settings = await require_facilitator(interaction)
        await defer_answer(interaction)
        chosen = await self.bot.store.prompts.get(settings.guild_id, id_from(prompt, "prompt"))
        await keep_replies(
            self.bot.store,
            chosen,
            str(form_values(interaction).get("reason") or ""),
            user_id=interaction.user.id,
            own_words=self.bot.known_words(chosen.guild_id),
            now=discord.utils.utcnow(),
        )
        await interaction.followup.send(KEPT, ephemeral=True)
        with suppress(*DISCORD_FAULTS):
            await show_kept(self.bot, chosen)

    async def _new(self, interaction: Interaction, excerpt: str | None, channel: PromptChannel | None) -> NewPrompt:
        if excerpt is None:
            raise UserError(CHOOSE_EXCERPT)
        settings = await self.bot.store.settings.of(server(interaction).id)
        chosen = await find_chosen_excerpt(interaction, excerpt)
        channel_id = channel.id if channel else find_prompts_channel(settings)
        return await new_prompt(self.bot.store, settings.guild_id, chosen, channel_id, discord.utils.utcnow())

    async def _new_of_series(
        self, interaction: Interaction, excerpt: str | None, channel: PromptChannel | None, series: str
    ) -> NewPrompt:
        run = await find_chosen_series(interaction, series)
        check_for_series(run, None, channel.id if channel else None)
        chosen = (
            await find_chosen_excerpt(interaction, excerpt) if excerpt else await find_next_excerpt(self.bot.store, run)
        )
        check_for_series(run, chosen, run.channel_id)
        now = discord.utils.utcnow()
        return await new_prompt(self.bot.store, run.guild_id, chosen, run.channel_id, now, series=run)

    async def _list(self, interaction: Interaction, page: int) -> discord.ui.LayoutView:
        return prompt_list(await self.bot.store.prompts.of_guild(server(interaction).id), page)
