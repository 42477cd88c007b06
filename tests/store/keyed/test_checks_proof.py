"""After a check's end, nobody with all files and all keys can tell who gave which view, whatever its author kept."""

from __future__ import annotations

import hmac
import random
import re
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.store import Store, open_store
from bot.store.encryption import KEY_BYTES, Pseudonyms, Sealer
from bot.store.keyed import keys as prompt_keys
from bot.store.keyed import rows as keyed_rows
from bot.store.keyed.keys import NotDestroyedError
from bot.store.tables import views
from tests.store.keyed.test_private_proof import PEOPLE, an_id, files, places, pseudonym_key
from tests.store.samples import GUILD, NOW
from tests.store.samples_of_checks import NOT, TRUE, ended, give, started
from tests.world import DATA_KEY, new_key


def known_authors(path: Path, *, keys: bytes = b"", data_keys: tuple[bytes, ...] = (DATA_KEY,)) -> set[int]:
    """Whose views somebody finds who has every byte on the disk, every data key, and every user id.

    They make the person's pseudonym in the server, and try every 32 bytes that lie anywhere in the files of keys, or in
    ``keys``, as a check's key; then they look for what comes out anywhere in all files, also within what is sealed.
    """
    raw = {file: file.read_bytes() for file in files(path)}
    near_keys = keys + b"".join(held for file, held in raw.items() if file.parent.name == "prompt-keys")
    windows = {near_keys[start : start + KEY_BYTES] for start in range(len(near_keys) - KEY_BYTES + 1)}
    candidates = {*data_keys, pseudonym_key(path, [*data_keys]), *(one for one in windows if one.count(0) < 8)}
    everything = b"".join(raw.values()) + opened(path, data_keys)
    stored = {text.decode() for text in re.findall(rb"(?=([0-9a-f]{32}))", everything)}
    pseudonyms = Pseudonyms(pseudonym_key(path, [*data_keys]))
    found = set()
    for person in PEOPLE:
        own = pseudonyms.of(GUILD, person)
        made = {own} | {
            hmac.digest(key, f"{kind}:{own}".encode(), "sha256").hex()[:32]
            for key in candidates
            for kind in ("view", "private")
        }
        if not stored.isdisjoint(made):
            found.add(person)
    return found


def opened(path: Path, data_keys: tuple[bytes, ...]) -> bytes:
    """All that is sealed beside the views, and the views, in clear."""
    sealer, words = Sealer(*data_keys), list[str]()
    labels = {"views": "views:{id}", "private_replies": "private_replies:{id}", "group_tables": "group_tables:{row}"}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        for table, label in labels.items():
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - names of ours
            words += [sealer.open(row["sealed"], label.format_map(dict(row)), row["key_id"]) for row in rows]
    return "".join(words).encode()


async def test_who_gave_which_view_can_be_told_until_the_check_ends_and_never_after(
    tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "test.db"
    first, second = await started(store, 1), await started(store, 2)
    for check, people in ((first, PEOPLE[:5]), (second, PEOPLE[5:])):
        for person in people:
            await give(store, check, person, missing=f"Lift of {person}.", group="Students")
    assert known_authors(path) == set(PEOPLE)

    await ended(store, first)

    assert known_authors(path) == set(PEOPLE[5:])
    await ended(store, second)
    assert known_authors(path) == set()
    await store.close()
    assert known_authors(path) == set()


async def test_what_an_author_kept_of_their_view_leads_to_no_row(tmp_path: Path, store: Store) -> None:
    """They kept what /my data told them while the check was open, ids and all, and a backup of then."""
    path = tmp_path / "test.db"
    check = await started(store)
    for number, person in enumerate(PEOPLE):
        answers = {"1": TRUE, "2": NOT} if number % 2 else {"1": NOT, "2": TRUE}
        await give(store, check, person, answers=answers, missing="The lifts.")
    kept = [view for person in PEOPLE for _, view in await store.checks.own_all(GUILD, person)]
    async with store._database.read() as connection:
        before = (await connection.execute(views.select())).mappings().all()
    assert len(kept) == len(before) == len(PEOPLE)

    await ended(store, check)

    held = b"".join(file.read_bytes() for file in files(path)) + opened(path, (DATA_KEY,))
    for row in before:
        assert not any(value in held for value in (row["id"].encode(), row["person"].encode(), row["sealed"]))
    assert not any(view.id.encode() in held for view in kept)
    for person in PEOPLE:
        assert await store.checks.own_all(GUILD, person) == ()
    # Nothing in a row tells it from another of the same answers.
    async with store._database.read() as connection:
        after = (await connection.execute(views.select())).mappings().all()
    alike = {tuple(row[name] for name in ("check_id", "person", "day", "code_hash", "key_id")) for row in after}
    assert len(alike) == 1
    assert len({(len(row["id"]), len(row["sealed"])) for row in after}) == 1


async def test_a_backup_without_the_file_of_keys_tells_nothing_even_before(tmp_path: Path, store: Store) -> None:
    check = await started(store)
    for person in PEOPLE:
        await give(store, check, person)
    key = (await store.checks._keys.find((check.id,)))[check.id]
    backup = tmp_path / "backup" / "test.db"
    backup.parent.mkdir()
    with closing(sqlite3.connect(tmp_path / "test.db")) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)

    assert known_authors(backup) == set()
    assert known_authors(backup, keys=key) == set(PEOPLE)
    await ended(store, check)
    assert key not in b"".join(file.read_bytes() for file in files(tmp_path / "test.db"))
    assert known_authors(tmp_path / "test.db", keys=key) == set()


