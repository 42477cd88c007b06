"""Settings are read from the environment, or refused by name, and no secret is ever shown."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import SETTINGS, Config, read_environ, read_service_manager
from bot.errors import SettingError
from bot.models.model_endpoint import ModelEndpoint
from bot.models.shards import Shards

TOKEN = "made-up.token-for.tests"
KEY = bytes(range(32))
KEY_TEXT = base64.b64encode(KEY).decode()
GIVEN = {"DISCORD_TOKEN": TOKEN, "WARD_DATA_KEY": KEY_TEXT}
EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_two_required_settings_are_enough() -> None:
    config = Config.from_environ({**GIVEN, "PATH": "/bin"})
    assert config == Config(
        TOKEN, (KEY,), Path("data/ward-to-board.db"), Path("prompt-keys/ward-to-board.db"), "INFO", 1024, 60
    )


def test_every_setting_can_be_changed() -> None:
    changed = {
        "WARD_DATABASE": "db/other.db",
        "WARD_PROMPT_KEYS": "keys/other.db",
        "WARD_LOG_LEVEL": "debug",
        "WARD_WORKER_MEMORY_MB": "512",
        "WARD_WORKER_SECONDS": "30",
        "WARD_MODEL": str(EXAMPLE.parent),
        "WARD_SHARDS": "4",
        "WARD_SHARDS_HELD": "All",
        "WARD_ERASURES": "keys/other.erasures",
        "WARD_BACKUP_DAYS": "14",
        "WARD_LOG_FORMAT": "JSON",
        "WARD_METRICS_PORT": "9464",
        "WARD_LLM_URL": "https://Models.example.org:8443/v1",
        "WARD_LLM_MODEL": "large",
        "WARD_LLM_KEY": "made-up",
        "WARD_LLM_HOST_APPROVED": "models.example.org",
        "WARD_LLM_RUN_BY": "Riverside Trust",
        "WARD_LLM_WORDS_A_DAY": "2000",
        "WARD_LLM_SECONDS": "20",
        "WARD_LLM_CALLS": "2",
    }
    files = Path("db/other.db"), Path("keys/other.db")
    endpoint = ModelEndpoint(
        "https://Models.example.org:8443/v1",
        "large",
        "made-up",
        "models.example.org",
        "Riverside Trust",
        words_a_day=2_000,
        seconds=20,
        calls_at_once=2,
    )
    erasures, shards = Path("keys/other.erasures"), Shards(4, frozenset(range(4)))
    other = Config(
        *(TOKEN, (KEY,), *files, "DEBUG", 512, 30, EXAMPLE.parent, erasures, 14, "json", 9464, endpoint), shards=shards
    )
    assert Config.from_environ(GIVEN | changed) == other


@pytest.mark.parametrize(("text", "held"), [("0", {0}), ("1, 3", {1, 3}), ("0-2", {0, 1, 2}), ("0,2-3", {0, 2, 3})])
def test_shards_are_named_by_numbers_and_ranges(text: str, held: set[int]) -> None:
    server = {"WARD_DATABASE": "postgresql://ward@db.example.org/ward", "WARD_SHARDS": "4"}

    assert Config.from_environ({**GIVEN, **server, "WARD_SHARDS_HELD": text}).shards == Shards(4, frozenset(held))


@pytest.mark.parametrize("text", ["4", "0-4", "3-1", "0,3-1", "-1", "first", "0,,1", "0;1"])
def test_a_shard_that_there_is_not_is_refused(text: str) -> None:
    server = {"WARD_DATABASE": "postgresql://ward@db.example.org/ward", "WARD_SHARDS": "4"}

    with pytest.raises(SettingError, match="WARD_SHARDS_HELD"):
        Config.from_environ({**GIVEN, **server, "WARD_SHARDS_HELD": text})


def test_a_database_in_a_file_is_run_whole() -> None:
    with pytest.raises(SettingError, match="only one process can use"):
        Config.from_environ({**GIVEN, "WARD_SHARDS": "4", "WARD_SHARDS_HELD": "0-2"})


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if setting.default is None])
def test_a_missing_setting_is_named_unless_it_can_be_done_without(name: str) -> None:
    for environ in (GIVEN | {name: "  "}, {key: value for key, value in GIVEN.items() if key != name}):
        with pytest.raises(SettingError, match=f"{name} isn’t set. Run python -m bot init"):
            Config.from_environ(environ)
        Config.from_environ(environ, without={name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_TOKEN", "Bot abc.def.ghi"),
        ("DISCORD_TOKEN", '"abc'),
        ("WARD_DATA_KEY", "not base64!"),
        ("WARD_DATA_KEY", "c2hvcnQ="),
        ("WARD_DATA_KEY", "é"),
        ("WARD_PROMPT_KEYS", "data/keys.db"),
        ("WARD_ERASURES", "data/journal"),
        ("WARD_BACKUP_DAYS", "0"),
        ("WARD_PROMPT_KEYS", "data/prompt-keys/deep/er/keys.db"),
        ("WARD_PROMPT_KEYS", "keys/../data/keys/keys.db"),
        ("WARD_PROMPT_KEYS", "data/sub/../keys.db"),
        ("WARD_PROMPT_KEYS", "~nobody-of-this-name/keys.db"),
        ("WARD_PROMPT_KEYS", "keys/\0.db"),
        ("WARD_DATABASE", "\0"),
        ("WARD_DATABASE", "~\0"),
        ("WARD_DATABASE", "\udc00\ud800.db"),
        ("WARD_DATABASE", "~nobody-of-this-name/data.db"),
        ("WARD_LOG_LEVEL", "loud"),
        ("WARD_LOG_FORMAT", "xml"),
        ("WARD_METRICS_PORT", "80"),
        ("WARD_METRICS_PORT", "65536"),
        ("DISCORD_TOKEN_FILE", "no/such/file"),
        ("DISCORD_TOKEN_FILE", "~nobody-of-this-name/token"),
        ("WARD_DATA_KEY_FILE", "/"),
        ("WARD_DATA_KEY_FILE", "\0"),
        ("WARD_WORKER_MEMORY_MB", "a lot"),
        ("WARD_WORKER_MEMORY_MB", "1"),
        ("WARD_WORKER_MEMORY_MB", "9" * 5000),
        ("WARD_WORKER_SECONDS", "-5"),
        ("WARD_WORKER_SECONDS", "1.5"),
        ("WARD_WORKER_SECONDS", "²"),
        ("WARD_MODEL", "no/such/folder"),
        ("WARD_MODEL", "~nobody-of-this-name/model"),
        ("WARD_MODEL", "~\0"),
        ("WARD_MODEL", "x" * 5000),
        ("WARD_MODEL", __file__),
    ],
)
def test_a_malformed_setting_is_named_and_its_value_is_not_repeated(name: str, value: str) -> None:
    given = {key: text for key, text in GIVEN.items() if f"{key}_FILE" != name}
    with pytest.raises(SettingError) as caught:
        Config.from_environ(given | {name: value})
    assert str(caught.value).startswith(f"{name} ")
    assert len(str(caught.value)) < 300


def test_the_secrets_can_be_read_from_files(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"\ufeff{TOKEN}\n")
    (tmp_path / "key").write_text(f"{KEY_TEXT}\n{KEY_TEXT}\n")
    files = {"DISCORD_TOKEN_FILE": str(tmp_path / "token"), "WARD_DATA_KEY_FILE": str(tmp_path / "key")}

    config = Config.from_environ(files)

    assert (config.token, config.data_keys) == (TOKEN, (KEY, KEY))


def test_a_secret_is_not_given_twice_and_its_file_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("\n")
    file = {"DISCORD_TOKEN_FILE": str(tmp_path / "token")}
    with pytest.raises(SettingError, match="DISCORD_TOKEN_FILE is set, and so is DISCORD_TOKEN"):
        Config.from_environ(GIVEN | file)
    with pytest.raises(SettingError, match="DISCORD_TOKEN_FILE names an empty file"):
        Config.from_environ({"WARD_DATA_KEY": KEY_TEXT} | file)


def test_a_command_that_needs_no_token_does_not_read_its_file() -> None:
    given = {"WARD_DATA_KEY": KEY_TEXT, "DISCORD_TOKEN_FILE": "no/such/file"}
    assert Config.from_environ(given, without={"DISCORD_TOKEN"}).token == ""


def test_what_systemd_asks_for_is_read_and_what_is_meant_for_another_process_is_not() -> None:
    asked = {"NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "120000000"}
    assert read_service_manager(asked) == ("/run/notify", 120.0)
    assert read_service_manager(asked | {"WATCHDOG_PID": "1"}) == ("/run/notify", None)
    assert read_service_manager({"WATCHDOG_USEC": "soon"}) == ("", None)


@pytest.mark.parametrize("between", [",", " ", ", ", "\n", ",\n", " ,, "])
def test_several_data_keys_are_read_in_their_order(between: str) -> None:
    keys = tuple(bytes([n] * 32) for n in (3, 1, 2))
    text = between.join(base64.b64encode(key).decode() for key in keys)
    assert Config.from_environ(GIVEN | {"WARD_DATA_KEY": f"{text}{between}"}).data_keys == keys


@pytest.mark.parametrize("malformed", ["c2hvcnQ=", "not-base64!", KEY_TEXT[:-1], "é"])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_malformed_key_among_several_is_named_by_its_place_and_none_is_repeated(malformed: str, place: int) -> None:
    keys = [KEY_TEXT, KEY_TEXT]
    keys.insert(place - 1, malformed)
    with pytest.raises(SettingError, match=f"WARD_DATA_KEY holds 3 keys, and number {place} isn’t 32 bytes") as caught:
        Config.from_environ(GIVEN | {"WARD_DATA_KEY": ", ".join(keys)})
    assert malformed not in str(caught.value)
    assert KEY_TEXT not in str(caught.value)


@pytest.mark.parametrize("nothing", [",", " , ,"])
def test_commas_without_a_key_are_no_key(nothing: str) -> None:
    with pytest.raises(SettingError, match="WARD_DATA_KEY isn’t 32 bytes"):
        Config.from_environ(GIVEN | {"WARD_DATA_KEY": nothing})


def test_an_unknown_setting_is_refused_with_a_suggestion() -> None:
    with pytest.raises(SettingError, match=r"WARD_DATABSE isn’t a setting of this bot\. Did you mean WARD_DATABASE\?"):
        Config.from_environ({**GIVEN, "WARD_DATABSE": "x.db"})
    with pytest.raises(SettingError, match=r"WARD_ZZZZZZ isn’t a setting of this bot\. Remove it"):
        Config.from_environ({**GIVEN, "WARD_ZZZZZZ": "x"})


def test_the_token_and_the_key_are_never_shown() -> None:
    shown = repr(Config.from_environ(GIVEN)) + str(Config.from_environ(GIVEN))
    assert TOKEN not in shown
    assert KEY_TEXT not in shown
    assert repr(KEY) not in shown


@given(st.dictionaries(st.sampled_from([setting.name for setting in SETTINGS]), st.text(max_size=50)))
def test_any_environment_is_read_or_refused_by_name(environ: dict[str, str]) -> None:
    try:
        Config.from_environ(GIVEN | environ)
    except SettingError as error:
        assert str(error).split()[0] in {*environ, "WARD_PROMPT_KEYS"}  # noqa: PT017 - a text that happens to fit is as good


def test_the_environment_of_the_process_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_text("\ufeffWARD_LOG_LEVEL=ERROR\nWARD_DATABASE='a $HOME.db' # comment\nDISCORD_TOKEN\n")
    monkeypatch.setenv("WARD_LOG_LEVEL", "DEBUG")
    monkeypatch.delenv("WARD_DATABASE", raising=False)
    environ = read_environ(file)
    assert environ["WARD_LOG_LEVEL"] == "DEBUG"
    assert environ["WARD_DATABASE"] == "a $HOME.db"


def test_a_missing_file_is_no_error_and_one_that_is_no_text_is(tmp_path: Path) -> None:
    assert "PATH" in read_environ(tmp_path / ".env")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "binary", tmp_path):
        with pytest.raises(SettingError, match="can’t be read"):
            read_environ(path)


def test_the_example_file_documents_every_setting_in_the_same_words() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    written = re.findall(r"((?:^# .*\n)+?)^(?:# )?([A-Z_]+)=(.*)$", text, re.MULTILINE)
    told = [(name, default, " ".join(words.replace("# ", " ").split())) for words, name, default in written]
    assert told == [(setting.name, setting.default or "", setting.meaning) for setting in SETTINGS]
