"""``doctor`` says plainly what is wrong and what to do, with Discord and without, and its exit code tells a program."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import discord
import discord.gateway
import discord.http
import pytest
import yarl
from click.testing import CliRunner, Result

from bot.cli import backup, doctor
from bot.cli.doctor import at_discord
from bot.operations.findings import ALL_WELL
from bot.operations.places import find_network_drive, find_synced_folder
from bot.services.language_model.client import KEY_REFUSED, NOT_THERE, REDIRECTED
from bot.store import Store, open_store
from bot.store.sqlite.copy_facts import LAST_BACKUP
from tests.cli.settings_files import keys_beside, store, write_settings
from tests.databases import prepare
from tests.servers.fake_gateway import GOOD_TOKEN, GUILD, FakeDiscord, fake_discord
from tests.servers.fake_model import Answer, fails, fake_model, says
from tests.store.older_copies import said
from tests.store.samples import NOW
from tests.world import DATA_KEY, new_key

__all__ = ["store"]
NEEDED = discord.Permissions(
    view_channel=True,
    send_messages_in_threads=True,
    send_messages=True,
    create_public_threads=True,
    manage_threads=True,
    read_message_history=True,
    attach_files=True,
).value


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("WARD_DATABASE", "WARD_DATA_KEY", "WARD_PROMPT_KEYS", "DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9")
    return write_settings(tmp_path / "settings", DISCORD_TOKEN=GOOD_TOKEN)


@pytest.fixture
async def fake(monkeypatch: pytest.MonkeyPatch, environment: Path) -> AsyncIterator[FakeDiscord]:
    async with fake_discord(message_content=True, in_guild=True) as served:
        served.permissions = NEEDED
        monkeypatch.setattr(discord.http.Route, "BASE", served.url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(served.url) / "ws/")
        yield served


async def run(environment: Path, *options: str) -> Result:
    arguments = [*options, "--env-file", str(environment)]
    return await asyncio.to_thread(CliRunner().invoke, doctor.command, arguments)


async def levels(environment: Path) -> dict[str, str]:
    told = json.loads((await run(environment, "--json")).output)
    return {finding["check"]: finding["level"] for finding in told["findings"]}


async def set_up(store: Store) -> None:
    await store.settings.join([5])
    await store.settings.change(5, prompts_channel_id=50, facilitators_channel_id=51, facilitator_role_id=5)


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


async def test_a_wrong_token_and_an_intent_that_is_off_are_told(
    store: Store, environment: Path, fake: FakeDiscord
) -> None:
    fake.message_content = False
    off = await run(environment)
    write_settings(environment, DISCORD_TOKEN=f"{GOOD_TOKEN}x")
    wrong = await run(environment)

    assert "look         Message Content intent: It is off" in off.output
    assert wrong.exit_code == 1
    assert "wrong        Token: DISCORD_TOKEN isn’t a token that Discord knows." in wrong.output


async def test_a_gateway_that_a_firewall_closes_is_told(
    store: Store, environment: Path, fake: FakeDiscord, tmp_path: Path
) -> None:
    fake.refused_sockets = 1

    result = await run(environment)

    assert result.exit_code == 1
    assert "its gateway (127.0.0.1) can’t be reached from here, so the bot can’t connect" in result.output
    assert "Let this machine open WebSockets to 127.0.0.1" in result.output
    assert (await levels(environment))["Gateway"] == "ok"


async def test_what_the_bot_lacks_in_a_server_is_told_by_the_names_of_channels(
    store: Store, environment: Path, fake: FakeDiscord
) -> None:
    assert f"Server {GUILD['name']}: It isn’t set up yet." in (await run(environment)).output
    await set_up(store)
    fake.permissions = NEEDED & ~discord.Permissions(manage_threads=True).value

    result = await run(environment)

    assert result.exit_code == 1
    assert f"wrong        Server {GUILD['name']}: In #questions the bot needs Manage Threads." in result.output
    assert "**" not in result.output
    assert "<#" not in result.output


async def test_a_bot_in_no_server_gets_the_invitation(store: Store, environment: Path, fake: FakeDiscord) -> None:
    fake.in_guild = False

    assert "What to do: Open: https://discord.com/oauth2/authorize" in (await run(environment)).output


@pytest.mark.parametrize(("seconds", "level", "side"), [(20, "look", "ahead of"), (-600, "wrong", "behind")])
async def test_a_clock_that_differs_from_discords_is_told(
    store: Store,
    environment: Path,
    fake: FakeDiscord,
    monkeypatch: pytest.MonkeyPatch,
    seconds: int,
    level: str,
    side: str,
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=seconds)

    monkeypatch.setattr(at_discord, "datetime", Clock)
    result = await run(environment)

    assert f"{level:<12} Clock: It is" in result.output
    assert f"{side} Discord's" in result.output


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


async def test_it_says_how_soon_the_language_model_answers(environment: Path, store: Store) -> None:
    async with fake_model() as model:
        for name, value in (("WARD_LLM_URL", model.url), ("WARD_LLM_MODEL", "small"), ("WARD_LLM_KEY", "made-up-key")):
            environment.write_text(f"{environment.read_text()}{name}={value}\n")
        told = await run(environment)
        found = await levels(environment)
        as_json = (await run(environment, "--json")).output

    assert "made-up-key" not in as_json
    assert "ok           Language model: The model answers in 0.0 s." in told.output
    assert found["Language model"] == "ok"
    assert "made-up-key" not in told.output


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (fails(401), KEY_REFUSED),
        (fails(404), NOT_THERE),
        (fails(302, Location="https://example.org/"), REDIRECTED),
        (says("Hello!"), "but not with the JSON that it was asked for"),
    ],
)
async def test_it_says_why_the_language_model_is_of_no_use(
    environment: Path, store: Store, answer: Answer, sentence: str
) -> None:
    async with fake_model(answer) as model:
        environment.write_text(f"{environment.read_text()}WARD_LLM_URL={model.url}\nWARD_LLM_MODEL=small\n")
        told = json.loads((await run(environment, "--json")).output)

    (finding,) = [each for each in told["findings"] if each["check"] == "Language model"]
    assert finding["level"] == "look"
    assert sentence in finding["sentence"]


async def test_without_a_language_model_nothing_is_said_of_one(environment: Path, store: Store) -> None:
    assert "Language model" not in await levels(environment)
