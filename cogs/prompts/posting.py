"""Posts a prompt in steps that can each be repeated: claim, card, thread, and the line that phones show."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.client import Bot
from bot.errors import UserError
from bot.models.prompts import NewPrompt, Prompt, PromptState
from bot.models.settings import GuildSettings
from bot.prompts.texts import check_wording, thread_name
from bot.services.library import check_details
from bot.services.model_consent import add_model_notice
from bot.services.prompts import preview_prompt
from bot.text.clean import clean_line
from bot.text.markdown import escape
from bot.text.words import human_join
from cogs.core.channel_permissions import list_missing_permissions
from cogs.core.history import contains_text, find_own
from cogs.core.posts import make_nonce, post_once
from cogs.prompts.card import CardFacts, current_card, prompt_card
from cogs.prompts.doubles import find_posts, settle_doubles

ARCHIVE_AFTER_MIN: Final = 10080
STILL_TIMELY = timedelta(hours=24)
THREAD_EXISTS = 160004
PromptChannel = discord.TextChannel | discord.ForumChannel
TOO_LATE = (
    "A prompt that was cut short is now more than a day late, so it wasn’t posted. To ask it now, use /prompt post."
)
CARD_GONE = "The card of a prompt in {channel} was deleted before it had its thread."
POSTED = "Posted. Its thread: <#{thread}>"
OPEN_ALREADY = "That excerpt is already open there, so nothing was posted.{where}"
ITS_THREAD = " Its thread: <#{thread}>"
REPLY_BELOW, REPLY_HERE = "Reply below.", "Reply here: <#{thread}>"


class CannotPostError(UserError):
    """The prompt cannot be posted where it should be; the text says why and what to do."""


class CardGoneError(CannotPostError):
    """The card was deleted before its posting was finished."""


class NotNowError(UserError):
    """Discord does not show the server at the moment, so nothing is known of its channels."""


def channel_of(bot: Bot, guild_id: int, channel_id: int) -> PromptChannel:
    """Find the channel to post in. Raises CannotPostError where it is gone, hidden, or the bot lacks a permission.

    Raises NotNowError while Discord does not show the server.
    """
    guild = bot.get_guild(guild_id)
    if guild is None or guild.unavailable:
        raise NotNowError("The bot can’t see this server at the moment. Try again in a few minutes.")
    channel = guild.get_channel(channel_id)
    if not isinstance(channel, PromptChannel):
        raise CannotPostError(
            f"The channel <#{channel_id}> was deleted, or the bot can’t see it. Choose another one for the series."
        )
    lacking = list_missing_permissions(channel, guild.me)
    if lacking:
        raise CannotPostError(
            f"In {channel.mention} the bot needs {human_join(lacking)}. Give its role these permissions."
        )
    return channel


async def post(bot: Bot, new: NewPrompt, now: datetime) -> Prompt | None:
    """Claim a prompt and post it. None where its slot, or its excerpt in this channel, is taken already.

    Raises UserError where it cannot be posted; a claim is then given up.
    """
    new = await with_model_notice(bot, new)
    check_wording(new.wording)
    if new.excerpt_id is not None:
        await check_details(bot.store, new.guild_id, [new.excerpt_id])
    prompt_card(preview_prompt(new, now), CardFacts("UTC"))  # refuses what is too long once it is escaped
    channel_of(bot, new.guild_id, new.channel_id)
    async with bot.posting[new.guild_id]:
        prompt = await bot.store.prompts.claim(new, now)
        if prompt is None:
            return None
        return await _take_steps(bot, prompt, now, is_new=True)


async def with_model_notice(bot: Bot, new: NewPrompt) -> NewPrompt:
    """Let a card say that a language model helps sort replies, where the server has switched that on."""
    guild, model = bot.get_guild(new.guild_id), bot.language_model
    name = guild.name if guild is not None else ""
    return await add_model_notice(bot.store, new, None if model is None else model.endpoint, name)


async def finish(bot: Bot, prompt: Prompt, now: datetime) -> Prompt:
    """Do what is still to do of a posting, looking first for what was done already. Repeating it changes nothing."""
    async with bot.posting[prompt.guild_id]:
        # It may have been finished while this waited its turn.
        fresh = await bot.store.prompts.get(prompt.guild_id, prompt.id)
        return fresh if fresh.state is PromptState.FAILED else await _take_steps(bot, fresh, now, is_new=False)


async def _take_steps(bot: Bot, prompt: Prompt, now: datetime, *, is_new: bool) -> Prompt:
    try:
        channel = channel_of(bot, prompt.guild_id, prompt.channel_id)
        settings = await bot.store.settings.of(prompt.guild_id)
        if prompt.state is PromptState.CLAIMED:
            prompt = await _card(bot, channel, prompt, now, is_new=is_new)
        if prompt.thread_id is None:
            prompt = await _thread(bot, channel, prompt, now)
        bot.watch.add(prompt)
        if prompt.notice_id is None:
            if isinstance(channel, discord.ForumChannel):
                posts = await find_posts(bot, channel, prompt, with_archived=not is_new)
                prompt = await settle_doubles(bot, prompt, posts, now)
            prompt = await _notice(bot, channel, prompt, settings, is_new=is_new)
    except NotNowError:
        raise
    except CardGoneError:
        bot.watch.add(await bot.store.prompts.note_gone(prompt, now))
        raise
    except (UserError, discord.Forbidden):
        if prompt.state is PromptState.CLAIMED:
            await bot.store.prompts.fail(prompt)
        raise
    bot.watch.add(prompt)
    return prompt


async def _card(bot: Bot, channel: PromptChannel, prompt: Prompt, now: datetime, *, is_new: bool) -> Prompt:
    sent = None if is_new else await _find_card(bot, channel, prompt)
    if sent is None:
        if now - (prompt.slot_at or prompt.claimed_at) >= STILL_TIMELY:
            raise CannotPostError(TOO_LATE)
        sent = await _send_card(bot, channel, prompt)
    message, thread_id = sent
    prompt = await bot.store.prompts.confirm(prompt, message_id=message.id, thread_id=thread_id, now=now)
    bot.watch.add(prompt)
    return prompt


async def _send_card(bot: Bot, channel: PromptChannel, prompt: Prompt) -> tuple[discord.Message, int | None]:
    """Send the card without a notification: a Components V2 message notifies with an empty line."""
    view = await current_card(bot, prompt)
    if isinstance(channel, discord.TextChannel):
        # Discord refuses a second message with the same nonce, should a request be repeated on a bad line.
        return await channel.send(view=view, silent=True, nonce=prompt.claim), None
    made = await channel.create_thread(
        name=thread_name(prompt.wording),
        view=view,
        silent=True,
        auto_archive_duration=ARCHIVE_AFTER_MIN,
        applied_tags=_tags(channel),
    )
    return made.message, made.thread.id


def _tags(channel: discord.ForumChannel) -> list[discord.ForumTag]:
    """Choose the forum's own tag for prompts, or where a tag is required, its first one."""
    named = [tag for tag in channel.available_tags if tag.name.casefold() in ("prompt", "ward to board")]
    if named:
        return named[:1]
    return list(channel.available_tags[:1]) if channel.flags.require_tag else []


