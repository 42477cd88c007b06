"""``python -m bot governance``, as an admin runs it."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

from bot.store import Store
from tests.cli.commands import Done, run
from tests.cli.settings_files import write_settings
from tests.world import DATA_KEY

TOKEN = "a-token-that-nobody-may-see"


async def governance(folder: Path, *arguments: str) -> Done:
    """Run the command beside the database of the fixture ``store``, as beside a running bot."""
    write_settings(folder / "settings", DISCORD_TOKEN=TOKEN)
    return await asyncio.to_thread(run, folder, "governance", "--env-file", "settings", *arguments)


async def test_the_folder_is_written_beside_a_running_bot_and_holds_no_secret(tmp_path: Path, store: Store) -> None:
    await store.settings.change(41, retention_days=200)

    done = await governance(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "24 files were written to governance." in done.stdout
    written = {path.name: path.read_bytes().decode() for path in (tmp_path / "governance").iterdir()}
    assert "erased 200 days" in written["1-privacy-notice.md"]
    assert "| DISCORD_TOKEN |" in written["8-settings.md"]
    everything = "".join(written.values())
    assert TOKEN not in everything
    assert base64.b64encode(DATA_KEY).decode() not in everything


async def test_a_server_has_to_be_named_where_there_are_several(tmp_path: Path, store: Store) -> None:
    nobody = await governance(tmp_path)
    await store.settings.join([41, 42])

    options = ((), ("--server", "7"), ("--server", "42"))

    unnamed, wrong, named = [await governance(tmp_path, *chosen) for chosen in options]

    assert "The bot is in no server yet" in nobody.stderr
    assert "41, 42" in unnamed.stderr
    assert "41, 42" in wrong.stderr
    assert (nobody.returncode, unnamed.returncode, wrong.returncode, named.returncode) == (2, 2, 2, 0)


async def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path, store: Store) -> None:
    await store.settings.join([41])
    (tmp_path / "taken").write_text("mine")

    done = await governance(tmp_path, "--to", "taken/here")

    assert done.returncode == 2
    assert "Name another folder with --to." in done.stderr
    assert (tmp_path / "taken").read_text() == "mine"


async def test_the_language_model_is_named_without_its_key(tmp_path: Path, store: Store) -> None:
    await store.settings.change(41, language_model=True)
    model = {"WARD_LLM_URL": "http://10.2.3.4:8080/v1", "WARD_LLM_MODEL": "small", "WARD_LLM_KEY": "made-up-key-77"}
    write_settings(tmp_path / "settings", DISCORD_TOKEN=TOKEN, **model)
    command = "governance", "--env-file", "settings"

    done = await asyncio.to_thread(run, tmp_path, *command)

    assert (done.returncode, done.stderr) == (0, "")
    written = {path.name: path.read_bytes().decode() for path in (tmp_path / "governance").iterdir()}
    assert "10.2.3.4" in written["data-flows.csv"]
    assert "made-up-key-77" not in "".join(written.values())
    assert "| WARD_LLM_KEY |" in written["8-settings.md"]
