"""``doctor --live`` asks the bot that runs how it is, and needs little for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.operations.findings import ALL_WELL
from tests.bot_process import read_until, run_at, settings
from tests.cli.doctor import run
from tests.cli.settings_files import write_settings
from tests.operations.test_running import running
from tests.processes import Forked
from tests.servers.fake_gateway import fake_discord


async def test_live_asks_the_bot_that_runs_and_needs_no_secret(tmp_path: Path) -> None:
    settings(tmp_path)
    alone = write_settings(
        tmp_path / "no-secrets", WARD_DATABASE=str(tmp_path / "data" / "ward.db"), WARD_PROMPT_KEYS="keys/w.db"
    )
    alone.write_text("".join(line for line in alone.read_text().splitlines(True) if "DATA_KEY" not in line))

    before = await run(alone, "--live")
    async with fake_discord(message_content=True) as fake, running(tmp_path, fake):
        during = await run(alone, "--live")
        while "It is connected to Discord." not in during.output:
            during = await run(alone, "--live")

    assert before.exit_code == 1
    assert "wrong        Running bot: No bot is running with this database" in before.output
    assert (during.exit_code, during.output.splitlines()[-1]) == (0, ALL_WELL)


async def test_live_says_that_a_bot_waits_for_discord(tmp_path: Path) -> None:
    settings(tmp_path)
    async with fake_discord(message_content=True, status=503) as fake:
        child = Forked(run_at, fake.url, folder=tmp_path)
        try:
            await read_until(child, "Trying again in")
            result = await run(tmp_path / "settings", "--live")
        finally:
            child.kill()

    assert result.exit_code == 1
    assert "It can’t reach Discord, and tries again." in result.output


def test_asking_the_bot_loads_neither_discord_nor_the_database() -> None:
    code = (
        "import sys; from bot.cli.group import group\n"
        "try: group(['doctor', '--live', '--env-file', '/dev/null'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"discord", "sqlalchemy", "aiohttp", "jinja2", "numpy"}.isdisjoint(done.stdout.split())
    assert "bot.cli.doctor" in done.stdout
