"""Where the keys of a pair of processes are: in one file that both use, or on a PostgreSQL server of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.models.database_server import DatabaseServer, Place
from tests.servers.key_server import USER, count_keys, new_key_place
from tests.servers.postgres import PostgresServer


class KeyFile:
    """One file, on the machine where both processes are."""

    server: PostgresServer | None = None

    def __init__(self, file: Path) -> None:
        self.place: Place = file
        self._parts = [file.with_name(f"{file.name}{end}") for end in ("", "-wal", "-shm", "-journal")]

    def settings(self, _folder: Path, _port: int) -> dict[str, str]:
        """Return what a process is told of it."""
        return {"WARD_PROMPT_KEYS": str(self.place)}

    def holds(self, key: bytes) -> bool:
        """Say whether any byte of a key is in the file or in its log."""
        held = b""
        for part in self._parts:
            with suppress(FileNotFoundError):
                held += part.read_bytes()
        return key in held


class KeysOnServer:
    """A database on a server that holds keys alone. Each of the processes is on a machine of its own."""

    def __init__(self, server: PostgresServer, place: DatabaseServer) -> None:
        self.server: PostgresServer | None = server
        self.place: Place = place
        self._server, self._name = server, place.name

    def settings(self, folder: Path, port: int) -> dict[str, str]:
        """Return what a process is told of it: a way that can be cut, and a folder that no other process has."""
        return {
            "WARD_KEYS": self._server.url_over_tcp(self._name, port, USER),
            "WARD_PROMPT_KEYS": str(folder / "keys" / "ward.db"),
        }

    def holds(self, key: bytes) -> bool:
        """Say whether any file in the server's whole folder has a key in it, in whatever form."""
        return bool(count_keys(self._server, key))


Keys = KeyFile | KeysOnServer


@contextmanager
def new_keys(server: PostgresServer | None, file: Path) -> Iterator[Keys]:
    """Return an empty place for keys: on that server, or in a file where there is none."""
    if server is None:
        yield KeyFile(file)
        return
    with new_key_place(server, file) as place:
        yield KeysOnServer(server, place)
