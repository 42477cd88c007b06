"""A second PostgreSQL server of the tests' own, for keys: set as the documents say, with a user who has those rights.

It lies in memory where there is such a folder, so that what has to reach the disk is there at once.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from bot.models.database_server import DatabaseServer
from bot.store.encryption.sealer import KEY_BYTES
from tests.servers.postgres import NO_SERVER, PostgresServer, find_programs, skip_without_programs

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in memory
USER = "ward_keys"
TEMPLATE = "keys_template"
SETTINGS = ("wal_recycle=off", "wal_level=minimal", "max_wal_senders=0", "max_connections=30")
SMALL_LOG = ("--wal-segsize=1",)
BEGINNING = bytes.fromhex("f1e2d3c4b5a697887969f0e1d2c3b4")
"""What marked keys begin with: no other bytes of a server do, and a number of them that base64 needs no filling for."""
RIGHTS = (
    "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO ward_keys",
    "GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO ward_keys",
    "GRANT EXECUTE ON FUNCTION pg_stat_file(text, boolean) TO ward_keys",
)


def start_key_server(settings: Collection[str] = SETTINGS) -> PostgresServer:
    """A new server, and in it the user and a database to copy; without PostgreSQL, the test is skipped."""
    skip_without_programs()
    programs = find_programs()
    assert programs is not None, NO_SERVER
    folder = str(IN_MEMORY) if os.access(IN_MEMORY, os.W_OK) else "/tmp"  # noqa: S108 - a new folder in it
    server = PostgresServer(programs, tuple(settings), SMALL_LOG, folder)
    server.start()
    server.execute(f"CREATE ROLE {USER} LOGIN PASSWORD '{server.password}'")
    server.execute(f"GRANT pg_checkpoint TO {USER}")
    server.new_database(TEMPLATE)
    server.execute(f"ALTER DATABASE {TEMPLATE} OWNER TO {USER}")
    for right in RIGHTS:
        server.execute(right, TEMPLATE)
    return server


@cache
def shared_key_server() -> PostgresServer:
    """The server for keys that the tests of this process share. It is started when the first asks for it."""
    return start_key_server()


def end_key_server() -> None:
    """Stop that server, if there is one."""
    if shared_key_server.cache_info().currsize:
        shared_key_server().destroy()
        shared_key_server.cache_clear()


@contextmanager
def new_key_place(server: PostgresServer, files: Path) -> Iterator[DatabaseServer]:
    """An empty database for keys, which is dropped at the end."""
    name = server.new_database(template=TEMPLATE)
    server.execute(f"ALTER DATABASE {name} OWNER TO {USER}")
    try:
        yield DatabaseServer(server.url(name, USER), files)
    finally:
        server.drop(name)


def mark_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each key that is made begin with the same bytes, so that one look at a file finds all that it holds."""
    random = os.urandom

    def marked(size: int) -> bytes:
        return BEGINNING + random(size - len(BEGINNING)) if size == KEY_BYTES else random(size)

    monkeypatch.setattr(os, "urandom", marked)


def count_keys(server: PostgresServer, beginning: bytes = BEGINNING) -> dict[str, int]:
    """How many keys each file in the server's whole folder holds: as they are, in hex, base64 or octal."""
    forms = set(_forms(beginning))
    found = {}
    for folder, _, names in os.walk(server.folder):
        for name in names:
            try:
                held = Path(folder, name).read_bytes()
            except OSError:  # it went meanwhile, or is a socket
                continue
            count = sum(map(held.count, forms))
            if count:
                found[str(Path(folder, name).relative_to(server.folder))] = count
    return found


def _forms(key: bytes) -> Iterator[bytes]:
    """As it is, which is also PostgreSQL's own form in a row; and as text of any kind."""
    yield key
    yield key.hex().encode()
    yield key.hex().upper().encode()
    yield base64.b64encode(key)
    yield base64.urlsafe_b64encode(key)
    yield "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\{byte:03o}" for byte in key).encode()
