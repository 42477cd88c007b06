"""The demo plays the whole loop on a server as it does on a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.models.database_server import DatabaseServer
from tests.servers.postgres import PostgresServer

ROOT = Path(__file__).parents[3]


@pytest.mark.sampled(0)
def test_the_whole_loop_is_played_on_a_server_and_kept_there(server: PostgresServer, place: DatabaseServer) -> None:
    address = server.url_over_tcp(place.name)

    played = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--script", "--database", address],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert played.returncode == 0, f"{played.stdout[-3000:]}{played.stderr}"
    assert f"The database is kept at postgresql://127.0.0.1:{server.port}/{place.name}." in played.stdout
    assert server.password not in played.stdout + played.stderr
    assert server.execute("SELECT count(*) > 10 FROM replies", place.name) == [(True,)]
