"""The settings of one bot, read from the environment once; no other module looks at the environment."""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.errors import SettingError
from bot.models.database_server import DatabaseServer, Place, files_of, is_server_url, is_whole_url
from bot.models.model_endpoint import CALLS_AT_ONCE, SECONDS, WORDS_A_DAY, ModelEndpoint
from bot.models.shards import EVERY_SHARD, Shards

KEY_BYTES = 32
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("text", "json")
NEED_URL = ("WARD_LLM_MODEL", "WARD_LLM_KEY", "WARD_LLM_HOST_APPROVED", "WARD_LLM_RUN_BY")
_URL = re.compile(r"(?i)https?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?(/[\w.~%/-]*)?(\?[\w.~%=&-]*)?", re.ASCII)
_SHARD_LIST = re.compile(r"\d{1,4}(-\d{1,4})?( *, *\d{1,4}(-\d{1,4})?)*", re.ASCII)
MOST_SHARDS = 1_000
LONGEST_SECRET = 65_536
"""More bytes than any file with a token or keys in it has."""


class Setting(NamedTuple):
    """A setting from the environment. ``default`` is None if it is required, and empty if it is optional."""

    name: str
    default: str | None
    meaning: str


SETTINGS = (
    Setting(
        "DISCORD_TOKEN", None, "The bot’s token, from the Bot page of the Discord developer portal. Keep it secret."
    ),
    Setting(
        "DISCORD_TOKEN_FILE",
        "",
        "A file with the token, in place of DISCORD_TOKEN: for systemd's credentials and Docker's secrets.",
    ),
    Setting(
        "WARD_DATA_KEY",
        None,
        "The key that encrypts replies: 32 bytes in base64. You can give several keys, with commas between them: the "
        "first encrypts what is new, and all of them open what is stored. Keep a copy in another place than the "
        "database. Without the key, nobody can read the replies again.",
    ),
    Setting("WARD_DATA_KEY_FILE", "", "A file with the data key, in place of WARD_DATA_KEY."),
    Setting(
        "WARD_DATABASE",
        "data/ward-to-board.db",
        "The file of the database, or the address of a PostgreSQL database: postgresql://user:password@host/name.",
    ),
    Setting(
        "WARD_DATABASE_FILE",
        "",
        "A file with the address of the PostgreSQL database, in place of WARD_DATABASE, since it holds a password.",
    ),
    Setting(
        "WARD_DATABASE_DIRECT",
        "",
        "The server's own address, if WARD_DATABASE leads to a connection pooler such as PgBouncer.",
    ),
    Setting("WARD_DATABASE_DIRECT_FILE", "", "A file with that address, in place of WARD_DATABASE_DIRECT."),
    Setting(
        "WARD_SHARDS",
        "1",
        "How many shards Discord parts the bot’s servers into (1 to 1000). Up to 2,000 servers need one. The same "
        "number for every process.",
    ),
    Setting(
        "WARD_SHARDS_HELD",
        "all",
        "The shards that this process runs, such as 0,1 or 0-7. It runs others only while no other process does. With "
        "a database in a file, one process runs all.",
    ),
    Setting(
        "WARD_PROMPT_KEYS",
        "prompt-keys/ward-to-board.db",
        "The file of the keys that hide who sends private replies. It can't be in the database's folder or below it. "
        "Never back it up.",
    ),
    Setting(
        "WARD_KEYS",
        "",
        "For two machines that share a PostgreSQL database: the address of a small PostgreSQL server of its own for "
        "these keys and the journal of erasures, in place of files. Never back it up.",
    ),
    Setting(
        "WARD_KEYS_FILE",
        "",
        "A file with the address of the server of the keys, in place of WARD_KEYS, since it holds a password.",
    ),
    Setting(
        "WARD_ERASURES",
        "",
        "The file of the journal of erasures, which keeps an old copy of the database from bringing erased people "
        "back. It can't be in the database's folder or below it. If you leave this out, the file is next to "
        "WARD_PROMPT_KEYS.",
    ),
    Setting(
        "WARD_BACKUP_DAYS",
        "30",
        "How many days you keep backups (1 to 3650). The journal of erasures goes back as far.",
    ),
    Setting("WARD_LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING, ERROR or CRITICAL."),
    Setting(
        "WARD_LOG_FORMAT", "text", "How the log is written: text for people, or json with one object on each line."
    ),
    Setting(
        "WARD_METRICS_PORT",
        "",
        "The port on this machine, from 1024 to 65535, at which Prometheus can read how the bot is doing. Left out, it "
        "can't.",
    ),
    Setting(
        "WARD_WORKER_MEMORY_MB",
        "1024",
        "The most memory that one job can use, in megabytes (256 to 65536).",
    ),
    Setting("WARD_WORKER_SECONDS", "60", "The longest that one job can take, in seconds (5 to 3600)."),
    Setting(
        "WARD_MODEL",
        "",
        "The folder of a sentence-transformers model, for summaries that compare meanings as well as words. "
        "Without it, they compare words.",
    ),
    Setting(
        "WARD_LLM_URL",
        "",
        "The address of a language model that sorts replies: any endpoint of the OpenAI kind, such as "
        "http://127.0.0.1:8080/v1. Without it, none is used. With it, each server still has to switch it on.",
    ),
    Setting("WARD_LLM_MODEL", "", "The model’s name at that address."),
    Setting("WARD_LLM_KEY", "", "The key for that address, if it asks for one. Keep it secret."),
    Setting("WARD_LLM_KEY_FILE", "", "A file with that key, in place of WARD_LLM_KEY."),
    Setting(
        "WARD_LLM_HOST_APPROVED",
        "",
        "The host in WARD_LLM_URL, once more, if replies may leave your own network for it. This machine and private "
        "networks don't need it.",
    ),
    Setting(
        "WARD_LLM_RUN_BY",
        "",
        "Who runs the model, as people read it on cards. If you leave this out, it is the data controller in /setup.",
    ),
    Setting(
        "WARD_LLM_WORDS_A_DAY",
        str(WORDS_A_DAY),
        "The most words that go to the language model in one day (1000 to 100000000).",
    ),
    Setting(
        "WARD_LLM_SECONDS", str(SECONDS), "The longest that one answer of the language model can take (5 to 3600)."
    ),
    Setting(
        "WARD_LLM_CALLS", str(CALLS_AT_ONCE), "How many questions the language model gets at the same time (1 to 16)."
    ),
)


