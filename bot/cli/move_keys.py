"""``python -m bot move-keys``: keys and the journal of erasures from files to the server that WARD_KEYS names."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli.env_file import env_file_option
from bot.cli.settings import read_config
from bot.errors import UserError
from bot.store.encryption.key_move import KeyMoveResult, move_keys
from bot.store.keyed.key_home import journal_beside
from bot.store.sqlite.lock import hold_lock
from bot.store.transfer.connections import open_source
from bot.text.words import plural

NOT_SET = "WARD_KEYS isn’t set. Set it to the server of the keys first: docs/postgresql.md says how."
NO_FILE = "There’s no file of prompt keys at {file}, so there is nothing to move. Check WARD_PROMPT_KEYS."
MOVED = (
    "Moved to {server}: {keys}, {ended} of destroyed keys, and {entries} in the journal of erasures. All of it was "
    "read back, and it is the same."
)
GONE = "The files {file} and {journal} are destroyed. Start the bot now, on each machine with the same settings."


@click.command("move-keys")
@env_file_option
def command(env_file: Path) -> None:
    """Move the prompt keys and the journal of erasures from files to the server that WARD_KEYS names.

    Stop every bot with this database first. The files are destroyed once the server has all that was in them. If this
    is interrupted, run it again.
    """
    config = read_config(env_file)
    if config.key_server is None:
        raise UserError(NOT_SET)
    file, journal = config.prompt_keys, config.erasures or journal_beside(config.prompt_keys)
    if not file.exists():
        raise UserError(NO_FILE.format(file=click.format_filename(file)))
    with hold_lock(config.files), open_source(config.database):  # which no process has open, on any machine
        moved = asyncio.run(move_keys(config.database, config.data_keys, file, journal, config.key_server))
    click.echo(_describe(moved, str(config.key_server), file, journal))


def _describe(moved: KeyMoveResult, server: str, file: Path, journal: Path) -> str:
    counts = {
        "keys": plural(moved.keys, "key"),
        "ended": plural(moved.ended, "note"),
        "entries": plural(moved.entries, "entry", "entries"),
    }
    names = {"file": click.format_filename(file), "journal": click.format_filename(journal)}
    return f"{MOVED.format(server=server, **counts)}\n{GONE.format(**names)}"
