"""Shares compiled SQL among the databases of a test process: each new engine would compile every statement again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event

_Key = tuple[Any, ...]


class Compiled(dict[_Key, Any]):
    """Keeps compiled statements by what they say, whichever engine asks: SQLAlchemy's key begins with its dialect."""

    def get(self, key: _Key, default: Any = None) -> Any:
        """Find what any engine of this dialect compiled."""
        return super().get(_shared(key), default)

    def __setitem__(self, key: _Key, compiled: Any) -> None:
        super().__setitem__(_shared(key), compiled)


def _shared(key: _Key) -> _Key:
    dialect, *statement = key
    return (dialect.name, dialect.driver, *statement)


_COMPILED = Compiled()


def share_compiled() -> None:
    """Let every engine that connects from now on use what others have compiled."""

    @event.listens_for(Engine, "engine_connect")
    def _use(connection: Connection) -> None:
        connection.engine._compiled_cache = _COMPILED
