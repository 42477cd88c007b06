"""How often each person may do something; kept in memory alone, and forgotten when its time is over."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_KEYS = 10_000
"""From so many on, what is over is looked for and forgotten."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` in any stretch of ``seconds``."""

    times: int
    seconds: float


class Pace:
    """Remembers when each key did something, for as long as it counts."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Hashable, Limit], deque[datetime]] = {}

    def wait(self, key: Hashable, limit: Limit, now: datetime) -> float:
        """Seconds until ``key`` may do it again; 0 where it may now, and then it is counted.

        What has to wait is not counted, so that trying again does not make the wait longer.
        """
        seen = self._seen.setdefault((key, limit), deque())
        _forget(seen, limit, now)
        if len(seen) >= limit.times:
            return (seen[0] - now).total_seconds() + limit.seconds
        seen.append(now)
        if len(self._seen) > MOST_KEYS:
            self._tidy(now)
        return 0.0

    def __len__(self) -> int:
        return len(self._seen)

    def _tidy(self, now: datetime) -> None:
        for (_, limit), seen in self._seen.items():
            _forget(seen, limit, now)
        self._seen = {key: seen for key, seen in self._seen.items() if seen}


def _forget(seen: deque[datetime], limit: Limit, now: datetime) -> None:
    over = now - timedelta(seconds=limit.seconds)
    while seen and seen[0] <= over:
        seen.popleft()
