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


class RateLimiter:
    """Remembers when each key did something, for as long as it counts."""

    def __init__(self) -> None:
        self._times: dict[tuple[Hashable, Limit], deque[datetime]] = {}

    def wait(self, key: Hashable, limit: Limit, now: datetime) -> float:
        """Return the seconds until ``key`` may do it again; 0 if it may now, and then it is counted.

        What has to wait is not counted, so that trying again does not make the wait longer.
        """
        times = self._times.setdefault((key, limit), deque())
        _forget(times, limit, now)
        if len(times) >= limit.times:
            return (times[0] - now).total_seconds() + limit.seconds
        times.append(now)
        if len(self._times) > MOST_KEYS:
            self._tidy(now)
        return 0.0

    def __len__(self) -> int:
        return len(self._times)

    def _tidy(self, now: datetime) -> None:
        for (_, limit), times in self._times.items():
            _forget(times, limit, now)
        self._times = {key: times for key, times in self._times.items() if times}


def _forget(times: deque[datetime], limit: Limit, now: datetime) -> None:
    over = now - timedelta(seconds=limit.seconds)
    while times and times[0] <= over:
        times.popleft()
