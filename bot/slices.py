"""Goes through many things in slices, so that the event loop is free for others in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

SLICE_S = 0.005
"""How long a slice may hold the loop, in seconds; several may take turns, and 50 ms is the most that anybody waits."""

T = TypeVar("T")


async def iterate_in_slices(items: Iterable[T]) -> AsyncIterator[T]:
    """Yield the items one by one; whenever a slice of time is used up, let everything else that waits run first."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for item in items:
        yield item
        if loop.time() - began >= SLICE_S:
            await asyncio.sleep(0)
            began = loop.time()
