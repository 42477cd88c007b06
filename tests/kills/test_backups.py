"""Backups and restores on a full disk, and killed at every step: never a half file, and always a database."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.sqlite.copy_facts import check_whole
from tests.cli.settings_files import environment, store
from tests.cli.test_backup import back_up, files_in, replies_in
from tests.engines import Why
from tests.kills.dying import refused_on_full_disk
from tests.processes import Forked, run_cli
from tests.store.older_copies import BEN, said
from tests.store.samples import arrival

__all__ = ["environment", "store"]

pytestmark = pytest.mark.sqlite_file(Why.BACKUP)

OTHERS = "The car park is always full before the early shift starts. "
STEPS = ("os.link", "os.rename", "os.remove", "os.chmod", "sqlite3.connect", "open", "os.utime")


@pytest.mark.parametrize("room", [0, 10_000, 200_000])
async def test_a_full_disk_ends_a_backup_and_a_restore_in_one_sentence_and_leaves_no_half_file(
    tmp_path: Path, store: Store, environment: Path, room: int
) -> None:
    prompt = await said(store)
    await store.replies.apply([arrival(prompt, 2_000 + n, BEN, f"{n}: {OTHERS * 8}") for n in range(300)])
    await back_up(environment, tmp_path / "copy.db")
    await store.close()
    before = {name: (tmp_path / name).read_bytes() for name in ("test.db", "copy.db")}
    assert len(before["copy.db"]) > 250_000

    for arguments in (("backup", str(tmp_path / "second.db")), ("restore", str(tmp_path / "copy.db"))):
        await refused_on_full_disk((*arguments, "--env-file", str(environment)), room)
        assert (
            files_in(tmp_path) - {"settings", "test.db", "copy.db", "test.db.lock", "test.db-wal", "test.db-shm"}
            == set()
        )
        assert replies_in(tmp_path / "test.db") == replies_in(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == before["copy.db"]


def dying(arguments: tuple[str, ...], folder: str, number: int) -> None:
    """Run a command in a process that is killed at the ``number``th step that it takes in a folder."""
    seen = 0

    def look(event: str, details: tuple[object, ...]) -> None:
        nonlocal seen
        if event in STEPS and folder in str(details[0]) and not str(details[0]).endswith("settings"):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    run_cli(arguments, {})


async def die_at_every_step(folder: Path, arguments: tuple[str, ...], check: Callable[[], None]) -> int:
    """Kill a command at its first step in a folder, then at its second, until it gets to its end. Returns how many."""
    for number in range(1, 200):
        child = Forked(dying, arguments, str(folder), number)
        try:
            code, told = await child.ended()
        finally:
            child.kill()
        if code != -signal.SIGKILL:
            assert code == 0, told
            return number - 1
        check()
    raise AssertionError("it never ends")


async def test_a_backup_killed_at_any_step_leaves_no_half_file_and_the_next_one_clears_up(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    (tmp_path / "copies").mkdir()
    target = tmp_path / "copies" / "copy.db"
    wholes = []

    def check() -> None:
        if target.exists():
            wholes.append(check_whole(target))
            target.unlink()

    steps = await die_at_every_step(tmp_path, ("backup", str(target), "--env-file", str(environment)), check)

    assert steps > 10
    assert wholes
    assert files_in(tmp_path / "copies") == {"copy.db"}


async def test_a_killed_backup_is_cleared_up_by_the_next_one_of_any_name_and_other_files_stay(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / ".letter.part").write_text("Somebody else's.")
    for number in range(1, 200):
        child = Forked(
            dying, ("backup", str(folder / "monday.db"), "--env-file", str(environment)), str(folder), number
        )
        try:
            await child.ended()
        finally:
            child.kill()
        left = {name for name in files_in(folder) if "monday" in name}
        if left:
            break
    assert left
    assert "monday.db" not in left

    await back_up(environment, folder / "tuesday.db")

    assert files_in(folder) == {"tuesday.db", ".letter.part"}


@pytest.mark.parametrize("names", [("one.db", "other.db"), ("one.db", "one.db")])
async def test_of_two_backups_at_the_same_moment_each_is_whole_or_says_why_it_is_not(
    tmp_path: Path, store: Store, environment: Path, names: tuple[str, str]
) -> None:
    await said(store)
    folder = tmp_path / "copies"
    folder.mkdir()
    children = [Forked(run_cli, ("backup", str(folder / name), "--env-file", str(environment)), {}) for name in names]
    try:
        ends = [await child.ended() for child in children]
    finally:
        for child in children:
            child.kill()

    made = [name for name, (code, _) in zip(names, ends, strict=True) if code == 0]
    assert made
    for code, told in ends:
        assert code == 0 or any(why in told for why in ("Another backup is being written", "is there already")), told
    assert files_in(folder) == set(made)
    for name in set(made):
        check_whole(folder / name)


async def test_a_restore_killed_at_any_step_leaves_the_old_database_or_the_new_one(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    prompt = await said(store)
    await back_up(environment, tmp_path / "copy.db")
    await store.replies.apply([arrival(prompt, 950, BEN, "Only in the newer database.")])
    await store.close()
    old, new = replies_in(tmp_path / "test.db"), replies_in(tmp_path / "copy.db")
    found = set()

    def check() -> None:
        check_whole(tmp_path / "test.db")
        found.add(replies_in(tmp_path / "test.db"))

    steps = await die_at_every_step(
        tmp_path, ("restore", str(tmp_path / "copy.db"), "--env-file", str(environment)), check
    )

    assert steps > 10
    assert found == {old, new}
    assert replies_in(tmp_path / "test.db") == new
    assert not list(tmp_path.glob("*restore-part*"))
    assert any(replies_in(kept) == old for kept in tmp_path.glob("test.db.before-restore-*"))
