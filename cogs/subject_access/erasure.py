"""Replies erased at their author's word, or by a private reply's code, with everything that was made of them."""

from __future__ import annotations

import logging
import re

import discord
from discord import ui

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name
from bot.merged_events import ERASURES_APART
from bot.models.personal import ErasedReplies
from bot.models.replies import Reply
from bot.services.erasure import erase_everything
from bot.services.replies.withdrawals import note_withdrawal
from bot.services.subject_access import find_prompts
from bot.subject_access.account import IN_DISCORD
from bot.text.dates import format_local_date
from bot.text.words import human_join, plural
from cogs.core.access import server
from cogs.core.answers import acknowledge, defer_answer, open_form
from cogs.core.routing import RoutedCog, route
from cogs.replies.form_posts import delete_posted
from cogs.replies.left_posts import describe_left
from cogs.subject_access.data_card import BACK_TO_CARD
from cogs.subject_access.erasure_cards import all_card, choice_card, digest_page, replies_on_page, some_card
from cogs.ui.cards import card
from cogs.ui.forms import Field, form, form_values, read_chosen_values, text_field
from cogs.ui.pages import read_page_number
from cogs.ui.parts import Row, button

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Bot]
BITS = re.compile(r"[0-9a-f]{1,7}")
CHANGED = "Your replies have changed since you chose. Nothing was deleted. Please choose again."

CODE_FORM, YOUR_CODE, LONGEST_CODE = "Delete a private reply", "Your code", 100
CODE_HINT = "You saw it once, when you sent the private reply."
NO_SUCH_CODE = (
    "No private reply here has this code. Check each letter and digit. If you changed your reply, only the newest "
    "code works. If you’ve already deleted it, it’s gone."
)
WITHDRAWN = (
    "We’ve noted it. Your private reply goes by 5 in the morning on {date}, with its quotes and counts in every "
    "summary. It goes together with any others deleted that day, so that nobody can see which one was yours. "
    "Until then, nothing new is published from it."
)
ERASED, ERASED_ALL = "Deleted: {done}", "All gone: {done}"


