"""Prompts, and people who send private replies to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bot.models.private import Quoting
from bot.models.prompts import NewPrompt, Prompt
from bot.services.statements import count_presses
from bot.store import Store
from tests.store.samples import CHANNEL, GUILD, NOW, WORDING

DAY = date(2026, 1, 5)


async def prompt_in(store: Store, number: int = 1, *, series_id: int | None = None, guild_id: int = GUILD) -> Prompt:
    """An open prompt with a thread, by itself or in a slot of a series."""
    await store.settings.join([guild_id])
    slot_at = None if series_id is None else NOW + timedelta(weeks=number)
    closes_at = NOW + timedelta(days=14)
    new = NewPrompt(guild_id, CHANNEL, WORDING, closes_at, None, series_id=series_id, slot_at=slot_at)
    claimed = await store.prompts.claim(new, NOW)
    assert claimed is not None
    return await store.prompts.confirm(claimed, message_id=700 + number, thread_id=700 + number, now=NOW)


async def send(store: Store, prompt: Prompt, person: int, text: str = "", **changes: Any) -> str:
    """Somebody sends a private reply; its withdrawal code."""
    given: dict[str, Any] = {"quoting": Quoting.YES, "group": "", "manages": False, "today": DAY, **changes}
    return await store.private.add(prompt, person, text=text or f"Privately, from {person}.", **given)


async def released(store: Store, prompt: Prompt, people: Iterable[int]) -> Prompt:
    """These people send one each, the prompt closes, and its replies are released."""
    for person in people:
        await send(store, prompt, person)
    prompt = await store.prompts.close(prompt, NOW)
    await count_presses(store, prompt)
    await store.private.release(prompt, NOW)
    return await store.prompts.get(prompt.guild_id, prompt.id)


async def withdraw(store: Store, guild_id: int, code: str) -> bool:
    """Somebody types a withdrawal code, and the hour of the day comes. Whether anything had that code."""
    noted = await store.withdrawals.note(guild_id, code, NOW)
    await store.withdrawals.take_effect(NOW)
    return noted is not None
