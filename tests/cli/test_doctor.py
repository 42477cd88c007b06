"""``doctor`` says plainly what is wrong and what to do, with Discord and without, and its exit code tells a program."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import backup
from bot.operations.findings import ALL_WELL
from bot.operations.places import find_network_drive, find_synced_folder
from bot.store import Store, open_store
from bot.store.sqlite.copy_facts import LAST_BACKUP
from tests.cli.doctor import environment, fake, levels, run, set_up
from tests.cli.settings_files import keys_beside, store, write_settings
from tests.databases import prepare
from tests.servers.fake_gateway import GOOD_TOKEN, GUILD, FakeDiscord
from tests.store.older_copies import said
from tests.store.samples import NOW
from tests.world import DATA_KEY, new_key

__all__ = ["environment", "fake", "store"]


async def test_a_bot_that_is_set_up_and_backed_up_is_well(
    store: Store, environment: Path, fake: FakeDiscord, tmp_path: Path
) -> None:
    await set_up(store)
    made = await asyncio.to_thread(
        CliRunner().invoke, backup.command, [str(tmp_path / "copy.db"), "--env-file", str(environment)]
    )
    assert made.exit_code == 0, made.output

    result = await run(environment)

    assert result.exit_code == 0, result.output
    *lines, _, last = result.output.splitlines()
    assert last == ALL_WELL
    assert {line.split()[0] for line in lines} == {"ok"}
    checks = {line.removeprefix("ok").strip().partition(":")[0] for line in lines}
    assert {"Settings", "Rights", "Places", "Data key", "Database", "Journal of erasures", "Disk", "Backup"} <= checks
    assert {"Running bot", "Clock", "Gateway", "Token", "Message Content intent", f"Server {GUILD['name']}"} <= checks
    assert GOOD_TOKEN not in result.output
    assert base64.b64encode(DATA_KEY).decode() not in result.output


async def test_without_a_network_it_says_so_and_checks_the_rest(store: Store, environment: Path) -> None:
    result = await run(environment)

    assert result.exit_code == 0, result.output
    assert "not checked  Discord: It can’t be reached from here" in result.output
    assert "ok           Data key: It fits the database." in result.output


async def test_before_the_first_start_there_is_no_database_and_nothing_is_wrong(environment: Path) -> None:
    result = await run(environment)

    assert result.exit_code == 0, result.output
    assert "There is none yet. The first start makes it." in result.output
    assert not (environment.parent / "test.db").exists()
    assert not list(environment.parent.glob("*.lock"))


async def test_a_setting_that_is_missing_is_the_first_thing_to_put_right(environment: Path) -> None:
    write_settings(environment)

    result = await run(environment)

    assert result.exit_code == 1
    assert "wrong        Settings: DISCORD_TOKEN isn’t set." in result.output
    assert "What to do: Nothing else could be checked." in result.output


async def test_a_key_that_does_not_fit_is_wrong(store: Store, environment: Path) -> None:
    write_settings(environment, new_key(), DISCORD_TOKEN=GOOD_TOKEN)

    result = await run(environment)

    assert result.exit_code == 1
    assert "wrong        Data key: WARD_DATA_KEY doesn’t fit this database." in result.output


async def test_a_file_of_prompt_keys_of_another_database_is_wrong(
    store: Store, environment: Path, tmp_path: Path
) -> None:
    prepare(tmp_path / "other" / "other.db")
    other_keys = tmp_path.parent / f"{tmp_path.name}-other-keys" / "other.db"
    other = await open_store(tmp_path / "other" / "other.db", DATA_KEY, prompt_keys=other_keys)
    await other.close()
    write_settings(environment, DISCORD_TOKEN=GOOD_TOKEN, WARD_PROMPT_KEYS=str(other_keys))

    result = await run(environment)

    assert result.exit_code == 1
    assert "belongs to another database" in result.output


async def test_files_that_others_can_read_are_wrong_and_left_as_they_are(
    store: Store, environment: Path, tmp_path: Path
) -> None:
    (tmp_path / "test.db").chmod(0o644)

    result = await run(environment)

    assert result.exit_code == 1
    assert f"Run: chmod 600 {tmp_path / 'test.db'}" in result.output
    assert (tmp_path / "test.db").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    "folder",
    ["OneDrive - Riverside Trust", "Dropbox", "Dropbox (Work)", "Google Drive", "iCloud Drive", "Mobile Documents"],
)
async def test_keys_in_a_folder_that_a_service_copies_are_wrong(
    store: Store, environment: Path, tmp_path: Path, folder: str
) -> None:
    keys = tmp_path / folder / "keys.db"
    write_settings(
        environment, DISCORD_TOKEN=GOOD_TOKEN, WARD_DATABASE=str(tmp_path / "db" / "a.db"), WARD_PROMPT_KEYS=str(keys)
    )

    result = await run(environment)

    assert result.exit_code == 1
    assert f"The file of prompt keys lies in the folder {folder}, which is copied to other machines." in result.output


def test_a_folder_that_only_sounds_like_one_of_those_is_well(tmp_path: Path) -> None:
    for name in ("data", "prompt-keys", "drive", "sync", "cloud", "droplets", "onedriver"):
        assert find_synced_folder(tmp_path / name / "keys.db") is None, name


def test_a_network_drive_is_known_by_the_deepest_mount_on_the_way() -> None:
    mounts = "/dev/vda / ext4 rw 0 0\nfiles:/home /srv/with\\040space nfs4 rw 0 0\n"
    mounts += "/dev/vdb /srv/with\\040space/disk ext4 rw 0 0\n"
    assert find_network_drive(Path("/srv/with space/keys.db"), mounts) == "nfs4"
    assert find_network_drive(Path("/srv/with space/disk/keys.db"), mounts) is None
    assert find_network_drive(Path("/srv/keys.db"), mounts) is None
    assert find_network_drive(Path("/srv/keys.db"), "") is None


async def test_a_disk_that_is_nearly_full_is_told(
    store: Store, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(environment.parent)
    for free, level in ((80_000_000, "look"), (1_000_000, "wrong"), (10**12, "ok")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: usage._replace(free=free))
        assert (await levels(environment))["Disk"] == level


@pytest.mark.parametrize(
    ("revision", "sentence"),
    [("0007", "Start the bot once."), ("9999", "A newer version of the program changed it (revision 9999).")],
)
async def test_a_database_of_another_version_is_told_with_what_to_do(
    store: Store, environment: Path, tmp_path: Path, revision: str, sentence: str
) -> None:
    await store.close()
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))

    result = await run(environment)

    assert result.exit_code == 1
    assert sentence in result.output


async def test_an_old_backup_and_a_missing_journal_are_told(store: Store, environment: Path, tmp_path: Path) -> None:
    await said(store)
    await store.personal.erase_all(1, 9)
    await store.settings.keep_note(LAST_BACKUP, NOW.isoformat())
    (journal,) = keys_beside(tmp_path).parent.glob("*.erasures")
    assert (await levels(environment))["Journal of erasures"] == "ok"
    journal.unlink()

    result = await run(environment)

    assert "look         Backup: The last one was made" in result.output
    assert "wrong        Journal of erasures: It is missing, or older than the database." in result.output


def test_doctor_has_an_exit_code_in_the_shell(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor", "--live", "--json"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["is_well"] is False
