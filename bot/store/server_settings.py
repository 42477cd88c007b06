"""What a database server is set to, where it decides how long erased rows can be read, and what survives a power cut.

A file of this machine has no such settings: the program sets what it needs at each opening.
"""

from __future__ import annotations

from bot.models.database_server import DatabaseServer, Place
from bot.models.database_state import ServerState
from bot.store.faults import StoreError


def look_at_server(server: DatabaseServer) -> ServerState:
    """Ask a server. Raises StoreError where it cannot be asked, or the database was never used."""
    from bot.store.postgres.server_state import read_state

    return read_state(server)


def find_key_server_faults(keys: DatabaseServer, database: Place) -> list[StoreError]:
    """List what makes the server of the keys unfit for them, each as an error that says what to do."""
    from bot.store.postgres.key_connection import list_faults

    return list_faults(keys, database)
