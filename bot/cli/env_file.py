"""The option --env-file, before a command's name or after it; it imports nothing heavy, so that help stays quick."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from bot.cli.program import program_name
from bot.errors import SettingError

DEFAULT = Path(".env")
NOT_THERE = "There’s no file {file}. Check --env-file, or make the file with: {program} init --env-file {typed}"


def note_env_file(ctx: click.Context, _param: click.Parameter, file: Path | None) -> None:
    """Keep a file that was named before a command's name for that command."""
    if file is not None:
        ctx.obj = file


def find_env_file(ctx: click.Context, _param: click.Parameter, file: Path | None) -> Path | None:
    """Return the file that was named nearest to the command's name, if any was.

    Raises SettingError where it is not there.
    """
    named = file or ctx.find_object(Path)
    if named is not None and _is_missing(named):
        name = click.format_filename(named)
        raise SettingError(NOT_THERE.format(file=name, program=program_name(), typed=shlex.quote(name)))
    return named


def choose_env_file(ctx: click.Context, param: click.Parameter, file: Path | None) -> Path:
    """Return the same, or else .env, which need not be there."""
    return find_env_file(ctx, param, file) or DEFAULT


def choose_new_file(ctx: click.Context, _param: click.Parameter, file: Path | None) -> Path:
    """Return the same for a command that makes the file, so that none need be there."""
    return file or ctx.find_object(Path) or DEFAULT


def _is_missing(file: Path) -> bool:
    try:
        return not file.exists()
    except OSError:  # it may be there; whoever reads it says why that fails
        return False


group_env_file_option = click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    callback=note_env_file,
    expose_value=False,
    help="Where the settings are, for the command that follows.  [default: .env]",
)
env_file_option = click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    callback=choose_env_file,
    help="Where the settings are.  [default: .env]",
)
model_env_file_option = click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    callback=find_env_file,
    help="Settings to take the model from, where --model names none.",
)
unused_env_file_option = click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    callback=find_env_file,
    expose_value=False,
    help="Every command takes it. This one needs none of your settings.",
)
new_env_file_option = click.option(
    "--env-file",
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=choose_new_file,
    help="The file to write.  [default: .env]",
)
