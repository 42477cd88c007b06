"""What doctor finds on a database server, and on the server of the keys: what each keeps safe, and what too long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from bot.cli.backup import format_size
from bot.config import Config
from bot.errors import UserError
from bot.models.database_server import DatabaseServer
from bot.models.database_state import ServerSetting
from bot.operations.findings import Finding, Level
from bot.store.encryption.keys import check_keys
from bot.store.encryption.sealer import Sealer
from bot.store.holding import list_held, look_at_address
from bot.store.keyed.key_home import choose_home
from bot.store.migration import NOT_WHOLE, UNFINISHED, read_revision
from bot.store.migrations import HEAD
from bot.store.server_settings import find_key_server_faults, look_at_server
from bot.text.words import human_join

DATABASE, KEYS, SAFETY, TRACES = "Database", "Data key", "Power cuts", "Erased rows"
SHARDS = "Shards"
BACKUP, JOURNAL = "Backup", "Journal of erasures"
NOT_SEEN = "The database is on a PostgreSQL server, so doctor can’t see its backups."
DUMP = "Make sure that it is backed up with pg_dump: docs/postgresql.md says how."
STAY = (
    "On a PostgreSQL server, erased rows stay in its files for a while, and can be read there with the data key. These "
    "settings decide how long:"
)
KEY_SERVER = "Server of the keys"
WELL = "{server} is set so that a destroyed key is gone for certain."
NOT_USED = "WARD_ERASURES is set, but with WARD_KEYS the journal is on the server of the keys."
TAKE_OUT = "Take WARD_ERASURES out of the settings, once move-keys has run."
NO_COPIES = "Never copy that server’s files, and give it no standby: a copy would hold keys after they are destroyed."


def check_server(server: DatabaseServer, config: Config) -> Iterator[Finding]:
    """List what was found on the server. Nothing is changed."""
    try:
        check_keys(server, Sealer(*config.data_keys))
        revision = read_revision(server)
        if revision is None:
            yield Finding(DATABASE, Level.SKIPPED, f"{server} has no tables yet. The first start makes them.")
            return
        if revision == UNFINISHED:
            yield Finding(DATABASE, Level.WRONG, NOT_WHOLE)
            return
        state = look_at_server(server)
    except UserError as error:
        yield Finding(DATABASE, Level.WRONG, str(error))
        return
    yield Finding(KEYS, Level.OK, "It fits the database.")
    size = format_size(state.size)
    if revision == HEAD:
        said = f"{server} is of this version of the program (revision {revision}): {size}, PostgreSQL {state.version}."
        yield Finding(DATABASE, Level.OK, said)
    else:
        said = f"{server} is of another version of the program (revision {revision})."
        yield Finding(
            DATABASE,
            Level.WRONG,
            said,
            "Install the version that it is of."
            if revision > HEAD
            else "Make a dump of it (pg_dump), then start the bot once: it brings the database up to date.",
        )
    yield from _look_at_address(server)
    yield from _look_at_shards(server, config.shards.count)
    yield from _look_at_safety(state.safety)
    yield _describe_traces(state.traces)
    yield from _look_at_journal(config, server, state.applied)
    yield Finding(BACKUP, Level.SKIPPED, NOT_SEEN, DUMP)


def _look_at_address(server: DatabaseServer) -> Iterator[Finding]:
    try:
        look_at_address(server)
    except UserError as error:
        yield Finding(SHARDS, Level.WRONG, str(error))


def _look_at_shards(server: DatabaseServer, count: int) -> Iterator[Finding]:
    """Say which shards processes hold, on any machine. Where none is held, the bot is not running."""
    held = set(list_held(server))
    left = [str(shard) for shard in range(count) if shard not in held]
    if not held:
        yield Finding(SHARDS, Level.OK, "No process runs the bot with this database just now.")
    elif left:
        yield Finding(
            SHARDS,
            Level.LOOK,
            f"Nobody runs {'shard' if len(left) == 1 else 'shards'} {human_join(left)} of {count}.",
            "A process takes them within seconds. If this stays, start one more.",
        )
    else:
        said = "The bot is running." if count == 1 else f"All {count} shards of the bot are running."
        yield Finding(SHARDS, Level.OK, said)


def _look_at_safety(settings: tuple[ServerSetting, ...]) -> Iterator[Finding]:
    bad = [setting for setting in settings if not setting.is_well]
    for setting in bad:
        yield Finding(SAFETY, Level.LOOK, f"The server’s {setting.name} is {setting.value}.", setting.what_to_do)
    if not bad:
        yield Finding(SAFETY, Level.OK, "The server keeps what is stored through a power cut.")


def _describe_traces(settings: tuple[ServerSetting, ...]) -> Finding:
    listed = ", ".join(f"{setting.name} {setting.value}" for setting in settings)
    todo = list(dict.fromkeys(setting.what_to_do for setting in settings if not setting.is_well))
    return Finding(TRACES, Level.LOOK if todo else Level.OK, f"{STAY} {listed}.", " ".join(todo))


def _look_at_journal(config: Config, server: DatabaseServer, applied: int) -> Iterator[Finding]:
    try:
        home = choose_home(server, config.keys, config.erasures, config.backup_days)
        with closing(home):
            held = home.journal.read()
    except UserError as error:
        yield Finding(JOURNAL, Level.WRONG, str(error))
        return
    if applied > held.last:
        yield Finding(
            JOURNAL,
            Level.WRONG,
            "It is missing, or older than the database.",
            "Put the newest copy of it in its place. Without it, an old dump brings erased people back.",
        )
    else:
        yield Finding(JOURNAL, Level.OK, "It knows all that was erased from the database.")


def check_key_server(server: DatabaseServer, config: Config) -> Iterator[Finding]:
    """List what was found on the server of the keys. Nothing is changed."""
    faults = find_key_server_faults(server, config.database)
    for fault in faults:
        yield Finding(KEY_SERVER, Level.WRONG, str(fault))
    if not faults:
        yield Finding(KEY_SERVER, Level.OK, WELL.format(server=server), NO_COPIES)
    if config.erasures is not None:
        yield Finding(KEY_SERVER, Level.LOOK, NOT_USED, TAKE_OUT)
