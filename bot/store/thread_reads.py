"""When prompts' threads were last read to their end, and what they had then."""

from __future__ import annotations

from bot.replies.rereading import ThreadRead
from bot.store.repository import Repository
from bot.store.tables import thread_reads


class ThreadReadStore(Repository):
    """Verbs over the table thread_reads. A prompt takes its row along, and one whose replies are erased has none."""

    async def note(self, prompt_id: int, read: ThreadRead) -> None:
        """Note that a prompt's thread was read to its end."""
        await self._upsert(thread_reads, {"prompt_id": prompt_id}, {"mark": read.mark, "read_at": read.read_at})
