"""Lets tests of keyed rows run with their keys in a file, and again with them on a server of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import bot.store
from bot.models.database_server import DatabaseServer, Place
from bot.store.keyed.key_home import KeyHome, choose_home
from tests.servers.postgres import skip_without_programs


@pytest.fixture(params=["file", "server"])
def either_home(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys in a file, and on a server: there, each database of the test has keys of its own."""
    with ExitStack() as stack:
        if request.param == "server":
            skip_without_programs()
            monkeypatch.setattr(bot.store, "choose_home", _on_server(stack))
        yield


def _on_server(stack: ExitStack) -> Any:
    from tests.servers.key_server import new_key_place, shared_key_server

    made: dict[Place, DatabaseServer] = {}

    def choose(database: Place, named: Place | None, *rest: Any) -> KeyHome:
        if named is None and database not in made:
            made[database] = stack.enter_context(new_key_place(shared_key_server(), Path("nowhere")))
        return choose_home(database, named or made[database], *rest)

    return choose
