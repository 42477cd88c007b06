"""The connection to the server that holds locks, and what other connections see of these."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from dataclasses import replace
from typing import Any

import psycopg
from sqlalchemy import text

from bot.models.database_server import DatabaseServer
from bot.store.faults import StoreError
from bot.store.postgres.connecting import connect_once, connect_options, read_url
from bot.store.postgres.lock_queries import IS_SEEN, LIST_HELD, NOTICE_CUTS, SEEN

OWN_LIMITS = {
    "connect_timeout": 5,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}
POOLED = (
    "The address of the database at {path} leads to a connection pooler such as PgBouncer. A process holds its shards "
    "by one connection to the server itself: give its own address in WARD_DATABASE_DIRECT."
)
ELSEWHERE = (
    "WARD_DATABASE_DIRECT leads to another database than WARD_DATABASE, which is at {path}. Give the address of the "
    "same database, on its primary server."
)


def list_held(server: DatabaseServer) -> list[int]:
    """Return the shards that processes hold, on any machine. Raises StoreError where the server cannot be asked."""
    with connect_once(server) as connection:
        return [int(shard) for shard in connection.execute(text(LIST_HELD)).scalars()]


def look_at_address(server: DatabaseServer) -> None:
    """Look whether locks that a process takes at a database's own address are in that database, and not at a pooler.

    Raises StoreError where they are not, or the address can't be used.
    """
    number = secrets.randbelow(2**31)
    with connect_once(replace(server, url=server.direct or server.url)) as connection:
        driver: Any = connection.connection.driver_connection
        if connection.scalar(text("SELECT pg_backend_pid()")) != driver.info.backend_pid:
            raise StoreError(POOLED, server)
        connection.execute(text("SELECT pg_advisory_lock(:space, :number)"), {"space": SEEN, "number": number})
        if not is_seen(server, number):
            raise StoreError(ELSEWHERE, server)


def is_seen(server: DatabaseServer, number: int) -> bool:
    """Tell whether a process holds a lock of this number, as who connects to the database as usual sees it."""
    with connect_once(server) as connection:
        return bool(connection.scalar(text(IS_SEEN), {"number": number}))


async def connect(server: DatabaseServer) -> psycopg.AsyncConnection[Any]:
    """Connect to the server itself. Raises StoreError where a pooler answers."""
    url = read_url(replace(server, url=server.direct or server.url))
    _, named = url.get_dialect()().create_connect_args(url)
    options = {**connect_options(url), **OWN_LIMITS, **named}
    connection = await psycopg.AsyncConnection.connect(autocommit=True, **options)
    try:
        await _refuse_pooler(connection, server)
        await connection.execute(NOTICE_CUTS)
        await connection.execute("SET idle_session_timeout = 0; SET statement_timeout = 0")
    except BaseException:
        await connection.close()
        raise
    return connection


async def _refuse_pooler(connection: psycopg.AsyncConnection[Any], server: DatabaseServer) -> None:
    """A pooler names numbers of its own, and lends another connection for each transaction."""
    ((pid,),) = await run(connection, "SELECT pg_backend_pid()", None)
    if pid != connection.info.backend_pid:
        raise StoreError(POOLED, server)


def cut(connection: psycopg.AsyncConnection[Any]) -> None:
    """Break a connection off, without a word to the server."""
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


async def run(
    connection: psycopg.AsyncConnection[Any], statement: str, values: tuple[object, ...] | None
) -> list[tuple[Any, ...]]:
    """Run a statement, and return its rows if it has any."""
    cursor = await connection.execute(statement, values)
    return await cursor.fetchall() if cursor.description else []
