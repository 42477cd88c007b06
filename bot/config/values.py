"""Checks the value of a setting: a number, one of a few words, the path of a file or of a folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import SettingError
from bot.models.database_server import is_server_url


def read_number(name: str, values: Mapping[str, str], allowed: range) -> int:
    """Return a whole number within a range. Raises SettingError for anything else."""
    text = values[name]
    # More digits than any limit has are no number worth reading.
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) in allowed):
        raise SettingError(
            f"{name} has to be a whole number from {allowed[0]} to {allowed[-1]}. Change it, or leave it out."
        )
    return int(text)


def read_choice(name: str, text: str, allowed: Sequence[str]) -> str:
    """Return one of the words that are allowed. Raises SettingError for another one."""
    if text not in allowed:
        raise SettingError(f"{name} has to be one of {', '.join(allowed)}. Change it, or leave it out.")
    return text


def read_file_path(name: str, values: Mapping[str, str]) -> Path:
    """Return the path of a file, which need not be there. Raises SettingError for what no file can be called."""
    try:
        path = Path(values[name]).expanduser()
        path.resolve()
    except (RuntimeError, ValueError):  # the home of nobody, links in a circle, or what no path can hold
        raise SettingError(f"{name} doesn’t name a file. Write out the whole path of one.") from None
    return path


def read_folder(name: str, text: str) -> Path | None:
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


def read_path_apart(name: str, what: str, example: str, values: Mapping[str, str]) -> Path:
    """Return the path of a file that must be in another place than the database.

    Raises SettingError if a backup of the database's folder and everything in it would include the file. If the
    path is a link, both the link's place and its target's count.
    """
    path = read_file_path(name, values)
    if is_server_url(values["WARD_DATABASE"]):  # whose backups hold no file of this machine
        return path
    database = read_file_path("WARD_DATABASE", values)
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
