"""A migration is whole or not at all, keeps what depends on a table, and never touches a newer database."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.models.private import Quoting
from bot.models.settings import BY_HAND
from bot.store import Store, StoreError, open_store
from bot.store import migration as migrating
from bot.store.encryption.sealer import Sealer
from bot.store.migration import migrate, read_revision
from bot.store.migrations import HEAD, MIGRATIONS
from bot.store.tables import check_words, metadata
from tests.by_hand import change, connected, insert, look, rows
from tests.engines import EMPTY, Why, at
from tests.posted_prompts import posted_prompts
from tests.store.next_migration import with_next
from tests.store.samples import arrival, open_prompt
from tests.world import DATA_KEY


async def with_a_reply(store: Store) -> None:
    """Store one reply and let the file go."""
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1)])
    await store.close()


def test_the_migrations_make_the_tables_of_the_program(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, head="0001")
    migrate(path)

    with connected(path) as connection:
        difference = compare_metadata(MigrationContext.configure(connection), metadata)

    assert difference == []
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


@pytest.mark.sqlite_file(Why.SHAPE)
def test_a_new_database_has_what_the_migrations_make(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    migrate(old, head="0001")
    migrate(old)
    migrate(new)

    assert shape(new) == shape(old)


def shape(path: Path) -> dict[str, object]:
    """What a database file is made of: the columns, references and indexes of each table, in no order."""
    with closing(sqlite3.connect(path)) as connection:

        def rows(pragma: str, name: str) -> list[tuple[object, ...]]:
            return connection.execute(f"PRAGMA {pragma}('{name}')").fetchall()

        def indexes(name: str) -> set[object]:
            every = rows("index_list", name)
            # SQLite numbers the indexes of constraints in the order of their making, which says nothing.
            named = ((str(one[1]) if one[3] == "c" else one[3], one) for one in every)
            return {
                (label, one[2], one[4], tuple(row[2] for row in rows("index_info", str(one[1]))))
                for label, one in named
            }

        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        others = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall()
        found: dict[str, object] = {"others": others}
        for name, sql in tables:
            columns = {row[1:] for row in rows("table_info", name)}
            references = {row[2:] for row in rows("foreign_key_list", name)}
            version = connection.execute("SELECT * FROM alembic_version").fetchall()
            found[name] = (columns, references, indexes(name), "WITHOUT ROWID" in sql.upper(), version)
        return found


@pytest.mark.sqlite_file(Why.OLD)
async def test_what_people_wrote_in_an_open_check_is_kept_and_what_they_answered_to_four_choices_is_not(
    tmp_path: Path,
) -> None:
    path, sealer, row_id = tmp_path / "old.db", Sealer(DATA_KEY), "a" * 32
    migrate(path, head="0007")
    body = json.dumps({"answers": {"1": "true"}, "missing": "The porters.", "quoting": "yes", "group": "Students"})
    sealed = sealer.seal(body, f"views:{row_id}")
    common: dict[str, Any] = {"check_id": 1, "day": date(2026, 1, 6), "sealed": sealed, "key_id": sealer.key_id}
    for table in ("guilds", "prompts"):
        insert(path, table, id=1)
    insert(path, "checks", id=1, sealed=sealer.seal("[]", "checks:1"), key_id=sealer.key_id)
    insert(path, "views", id=row_id, person="p" * 32, code_hash="h" * 64, **common)
    insert(path, "views", id="b" * 32, person="q" * 32, **common)  # says nothing beside its answers
    insert(path, "views", id="c" * 32, **common)  # of a check that has ended
    for number, subject in enumerate(("check:1", "prompt:1")):
        held = {"sealed": sealer.seal("{}", "group_tables:1"), "key_id": sealer.key_id}
        insert(path, "group_tables", id=number, guild_id=1, subject=subject, **held)

    migrate(path, sealer)

    assert look(path, "SELECT subject FROM group_tables") == [("prompt:1",)]
    store = await open_store(path, DATA_KEY)
    async with store._database.read() as connection:
        (kept,) = (await connection.execute(check_words.select())).mappings().all()
    words = store.checks._opened(kept)
    assert (words.id, words.text, words.quoting, kept["person"]) == (row_id, "The porters.", Quoting.YES, "p" * 32)
    await store.close()


def test_batches_of_several_prompts_are_dissolved_and_their_replies_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, head="0008")
    for table in ("guilds", "series", "prompts"):
        insert(path, table, id=1)
    insert(path, "private_batches", id=1, prompt_id=1)
    insert(path, "private_batches", id=2, series_id=1)
    for number in (1, 2):
        row = {"id": str(number) * 32, "prompt_id": 1, "batch_id": number, "code_hash": str(number)}
        insert(path, "private_replies", **row)

    migrate(path, head="0009")  # which looks for broken references itself, of a file

    assert look(path, "SELECT id, prompt_id FROM private_batches") == [(1, 1)]
    assert look(path, "SELECT batch_id FROM private_replies ORDER BY id") == [(1,), (None,)]


async def test_altering_a_parent_table_keeps_its_children(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "test.db"
    await with_a_reply(store)

    migrate(path, migrations=with_next(tmp_path), head="9000")

    assert look(path, "SELECT count(*) FROM replies") == [(1,)]
    assert look(path, "SELECT extra FROM prompts") == [("",)]


@pytest.mark.sqlite_file(Why.COPY)
async def test_the_copy_of_before_is_whole_and_the_owners_alone(tmp_path: Path, store: Store) -> None:
    await with_a_reply(store)

    migrate(tmp_path / "test.db", migrations=with_next(tmp_path), head="9000")

    copy = tmp_path / "test.db.before-9000"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert look(copy, "SELECT version_num FROM alembic_version") == [(HEAD,)]


async def test_a_migration_that_fails_half_way_leaves_a_database_that_starts_again(
    tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "test.db"
    await with_a_reply(store)

    with pytest.raises(RuntimeError, match="half way"):
        migrate(path, migrations=with_next(tmp_path, "raise RuntimeError('half way')"), head="9000")

    again = await open_store(path, DATA_KEY)
    (prompt,) = await posted_prompts(again)
    assert await again.replies.count(prompt.id) == (1, 1)
    await again.close()


@pytest.mark.sqlite_file(Why.REFERENCES)
async def test_a_migration_that_breaks_references_is_undone(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "test.db"
    await with_a_reply(store)

    with pytest.raises(StoreError, match="1 broken reference"):
        migrate(path, migrations=with_next(tmp_path, "op.execute('DELETE FROM prompts')"), head="9000")

    assert look(path, "SELECT count(*) FROM prompts") == [(1,)]


async def test_a_database_newer_than_the_program_is_refused_and_left_alone(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "test.db"
    await with_a_reply(store)
    change(path, "UPDATE alembic_version SET version_num = '9999'")
    before = rows(path)

    with pytest.raises(StoreError, match="newer version of the program"):
        await open_store(path, DATA_KEY)

    assert rows(path) == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    assert read_revision(path) is None
    change(path, "CREATE TABLE notes (words TEXT)")

    with pytest.raises(StoreError, match="another program"):
        migrate(path)


def test_alembic_is_imported_only_when_there_is_something_to_migrate(tmp_path: Path) -> None:
    place = at(tmp_path / "new.db", template=EMPTY)
    where = str(place) if isinstance(place, Path) else place.url
    script = (
        "import sys; from pathlib import Path; from bot.models.database_server import DatabaseServer; "
        f"from bot.store.migration import migrate; where = {where!r}; "
        "place = DatabaseServer(where, Path('nowhere')) if '://' in where else Path(where); "
        "migrate(place); migrate(place); print('alembic' in sys.modules)"
    )

    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"


@pytest.mark.sqlite_file(Why.RIGHTS)
def test_the_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "new.db"
    migrating.migrate(_prepared(path))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def _prepared(path: Path) -> Path:
    from bot.store.sqlite.engine import prepare_file

    prepare_file(path)
    return path


async def test_a_database_of_the_first_version_keeps_all_it_had(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, head="0001")
    change(path, "INSERT INTO guilds (id, prompts_channel_id, open_days) VALUES (1, 11, 21)")
    change(path, "INSERT INTO meta (name, value) VALUES ('commands', 'abc')")

    store = await open_store(path, DATA_KEY)
    settings = await store.settings.of(1)
    note = await store.settings.note("commands")
    await store.close()

    assert (settings.prompts_channel_id, settings.open_days, note) == (11, 21, "abc")
    assert (settings.publish, settings.announcements_channel_id) == (BY_HAND, None)
