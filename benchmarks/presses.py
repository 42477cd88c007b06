"""One press about what others said, beside 10,000 stored prompts, as a share of the second that people wait at most.

It is the way that a button takes: what the person can be asked is found, the press is kept, the next one is chosen. A
tenth of the prompts are open and have a key.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bot.models.prompts import Prompt, PromptState, Wording
from bot.models.replies import Arrival
from bot.models.views import Choice, NewStatement
from bot.services.statements import find_round, press
from bot.store import Store, open_store
from bot.store.tables import prompts

PROMPTS, OPEN = 10_000, 1_000
STATEMENTS, PEOPLE, ROUNDS = 12, 40, 3
LIMIT_S = 1.0
GUILD, CHANNEL = 10**17, 10**17 + 1
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDING = Wording("Leaders exist at all levels.", True, "Where do you see this?", "A report")


async def fill(store: Store) -> Prompt:
    """Store the prompts, and show statements of one; return that one."""
    await store.settings.join([GUILD])
    rows = [
        {
            "guild_id": GUILD,
            "channel_id": CHANNEL + number,
            "claim": f"{number:016x}",
            "state": PromptState.OPEN if number < OPEN else PromptState.CLOSED,
            "wording": asdict(WORDING),
            "claimed_at": NOW,
            "closes_at": NOW + timedelta(days=14),
            "message_id": number + 1,
            "thread_id": number + 1,
            "late": False,
            "keep_reason": "",
        }
        for number in range(PROMPTS)
    ]
    async with store._database.write() as connection:
        await connection.execute(insert(prompts), rows)
    for number in range(1, OPEN + 1):
        await store.presses._keys.make(number)
    prompt = await store.prompts.get(GUILD, 1)
    said = [f"Ward {number} waits for its rota until the last day before it begins." for number in range(STATEMENTS)]
    ids = [10**6 + number for number in range(STATEMENTS)]
    arrivals = [Arrival(id_, GUILD, 1, id_, text, NOW, message_id=id_) for id_, text in zip(ids, said, strict=True)]
    await store.replies.apply(arrivals)
    new = [NewStatement(text, id_) for id_, text in zip(ids, said, strict=True)]
    if (offer := await store.statements.offer(prompt, new, NOW)) is not None:
        await store.statements.decide(offer, 2**62, NOW)
    return prompt


async def press_all(store: Store, prompt: Prompt, people: range) -> list[float]:
    """Let people press about everything; return how long each press took."""
    seconds = []
    for person in people:
        for _ in range(STATEMENTS):
            began = time.perf_counter()
            round_ = await find_round(store, GUILD, prompt.claim, person, {}, NOW)
            await press(store, round_, person, round_.next[0], Choice.SAME)
            seconds.append(time.perf_counter() - began)
    return seconds


async def main() -> None:
    """Print the median and the worst share of a few rounds."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(Path(folder) / "bench.db", bytes(32))
        prompt = await fill(store)
        for number in range(ROUNDS):
            seconds = await press_all(store, prompt, range(number * PEOPLE, (number + 1) * PEOPLE))
            median, worst = statistics.median(seconds) / LIMIT_S, max(seconds) / LIMIT_S
            print(f"round {number + 1}: {len(seconds)} presses, median {median:.3f} and worst {worst:.3f} of a second")
        await store.close()


if __name__ == "__main__":
    asyncio.run(main())
