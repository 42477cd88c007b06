"""After a check's end, nobody with all files and all keys can tell who tapped or wrote what, whatever they kept."""

from __future__ import annotations

import hmac
import random
import re
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Table

from bot.services.check_rounds import count_check_presses
from bot.store import Store, open_store
from bot.store.encryption.sealer import KEY_BYTES, Pseudonyms, Sealer
from bot.store.keyed import keys as prompt_keys
from bot.store.keyed import rows as keyed_rows
from bot.store.keyed.keys import NotDestroyedError
from bot.store.schema.sealed_columns import open_column, select_sealed
from bot.store.tables import check_words, press_totals, pressers, presses, private_replies
from tests import by_hand
from tests.engines import Why
from tests.store.keyed.test_private_proof import PEOPLE, an_id, keys_of, places, pseudonym_key
from tests.store.samples import GUILD, NOW
from tests.store.samples_of_checks import DIFFERENT, SAME, SKIP, ended, started, tap, write
from tests.world import DATA_KEY, new_key


def known_authors(path: Path, *, keys: bytes = b"", data_keys: tuple[bytes, ...] = (DATA_KEY,)) -> set[int]:
    """Whose taps and words somebody finds who has every byte on the disk, every data key, and every user id.

    They make the person's pseudonym in the server, and try every 32 bytes that lie anywhere in the files of keys, or in
    ``keys``, as a check's key; then they look for what comes out anywhere in all files, also within what is sealed.
    """
    near_keys = keys + b"".join(file.read_bytes() for file in keys_of(path))
    windows = {near_keys[start : start + KEY_BYTES] for start in range(len(near_keys) - KEY_BYTES + 1)}
    candidates = {*data_keys, pseudonym_key(path, [*data_keys]), *(one for one in windows if one.count(0) < 8)}
    everything = by_hand.held(path) + near_keys + opened(path, data_keys)
    stored = {text.decode() for text in re.findall(rb"(?=([0-9a-f]{32}))", everything)}
    pseudonyms = Pseudonyms(pseudonym_key(path, [*data_keys]))
    found = set()
    for person in PEOPLE:
        own = pseudonyms.of(GUILD, person)
        made = {own} | {
            hmac.digest(key, said.encode(), "sha256").hex()[:32]
            for key in candidates
            for said in (f"view:{own}", f"private:{own}", f"presser:{own}", f"press:{own}:0100", f"press:{own}:0200")
        }
        if not stored.isdisjoint(made):
            found.add(person)
    return found


def opened(path: Path, data_keys: tuple[bytes, ...]) -> bytes:
    """All that is sealed, in clear."""
    sealer, words = Sealer(*data_keys), list[str]()
    with by_hand.connected(path) as connection:
        for table in (check_words, private_replies, press_totals):
            rows = connection.execute(select_sealed(table)).mappings().all()
            words += [open_column(sealer, table, row) for row in rows]
    return "".join(words).encode()


