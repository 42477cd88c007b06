"""Who may read the bot's files: the database, its logs and copies, the file of prompt keys and the settings."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import click

from bot.config import Config
from bot.store.keyed.key_home import journal_beside
from bot.store.migration import is_copy

OWNER_ONLY = 0o600
BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a file, and the file itself."""
MENDED = "Others could read {files}. Now only the owner can (mode 600)."
NOT_MENDED = "Others can read {files}, and this user may not change that. Let their owner take that right (chmod 600)."


def restrict_files(config: Config, env_file: Path) -> None:
    """Take every right of others from the bot's files, and say on standard error which had any.

    What belongs to another user, or lies where nothing can be written, stays as it is; that is said too.
    """
    mended, left = [], []
    for file in sorted(set(_files(config, env_file))):
        try:
            if _is_open_to_others(file):
                file.chmod(OWNER_ONLY)
                mended.append(file)
        except OSError:
            left.append(file)
    for files, sentence in ((mended, MENDED), (left, NOT_MENDED)):
        if files:
            click.echo(sentence.format(files=", ".join(map(click.format_filename, files))), err=True)


def find_open_files(config: Config, env_file: Path) -> list[Path]:
    """List the bot's files that others can read; those of secrets that systemd or Docker hands over are not its own."""
    return [file for file in sorted(set(_files(config, env_file))) if _is_readable_by_others(file)]


def _is_readable_by_others(file: Path) -> bool:
    try:
        return _is_open_to_others(file)
    except OSError:
        return False


def _files(config: Config, env_file: Path) -> Iterator[Path]:
    yield env_file
    database = config.database if isinstance(config.database, Path) else None
    for file in (config.prompt_keys, *(() if database is None else (database,))):
        # SQLite keeps its logs beside the file that a link leads to.
        for place in {file, file.resolve()}:
            yield from (place.with_name(f"{place.name}{end}") for end in BESIDE)
    yield config.erasures or journal_beside(config.prompt_keys)
    if database is not None and database.parent.is_dir() and os.access(database.parent, os.R_OK):
        yield from (file for file in database.parent.iterdir() if is_copy(file, database))


def _is_open_to_others(file: Path) -> bool:
    """Say whether anybody but its owner has a right to a file. Windows keeps rights elsewhere."""
    if os.name != "posix" or not file.is_file():
        return False
    return bool(stat.S_IMODE(file.stat().st_mode) & 0o077)
