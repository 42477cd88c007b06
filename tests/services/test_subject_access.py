"""What it costs to gather everything that is held about one person."""

from __future__ import annotations

import re

from sqlalchemy import event

from bot.services.subject_access import gather_person_data
from bot.store import Store
from tests.store.samples import GUILD, arrival, open_prompt

ADA = 0x0A1B_2C3D_4E5F_6011


async def reads_needed(store: Store) -> int:
    """How many times summaries, drafts and ticks are read, to gather what is held about Ada."""
    count = 0

    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal count
        count += re.search(r"FROM (?:summaries|drafts|undone_ticks)", statement) is not None

    engine = store._database._engine.readers.sync_engine
    event.listen(engine, "before_cursor_execute", look)
    try:
        await gather_person_data(store, GUILD, ADA)
    finally:
        event.remove(engine, "before_cursor_execute", look)
    return count


async def test_somebody_who_replied_to_many_questions_costs_few_reads_more_than_somebody_who_replied_to_one(
    store: Store,
) -> None:
    async def reply(number: int) -> None:
        prompt = await open_prompt(store, message_id=10_000 + number, thread_id=10_000 + number)
        await store.replies.apply([arrival(prompt, 20_000 + number, ADA)])

    await reply(0)
    once = await reads_needed(store)
    for number in range(1, 60):
        await reply(number)

    assert len((await gather_person_data(store, GUILD, ADA)).replies) == 60
    assert await reads_needed(store) <= once + 5
