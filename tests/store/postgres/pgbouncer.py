"""A PgBouncer before the tests' server, in transaction mode: each transaction may get another connection."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.servers.ports import free_port
from tests.servers.postgres import NO_SERVER, PostgresServer, find_programs, hand_over

NO_BOUNCER = "there is no PgBouncer here: install Debian's pgbouncer, or put it on the PATH"
NOT_ALL = (
    ".ci/run plays everything, so it needs PostgreSQL and PgBouncer, but {missing}. As root, it installs Debian’s "
    "packages itself. Where neither can be had, make test and make check play the rest."
)
CONNECTIONS = 3
"""To the server, of one database. Fewer than a store opens, so that its own take turns."""
SETTINGS = """
[databases]
* = host={folder} port={port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own_port}
unix_socket_dir =
auth_type = trust
auth_file = {users}
pool_mode = transaction
default_pool_size = {connections}
server_round_robin = 1
server_login_retry = 1
query_wait_timeout = 3
logfile = {log}
"""


def find_bouncer() -> str | None:
    """Return the program; None where it is not installed."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def demand_servers() -> None:
    """End with a sentence where one of the programs is missing, so that no run passes with their tests left out."""
    missing = [
        sentence for sentence, found in ((NO_SERVER, find_programs()), (NO_BOUNCER, find_bouncer())) if not found
    ]
    if missing:
        raise SystemExit(NOT_ALL.format(missing="; ".join(missing)))


@contextmanager
def bouncer_before(server: PostgresServer, program: str) -> Iterator[int]:
    """Run PgBouncer before a server. Yields its port on this machine."""
    port = free_port()
    folder = server.folder / f"bouncer-{port}"
    folder.mkdir()
    users = folder / "users"
    users.write_text('"ward" ""\n')
    settings = folder / "settings"
    settings.write_text(
        SETTINGS.format(
            folder=server.folder,
            port=server.port,
            own_port=port,
            users=users,
            connections=CONNECTIONS,
            log=folder / "log",
        )
    )
    command = hand_over(folder, [program, "--quiet", str(settings)])
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            _wait_for(port, running, folder / "log")
            yield port
        finally:
            running.terminate()


def _wait_for(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(f"postgresql://ward@127.0.0.1:{port}/postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            if running.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text() if log.exists() else "PgBouncer ended at once") from None
            time.sleep(0.05)
        else:
            return
