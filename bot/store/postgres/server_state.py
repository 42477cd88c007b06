"""Reads what a PostgreSQL server is set to. Every question here can be asked by a user without special rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select, text

from bot.models.database_server import DatabaseServer
from bot.models.database_state import ServerSetting, ServerState
from bot.store.database import APPLIED
from bot.store.postgres.connecting import connect_once
from bot.store.schema.conversation import meta

SAFETY = ("fsync", "full_page_writes", "synchronous_commit")
VACUUM = ("autovacuum", "autovacuum_naptime", "autovacuum_vacuum_scale_factor", "autovacuum_vacuum_threshold")
LOG = ("wal_recycle", "min_wal_size", "max_wal_size", "checkpoint_timeout", "wal_keep_size", "archive_mode")
WORDS = ("log_statement", "log_min_duration_statement", "track_commit_timestamp")
SWITCH_ON = "Switch {name} on. While it is off, a power cut can lose replies that were stored, or the whole database."
NO_VACUUM = "Switch autovacuum on. While it is off, erased rows stay in the tables’ files."
ARCHIVES = "The archive holds erased rows. Keep it for WARD_BACKUP_DAYS at most."
LOGGED = (
    "The server’s log may hold when each private reply and tap came. Set log_statement to none and "
    "log_min_duration_statement to -1, or keep that log as briefly as a key lasts."
)
COMMIT_TIMES = "Switch track_commit_timestamp off: it tells when each private reply and tap came."
SLOTS = "A slot keeps the write-ahead log, with erased rows in it, until it was read. Drop those that nobody reads."


def read_state(server: DatabaseServer) -> ServerState:
    """Ask a server for its settings, and for the size of the database."""
    with connect_once(server) as connection:
        names = (*SAFETY, *VACUUM, *LOG, *WORDS)
        query = text("SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(:names)")
        found = {str(name): str(value) for name, value in connection.execute(query, {"names": list(names)})}
        applied = connection.scalar(select(meta.c.value).where(meta.c.name == APPLIED))
        return ServerState(
            version=str(connection.scalar(text("SHOW server_version"))),
            size=int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0),
            applied=int(applied or 0),
            safety=tuple(_judge_safety(found)),
            traces=(*_judge_traces(found), *_count_slots(connection)),
        )


def _judge_safety(found: Mapping[str, str]) -> Iterator[ServerSetting]:
    for name in SAFETY:
        is_on = found.get(name) != "off"
        yield ServerSetting(name, found.get(name, "?"), is_on, "" if is_on else SWITCH_ON.format(name=name))


def _judge_traces(found: Mapping[str, str]) -> Iterator[ServerSetting]:
    faults = {
        "autovacuum": NO_VACUUM if found.get("autovacuum") == "off" else "",
        "archive_mode": ARCHIVES if found.get("archive_mode") != "off" else "",
        "log_statement": LOGGED if found.get("log_statement") not in ("none", "ddl") else "",
        "log_min_duration_statement": LOGGED if found.get("log_min_duration_statement") != "-1" else "",
        "track_commit_timestamp": COMMIT_TIMES if found.get("track_commit_timestamp") == "on" else "",
    }
    for name in (*VACUUM, *LOG, *WORDS):
        if name in found:  # an older server lacks some
            fault = faults.get(name, "")
            yield ServerSetting(name, found[name], not fault, fault)


def _count_slots(connection: Connection) -> Iterator[ServerSetting]:
    slots = int(connection.scalar(text("SELECT count(*) FROM pg_replication_slots")) or 0)
    yield ServerSetting("replication slots", str(slots), not slots, SLOTS if slots else "")