class ErasureCommands(RoutedCog):
    """The part of /my that erases: for the author, or for whoever holds a private reply's code."""

    @route("my-code")
    async def open_code(self, interaction: Interaction) -> None:
        """Open the form that takes a private reply's code."""
        await open_form(interaction, form(CODE_FORM, "my-withdraw", fields=[_code_field()]))

    @route("my-withdraw")
    async def withdraw(self, interaction: Interaction) -> None:
        """Erase a private reply."""
        code = form_values(interaction)["code"]
        await defer_answer(interaction)
        await withdraw_by_code(interaction, code)

    @route("my-delete-page")
    async def turn_delete(self, interaction: Interaction, page: str) -> None:
        """Show a page of what can be erased."""
        await acknowledge(interaction)
        await interaction.edit_original_response(view=await self._choice(interaction, read_page_number(page)))

    @route("my-delete-choose")
    async def ask_some(self, interaction: Interaction, page: str, digest: str) -> None:
        """Ask once more before some replies are erased."""
        await acknowledge(interaction)
        bits = sum({1 << read_page_number(value) for value in read_chosen_values(interaction)})
        if not await self._shown(interaction, read_page_number(page), digest):
            await interaction.edit_original_response(view=await self._choice(interaction, 0, CHANGED))
            return
        await interaction.edit_original_response(view=some_card(read_page_number(page), bits, digest))

    @route("my-delete-some")
    async def erase_some(self, interaction: Interaction, page: str, bits: str, digest: str) -> None:
        """Erase the replies that were chosen."""
        await acknowledge(interaction)
        shown = await self._shown(interaction, read_page_number(page), digest)
        chosen_bits = int(bits, 16) if BITS.fullmatch(bits) else 0
        wanted = [reply.id for place, reply in enumerate(shown) if chosen_bits >> place & 1]
        if not wanted:
            await interaction.edit_original_response(view=await self._choice(interaction, 0, CHANGED))
            return
        erased = await self.bot.store.personal.erase_replies(server(interaction).id, interaction.user.id, wanted)
        done = await self._follow(server(interaction).id, erased)
        await interaction.edit_original_response(view=_done_card(ERASED.format(done=done)))

    @route("my-delete-all")
    async def ask_all(self, interaction: Interaction) -> None:
        """Ask once more before everything is erased."""
        await acknowledge(interaction)
        await interaction.edit_original_response(view=all_card())

    @route("my-delete-all-now")
    async def erase_all(self, interaction: Interaction) -> None:
        """Erase everything."""
        await acknowledge(interaction)
        guild_id, user_id = server(interaction).id, interaction.user.id
        erased = await erase_everything(self.bot.store, guild_id, user_id)
        done = await self._follow(guild_id, erased)
        self.bot.dispatch("suggestions_erased", guild_id, erased.suggestion_cards)
        await interaction.edit_original_response(view=_done_card(ERASED_ALL.format(done=done)))

    async def _follow(self, guild_id: int, erased: ErasedReplies) -> str:
        """Let summaries follow, delete the messages that the bot posted, and say what was done."""
        for prompt_id in sorted(erased.prompts):
            self.bot.merged.apart(ERASURES_APART).dispatch("replies_erased", prompt_id)
        left = sum([not await self._delete(guild_id, prompt, message) for prompt, message in erased.posted])
        what = [plural(erased.count, "reply", "replies")] if erased.count or not erased.private else []
        what += [plural(erased.private, "private reply", "private replies")] if erased.private else []
        lines = [f"{human_join(what)}. {IN_DISCORD}"]
        if left:
            lines.append(describe_left(left))
        return "\n".join(lines)

    async def _delete(self, guild_id: int, prompt_id: int, message_id: int) -> bool:
        prompt = await self.bot.store.prompts.get(guild_id, prompt_id)
        try:
            if prompt.gone_at is None:
                await delete_posted(self.bot, prompt, message_id)
        except DISCORD_FAULTS as error:
            log.warning("the message of an erased reply could not be deleted: %s", fault_name(error))
            self.bot.dispatch("posts_left", prompt, (message_id,))
            return False
        return True

    async def _choice(self, interaction: Interaction, page: int, note: str = "") -> ui.LayoutView:
        guild_id = server(interaction).id
        replies = await self.bot.store.replies.of_person(guild_id, interaction.user.id)
        prompts = await find_prompts(self.bot.store, guild_id, {reply.prompt_id for reply in replies})
        return choice_card(replies, prompts, page, note)

    async def _shown(self, interaction: Interaction, page: int, digest: str) -> tuple[Reply, ...]:
        """Find the replies of a page; none where they are others than those that the person saw."""
        replies = await self.bot.store.replies.of_person(server(interaction).id, interaction.user.id)
        shown = replies_on_page(replies, page).items
        return shown if digest_page(shown) == digest else ()


async def withdraw_by_code(interaction: Interaction, code: str) -> None:
    """After a promised answer: note that the private reply with this code is to go, and say when it goes."""
    bot, guild_id = interaction.client, server(interaction).id
    due_at = await note_withdrawal(bot.store, guild_id, code, discord.utils.utcnow())
    if due_at is None:
        await interaction.followup.send(NO_SUCH_CODE, ephemeral=True)
        return
    bot.dispatch("withdrawal_noted")
    zone = (await bot.store.settings.of(guild_id)).time_zone
    await interaction.followup.send(WITHDRAWN.format(date=format_local_date(due_at, zone)), ephemeral=True)


def _code_field() -> Field:
    return text_field(YOUR_CODE, "code", hint=CODE_HINT, longest=LONGEST_CODE)


def _done_card(text: str) -> ui.LayoutView:
    """Say what was erased, with the way back to the card of /my."""
    return card(text, Row(button(*BACK_TO_CARD)), framed=False)
