"""The settings that say where the database and its keys are: in files, or on servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config
from bot.errors import SettingError
from bot.models.database_server import DatabaseServer
from tests.config.test_settings import GIVEN


def test_a_database_in_the_working_folder_has_its_prompt_keys_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"or below it, so a backup would take the keys along\. Move one of the two"):
        Config.from_environ(GIVEN | {"WARD_DATABASE": "ward.db"})
    Config.from_environ(GIVEN | {"WARD_DATABASE": "ward.db", "WARD_PROMPT_KEYS": str(tmp_path / "keys.db")})


def test_no_link_hides_that_the_prompt_keys_lie_below_the_database(tmp_path: Path) -> None:
    for folder in ("data/deep", "keys", "real"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "link").symlink_to("data/deep")
    (tmp_path / "linked.db").symlink_to("data/ward.db")
    (tmp_path / "data" / "real").symlink_to("../real")
    (tmp_path / "data" / "keys.db").symlink_to("../keys/keys.db")
    (tmp_path / "keys" / "in.db").symlink_to("../data/deep/keys.db")
    for keys in ("link/keys.db", "data/real/keys.db", "data/keys.db", "keys/in.db"):
        for database in ("data/ward.db", "linked.db"):
            with pytest.raises(SettingError, match="WARD_PROMPT_KEYS"):
                read_places(tmp_path, database, keys)
    assert read_places(tmp_path, "data/ward.db", "keys/keys.db").prompt_keys == tmp_path / "keys/keys.db"
    assert read_places(tmp_path, "data/ward.db", "data-keys/keys.db").database == tmp_path / "data/ward.db"


def read_places(folder: Path, database: str, keys: str) -> Config:
    return Config.from_environ(
        GIVEN | {"WARD_DATABASE": str(folder / database), "WARD_PROMPT_KEYS": str(folder / keys)}
    )


def test_the_database_can_be_on_a_server_and_its_address_in_a_file(tmp_path: Path) -> None:
    address = "postgresql://ward:Zebra%2Ffinch@db.local:5433/ward?sslmode=verify-full"
    secret = tmp_path / "address"
    secret.write_text(f"{address}\n")

    config = Config.from_environ(
        GIVEN | {"WARD_DATABASE_FILE": str(secret), "WARD_PROMPT_KEYS": str(tmp_path / "keys" / "ward.db")}
    )

    assert config.database == DatabaseServer(address, tmp_path / "keys" / "ward.db")
    assert config.files == tmp_path / "keys" / "ward.db"
    assert str(config.database) == "postgresql://db.local:5433/ward"
    assert "Zebra" not in f"{config!r} {config.database!r} {config.database}"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://",
        "postgresql://ward:Zebrafinch@host",
        "postgres://ward:Zebrafinch@host:port/ward",
        "postgresql://a:Zebra#finch@host/ward",
    ],
)
def test_an_address_that_is_not_whole_is_refused_and_not_quoted(address: str) -> None:
    with pytest.raises(SettingError, match="isn’t the address of a PostgreSQL database") as caught:
        Config.from_environ(GIVEN | {"WARD_DATABASE": address})

    assert "Zebra" not in str(caught.value)


def test_the_address_beside_a_pooler_is_a_secret_of_a_database_on_a_server() -> None:
    server = {"WARD_DATABASE": "postgresql://ward@pooler.local/ward"}
    direct = {"WARD_DATABASE_DIRECT": "postgresql://ward:Zebrafinch@db.local/ward"}

    config = Config.from_environ(GIVEN | server | direct)

    assert isinstance(config.database, DatabaseServer)
    assert config.database.direct == direct["WARD_DATABASE_DIRECT"]
    assert "Zebra" not in repr(config)
    with pytest.raises(SettingError, match="the database is in a file"):
        Config.from_environ(GIVEN | direct)
    with pytest.raises(SettingError, match="WARD_DATABASE_DIRECT isn’t the address"):
        Config.from_environ(GIVEN | server | {"WARD_DATABASE_DIRECT": "db.local:5432"})


ON_A_SERVER = {"WARD_DATABASE": "postgresql://ward:secret@db.example.org/ward"}
KEYS = "postgresql://keys:hush@keys.example.org:5433/ward_keys"


def test_the_server_of_the_keys_is_read_from_its_setting_or_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "address").write_text(f"{KEYS}\n")
    for named in ({"WARD_KEYS": KEYS}, {"WARD_KEYS_FILE": str(tmp_path / "address")}):
        config = Config.from_environ(GIVEN | ON_A_SERVER | named)
        assert config.key_server == config.keys == DatabaseServer(KEYS, config.prompt_keys)
        assert "hush" not in repr(config)
    assert Config.from_environ(GIVEN | ON_A_SERVER).keys == config.prompt_keys


@pytest.mark.parametrize("address", ["keys.db", "postgresql://keys:hush@host", "mysql://keys:hush@host/name"])
def test_an_address_of_keys_that_cannot_be_used_is_named_and_not_shown(address: str) -> None:
    with pytest.raises(SettingError, match="WARD_KEYS isn’t the address of a PostgreSQL database") as raised:
        Config.from_environ(GIVEN | ON_A_SERVER | {"WARD_KEYS": address})
    assert "hush" not in str(raised.value)


def test_a_server_of_keys_is_refused_beside_a_database_in_a_file() -> None:
    with pytest.raises(SettingError, match="WARD_KEYS is for machines that share a PostgreSQL database"):
        Config.from_environ(GIVEN | {"WARD_KEYS": KEYS})
