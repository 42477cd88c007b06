"""The commands beside a database on a server: what works there works, and what can't says what to use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import backup, doctor, governance, person, restore, rotate_key, tidy, verify
from bot.errors import UserError
from bot.models.database_server import DatabaseServer
from bot.store import open_store
from tests.cli.settings_files import write_settings
from tests.servers.postgres import PostgresServer
from tests.store.samples import GUILD, arrival, open_prompt
from tests.world import DATA_KEY, new_key

STAFF = 123_456_789_012_345_678


@pytest.fixture
def address(server: PostgresServer, place: DatabaseServer) -> str:
    """The address of the database with a password in it."""
    return server.url_over_tcp(place.name)


@pytest.fixture
async def settings(tmp_path: Path, place: DatabaseServer, address: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a database on the server, which holds two replies of one person."""
    for name in ("WARD_DATABASE", "WARD_DATA_KEY", "WARD_PROMPT_KEYS", "DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    secret = tmp_path / "address"
    secret.touch(mode=0o600)
    secret.write_text(address)
    store = await open_store(place, DATA_KEY, prompt_keys=place.files)
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number, author=STAFF) for number in (1, 2)])
    await store.close()
    file = tmp_path / "settings"
    write_settings(
        file, WARD_DATABASE="", WARD_DATABASE_FILE=str(secret), WARD_PROMPT_KEYS=str(place.files), DISCORD_TOKEN="x.y.z"
    )
    return file


def run(command: object, settings: Path, *arguments: str) -> Result:
    """Run a command of the program with these settings."""
    return CliRunner().invoke(command, [*arguments, "--env-file", str(settings)])  # type: ignore[arg-type]


def test_doctor_shows_the_settings_that_decide_how_long_erased_rows_can_be_read(
    settings: Path, server: PostgresServer
) -> None:
    found = run(doctor.command, settings, "--json")

    findings = {one["check"]: one for one in json.loads(found.output)["findings"]}
    assert findings["Data key"]["level"] == "ok"
    assert "revision" in findings["Database"]["sentence"]
    traces = findings["Erased rows"]
    assert traces["level"] == "look"  # the tests' server has autovacuum off
    for shown in ("autovacuum off", "max_wal_size", "wal_keep_size", "archive_mode off", "replication slots 0"):
        assert shown in traces["sentence"]
    assert "Switch autovacuum on" in traces["what_to_do"]
    assert findings["Power cuts"]["level"] == "look"
    assert "pg_dump" in findings["Backup"]["what_to_do"]
    assert findings["Journal of erasures"]["level"] == "ok"
    assert "No process runs the bot" in findings["Shards"]["sentence"]
    assert "horse" not in found.output


@pytest.mark.parametrize(("command", "arguments"), [(backup.command, ["copy.db"]), (restore.command, ["copy.db"])])
def test_copies_of_files_point_to_pg_dump(
    settings: Path, tmp_path: Path, command: object, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    found = run(command, settings, *arguments)

    assert isinstance(found.exception, UserError)
    assert "pg_dump" in str(found.exception)
    assert "horse" not in str(found.exception)
    assert not (tmp_path / "copy.db").exists()


def test_what_is_stored_about_a_person_can_be_given_and_erased(settings: Path, tmp_path: Path) -> None:
    given = run(person.command, settings, "export", str(STAFF), "--to", str(tmp_path / "given"))
    assert given.exit_code == 0, given.output
    assert "We need more time." in _read_exported(tmp_path / "given")

    erased = run(person.command, settings, "erase", str(STAFF), "--yes")
    assert erased.exit_code == 0, erased.output
    run(person.command, settings, "export", str(STAFF), "--to", str(tmp_path / "again"))
    assert "We need more time." not in _read_exported(tmp_path / "again")


def _read_exported(folder: Path) -> str:
    return "".join(file.read_text() for file in folder.rglob("*.json"))


def test_verify_tidy_and_the_change_of_the_key_work_as_on_a_file(settings: Path, tmp_path: Path) -> None:
    assert run(verify.command, settings).exit_code == 0
    assert run(tidy.command, settings).exit_code == 0
    both = tmp_path / "both"
    lines = [line for line in settings.read_text().splitlines() if not line.startswith("WARD_DATA_KEY=")]
    fresh = write_settings(tmp_path / "key", new_key(), DATA_KEY).read_text().splitlines()
    both.touch(mode=0o600)
    both.write_text("\n".join([*lines, *(line for line in fresh if line.startswith("WARD_DATA_KEY="))]))

    rotated = run(rotate_key.command, both)

    assert rotated.exit_code == 0, rotated.output
    assert "encrypted again" in rotated.output
    assert run(verify.command, both).exit_code == 0


def test_the_documents_say_what_is_true_on_a_server_and_show_no_password(settings: Path, tmp_path: Path) -> None:
    found = run(governance.command, settings, "--to", str(tmp_path / "documents"), "--server", str(GUILD))

    assert found.exit_code == 0, found.output
    texts = {file.name: file.read_text() for file in (tmp_path / "documents").glob("*.md")}
    stored = " ".join(texts["3-what-is-stored.md"].split())
    assert "stays in the server’s files for a while" in stored
    assert "An update makes a copy" not in stored
    assert "two promises reach less far" in " ".join(texts["7-promises.md"].split())
    assert "The database on the same machine" not in texts["4-data-flows.md"]
    assert "PostgreSQL server" in texts["4-data-flows.md"]
    assert not any("horse" in text for text in texts.values())
    assert "postgresql://127.0.0.1" in texts["8-settings.md"]
