"""Checks of prompts, and people who give their view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bot.models.checks import Answer, Check, CheckPoint
from bot.models.prompts import Prompt
from bot.store import Store
from tests.store.samples import CHANNEL, NOW
from tests.store.senders import prompt_in

DAY = date(2026, 1, 6)
POINTS = (CheckPoint("1", "Nights are short."), CheckPoint("2", "Parking is full."))
TRUE, PARTLY, NOT, UNKNOWN = Answer


async def started(store: Store, number: int = 1, *, series_id: int | None = None, guild_id: int = 1) -> Check:
    """An open check of a closed prompt of its own."""
    prompt = await prompt_in(store, number, series_id=series_id, guild_id=guild_id)
    prompt = await store.prompts.close(prompt, NOW)
    await store.private.release(prompt, NOW)
    return await check_of(store, prompt)


async def check_of(store: Store, prompt: Prompt) -> Check:
    """An open check of a prompt."""
    ends_at = NOW + timedelta(days=7)
    return await store.checks.start(prompt.guild_id, prompt.id, POINTS, ends_at=ends_at, channel_id=CHANNEL, now=NOW)


async def give(store: Store, check: Check, person: int, **changes: Any) -> str | None:
    """Somebody gives their view."""
    given: dict[str, Any] = {"answers": {"1": TRUE}, "today": DAY, **changes}
    return await store.checks.give(check, person, **given)


async def ended(store: Store, check: Check, people: Iterable[int] = (), **changes: Any) -> Check:
    """These people give their view, the check ends and is released."""
    for person in people:
        await give(store, check, person, **changes)
    await store.checks.end(check.guild_id, check.id, NOW)
    await store.checks.release(check, NOW)
    return await store.checks.get(check.guild_id, check.id)
