"""The end of a destroyed key: PostgreSQL's files are written again until none holds it, and that is looked at.

A row that is deleted stays in the table's file, and in the write-ahead log. So the tables are written whole into new
files (VACUUM FULL), and the log goes on in a new part twice, with a checkpoint each, after which the server deletes the
parts before; it must not keep or recycle them (see key_settings). What has yet to be done is noted with the deletion
itself, in one transaction. Killed anywhere, it is done at the next call or the next start.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import sql

from bot.models.database_server import DatabaseServer
from bot.store.keyed.key_store import NotDestroyedError
from bot.store.postgres.key_connection import KeyConnection
from bot.store.postgres.key_settings import Rows, refuse_unfit
from bot.store.postgres.key_tables import JOURNAL, TABLES, put_about, read_about

UNFINISHED = "unfinished"
"""Under what name a mark stands while traces of something deleted may be left."""
FINISHING = 0x57617264_0004
"""The advisory lock of whoever destroys traces, for as long as that takes."""
PATIENCE_S = 5.0
LOOK_S = 0.02

STILL_READ = (
    "The bot can’t be sure that it destroyed an old key at {path}: another session reads that database, or is doing "
    "the same. If it stays, end it (pg_stat_activity shows it). The bot will try again."
)
LOG_STAYS = (
    "The bot can’t be sure that it destroyed an old key at {path}: that server keeps its write-ahead log. Run the "
    "command doctor. The bot will try again."
)
FILE_LEFT = (
    "The bot can’t be sure that it destroyed an old key at {path}: a crash of that server left the file {file} in its "
    "folder. Stop that server, delete this file, and start it again. The bot will try again."
)

IS_READ = """
SELECT count(*) FROM pg_stat_activity, (SELECT %s::text::xid AS next) AS here
WHERE pid <> pg_backend_pid() AND (age(backend_xmin) > age(next) OR age(backend_xid) > age(next))
"""
"""How many other sessions may still see what was deleted before a moment: VACUUM FULL would keep it for them."""
LEFT_FILES = """
SELECT folder || '/' || name FROM (SELECT %s::text AS folder) AS here, pg_ls_dir(folder) AS name
WHERE name ~ '^[0-9]+$' AND pg_filenode_relation(0, name::oid) IS NULL
    AND coalesce((pg_stat_file(folder || '/' || name, true)).size, 0) > 0
ORDER BY name
"""
"""Files of tables that no table has: a server that crashes while it writes a table again leaves one behind."""
OLD_LOG = "SELECT count(*) FROM pg_ls_dir('pg_wal') AS name WHERE name ~ '^[0-9A-F]{24}$' AND substr(name, 9) <= %s"


def note_unfinished(connection: Rows) -> None:
    """Note, in the transaction that deletes something, that its traces have yet to be destroyed."""
    put_about(connection, UNFINISHED, secrets.token_hex(8))


def destroy_traces(keys: KeyConnection) -> None:
    """Destroy the traces of all that was deleted. Does nothing where there are none.

    Raises NotDestroyedError if that is not certain, and StoreError if the server is not set so that it can be.
    """
    with keys.alone() as connection:
        if read_about(connection, UNFINISHED) is None:
            return
        with _taking_turns(connection, keys.server):
            mark = read_about(connection, UNFINISHED)
            if mark is None:  # another program was quicker
                return
            refuse_unfit(connection, keys.server)
            _write_again(connection, keys.server)
            _drop_log(connection, keys.server)
            _refuse_left_files(connection, keys.server)
            # Unless something was deleted meanwhile, which the next call is for.
            connection.execute("DELETE FROM about WHERE name = %s AND value = %s", (UNFINISHED, mark))


@contextmanager
def _taking_turns(connection: Rows, server: DatabaseServer) -> Iterator[None]:
    # Asked for again and again: whoever waits in a statement would look like one who reads.
    _wait(lambda: _value(connection, "SELECT pg_try_advisory_lock(%s)", FINISHING), server)
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", (FINISHING,))


def _write_again(connection: Rows, server: DatabaseServer) -> None:
    """Write the tables into new files, once nobody sees what was deleted."""
    following = _value(connection, "SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text")
    _wait(lambda: _value(connection, IS_READ, following) == 0, server)
    for name in (*(table.keys for table in TABLES), JOURNAL):
        connection.execute(sql.SQL("VACUUM FULL {}").format(sql.Identifier(name)))


def _drop_log(connection: Rows, server: DatabaseServer) -> None:
    """Let the server delete the parts of its log in which anything was written until now, and see that it did."""
    last = _value(connection, "SELECT substr(pg_walfile_name(pg_current_wal_insert_lsn()), 9)")
    for _ in range(2):
        connection.execute("SELECT pg_switch_wal()")
        connection.execute("CHECKPOINT")
    if _value(connection, OLD_LOG, last):
        raise NotDestroyedError(LOG_STAYS, server)


def _refuse_left_files(connection: Rows, server: DatabaseServer) -> None:
    path = str(_value(connection, "SELECT pg_relation_filepath('about')"))
    left = [str(name) for (name,) in connection.execute(LEFT_FILES, (path.rpartition("/")[0],))]
    if left:
        raise NotDestroyedError(FILE_LEFT.replace("{file}", left[0]), server)


def _wait(is_so: Callable[[], Any], server: DatabaseServer) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > until:
            raise NotDestroyedError(STILL_READ, server)
        time.sleep(LOOK_S)


def _value(connection: Rows, query: Any, *values: object) -> Any:
    row = connection.execute(query, values).fetchone()
    return None if row is None else row[0]
