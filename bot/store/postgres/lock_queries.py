"""What the server is asked about locks and shards, in its own language."""

from __future__ import annotations

from zlib import crc32

from bot.store.migrations import HEAD
from bot.store.postgres.connecting import WRITERS

HELD, COUNT, COUNTING, IDENTIFY, SEEN, WRITES = (0x5761_0000 + number for number in range(1, 7))
"""Spaces of advisory locks: of shards, of how many there are, of whoever looks at that, of who identifies, of whoever
looks whether two addresses lead to one database, and of data keys that processes write under."""
NOTICE_CUTS = (
    "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 4; "
    "SET tcp_user_timeout = 7000"
)
"""How soon the server gives up a connection that was cut silently, and the locks with it: after seven seconds."""


OF_THIS_DATABASE = (
    "locktype = 'advisory' AND granted AND objsubid = 2 "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
LOOK = (
    f"SELECT (SELECT version_num FROM alembic_version) = '{HEAD}', "  # noqa: S608 - constants of our own
    "coalesce(array_agg(objid::int) FILTER (WHERE pid = pg_backend_pid()), '{}'), "
    "coalesce(array_agg(objid::int) FILTER (WHERE pid <> pg_backend_pid()), '{}') "
    f"FROM pg_locks WHERE classid = {HELD} AND {OF_THIS_DATABASE}"
)
OTHER_COUNTS = f"SELECT objid::int FROM pg_locks WHERE classid = {COUNT} AND objid <> %s AND {OF_THIS_DATABASE}"  # noqa: S608
NOW_MS = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
RAISE_EPOCH = (
    f"INSERT INTO shard_epochs (shard, epoch) VALUES (%s, {NOW_MS}) "  # noqa: S608
    f"ON CONFLICT (shard) DO UPDATE SET epoch = greatest(shard_epochs.epoch + 1, {NOW_MS}) RETURNING epoch"
)
"""With the time in it: counted alone, an epoch could come again in a database that an older dump was put back into."""
LIST_HELD = f"SELECT objid::int FROM pg_locks WHERE classid = {HELD} AND {OF_THIS_DATABASE} ORDER BY 1"  # noqa: S608
SILENT_S = 3
END_SILENT = (
    "WITH silent AS MATERIALIZED (SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid) "  # noqa: S608 - constants
    f"WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND classid = {WRITERS >> 32} "
    f"AND objid = {WRITERS & 0xFFFF_FFFF} AND datname = current_database() AND pid <> pg_backend_pid() "
    f"AND state LIKE 'idle in transaction%' AND clock_timestamp() - state_change > interval '{SILENT_S} s') "
    "SELECT pid FROM silent WHERE pg_terminate_backend(pid)"
)
"""Ends whoever has the writer's turn and has asked nothing for so many seconds. They are found first: PostgreSQL looks
at conditions in the order that it likes."""
WRITES_OTHERWISE = f"SELECT count(*) FROM pg_locks WHERE classid = {WRITES} AND objid <> :number AND {OF_THIS_DATABASE}"  # noqa: S608
"""How many processes run or stand by with another data key first."""
IS_SEEN = f"SELECT count(*) FROM pg_locks WHERE classid = {SEEN} AND objid = :number AND {OF_THIS_DATABASE}"  # noqa: S608


def number_of_key(key_id: str) -> int:
    """Return the number of the lock that says which data key a process writes under."""
    return crc32(key_id.encode()) >> 1
