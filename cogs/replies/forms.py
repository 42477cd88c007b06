"""The reply form and what belongs to it. Every step is worked out from the custom_id and the database alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import aiohttp
import discord

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, UNKNOWN_CHANNEL, fault_name
from bot.errors import UserError
from bot.merged_events import EDITS_APART, ERASURES_APART
from bot.models.prompts import Prompt
from bot.models.replies import Reply
from bot.prompts.texts import quote_question
from bot.replies.sanitise import format_removed
from bot.services.replies.submission import NO_THREAD, find_prompt_to_answer, keep_form_reply, reword_reply
from bot.store.replies.replies import UnpostedForm
from bot.text.links import message_link
from cogs.core.access import server
from cogs.core.answers import answer_privately, defer_answer, open_form
from cogs.core.loops import PeriodicCog, periodic
from cogs.core.reports import end_report, report
from cogs.core.routing import RoutedCog, route
from cogs.prompts.card import model_texts, passage_texts
from cogs.replies.deleted_threads import note_gone
from cogs.replies.form_posts import change_posted, delete_posted, find_posted, post_reply
from cogs.replies.left_posts import describe_left
from cogs.replies.message_checks import signpost
from cogs.replies.views import (
    WORDS,
    describe_use,
    describe_use_shortly,
    edit_form,
    keep_words,
    read_kept_back,
    reply_form,
)
from cogs.subject_access.my_card import MODEL, NO, NOT_TO_MODEL
from cogs.ui.cards import Part, Space, card, text_card
from cogs.ui.forms import form_values
from cogs.ui.pages import id_or_zero
from cogs.ui.parts import Row, button

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Bot]
AGAIN, QUIET = timedelta(minutes=10), timedelta(hours=6)

READ_ALL = "Read all"
NOT_ALLOWED = "The bot isn’t allowed to write in this thread. We’ve told the facilitators."
NOT_TAKEN = "Discord didn’t take your reply. Please try again later, or write in the thread."
KEPT = "We’ve saved your reply. Discord isn’t answering, so it will appear in the thread as soon as it does."
NOTHING_STORED = "Nothing was saved."
TAKEN_BACK = "We’ve deleted your reply and our copy of it."
STORED_ALREADY = "We already have your reply."
IN_THREAD = "[Your reply]({link}) is in the thread.{late}\nYou can change or delete it with the buttons under it."
LATE = " This question has closed, so we’ve marked it late."
EMPTY = "Please write something before you send the form."
REFUSED = (
    "Someone used the reply form for {question}, but the bot isn’t allowed to write in <#{thread}>. They got their "
    "words back. Someone who manages the server can see what’s missing with /setup."
)


class FormReplies(PeriodicCog, RoutedCog):
    """Opens forms, stores what was sent, and then shows it in the thread."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self._in_hand: set[int] = set()  # replies that are being posted just now, which nobody else may post

    @route("reply-about")
    async def about(self, interaction: Interaction, claim: str) -> None:
        """Say how people's words are used."""
        settings = await self.bot.store.settings.of(server(interaction).id)
        prompt = await self.bot.store.prompts.by_claim(claim)
        model = model_texts(prompt) if prompt is not None and prompt.guild_id == settings.guild_id else []
        await answer_privately(interaction, text_card("\n".join((describe_use(settings), *model))))

    @route("more")
    async def more(self, interaction: Interaction, claim: str) -> None:
        """Show the whole passage, where it is from, and in short how people's words are used."""
        prompt = await self._prompt(interaction, claim)
        settings = await self.bot.store.settings.of(prompt.guild_id)
        say_no = [button(NOT_TO_MODEL, MODEL, NO)] if prompt.wording.model_host else []
        read_all = Row(button(READ_ALL, "reply-about", claim), *say_no)
        parts: list[Part] = [*passage_texts(prompt), Space.LINE, describe_use_shortly(settings), *model_texts(prompt)]
        view = card(*parts, read_all, framed=False)
        await answer_privately(interaction, view)

    @route("reply")
    async def open_form(self, interaction: Interaction, claim: str) -> None:
        """Open the form."""
        prompt = await self._prompt(interaction, claim)
        choices = await self.bot.store.people.of(prompt.guild_id, interaction.user.id)
        await open_form(interaction, reply_form(prompt, keeps_back=not choices.shown))

    @route("reply-form")
    async def send_form(self, interaction: Interaction, claim: str) -> None:
        """Store a reply, then post it. Whatever happens, its author still has the words."""
        await defer_answer(interaction)
        words = _words(interaction)
        try:
            prompt = await self._prompt(interaction, claim)
            await self._keep_back(interaction, prompt.guild_id)  # first, so that nobody is asked about it in between
            answer = await self._store_and_post(interaction, prompt, words)
        except UserError as error:
            answer = f"{error.public} {NOTHING_STORED} {keep_words(words)}"
        await _answer(interaction, answer)
        await signpost(interaction, words)

    @route("reply-edit")
    async def open_edit(self, interaction: Interaction, reply_id: str) -> None:
        """Open the form with the stored words, for their author alone."""
        reply = await self._own(interaction, reply_id)
        prompt = await self.bot.store.prompts.get(server(interaction).id, reply.prompt_id)
        await open_form(interaction, edit_form(reply, prompt.wording))

    @route("reply-edit-form")
    async def send_edit(self, interaction: Interaction, reply_id: str) -> None:
        """Replace the words of a reply, in the database and then in the thread."""
        await defer_answer(interaction)
        words = _words(interaction)
        try:
            await _answer(interaction, await self._change(interaction, reply_id, words))
        except UserError as error:
            await _answer(interaction, f"{error.public} {keep_words(words)}")
        await signpost(interaction, words)

    @route("reply-withdraw")
    async def withdraw(self, interaction: Interaction, reply_id: str) -> None:
        """Erase a reply, in the database and then in the thread."""
        await defer_answer(interaction)
        reply = await self._own(interaction, reply_id)
        prompt = await self.bot.store.prompts.get(server(interaction).id, reply.prompt_id)
        await self.bot.store.replies.withdraw(reply)
        self.bot.merged.apart(ERASURES_APART).dispatch("replies_erased", prompt.id)
        answer = TAKEN_BACK
        try:
            await delete_posted(self.bot, prompt, reply.message_id or 0)
        except DISCORD_FAULTS as error:
            log.warning("the message of a withdrawn reply could not be deleted: %s", fault_name(error))
            self.bot.dispatch("posts_left", prompt, (reply.message_id or 0,))
            answer += f" {describe_left(1)}"
        await _answer(interaction, f"{answer} {keep_words(reply.text)}")

    @periodic(every=QUIET, retry=AGAIN)
    async def post_waiting(self) -> bool:
        """Post what was stored and not posted: the bot died in between, or Discord did not answer."""
        forms = await self.bot.store.replies.unposted_forms()
        for form in forms:
            await self._post_again(form)
        return not forms

    async def _store_and_post(self, interaction: Interaction, prompt: Prompt, words: str) -> str:
        """Store and post a reply, and return what the author is told. Raises UserError where nothing was stored."""
        self._in_hand.add(interaction.id)
        try:
            name = interaction.user.display_name
            reply, removed = await keep_form_reply(
                self.bot.store,
                prompt,
                interaction.id,
                author_id=interaction.user.id,
                name=name,
                words=words,
                own_words=self.bot.known_words(prompt.guild_id),
                now=interaction.created_at,
            )
            if reply is None:
                return STORED_ALREADY
            self.bot.dispatch("replies_stored", (prompt.id,))
            answer = await self._post(prompt, reply, name, words)
            return "\n".join(line for line in (answer, format_removed(removed)) if line)
        finally:
            self._in_hand.discard(interaction.id)

    async def _post(self, prompt: Prompt, reply: Reply, name: str, words: str) -> str:
        try:
            message_id = await post_reply(self.bot, prompt, reply, name)
        except (discord.DiscordServerError, aiohttp.ClientError, OSError):
            return self._post_later(words)
        except discord.HTTPException as error:
            if error.status >= 500:
                return self._post_later(words)
            await self.bot.store.replies.withdraw(reply)
            raise UserError(await self._explain_refusal(prompt, error)) from None
        await self.bot.store.replies.note_message(reply.id, message_id)
        await end_report(self.bot, prompt.guild_id, f"refused:{prompt.id}")
        late = LATE if reply.late else ""
        link = message_link(prompt.guild_id, prompt.thread_id, message_id)
        return IN_THREAD.format(link=link, late=late)

    async def _keep_back(self, interaction: Interaction, guild_id: int) -> None:
        """Keep whether the author wants what they write shown to others, where they changed that on the form."""
        shown = not read_kept_back(form_values(interaction))
        if (await self.bot.store.people.of(guild_id, interaction.user.id)).shown != shown:
            await self.bot.store.people.choose(guild_id, interaction.user.id, shown=shown)
            self.bot.dispatch("keeping_back_changed", guild_id)

    def _post_later(self, words: str) -> str:
        self.post_waiting.wake(AGAIN)
        return f"{KEPT} {keep_words(words)}"

    async def _explain_refusal(self, prompt: Prompt, error: discord.HTTPException) -> str:
        """Say to an author why Discord refused a reply; the facilitators are told too."""
        if error.code == UNKNOWN_CHANNEL:
            await note_gone(self.bot, prompt, discord.utils.utcnow())
            return NO_THREAD
        log.warning("a reply by the form was refused: %s", error.code)
        if not isinstance(error, discord.Forbidden):
            return NOT_TAKEN
        await report(
            self.bot,
            prompt.guild_id,
            REFUSED.format(question=quote_question(prompt), thread=prompt.thread_id),
            key=f"refused:{prompt.id}",
        )
        return NOT_ALLOWED

    async def _post_again(self, form: UnpostedForm) -> None:
        prompt = self.bot.watch.of_prompt(form.reply.prompt_id)
        if form.reply.id in self._in_hand or prompt is None or prompt.gone_at or prompt.thread_id is None:
            return
        if self.bot.get_guild(prompt.guild_id) is None:
            return
        self._in_hand.add(form.reply.id)
        try:
            posted = await find_posted(self.bot, prompt, form.reply)
            message_id = posted or await post_reply(self.bot, prompt, form.reply, form.name)
            await self.bot.store.replies.note_message(form.reply.id, message_id)
        except DISCORD_FAULTS as error:
            log.warning("reply %s could not be posted: %s", form.reply.id, fault_name(error))
        finally:
            self._in_hand.discard(form.reply.id)

    async def _change(self, interaction: Interaction, reply_id: str, words: str) -> str:
        reply = await self._own(interaction, reply_id)
        prompt = await self.bot.store.prompts.get(server(interaction).id, reply.prompt_id)
        own_words, now = self.bot.known_words(prompt.guild_id), discord.utils.utcnow()
        changed, removed = await reword_reply(self.bot.store, reply, words, own_words, now)
        self.bot.merged.apart(EDITS_APART).dispatch("replies_erased", prompt.id)
        try:
            await change_posted(self.bot, prompt, changed, interaction.user.display_name, reply.message_id or 0)
        except DISCORD_FAULTS as error:
            log.warning("the message of a changed reply could not be changed: %s", fault_name(error))
            return f"We’ve saved your words, but couldn’t change the message in the thread. {keep_words(words)}"
        return " ".join(["We’ve changed your reply.", *filter(None, [format_removed(removed)])])

    async def _own(self, interaction: Interaction, reply_id: str) -> Reply:
        """Find the author's own reply, with the message that shows it. Raises UserError for everybody else."""
        reply = await self.bot.store.replies.own(server(interaction).id, interaction.user.id, id_or_zero(reply_id))
        if reply.message_id is None and interaction.message is not None:
            return replace(reply, message_id=interaction.message.id)
        return reply

    async def _prompt(self, interaction: Interaction, claim: str) -> Prompt:
        return await find_prompt_to_answer(self.bot.store, server(interaction).id, claim)


def _words(interaction: Interaction) -> str:
    words = str(form_values(interaction).get(WORDS) or "").strip()
    if not words:
        raise UserError(EMPTY)
    return words


async def _answer(interaction: Interaction, text: str) -> None:
    await interaction.followup.send(view=text_card(text), ephemeral=True)
