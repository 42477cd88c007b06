"""How the bot does, for Prometheus, on loopback. It needs the extra ``metrics``; nothing of it is loaded without."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.operations.health import Connection
from bot.operations.vitals import FEWEST_SHOWN, Monitor, Vitals

if TYPE_CHECKING:
    from prometheus_client.core import Metric

LOOPBACK = "127.0.0.1"
PATIENCE_S = 5.0
HIDDEN = f"0 where there are fewer than {FEWEST_SHOWN}"

NOT_INSTALLED = (
    "WARD_METRICS_PORT is set, and what it needs isn’t installed. Install it with: pip install -c constraints.txt "
    "'.[metrics]'. Or leave the setting out."
)
PORT_TAKEN = "Another program uses the port {port} of this machine. Set WARD_METRICS_PORT to another one."


@asynccontextmanager
async def serve_metrics(monitor: Monitor, port: int | None) -> AsyncIterator[None]:
    """Answer Prometheus at a port of this machine; without a port, do nothing. Raises UserError where it cannot.

    The server has a thread of its own, and asks the event loop. Where that hangs, Prometheus gets no answer.
    """
    if port is None:
        yield
        return
    try:
        from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
    except ImportError:
        raise UserError(NOT_INSTALLED) from None
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Collector(monitor, asyncio.get_running_loop()))
    try:
        server, _ = start_http_server(port, addr=LOOPBACK, registry=registry)
    except OSError:
        raise UserError(PORT_TAKEN.format(port=port)) from None
    try:
        yield
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()


class _Collector:
    def __init__(self, monitor: Monitor, loop: asyncio.AbstractEventLoop) -> None:
        self._monitor, self._loop = monitor, loop

    def describe(self) -> list[Metric]:
        """Return nothing: what there is does not depend on anything."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every metric as it is now."""
        looking = asyncio.run_coroutine_threadsafe(self._monitor.look(), self._loop)
        yield from metrics_of(looking.result(PATIENCE_S))


def metrics_of(vitals: Vitals) -> Iterator[Metric]:
    """Yield what is shown of a bot. Nothing of it is about a person, a server or a question."""
    from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

    yield InfoMetricFamily("ward_build", "The version of the program.", {"version": vitals.version})
    gauges = {
        "ward_start_time_seconds": ("When the bot was started.", vitals.started_at.timestamp()),
        "ward_gateway_connected": (
            "1 while the bot is connected to Discord's gateway.",
            vitals.connection is Connection.CONNECTED,
        ),
        "ward_gateway_latency_seconds": ("How long Discord's gateway takes to answer.", vitals.latency),
        "ward_shards": ("How many shards there are.", vitals.shards),
        "ward_shards_held": ("How many of them this process holds: 0 while it is on standby.", vitals.shards_held),
        "ward_loop_lag_seconds": ("The longest that the event loop was late in the last minute.", vitals.loop_lag),
        "ward_inbox_waiting": (f"Messages that wait to be stored; {HIDDEN}.", vitals.inbox_waiting),
        "ward_worker_jobs_waiting": (f"Summaries and files that wait for a worker; {HIDDEN}.", vitals.jobs_waiting),
        "ward_database_writable": ("0 while the database can’t be written.", vitals.is_writable),
        "ward_database_bytes": ("The size of the database.", vitals.database_bytes),
        "ward_database_log_bytes": ("The size of the write-ahead log beside it.", vitals.log_bytes),
        "ward_database_free_bytes": ("The room that is left on its disk.", vitals.free_bytes),
        "ward_database_read_seconds": ("How long a small read took just now.", vitals.read_seconds),
        "ward_backup_time_seconds": (
            "When the last backup was made.",
            None if vitals.backup_at is None else vitals.backup_at.timestamp(),
        ),
    }
    for name, (meaning, value) in gauges.items():
        if value is not None:  # not known just now
            yield GaugeMetricFamily(name, meaning, value=float(value))
    rounds = GaugeMetricFamily("ward_round_time_seconds", "When each clock took its last round.", labels=["clock"])
    for clock, moment in sorted(vitals.rounds.items()):
        rounds.add_metric([clock], moment.timestamp())
    yield rounds