SECRETS = ("DISCORD_TOKEN", "WARD_DATA_KEY", "WARD_DATABASE", "WARD_DATABASE_DIRECT", "WARD_KEYS", "WARD_LLM_KEY")
"""The settings that may also be given as a file, which a setting that ends in _FILE names."""


class ServiceManager(NamedTuple):
    """What systemd tells a service of type notify: where it listens, and how soon it wants a sign of life."""

    socket: str = ""
    watchdog_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting, checked. ``token`` and ``data_keys`` are never shown; they are empty if they are not needed.

    The first of ``data_keys`` writes, all of them open.
    """

    token: str = field(repr=False)
    data_keys: tuple[bytes, ...] = field(repr=False)
    database: Place
    prompt_keys: Path
    log_level: str
    worker_memory_mb: int
    worker_seconds: int
    model: Path | None = None
    erasures: Path | None = None
    backup_days: int = 30
    log_format: str = "text"
    metrics_port: int | None = None
    language_model: ModelEndpoint | None = None
    key_server: DatabaseServer | None = None
    shards: Shards = EVERY_SHARD
    secret_files: tuple[Path, ...] = ()
    """The files that the token, the keys and the database's address were read from, if they were."""

    @property
    def files(self) -> Path:
        """Return the path beside which this machine's own files of the database lie: its lock, and the bot's socket."""
        return files_of(self.database)

    @property
    def keys(self) -> Place:
        """Return where the keys of prompts and the journal of erasures are: in files, or on a server."""
        return self.key_server or self.prompt_keys

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], *, without: Collection[str] = ()) -> Config:
        """Read and check every setting; ``without`` names required ones that may be missing.

        Raises SettingError, which names the setting and says what to do.
        """
        _refuse_unknown(environ)
        environ, secret_files = _read_secrets(environ, without)
        values = {setting.name: _value(setting, environ, without) for setting in SETTINGS}
        return cls(
            token=_check_token(values["DISCORD_TOKEN"]) if values["DISCORD_TOKEN"] else "",
            data_keys=_data_keys(values["WARD_DATA_KEY"]) if values["WARD_DATA_KEY"] else (),
            database=_database(values),
            prompt_keys=_apart("WARD_PROMPT_KEYS", "the keys", "prompt-keys/ward-to-board.db", values),
            erasures=_apart("WARD_ERASURES", "the journal", "prompt-keys/ward-to-board.erasures", values)
            if values["WARD_ERASURES"]
            else None,
            backup_days=_number("WARD_BACKUP_DAYS", values, range(1, 3651)),
            log_level=_one_of("WARD_LOG_LEVEL", values["WARD_LOG_LEVEL"].upper(), LOG_LEVELS),
            log_format=_one_of("WARD_LOG_FORMAT", values["WARD_LOG_FORMAT"].lower(), LOG_FORMATS),
            metrics_port=_number("WARD_METRICS_PORT", values, range(1024, 65536))
            if values["WARD_METRICS_PORT"]
            else None,
            key_server=_key_server(values, without),
            secret_files=secret_files,
            shards=_shards(values),
            worker_memory_mb=_number("WARD_WORKER_MEMORY_MB", values, range(256, 65537)),
            worker_seconds=_number("WARD_WORKER_SECONDS", values, range(5, 3601)),
            model=_folder("WARD_MODEL", values["WARD_MODEL"]),
            language_model=_endpoint(values),
        )


