"""Reads the environment, and the .env file: settings as they are written, and what systemd says."""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from dotenv import dotenv_values

from bot.config.declared import SETTINGS, Setting
from bot.errors import SettingError


class ServiceManager(NamedTuple):
    """What systemd tells a service of type notify: where it listens, and how soon it wants a sign of life."""

    socket: str = ""
    watchdog_seconds: float | None = None


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


def refuse_unknown(environ: Mapping[str, str]) -> None:
    """Raise SettingError for a name that begins as ours do and is no setting, with the likest one that is."""
    known = [setting.name for setting in SETTINGS]
    for name in sorted(environ):
        if name.startswith("WARD_") and name not in known:
            close = get_close_matches(name, known, n=1)
            advice = f"Did you mean {close[0]}?" if close else "Remove it; .env.example lists every setting."
            raise SettingError(f"{name} isn’t a setting of this bot. {advice}")


def read_value(setting: Setting, environ: Mapping[str, str], without: Collection[str]) -> str:
    """Return a setting’s value or default. Raises SettingError if there is none, and it isn’t in ``without``."""
    value = environ.get(setting.name, "").strip()
    if not value and setting.default is None and setting.name not in without:
        raise SettingError(
            f"{setting.name} isn’t set. Run python -m bot init, or set it in the file .env, or the one that "
            "--env-file names."
        )
    return value or setting.default or ""
