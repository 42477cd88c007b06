"""What is sealed is bound to its row: whoever writes into the file by hand changes nothing that is then believed."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, select, true, update
from sqlalchemy.types import TypeEngine

from bot.models.replies import Edit, Reaction
from bot.store import Store, StoreError, open_store
from bot.store import migration as migrating
from bot.store.encryption.sealer import ChangedRowError, Sealer, WrongKeyError
from bot.store.schema.sealed_columns import SEALED, bound_name
from bot.store.tables import metadata, replies, secrets
from tests.by_hand import change, connected, look, rows
from tests.engines import Why
from tests.store.everything import FORM_WRITER, WRITER, fill
from tests.store.old_seals import put_back
from tests.store.samples import GUILD, NOW, arrival, form, open_prompt
from tests.world import DATA_KEY, new_key

ATTACKS = {
    "one author becomes five people": "UPDATE replies SET person = lpad(CAST(id AS VARCHAR), 32, '0')",
    "two authors change places": (
        "UPDATE replies SET person = CASE person WHEN (SELECT min(person) FROM replies) "
        "THEN (SELECT max(person) FROM replies) ELSE (SELECT min(person) FROM replies) END"
    ),
    "a reply moves to another prompt": "UPDATE replies SET prompt_id = 2 WHERE id = 1",
    "a prompt moves to another server": "UPDATE prompts SET guild_id = 2 WHERE id = 1",
    "a reply was never edited": "UPDATE replies SET edited_at = NULL WHERE id = 2",
    "a reply was written earlier": "UPDATE replies SET created_at = '2026-01-01 09:00:00.000000+00:00' WHERE id = 1",
    "a reply agrees with another": "UPDATE replies SET reply_to = 3 WHERE id = 1",
    "a reply stands in another message": "UPDATE replies SET message_id = 99 WHERE id = 1",
}
CONSENT = {
    "a no becomes a yes": "UPDATE people SET quotes = TRUE",
    "another's yes is taken over": "UPDATE people SET person = (SELECT person FROM replies WHERE id = 4)",
    "nobody has stopped": "UPDATE people SET stopped = FALSE",
}


def tamper(path: Path, statement: str) -> None:
    """Write into the file by hand."""
    assert change(path, statement)


async def two_prompts(store: Store) -> None:
    """Replies of two people to a prompt, and a second prompt in a second server."""
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, n, WRITER, f"Nights are short {n}.") for n in (1, 2, 3)])
    await store.replies.apply([Edit(2, "Rotas come late.", NOW)])
    await store.replies.add_form(form(prompt, 4, FORM_WRITER, "The rota comes late."), "Ada")
    await store.replies.note_message(4, 40)
    await store.settings.join([2])
    await open_prompt(store, message_id=701, thread_id=701)
    await store.people.choose(GUILD, WRITER, quotes=False, notices=True)


def test_what_is_bound_is_written_as_in_databases_of_years_ago() -> None:
    written = datetime(2026, 1, 5, 10, 30, 0, 5, timezone(timedelta(hours=1)))
    times = {"created_at": written, "edited_at": None, "attachments": 2, "late": True}
    row = {
        "id": 17,
        "prompt_id": 3,
        "guild_id": 10**17,
        "person": 'a"é',
        "kind": "thread",
        "message_id": 17,
        "reply_to": None,
    }

    assert bound_name(replies, row | times) == (
        '[2, "replies.sealed", 17, 3, 100000000000000000, "a\\"\\u00e9", "thread", 17, null, '
        '"2026-01-05 09:30:00.000005", null, 2, 1]'
    )


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
async def test_a_reply_that_was_changed_by_hand_is_not_read(tmp_path: Path, store: Store, attack: str) -> None:
    await two_prompts(store)
    await store.replies.of_prompt(1)

    tamper(tmp_path / "test.db", attack)

    with pytest.raises(ChangedRowError):
        await store.replies.of_prompt(1)
        await store.replies.of_prompt(2)


@pytest.mark.parametrize("attack", CONSENT.values(), ids=CONSENT)
async def test_a_choice_that_was_changed_by_hand_is_not_believed(tmp_path: Path, store: Store, attack: str) -> None:
    await two_prompts(store)
    await store.people.stop(GUILD, WRITER, NOW)
    assert not await store.people.quotable(GUILD)

    tamper(tmp_path / "test.db", attack)

    with pytest.raises(ChangedRowError):
        await store.people.quotable(GUILD)
    with pytest.raises(ChangedRowError):
        await store.people.groups(GUILD)


ELSEWHERE = {"guild_id": ("prompts", "guild_id"), "draft_row": ("drafts", "row")}
"""Where a bound column is that the table itself has not."""


def flipped(value: object, kind: TypeEngine[Any]) -> object:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 90
        case date():  # and a moment
            return value + timedelta(days=1)
        case None | "":
            others: dict[type, object] = {int: 7, bool: True, datetime: NOW, date: NOW.date()}
            return others.get(getattr(kind, "impl", kind).python_type, "7")
        case _:
            return f"{value}"[:-1] + ("0" if f"{value}"[-1] != "0" else "1")


def put(path: Path, column: Column[Any], key: dict[Column[Any], object], value: object) -> None:
    """Write a value into a row of the database by hand."""
    with connected(path) as connection:
        own = (part == held for part, held in key.items())
        assert connection.execute(update(column.table).where(*own).values({column: value})).rowcount == 1


REACTIONS = {
    "a reaction is made up": (
        "INSERT INTO reactions (reply_id, person, emoji, seal) "
        "SELECT reply_id, lpad('7', 32, '0'), emoji, seal FROM reactions"
    ),
    "a reaction moves to another reply": "UPDATE reactions SET reply_id = 2",
    "a reaction says something else": "UPDATE reactions SET emoji = '\U0001f44e'",
    "a reaction has another author": "UPDATE reactions SET person = (SELECT person FROM replies WHERE id = 4)",
    "a reaction has no seal": "UPDATE reactions SET seal = NULL",
}


@pytest.mark.parametrize("attack", REACTIONS)
async def test_a_reaction_that_was_written_by_hand_is_named(tmp_path: Path, store: Store, attack: str) -> None:
    await two_prompts(store)
    await store.replies.apply([Reaction(1, GUILD, 99, "👍")])
    assert (await store.replies.reactions_held(1))[1] == {"👍": 1}
    before = await store.seals.check()
    assert not before.changed

    tamper(tmp_path / "test.db", REACTIONS[attack])

    assert (await store.seals.check()).changed == {"reactions": 1}


@pytest.mark.sqlite_file(Why.OLD)
async def test_reactions_from_before_they_were_sealed_are_sealed_by_the_migration(tmp_path: Path, store: Store) -> None:
    await two_prompts(store)
    await store.replies.apply([Reaction(1, GUILD, person, "👍") for person in range(99, 110)])
    before = await store.seals.check()
    await store.close()
    put_back(tmp_path / "test.db")

    again = await open_store(tmp_path / "test.db", DATA_KEY)

    assert await again.seals.check() == before
    assert (await again.replies.reactions_held(1))[1] == {"👍": 11}
    await again.close()


async def test_no_bound_column_of_any_table_can_be_changed_by_hand(tmp_path: Path, store: Store) -> None:
    await fill(store)
    assert not (await store.seals.check()).changed
    unseen = []
    for table, name in ((t, n) for t, sealing in SEALED.items() if t is not secrets for n in sealing.bound):
        place, column = (table.name, name) if name in table.c else ELSEWHERE[name]
        there = metadata.tables[place]
        bound, key = there.c[column], list(there.primary_key)
        query = select(*key, bound).where(there.c.sealed.is_not(None) if there is table else true()).limit(1)
        with connected(tmp_path / "test.db") as connection:
            *own, held = connection.execute(query).one()
        other = flipped(held, bound.type)
        moved = [other if part is bound else value for part, value in zip(key, own, strict=True)]
        put(tmp_path / "test.db", bound, dict(zip(key, own, strict=True)), other)
        if table.name not in (await store.seals.check()).changed:
            unseen.append((table.name, name))
        put(tmp_path / "test.db", bound, dict(zip(key, moved, strict=True)), held)
    assert unseen == []
    assert not (await store.seals.check()).changed


@pytest.mark.sqlite_file(Why.OLD)
async def test_a_row_that_does_not_open_is_left_by_the_migration_and_named(tmp_path: Path, store: Store) -> None:
    await two_prompts(store)
    await store.close()
    put_back(tmp_path / "test.db")
    tamper(tmp_path / "test.db", "UPDATE replies SET sealed = (SELECT sealed FROM replies WHERE id = 2) WHERE id = 1")

    again = await open_store(tmp_path / "test.db", DATA_KEY)

    assert (await again.seals.check()).changed == {"replies": 1}
    assert (await again.replies.own(GUILD, WRITER, 2)).text == "Rotas come late."
    await again.close()


async def test_without_one_of_the_keys_nothing_is_migrated(tmp_path: Path, store: Store) -> None:
    await two_prompts(store)
    await store.close()
    path, fresh = tmp_path / "test.db", new_key()
    put_back(path)
    both = Sealer(fresh, DATA_KEY)
    change(path, "UPDATE replies SET key_id = ? WHERE id = 1", both.key_id)
    before = rows(path)

    for keys in ((new_key(),), (DATA_KEY,)):
        with pytest.raises(WrongKeyError, match="WARD_DATA_KEY"):
            await open_store(path, *keys)

    assert look(path, "SELECT version_num FROM alembic_version") == [("0009",)]
    assert rows(path) == before


@pytest.mark.sqlite_file(Why.FULL_DISK)
async def test_a_full_disk_leaves_the_database_as_it_was_before_the_migration(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two_prompts(store)
    await store.close()
    put_back(tmp_path / "test.db")

    whole = migrating._run_alembic

    def fill_up(connection: Connection, **options: Any) -> None:
        whole(connection, **options)
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(migrating, "_run_alembic", fill_up)
        with pytest.raises(StoreError, match=r"is full\. Make room; nothing that was stored is lost"):
            await open_store(tmp_path / "test.db", DATA_KEY)

    again = await open_store(tmp_path / "test.db", DATA_KEY)
    assert (await again.seals.check()).changed == {}
    await again.close()