def read_environ(path: Path) -> dict[str, str]:
    """Return the settings of a .env file, if there is one, and over them those of the process. Raises SettingError."""
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        raise SettingError(f"The file {path} can’t be read. Check its rights, and that it is plain text.") from None
    # No interpolation: a dollar sign in a value is a dollar sign.
    values = dotenv_values(stream=io.StringIO(text), interpolate=False)
    return {name: value for name, value in values.items() if value is not None} | dict(os.environ)


def read_service_manager(environ: Mapping[str, str] = os.environ) -> ServiceManager:
    """Return what systemd tells this process; empty where it did not start it, or asks for nothing."""
    try:
        seconds = int(environ.get("WATCHDOG_USEC", "")) / 1_000_000
    except ValueError:
        seconds = 0
    is_ours = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return ServiceManager(environ.get("NOTIFY_SOCKET", ""), seconds if seconds > 0 and is_ours else None)


def _read_secrets(environ: Mapping[str, str], without: Collection[str]) -> tuple[dict[str, str], tuple[Path, ...]]:
    """Put the content of each file of a secret in the place of its setting. Returns all settings, and the files.

    Raises SettingError where a file cannot be read, or the secret is given in both ways.
    """
    read, files = dict(environ), []
    for name in SECRETS:
        path = environ.get(f"{name}_FILE", "").strip()
        if not path or name in without:
            continue
        if environ.get(name, "").strip():
            raise SettingError(f"{name}_FILE is set, and so is {name}. Keep one of the two.")
        files.append(_file(f"{name}_FILE", {f"{name}_FILE": path}))
        read[name] = _read_secret(f"{name}_FILE", files[-1])
    return read, tuple(files)


def _read_secret(name: str, path: Path) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_SECRET).decode("utf-8-sig").strip()
    except (OSError, ValueError):
        raise SettingError(
            f"{name} doesn’t name a text file that can be read. Check its path and its rights."
        ) from None
    if not text:
        raise SettingError(f"{name} names an empty file. Write the secret into it.")
    return text


