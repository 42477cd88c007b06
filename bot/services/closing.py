"""Close what is due without Discord: count what was tapped, destroy the keys, and release what was private."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.services.checks import end_due_checks, release_checks
from bot.services.erasure import repair_stored
from bot.services.replies.private_replies import release_private_replies
from bot.store import Store, StoreError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClosingResult:
    """How many prompts and checks were closed, and whether no key of them is left."""

    prompts: int
    checks: int
    is_complete: bool


async def close_due(store: Store, now: datetime, *, keys_lost: bool = False) -> ClosingResult:
    """Close the prompts and checks whose date is past, as the bot does at their time. Repeating it changes nothing.

    People were told that nobody can trace their words from that date on, whether or not the bot was running. What
    Discord has to show of it follows when the bot starts. With ``keys_lost``, presses whose key is missing are given
    up; else they wait, and so does all that was private until then, in case that the settings name another file.
    """
    await withdraw_due(store, now)
    await follow_key_dates(store, now)
    due = await store.prompts.to_close(now)
    for prompt in due:
        await store.prompts.close(prompt, now)
    checks = [check for check in await store.checks.open_checks() if check.ends_at <= now]
    await end_due_checks(store, now)
    if keys_lost:
        await _give_up(store)
    released = await release_private_replies(store, now)
    await _destroy_salts(store)
    ended = await release_checks(store, now)
    return ClosingResult(len(due), len(checks), released and ended.is_complete)


async def withdraw_due(store: Store, now: datetime) -> None:
    """Erase the private replies whose hour has come where no bot runs, and take them out of stored summaries.

    Their messages in Discord follow when the bot starts.
    """
    withdrawn = await store.withdrawals.take_effect(now)
    for prompt_id, guild_id in withdrawn.prompts.items():
        await repair_stored(store, guild_id, [prompt_id], now)


async def follow_key_dates(store: Store, now: datetime) -> None:
    """Let prompts and checks end no later than the file of keys says, whatever the database says of their dates.

    A backup may have been put back, or somebody may have changed the database; what people were told holds.
    """
    try:
        await store.private.follow_keys(now)
        await store.checks.follow_keys(now)
    except StoreError as error:
        log.warning("the dates in the file of keys could not be read: %s", error)


async def _destroy_salts(store: Store) -> None:
    try:
        await store.marks.destroy_salts()
    except StoreError as error:
        log.warning("salts of prompts whose replies were erased are not destroyed yet: %s", error)


async def _give_up(store: Store) -> None:
    """Erase what was pressed about ended prompts and checks whose key is in the file of keys no more."""
    for prompt in await store.private.to_release():
        if not await store.presses.has_key(prompt):
            await store.presses.give_up(prompt)
            await store.private.give_up_key(prompt)
    for check in await store.checks.to_release():
        if not await store.check_presses.has_key(check):
            await store.check_presses.give_up(check)
            await store.checks.give_up_key(check)
