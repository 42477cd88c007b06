"""Erase everything of one person in one server, and take it out of stored summaries and drafts where no bot runs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.models.outside_changes import OutsideChange, OutsideKind
from bot.models.personal import ErasedReplies
from bot.services.replies.readable_replies import load_readable
from bot.services.statements import take_back_everywhere
from bot.services.summaries.drafts import repair_draft
from bot.services.summaries.published_summaries import format_today, keep_record, read_record, repair_record
from bot.store import Store


async def erase_everything(store: Store, guild_id: int, user_id: int) -> ErasedReplies:
    """Erase what is stored about a person, as far as anybody can tell that it is theirs. Repeating it changes nothing.

    Stored summaries have to change too: tell a running bot about ``prompts``; without one, see repair_stored.
    """
    if store.inbox.fault is None:
        await store.inbox.flush()  # what they wrote until now
    private = 0
    for prompt, _ in await store.private.own_all(guild_id, user_id):
        private += await store.private.withdraw_own(prompt, user_id)
    await store.checks.erase_own(guild_id, user_id)
    await take_back_everywhere(store, guild_id, user_id)
    erased = await store.personal.erase_all(guild_id, user_id)
    await store.groups.forget(guild_id, user_id)
    return replace(erased, private=private)


async def finish_erasures(store: Store, now: datetime) -> int:
    """Take what was erased again from an older copy of the database out of its summaries and drafts too.

    Whoever opens a database calls this before anything else. Repeating it changes nothing. Returns how many prompts.
    """
    waiting = await store.erasures.to_repair()
    for guild_id, prompt_id in waiting:
        await repair_stored(store, guild_id, (prompt_id,), now)
    if waiting:
        await store.erasures.note_repaired()
    return len(waiting)


async def repair_stored(store: Store, guild_id: int, prompt_ids: Collection[int], now: datetime) -> None:
    """Take replies that are held no longer out of the stored summaries and the open drafts of some prompts.

    The messages in Discord follow when the bot starts: what was changed is marked as not shown yet.
    """
    date = await format_today(store, guild_id, now)
    for prompt_id in sorted(prompt_ids):
        read = await load_readable(store, prompt_id, guild_id)
        for shared in await store.summaries.shared(prompt_id):
            before = await read_record(shared)
            after = await repair_record(before, read, date)
            if after != before:
                await keep_record(store, shared, replace(after, pending=True), now)
        await store.outside.note(OutsideChange(OutsideKind.ERASED, guild_id, prompt_id))
        draft = await store.drafts.of_prompt(prompt_id)
        if draft is not None:
            await repair_draft(store, guild_id, draft.id)