def _endpoint(values: Mapping[str, str]) -> ModelEndpoint | None:
    """Return where the language model answers; None where no address is set. Raises SettingError."""
    url = values["WARD_LLM_URL"]
    given = [name for name in NEED_URL if values[name]]
    if not url:
        if given:
            raise SettingError(f"{given[0]} is set, but WARD_LLM_URL isn’t. Set it too, or leave out {given[0]}.")
        return None
    if not _URL.fullmatch(url) or not _is_address(url):
        raise SettingError(
            "WARD_LLM_URL isn’t the address of a language model. Write it like http://127.0.0.1:8080/v1, and leave "
            "names and keys out of it."
        )
    if not values["WARD_LLM_MODEL"]:
        raise SettingError("WARD_LLM_MODEL isn’t set. Set it to the model’s name at WARD_LLM_URL.")
    key, approved = values["WARD_LLM_KEY"], values["WARD_LLM_HOST_APPROVED"].casefold()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingError("WARD_LLM_KEY can’t be a key: it has spaces, or signs that no key has. Copy it again.")
    endpoint = ModelEndpoint(
        url,
        values["WARD_LLM_MODEL"],
        key,
        approved_host=approved,
        run_by=values["WARD_LLM_RUN_BY"],
        words_a_day=_number("WARD_LLM_WORDS_A_DAY", values, range(1_000, 100_000_001)),
        seconds=_number("WARD_LLM_SECONDS", values, range(5, 3601)),
        calls_at_once=_number("WARD_LLM_CALLS", values, range(1, 17)),
    )
    if approved and not endpoint.is_outside:
        raise SettingError(
            f"WARD_LLM_HOST_APPROVED isn’t the host in WARD_LLM_URL. If words may go there, set it to {endpoint.host}, "
            "without https:// and without a port. If not, leave it out."
        )
    return endpoint


