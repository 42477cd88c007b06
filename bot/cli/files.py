"""Write files into the folder that --to names, whole or not at all, for the eyes of their owner alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click

from bot.errors import UserError

folder_option = click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder for the files; if you leave this out, the one you’re in.",
)


def write_atomically(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files of a folder; nobody but the owner may read them. Returns their paths.

    All are written beside their places first, and then moved there, so that a full disk or a kill leaves no half file
    under its name. Raises UserError, and leaves nothing new, where one cannot be written.
    """
    beside = f".{secrets.token_hex(4)}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            _write(folder / f".{name}{beside}", content)
        for name in files:
            (folder / f".{name}{beside}").replace(folder / name)
    except OSError as error:
        raise UserError(f"{folder} can’t be written ({error.strerror}). Choose another folder with --to.") from None
    finally:
        for name in files:
            with suppress(OSError):
                (folder / f".{name}{beside}").unlink(missing_ok=True)
    return [folder / name for name in files]


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
