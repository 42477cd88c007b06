"""A PostgreSQL server in the place of SQLite's file. Its driver is an extra, and loaded only with such a database."""

from importlib.util import find_spec

from bot.store.faults import StoreError

if find_spec("psycopg") is None:
    raise StoreError(
        "A PostgreSQL database needs one more package. Install it with: pip install 'ward-to-board[postgres]'."
    )
