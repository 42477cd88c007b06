"""A database that has grown, for measurements: prompts with fifty replies each, and a shared summary of each.

The replies are stored by the program's own writer. A server has 500,000 at most, and all prompts but twenty are closed.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert

from benchmarks.summary_speed import made_up
from bot.models.prompts import NewPrompt, PromptState, Wording
from bot.models.replies import Arrival
from bot.replies.rereading import mark_thread
from bot.services.summaries.generation import summarise_prompt
from bot.services.summaries.published_summaries import make_record, write_record
from bot.store import Store
from bot.store.tables import prompts, thread_reads
from bot.worker import Worker

A_PROMPT = 50
A_SERVER = 500_000
PEOPLE = 2_000
"""In each server."""
OPEN = 20
GROUP = 2_000
GUILD, CHANNEL, FIRST = 10**17, 10**17 + 1, 2 * 10**17
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDING = Wording("Leaders exist at all levels.", True, "Where do you see leadership?", "No more heroes")
TEXTS = [message.text for message in made_up(A_PROMPT).messages]


def message_id(prompt: int, number: int) -> int:
    """The id of a prompt's reply; ids of one prompt lie beside each other."""
    return FIRST + (prompt * 1_000 + number) * 10


def guild_of(place: int) -> int:
    """The server of the prompt with this place among all."""
    return GUILD + place * A_PROMPT // A_SERVER


async def fill_prompts(store: Store, count: int, wording: Wording = WORDING) -> list[int]:
    """Store prompts, all but the last twenty of them closed and read. Returns their ids."""
    await store.settings.join(list(range(GUILD, guild_of(count - 1) + 1)))
    await store.prompts.claim(NewPrompt(GUILD, CHANNEL, WORDING, NOW + timedelta(days=14), None), NOW)
    rows = [make_prompt_row(number, is_open=number >= count - OPEN, wording=wording) for number in range(count)]
    async with store._database.write() as connection:
        for start in range(0, count, 1_000):
            await connection.execute(insert(prompts), rows[start : start + 1_000])
    ids = sorted([prompt.id async for prompt, _ in store.prompts.iterate_watched()])
    reads = [{"prompt_id": number, "mark": mark_thread(number, 1, 1, 1), "read_at": NOW} for number in ids[:-OPEN]]
    async with store._database.write() as connection:
        await connection.execute(insert(thread_reads), reads)
    return ids


def make_prompt_row(number: int, *, is_open: bool, wording: Wording = WORDING) -> dict[str, Any]:
    return {
        "guild_id": guild_of(number),
        "channel_id": CHANNEL + number % 20,
        "claim": f"{number:016x}",
        "state": PromptState.OPEN if is_open else PromptState.CLOSED,
        "wording": asdict(wording),
        "claimed_at": NOW,
        "closes_at": NOW + timedelta(days=14),
        "late": False,
        "keep_reason": "",
        "message_id": message_id(number, 0),
        "thread_id": message_id(number, 0),
        "notice_id": 1,
        "closing_id": 1,
        "closed_at": None if is_open else NOW,
        "released_at": NOW,
    }


def arrival(prompt_id: int, place: int, number: int) -> Arrival:
    """One reply; ``place`` is its prompt's place among all."""
    own = message_id(place, number + 1)
    author = 3 * 10**17 + (place * A_PROMPT + number) % PEOPLE
    return Arrival(own, guild_of(place), prompt_id, author, TEXTS[number % len(TEXTS)], NOW, message_id=own)


async def fill_replies(ids: list[int], store_group: Callable[[list[Arrival]], Awaitable[object]]) -> None:
    """Have fifty replies to each prompt stored, in groups."""
    every = ((prompt_id, place, number) for place, prompt_id in enumerate(ids) for number in range(A_PROMPT))
    group: list[Arrival] = []
    for named in every:
        group.append(arrival(*named))
        if len(group) == GROUP:
            await store_group(group)
            group = []
    if group:
        await store_group(group)


async def fill_summaries(store: Store, worker: Worker, ids: list[int]) -> None:
    """Share a summary of each closed prompt: that of the first, with the ids of its own replies."""
    first = await store.prompts.get(GUILD, ids[0])
    findings = await summarise_prompt(store, worker, first)
    body = await write_record(replace(await make_record(store, findings, "5 January 2026", 0), pending=False))
    for place, prompt_id in enumerate(ids[:-OPEN]):
        own = re.sub(r'"(\d{18})"', partial(_move, message_id(place, 0) - message_id(0, 0)), body)
        await store.summaries.share(
            guild_id=guild_of(place),
            prompt_id=prompt_id,
            channel_id=CHANNEL,
            message_id=FIRST + prompt_id,
            body=own,
            now=NOW,
        )


def _move(step: int, named: re.Match[str]) -> str:
    return f'"{int(named[1]) + step}"'
