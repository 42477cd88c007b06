"""Where a database is: a file of this machine, or a PostgreSQL server, whose password is never shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

MOST_PROCESSES = 16
"""Processes of one machine that may share a database on a server."""
SCHEMES = ("postgresql", "postgres")
NOT_SHOWN = ("password", "sslpassword")
"""What may stand behind the question mark of an address and is secret."""


@dataclass(frozen=True, slots=True)
class DatabaseServer:
    """A database on a PostgreSQL server. As text it has no password, so it may be in logs and sentences.

    ``files`` names the place on this machine beside which the program keeps what belongs to it here: the lock of the
    bot that runs, and the socket that it answers on. ``direct`` is the server's own address, where ``url`` leads to a
    connection pooler.
    """

    url: str = field(repr=False)
    files: Path
    direct: str = field(default="", repr=False)

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        host = parts.hostname or dict(parse_qsl(parts.query)).get("host", "")
        port = f":{parts.port}" if parts.port is not None else ""
        return f"postgresql://{host}{port}/{self.name}"

    @property
    def name(self) -> str:
        """Return the name of the database on its server."""
        return unquote(urlsplit(self.url).path.strip("/"))


Place = Path | DatabaseServer
"""Where a database is."""


def files_of(place: Place) -> Path:
    """Return the path beside which the files of this machine lie that belong to a database."""
    return place if isinstance(place, Path) else place.files


def own_files(place: Place) -> Iterator[Path]:
    """Yield the places beside which processes of this machine may have files of their own: a server has several."""
    files = files_of(place)
    yield files
    if isinstance(place, DatabaseServer):
        for number in range(2, MOST_PROCESSES + 1):
            yield files.with_name(f"{files.name}.{number}")


def is_server_url(text: str) -> bool:
    """Tell whether a text names a server, and not a file."""
    return text.partition("://")[0].lower() in SCHEMES and "://" in text


def is_whole_url(text: str) -> bool:
    """Tell whether the address of a server can be used: it names a database, and its parts can be told apart."""
    try:
        parts: SplitResult = urlsplit(text)
        return bool(parts.path.strip("/")) and (parts.port is None or parts.port > 0) and parts.fragment == ""
    except ValueError:
        return False
