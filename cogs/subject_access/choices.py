"""The choices on the card of /my: what a person decides about themselves and their words."""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord import ui

from bot.client import Bot
from bot.merged_events import EDITS_APART, ERASURES_APART
from bot.models.prompts import PromptState
from bot.models.replies import Reply
from bot.services.model_consent import choose_model, keep_from_model
from bot.services.replies.quoting import find_quoting_prompts
from cogs.core.access import server
from cogs.core.answers import acknowledge, defer_answer
from cogs.core.routing import RoutedCog, route
from cogs.subject_access.my_card import (
    COLLECTING,
    GROUP,
    MANAGES,
    MODEL,
    NO_GROUP,
    NOTICES,
    OTHERS,
    QUOTE_ME,
    QUOTE_ME_NOT,
    QUOTES,
    YES,
    show_my_card,
)
from cogs.ui.cards import card
from cogs.ui.forms import read_chosen_values
from cogs.ui.parts import Row, button

Interaction = discord.Interaction[Bot]

STOPPED = (
    "Your reactions aren’t stored either. What’s stored already stays: you can see it and delete it here. If you edit "
    "an older message, we erase our copy of it, because we don’t take the new words."
)
STARTED = "We won’t collect what you wrote while you had stopped."
GROUP_SAVED = "Saved. You can change it here at any time."
NOTICES_ON = (
    "You’ll hear, for example, if something was removed from your words. If Discord doesn’t let the bot write to "
    "you, allow direct messages from this server’s members in its privacy settings. “Stop messages” also erases the "
    "number."
)
NOTICES_OFF = "The bot won’t send you messages from now on."

QUOTES_ON = (
    "We may quote your words outside this server, without your name, in files and papers for the board. This is for "
    "all your replies here; for a private reply, what you chose in its form counts. You can change your mind at any "
    "time, and later papers won’t quote you. We can’t change files that someone has already saved."
)
QUOTES_OFF = (
    "Your replies count, but new summaries don’t quote them, in this server or outside it. The bot also takes your "
    "words out of shared summaries that it can change. We can’t change files that someone has already saved."
)
QUOTES_ON_AGAIN = (
    "You had said no before. Summaries shared in that time still leave out your words, but a new one can quote you "
    "again."
)
OTHERS_ON = (
    "Facilitators may choose a sentence of yours. Others then see it without your name, and tap “Same here” or "
    "“Different here”."
)
OTHERS_OFF = (
    "We won’t show colleagues what you write here and ask about it. If a sentence of yours was shown, it’s gone, and "
    "so is what they tapped."
)
MODEL_ON = "The language model may get what you wrote and write, except the private replies that you sent before now."
MODEL_OFF = (
    "From now on the language model gets nothing you wrote or write, and your replies still count. We can’t tell which "
    "private replies to closed questions are yours: delete those with their codes. What it got before can’t be called "
    "back."
)
TAKE_BACK = QUOTE_ME_NOT


