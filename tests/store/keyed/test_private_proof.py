"""After the closing, nobody with all files and all data keys can tell who wrote a private reply, or who came first."""

from __future__ import annotations

import hashlib
import hmac
import random
import re
from collections import defaultdict
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.store import Store, open_store
from bot.store.encryption.keys import PSEUDONYM_KEY
from bot.store.encryption.sealer import KEY_BYTES, Pseudonyms, Sealer
from bot.store.keyed import rows as keyed_rows
from tests.by_hand import back_up, held, look
from tests.engines import Why
from tests.store.samples import GUILD, NOW
from tests.store.senders import prompt_in, released, send
from tests.world import DATA_KEY, new_key

PAGE = 4096
PEOPLE = tuple(0x0A1B_2C3D_4E5F_6000 + n * 17 for n in range(6))


def keys_of(path: Path) -> list[Path]:
    """The file of prompt keys, and what SQLite keeps beside it."""
    return list((path.parent / "prompt-keys").glob(f"{path.name}*"))


def known_authors(path: Path, data_keys: list[bytes]) -> set[int]:
    """Whose private replies somebody finds who has every byte on the disk, every data key, and every user id.

    They make the person's pseudonym in the server, and try every 32 bytes that lie anywhere in the files of prompt keys
    as a prompt's key; then they look for what comes out anywhere in all files.
    """
    near_keys = b"".join(file.read_bytes() for file in keys_of(path))
    everything = held(path) + near_keys
    windows = {near_keys[start : start + KEY_BYTES] for start in range(len(near_keys) - KEY_BYTES + 1)}
    candidates = {*data_keys, pseudonym_key(path, data_keys), *(one for one in windows if one.count(0) < 8)}
    stored = {text.decode() for text in re.findall(rb"(?=([0-9a-f]{32}))", everything)}
    pseudonyms = Pseudonyms(pseudonym_key(path, data_keys))
    found = set()
    for person in PEOPLE:
        of_guild = pseudonyms.of(GUILD, person)
        made = {of_guild} | {
            hmac.digest(key, f"private:{of_guild}".encode(), "sha256").hex()[:32] for key in candidates
        }
        if not stored.isdisjoint(made):
            found.add(person)
    return found


def pseudonym_key(path: Path, data_keys: list[bytes]) -> bytes:
    ((sealed, key_id),) = look(path, "SELECT sealed, key_id FROM secrets WHERE name = ?", PSEUDONYM_KEY)
    return bytes.fromhex(Sealer(*data_keys).open(sealed, PSEUDONYM_KEY, key_id))


async def test_who_wrote_it_can_be_told_until_the_prompt_closes_and_never_after(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "test.db"
    first, second = await prompt_in(store, 1), await prompt_in(store, 2)
    for prompt, people in ((first, PEOPLE[:5]), (second, PEOPLE[5:])):
        for person in people:
            await send(store, prompt, person)
    assert known_authors(path, [DATA_KEY]) == set(PEOPLE)

    await released(store, first, ())

    assert known_authors(path, [DATA_KEY]) == set(PEOPLE[5:])
    await released(store, second, ())
    assert known_authors(path, [DATA_KEY]) == set()
    await store.close()
    assert known_authors(path, [DATA_KEY]) == set()


async def test_without_the_file_of_prompt_keys_nobody_can_tell_even_before(tmp_path: Path, store: Store) -> None:
    prompt = await prompt_in(store)
    for person in PEOPLE:
        await send(store, prompt, person)
    backup = tmp_path / "backup" / "test.db"
    back_up(tmp_path / "test.db", backup)

    assert known_authors(backup, [DATA_KEY]) == set()
    (backup.parent / "prompt-keys").mkdir()
    for file in (tmp_path / "prompt-keys").iterdir():
        (backup.parent / "prompt-keys" / file.name).write_bytes(file.read_bytes())
    assert known_authors(backup, [DATA_KEY]) == set(PEOPLE)


@pytest.mark.sqlite_file(Why.ORDER)
async def test_no_byte_of_the_file_tells_who_came_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same replies lie in the same places, in whatever order they came; before the release they do not."""
    before, after = [], []
    for seed in range(3):
        people = random.Random(seed).sample(range(16), 16)  # noqa: S311 - the same orders in each run
        store = await open_store(tmp_path / f"{seed}.db", DATA_KEY)
        other, prompt = await prompt_in(store, 1), await prompt_in(store, 2)
        for person in (99, *people):
            monkeypatch.setattr(keyed_rows, "secrets", SimpleNamespace(token_hex=partial(an_id, person)))
            await send(store, prompt if person != 99 else other, person, f"Words of {person:02}. " * (1 + person % 3))
        monkeypatch.undo()
        await store.private.tidy()
        before.append(places(tmp_path / f"{seed}.db", people))
        await released(store, prompt, ())
        after.append(places(tmp_path / f"{seed}.db", people))
        (batch,) = await store.private.waiting(GUILD)
        replies = await store.private.of_batch(GUILD, batch.id)
        assert [reply.id for reply in replies] == sorted(an_id(person, 16) for person in people)
        await store.close()

    assert len(set(before)) == 3
    assert len(set(after)) == 1


def an_id(person: int, size: int) -> str:
    """An id that looks random, and is always the same for a person."""
    return hashlib.sha256(bytes([person])).hexdigest()[: 2 * size]


def places(path: Path, people: list[int]) -> tuple[tuple[int, ...], ...]:
    """Whose ids lie in each page of the file, the last first: SQLite fills a page from its end."""
    raw, found = path.read_bytes(), defaultdict(list)
    for person in people:
        for match in re.finditer(an_id(person, 16).encode(), raw):
            found[match.start() // PAGE].append((-match.start(), person))
    return tuple(tuple(person for _, person in sorted(found[page])) for page in sorted(found))


async def test_a_changed_data_key_tells_nothing_of_the_order(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    store = await open_store(tmp_path / "test.db", old)
    prompt = await prompt_in(store)
    for person in range(3):
        await send(store, prompt, person)
    await store.close()
    store = await open_store(tmp_path / "test.db", new, old)
    for person in range(3, 6):
        await send(store, prompt, person)
    await released(store, prompt, ())
    (batch,) = await store.private.waiting(GUILD)
    await store.private.let_in(GUILD, batch.id, 1, NOW)

    async with store._database.read() as connection:
        key_ids = (await connection.exec_driver_sql("SELECT DISTINCT key_id FROM private_replies")).scalars().all()

    assert key_ids == [Sealer(new).key_id]
    assert len(await store.private.shown_for_prompt(prompt.id)) == 6
    await store.close()
