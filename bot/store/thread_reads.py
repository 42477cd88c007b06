"""When prompts' threads were last read to their end, and what they had then."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot.replies.rereading import ThreadRead
from bot.store.repository import Repository, read_in_pages
from bot.store.tables import prompts, thread_reads


class ThreadReadStore(Repository):
    """Verbs over the table thread_reads. A prompt takes its row along, and one whose replies are erased has none."""

    async def note(self, prompt_id: int, read: ThreadRead) -> None:
        """Note that a prompt's thread was read to its end."""
        await self._upsert(thread_reads, {"prompt_id": prompt_id}, {"mark": read.mark, "read_at": read.read_at})

    async def of_all(self) -> Mapping[int, ThreadRead]:
        """Return what is noted of every prompt, by its id."""
        query = select(thread_reads).where(self._is_of_held(thread_reads.c.prompt_id, prompts))
        async with self._database.read() as connection:
            rows = read_in_pages(connection, query, thread_reads.c.prompt_id)
            return {row["prompt_id"]: ThreadRead(row["mark"], row["read_at"]) async for row in rows}
