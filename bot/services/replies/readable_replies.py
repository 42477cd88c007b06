"""What summaries may read of a prompt now: the thread's replies that nobody left out, and private replies let in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.errors import UserError
from bot.models.private import Batch, PrivateReply
from bot.models.prompts import Prompt
from bot.models.replies import Held, Reply, ReplyKind
from bot.models.views import ViewTotals
from bot.store import Store
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.freshness import PrivateVersion, Version
from bot.text.links import message_link


@dataclass(frozen=True, slots=True)
class ReadableReplies:
    """``stored`` are all replies of the thread, ``left_out`` the ids of those that facilitators left out.

    ``refusing`` are the pseudonyms of those who are read, but not quoted, ``allowing`` of those who may be quoted
    outside the server. ``undone`` are the ticks that authors took back, as pairs of a reply and a point. ``views`` is
    what was counted of presses at the closing.
    """

    stored: tuple[Reply, ...]
    left_out: frozenset[int]
    private: tuple[PrivateReply, ...]
    refusing: frozenset[str] = frozenset()
    undone: frozenset[tuple[str, str]] = frozenset()
    views: ViewTotals = field(default_factory=ViewTotals)
    allowing: frozenset[str] = frozenset()

    @property
    def refused(self) -> frozenset[str]:
        """The ids, as quotes name them, of replies whose authors said no to quotes."""
        return frozenset(str(reply.id) for reply in self.replies if reply.person in self.refusing)

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The replies of the thread that are read."""
        return tuple(reply for reply in self.stored if reply.id not in self.left_out)

    @property
    def versions(self) -> tuple[Version, ...]:
        """Everything that a new summary would read."""
        return (*self.replies, *_versions_of(self.private))


class SendableReplies(Protocol):
    """Says which of the replies that a summary reads may go to the language model, by the ids that quotes use.

    It is asked for each summary, so that a no counts at once. What it does not name is never part of a request.
    """

    async def __call__(self, prompt: Prompt, read: ReadableReplies, /) -> Collection[str]:
        """Return the ids; none where nothing of the prompt may be sent."""


async def load_readable(store: Store, prompt_id: int, guild_id: int) -> ReadableReplies:
    """Read what the summary of one prompt may read."""
    stored = await store.replies.of_prompt(prompt_id)
    left_out = frozenset(await store.exclusions.of_prompt(prompt_id))
    private = await store.private.shown_for_prompt(prompt_id)
    choices = await store.people.groups(guild_id)
    refusing = frozenset(person for person, chosen in choices.items() if chosen.refused)
    allowing = frozenset(person for person, chosen in choices.items() if chosen.quotes)
    undone, views = await store.personal.undone_ticks(prompt_id), await store.presses.totals(prompt_id)
    return ReadableReplies(stored, left_out, private, refusing, undone, views, allowing)


async def load_for_new_summary(store: Store, prompt_id: int, guild_id: int) -> ReadableReplies:
    """Read what a new summary of a prompt may read: the same, but no private reply while one is about to go by code.

    None of them then, not all but that one: what is missing would tell which.
    """
    read = await load_readable(store, prompt_id, guild_id)
    if read.private and await store.withdrawals.waits_for(prompt_id) is not None:
        return replace(read, private=())
    return read


async def load_versions(store: Store, prompt_id: int) -> tuple[Version, ...]:
    """Read the same as its versions, without opening any reply of the thread."""
    held = await store.replies.held(prompt_id)
    left_out = await store.exclusions.of_prompt(prompt_id)
    private = await store.private.shown_for_prompt(prompt_id)
    return (*(reply for reply in held if reply.id not in left_out), *_versions_of(private))


async def find_batch(store: Store, guild_ids: Iterable[int], batch_id: int) -> Batch | None:
    """Find a batch of private replies in some servers, for events that name no server."""
    for guild_id in guild_ids:
        with suppress(UserError):
            return await store.private.batch(guild_id, batch_id)
    return None


def link_replies(prompt: Prompt, replies: Iterable[Reply | Held], channel_id: int | None = None) -> dict[str, str]:
    """Return the addresses of the replies' messages, by the ids that quotes use.

    A reply whose message is gone has none. With ``channel_id``, only those in that channel or thread are returned.
    """
    if prompt.gone_at is not None:
        return {}
    places = ((reply, prompt.channel_id if reply.kind is ReplyKind.CHANNEL else prompt.thread_id) for reply in replies)
    return {
        str(reply.id): message_link(prompt.guild_id, place, reply.message_id)
        for reply, place in places
        if reply.message_id is not None and place is not None and channel_id in (None, place)
    }


def link_series_replies(prompts: Sequence[Prompt], replies: Iterable[Reply]) -> dict[str, str]:
    """Return the addresses of the messages of replies to several prompts, by the ids that quotes use."""
    of_prompt: dict[int, list[Reply]] = {prompt.id: [] for prompt in prompts}
    for reply in replies:
        of_prompt[reply.prompt_id].append(reply)
    return {name: link for prompt in prompts for name, link in link_replies(prompt, of_prompt[prompt.id]).items()}


def _versions_of(private: Iterable[PrivateReply]) -> tuple[PrivateVersion, ...]:
    return tuple(PrivateVersion(private_id(reply)) for reply in private)
