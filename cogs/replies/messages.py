"""Discord's messages as the loop's replies: which of them count, and what is taken from them."""

from __future__ import annotations

import discord

from bot.models.prompts import Prompt
from bot.models.replies import SUPER, Arrival, ReplyKind
from bot.replies.reconcile import SeenMessage
from bot.replies.redaction.word_list import NO_WORDS, KnownWords
from bot.replies.sanitise import sanitise
from bot.replies.watch import Watch

LONGEST_ON_LOOP = 600
"""Characters. Of the worst texts so many take 3 ms to clear, 1,500 take 8 ms and 4,000 take 22 ms. Few messages are
longer, and storing them takes as long with 600 as with 1,500."""
DEFAULT = discord.MessageType.default
REPLY = discord.MessageType.reply


def find_prompt(watch: Watch, message: discord.Message) -> tuple[Prompt, ReplyKind] | None:
    """Find the prompt that a message answers: it is in the thread, or replies to the card in the channel."""
    prompt = watch.of_thread(message.channel.id)
    if prompt is not None:
        return prompt, ReplyKind.THREAD
    answered = find_answered_id(message)
    if answered is not None and (prompt := watch.of_card(answered)) and prompt.channel_id == message.channel.id:
        return prompt, ReplyKind.CHANNEL
    return None


def make_arrival(
    message: discord.Message, prompt: Prompt, kind: ReplyKind, own_words: KnownWords = NO_WORDS
) -> Arrival | None:
    """Turn a message into a reply; None where it is none: from a bot, from Discord itself, or saying nothing.

    ``own_words`` are the server's, which are taken out with the identifiers. A long message (see is_long) comes without
    its words, which have to be cleared beside the event loop.
    """
    if not is_said_by_a_person(message) or not (message.content or message.attachments):
        return None
    return Arrival(
        id=message.id,
        guild_id=prompt.guild_id,
        prompt_id=prompt.id,
        author_id=message.author.id,
        text="" if is_long(message) else sanitise(message.content, own_words).text,
        created_at=message.created_at,
        kind=kind,
        message_id=message.id,
        reply_to=find_answered_id(message),
        edited_at=message.edited_at,
        attachments=len(message.attachments),
    )


def is_long(message: discord.Message) -> bool:
    """Say whether a message is so long that clearing its words could hold the event loop."""
    return len(message.content) > LONGEST_ON_LOOP


def read_history_message(message: discord.Message) -> SeenMessage:
    """Take a message as it was met in a history, with all its words: most are stored already, and need no look."""
    return SeenMessage(
        message_id=message.id,
        author_id=message.author.id,
        text=message.content,
        created_at=message.created_at,
        edited_at=message.edited_at,
        reply_to=find_answered_id(message),
        attachments=len(message.attachments),
        collectable=is_said_by_a_person(message),
    )


def list_names(message: discord.Message) -> list[str]:
    """Return the names by which a message shows its author and whom it mentions."""
    return [person.display_name for person in (message.author, *message.mentions)]


def is_said_by_a_person(message: discord.Message) -> bool:
    """Say whether a message is a person's own words: bots, webhooks and Discord's own lines are left out."""
    if message.author.bot or message.webhook_id is not None:
        return False
    return message.type is DEFAULT or message.type is REPLY


def find_answered_id(message: discord.Message) -> int | None:
    """Find the message to which this one replies. A forwarded message refers to another one, but replies to none."""
    if message.type is not REPLY or message.reference is None:
        return None
    return message.reference.message_id


def is_posted_by_webhook(message: discord.Message) -> bool:
    """Say whether a webhook posted a message. Answers of bots to commands look alike, but say whom they answer."""
    if message.webhook_id is None or message.interaction_metadata is not None:
        return False
    return message.webhook_id != message.application_id


def emoji_key(emoji: discord.PartialEmoji | discord.Emoji | str, *, is_super: bool = False) -> str:
    """Name an emoji as the database does: a custom one is known by its id, since its name can change.

    Discord counts normal and super reactions apart, and one person can give both: so each kind has a name.
    """
    key = emoji if isinstance(emoji, str) else str(emoji.id or emoji.name)
    return f"{SUPER}{key}" if is_super else key
