"""Files of settings for commands that tests run, as an admin would leave them, and the database that they name.

A test file that imports the fixtures ``store`` and ``environment`` has both.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot.store import Store, open_store
from tests.databases import prepare
from tests.world import DATA_KEY


def keys_beside(folder: Path) -> Path:
    """Return where the prompt keys of a folder's test.db lie: beside the folder, since below it they are refused."""
    return folder.parent / f"{folder.name}-keys" / "test.db"


def write_settings(file: Path, *data_keys: bytes, **changed: str) -> Path:
    """Write settings for the test.db beside ``file``, which only their owner can read. Returns the file."""
    keys = ", ".join(base64.b64encode(key).decode() for key in data_keys or (DATA_KEY,))
    places = {"WARD_DATABASE": str(file.parent / "test.db"), "WARD_PROMPT_KEYS": str(keys_beside(file.parent))}
    values = {**places, "WARD_DATA_KEY": keys, **changed}
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}={value}\n" for name, value in values.items()), encoding="utf-8")
    return file


@asynccontextmanager
async def open_for_commands(folder: Path) -> AsyncIterator[Store]:
    """Open a new, empty test.db in a folder, with its prompt keys where the settings name them."""
    prepare(folder / "test.db")
    store = await open_store(folder / "test.db", DATA_KEY, prompt_keys=keys_beside(folder))
    yield store
    await store.close()


def write_only_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the settings of that database, and hide those of the environment. Returns the file."""
    for name in ("WARD_DATABASE", "WARD_DATABASE_FILE", "WARD_DATA_KEY", "WARD_PROMPT_KEYS", "DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return write_settings(folder / "settings")


async def run_command(environment: Path, command: click.Command, *arguments: object, answer: str = "") -> Result:
    """Run a command with the settings of a file, while this loop goes on; ``answer`` is what is typed into it."""
    texts = [*map(str, arguments), "--env-file", str(environment)]
    return await asyncio.to_thread(CliRunner().invoke, command, texts, input=answer)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new, empty database, whose prompt keys lie where the settings name them."""
    async with open_for_commands(tmp_path) as opened:
        yield opened


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of the database of the fixture ``store``, which a running bot holds open."""
    return write_only_settings(tmp_path, monkeypatch)
