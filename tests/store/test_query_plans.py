"""Every statement of the store finds its rows by an index, so that no server waits for the rows of all others."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

from bot.store import open_store
from bot.store.tables import metadata
from tests.engines import Why
from tests.store.calls import LAST, call, full, functions, given, listening, ways
from tests.world import DATA_KEY

SMALL = {"guilds", "series", "sources", "meta", "secrets", "alembic_version"}
"""Tables that have a row for a server, a report or a series, and not for what people do."""

ALLOWED = {
    "summaries.shared": "a start repairs every summary; with a prompt named it finds that prompt's alone",
    "summaries.prompt_ids": "a start lists the prompts that have summaries, by an index, without what these say",
    "sortings.forget_all": "a start without a language model empties the table",
    "outcomes.forget_told": "once a day, each note of who was told is held against the replies that are left",
    "reports.servers": "it reads the index of reports that wait, in which no other stands",
    "seals.check": "the command verify opens all that is stored, some rows at a time",
    "reports.forget": "once a day, each mark is held against its age",
}
"""Functions of the store that read a whole table that grows, and why they may."""


def scans(connection: sqlite3.Connection, statement: str) -> list[str]:
    """The tables that grow and that SQLite would read whole for a statement."""
    words = statement.split()[0].upper()
    if words not in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
        return []
    plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?")).fetchall()
    # "SEARCH prompts" without an index is how SQLite names a whole table that is read for its least or greatest value.
    steps = [re.match(r"(SCAN|SEARCH) (\w+?)(_\d+)?( .*)?$", row[3]) for row in plan]
    read = [step[2] for step in steps if step and (step[1] == "SCAN" or " USING " not in (step[4] or ""))]
    return [table for table in read if table in metadata.tables and table not in SMALL]


async def heard(folder: Path) -> dict[str, str]:
    """The statements of every function of the store, each with the function that gave it, over a full database."""
    async with full(folder / "full") as store:
        values = await given(store)
        left = [(name, optional) for name, function in functions(store) for optional in ways(function)]
    copies = 0
    with listening() as listener:
        while left:
            copies += 1
            copy = Path(copytree(folder / "full", folder / str(copies)))
            store = await open_store(copy / "test.db", DATA_KEY)
            try:
                found = dict(functions(store))
                while left:
                    name, optional = left.pop(0)
                    await call(name, found[name], values, listener, optional=optional)
                    if name.split(".")[1].startswith(LAST):
                        break  # the next one finds everything again
            finally:
                await store.close()
    return listener.statements


@pytest.mark.sqlite_file(Why.PLANS)
async def test_no_function_of_the_store_reads_a_whole_table_that_grows(tmp_path: Path) -> None:
    statements = await heard(tmp_path)
    with closing(sqlite3.connect(tmp_path / "full" / "test.db")) as connection:
        read = [(name, table) for statement, name in statements.items() for table in scans(connection, statement)]

    whole = {name: sorted({table for one, table in read if one == name}) for name, _ in read}
    assert len(statements) > 240
    assert {name: tables for name, tables in whole.items() if name not in ALLOWED} == {}
    assert set(ALLOWED) <= set(whole)


def test_what_goes_with_a_row_is_found_by_an_index() -> None:
    """A deleted row takes others with it, or leaves them: SQLite looks for them by the column that refers to it."""
    bare = set()
    for table in metadata.tables.values():
        whole = [index for index in table.indexes if index.dialect_options["sqlite"]["where"] is None]
        unique = [c for c in table.constraints if isinstance(c, (PrimaryKeyConstraint, UniqueConstraint))]
        found = {next(iter(each.columns)).name for each in (*whole, *unique) if len(each.columns)}
        bare |= {str(key.parent) for key in table.foreign_keys if key.parent.name not in found}

    assert bare == set()
