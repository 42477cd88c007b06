"""Servers that tests stop and start again, whichever the server is that a folder names ``server``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bot.store.replies import inbox

if TYPE_CHECKING:
    from tests.servers.postgres import PostgresServer


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the inbox try again at once."""
    monkeypatch.setattr(inbox, "FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(inbox, "LONGEST_PAUSE_S", 0.2)


@pytest.fixture
def running(server: PostgresServer) -> Iterator[PostgresServer]:
    """The server, which runs again when the test has ended."""
    yield server
    if not server.is_running():
        server.start()
