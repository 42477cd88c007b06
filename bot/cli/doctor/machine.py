"""What doctor finds on this machine: files and who may read them, keys, places, room, backups, and a running bot."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.cli.backup import format_size
from bot.cli.doctor.server import check_key_server, check_server
from bot.cli.file_rights import find_open_files
from bot.config import Config
from bot.errors import UserError
from bot.models.database_server import DatabaseServer, own_files
from bot.operations.findings import Finding, Level
from bot.operations.health import RUNNING, check_live
from bot.operations.places import find_network_drive, find_synced_folder
from bot.store import StoreError
from bot.store.encryption.keys import check_keys
from bot.store.encryption.sealer import Sealer
from bot.store.erasure.journal import ErasureJournal
from bot.store.keyed.key_home import journal_beside
from bot.store.migration import NOT_WHOLE, UNFINISHED, read_revision
from bot.store.migrations import HEAD
from bot.store.sqlite.copy_facts import read_facts
from bot.store.sqlite.lock import is_held
from bot.text.words import plural

MOUNTS = Path("/proc/self/mounts")
RIGHTS, DATABASE, KEYS, PLACES = "Rights", "Database", "Data key", "Places"
JOURNAL, ROOM, BACKUP = "Journal of erasures", "Disk", "Backup"
SPARE_BYTES = 100_000_000
"""Room to work for a while, beside the copy that an update makes."""
LEAST_BYTES = 50_000_000
FRESH = timedelta(days=7)
WELL = "The database and the keys are in separate folders, on disks of this machine."
WELL_WITH_A_SERVER = "The keys are on a disk of this machine."
WELL_WITH_KEYS = "The database and the keys are on servers, and not on this machine."


def check_machine(config: Config, env_file: Path, now: datetime) -> list[Finding]:
    """List what was found on this machine. Nothing is changed."""
    findings = [*_rights(config, env_file), *_places(config)]
    database = config.database
    if isinstance(database, DatabaseServer):
        if config.key_server is not None:
            findings += check_key_server(config.key_server, config)
        findings += check_server(database, config)
    elif not database.is_file():
        return [*findings, Finding(DATABASE, Level.SKIPPED, "There is none yet. The first start makes it.")]
    else:
        findings += [*_database(config), *_journal(config, database), *_room(database), _backup(database, now)]
    places = [place for place in own_files(database) if is_held(place)]
    if places:
        return [*findings, *check_live(places)]
    return [*findings, Finding(RUNNING, Level.OK, "No bot is running with this database just now.")]


def _rights(config: Config, env_file: Path) -> Iterator[Finding]:
    open_files = find_open_files(config, env_file)
    if open_files:
        names = ", ".join(map(click.format_filename, open_files))
        yield Finding(RIGHTS, Level.WRONG, f"Others on this machine can read {names}.", f"Run: chmod 600 {names}")
    else:
        yield Finding(RIGHTS, Level.OK, "Only the bot’s user can read its files.")


def _places(config: Config) -> Iterator[Finding]:
    mounts = ""
    with suppress(OSError):
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace")
    if config.key_server is not None:
        yield Finding(PLACES, Level.OK, WELL_WITH_KEYS)
        return
    places = {
        **({"The database": ("WARD_DATABASE", config.database)} if isinstance(config.database, Path) else {}),
        "The file of prompt keys": ("WARD_PROMPT_KEYS", config.prompt_keys),
        "The journal of erasures": ("WARD_ERASURES", _journal_path(config)),
    }
    is_well = True
    for what, (setting, path) in places.items():
        synced, drive = find_synced_folder(path), find_network_drive(path, mounts)
        if synced is None and drive is None:
            continue
        is_well = False
        why = (
            f"in the folder {synced}, which is copied to other machines"
            if synced is not None
            else f"on a network drive ({drive})"
        )
        yield Finding(
            PLACES,
            Level.WRONG,
            f"{what} lies {why}.",
            f"Stop the bot, move it to a disk of this machine, and change {setting}.",
        )
    if is_well:
        well = WELL if isinstance(config.database, Path) else WELL_WITH_A_SERVER
        yield Finding(PLACES, Level.OK, well)


def _database(config: Config) -> Iterator[Finding]:
    try:
        check_keys(config.database, Sealer(*config.data_keys))
        revision = read_revision(config.database)
    except UserError as error:
        yield Finding(KEYS, Level.WRONG, str(error))
        return
    yield Finding(KEYS, Level.OK, "It fits the database.")
    if revision == HEAD:
        yield Finding(DATABASE, Level.OK, f"It is of this version of the program (revision {revision}).")
    elif revision == UNFINISHED:
        yield Finding(DATABASE, Level.WRONG, NOT_WHOLE)
    elif (revision or "") > HEAD:
        yield Finding(
            DATABASE,
            Level.WRONG,
            f"A newer version of the program changed it (revision {revision}).",
            "Install that version, or restore a backup from before.",
        )
    else:
        yield Finding(
            DATABASE,
            Level.WRONG,
            f"It is of an older version of the program (revision {revision}).",
            "Start the bot once. It keeps a copy, and brings the database up to date.",
        )


def _journal(config: Config, database: Path) -> Iterator[Finding]:
    facts = read_facts(database)
    try:
        held = ErasureJournal(_journal_path(config), config.backup_days).read()
    except StoreError as error:
        yield Finding(JOURNAL, Level.WRONG, str(error))
        return
    if facts is not None and facts.applied > held.last:
        yield Finding(
            JOURNAL,
            Level.WRONG,
            "It is missing, or older than the database.",
            "Put the newest copy of it in its place. Without it, an old backup brings erased people back.",
        )
    else:
        yield Finding(JOURNAL, Level.OK, "It knows all that was erased from the database.")


def _room(database: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(database.parent).free
    needed = 2 * database.stat().st_size + SPARE_BYTES
    if free < needed:
        yield Finding(
            ROOM,
            Level.WRONG if free < LEAST_BYTES else Level.LOOK,
            f"There are {format_size(free)} left on the disk of the database.",
            f"Make room. An update needs up to {format_size(needed)}.",
        )
    else:
        yield Finding(ROOM, Level.OK, f"There are {format_size(free)} left on the disk of the database.")


def _backup(database: Path, now: datetime) -> Finding:
    facts = read_facts(database)
    made_at = None if facts is None else facts.made_at
    if made_at is None:
        return Finding(BACKUP, Level.LOOK, "None was made yet.", "Make one: python -m bot backup FILE")
    days = (now - made_at).days
    told = "The last one was made today." if days < 1 else f"The last one was made {plural(days, 'day')} ago."
    if now - made_at > FRESH:
        return Finding(BACKUP, Level.LOOK, told, "Make one: python -m bot backup FILE. A timer can do it each night.")
    return Finding(BACKUP, Level.OK, told)


def _journal_path(config: Config) -> Path:
    return config.erasures or journal_beside(config.prompt_keys)
