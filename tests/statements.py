"""Shares compiled SQL among the databases of a test process: each new engine would compile every statement again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine

from tests.private_names import require_names

_Key = tuple[Any, ...]
PRIVATE = "_compiled_cache"
"""Where an engine keeps what it has compiled."""


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
    """Let every engine that is made from now on use what others have compiled. Raises RuntimeError where it can't."""
    require_names("sqlalchemy", create_engine("sqlite://"), PRIVATE)
    setattr(Engine, PRIVATE, property(lambda _: _COMPILED, lambda _, __: None))