def _is_address(url: str) -> bool:
    """Tell whether an address has a host and, if any, a port that there can be."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _check_token(token: str) -> str:
    """Return the token without spaces around it.

    Raises SettingError if it cannot be one; only Discord knows if it is.
    """
    trimmed = token.strip()
    if not trimmed or not trimmed.isascii() or not trimmed.isprintable() or set(trimmed) & set(" '\"#$"):
        raise SettingError("DISCORD_TOKEN isn’t a bot token. Copy it again from the Bot page of the developer portal.")
    return trimmed


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = [setting.name for setting in SETTINGS]
    for name in sorted(environ):
        if name.startswith("WARD_") and name not in known:
            close = get_close_matches(name, known, n=1)
            advice = f"Did you mean {close[0]}?" if close else "Remove it; .env.example lists every setting."
            raise SettingError(f"{name} isn’t a setting of this bot. {advice}")


def _value(setting: Setting, environ: Mapping[str, str], without: Collection[str]) -> str:
    value = environ.get(setting.name, "").strip()
    if not value and setting.default is None and setting.name not in without:
        raise SettingError(
            f"{setting.name} isn’t set. Run python -m bot init, or set it in the file .env, or the one that "
            "--env-file names."
        )
    return value or setting.default or ""


def _data_keys(text: str) -> tuple[bytes, ...]:
    keys = tuple(_data_key(part) for part in re.split(r"[\s,]+", text) if part)
    for place, key in enumerate(keys, start=1):
        if key is None and len(keys) > 1:
            raise SettingError(
                f"WARD_DATA_KEY holds {len(keys)} keys, and number {place} isn’t {KEY_BYTES} bytes in base64. "
                "Copy it whole from where you keep it."
            )
    known = tuple(key for key in keys if key is not None)
    if not known:
        raise SettingError(
            f"WARD_DATA_KEY isn’t {KEY_BYTES} bytes in base64. Copy it whole from where you keep it; "
            "for a new bot, python -m bot init makes one."
        )
    return known


def _data_key(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _file(name: str, values: Mapping[str, str]) -> Path:
    try:
        path = Path(values[name]).expanduser()
        path.resolve()
    except (RuntimeError, ValueError):  # the home of nobody, links in a circle, or what no path can hold
        raise SettingError(f"{name} doesn’t name a file. Write out the whole path of one.") from None
    return path


def _database(values: Mapping[str, str]) -> Place:
    """Return where the database is. What belongs to one on a server lies beside the keys here.

    Raises SettingError, which does not quote the address, since that may hold a password.
    """
    address, direct = values["WARD_DATABASE"], values["WARD_DATABASE_DIRECT"]
    if not is_server_url(address):
        if direct:
            raise SettingError(
                "WARD_DATABASE_DIRECT is set, but the database is in a file. Leave it out, or set WARD_DATABASE to an "
                "address."
            )
        return _file("WARD_DATABASE", values)
    for name in ("WARD_DATABASE", "WARD_DATABASE_DIRECT"):
        if values[name] and not (is_server_url(values[name]) and is_whole_url(values[name])):
            raise SettingError(
                f"{name} isn’t the address of a PostgreSQL database. Write it as "
                "postgresql://user:password@host:5432/name, and signs such as @ or / in the password as %40 or %2F."
            )
    return DatabaseServer(address, _file("WARD_PROMPT_KEYS", values), direct)


def _shards(values: Mapping[str, str]) -> Shards:
    """Return the shards that this process is to run, of how many. Raises SettingError."""
    count, text = _number("WARD_SHARDS", values, range(1, MOST_SHARDS + 1)), values["WARD_SHARDS_HELD"].casefold()
    if text == "all":
        return Shards(count, frozenset(range(count)))
    if not _SHARD_LIST.fullmatch(text):
        raise SettingError("WARD_SHARDS_HELD has to be all, or numbers of shards such as 0,1 or 0-7. Change it.")
    held: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        held |= set(range(int(first), int(last or first) + 1))
    if not held or max(held) >= count:
        raise SettingError(
            f"WARD_SHARDS_HELD names a shard that there isn’t. With WARD_SHARDS={count}, they are numbered from 0 to "
            f"{count - 1}."
        )
    if len(held) < count and not is_server_url(values["WARD_DATABASE"]):
        raise SettingError(
            "WARD_SHARDS_HELD leaves shards out, but the database is in a file, which only one process can use. Leave "
            "WARD_SHARDS_HELD out, or use a PostgreSQL database."
        )
    return Shards(count, frozenset(held))


def _key_server(values: Mapping[str, str], without: Collection[str]) -> DatabaseServer | None:
    """Return the server of the keys, if there is one. Raises SettingError, which does not quote the address."""
    address = values["WARD_KEYS"]
    if not address:
        return None
    if not is_server_url(address) or not is_whole_url(address):
        raise SettingError(
            "WARD_KEYS isn’t the address of a PostgreSQL database. Write it as "
            "postgresql://user:password@host:5432/name. For keys in a file, set WARD_PROMPT_KEYS and leave it out."
        )
    if not is_server_url(values["WARD_DATABASE"]) and "WARD_DATABASE" not in without:
        raise SettingError(
            "WARD_KEYS is for machines that share a PostgreSQL database, and WARD_DATABASE is a file. Leave WARD_KEYS "
            "out, or set WARD_DATABASE to a PostgreSQL database."
        )
    return DatabaseServer(address, _file("WARD_PROMPT_KEYS", values))


def _apart(name: str, what: str, example: str, values: Mapping[str, str]) -> Path:
    """Return the path of a file that must be in another place than the database.

    Raises SettingError if a backup of the database's folder and everything in it would include the file. If the
    path is a link, both the link's place and its target's count.
    """
    path = _file(name, values)
    if is_server_url(values["WARD_DATABASE"]):  # whose backups hold no file of this machine
        return path
    database = _file("WARD_DATABASE", values)
    folders = {place.parent for place in _places(database)}
    if any(folder in place.parents for place in _places(path) for folder in folders):
        raise SettingError(
            f"{name} lies in the folder of the database, or below it, so a backup would take {what} along. "
            "Move one of the two, with the bot stopped: for example WARD_DATABASE=data/ward-to-board.db and "
            f"{name}={example}, side by side."
        )
    return path


def _places(path: Path) -> set[Path]:
    """Return where a file lies: by its name, by its folder's links, and by its own."""
    by_name = Path(os.path.abspath(path))  # noqa: PTH100 - as it is written, and not through links
    return {by_name, path.parent.resolve() / path.name, path.resolve()}


def _one_of(name: str, text: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise SettingError(f"{name} has to be one of {', '.join(allowed)}. Change it, or leave it out.")
    return text


def _folder(name: str, text: str) -> Path | None:
    """Return the whole path of a folder that is there, so that it holds wherever the worker runs; None for no text."""
    if not text:
        return None
    try:
        path = Path(text).expanduser().absolute()
        is_there = path.is_dir()
    except (OSError, RuntimeError, ValueError):  # too long, not allowed, the home of nobody, or what no path can hold
        is_there = False
    if not is_there:
        raise SettingError(f"{name} doesn’t name a folder that can be read. Change it, or leave it out.")
    return path


def _number(name: str, values: Mapping[str, str], allowed: range) -> int:
    text = values[name]
    # More digits than any limit has are no number worth reading.
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) in allowed):
        raise SettingError(
            f"{name} has to be a whole number from {allowed[0]} to {allowed[-1]}. Change it, or leave it out."
        )
    return int(text)