async def _find_card(bot: Bot, channel: PromptChannel, prompt: Prompt) -> tuple[discord.Message, int | None] | None:
    """Find the card that was sent before the bot died: its buttons carry the claim."""
    if isinstance(channel, discord.TextChannel):
        card = await find_own(bot, channel, lambda message: contains_text(message, prompt.claim), prompt.claimed_at)
        return None if card is None else (card, None)
    posts = await find_posts(bot, channel, prompt, with_archived=True)
    return (posts[0].card, posts[0].thread.id) if posts else None


async def _thread(bot: Bot, channel: PromptChannel, prompt: Prompt, now: datetime) -> Prompt:
    message_id = prompt.message_id or 0
    if isinstance(channel, discord.ForumChannel):
        raise CardGoneError(f"The post of a prompt in {channel.mention} can’t be found.")
    message = await _fetch(channel, message_id)
    thread = message.thread or await _make_thread(channel, message, prompt)
    return await bot.store.prompts.confirm(prompt, message_id=message_id, thread_id=thread.id, now=now)


async def _fetch(channel: discord.TextChannel, message_id: int) -> discord.Message:
    try:
        return await channel.fetch_message(message_id)
    except discord.NotFound:
        raise CardGoneError(CARD_GONE.format(channel=channel.mention)) from None