async def test_no_byte_of_the_file_tells_who_came_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same new ids, rows lie in the same places in whatever order views came; before, they do not."""
    before, after = [], []
    for seed in range(3):
        people = random.Random(seed).sample(range(32), 32)  # noqa: S311 - the same orders in each run
        store = await open_store(tmp_path / f"{seed}.db", DATA_KEY)
        check = await started(store)
        for person in people:
            monkeypatch.setattr(keyed_rows, "secrets", SimpleNamespace(token_hex=partial(an_id, person)))
            await give(store, check, person, missing=f"Words of {person:02}.")
        await store.checks.tidy()
        before.append(places(tmp_path / f"{seed}.db", people))
        # The same ids for others each time: who had which id before does not count either.
        new = iter([*(100 + one for one in people), *(132 + one for one in people)])
        monkeypatch.setattr(keyed_rows, "secrets", SimpleNamespace(token_hex=lambda size: an_id(next(new), size)))  # noqa: B023 - used at once
        await ended(store, check)
        monkeypatch.undo()
        after.append(places(tmp_path / f"{seed}.db", list(range(100, 164))))
        assert len(await store.checks.views(check.id)) == 32
        await store.close()

    assert len(set(before)) == 3
    assert len(set(after)) == 1


async def test_nothing_is_released_while_the_key_is_not_destroyed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_keys, "PRAGMAS", (*prompt_keys.PRAGMAS, "busy_timeout = 10"))
    check = await started(store)
    for person in range(6):
        await give(store, check, person)
    check = await store.checks.end(GUILD, check.id, NOW)
    with closing(sqlite3.connect(store.checks._keys.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM check_keys").fetchall()
        with pytest.raises(NotDestroyedError):
            await store.checks.release(check, NOW)

        assert await store.checks.to_release() == (check,)
        assert await store.checks.views(check.id) == ()
        assert await store.checks.result(check) is None

    assert await store.checks.release(check, NOW) is not None
    assert await store.checks.to_release() == ()


async def test_keys_of_checks_that_are_gone_or_released_are_destroyed_and_prompts_keep_theirs(store: Store) -> None:
    kept = await started(store)
    await give(store, kept, 1)
    done = await ended(store, await started(store, 2), range(2))
    for number in (done.id, 99):
        await store.checks._keys.make(number)
    await store.private._keys.make(77)

    assert await store.checks.tidy()

    assert await store.checks._keys.owner_ids() == {kept.id}
    assert await store.private._keys.owner_ids() == {77}


async def test_a_changed_data_key_tells_nothing_of_the_order(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    store = await open_store(tmp_path / "test.db", old)
    check = await started(store)
    for person in range(3):
        await give(store, check, person, missing="The lifts.")
    await store.close()
    store = await open_store(tmp_path / "test.db", new, old)
    for person in range(3, 6):
        await give(store, check, person, missing="The lifts.")
    await ended(store, check)

    async with store._database.read() as connection:
        tables = ("views", "private_replies")
        queries = [f"SELECT DISTINCT key_id FROM {table}" for table in tables]  # noqa: S608 - names of ours
        key_ids = [(await connection.exec_driver_sql(query)).scalars().all() for query in queries]

    assert key_ids == [[Sealer(new).key_id]] * 2
    assert len(await store.checks.views(check.id)) == 6
    await store.close()
