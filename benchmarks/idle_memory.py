"""Memory of the idle bot: a fresh process, its store open and every cog loaded, as a ratio to the limit.

A new one, one that was started before, one that watches 10,000 prompts with passages of 120 words, and one that is in 1
server or in 1,000: each with 60 channels, 25 roles and 10 threads, as Discord tells of them at a start, and one open
prompt.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

DATABASE = "idle.db"

RUNS = 5
LIMIT_MB = 100
GROWN_LIMIT_MB = 130
PROMPTS = 10_000
PASSAGE = " ".join(["Leaders exist at all levels, and most of them have no title."] * 10)  # 120 words
SERVERS = 1_000
CHANNELS, ROLES, THREADS = 60, 25, 10
FIRST_SERVER, STEP = 10**17, 10**6


async def idle(folder: Path, servers: int = 0) -> None:
    """Load what the running bot loads, and print the megabytes that the process holds."""
    # Here, so that the parent stays small and its figures are not inherited.
    from bot.client import EXTENSIONS, Bot
    from bot.store import open_store
    from bot.worker import Worker

    store = await open_store(folder / DATABASE, bytes(32))
    async with Worker() as worker, Bot(store, worker) as bot:
        for name in EXTENSIONS:
            await bot.load_extension(name)
        _be_in(bot, servers)
        catch_up: Any = bot.get_cog("ReplyCatchUp")
        await catch_up._queue_all()  # as in a new session
        await asyncio.sleep(0.2)
        print(resident_mb())
    await store.close()


def _be_in(bot: Any, servers: int) -> None:
    """Let the bot know so many servers, as the gateway tells of them."""
    import discord

    from tests.servers.fake_gateway import GUILD, USER

    state = bot._connection
    if servers:
        state.user = discord.ClientUser(state=state, data=cast(Any, USER))
    for number in range(servers):
        state._add_guild_from_data({**GUILD, **_describe_server(FIRST_SERVER + number * STEP, USER)})


def _describe_server(first: int, user: dict[str, Any]) -> dict[str, Any]:
    role = {"permissions": "1024", "color": 0, "hoist": False, "managed": False, "mentionable": False}
    channel = {"permission_overwrites": [{"id": str(first), "type": 0, "allow": "0", "deny": "1024"}], "nsfw": False}
    at = "2026-01-01T00:00:00+00:00"
    about = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": at, "locked": False}
    thread = {"type": 11, "owner_id": "77", "message_count": 50, "member_count": 9, "thread_metadata": about}
    return {
        "id": str(first),
        "name": f"Trust {first}",
        "roles": [{**role, "id": str(first + n), "name": f"role {n}", "position": n, "flags": 0} for n in range(ROLES)],
        "channels": [
            {**channel, "id": str(first + 100 + n), "type": 0, "name": f"channel-{n}", "position": n, "topic": "Talk"}
            for n in range(CHANNELS)
        ],
        "threads": [
            {**thread, "id": str(first + 300 + n), "parent_id": str(first + 100), "name": f"Question {n}"}
            for n in range(THREADS)
        ],
        "members": [{"user": user, "roles": [], "joined_at": at, "deaf": False, "mute": False, "flags": 0}],
    }


def resident_mb() -> float:
    """What this process holds in memory now, as Linux counts it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def start(folder: str, servers: int = 0) -> float:
    """One fresh process on a database, and what it holds in megabytes."""
    command = [sys.executable, "-m", "benchmarks.idle_memory", folder, str(servers)]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


async def fill(folder: Path) -> None:
    """Make a database with 10,000 prompts, all but twenty of them closed."""
    from benchmarks.grown_database import WORDING, fill_prompts
    from bot.store import open_store

    store = await open_store(folder / DATABASE, bytes(32))
    await fill_prompts(store, PROMPTS, replace(WORDING, text=PASSAGE))
    await store.close()


async def fill_servers(folder: Path, servers: int) -> None:
    """Make a database with so many servers, each with one open prompt."""
    from benchmarks.grown_database import make_prompt_row
    from bot.store import open_store
    from bot.store.tables import prompts

    store = await open_store(folder / DATABASE, bytes(32))
    ids = [FIRST_SERVER + number * STEP for number in range(servers)]
    await store.settings.join(ids)
    rows = [
        {**make_prompt_row(n, is_open=True), "guild_id": ids[n], "channel_id": ids[n] + 100} for n in range(servers)
    ]
    async with store._database.write() as connection:
        await connection.execute(prompts.insert(), rows)
    await store.close()


def main() -> None:
    """Print the ratios: the first start also loads what makes the tables."""
    first, later, grown = [], [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            first.append(start(folder))
            later.append(start(folder))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(fill(Path(folder)))
        grown += [start(folder) for _ in range(RUNS)]
    with_servers = {}
    for servers in (1, SERVERS):
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(fill_servers(Path(folder), servers))
            with_servers[servers] = [start(folder, servers) for _ in range(RUNS)]
    rows = (("first start", first, LIMIT_MB), ("later starts", later, LIMIT_MB))
    in_servers = [(f"in {n:,} server{'' if n == 1 else 's'}", held, LIMIT_MB) for n, held in with_servers.items()]
    for name, held, limit in (*rows, (f"{PROMPTS:,} prompts", grown, GROWN_LIMIT_MB), *in_servers):
        middle = statistics.median(held)
        print(f"{name}: {middle:.0f} MB ({min(held):.0f} to {max(held):.0f}), {middle / limit:.2f} of what is allowed")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(idle(Path(sys.argv[1]), int(sys.argv[2])))
    else:
        main()
