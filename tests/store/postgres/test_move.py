"""``move`` takes a database from its file to a server and back: whole, compared, and never half in anybody's use."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from bot.cli import doctor, move, tidy, verify
from bot.errors import UserError
from bot.models.database_server import DatabaseServer, Place
from bot.services.erasure import erase_everything
from bot.services.subject_access import gather_person_data
from bot.store import Store, StoreError, open_store, open_to_read
from bot.store.lock import hold_lock
from bot.store.postgres.connecting import connect_once
from bot.store.tables import metadata
from bot.store.transfer import move as moving
from bot.store.transfer.move import CutShortError, move_database
from tests.engines import Why
from tests.postgres_server import PostgresServer, new_server_database
from tests.settings_files import environment, keys_beside, store
from tests.store.everything import PEOPLE, WRITER, fill, read
from tests.store.older_copies import ADA, BEN, said
from tests.store.postgres.proxy import proxy_to
from tests.store.samples import GUILD, arrival, document, open_prompt
from tests.store.senders import released, send
from tests.world import DATA_KEY, new_key

__all__ = ["environment", "store"]

pytestmark = pytest.mark.sqlite_file(Why.MOVE)

LATE = 2_000
ODD = 'tab\there, new\nline, \\back\\slash, "quotes", \\N, {a,b}, 😀 café, \r'


@pytest.fixture
def place(server: PostgresServer, tmp_path: Path) -> Iterator[DatabaseServer]:
    """An empty database on the server, whose bot would have the prompt keys of the settings."""
    with new_server_database(server, keys_beside(tmp_path)) as made:
        yield made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "BATCH", 20)


async def go(source: Place, target: Place, *keys: bytes, **options: Any) -> moving.MoveResult:
    return await asyncio.to_thread(move_database, source, target, *(keys or (DATA_KEY,)), **options)


async def run(command: object, settings: Path, *arguments: str) -> Result:
    arguments = (*arguments, "--env-file", str(settings))
    return await asyncio.to_thread(CliRunner().invoke, command, arguments)  # type: ignore[arg-type]


async def open_at(place: Place, folder: Path) -> Store:
    """Open a database with the keys that were there all along."""
    return await open_store(place, DATA_KEY, prompt_keys=keys_beside(folder))


def rows_of(place: Place) -> dict[str, list[str]]:
    """Every row of every table, as the program reads it, in no order of the engine's."""
    if isinstance(place, Path):
        engine = create_engine(f"sqlite:///{place}", poolclass=NullPool)
        with engine.connect() as connection:
            return _rows_of(connection)
    with connect_once(place) as connection:
        return _rows_of(connection)


def _rows_of(connection: Connection) -> dict[str, list[str]]:
    return {
        table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
        for table in metadata.sorted_tables
    }


async def fill_all(store: Store) -> int:
    """Everything, an open prompt with private replies, and what somebody erased. Returns the open prompt's number."""
    await fill(store)
    still_open = await open_prompt(store, message_id=701, thread_id=701)
    for person in PEOPLE[:2]:
        await send(store, still_open, person, f"Privately, {ODD}")
    await store.replies.apply([arrival(still_open, LATE + n, author=n, text=f"{n} {ODD}") for n in range(60)])
    await store.library.add_source(GUILD, document(3, digest="b" * 64, title=ODD))
    await erase_everything(store, GUILD, 5)
    return still_open.id


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


async def test_a_half_filled_target_is_used_by_nothing_and_the_next_run_fills_it(
    tmp_path: Path, store: Store, place: DatabaseServer, source: Path, environment: Path, small_batches: None
) -> None:
    await fill_all(store)
    await store.close()
    back = tmp_path / "back.db"
    for here, there in ((source, place), (place, back)):
        expected = rows_of(here)

        with pytest.raises(KeyboardInterrupt):
            await go(here, there, tell=stop_after(60))

        half = rows_of(there)
        assert 0 < sum(map(len, half.values())) < sum(map(len, expected.values()))
        for opening in (open_store, open_to_read):
            with pytest.raises(StoreError, match="isn’t whole yet"):
                await opening(there, DATA_KEY, prompt_keys=keys_beside(tmp_path))
        copied: list[moving.Progress] = []
        await go(here, there, tell=copied.append)
        assert rows_of(there) == expected
        assert rows_of(here) == expected
        assert min(step.done for step in copied if step.doing == moving.COPYING and step.done) > 60
    await (await open_at(back, tmp_path)).close()


