"""Ask a running bot how it is, and judge what it says. It loads nothing heavy, since a watchdog asks every minute."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.models import LabelledEnum
from bot.operations.findings import Finding, Level

SOCKET_END = ".live"
LONGEST_ADDRESS = 100  # bytes; Linux takes 107, macOS 103
PATIENCE_S = 10.0
MOST_BYTES = 1_000_000
GATEWAY_PATIENCE = timedelta(minutes=15)
"""How long discord.py may try to connect again by itself before a new start is thought to be of more use."""
SLOW_LOOP_S = 5.0

RUNNING = "Running bot"
NOT_RUNNING = "No bot is running with this database on this machine. Start it with: python -m bot run"
NO_ANSWER = "The bot doesn’t answer. It hangs, or is very busy: look into its log, and start it again if this stays."


class Connection(LabelledEnum):
    """How the bot is connected to Discord's gateway."""

    STARTING = "starting", "It is starting, and not connected to Discord yet."
    STANDBY = "on standby", "It is on standby: another process runs the bot. If that one ends, this one takes over."
    WAITING = "waiting for Discord", "It can’t reach Discord, and tries again."
    CONNECTED = "connected", "It is connected to Discord."
    LOST = "connecting again", "It lost its connection to Discord, and connects again."


class NotLiveError(UserError):
    """No bot runs with this database, or it does not answer."""


def socket_path(database: Path) -> Path:
    """Return where the bot of a database listens."""
    database = database.resolve()
    return database.with_name(f"{database.name}{SOCKET_END}")


def socket_address(path: Path) -> str:
    """Return the path in the shorter of its two forms. Raises OSError where it is too long for a socket's address."""
    address = min(str(path), os.path.relpath(path), key=lambda each: len(os.fsencode(each)))
    if len(os.fsencode(address)) > LONGEST_ADDRESS:
        raise OSError("the path is too long for a socket")
    return address


def ask(database: Path) -> dict[str, Any]:
    """Return what the bot of a database says of itself. Raises NotLiveError where none runs, or it does not answer."""
    asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    asking.settimeout(PATIENCE_S)
    with contextlib.closing(asking):
        try:
            asking.connect(socket_address(socket_path(database)))
        except OSError:
            raise NotLiveError(NOT_RUNNING) from None
        try:
            told = b"".join(iter(lambda: asking.recv(65_536), b""))[:MOST_BYTES]
            answer: dict[str, Any] = json.loads(told)
        except (OSError, ValueError):
            raise NotLiveError(NO_ANSWER) from None
    return answer


def check_live(places: Iterable[Path]) -> list[Finding]:
    """Ask each bot of this machine that runs with a database how it is; ``places`` are where their sockets may lie."""
    sockets = [place for place in places if socket_path(place).exists()]
    findings, faults = [], []
    for place in sockets:
        try:
            findings += _judge(ask(place))
        except NotLiveError as error:
            faults.append(Finding(RUNNING, Level.WRONG, str(error)))
    # A process that was killed leaves its socket.
    hanging = [fault for fault in faults if fault.sentence != NOT_RUNNING]
    return [*findings, *hanging] or faults[:1] or [Finding(RUNNING, Level.WRONG, NOT_RUNNING)]


def _judge(told: Mapping[str, Any]) -> list[Finding]:
    connection = Connection(told["connection"])
    level = Level.OK if connection in (Connection.CONNECTED, Connection.STANDBY) else Level.WRONG
    if connection is Connection.LOST and datetime.now(UTC) - datetime.fromisoformat(told["since"]) < GATEWAY_PATIENCE:
        level = Level.LOOK  # Discord ends connections now and then, and the bot comes back by itself
    advice = "" if level is Level.OK else "Look at this machine's network, at the bot's log, and at discordstatus.com."
    findings = [Finding(RUNNING, level, connection.label, advice)]
    if not told["is_writable"]:
        findings.append(
            Finding(
                RUNNING,
                Level.WRONG,
                "It can’t write the database. Replies wait in memory.",
                "Look at the room on its disk and the rights of its folder, or at the PostgreSQL server.",
            )
        )
    if told["shards"] > 1 and connection is not Connection.STANDBY:
        sentence = f"It holds {told['shards_held']} of {told['shards']} shards."
        findings.append(Finding(RUNNING, Level.OK, sentence))
    if told["loop_lag"] > SLOW_LOOP_S:
        sentence = "It was slow to answer in the last minute."
        findings.append(Finding(RUNNING, Level.LOOK, sentence, "See whether the machine is busy."))
    return findings
