"""Events that are sent at once the first time, and merged while they come in quick succession.

Twenty edits of a reply make one repair of what is shown, at the first of them, since the words of before were taken
back and cannot wait. The event at the end lets listeners look once more, for somebody else's words that changed
meanwhile; where none did, they change no message.

Nothing that has to last is kept here. Whoever sends has committed what changed, and whoever hears compares what is
shown with the database, also at each start: so an event that was waiting when the program was killed is made good then.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

ERASURES_APART = timedelta(seconds=5)
"""Words that go leave all that is shown at once, or after this long where more went just before."""
EDITS_APART = timedelta(minutes=1)
"""Words that were changed are followed at once, or after this long where they changed just before."""

Key = tuple[str, int]
CallLater = Callable[[float, Callable[[], None]], Callable[[], object]]


class MergedEvents:
    """Sends an event about one thing: at once, or a while after the last about it; once for all that ask meanwhile.

    ``send`` is ``bot.dispatch``. ``call_later`` calls a function after so many seconds, and returns what cancels that.
    """

    def __init__(self, send: Callable[[str, int], object], call_later: CallLater) -> None:
        self._send, self._call_later = send, call_later
        self._sent_at: dict[Key, float] = {}  # seconds of the machine's clock
        self._waiting: dict[Key, tuple[float, Callable[[], object]]] = {}  # when each is due, and what ends it

    def apart(self, least: timedelta) -> Sender:
        """Send events of which two about one thing are at least so far apart. Who asks for less is not held up."""
        return Sender(self, least.total_seconds())

    def ask(self, key: Key, apart_s: float) -> None:
        """Send an event now, or as soon as the last one like it is ``apart_s`` seconds ago."""
        now, last = time.monotonic(), self._sent_at.get(key)
        due = now if last is None else max(last + apart_s, now)
        if key in self._waiting:
            due_before, cancel = self._waiting[key]
            if due_before <= due:
                return
            cancel()
        if due > now:
            self._waiting[key] = due, self._call_later(due - now, partial(self._send_now, key))
        else:
            self._send_now(key)

    def close(self) -> None:
        """Let go what waits: the next start finds it in the database."""
        for _, cancel in self._waiting.values():
            cancel()
        self._waiting.clear()

    def _send_now(self, key: Key) -> None:
        self._waiting.pop(key, None)
        now, longest = time.monotonic(), EDITS_APART.total_seconds()
        self._sent_at = {each: at for each, at in self._sent_at.items() if now - at < longest}
        self._sent_at[key] = now
        self._send(*key)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends events that are merged, in place of ``bot.dispatch``."""

    _events: MergedEvents
    _apart_s: float

    def dispatch(self, name: str, about_id: int, /) -> None:
        """Send an event about a prompt or a server, by its id."""
        self._events.ask((name, about_id), self._apart_s)
