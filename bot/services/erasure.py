"""Erases everything of one person in one server, and takes it out of stored summaries and drafts where no bot runs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.models.personal import ErasedReplies
from bot.store import Store
from bot.summaries.lifecycle.record import Record, repaired
from bot.text.dates import closing_date_text


async def erase_everything(store: Store, guild_id: int, user_id: int) -> ErasedReplies:
    """Erase what is held about a person, as far as anybody can tell that it is theirs. Repeating it changes nothing.

    Stored summaries have to follow: a running bot is told of ``prompts``; without one, see repair_stored.
    """
    if store.inbox.fault is None:
        await store.inbox.flush()  # what they wrote until now
    suggestions = await store.suggestions.of_person(guild_id, user_id)
    for prompt, _ in await store.private.own_all(guild_id, user_id):
        await store.private.withdraw_own(prompt, user_id)
    await store.checks.erase_own(guild_id, user_id)
    erased = await store.personal.erase_all(guild_id, user_id)
    await store.groups.forget(guild_id, user_id)
    cards = tuple(suggestion.message_id for suggestion in suggestions if suggestion.message_id is not None)
    return replace(erased, suggestion_cards=cards)


async def repair_stored(store: Store, guild_id: int, prompt_ids: Collection[int], now: datetime) -> None:
    """Take replies that are held no longer out of the stored summaries and the open drafts of some prompts.

    The messages in Discord follow when the bot starts: what was changed is marked as not shown yet.
    """
    date = closing_date_text(now, (await store.settings.of(guild_id)).time_zone)
    refusing = await store.people.refusing(guild_id)
    for prompt_id in sorted(prompt_ids):
        replies = await store.replies.of_prompt(prompt_id)
        refused = frozenset(str(reply.id) for reply in replies if reply.person in refusing)
        private = await store.private.shown_for_prompt(prompt_id)
        left_out = await store.exclusions.of_prompt(prompt_id)
        for shared in await store.summaries.shared(prompt_id):
            before = Record.from_json(shared.body)
            after = repaired(before, replies, date, private, tuple(left_out), refused)
            if after != before:
                await store.summaries.replace(shared.id, replace(after, pending=True).to_json(), now)
        draft = await store.drafts.of_prompt(prompt_id)
        if draft is not None:
            whole = Record(draft.summary, draft.held, 0, "")
            after = repaired(whole, replies, "", private, tuple(left_out), refused)
            if after != whole:
                await store.drafts.replace(draft, after.summary, after.held)
