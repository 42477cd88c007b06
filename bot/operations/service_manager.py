"""Tells systemd that the bot is ready, how it is, and that it lives (sd_notify(3)); without systemd it does nothing."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress

from bot.operations.health import Connection
from bot.operations.vitals import Monitor

STATUS = {
    Connection.STARTING: "Starting.",
    Connection.STANDBY: "On standby: another process runs the bot.",
    Connection.WAITING: "Discord can’t be reached. Trying again.",
    Connection.CONNECTED: "Connected to Discord.",
    Connection.LOST: "The connection to Discord was lost. Connecting again.",
}


def notify(address: str, *lines: str) -> None:
    """Send lines such as READY=1 to the socket of NOTIFY_SOCKET; where there is none, or nobody hears, nothing."""
    if not address:
        return
    # A name with @ is one without a file, which Linux writes with a zero byte.
    place = f"\0{address[1:]}" if address.startswith("@") else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sending:
        sending.setblocking(False)
        sending.sendto("\n".join(lines).encode(), place)


async def report(monitor: Monitor, address: str, watchdog_seconds: float | None) -> None:
    """Tell systemd for ever how the bot is, and that it lives, as long as it does.

    It is ready once it is connected, stands by or waits for Discord: the service has started then.
    A sign of life comes from the event loop itself, so one that hangs sends none, and so does a bot whose connection
    was lost for long. systemd then starts it again.
    """
    pause = None if watchdog_seconds is None else watchdog_seconds / 3
    while True:
        monitor.changed.clear()
        lines = [f"STATUS={STATUS[monitor.connection]}"]
        if monitor.connection is not Connection.STARTING:
            lines.append("READY=1")
        if watchdog_seconds is not None and monitor.is_alive:
            lines.append("WATCHDOG=1")
        notify(address, *lines)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await monitor.changed.wait()
