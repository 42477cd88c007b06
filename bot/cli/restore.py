"""``python -m bot restore``: a backup in the place of the database, without what was erased since it was made."""

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

from bot.cli.backup import require_file
from bot.cli.env_file import env_file_option
from bot.cli.program import name_program
from bot.cli.settings import open_or_make, read_config
from bot.config import Config
from bot.errors import UserError
from bot.services.backups import RestoreResult, restore_backup
from bot.services.erasure import finish_erasures
from bot.store import Store
from bot.store.erasure.journal import ErasureJournal
from bot.store.keyed.key_home import journal_beside
from bot.store.sqlite.lock import give_to_owner
from bot.text.words import plural

SAME = "{file} is the database itself. Name a backup of it."
DONE = "{file} is in the place of the database now. It was made on {when}."
DONE_UNDATED = "{file} is in the place of the database now. It doesn’t say when it was made."
SOUND = "All of it was read, and it is sound: {rows}."
NOT_SOUND = (
    "It isn’t sound: {count} changed by hand or damaged. Run python -m bot verify, and look for a better backup."
)
ERASED = "What was erased since was erased from it again: {erasures}."
MAY_HOLD_ERASED = (
    "It may hold what people erased since: the journal of erasures ({journal}) is missing, or doesn’t reach from then "
    "until now. If you have a newer copy of the journal, stop the bot, put it there and run this again."
)
KEPT = "The database that was there is {kept}. The bot deletes it after a week."
NOT_KNOWN = (
    "Nobody can tell from a backup what came after it. When it starts, the bot reads the threads in Discord again, "
    "with what people wrote, changed and deleted there. Private replies, taps, work on summaries, answers and settings "
    "from after the backup are gone. The bot may not know questions and summaries that it posted since: look at them "
    "in Discord, and delete those that it posts again."
)
START = "Start the bot, then run python -m bot verify."


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@env_file_option
def command(file: Path, as_json: bool, env_file: Path) -> None:
    """Replace the database with the backup FILE. Stop the bot first.

    It checks a copy of FILE, updates it, and erases from it what people erased since. Only then does the copy replace
    the database. FILE isn’t changed, and the old database is kept for a week. The exit code is 1 if rows were changed
    by hand or damaged, or if something that people erased may still be there.
    """
    config = read_config(env_file)
    database = require_file(config).resolve()
    if file.exists() and database.exists() and file.samefile(database):
        raise UserError(SAME.format(file=click.format_filename(file)))
    journal = ErasureJournal(config.erasures or journal_beside(config.prompt_keys), config.backup_days)
    restored = asyncio.run(_restore(config, file, database, journal))
    if config.prompt_keys.exists():  # it may be new
        give_to_owner(config.prompt_keys)
    click.echo(_as_json(file, restored) if as_json else name_program(_describe(file, restored, journal.path)))
    sys.exit(1 if restored.seals.changed or restored.may_hold_erased else 0)


async def _restore(config: Config, file: Path, database: Path, journal: ErasureJournal) -> RestoreResult:
    now = datetime.now(UTC)

    @asynccontextmanager
    async def open_copy(path: Path) -> AsyncIterator[Store]:
        store = await open_or_make(replace(config, database=path, erasures=journal.path))
        try:
            await finish_erasures(store, now)
            yield store
        finally:
            await store.close()

    return await restore_backup(file, database, open_copy, journal, now)


def _as_json(file: Path, restored: RestoreResult) -> str:
    made_at = restored.facts.made_at
    facts = {
        "file": str(file),
        "made_at": None if made_at is None else made_at.isoformat(timespec="seconds"),
        "rows": restored.seals.rows,
        "changed_rows": dict(restored.seals.changed),
        "erased_again": restored.erased,
        "may_hold_erased": restored.may_hold_erased,
        "replaced": None if restored.kept is None else str(restored.kept),
    }
    return json.dumps(facts, indent=2)


def _describe(file: Path, restored: RestoreResult, journal: Path) -> str:
    name, made_at, count = click.format_filename(file), restored.facts.made_at, sum(restored.seals.changed.values())
    lines = [
        DONE_UNDATED.format(file=name)
        if made_at is None
        else DONE.format(file=name, when=f"{made_at.day} {made_at:%B %Y at %H:%M} UTC"),
        NOT_SOUND.format(count=plural(count, "row"))
        if count
        else SOUND.format(rows=plural(restored.seals.rows, "row")),
    ]
    if restored.erased:
        lines.append(ERASED.format(erasures=plural(restored.erased, "entry", "entries")))
    if restored.may_hold_erased:
        lines.append(MAY_HOLD_ERASED.format(journal=click.format_filename(journal)))
    if restored.kept is not None:
        lines.append(KEPT.format(kept=click.format_filename(restored.kept)))
    return "\n".join([*lines, NOT_KNOWN, START])
