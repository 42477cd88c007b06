"""Checks where the database and the keys are, on which servers, and the shards that this process runs."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bot.config.values import read_file_path, read_number
from bot.errors import SettingError
from bot.models.database_server import DatabaseServer, Place, is_server_url, is_whole_url
from bot.models.shards import Shards

_SHARD_LIST = re.compile(r"\d{1,4}(-\d{1,4})?( *, *\d{1,4}(-\d{1,4})?)*", re.ASCII)
MOST_SHARDS = 1_000


def read_database(values: Mapping[str, str]) -> Place:
    """Return where the database is. What belongs to one on a server lies beside the keys here.

    Raises SettingError, which does not quote the address, since that may hold a password.
    """
    address, direct = values["WARD_DATABASE"], values["WARD_DATABASE_DIRECT"]
    if not is_server_url(address):
        if direct:
            raise SettingError(
                "WARD_DATABASE_DIRECT is set, but the database is in a file. Leave it out, or set WARD_DATABASE to an "
                "address."
            )
        return read_file_path("WARD_DATABASE", values)
    for name in ("WARD_DATABASE", "WARD_DATABASE_DIRECT"):
        if values[name] and not (is_server_url(values[name]) and is_whole_url(values[name])):
            raise SettingError(
                f"{name} isn’t the address of a PostgreSQL database. Write it as "
                "postgresql://user:password@host:5432/name, and signs such as @ or / in the password as %40 or %2F."
            )
    return DatabaseServer(address, read_file_path("WARD_PROMPT_KEYS", values), direct)


def read_key_server(values: Mapping[str, str], without: Collection[str]) -> DatabaseServer | None:
    """Return the server of the keys, if there is one. Raises SettingError, which does not quote the address."""
    address = values["WARD_KEYS"]
    if not address:
        return None
    if not is_server_url(address) or not is_whole_url(address):
        raise SettingError(
            "WARD_KEYS isn’t the address of a PostgreSQL database. Write it as "
            "postgresql://user:password@host:5432/name. For keys in a file, set WARD_PROMPT_KEYS and leave it out."
        )
    if not is_server_url(values["WARD_DATABASE"]) and "WARD_DATABASE" not in without:
        raise SettingError(
            "WARD_KEYS is for machines that share a PostgreSQL database, and WARD_DATABASE is a file. Leave WARD_KEYS "
            "out, or set WARD_DATABASE to a PostgreSQL database."
        )
    return DatabaseServer(address, read_file_path("WARD_PROMPT_KEYS", values))


def read_shards(values: Mapping[str, str]) -> Shards:
    """Return the shards that this process is to run, of how many. Raises SettingError."""
    count, text = read_number("WARD_SHARDS", values, range(1, MOST_SHARDS + 1)), values["WARD_SHARDS_HELD"].casefold()
    if text == "all":
        return Shards(count, frozenset(range(count)))
    if not _SHARD_LIST.fullmatch(text):
        raise SettingError("WARD_SHARDS_HELD has to be all, or numbers of shards such as 0,1 or 0-7. Change it.")
    parts = [part.partition("-") for part in text.replace(" ", "").split(",")]
    ranges = [range(int(first), int(last or first) + 1) for first, _, last in parts]
    held = {shard for each in ranges for shard in each}
    if not all(ranges) or max(held) >= count:
        raise SettingError(
            f"WARD_SHARDS_HELD names a shard that there isn’t. With WARD_SHARDS={count}, they are numbered from 0 to "
            f"{count - 1}."
        )
    if len(held) < count and not is_server_url(values["WARD_DATABASE"]):
        raise SettingError(
            "WARD_SHARDS_HELD leaves shards out, but the database is in a file, which only one process can use. Leave "
            "WARD_SHARDS_HELD out, or use a PostgreSQL database."
        )
    return Shards(count, frozenset(held))
