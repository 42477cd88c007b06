"""A dump that is put back does not bring back what was erased since, as a backup of a file doesn't."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.models.database_server import DatabaseServer
from bot.store import open_store
from tests.servers.postgres import PostgresServer, find_programs
from tests.store.samples import GUILD, arrival, open_prompt
from tests.world import DATA_KEY


async def test_what_was_erased_since_a_dump_is_erased_again_once_it_is_put_back(
    server: PostgresServer, place: DatabaseServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "pgpass"
    secret.touch(mode=0o600)
    secret.write_text(f"127.0.0.1:{server.port}:{place.name}:ward:{server.password}\n")
    monkeypatch.setenv("PGPASSFILE", str(secret))
    address = f"postgresql://ward@127.0.0.1:{server.port}/{place.name}"  # which the list of processes shows
    store = await open_store(place, DATA_KEY, prompt_keys=place.files)
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number, author=number % 2) for number in range(1, 9)])
    dump = tmp_path / "ward.dump"
    run("pg_dump", "--format=custom", f"--file={dump}", address)
    await store.personal.erase_all(GUILD, 1)
    assert await store.replies.count(prompt.id) == (1, 4)
    await store.close()

    run("pg_restore", "--clean", "--if-exists", "--single-transaction", f"--dbname={address}", str(dump))

    assert server.execute("SELECT count(*) FROM replies", place.name) == [(8,)]
    again = await open_store(place, DATA_KEY, prompt_keys=place.files)
    assert await again.replies.count(prompt.id) == (1, 4)
    await again.replies.apply([arrival(prompt, 1, author=1)])  # nor does Discord's history bring it back
    assert await again.replies.count(prompt.id) == (1, 4)
    await again.close()


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs."""
    programs = find_programs()
    assert programs is not None
    done = subprocess.run([programs / program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
