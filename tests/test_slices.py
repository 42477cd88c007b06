"""Long work lets others run in between."""

from __future__ import annotations

import asyncio
import time

from bot.slices import SLICE_S, iterate_in_slices


async def test_others_run_while_many_things_are_gone_through() -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    found = []
    async for number in iterate_in_slices(range(10)):
        time.sleep(SLICE_S)  # noqa: ASYNC251 - work that holds the loop
        found.append(number)
    task.cancel()

    assert found == list(range(10))
    assert turns >= 9
