"""What a database or its server says of itself: its size, and the settings that decide what survives or stays."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How much room a database takes, in bytes, and its write-ahead log where that is a file of its own."""

    database: int
    log: int = 0


@dataclass(frozen=True, slots=True)
class ServerSetting:
    """A setting of the server with its value, whether it is as it should be, and what to do where it is not."""

    name: str
    value: str
    is_well: bool = True
    what_to_do: str = ""


@dataclass(frozen=True, slots=True)
class ServerState:
    """What a server says of a database. ``applied`` is the number of the last erasure that the database knows."""

    version: str
    size: int
    applied: int
    safety: tuple[ServerSetting, ...]
    """What decides whether a stored reply survives a power cut."""
    traces: tuple[ServerSetting, ...]
    """What decides how long erased rows can still be read in the server's files."""
