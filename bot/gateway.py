"""The bot's connections to Discord's gateway: one for each shard that it holds, and it may take more as it runs."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import aiohttp
import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.shard import Shard

from bot.models.shards import SHIFT, Shards

log = logging.getLogger(__name__)

IDENTIFY_EVERY_S = 5.0
"""Discord's rule: as many may identify at once as it says, and the next ones after so long."""
LONGEST_PAUSE_S = 60.0
CLOSING_S = 2.0
"""How long is waited for Discord's answer to the end of a connection."""
NOT_REACHED = (OSError, aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound)
"""What is raised where the gateway cannot be reached."""

Turn = Callable[[int], Awaitable[None]]


async def _nobody_else(_bucket: int) -> None:
    """Wait for no other process."""


class IdentifyTurns:
    """Turns of those who identify at the gateway: one for each bucket of shards, and the next one five seconds later.

    ``take`` and ``give_back`` do the same among processes, if there are others.
    """

    def __init__(self, take: Turn = _nobody_else, give_back: Turn = _nobody_else) -> None:
        self._take, self._give_back = take, give_back
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._ending: set[asyncio.Task[None]] = set()

    async def wait(self, bucket: int) -> None:
        """Wait for the turn of a bucket. It ends by itself."""
        turn = self._turns[bucket]
        await turn.acquire()
        try:
            await self._take(bucket)
        except BaseException:
            turn.release()
            raise
        ending = asyncio.create_task(self._end(bucket), name="the end of a turn to identify")
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        ending.add_done_callback(lambda _: turn.release())

    async def _end(self, bucket: int) -> None:
        try:
            await asyncio.sleep(IDENTIFY_EVERY_S)
        finally:
            await self._give_back(bucket)


class ShardedBot(commands.AutoShardedBot):
    """A bot of some of Discord's shards, each of which is ready by itself.

    discord.py says that it is ready once, when every shard is. Here ``on_ready`` comes after each new session of a
    shard, so that what was missed meanwhile is caught up with, and that no shard waits for another one's turn.
    """

    def __init__(self, *, shards: Shards, identify: IdentifyTurns | None = None, **options: Any) -> None:
        super().__init__(command_prefix=(), shard_count=shards.count, shard_ids=sorted(shards.held), **options)
        self._identify_turns = identify or IdentifyTurns()
        self._at_once = 1
        self._shown: set[int] = set()
        self._met: set[int] = set()
        self._launching: set[asyncio.Task[None]] = set()

    def shows(self, guild_id: int) -> bool:
        """Say whether Discord has shown the servers of a server's shard: one that is not among them was left."""
        return (guild_id >> SHIFT) % (self.shard_count or 1) in self._shown

    @property
    def shows_all(self) -> bool:
        """Whether Discord has shown the servers of every shard that is held."""
        return self._shown >= set(self.shard_ids or ())

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002 - discord.py's
        """Wait for this shard's turn, here and in other processes."""
        await self._identify_turns.wait((shard_id or 0) % self._at_once)

    async def launch_shards(self) -> None:
        """Connect the first shard, and the others in the background. Raises one of NOT_REACHED for the first."""
        self._connection.shard_count = self.shard_count
        self._connection.shard_ids = []  # else discord.py waits until every one is ready
        if (self.shard_count or 1) > 1:
            self._at_once = (await self.fetch_session_start_limits()).max_concurrency
        first, *others = self.shard_ids or [0]
        await self.launch_shard(DiscordWebSocket.DEFAULT_GATEWAY, first, initial=True)
        for shard_id in others:
            self._launch_later(shard_id)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard. Raises one of NOT_REACHED, where discord.py's own would try for ever."""
        connecting = DiscordWebSocket.from_client(self, initial=initial, gateway=gateway, shard_id=shard_id)
        socket = await asyncio.wait_for(connecting, timeout=self.shard_connect_timeout)
        inside = vars(self)  # where discord.py keeps its shards and what they say
        shard = Shard(socket, self, inside["_AutoShardedClient__queue"].put_nowait)
        inside["_AutoShardedClient__shards"][shard_id] = shard
        shard.launch()

    def runs(self, shards: Collection[int]) -> bool:
        """Say whether each of these shards is connected, or being connected."""
        return set(shards) <= set(self.shard_ids or ())

    def take_shard(self, shard_id: int) -> None:
        """Connect one more shard, in the background, unless it is one already."""
        if self.shard_ids is not None and shard_id not in self.shard_ids:
            self.shard_ids.append(shard_id)
            self._launch_later(shard_id)

    async def on_shard_connect(self, shard_id: int) -> None:
        """Hear that a new session of a shard began: Discord shows its servers once more."""
        self._shown.discard(shard_id)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Be ready for a shard's servers, which Discord has shown by now."""
        is_later = self.is_ready() and shard_id not in self._met
        self._shown.add(shard_id)
        self._met.add(shard_id)
        if not self._connection.shard_ids:
            self._connection.call_handlers("ready")
            self.dispatch("ready")
        if is_later:
            self.dispatch("servers_taken")

    async def close(self) -> None:
        """Close every connection, before whatever else may take time."""
        for task in self._launching:
            task.cancel()
        closing = [asyncio.ensure_future(shard.close()) for shard in vars(self)["_AutoShardedClient__shards"].values()]
        if closing:
            await asyncio.wait(closing, timeout=CLOSING_S)
        await super().close()
        self._ready.clear()

    def _launch_later(self, shard_id: int) -> None:
        task = asyncio.create_task(self._keep_launching(shard_id), name=f"shard {shard_id}")
        self._launching.add(task)
        task.add_done_callback(self._launching.discard)

    async def _keep_launching(self, shard_id: int) -> None:
        pause = 1.0
        while not self.is_closed():
            try:
                await self.launch_shard(DiscordWebSocket.DEFAULT_GATEWAY, shard_id)
            except (*NOT_REACHED, discord.ConnectionClosed) as error:
                log.warning("shard %d could not connect: %s", shard_id, type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
            else:
                return
