"""Reactions get a seal each, so that one which was written into the database by hand is found.

Those that are there already are sealed as they are. Killed at any moment, it is as before, and the next start begins
again.
"""

import hmac

import sqlalchemy as sa
from alembic import context, op

from bot.store.database import StoreError
from bot.store.encryption.keys import LACKS_A_KEY
from bot.store.encryption.sealer import Sealer, WrongKeyError

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CHUNK = 1_000
"""How many rows are held in memory at once."""
NO_KEY = "The database is of an older version, and what it holds has to be sealed again. Start the bot once."


def upgrade() -> None:
    op.add_column("reactions", sa.Column("seal", sa.String(length=32), nullable=True))
    connection = op.get_bind()
    if connection.exec_driver_sql("SELECT 1 FROM reactions LIMIT 1").first() is None:
        return
    key = _pseudonym_key(connection)
    query = f"SELECT reply_id, person, emoji FROM reactions WHERE seal IS NULL LIMIT {CHUNK}"  # noqa: S608 - a number
    change = "UPDATE reactions SET seal = ? WHERE reply_id = ? AND person = ? AND emoji = ?"
    while rows := connection.exec_driver_sql(query).all():
        connection.exec_driver_sql(change, [(_seal(key, *row), *row) for row in rows])


def _pseudonym_key(connection: sa.Connection) -> bytes:
    sealer: Sealer | None = context.config.attributes.get("sealer")
    if sealer is None:
        raise StoreError(NO_KEY)
    query = "SELECT sealed, key_id FROM secrets WHERE name = 'pseudonym key'"
    sealed, key_id = connection.exec_driver_sql(query).one()
    if key_id not in sealer.key_ids:
        raise WrongKeyError(LACKS_A_KEY)
    return bytes.fromhex(sealer.open(sealed, "pseudonym key", key_id))


def _seal(key: bytes, reply_id: int, person: str, emoji: str) -> str:
    return hmac.digest(key, f"reaction held:{reply_id}:{person}:{emoji}".encode(), "sha256").hex()[:32]
