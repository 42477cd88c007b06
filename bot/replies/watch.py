"""Which prompt a channel, a thread or a card belongs to: looked up for every message, so it lives in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial

from bot.models.prompts import WatchedPrompt
from bot.replies.redaction.seen_names import SeenNames

MOST_NAMES = 2_000
"""Names of a server that are remembered."""


class Watch:
    """An index of the posted prompts by thread, by channel, and by what people reply to there: card and notice.

    Their words are in the store alone: a prompt that is added whole is kept so until the next session at most.

    ``on_new`` is called with a prompt whose thread was not watched before, since people may have written there already.
    """

    def __init__(self) -> None:
        self._threads: dict[int, WatchedPrompt] = {}
        self._posts: dict[int, WatchedPrompt] = {}
        self._channels: dict[int, dict[int, WatchedPrompt]] = {}
        self._prompts: dict[int, WatchedPrompt] = {}
        self.on_new: Callable[[WatchedPrompt], None] | None = None
        self._names: defaultdict[int, SeenNames] = defaultdict(partial(SeenNames, most=MOST_NAMES))

    def add(self, prompt: WatchedPrompt) -> None:
        """Watch a prompt's thread and posts; called again, it takes the newer state."""
        is_new = prompt.thread_id is not None and prompt.thread_id not in self._threads
        self._prompts[prompt.id] = prompt
        if prompt.thread_id is not None:
            self._threads[prompt.thread_id] = prompt
        for message_id in (prompt.message_id, prompt.notice_id):
            if message_id is not None:
                self._posts[message_id] = prompt
                self._channels.setdefault(prompt.channel_id, {})[prompt.id] = prompt
        if is_new and self.on_new is not None:
            self.on_new(prompt)

    def note_names(self, guild_id: int, names: Iterable[str]) -> None:
        """Remember names of people who write in a server or are mentioned there: in memory alone, the newest ones."""
        seen = self._names[guild_id]
        for name in names:
            seen.note(name)

    def seen_names(self, guild_id: int) -> SeenNames:
        """Return the names that were seen in a server since the start, to look for; more may come to them."""
        return self._names[guild_id]

    def names(self, guild_id: int) -> tuple[str, ...]:
        """Return the names that were seen in a server since the start, the newest last."""
        return tuple(self.seen_names(guild_id))

    def drop(self, prompt: WatchedPrompt) -> None:
        """Stop watching a prompt."""
        self._prompts.pop(prompt.id, None)
        self._threads.pop(prompt.thread_id or 0, None)
        self._posts.pop(prompt.message_id or 0, None)
        self._posts.pop(prompt.notice_id or 0, None)
        if self._channels.get(prompt.channel_id, {}).pop(prompt.id, None) and not self._channels[prompt.channel_id]:
            del self._channels[prompt.channel_id]

    def of_prompt(self, prompt_id: int) -> WatchedPrompt | None:
        """Return a watched prompt by its own id."""
        return self._prompts.get(prompt_id)

    def of_thread(self, thread_id: int) -> WatchedPrompt | None:
        """Return the prompt that owns a thread."""
        return self._threads.get(thread_id)

    def of_card(self, message_id: int) -> WatchedPrompt | None:
        """Return the prompt that a card shows, or the line with its question that phones show."""
        return self._posts.get(message_id)

    def of_channel(self, channel_id: int) -> tuple[WatchedPrompt, ...]:
        """Return the prompts that were posted in a channel."""
        return tuple(self._channels.get(channel_id, {}).values())

    def of_place(self, channel_id: int) -> WatchedPrompt | None:
        """Return the prompt that owns a thread, or the first of those that were posted in a channel."""
        return self._threads.get(channel_id) or next(iter(self._channels.get(channel_id, {}).values()), None)

    def prompts(self) -> tuple[WatchedPrompt, ...]:
        """Return every watched prompt, in the order in which they were added."""
        return tuple(self._prompts.values())
