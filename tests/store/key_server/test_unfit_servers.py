"""Each server that could keep a destroyed key is named as such, by the bot at its start and by ``doctor``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import doctor
from bot.cli.doctor.server import KEY_SERVER
from bot.models.database_server import DatabaseServer
from bot.store import StoreError, open_store
from bot.store.postgres import key_settings
from bot.store.postgres.key_connection import KeyConnection, list_faults
from bot.store.postgres.key_server import KeyServer
from bot.store.postgres.key_settings import SLOTS, STANDBY, TOO_OLD, UNFIT, WANTED
from tests.cli.settings_files import write_settings
from tests.servers.key_server import SETTINGS, new_key_place, start_key_server
from tests.servers.postgres import PostgresServer
from tests.store.key_server.conftest import MARK
from tests.store.key_server.test_refusals import NEED_A_LEVEL, WRONG, set_to
from tests.wording import says
from tests.world import DATA_KEY

ADVICE = {wanted.name: wanted.advice for wanted in WANTED}
LEVEL = "wal_level=replica"
CHANGES = {
    **{name: (f"{name}={value}",) for name, value in WRONG.items()},
    "wal_level": (LEVEL,),
    "max_wal_senders": (LEVEL, "max_wal_senders=2"),
    "archive_mode": (LEVEL, "archive_mode=on"),
}


@pytest.fixture
async def settings(
    tmp_path: Path, main: DatabaseServer, place: DatabaseServer, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The settings of a bot that was used with a server of keys."""
    for name in ("WARD_DATABASE", "WARD_DATA_KEY", "WARD_PROMPT_KEYS", "WARD_KEYS", "DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    await (await open_store(main, DATA_KEY, prompt_keys=place)).close()
    places = {"WARD_DATABASE": main.url, "WARD_KEYS": place.url, "WARD_PROMPT_KEYS": str(main.files)}
    return write_settings(tmp_path / "settings", **places, DISCORD_TOKEN="x.y.z")


def look(settings: Path) -> list[dict[str, str]]:
    """What doctor finds about the server of the keys."""
    done = CliRunner().invoke(doctor.command, ["--json", "--env-file", str(settings)])
    return [one for one in json.loads(done.output)["findings"] if one["check"] == KEY_SERVER]


async def test_doctor_names_each_setting_that_is_wrong_and_no_other(
    settings: Path, server: PostgresServer, place: DatabaseServer
) -> None:
    found = {}
    for name, changes in CHANGES.items():
        with set_to(server, *changes):
            found[name] = await asyncio.to_thread(look, settings)

    assert CHANGES.keys() == ADVICE.keys()
    for name, findings in found.items():
        wrong = [one for one in ADVICE if one == name or (one == "wal_level" and name in NEED_A_LEVEL)]
        (finding,) = findings
        assert finding["level"] == "wrong"
        assert says(finding["sentence"], UNFIT, path=str(place), settings=", ".join(ADVICE[one] for one in wrong)), name


async def test_a_replication_slot_is_named_until_it_is_dropped(
    settings: Path, server: PostgresServer, place: DatabaseServer, main: DatabaseServer
) -> None:
    with set_to(server, LEVEL):
        server.execute("SELECT pg_create_physical_replication_slot('copy', true)")
        try:
            found = await asyncio.to_thread(look, settings)
        finally:
            server.execute("SELECT pg_drop_replication_slot('copy')")
        dropped = list_faults(place, main)

    assert [one["level"] for one in found] == ["wrong", "wrong"]  # a slot needs another level of the log, too
    assert says(found[1]["sentence"], SLOTS, path=str(place))
    assert len(dropped) == 1
    assert list_faults(place, main) == []


@pytest.fixture
def standby(tmp_path: Path) -> Iterator[DatabaseServer]:
    """A database on a server that follows another one, and has all that this one had."""
    made = start_key_server((*(one for one in SETTINGS if "wal_level" not in one), LEVEL))
    try:
        with new_key_place(made, tmp_path / "keys" / "ward.db") as place:
            made.stop()
            (made.data / "standby.signal").touch()
            made.start()
            yield place
            (made.data / "standby.signal").unlink()
            made.stop()
            made.start()
    finally:
        made.destroy()


async def test_a_standby_is_refused(standby: DatabaseServer, main: DatabaseServer) -> None:
    keys = KeyServer(KeyConnection(standby), database=MARK)

    for call in (keys.prepare(), keys.find((7,)), keys.make(7), keys.destroy((7,))):
        with pytest.raises(StoreError) as raised:
            await call
        assert says(str(raised.value), STANDBY, path=str(standby))
    with pytest.raises(StoreError, match="is a standby"):
        await open_store(main, DATA_KEY, prompt_keys=standby)
    assert says(str(list_faults(standby, main)[0]), STANDBY, path=str(standby))


async def test_a_server_that_is_too_old_is_refused_before_anything_else_is_asked_of_it(
    settings: Path,
    server: PostgresServer,
    place: DatabaseServer,
    main: DatabaseServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ((version,),) = server.execute("SELECT current_setting('server_version_num')::int")
    monkeypatch.setattr(key_settings, "OLDEST", int(str(version)) + 1)

    with set_to(server, "wal_recycle=on"):
        (finding,) = await asyncio.to_thread(look, settings)
        with pytest.raises(StoreError) as raised:
            await open_store(main, DATA_KEY, prompt_keys=place)

    assert finding["level"] == "wrong"
    for said in (finding["sentence"], str(raised.value)):
        assert says(said, TOO_OLD, path=str(place))