async def test_doctor_says_of_a_half_filled_database_what_to_do(
    store: Store, place: DatabaseServer, source: Path, environment: Path, small_batches: None
) -> None:
    await fill_all(store)
    await store.close()
    with pytest.raises(KeyboardInterrupt):
        await go(source, place, tell=stop_after(60))
    text = environment.read_text().replace(f"WARD_DATABASE={source}", f"WARD_DATABASE={place.url}")
    environment.write_text(f"{text}DISCORD_TOKEN=x.y.z\n")

    found = await run(doctor.command, environment)
    tidied = await run(tidy.command, environment)

    assert "Run move again" in found.output
    assert "isn’t whole yet" in str(tidied.exception)


async def test_a_target_that_is_whole_is_left_as_it_is(
    tmp_path: Path, store: Store, place: DatabaseServer, source: Path
) -> None:
    await fill_all(store)
    await store.close()
    first = await go(source, place)

    assert await go(source, place) == first
    there = await open_at(place, tmp_path)
    await open_prompt(there, message_id=702, thread_id=702)
    await there.close()
    after = rows_of(place)
    with pytest.raises(StoreError, match="may have been used since"):
        await go(source, place)
    assert rows_of(place) == after


async def test_where_the_bot_ran_between_two_tries_the_second_starts_afresh(
    tmp_path: Path, store: Store, place: DatabaseServer, source: Path, small_batches: None
) -> None:
    prompt_id = await fill_all(store)
    await store.close()
    back = tmp_path / "back.db"
    for here, there in ((source, place), (place, back)):
        with pytest.raises(KeyboardInterrupt):
            await go(here, there, tell=stop_after(100))
        bot = await open_at(here, tmp_path)
        await bot.personal.erase_all(GUILD, WRITER)
        prompt = await bot.prompts.get(GUILD, prompt_id)
        await bot.replies.apply([arrival(prompt, 9_000 + id(there) % 100, author=WRITER)])
        await bot.close()

        await go(here, there)

        assert rows_of(there) == rows_of(here)


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


async def test_a_line_that_is_cut_ends_a_move_in_a_sentence_and_the_next_one_finishes(
    store: Store, place: DatabaseServer, source: Path, server: PostgresServer, tmp_path: Path, small_batches: None
) -> None:
    await fill_all(store)
    await store.close()
    expected, loop = rows_of(source), asyncio.get_running_loop()
    async with proxy_to(server.port) as proxy:
        cut = replace(place, url=server.url_over_tcp(place.name, proxy.port))
        for here, there in ((source, cut), (cut, tmp_path / "back.db")):

            def look(progress: moving.Progress) -> None:
                if progress.done > 60:
                    loop.call_soon_threadsafe(proxy.cut)
                    asyncio.run(asyncio.sleep(0.05))

            with pytest.raises(CutShortError, match="it carries on") as caught:
                await go(here, there, tell=look)
            assert "horse" not in str(caught.value)
            await go(here, there)
            assert rows_of(place if there is cut else there) == expected


async def test_a_server_that_starts_again_midway_loses_nothing(
    store: Store, place: DatabaseServer, source: Path, server: PostgresServer, tmp_path: Path, small_batches: None
) -> None:
    await fill_all(store)
    await store.close()
    expected = rows_of(source)
    for here, there in ((source, place), (place, tmp_path / "back.db")):
        restarts: list[bool] = []

        def look(progress: moving.Progress) -> None:
            if progress.done > 60 and not restarts:  # noqa: B023 - called at once
                restarts.append(True)  # noqa: B023
                server.stop(how="immediate")
                server.start()

        with pytest.raises(CutShortError, match="can’t be reached"):
            await go(here, there, tell=look)
        await go(here, there)
        assert rows_of(there) == expected


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


def stop_after(rows: int) -> moving.Tell:
    """Stop as Ctrl-C does, once more rows than so many have been copied."""

    def stop(progress: moving.Progress) -> None:
        if progress.done > rows:
            raise KeyboardInterrupt

    return stop
