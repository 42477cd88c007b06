"""Checks of prompts, and people who tap and write in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bot.models.checks import Check, CheckPoint
from bot.models.private import Quoting
from bot.models.prompts import Prompt
from bot.models.views import Choice
from bot.services.check_rounds import count_check_presses
from bot.store import Store
from tests.store.samples import CHANNEL, NOW
from tests.store.senders import prompt_in

DAY = date(2026, 1, 6)
POINTS = (CheckPoint("1", "Nights are short.", mark="0100"), CheckPoint("2", "Parking is full.", mark="0200"))
SAME, DIFFERENT, SKIP = Choice


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


async def tap(store: Store, check: Check, person: int, *choices: Choice) -> None:
    """Somebody taps about the first points."""
    marks = [point.mark for point in check.points]
    for mark, choice in zip(marks, choices, strict=False):
        await store.check_presses.press(check, person, mark, choice, marks)


async def write(
    store: Store, check: Check, person: int, text: str = "The lifts.", quoting: Quoting = Quoting.COUNT
) -> str:
    """Somebody says what is missing; returns the withdrawal code."""
    return await store.checks.keep_words(check, person, text=text, quoting=quoting, today=DAY)


async def ended(
    store: Store, check: Check, people: Iterable[int] = (), *choices: Choice, missing: str | None = None
) -> Check:
    """These people tap and perhaps write, the check ends, is counted and released."""
    for person in people:
        await tap(store, check, person, *(choices or (SAME,)))
        if missing is not None:
            await write(store, check, person, missing)
    await store.checks.end(check.guild_id, check.id, NOW)
    await count_check_presses(store, check)
    await store.checks.release(check, NOW)
    return await store.checks.get(check.guild_id, check.id)
