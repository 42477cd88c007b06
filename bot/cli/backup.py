"""``python -m bot backup``: a checked copy of the database in one file, beside a running bot or without."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.env_file import env_file_option
from bot.cli.program import name_program
from bot.cli.settings import open_as_it_is, open_database, read_config
from bot.config import Config
from bot.errors import UserError
from bot.services.backups import Backup, make_backup
from bot.store import Store
from bot.text.words import plural

NO_FOLDER = "There is no folder {folder}. Make it, or choose another place for the backup."
DONE = (
    "{file} is a whole copy of the database: {size}, {rows} read and sound. Only you can read it. The keys aren’t in "
    "it: keep them somewhere else. Delete it after {days} days at most (WARD_BACKUP_DAYS)."
)
ON_A_SERVER = (
    "{database} is on a PostgreSQL server, and this command copies files. Back it up with pg_dump, and put a dump back "
    "with pg_restore while the bot is stopped. docs/postgresql.md says how."
)
NOT_SOUND = (
    "{file} is a whole copy of the database, but the database isn’t sound: {count} changed by hand or damaged. Run "
    "python -m bot verify, and keep your earlier backups."
)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@env_file_option
def command(file: Path, as_json: bool, env_file: Path) -> None:
    """Copy the database to a new FILE. The bot can be running.

    The copy gets its name only after all of it was read and checked. It never overwrites a file. The keys aren’t in it:
    keep them in another place. The exit code is 1 if rows were changed by hand or damaged.
    """
    if not file.absolute().parent.is_dir():
        raise UserError(NO_FOLDER.format(folder=click.format_filename(file.parent)))
    config = read_config(env_file)
    now = datetime.now(UTC)
    backup = asyncio.run(_back_up(config, file.absolute(), now))
    click.echo(_as_json(file, backup, now) if as_json else name_program(_describe(file, backup, config.backup_days)))
    sys.exit(1 if backup.seals.changed else 0)


async def _back_up(config: Config, file: Path, now: datetime) -> Backup:
    @asynccontextmanager
    async def open_copy(path: Path) -> AsyncIterator[Store]:
        async with open_as_it_is(replace(config, database=path)) as store:
            yield store

    database = require_file(config)
    async with open_database(config):
        return await make_backup(database, file, open_copy, now)


def require_file(config: Config) -> Path:
    """Return the file of the database. Raises UserError where it is on a server, whose own programs copy it."""
    if isinstance(config.database, Path):
        return config.database
    raise UserError(ON_A_SERVER.format(database=config.database))


def _as_json(file: Path, backup: Backup, now: datetime) -> str:
    facts = {
        "file": str(file),
        "made_at": now.isoformat(timespec="seconds"),
        "bytes": backup.size,
        "rows": backup.seals.rows,
        "changed_rows": dict(backup.seals.changed),
    }
    return json.dumps(facts, indent=2)


def _describe(file: Path, backup: Backup, days: int) -> str:
    name, count = click.format_filename(file), sum(backup.seals.changed.values())
    if count:
        return NOT_SOUND.format(file=name, count=plural(count, "row"))
    return DONE.format(file=name, size=format_size(backup.size), rows=plural(backup.seals.rows, "row"), days=days)


def format_size(size: int) -> str:
    """Write a number of bytes as people do: 240 KB, 1.5 GB."""
    for unit in ("KB", "MB"):
        size_in_unit = size / 1000 if unit == "KB" else size / 1_000_000
        if size_in_unit < 1000:
            return f"{size_in_unit:.1f} {unit}" if size_in_unit < 10 else f"{size_in_unit:.0f} {unit}"
    return f"{size / 1_000_000_000:.1f} GB"
