"""Private replies: taken, changed and given back while their prompt is open, released, read, and let into summaries."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UserError
from bot.models.actions import PRIVATE_LEFT_OUT, PRIVATE_PUT_BACK
from bot.models.private import Batch, PrivateReply, Quoting
from bot.models.prompts import Prompt, PromptState
from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.word_list import KnownWords
from bot.replies.sanitise import sanitise
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.services.statements import count_presses
from bot.store import Store, StoreError
from bot.store.keyed.batches import NO_REPLY
from bot.text.clean import clean_line
from bot.text.dates import local_date

log = logging.getLogger(__name__)

LONGEST_PRIVATE = 1_500
GONE = "This question has gone, so you can’t send a private reply to it."
CLOSED = "This question has closed, so you can’t send or change a private reply to it."
BY_CODE = "To delete one that you sent, type /my and use its code."
TOO_LONG = "With the marks for what we removed, your words are too long. Please shorten them."
NOTHING_TO_TAKE_BACK = "You have no private reply to this question."


@dataclass(frozen=True, slots=True)
class KeptReply:
    """What its author has to be told of a private reply that was stored.

    ``changed`` says that it took the place of another. ``removed`` counts what was taken out of the words.
    """

    code: str
    changed: bool
    removed: Mapping[Identifier, int]


async def find_open_prompt(store: Store, guild_id: int, claim: str, now: datetime) -> Prompt:
    """Find the open prompt of this server that a button names. Raises UserError for any other."""
    prompt = await store.prompts.by_claim(claim)
    if prompt is None or prompt.guild_id != guild_id or prompt.gone_at is not None:
        raise UserError(GONE)
    # The form says until when somebody could find out; so nothing is taken after that, even if the bot is late.
    if prompt.state is not PromptState.OPEN or prompt.closes_at <= now:
        raise UserError(f"{CLOSED} {BY_CODE}")
    return prompt


def redact_private(text: str, own_words: KnownWords) -> tuple[str, Mapping[Identifier, int]]:
    """Take identifiers out of private words, and count them. Raises UserError if the marks make them too long."""
    stored = sanitise(text, own_words)
    if len(stored.text) > LONGEST_PRIVATE:
        raise UserError(TOO_LONG)
    return stored.text, stored.removed


async def keep_private_reply(
    store: Store,
    prompt: Prompt,
    user_id: int,
    *,
    text: str,
    quoting: Quoting,
    group: str,
    manages: bool,
    own_words: KnownWords,
    now: datetime,
) -> KeptReply:
    """Store a private reply in place of one that the person sent before. Raises UserError if it is refused.

    ``own_words`` are the server's, which are taken out with the identifiers.
    """
    words, removed = await asyncio.to_thread(redact_private, text, own_words)
    settings = await store.settings.of(prompt.guild_id)
    changed = await store.private.own(prompt, user_id) is not None
    code = await store.private.add(
        prompt,
        user_id,
        text=words,
        quoting=quoting,
        group=group,
        manages=manages,
        today=local_date(now, settings.time_zone),
    )
    return KeptReply(code, changed, removed)


async def take_back_private_reply(store: Store, prompt: Prompt, user_id: int) -> str:
    """Erase a person's own private reply, and return its words. Raises UserError if there is none."""
    reply = await store.private.own(prompt, user_id)
    if reply is None or not await store.private.withdraw_own(prompt, user_id):
        raise UserError(NOTHING_TO_TAKE_BACK)
    return reply.text


async def release_private_replies(store: Store, now: datetime) -> bool:
    """Release the private replies of closed prompts. Returns whether all are, with no trace left of the keys."""
    try:
        for prompt in await store.private.to_release():
            await count_presses(store, prompt)  # first: what was pressed lies under the key that the release destroys
            await store.private.release(prompt, now)
        return await store.private.tidy()
    except StoreError as error:  # of one of the two files, so that no other prompt would fare better
        log.warning("private replies are not released yet: %s", error)
        return False


async def find_in_batch(store: Store, batch: Batch, reply_id: str) -> PrivateReply:
    """Find a reply of a batch. Raises UserError for any other."""
    for reply in await store.private.of_batch(batch.guild_id, batch.id):
        if reply.id == reply_id:
            return reply
    raise UserError(NO_REPLY)


async def leave_out_of_batch(
    store: Store, batch: Batch, reply_id: str, *, reason: str, user_id: int, now: datetime
) -> bool:
    """Leave a reply out of summaries, and log why. False if it was left out already."""
    if (await find_in_batch(store, batch, reply_id)).left_out:  # somebody else was quicker
        return False
    await refuse_borrowed_words(store, batch.guild_id, reason, prompt_ids=(batch.prompt_id,))
    await store.private.leave_out(batch.guild_id, reply_id, reason)
    await _log(store, batch, PRIVATE_LEFT_OUT, user_id, now, reason)
    return True


async def put_back_into_batch(store: Store, batch: Batch, reply_id: str, *, user_id: int, now: datetime) -> bool:
    """Let summaries read a reply again that was left out, and log it. False if it was not left out."""
    if not (await find_in_batch(store, batch, reply_id)).left_out:
        return False
    await store.private.put_back(batch.guild_id, reply_id)
    await _log(store, batch, PRIVATE_PUT_BACK, user_id, now)
    return True


async def find_subject(store: Store, batch: Batch) -> str:
    """Find the question of a batch's prompt. One line, not escaped."""
    prompt = await store.prompts.get(batch.guild_id, batch.prompt_id)
    return clean_line(prompt.wording.question)


async def _log(store: Store, batch: Batch, action: str, user_id: int, now: datetime, reason: str = "") -> None:
    # It names the prompt of a batch, never that of a single reply.
    await store.audit_log.note(
        batch.guild_id, action, "", user_id=user_id, reason=reason, prompt_id=batch.prompt_id, now=now
    )
