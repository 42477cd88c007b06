"""After the closing, nobody with all files, all data keys and an old backup can tell who pressed what, or together."""

from __future__ import annotations

import hmac
import re
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.models.views import Choice
from bot.services.replies.private_replies import release_private_replies
from bot.store import Store
from bot.store.encryption.sealer import KEY_BYTES, NONCE_BYTES, Pseudonyms
from tests.by_hand import back_up, held, look
from tests.engines import IS_ON_POSTGRES
from tests.store.keyed.taps import say, show, tap
from tests.store.keyed.test_private_proof import keys_of, pseudonym_key
from tests.store.samples import GUILD, NOW, open_prompt
from tests.world import DATA_KEY

SAID = tuple(f"Ward {name} waits for its rota until Friday." for name in "ABC")
PEOPLE = tuple(0x0A1B_2C3D_4E5F_6000 + n * 17 for n in range(8))
SAME, DIFFERENT, SKIP = Choice


def candidates(path: Path) -> set[bytes]:
    """Every 32 bytes that lie anywhere in the files of prompt keys, and the keys that an administrator has."""
    near = b"".join(file.read_bytes() for file in keys_of(path))
    windows = {near[start : start + KEY_BYTES] for start in range(len(near) - KEY_BYTES + 1)}
    return {DATA_KEY, pseudonym_key(path, [DATA_KEY]), *(window for window in windows if window.count(0) < 8)}


def traced(path: Path, *more: Path) -> set[tuple[int, str, str]]:
    """Who pressed what, as far as somebody finds who has every byte, every key, and the id of every user and statement.

    They try each key for the mark of each person with each statement, look for it in all files (deleted rows and logs
    too), and try to open with each key all that lies beside it.
    """
    everything = b"".join(held(each) for each in (path, *more)) + b"".join(file.read_bytes() for file in keys_of(path))
    stored = {text.decode() for text in re.findall(rb"(?=([0-9a-f]{32}))", everything)}
    marks = [mark for (mark,) in look(more[0] if more else path, "SELECT mark FROM statements")]
    pseudonyms = Pseudonyms(pseudonym_key(path, [DATA_KEY]))
    found = set()
    for key in candidates(path):
        for person in PEOPLE:
            of_guild = pseudonyms.of(GUILD, person)
            if hmac.digest(key, f"presser:{of_guild}".encode(), "sha256").hex()[:32] in stored:
                found.add((person, "", "took part"))
            for mark in marks:
                name = hmac.digest(key, f"press:{of_guild}:{mark}".encode(), "sha256").hex()[:32]
                if name in stored:
                    found.add((person, mark, unlocked(key, name, everything)))
    return found


def unlocked(key: bytes, name: str, everything: bytes) -> str:
    """What was pressed, where it can be opened."""
    locker = AESGCM(hmac.digest(key, b"what was pressed", "sha256"))
    for place in (found.end() for found in re.finditer(name.encode(), everything)):
        for start in range(place, place + 16):
            for length in range(NONCE_BYTES + 16, NONCE_BYTES + 64):
                sealed = everything[start : start + length]
                try:
                    opened = locker.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], f"presses:{name}".encode())
                except InvalidTag:
                    continue
                return opened.decode()[0]
    return ""


async def press_all(store: Store) -> set[tuple[int, str, str]]:
    """Each person presses about each statement, by a rule. Returns what somebody could find who can trace it."""
    prompt = await open_prompt(store)
    await say(store, prompt, SAID)
    done = set()
    for place, said in enumerate(await show(store, prompt, SAID)):
        for number, person in enumerate(PEOPLE):
            choice = (SAME, DIFFERENT, SKIP)[(number + place) % 3]
            await tap(store, prompt, person, said.mark, choice)
            done.add((person, said.mark, choice.value))
    return done | {(person, "", "took part") for person in PEOPLE}


async def test_administrators_could_trace_it_until_the_end_and_nobody_can_afterwards(
    tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "test.db"
    pressed = await press_all(store)
    assert traced(path) == pressed  # what people are told before they press
    backup = back_up(path, tmp_path / "the day before" / "test.db")

    prompt = await store.prompts.get(GUILD, 1)
    await store.prompts.close(prompt, NOW)
    assert await release_private_replies(store, NOW)

    assert traced(path, backup) == set()
    await store.close()
    assert traced(path, backup) == set()


async def test_no_two_presses_can_be_joined_and_none_tells_what_it_is_about(tmp_path: Path, store: Store) -> None:
    await press_all(store)
    backup = back_up(tmp_path / "test.db", tmp_path / "a backup" / "test.db")
    rows = look(backup, "SELECT mark, prompt_id, check_id, locked FROM presses")
    pressers = [mark for (mark,) in look(backup, "SELECT mark FROM pressers")]
    statements = look(backup, 'SELECT id, mark, "row" FROM statements')
    assert len(rows) == len(PEOPLE) * len(SAID)
    # In a file they lie in the order of chance; what a server tells of it is in docs/postgresql.md.
    assert IS_ON_POSTGRES or [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert {row[1:3] for row in rows} == {(1, None)}
    assert len({len(row[3]) for row in rows}) == 1
    assert len({row[0] for row in rows} | set(pressers)) == len(rows) + len(PEOPLE)
    for _, mark, name in statements:
        assert not any(mark.encode() in row[3] or name.encode() in row[3] for row in rows)


async def test_what_is_left_are_totals_and_the_author_is_not_the_one_who_is_missing(
    tmp_path: Path, store: Store
) -> None:
    await press_all(store)
    prompt = await store.prompts.get(GUILD, 1)
    await store.prompts.close(prompt, NOW)
    assert await release_private_replies(store, NOW)
    for table in ("presses", "pressers"):
        assert look(tmp_path / "test.db", f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - names of ours
    totals = await store.presses.totals(prompt.id)
    assert (totals.people, [total.same for total in totals.statements]) == (8, [3, 2, 3])
