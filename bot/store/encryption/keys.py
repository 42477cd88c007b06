"""The keys that a database needs: told by its secrets, checked before anything is written, opened at the start."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, delete, select

from bot.models.database_server import DatabaseServer, Place
from bot.store.database import Database
from bot.store.encryption.sealer import KEY_BYTES, Pseudonyms, Sealer, WrongKeyError
from bot.store.faults import StoreError
from bot.store.sqlite.engine import translate_faults
from bot.store.tables import secrets

PSEUDONYM_KEY = "pseudonym key"
IN_USE = "data key {}"
"""The secret that tells of a key which rows may be sealed under, by its id."""

LACKS_A_KEY = (
    "WARD_DATA_KEY is missing a key that this database was written with. Add that key after the first, with a comma "
    "between. Take it out only when python -m bot rotate-key has said so."
)
NEVER_OPENED = "The database at {path} was never used. Start the bot once."


def check_keys(path: Place, sealer: Sealer) -> None:
    """Raise WrongKeyError where a key is missing that rows of the database may be sealed under. Writes nothing."""
    stored = _secrets(path)
    missing = {key_id for _, _, key_id in stored} - sealer.key_ids
    if missing and any(key_id in sealer.key_ids for _, _, key_id in stored):
        raise WrongKeyError(LACKS_A_KEY)
    for name, sealed, key_id in stored:
        sealer.open(sealed, name, key_id)


async def open_pseudonyms(database: Database, sealer: Sealer, *, may_write: bool) -> Pseudonyms:
    """Open the pseudonym key, which is stored sealed under a data key; it is made at the first start.

    Raises StoreError if it has to be made and ``may_write`` is false.
    """
    if may_write:
        async with database.read() as connection:
            known = set((await connection.execute(select(secrets.c.key_id))).scalars())
        if sealer.key_id not in known:
            async with database.write() as connection:
                await connection.run_sync(note_key, sealer)
    query = select(secrets.c.sealed, secrets.c.key_id).where(secrets.c.name == PSEUDONYM_KEY)
    async with database.read() as connection:
        row = (await connection.execute(query)).first()
    if row is None:
        raise StoreError(NEVER_OPENED, database.place)
    return Pseudonyms(bytes.fromhex(sealer.open(row.sealed, PSEUDONYM_KEY, row.key_id)))


def is_noted(connection: Connection, sealer: Sealer) -> bool:
    """Tell whether it is noted that rows may be sealed under the first key: so no program that lacks it can start."""
    noted = connection.execute(select(secrets.c.key_id).where(secrets.c.key_id == sealer.key_id))
    return noted.first() is not None


def note_key(connection: Connection, sealer: Sealer) -> None:
    """Note that rows may be sealed under the first key from now on; make the pseudonym key if there is none."""
    known = {row.name: row.key_id for row in connection.execute(select(secrets.c.name, secrets.c.key_id))}
    if PSEUDONYM_KEY not in known:
        _add(connection, sealer, PSEUDONYM_KEY, os.urandom(KEY_BYTES).hex())
    elif sealer.key_id not in known.values():
        _add(connection, sealer, IN_USE.format(sealer.key_id), "")


def forget_keys(connection: Connection) -> None:
    """Forget which keys were in use, other than the one that the pseudonym key is sealed under."""
    connection.execute(delete(secrets).where(secrets.c.name.startswith(IN_USE.format(""), autoescape=True)))


def _add(connection: Connection, sealer: Sealer, name: str, text: str) -> None:
    values = {"name": name, "sealed": sealer.seal(text, name), "key_id": sealer.key_id}
    connection.execute(secrets.insert().values(values))


def _secrets(path: Place) -> list[tuple[str, bytes, str]]:
    """Return the secrets as they are stored; none if there is no database yet."""
    if not isinstance(path, Path):
        return _secrets_on(path)
    if not path.is_file() or not path.stat().st_size:
        return []
    with (
        translate_faults(path),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?{_how(path)}", uri=True)) as connection,
    ):
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'secrets'").fetchone():
            return []
        return connection.execute("SELECT name, sealed, key_id FROM secrets").fetchall()


def _secrets_on(server: DatabaseServer) -> list[tuple[str, bytes, str]]:
    from bot.store.postgres.connecting import connect_once

    with connect_once(server) as connection:
        if not connection.dialect.has_table(connection, secrets.name):
            return []
        rows = connection.execute(select(secrets.c.name, secrets.c.sealed, secrets.c.key_id))
        return [(name, bytes(sealed), key_id) for name, sealed, key_id in rows]


def _how(path: Path) -> str:
    """Say how to look into the file without changing it or what is beside it."""
    if path.with_name(f"{path.name}-journal").exists():
        return "mode=rw"  # a program was killed in its first start; its transaction has to be undone first
    # With a write-ahead log, that is part of the database; without, nobody has it open.
    return "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
