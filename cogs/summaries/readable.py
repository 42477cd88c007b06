"""What summaries may read of a prompt now: the thread's replies that nobody left out, and private replies let in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from bot.client import Bot
from bot.errors import UserError
from bot.models.private import Batch, PrivateReply
from bot.models.replies import Reply
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.freshness import PrivateVersion, Version


@dataclass(frozen=True, slots=True)
class Readable:
    """``stored`` are all replies of the thread, ``left_out`` the ids of those that facilitators left out.

    ``refusing`` are the pseudonyms of those who are read, but not quoted.
    """

    stored: tuple[Reply, ...]
    left_out: frozenset[int]
    private: tuple[PrivateReply, ...]
    refusing: frozenset[str] = frozenset()

    @property
    def refused(self) -> frozenset[str]:
        """The ids, as quotes bear them, of replies whose authors said no to quotes."""
        return frozenset(str(reply.id) for reply in self.replies if reply.person in self.refusing)

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The replies of the thread that are read."""
        return tuple(reply for reply in self.stored if reply.id not in self.left_out)

    @property
    def versions(self) -> tuple[Version, ...]:
        """Everything that a new summary would read."""
        return (*self.replies, *versions_of(self.private))


async def readable(bot: Bot, prompt_id: int, guild_id: int) -> Readable:
    """What the summary of one prompt may read."""
    stored = await bot.store.replies.of_prompt(prompt_id)
    left_out = frozenset(await bot.store.exclusions.of_prompt(prompt_id))
    private = await bot.store.private.shown_for_prompt(prompt_id)
    return Readable(stored, left_out, private, await bot.store.people.refusing(guild_id))


async def versions(bot: Bot, prompt_id: int) -> tuple[Version, ...]:
    """The same as its versions, without opening any reply of the thread."""
    held = await bot.store.replies.held(prompt_id)
    left_out = await bot.store.exclusions.of_prompt(prompt_id)
    private = await bot.store.private.shown_for_prompt(prompt_id)
    return (*(reply for reply in held if reply.id not in left_out), *versions_of(private))


def versions_of(private: Iterable[PrivateReply]) -> tuple[PrivateVersion, ...]:
    """Private replies as their versions."""
    return tuple(PrivateVersion(private_id(reply)) for reply in private)


async def batch_named(bot: Bot, batch_id: int) -> Batch | None:
    """A batch of any server that the bot is in, for events that name no server."""
    for guild in bot.guilds:
        with suppress(UserError):
            return await bot.store.private.batch(guild.id, batch_id)
    return None
