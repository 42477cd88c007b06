"""Named points at which a process stops dead, so that its parent can kill it there."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from typing import Any

from simcord.http import router
from sqlalchemy import event

from bot.store import Store
from tests.kills.journal import Journal


class Points:
    """Counts what happens from ``arm`` on, and stops the process at one point, such as "before commit 2"."""

    def __init__(self, target: str, journal: Journal) -> None:
        self._target = target
        self._journal = journal
        self._armed = False
        self._seen: Counter[str] = Counter()

    def arm(self) -> None:
        """Count from here on."""
        self._armed = True

    def pass_by(self, kind: str) -> None:
        """Something of this kind happens now."""
        if not self._armed:
            return
        self._seen[kind] += 1
        if f"{kind} {self._seen[kind]}" == self._target:
            self._journal.write(f"stopped {self._target}")  # so that the time of the end is known
            sys.stdout.write("AT THE POINT\n")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGSTOP)  # every thread stops here; the parent does the killing

    def watch(self, store: Store, backend: Any) -> None:
        """Look at every commit of the store, every event that Discord delivers and every request of the bot."""
        engine = store._database._engine.writer.sync_engine
        event.listen(engine, "commit", lambda _connection: self.pass_by("before commit"))
        event.listen(engine, "checkin", lambda *_: self.pass_by("after commit"))
        backend.subscribers.insert(0, self._delivered)
        self._wrap_requests()

    def _delivered(self, name: str, _payload: object) -> None:
        self._journal.write(f"event {name}")
        self.pass_by("before event")

    def _wrap_requests(self) -> None:
        dispatch = router.dispatch

        def logged(backend: Any, method: str, path: str, **rest: Any) -> Any:
            if method != "GET":
                self.pass_by("before request")
            result = dispatch(backend, method, path, **rest)
            self._journal.write(f"request {method} {path}")
            if method != "GET":
                self.pass_by("after request")
            return result

        router.dispatch = logged  # both ways of sending look it up there
