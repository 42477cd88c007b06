"""How one of the two processes is struck, or a server: when, at what point, and how soon the other one is at work."""

from __future__ import annotations

import asyncio
import signal
import time

from bot.store.postgres import lock_queries
from tests.chaos.chaos import Chaos, patience
from tests.chaos.shared_discord import Fate
from tests.servers.postgres import PostgresServer
from tests.store.postgres.proxy import Proxy

AWAY_S = 1.0
"""How long the line to the server of the keys stays cut."""
HOLDERS = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE classid = {lock_queries.HELD}"  # noqa: S608
KINDS = ("slot", "posting", "burst", "closing", "release", "restart", "cut", "asleep", "clock", "outcome", "reminder")
"""What the leader dies of: killed before a slot comes, while it posts, while people write, while it closes, while it
releases private replies; the server started again, its connections cut, asleep until the other one has its place,
killed with a clock that was hours wrong, while it posts what was decided, and while it reminds people."""
KEY_KINDS = ("keys restart", "keys cut")
"""What nobody has to die of: the server of the keys started again, and the leader's line to it cut."""
REQUEST = b"a request"
POINTS = {
    "posting": (b"INSERT INTO prompts", b"UPDATE prompts", b"COMMIT", REQUEST, REQUEST),
    "burst": (b"INSERT INTO replies", b"COMMIT"),
    "closing": (b"UPDATE prompts", b"COMMIT", REQUEST, REQUEST),
    "release": (b"DELETE FROM private_replies", b"INSERT INTO private_batches", b"UPDATE private_replies", b"COMMIT"),
    "reminder": (b"UPDATE prompts", REQUEST),
    "outcome": (b"INSERT INTO outcomes", b"UPDATE outcome_posts", REQUEST, REQUEST),
}
"""Before or after what somebody is struck: what is sent to a database, or asked of Discord."""
KEY_POINTS = (b'DELETE FROM "prompt_keys"', b"VACUUM FULL", b"pg_switch_wal", b"CHECKPOINT", b"DELETE FROM about")
"""The same at the server of the keys, while a key is destroyed."""
ONCE = (b"INSERT INTO prompts", *POINTS["release"][:3], b"INSERT INTO outcomes", b"UPDATE outcome_posts", *KEY_POINTS)
"""What is sent once or twice in a phase; the rest is sent three times."""


class Strike:
    """The one strike of a week. ``how`` says where in it somebody was struck, and ``phase`` when."""

    def __init__(self, chaos: Chaos, kind: str) -> None:
        self._chaos, self.kind, self.how = chaos, kind, kind
        self.victim = chaos.leader
        self.of_keys = kind in KEY_KINDS
        self.phase = chaos.random.choice(("burst", "release")) if self.of_keys else kind
        self._struck_at: float | None = None
        self._mending: asyncio.Task[None] | None = None

    async def now(self) -> None:
        """Strike in the midst of a phase, with what is done at no point of its own."""
        if self.kind in ("restart", "cut") or (self.of_keys and self.phase == "burst"):
            self._strike()
        elif self.kind == "asleep":
            self._strike(signal.SIGSTOP)
            await asyncio.to_thread(self._chaos.server.execute, HOLDERS, self._chaos.place.name)

    def kill(self) -> None:
        """Let the process at work die."""
        self._strike()

    def set_trap(self, phase: str) -> None:
        """Let the strike come at a point of its phase that chance chooses, before or after it.

        A request may also be on its way for so long that the other process is at work when Discord gets it.
        """
        if phase != self.phase:
            return
        random, points = self._chaos.random, POINTS[phase]
        if phase == "release" and self._chaos.keys.server is not None:
            points += KEY_POINTS
        chosen = random.choice(KEY_POINTS if self.of_keys else points)
        fate = random.choice(list(Fate) if chosen == REQUEST else (Fate.LOST, Fate.UNANSWERED))
        number = random.randint(1, 1 if chosen in ONCE or phase == "reminder" else 3)
        self.how += f", {chosen.decode()} {number}, {fate.value}"
        seen = 0

        def passes(*, is_it: bool) -> bool:
            """Strike at the point; say whether it is that."""
            nonlocal seen
            seen += is_it
            if not is_it or seen != number or self._struck_at is not None:
                return False
            # A server of keys that is killed while it writes a table again leaves a file, which asks for an admin.
            self._strike(hows=("fast",))
            return True

        if chosen == REQUEST:
            self._chaos.discord.fate = lambda who: fate if passes(is_it=who == self.victim.name) else None
        for proxy in (self.victim.proxy, self.victim.key_proxy):
            if fate is Fate.LOST:
                proxy.before = lambda sent: passes(is_it=chosen in sent)
            else:
                proxy.after = lambda sent: passes(is_it=chosen in sent)

    async def end(self, phase: str) -> None:
        """End a phase: a trap that was not sprung by now is one after all, and what was long on its way arrives."""
        if phase == self.phase:
            if self._struck_at is None:
                self.how += ", which never came: at the end"
                self._strike()
            if not self.of_keys:
                await self.taken_over()
        if self._mending is not None:
            await self._mending
        for proxy in (self.victim.proxy, self.victim.key_proxy):
            proxy.before, proxy.after = lambda _sent: False, lambda _sent: None
        self._chaos.discord.let_in()

    async def taken_over(self) -> None:
        """Wait until a process has taken over since the strike, the other one if one was killed. It has to be soon."""
        struck_at = self._struck_at or 0.0

        def ready() -> list[float]:
            moments = self._chaos.discord.ready_at.items()
            is_other = self.kind not in ("restart", "cut")
            return [at for name, at in moments if at > struck_at and not (is_other and name == self.victim.name)]

        async def is_ready() -> bool:
            return bool(ready())

        await self._chaos.until(is_ready, "another process at work")
        seconds = min(ready()) - struck_at
        self._chaos.measured["another process at work"].append(seconds)
        assert seconds < patience()

    def _strike(self, number: int = signal.SIGKILL, hows: tuple[str, ...] = ("fast", "immediate")) -> None:
        if self._struck_at is not None:
            return
        self._struck_at = time.monotonic()
        if self.kind.endswith("cut"):
            proxy = self.victim.key_proxy if self.of_keys else self.victim.proxy
            proxy.refuses = self.of_keys
            proxy.cut()
            self._mending = asyncio.create_task(_let_in_again(proxy))
        elif self.kind.endswith("restart"):
            server, how = (
                self._chaos.keys.server if self.of_keys else self._chaos.server,
                self._chaos.random.choice(hows),
            )
            assert server is not None
            self.how += f", {how}"
            self._mending = asyncio.create_task(asyncio.to_thread(_start_again, server, how))
        else:
            self.victim.send(number)


async def _let_in_again(proxy: Proxy) -> None:
    await asyncio.sleep(AWAY_S)
    proxy.refuses = False


def _start_again(server: PostgresServer, how: str) -> None:
    server.stop(how=how)
    server.start()
