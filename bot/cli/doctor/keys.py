"""What doctor finds on the server of the keys: whether a destroyed key is gone there, and the journal of erasures."""

from __future__ import annotations

from collections.abc import Iterator

from bot.config import Config
from bot.models.database_server import DatabaseServer
from bot.operations.findings import Finding, Level
from bot.store.server_settings import find_key_server_faults

KEY_SERVER = "Server of the keys"
WELL = "{server} is set so that a destroyed key is gone for certain."
NOT_USED = "WARD_ERASURES is set, but with WARD_KEYS the journal is on the server of the keys."
TAKE_OUT = "Take WARD_ERASURES out of the settings, once move-keys has run."
NO_COPIES = "Never copy that server’s files, and give it no standby: a copy would hold keys after they are destroyed."


def check_key_server(server: DatabaseServer, config: Config) -> Iterator[Finding]:
    """List what was found on the server of the keys. Nothing is changed."""
    faults = find_key_server_faults(server, config.database)
    for fault in faults:
        yield Finding(KEY_SERVER, Level.WRONG, str(fault))
    if not faults:
        yield Finding(KEY_SERVER, Level.OK, WELL.format(server=server), NO_COPIES)
    if config.erasures is not None:
        yield Finding(KEY_SERVER, Level.LOOK, NOT_USED, TAKE_OUT)
