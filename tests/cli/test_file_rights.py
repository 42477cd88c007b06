"""What others can read of the bot's files is mended by every command that opens the database, and said."""

from __future__ import annotations

import asyncio
import base64
import stat
from pathlib import Path

import pytest

from bot.cli.program import COMMANDS
from bot.store import Store, open_store
from tests.cli.commands import run
from tests.cli.settings_files import keys_beside, write_settings
from tests.databases import prepare
from tests.store.people.test_choices import ADA
from tests.world import DATA_KEY

OPEN_THE_DATABASE = {
    "run": (),
    "import": ("report.txt",),
    "verify": (),
    "board": ("weekly", "--ask", "More rest."),
    "person": ("export", str(ADA)),
    "rotate-key": (),
    "move-keys": (),
    "governance": (),
    "tidy": (),
    "backup": ("copy.db",),
    "restore": ("test.db.before-0001",),
    "move": ("--to", "other.db"),
}
DO_WITHOUT = {"init", "summarise", "demo"}
ONLY_LOOKS = {"doctor"}
"""It says which files others can read, and puts nothing right (tests/cli/test_doctor.py)."""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files(folder: Path) -> list[Path]:
    return [*(folder / name for name in ("test.db", "test.db.before-0001", ".env")), keys_beside(folder)]


async def open_database(folder: Path) -> Store:
    return await open_store(folder / "test.db", DATA_KEY, prompt_keys=keys_beside(folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A database, a copy of it, its prompt keys and its settings, all as a careless restore leaves them."""
    folder = tmp_path / "data"
    folder.mkdir()
    prepare(folder / "test.db")

    async def use() -> None:
        store = await open_database(folder)
        await store.settings.join([41])
        await store.close()

    asyncio.run(use())
    (folder / "report.txt").write_text("Rest\n" + "Staff need time to rest between shifts. " * 9, encoding="utf-8")
    (folder / "test.db.before-0001").touch()
    write_settings(folder / ".env", DISCORD_TOKEN="one", WARD_MODEL="..")
    for path in files(folder):
        path.chmod(0o644)
    return folder


def test_every_command_is_listed_here() -> None:
    assert set(OPEN_THE_DATABASE) | DO_WITHOUT | ONLY_LOOKS == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(OPEN_THE_DATABASE))
def test_what_others_could_read_is_mended_and_said_once(folder: Path, name: str) -> None:
    done = run(folder, name, *OPEN_THE_DATABASE[name])
    assert {mode(path) for path in files(folder)} == {0o600}
    assert done.stderr.count("Others could read") == 1
    said = done.stderr.splitlines()[0]
    assert all(path.name in said for path in files(folder))
    assert said.endswith("Now only the owner can (mode 600).")
    assert "thers can" not in run(folder, name, *OPEN_THE_DATABASE[name]).stderr


async def test_the_logs_beside_a_running_bots_database_are_mended_too(folder: Path) -> None:
    store = await open_database(folder)
    await store.settings.join([42])
    logs = [folder / "test.db-wal", folder / "test.db-shm"]
    for path in logs:
        path.chmod(0o640)
    journal = keys_beside(folder).with_name("test.db-journal")
    journal.touch(mode=0o660)
    done = await asyncio.to_thread(run, folder, "verify")
    assert done.returncode == 0
    assert {mode(path) for path in logs} == {0o600}
    assert mode(journal) == 0o600
    await store.close()


def test_behind_a_link_the_file_itself_is_mended_with_its_logs(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "named").mkdir()
    (tmp_path / "named" / "link.db").symlink_to(folder / "test.db")
    (folder / "test.db-wal").touch(mode=0o600)
    (folder / "test.db-wal").chmod(0o604)
    run(folder, "verify", WARD_DATABASE=str(tmp_path / "named" / "link.db"))
    assert mode(folder / "test.db") == 0o600
    assert not (folder / "test.db-wal").exists() or mode(folder / "test.db-wal") == 0o600


def test_a_file_that_cannot_be_changed_is_said_and_the_command_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _mode: int) -> None:
        raise PermissionError

    # Nothing can be refused to root otherwise.
    monkeypatch.setattr(Path, "chmod", refuse)
    done = run(folder, "verify")
    assert done.returncode == 0
    assert "Others can read" in done.stderr
    assert "chmod 600" in done.stderr


def test_settings_that_are_not_there_are_no_fault(folder: Path) -> None:
    key = base64.b64encode(DATA_KEY).decode()
    places = {"WARD_DATABASE": "test.db", "WARD_PROMPT_KEYS": str(keys_beside(folder))}
    (folder / ".env").unlink()
    done = run(folder, "verify", WARD_DATA_KEY=key, **places)
    assert done.returncode == 0
    assert "can read" not in done.stderr
    assert ".env" not in done.stderr


@pytest.mark.parametrize("is_first", [True, False])
def test_settings_with_another_name_are_mended_as_those_with_the_usual_one(folder: Path, is_first: bool) -> None:
    (folder / ".env").rename(folder / "ward.env")
    option = "--env-file", "ward.env"
    done = run(folder, *option, "verify") if is_first else run(folder, "verify", *option)
    assert done.returncode == 0
    assert mode(folder / "ward.env") == 0o600
    assert "ward.env" in done.stderr