async def test_who_pressed_and_wrote_what_can_be_told_until_the_check_ends_and_never_after(
    tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "test.db"
    first, second = await started(store, 1), await started(store, 2)
    for check, people in ((first, PEOPLE[:3]), (second, PEOPLE[3:])):
        for number, person in enumerate(people):
            if number % 2:
                await write(store, check, person, f"Lift of {person}.")
            else:
                await tap(store, check, person, SAME, SKIP)
    assert known_authors(path) == set(PEOPLE)

    await ended(store, first)

    assert known_authors(path) == set(PEOPLE[3:])
    await ended(store, second)
    assert known_authors(path) == set()
    await store.close()
    assert known_authors(path) == set()


async def test_what_people_kept_of_what_they_did_leads_to_no_row(tmp_path: Path, store: Store) -> None:
    """They kept what /my told them while the check was open, and a copy of all its rows from then."""
    path = tmp_path / "test.db"
    check = await started(store)
    for number, person in enumerate(PEOPLE):
        await tap(store, check, person, *((SAME, DIFFERENT) if number % 2 else (DIFFERENT, SAME)))
        await write(store, check, person)
    before = [row for table in (check_words, presses, pressers) for row in await held(store, table)]
    assert len(before) == 4 * len(PEOPLE)
    # Nothing in the row of a press tells without the key whose it is, about what, or what was pressed.
    assert len({row["mark"] for row in await held(store, presses)}) == 2 * len(PEOPLE)
    assert {(len(row["mark"]), len(row["locked"])) for row in await held(store, presses)} == {(32, 37)}

    await ended(store, check)

    left = by_hand.held(path) + b"".join(file.read_bytes() for file in keys_of(path)) + opened(path, (DATA_KEY,))
    for row in before:
        kept = {name: row[name] for name in ("id", "person", "sealed", "mark", "locked") if name in row}
        assert not any((value.encode() if isinstance(value, str) else value) in left for value in kept.values())
    for person in PEOPLE:
        assert await store.checks.own_all(GUILD, person) == ()
    # Nothing in the row of a private reply tells it from another of the same words.
    after = await held(store, private_replies)
    names = ("prompt_id", "person", "day", "key_id", "batch_id")
    assert len({tuple(row[name] for name in names) for row in after}) == 1
    assert len({(len(row["id"]), len(row["sealed"])) for row in after}) == 1


async def held(store: Store, table: Table) -> list[dict[str, Any]]:
    """The rows of a table, as they are stored."""
    async with store._database.read() as connection:
        return [dict(row) for row in (await connection.execute(table.select())).mappings()]


async def test_a_backup_without_the_file_of_keys_tells_nothing_even_before(tmp_path: Path, store: Store) -> None:
    check = await started(store)
    for person in PEOPLE:
        await tap(store, check, person, SAME)
        await write(store, check, person)
    key = (await store.checks._keys.find((check.id,)))[check.id]
    backup = tmp_path / "backup" / "test.db"
    by_hand.back_up(tmp_path / "test.db", backup)

    assert known_authors(backup) == set()
    assert known_authors(backup, keys=key) == set(PEOPLE)
    await ended(store, check)
    assert key not in b"".join(file.read_bytes() for file in keys_of(tmp_path / "test.db"))
    assert known_authors(tmp_path / "test.db", keys=key) == set()


@pytest.mark.sqlite_file(Why.ORDER)
async def test_no_byte_of_the_file_tells_who_came_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same new ids, rows lie in the same places in whatever order words came, while it is open and after."""
    before, after = [], []
    for seed in range(3):
        people = random.Random(seed).sample(range(32), 32)  # noqa: S311 - the same orders in each run
        store = await open_store(tmp_path / f"{seed}.db", DATA_KEY)
        check = await started(store)
        for person in people:
            monkeypatch.setattr(keyed_rows, "secrets", SimpleNamespace(token_hex=partial(an_id, person)))
            await write(store, check, person, f"Words of {person:02}.")
        await store.checks.tidy()
        before.append(places(tmp_path / f"{seed}.db", people))
        # The same ids for others each time: who had which id before does not count either.
        new = iter([100 + one for one in people])
        monkeypatch.setattr(keyed_rows, "secrets", SimpleNamespace(token_hex=lambda size: an_id(next(new), size)))  # noqa: B023 - used at once
        await ended(store, check)
        monkeypatch.undo()
        after.append(places(tmp_path / f"{seed}.db", list(range(100, 132))))
        await store.close()

    assert len(set(before)) == 1
    assert len(set(after)) == 1


async def test_a_backup_from_before_the_end_joins_no_words_to_what_was_tapped(tmp_path: Path, store: Store) -> None:
    """Each person taps and then writes. Somebody has all rows of a backup, and those from after the end."""
    check = await started(store)
    for number, person in enumerate(PEOPLE):
        await tap(store, check, person, *((SAME, DIFFERENT) if number % 2 else (DIFFERENT, SAME)))
        await write(store, check, person, f"Lift of {person}.")
    words, tapped = await held(store, check_words), await held(store, presses) + await held(store, pressers)
    await ended(store, check)
    released = await held(store, private_replies)

    # A private reply leads to its words of before by its code alone, and from there nothing leads on.
    assert {row["code_hash"] for row in released} == {row["code_hash"] for row in words}
    shared = {check.id, None}
    of_words = {value for row in (*words, *released) for value in row.values()} - shared
    assert of_words.isdisjoint({value for row in tapped for value in row.values()} - shared)


def joined(copy: Path, released: list[dict[str, Any]], keys: list[bytes]) -> set[int]:
    """The people whose words after the end somebody joins to what they tapped, by a copy of the database and keys.

    They go from a private reply to its words in the copy by its code, to its author by trying each user id under each
    key, and from there to what the author tapped, in the same way.
    """
    author_of = dict(by_hand.look(copy, "SELECT code_hash, person FROM check_words"))
    marks = {mark for (mark,) in by_hand.look(copy, "SELECT mark FROM presses UNION SELECT mark FROM pressers")}
    authors = {author_of[row["code_hash"]] for row in released}
    own_names = Pseudonyms(pseudonym_key(copy, [DATA_KEY]))
    people = set[int]()
    for person in PEOPLE:
        own = own_names.of(GUILD, person)
        for key in keys:
            said = (f"presser:{own}", f"press:{own}:0100", f"press:{own}:0200")
            tapped = {hmac.digest(key, words.encode(), "sha256").hex()[:32] for words in said}
            wrote = hmac.digest(key, f"view:{own}".encode(), "sha256").hex()[:32]
            if wrote in authors and not tapped.isdisjoint(marks):
                people.add(person)
    return people


async def test_a_backup_and_every_key_that_is_left_do_not_join_words_to_what_was_tapped(
    tmp_path: Path, store: Store
) -> None:
    """The copy is of the database alone, as the documented command makes it, from just before the end."""
    check = await started(store)
    for person in PEOPLE:
        await tap(store, check, person, SAME, SKIP)
        await write(store, check, person, f"Lift of {person}.")
    key, copy = (await store.checks._keys.find((check.id,)))[check.id], tmp_path / "backup.db"
    by_hand.back_up(tmp_path / "test.db", copy)
    await ended(store, check)
    released = await held(store, private_replies)
    assert len(released) == len(PEOPLE)

    near_keys = keys_of(tmp_path / "test.db")
    left = b"".join(file.read_bytes() for file in near_keys)
    windows = {left[start : start + KEY_BYTES] for start in range(len(left) - KEY_BYTES + 1)}
    keys = [window for window in windows if window.count(0) < 8]
    assert near_keys
    assert joined(copy, released, [DATA_KEY, pseudonym_key(copy, [DATA_KEY]), *keys]) == set()
    # What no program can rule out, and staff, the form and promises.toml say: somebody copied the key file too.
    assert joined(copy, released, [key]) == set(PEOPLE)


async def test_nothing_is_released_while_the_key_is_not_destroyed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_keys, "PRAGMAS", (*prompt_keys.PRAGMAS, "busy_timeout = 10"))
    check = await started(store)
    for person in range(6):
        await tap(store, check, person, SAME)
        await write(store, check, person)
    check = await store.checks.end(GUILD, check.id, NOW)
    await count_check_presses(store, check)
    with closing(sqlite3.connect(str(store.checks._keys.place), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM check_keys").fetchall()
        with pytest.raises(NotDestroyedError):
            await store.checks.release(check, NOW)

        assert await store.checks.to_release() == (check,)
        assert len(await held(store, check_words)) == len(await held(store, presses)) == 6
        assert await store.checks.result(check) is None

    assert await store.checks.release(check, NOW) is not None
    assert await store.checks.to_release() == ()


async def test_keys_of_checks_that_are_gone_or_released_are_destroyed_and_prompts_keep_theirs(store: Store) -> None:
    kept = await started(store)
    await tap(store, kept, 1, SAME)
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
        await write(store, check, person)
    await store.close()
    store = await open_store(tmp_path / "test.db", new, old)
    for person in range(3, 6):
        await write(store, check, person)
    await ended(store, check)

    assert [row["key_id"] for row in await held(store, private_replies)] == [Sealer(new).key_id] * 6
    await store.close()
