"""The settings of one bot, read from the environment once; no other module looks at the environment."""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from dotenv import dotenv_values

from bot.errors import SettingError

KEY_BYTES = 32
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Setting(NamedTuple):
    """A setting of the environment. ``default`` is None where it has to be given, empty where it may be left out."""

    name: str
    default: str | None
    meaning: str


SETTINGS = (
    Setting(
        "DISCORD_TOKEN", None, "The bot’s token, from the Bot page of the Discord developer portal. Keep it secret."
    ),
    Setting(
        "WARD_DATA_KEY",
        None,
        (
            "The key that replies are encrypted with: 32 bytes in base64. It may be several, with commas between: "
            "the first writes, all of them open. Keep a copy away from the database: without it, no reply can ever "
            "be read again."
        ),
    ),
    Setting("WARD_DATABASE", "data/ward-to-board.db", "The file of the database."),
    Setting(
        "WARD_PROMPT_KEYS",
        "prompt-keys/ward-to-board.db",
        "The file of the keys that hide who sends private replies, not below the folder of the database. "
        "Never back it up.",
    ),
    Setting(
        "WARD_ERASURES",
        "",
        "The file of the journal of erasures, not below the folder of the database. Left out, it lies beside "
        "WARD_PROMPT_KEYS. It keeps an old copy of the database from bringing erased people back.",
    ),
    Setting("WARD_BACKUP_DAYS", "30", "How many days you keep backups, and so what was erased is noted (1 to 3650)."),
    Setting("WARD_LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING, ERROR or CRITICAL."),
    Setting(
        "WARD_WORKER_MEMORY_MB",
        "1024",
        "The most memory that a job may take, in megabytes (256 to 65536).",
    ),
    Setting("WARD_WORKER_SECONDS", "60", "The longest that a job may take, in seconds (5 to 3600)."),
    Setting(
        "WARD_MODEL",
        "",
        (
            "The folder of a sentence-transformers model, for summaries that compare meanings as well as words. Left "
            "out, they compare words."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting, checked. ``token`` and ``data_keys`` are never shown; they are empty where done without.

    The first of ``data_keys`` writes, all of them open.
    """

    token: str = field(repr=False)
    data_keys: tuple[bytes, ...] = field(repr=False)
    database: Path
    prompt_keys: Path
    log_level: str
    worker_memory_mb: int
    worker_seconds: int
    model: Path | None = None
    erasures: Path | None = None
    backup_days: int = 30

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], *, without: Collection[str] = ()) -> Config:
        """Read and check every setting; ``without`` names required ones that may be missing.

        Raises SettingError, which names the setting and says what to do.
        """
        _refuse_unknown(environ)
        values = {setting.name: _value(setting, environ, without) for setting in SETTINGS}
        return cls(
            token=_check_token(values["DISCORD_TOKEN"]) if values["DISCORD_TOKEN"] else "",
            data_keys=_data_keys(values["WARD_DATA_KEY"]) if values["WARD_DATA_KEY"] else (),
            database=_file("WARD_DATABASE", values),
            prompt_keys=_apart("WARD_PROMPT_KEYS", "the keys", "prompt-keys/ward-to-board.db", values),
            erasures=_apart("WARD_ERASURES", "the journal", "prompt-keys/ward-to-board.erasures", values)
            if values["WARD_ERASURES"]
            else None,
            backup_days=_number("WARD_BACKUP_DAYS", values, range(1, 3651)),
            log_level=_log_level(values["WARD_LOG_LEVEL"]),
            worker_memory_mb=_number("WARD_WORKER_MEMORY_MB", values, range(256, 65537)),
            worker_seconds=_number("WARD_WORKER_SECONDS", values, range(5, 3601)),
            model=_folder("WARD_MODEL", values["WARD_MODEL"]),
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


def _check_token(token: str) -> str:
    """Return the token without spaces around it.

    Raises SettingError where it cannot be one; only Discord knows if it is.
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


def _apart(name: str, what: str, example: str, values: Mapping[str, str]) -> Path:
    """Return a file that has to lie apart from the database.

    Raises SettingError where a backup of the database's folder, with all that is in it, would take it along. Of a
    link, both its own place and the place that it leads to count.
    """
    path, database = _file(name, values), _file("WARD_DATABASE", values)
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


def _log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise SettingError(f"WARD_LOG_LEVEL has to be one of {', '.join(LOG_LEVELS)}. Change it, or leave it out.")
    return text.upper()


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
