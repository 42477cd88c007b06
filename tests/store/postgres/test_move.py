"""``move`` takes a database from its file to a server and back: whole, compared, and never half in anybody's use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import move, verify
from bot.errors import UserError
from bot.models.database_server import DatabaseServer
from bot.services.subject_access import gather_person_data
from bot.store import Store, StoreError, open_store
from bot.store.postgres.connecting import connect_once
from bot.store.sqlite.lock import hold_lock
from tests.cli.settings_files import environment, keys_beside, store
from tests.engines import Why
from tests.servers.postgres import PostgresServer, new_server_database
from tests.store.everything import PEOPLE, read
from tests.store.older_copies import ADA, BEN, said
from tests.store.postgres.moves import ODD, fill_all, go, open_at, place, rows_of, run, small_batches, source
from tests.store.samples import GUILD, arrival, open_prompt
from tests.store.senders import released, send
from tests.world import DATA_KEY, new_key

__all__ = ["environment", "place", "small_batches", "source", "store"]

pytestmark = pytest.mark.sqlite_file(Why.MOVE)


async def test_everything_is_the_same_on_the_server_and_back_in_a_file(
    tmp_path: Path, store: Store, place: DatabaseServer, source: Path, environment: Path
) -> None:
    prompt_id = await fill_all(store)
    seen = await read(store)
    await store.close()
    before, content = rows_of(source), source.read_bytes()
    assert all(before[table] for table in ("replies", "private_replies", "checks", "outcomes", "tombstones"))

    moved = await go(source, place)

    assert moved.rows == sum(map(len, before.values()))
    assert moved.seals.rows > 60
    assert moved.seals.changed == {}
    assert rows_of(place) == before
    assert source.read_bytes() == content
    there = await open_at(place, tmp_path)
    assert await read(there) == seen
    own = await there.private.own(await there.prompts.get(GUILD, prompt_id), PEOPLE[0])
    assert own is not None
    assert ODD in own.text
    assert await there.private.withdraw_own(await there.prompts.get(GUILD, prompt_id), PEOPLE[1])
    again = await open_prompt(there, message_id=702, thread_id=702)
    assert again.id > prompt_id
    await there.close()

    back = tmp_path / "back.db"
    after = rows_of(place)
    await go(place, back)

    assert rows_of(back) == after == rows_of(place)
    assert oct(back.stat().st_mode & 0o777) == "0o600"
    assert {file.name for file in tmp_path.glob("back.db*")} == {"back.db", "back.db.lock"}
    here = await open_at(back, tmp_path)
    assert (await here.private.own(await here.prompts.get(GUILD, prompt_id), PEOPLE[0])) == own
    assert (await open_prompt(here, message_id=703, thread_id=703)).id > again.id
    await here.close()


async def test_what_a_person_is_shown_of_themselves_is_the_same_after_a_move(
    tmp_path: Path, store: Store, place: DatabaseServer, source: Path
) -> None:
    await said(store)
    await store.personal.erase_all(GUILD, 5)
    kept = [await gather_person_data(store, GUILD, user) for user in (ADA, BEN)]
    assert kept[0].replies
    await store.close()

    await go(source, place)

    there = await open_at(place, tmp_path)
    assert [await gather_person_data(there, GUILD, user) for user in (ADA, BEN)] == kept
    await there.close()


async def test_what_lies_on_the_server_tells_neither_the_order_of_private_replies_nor_when_each_came(
    store: Store, place: DatabaseServer, source: Path
) -> None:
    prompt = await open_prompt(store)
    await released(store, prompt, range(100, 140))
    still_open = await open_prompt(store, message_id=701, thread_id=701)
    arrived = []
    for person in range(200, 240):
        await send(store, still_open, person)
        own = await store.private.own(still_open, person)
        assert own is not None
        arrived.append(own.id)
    await store.close()

    await go(source, place)

    query = "SELECT id, xmin::text FROM private_replies ORDER BY ctid"
    with connect_once(place) as connection:
        rows = connection.exec_driver_sql(query).all()
    ids = [row.id for row in rows]
    assert len(ids) == 80
    assert len({row.xmin for row in rows}) == 1
    assert ids == sorted(ids)  # they are random
    assert [row_id for row_id in ids if row_id in arrived] != arrived


async def test_a_running_bot_is_noticed_on_either_side(
    store: Store, place: DatabaseServer, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.transfer.connections.PATIENCE_S", 0.1)
    await fill_all(store)
    await store.close()
    for files in (source, place.files):
        with hold_lock(files), pytest.raises(StoreError, match="A bot is running"):
            await go(source, place)
    await go(source, place)
    there = await open_at(place, tmp_path)
    await there.settings.guild_ids()

    with pytest.raises(StoreError, match="Stop the bot, on other machines too"):
        await go(replace(place, files=tmp_path / "other" / "keys.db"), tmp_path / "back.db")

    await there.close()
    assert not (tmp_path / "back.db").exists()


async def test_nobody_else_writes_to_the_source_meanwhile(
    store: Store, place: DatabaseServer, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill_all(store)
    await store.close()
    refused = []

    def look(_progress: object) -> None:
        with closing(sqlite3.connect(source, timeout=0)) as other, pytest.raises(sqlite3.OperationalError) as caught:
            other.execute("DELETE FROM meta")
        refused.append(str(caught.value))

    await go(source, place, tell=look)

    assert set(refused) == {"database is locked"}


async def test_what_belongs_to_others_is_left_alone(
    tmp_path: Path, store: Store, place: DatabaseServer, source: Path, server: PostgresServer
) -> None:
    await fill_all(store)
    await store.close()
    other = tmp_path / "other.db"
    await (await open_store(other, DATA_KEY, prompt_keys=tmp_path.parent / "o" / "keys.db")).close()
    letter, notes = tmp_path / "letter.db", tmp_path / "notes.db"
    letter.write_text("Dear all, " * 500)
    with closing(sqlite3.connect(notes)) as connection, connection:
        connection.execute("CREATE TABLE notes (words)")
    with new_server_database(server, place.files) as theirs, new_server_database(server, place.files) as program:
        await (await open_store(theirs, DATA_KEY, prompt_keys=tmp_path.parent / "t" / "keys.db")).close()
        server.execute("CREATE TABLE notes (words text)", program.name)
        before = rows_of(theirs)
        with pytest.raises(StoreError, match="another bot"):
            await go(source, theirs)
        with pytest.raises(StoreError, match="another program"):
            await go(source, program)
        assert rows_of(theirs) == before
    await go(source, place)
    for taken, words in ((other, "another bot"), (letter, "no database of this bot"), (notes, "another program")):
        content = taken.read_bytes()
        with pytest.raises(StoreError, match=words):
            await go(place, taken)
        assert taken.read_bytes() == content


async def test_places_that_cannot_be_moved_from_or_to_are_named(
    tmp_path: Path, store: Store, place: DatabaseServer, source: Path
) -> None:
    await store.close()
    with pytest.raises(StoreError, match="Both databases are files"):
        await go(source, tmp_path / "copy.db")
    with pytest.raises(StoreError, match="Both databases are on servers"):
        await go(place, replace(place, url=place.url.replace("ward_", "ward_x")))
    with pytest.raises(StoreError, match="There’s no database"):
        await go(tmp_path / "nothing.db", place)
    assert not list(tmp_path.glob("nothing*"))
    with pytest.raises(UserError, match="doesn’t fit this database"):
        await go(source, place, new_key())


async def test_a_row_that_the_server_cannot_store_is_named_by_its_table(
    store: Store, place: DatabaseServer, source: Path
) -> None:
    await fill_all(store)
    await store.close()
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute("UPDATE sources SET title = 'cut' || char(0) || 'here'")

    with pytest.raises(StoreError, match="table sources doesn’t fit") as caught:
        await go(source, place)

    assert "carries on" not in str(caught.value)
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute("UPDATE sources SET title = 'A report'")
        connection.execute("UPDATE prompts SET claimed_at = 'tomorrow'")
    with pytest.raises(StoreError, match="table prompts was changed by hand"):
        await go(source, place)


async def test_the_command_says_what_to_set_and_shows_no_password(
    tmp_path: Path, store: Store, place: DatabaseServer, server: PostgresServer, environment: Path, source: Path
) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number) for number in range(1, 40)])
    await store.close()
    secret = tmp_path / "address"
    secret.touch(mode=0o600)
    secret.write_text(server.url_over_tcp(place.name))

    by_file = await run(move.command, environment, "--to-file", str(secret))
    by_address = await run(move.command, environment, "--to", server.url_over_tcp(place.name))

    assert by_file.exit_code == by_address.exit_code == 0, by_file.output
    assert f"set WARD_DATABASE_FILE to {secret}, and take WARD_DATABASE out" in by_file.output
    assert "set WARD_DATABASE to the address that you gave" in by_address.output
    for result in (by_file, by_address):
        assert "Delete it when all is well, after 30 days at most" in result.output
        assert "horse" not in result.output

    text = environment.read_text().replace(f"WARD_DATABASE={source}\n", f"WARD_DATABASE_FILE={secret}\n")
    environment.write_text(text)
    assert (await run(verify.command, environment)).exit_code == 0
    back = await run(move.command, environment, "--to", str(tmp_path / "back.db"))
    assert back.exit_code == 0, back.output
    assert f"set WARD_DATABASE to {tmp_path / 'back.db'}, and take WARD_DATABASE_FILE out" in back.output


async def test_the_command_refuses_a_target_that_the_settings_would_refuse(
    store: Store, environment: Path, place: DatabaseServer, tmp_path: Path
) -> None:
    await store.close()
    keys = keys_beside(tmp_path)
    for arguments, words in (
        ((), "with --to, or with --to-file"),
        (("--to", "a.db", "--to-file", "b"), "with --to, or with --to-file"),
        (("--to", "postgresql://ward@host"), "isn’t the address"),
        (("--to", str(keys.parent / "new.db")), "a backup would take the keys along"),
    ):
        result = await run(move.command, environment, *arguments)
        assert words in str(result.exception)


async def test_rows_that_were_changed_by_hand_are_moved_and_told_of(
    store: Store, place: DatabaseServer, source: Path, environment: Path
) -> None:
    await fill_all(store)
    await store.close()
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute("UPDATE replies SET person = 'x' || substr(person, 2) WHERE id = 1")

    result = await run(move.command, environment, "--to", place.url)

    assert result.exit_code == 1
    assert "But 1 row can’t be opened" in result.output
    assert rows_of(place) == rows_of(source)
