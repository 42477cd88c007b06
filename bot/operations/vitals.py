"""How a running bot is doing, in numbers: no words, no ids, and no small number of anything that people did."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from bot import __version__
from bot.client import Bot
from bot.models.database_state import Size
from bot.operations.health import GATEWAY_PATIENCE, Connection
from bot.store import Store, StoreError
from bot.store.holding import Holding
from bot.store.sqlite.copy_facts import LAST_BACKUP, read_time
from bot.worker import Worker

FEWEST_SHOWN = 5
"""Of what people did, a smaller number is shown as none."""
LOOK_EVERY_S = 1.0
LOOKS_KEPT = 60


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the bot is doing at one moment. Times are aware, durations are seconds, sizes are bytes.

    ``rounds`` says when each clock took its last round; ``loop_lag`` is the longest that the event loop was late in the
    last minute.
    """

    version: str
    started_at: datetime
    connection: Connection
    since: datetime
    latency: float | None
    loop_lag: float
    inbox_waiting: int
    is_writable: bool
    jobs_waiting: int
    rounds: Mapping[str, datetime]
    database_bytes: int
    log_bytes: int
    free_bytes: int
    read_seconds: float
    backup_at: datetime | None
    shards: int
    shards_held: int

    def to_plain(self) -> dict[str, Any]:
        """Return the same for JSON."""
        plain = asdict(self)
        plain["rounds"] = {name: _stamp(moment) for name, moment in sorted(self.rounds.items())}
        return {name: _stamp(value) if isinstance(value, datetime) else value for name, value in plain.items()}


class Monitor:
    """Watches one bot after the other in this process, and the event loop that they share."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._store: Store | None = None
        self._worker: Worker | None = None
        self._started_at = self._since = _now()
        self._bot: Bot | None = None
        self._lags: deque[float] = deque([0.0], maxlen=LOOKS_KEPT)
        self.connection = Connection.STARTING
        self.changed = asyncio.Event()
        """Set whenever ``connection`` changes."""

    def attach(self, store: Store, worker: Worker) -> None:
        """Look at the store and the worker from now on, since a process on standby has neither."""
        self._store, self._worker = store, worker

    def watch(self, bot: Bot) -> None:
        """Hear from a new bot how it and the gateway are."""
        self._bot = bot
        lost: set[int] = set()

        async def note_found(shard_id: int) -> None:
            lost.discard(shard_id)
            self._note_of(bot, Connection.LOST if lost else Connection.CONNECTED)

        async def note_lost(shard_id: int) -> None:
            lost.add(shard_id)
            self._note_of(bot, Connection.LOST)

        bot.add_listener(note_found, "on_shard_ready")
        bot.add_listener(note_found, "on_shard_resumed")
        bot.add_listener(note_lost, "on_shard_disconnect")

    def note(self, connection: Connection) -> None:
        """Note how the bot and the gateway are; the same again changes nothing."""
        if connection is not self.connection:
            self.connection, self._since = connection, _now()
            self.changed.set()

    @property
    def is_alive(self) -> bool:
        """Whether a new start would not help: the bot is connected, or has not long tried to be again."""
        return self.connection is not Connection.LOST or _now() - self._since < GATEWAY_PATIENCE

    async def watch_loop(self) -> None:
        """Measure for ever how late the event loop is."""
        while True:
            due = time.monotonic() + LOOK_EVERY_S
            await asyncio.sleep(LOOK_EVERY_S)
            self._lags.append(max(0.0, time.monotonic() - due))

    async def look(self) -> Vitals:
        """Return how the bot is doing now."""
        began = time.monotonic()
        store, backup_at, is_writable, size = self._store, None, True, Size(0)
        if store is not None:
            try:
                backup_at = read_time(await store.settings.note(LAST_BACKUP))
            except StoreError:  # a server that is away; whoever asks hears the rest
                is_writable = False
            is_writable = is_writable and store.inbox.fault is None
        read_seconds = time.monotonic() - began
        if store is not None:
            size = await store.measure()
        latency = self._bot.latency if self._bot is not None and self.connection is Connection.CONNECTED else None
        return Vitals(
            version=__version__,
            started_at=self._started_at,
            connection=self.connection,
            since=self._since,
            latency=latency if latency is not None and latency < float("inf") else None,
            loop_lag=max(self._lags),
            inbox_waiting=hide_small(0 if store is None else store.inbox.waiting),
            is_writable=is_writable,
            jobs_waiting=hide_small(0 if self._worker is None else self._worker.jobs_waiting),
            rounds=dict(self._bot.last_rounds) if self._bot is not None else {},
            database_bytes=size.database,
            log_bytes=size.log,
            free_bytes=shutil.disk_usage(self._holding.files.parent).free,
            read_seconds=read_seconds,
            backup_at=backup_at,
            shards=self._holding.count,
            shards_held=len(self._holding.held),
        )

    def _note_of(self, bot: Bot, connection: Connection) -> None:
        if not bot.is_closed():
            self.note(connection)


def hide_small(count: int) -> int:
    """Return a number of what people did, or 0 where it is so small that it could tell who."""
    return count if count >= FEWEST_SHOWN else 0


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _now() -> datetime:
    return datetime.now(UTC)