async def _make_thread(channel: discord.TextChannel, message: discord.Message, prompt: Prompt) -> discord.Thread:
    try:
        return await message.create_thread(name=thread_name(prompt.wording), auto_archive_duration=ARCHIVE_AFTER_MIN)
    except discord.HTTPException as error:
        if error.code != THREAD_EXISTS:
            raise
    # A message's thread has the message's id.
    thread = channel.get_thread(message.id) or await channel.guild.fetch_channel(message.id)
    if not isinstance(thread, discord.Thread):
        raise CannotPostError(f"The thread of a prompt in {channel.mention} can’t be found.")
    return thread


async def _notice(bot: Bot, channel: PromptChannel, prompt: Prompt, settings: GuildSettings, *, is_new: bool) -> Prompt:
    """Post the plain line with the question, which is what a phone's notification shows."""
    place = channel if isinstance(channel, discord.TextChannel) else await _post_of(channel, prompt)
    in_thread = isinstance(place, discord.Thread)
    role = channel.guild.get_role(settings.ping_role_id or 0)
    allowed = discord.AllowedMentions(everyone=False, users=False, roles=[role] if role else False)
    text, ending = notice_text(prompt, role, in_thread=in_thread), notice_text(prompt, None, in_thread=in_thread)

    async def send(nonce: str) -> discord.Message:
        return await place.send(text, allowed_mentions=allowed, suppress_embeds=True, nonce=nonce)

    def is_notice(message: discord.Message) -> bool:
        return message.content.endswith(ending)

    nonce = make_nonce("notice", place.id, prompt.claim)
    if is_new:
        notice_id = (await send(nonce)).id
    else:
        since, after = prompt.claimed_at, prompt.message_id or 0
        notice_id = await post_once(bot, place, is_notice, send, nonce, since=since, after=after)
    return await bot.store.prompts.note_notice(prompt, notice_id)


async def _post_of(channel: discord.ForumChannel, prompt: Prompt) -> discord.Thread:
    """Find a forum's post, archived or not."""
    thread: object = channel.get_thread(prompt.thread_id or 0)
    if thread is None:
        with contextlib.suppress(discord.NotFound):
            thread = await channel.guild.fetch_channel(prompt.thread_id or 0)
    if not isinstance(thread, discord.Thread):
        raise CardGoneError(f"The post of a prompt in {channel.mention} was deleted before it had its question.")
    return thread


def notice_text(prompt: Prompt, role: discord.Role | None, *, in_thread: bool) -> str:
    """Write the question, whom it pings, and where to reply."""
    question = escape(clean_line(prompt.wording.question))
    where = REPLY_BELOW if in_thread else REPLY_HERE.format(thread=prompt.thread_id)
    return " ".join([*([role.mention] if role else []), question, where])


async def tell_posted(bot: Bot, new: NewPrompt, prompt: Prompt | None) -> str:
    """Say that a prompt was posted; for None, that its excerpt is open there already, and where."""
    if prompt is not None:
        return POSTED.format(thread=prompt.thread_id)
    there = await bot.store.prompts.open_for(new.excerpt_id or 0, new.channel_id)
    where = ITS_THREAD.format(thread=there.thread_id) if there and there.thread_id else ""
    return OPEN_ALREADY.format(where=where)
