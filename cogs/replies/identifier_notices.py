"""Messages that still show identifiers: their authors and the facilitators are told, and can remove them.

The report names the kind of what was found, never the words and never the author.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import discord
from discord.ext import commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import MESSAGE_REMOVED
from bot.models.prompts import Prompt
from bot.models.replies import ReplyKind
from bot.models.reports import Button, NewReport
from bot.prompts.texts import quote_question
from bot.replies.redaction.kinds import Identifier
from bot.replies.sanitise import list_kinds
from bot.text.links import link_words
from cogs.core.access import require_facilitator, server
from cogs.core.answers import answer_privately, defer_answer
from cogs.core.direct_messages import send_direct_message
from cogs.core.loops import PeriodicCog
from cogs.core.reports import amend_report, deliver_reports, keep_report
from cogs.core.rounds import ServerRounds
from cogs.core.routing import RoutedCog, route
from cogs.replies.form_posts import delete_posted
from cogs.replies.message_checks import HeardMessage, MetMessages
from cogs.ui.cards import confirm
from cogs.ui.pages import id_or_zero
from cogs.ui.parts import custom_id

Interaction = discord.Interaction[Bot]
Finding = tuple[HeardMessage, str, str]
"""A message, the kinds of what was found in it, in words, and its prompt's question."""
MOST_A_MINUTE = 3
MOST_IN_ONE = 10
MINUTE = timedelta(minutes=1)
ASKED = (
    "This deletes the message in Discord for everyone. The bot’s copy of the reply goes too, and so does every quote "
    "from it in the bot’s summaries. Nobody can bring it back. The author is told if they allow messages from the "
    "bot."
)
GONE = "That message has already gone."
MAY_NOT = (
    "The bot may not delete that message: it needs Manage Messages there. Delete it yourself, or give the bot’s role "
    "that permission: open the channel’s settings, then Permissions."
)
REMOVED = "The message is deleted. The bot’s copy goes as soon as Discord confirms it, usually within a second."
REMOVE_IT = "Remove it"
REMOVE_FROM_THREAD = "Remove the message from the thread"
LEFT_OUT_OF_ALL = "The bot left identifiers out of its copies of these replies. The messages still show them:"
LEFT_OUT_OF_ONE = (
    "The bot left {listed} out of its copy of a reply to {question}. [The message]({link}) still shows it."
)
REMOVE_NUMBER = "Remove message {number}"
TOLD_AUTHOR = (
    "A facilitator removed what you wrote in <#{channel}> about {question}. It showed something that can’t be there, "
    "such as a patient’s details. You can write it again without that."
)