class ChoiceCommands(RoutedCog):
    """The part of /my that keeps choices. The buttons say which, so that two presses at once agree."""

    @route(QUOTES)
    async def choose_quotes(self, interaction: Interaction, answer: str) -> None:
        """Allow quotes, or not."""
        await acknowledge(interaction)
        await show_my_card(interaction, QUOTES, await self._keep_quotes(interaction, answer == YES))

    @route(OTHERS)
    async def choose_others(self, interaction: Interaction, answer: str) -> None:
        """Allow that what the person wrote is shown to others, or not."""
        await acknowledge(interaction)
        guild_id, shown = server(interaction).id, answer == YES
        before = await self.bot.store.people.of(guild_id, interaction.user.id)
        await self.bot.store.people.choose(guild_id, interaction.user.id, shown=shown)
        if before.shown != shown:
            self.bot.dispatch("keeping_back_changed", guild_id)
        await show_my_card(interaction, OTHERS, OTHERS_ON if shown else OTHERS_OFF)

    @route(MODEL)
    async def choose_model(self, interaction: Interaction, answer: str) -> None:
        """Allow that what the person wrote is sent to a language model, or not."""
        await acknowledge(interaction)
        guild_id, modelled = server(interaction).id, answer == YES
        await choose_model(self.bot.store, guild_id, interaction.user.id, modelled=modelled)
        await show_my_card(interaction, MODEL, MODEL_ON if modelled else MODEL_OFF)

    @route(NOTICES)
    async def choose_notices(self, interaction: Interaction, answer: str) -> None:
        """Allow direct messages, or not."""
        await acknowledge(interaction)
        is_on = answer == YES
        await self.bot.store.people.choose(server(interaction).id, interaction.user.id, notices=is_on)
        await show_my_card(interaction, NOTICES, NOTICES_ON if is_on else NOTICES_OFF)

    @route(GROUP)
    async def choose_group(self, interaction: Interaction) -> None:
        """Set the staff group that was chosen, or clear it."""
        await acknowledge(interaction)
        (group,) = read_chosen_values(interaction)
        chosen = "" if group == NO_GROUP else group
        await self.bot.store.people.choose(server(interaction).id, interaction.user.id, group=chosen)
        await show_my_card(interaction, GROUP, GROUP_SAVED)

    @route(MANAGES)
    async def choose_manages(self, interaction: Interaction, answer: str) -> None:
        """Say whether the person manages people."""
        await acknowledge(interaction)
        await self.bot.store.people.choose(server(interaction).id, interaction.user.id, manages=answer == YES)
        await show_my_card(interaction, GROUP, GROUP_SAVED)

    @route(COLLECTING)
    async def choose_collecting(self, interaction: Interaction, answer: str) -> None:
        """Stop collecting, or start again."""
        await acknowledge(interaction)
        starts, people, guild_id = answer == YES, self.bot.store.people, server(interaction).id
        # Discord's own time of the press, since messages carry Discord's time too.
        await (people.start if starts else people.stop)(guild_id, interaction.user.id, interaction.created_at)
        if not starts:
            await keep_from_model(self.bot.store, guild_id, interaction.user.id)
        self.bot.dispatch("keeping_back_changed", guild_id)
        await show_my_card(interaction, COLLECTING, STARTED if starts else STOPPED)

    @route("my-quotes")
    async def allow(self, interaction: Interaction) -> None:
        """Allow quotes by the button under a prompt's last line."""
        await defer_answer(interaction)
        text = await self._keep_quotes(interaction, True)
        await interaction.followup.send(view=_quotes_card(text, TAKE_BACK, "my-quotes-back"), ephemeral=True)

    @route("my-quotes-back")
    async def take_back(self, interaction: Interaction) -> None:
        """Take it back."""
        await defer_answer(interaction)
        text = await self._keep_quotes(interaction, False)
        await interaction.followup.send(view=_quotes_card(text, QUOTE_ME, "my-quotes"), ephemeral=True)

    async def _keep_quotes(self, interaction: Interaction, allowed: bool) -> str:
        """Keep a yes or a no to quotes, and say what it means."""
        guild_id = server(interaction).id
        before = await self.bot.store.people.of(guild_id, interaction.user.id)
        await self.bot.store.people.choose(guild_id, interaction.user.id, quotes=allowed)
        if (before.quotes, before.refused) != (allowed, not allowed):
            own = await self.bot.store.replies.of_person(guild_id, interaction.user.id)
            apart = EDITS_APART if allowed else ERASURES_APART
            for prompt_id in sorted(await find_quoting_prompts(self.bot.store, own) | self._open_of(own)):
                self.bot.merged.apart(apart).dispatch("quotes_changed", prompt_id)
        yes = f"{QUOTES_ON}\n{QUOTES_ON_AGAIN}" if before.refused else QUOTES_ON
        return yes if allowed else QUOTES_OFF

    def _open_of(self, replies: Iterable[Reply]) -> set[int]:
        """Return the prompts of replies that are open, whose sentences may be offered to others just now."""
        prompts = {reply.prompt_id: self.bot.watch.of_prompt(reply.prompt_id) for reply in replies}
        return {number for number, prompt in prompts.items() if prompt and prompt.state is PromptState.OPEN}


def _quotes_card(text: str, *turn: str) -> ui.LayoutView:
    return card(text, Row(button(*turn)), framed=False)
