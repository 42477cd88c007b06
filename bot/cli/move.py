"""``python -m bot move``: the whole database from its file to a PostgreSQL server or back, with the bot stopped."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from bot.cli.env_file import env_file_option
from bot.cli.program import program_name
from bot.cli.settings import read_config
from bot.config import Config, read_environ
from bot.errors import UserError
from bot.models.database_server import Place
from bot.store.transfer.move import OPENING, MoveResult, Progress, move_database
from bot.text.words import plural

PAUSE_S = 5.0
"""How often it is told how far the move is."""
ONE_PLACE = "Say where the database is to go: with --to, or with --to-file if a file holds the address."
STEP = "{doing} {done:,} of {rows:,} rows."
OPENING_STEP = "Opening all that is encrypted."
DONE = (
    "All of the database is in {place} now: {rows}, each compared with the old one, and {sealed} opened with their "
    "keys. The old database is as it was."
)
NOT_SOUND = "But {count} can’t be opened, here and in the old database: changed by hand or damaged. Run verify."
NEXT = "What to do now:"
SET = "In {env_file}, set {setting}. Leave the keys and all other settings as they are."
TO_FILE = "WARD_DATABASE_FILE to {file}, and take WARD_DATABASE out"
TO_URL = "WARD_DATABASE to the address that you gave with --to, and take WARD_DATABASE_FILE out"
TO_PATH = "WARD_DATABASE to {file}, and take WARD_DATABASE_FILE out"
START = "Run {program} doctor, then start the bot."
DELETE = (
    "Never start the bot with the old database again: it would post everything twice. Delete it when all is well, "
    "after {days} at most (WARD_BACKUP_DAYS), since what people erase from now on stays in it."
)


@click.command("move")
@click.option("--to", "place", help="The address of an empty PostgreSQL database, or the path of a new file.")
@click.option(
    "--to-file",
    "secret",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file that holds that address, so that the password isn’t in the list of processes.",
)
@env_file_option
def command(place: str | None, secret: Path | None, env_file: Path) -> None:
    """Copy the database to a PostgreSQL server, or back to a file. Stop the bot first.

    Every row is compared before the copy can be used. The old database isn’t changed. If this is interrupted, run it
    again, and it carries on. The exit code is 1 if rows were changed by hand or damaged.
    """
    if (place is None) == (secret is None):
        raise UserError(ONE_PLACE)
    config = read_config(env_file)
    target = _read_target(env_file, place, secret)
    moved = move_database(config.database, target, *config.data_keys, tell=_make_teller())
    click.echo("\n".join(_describe(moved, config, target, secret, env_file)))
    sys.exit(1 if moved.seals.changed else 0)


def _read_target(env_file: Path, place: str | None, secret: Path | None) -> Place:
    """Return where the database goes, as the settings would name it: all that they refuse is refused now."""
    environ = {name: value for name, value in read_environ(env_file).items() if not name.startswith("WARD_DATABASE")}
    if secret is not None:
        environ["WARD_DATABASE_FILE"] = str(secret)
    else:
        environ["WARD_DATABASE"] = place or ""
    return Config.from_environ(environ, without=("DISCORD_TOKEN",)).database


def _make_teller() -> Callable[[Progress], None]:
    """Return a function that says every few seconds, on standard error, how far the move is."""
    told_at = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= PAUSE_S:
            told_at = time.monotonic()
            step = OPENING_STEP if progress.doing == OPENING else STEP.format(**progress._asdict())
            click.echo(step, err=True)

    return tell


def _describe(moved: MoveResult, config: Config, target: Place, secret: Path | None, env_file: Path) -> Iterator[str]:
    yield DONE.format(place=target, rows=plural(moved.rows, "row"), sealed=f"{moved.seals.rows:,}")
    count = sum(moved.seals.changed.values())
    if count:
        yield NOT_SOUND.format(count=plural(count, "row"))
    if secret is not None:
        setting = TO_FILE.format(file=click.format_filename(secret.absolute()))
    else:
        setting = TO_PATH.format(file=click.format_filename(target)) if isinstance(target, Path) else TO_URL
    steps = (
        SET.format(env_file=click.format_filename(env_file), setting=setting),
        START.format(program=program_name()),
        DELETE.format(days=plural(config.backup_days, "day")),
    )
    yield NEXT
    yield from (f"{number}. {step}" for number, step in enumerate(steps, 1))
