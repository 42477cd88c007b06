"""What the server is asked about locks and shards, in its own language."""

from __future__ import annotations

from bot.store.migration import HEAD
from bot.store.postgres.connecting import WRITERS

HELD, COUNT, COUNTING, IDENTIFY = 0x5761_0001, 0x5761_0002, 0x5761_0003, 0x5761_0004
"""Spaces of advisory locks: of shards, of how many there are, of whoever looks at that, of who identifies."""
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
RAISE_EPOCH = (
    "INSERT INTO shard_epochs (shard, epoch) VALUES (%s, 1) "
    "ON CONFLICT (shard) DO UPDATE SET epoch = shard_epochs.epoch + 1 RETURNING epoch"
)
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
