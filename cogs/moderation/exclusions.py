"""Leaves a reply out of summaries, or lets them read it again, and tells its author."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.models.actions import FoundReply
from bot.prompts.texts import quote_question
from bot.replies.redaction.redact import Redaction
from bot.replies.sanitise import sanitise
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.text.clean import clean_line
from bot.text.links import message_link
from bot.text.markdown import escape
from bot.text.quotes import quote
from cogs.core.access import server
from cogs.core.direct_messages import send_direct_message
from cogs.moderation.cards import PUT_IT_BACK
from cogs.ui.cards import card
from cogs.ui.forms import Field, form, text_field
from cogs.ui.parts import Row, button

Interaction = discord.Interaction[Bot]
SHORTEST_REASON, LONGEST_REASON = 5, 300
REASON, MESSAGE = "reason", "message"
LONGEST_LINK = 200
LINK_HINT = "Open the message’s menu, choose Copy Message Link, and paste it here."

LEFT_OUT = "Left out. Summaries no longer read [this reply]({link})."
LEFT_OUT_ALREADY = "[This reply]({link}) is left out of summaries already."
PUT_BACK = "Put back. Summaries read [this reply]({link}) again."
READ_ALREADY = "Summaries read [this reply]({link}) already."
ITS_AUTHOR = (
    "Its author sees the reason in /my, and gets a direct message if they allow them. The reply stays in the thread."
)
SHORTENED = "We removed personal details from the reason before saving it."
AUTHOR_LEFT_OUT = (
    "A facilitator left [your reply]({link}) out of summaries.\nYou were answering {prompt}. The reason: “{reason}”\n"
    "Your reply stays in the thread. If you don’t agree, write to a facilitator."
)
AUTHOR_PUT_BACK = "A facilitator put [your reply]({link}) back into summaries."


async def leave_out(interaction: Interaction, reply: FoundReply, reason: str) -> ui.LayoutView:
    """Leave a reply out for a reason, once. Returns what the facilitator is shown."""
    bot, guild_id = interaction.client, server(interaction).id
    kept = _redact_reason(bot, guild_id, reason)
    await refuse_borrowed_words(bot.store, guild_id, kept.text, prompt_ids=(reply.prompt_id,))
    changed = await bot.store.exclusions.exclude(
        guild_id, reply.id, user_id=interaction.user.id, reason=kept.text, now=discord.utils.utcnow()
    )
    link = await link_to(bot, guild_id, reply)
    if not changed:
        return reply_card(reply.message_id, LEFT_OUT_ALREADY.format(link=link), left_out=True)
    bot.dispatch("replies_excluded", reply.prompt_id)
    prompt = await bot.store.prompts.get(guild_id, reply.prompt_id)
    told = AUTHOR_LEFT_OUT.format(link=link, prompt=quote_question(prompt), reason=escape(kept.text))
    await _tell_author(interaction, reply, told)
    lines = [LEFT_OUT.format(link=link), f"The reason: {escape(quote(kept.text))}", ITS_AUTHOR]
    return reply_card(reply.message_id, "\n".join(lines + [SHORTENED] * bool(kept.removed)), left_out=True)


async def put_back(interaction: Interaction, reply: FoundReply) -> str:
    """Let summaries read a reply again, and tell its author. Returns what the facilitator is told."""
    bot, guild_id = interaction.client, server(interaction).id
    changed = await bot.store.exclusions.include(
        guild_id, reply.id, user_id=interaction.user.id, now=discord.utils.utcnow()
    )
    link = await link_to(bot, guild_id, reply)
    if changed:
        bot.dispatch("replies_excluded", reply.prompt_id)
        await _tell_author(interaction, reply, AUTHOR_PUT_BACK.format(link=link))
    return (PUT_BACK if changed else READ_ALREADY).format(link=link)


async def show_left_out_reply(interaction: Interaction, reply: FoundReply) -> ui.LayoutView:
    """Show a reply that is left out already: why, and the way back."""
    link = await link_to(interaction.client, server(interaction).id, reply)
    text = f"{LEFT_OUT_ALREADY.format(link=link)}\nThe reason: {escape(quote(reply.reason))}"
    return reply_card(reply.message_id, text, left_out=True)


def reason_form(message_id: int) -> ui.Modal:
    """Make the form that asks why a reply is left out."""
    return form("Exclude from summaries", "moderation-exclude", message_id, fields=[_reason_field()])


def linked_form() -> ui.Modal:
    """Make the form that asks which reply is left out, and why."""
    message = text_field("Link to the message", MESSAGE, hint=LINK_HINT, longest=LONGEST_LINK)
    return form("Leave a reply out", "moderation-linked", fields=[message, _reason_field()])


def _reason_field() -> Field:
    return text_field(
        "Why summaries shouldn’t read it",
        REASON,
        hint="Its author sees your reason. No names, please. It’s kept in the log of /moderation.",
        long=True,
        shortest=SHORTEST_REASON,
        longest=LONGEST_REASON,
    )


def reply_card(message_id: int, text: str, *, left_out: bool) -> ui.LayoutView:
    """Show a text about one reply, with the button that puts it back where it is left out."""
    back = [Row(button(PUT_IT_BACK, "moderation-include", message_id))] if left_out else []
    return card(text, *back, framed=False)


def _redact_reason(bot: Bot, guild_id: int, reason: str) -> Redaction:
    return sanitise(clean_line(reason), bot.known_words(guild_id))


async def link_to(bot: Bot, guild_id: int, reply: FoundReply) -> str:
    """Return the address of the message that shows a reply."""
    prompt = await bot.store.prompts.get(guild_id, reply.prompt_id)
    place = prompt.thread_id or prompt.channel_id
    return message_link(guild_id, place, reply.message_id)


async def _tell_author(interaction: Interaction, reply: FoundReply, text: str) -> None:
    bot, guild_id = interaction.client, server(interaction).id
    user_id = await bot.store.people.reach(guild_id, reply.person)
    if user_id is not None:
        await send_direct_message(bot, guild_id, user_id, text, ("summaries", interaction.id))