class IdentifierNotices(PeriodicCog, RoutedCog):
    """Tells of a message once, and at most a few times a minute in a server; the rest come in one line."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self._met_messages = MetMessages()
        self._told: defaultdict[int, deque[datetime]] = defaultdict(lambda: deque(maxlen=MOST_A_MINUTE))
        self._waiting: defaultdict[int, list[Finding]] = defaultdict(list)  # each is in the database already
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by server
        self._servers = ServerRounds(bot, self._report_waiting, retry=MINUTE)

    @commands.Cog.listener()
    async def on_identifiers_removed(self, message: HeardMessage, kinds: Collection[Identifier]) -> None:
        """Tell of a message that was stored without something that it still shows."""
        guild_id, listed = message.prompt.guild_id, list_kinds(kinds)
        if not self._met_messages.is_first(message.message_id):
            return
        if (await self.bot.store.people.of(guild_id, message.author_id)).stopped:
            return  # nothing of it was stored
        question = quote_question(await self.bot.store.prompts.get(guild_id, message.prompt.id))
        await self._report(guild_id, (message, listed, question))
        about = "identifiers", message.message_id
        await send_direct_message(self.bot, guild_id, message.author_id, _for_author(message, listed), about)

    @route("reply-remove")
    async def ask(self, interaction: Interaction, prompt_id: str, message_id: str) -> None:
        """Say what removing a message does, and ask."""
        await require_facilitator(interaction)
        await self._held(interaction, prompt_id, message_id)
        view = confirm(ASKED, REMOVE_IT, "reply-removed", prompt_id, message_id, framed=False)
        await answer_privately(interaction, view)

    @route("reply-removed")
    async def remove(self, interaction: Interaction, prompt_id: str, message_id: str) -> None:
        """Delete a message, note it, and tell its author if they allowed it."""
        await require_facilitator(interaction)
        await defer_answer(interaction)
        prompt, kind = await self._held(interaction, prompt_id, message_id)
        channel_id = prompt.channel_id if kind is ReplyKind.CHANNEL else prompt.thread_id or 0
        author_id = await self._delete(prompt, channel_id, id_or_zero(message_id))
        where = f"a message in the {'channel' if kind is ReplyKind.CHANNEL else 'thread'}"
        await self.bot.store.audit_log.note(
            prompt.guild_id,
            MESSAGE_REMOVED,
            where,
            user_id=interaction.user.id,
            prompt_id=prompt.id,
            now=discord.utils.utcnow(),
        )
        if author_id is not None and kind is not ReplyKind.FORM:
            text, about = _format_removed(prompt, channel_id), ("removed", interaction.id)
            await send_direct_message(self.bot, prompt.guild_id, author_id, text, about)
        await interaction.followup.send(REMOVED, ephemeral=True)

    async def _held(self, interaction: Interaction, prompt_id: str, message_id: str) -> tuple[Prompt, ReplyKind]:
        """Find a prompt of this server, and the kind of its reply that a message shows. Raises UserError."""
        if not id_or_zero(prompt_id):
            raise UserError(GONE)
        prompt = await self.bot.store.prompts.get(server(interaction).id, id_or_zero(prompt_id))
        for reply in await self.bot.store.replies.held(prompt.id):
            if reply.message_id == id_or_zero(message_id):
                return prompt, reply.kind
        raise UserError(GONE)

    async def _delete(self, prompt: Prompt, channel_id: int, message_id: int) -> int | None:
        """Delete a message and return who wrote it. Raises UserError where Discord does not let it."""
        place = self.bot.get_partial_messageable(channel_id, guild_id=prompt.guild_id)
        try:
            author_id = (await place.fetch_message(message_id)).author.id
            if channel_id == prompt.thread_id:
                await delete_posted(self.bot, prompt, message_id)
            else:
                await place.get_partial_message(message_id).delete()
        except discord.NotFound:
            return None
        except discord.Forbidden:
            raise UserError(MAY_NOT) from None
        return author_id

    async def _report(self, guild_id: int, finding: Finding) -> None:
        now, told = discord.utils.utcnow(), self._told[guild_id]
        if len(told) < MOST_A_MINUTE or now - told[0] >= MINUTE:
            told.append(now)
            await keep_report(self.bot, _report_of(guild_id, [finding]))
            await deliver_reports(self.bot, guild_id)
            return
        await self._add_to_waiting(guild_id, finding)
        self._servers.wake(guild_id, MINUTE)

    async def _add_to_waiting(self, guild_id: int, finding: Finding) -> None:
        """Keep a finding in the report that gathers what is too much for single ones. If it is full, begin another."""
        async with self._turns[guild_id]:
            waiting = self._waiting[guild_id]
            gathered = _report_of(guild_id, [*waiting, finding])
            if not waiting or len(waiting) >= MOST_IN_ONE or not await amend_report(self.bot, gathered):
                waiting.clear()
                await keep_report(self.bot, _report_of(guild_id, [finding]))
            waiting.append(finding)

    async def _report_waiting(self, guild_id: int) -> bool:
        """A minute after the first, tell in one message what was too much for single ones."""
        self._waiting.pop(guild_id, None)
        await deliver_reports(self.bot, guild_id)
        return True


def _report_of(guild_id: int, findings: Sequence[Finding]) -> NewReport:
    """Make the report of one message or several. The first names it, so that others can be added until it is told."""
    ((first, *_), *_) = findings
    return NewReport(guild_id, f"identifiers:{first.message_id}", _line(findings), _buttons(findings))


def _line(findings: Sequence[Finding]) -> str:
    """Write what facilitators read; each message with its link and the kinds of what it shows."""
    if len(findings) == 1:
        ((message, listed, question),) = findings
        return LEFT_OUT_OF_ONE.format(listed=listed, question=question, link=message.link)
    lines = [
        f"{number}. {listed}: {link_words('message', message.link)}"
        for number, (message, listed, _) in enumerate(findings, 1)
    ]
    return "\n".join((LEFT_OUT_OF_ALL, *lines))


def _buttons(findings: Sequence[Finding]) -> tuple[Button, ...]:
    return tuple(
        Button(
            REMOVE_FROM_THREAD if len(findings) == 1 else REMOVE_NUMBER.format(number=number),
            custom_id("reply-remove", message.prompt.id, message.message_id),
        )
        for number, (message, *_) in enumerate(findings, 1)
    )


def _for_author(message: HeardMessage, listed: str) -> str:
    return (
        f"We left {listed} out of our copy of {link_words('what you wrote', message.link)}.\n"
        "Your message still shows it to everyone who can read it there. Please edit or delete it."
    )


def _format_removed(prompt: Prompt, channel_id: int) -> str:
    return TOLD_AUTHOR.format(channel=channel_id, question=quote_question(prompt))
