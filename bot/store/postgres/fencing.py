"""Asks the server, at the beginning of each transaction that writes, whether this process may still write."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from bot.store.fence import Fence
from bot.store.migrations import HEAD


def ask_of(fence: Fence) -> str:
    """Return the question to ask once the writer's turn has come: one row, of what fits and of the tables' version."""
    pairs = ", ".join(f"({shard}, {epoch})" for shard, epoch in fence.epochs.items())
    count = f"(SELECT count(*) FROM shard_epochs WHERE (shard, epoch) IN ({pairs}))" if pairs else "0"  # noqa: S608
    return f"SELECT {count} = {len(fence.epochs)}, version_num = '{HEAD}' FROM alembic_version"  # noqa: S608 - numbers of our own


async def compare(cursor: Any, fence: Fence) -> None:
    """Read the answer, which is the last of several. Raises FencedError."""
    while cursor.nextset():
        pass
    is_held, is_same_version = await cursor.fetchone()
    fence.compare(is_held=is_held, is_same_version=is_same_version)


def compare_version(connection: Connection) -> None:
    """Compare the tables' version alone, for a command. Raises FencedError."""
    is_held, is_same_version = connection.execute(text(ask_of(Fence()))).one()
    Fence().compare(is_held=is_held, is_same_version=is_same_version)
