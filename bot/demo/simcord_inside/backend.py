"""simcord's clock, bot, people, channels and messages, as far as its public parts do not reach."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import simcord
from simcord import ChannelHandle
from simcord.actors import MemberActor
from simcord.backend.access import can_access_channel
from simcord.backend.cdn import CDN_BASE

from bot.errors import UserError

LOOK_SECONDS = 0.003
"""How often simcord looks whether the bot is done; its own 50 ms add up to a minute when a week goes by."""
THREAD_NOTICE = 18
THREADS = (11, 12)
FORUM = 15
TEXT = 0


class SentFile(NamedTuple):
    """A file of a message: the id of the attachment, its name, what is in it, and the channel or thread it is in."""

    id: str
    name: str
    content: bytes
    place: str


def prepare(runner: simcord.run, now: datetime, bot_name: str) -> None:
    """Start the simulated clock at ``now``, before the bot starts, or its timers would all be overdue. Name the bot."""
    backend = runner._env.backend
    backend.clock.advance((now - backend.clock.now()).total_seconds())
    backend.bot_user.name = bot_name
    env = runner._env
    settle_in_time(env)
    env._record_error = partial(_record_fault, env._record_error)  # type: ignore[method-assign]


def settle_in_time(env: simcord.Env) -> None:
    """Look often whether the bot is done, and give one that starts as long as any other step.

    simcord gives that one five seconds, too few on a busy machine.
    """
    env._settle_internal = partial(_settle, env._settle_internal, env.settle_timeout)  # type: ignore[method-assign]


async def _settle(settle: Callable[..., Awaitable[None]], seconds: float, **options: Any) -> None:
    await settle(**{"idle": LOOK_SECONDS, **options, "timeout": seconds})


def _record_fault(record: Callable[[BaseException], None], error: BaseException) -> None:
    """Record an error, but not a refusal that the bot answers in words: to Discord, it is an answer like any other."""
    if not isinstance(getattr(error, "original", error), UserError):
        record(error)


def stop_events(env: simcord.Env) -> None:
    """Stop all events from reaching the bot, as when its machine loses power."""
    if env._gateway_feed in env.backend.subscribers:
        env.backend.subscribers.remove(env._gateway_feed)


def drop_thread_notices(env: simcord.Env) -> None:
    """Take away the line "started a thread" that simcord adds to a channel and Discord does not."""
    for messages in env.backend.messages.values():
        for message in [message for message in messages.values() if message.type == THREAD_NOTICE]:
            del messages[message.id]


def give_portrait(env: simcord.Env, user_id: int, png: bytes) -> None:
    """Give a person a picture, from memory."""
    user = env.backend.users[user_id]
    user.avatar = f"{user_id:032x}"
    env.backend.cdn._blobs[f"{CDN_BASE}/avatars/{user_id}/{user.avatar}.png"] = png


def bot_id(env: simcord.Env) -> int:
    """Return the id of the bot's own user."""
    return env.backend.bot_user.id


def channels_of(world_guild: simcord.GuildHandle) -> list[ChannelHandle]:
    """Return the channels that hold messages, each followed by its threads, in the order in which they were made."""
    backend = world_guild._env.backend
    listed: list[ChannelHandle] = []
    for channel in world_guild.channels.values():
        if channel._channel.type in (TEXT, FORUM):
            listed.append(channel)
            listed += sorted(channel.threads, key=lambda thread: thread.id)
    return [channel for channel in listed if channel.id in backend.channels]


def kind_of(channel: ChannelHandle) -> str:
    """ "thread", "forum" or "text"."""
    if channel._channel.type in THREADS:
        return "thread"
    return "forum" if channel._channel.type == FORUM else "text"


def parent_of(channel: ChannelHandle) -> int | None:
    """Return the id of the channel that a thread is in; None for a channel."""
    return channel._channel.parent_id


def can_read(channel: ChannelHandle, member: MemberActor) -> bool:
    """Say whether a member sees a channel and what was written in it before."""
    return can_access_channel(channel._env, channel.id, member, history=True)


def visible_ids(channel: ChannelHandle, member: MemberActor) -> list[int]:
    """Return the ids of the messages that this member sees in the channel, oldest first."""
    messages = channel._env.backend.messages.get(channel.id, {}).values()
    return sorted(message.id for message in messages if message.visible_to(member.id))


def sent_files(channel: ChannelHandle, member: MemberActor) -> list[SentFile]:
    """Return the files of the messages that this member sees in the channel, oldest first."""
    env = channel._env
    messages = env.backend.messages.get(channel.id, {}).values()
    seen = (message for message in messages if message.visible_to(member.id))
    return [
        SentFile(str(file["id"]), str(file["filename"]), env.backend.cdn.get(file["url"]) or b"", channel.name or "")
        for message in seen
        for file in message.attachments
    ]
