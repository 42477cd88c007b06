"""A program that holds some of Discord's shards speaks of their servers alone, and leaves others' as they are."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from bot.models.shards import SHIFT, Shards
from bot.store import Store, open_store
from bot.store.tables import metadata
from tests.by_hand import rows
from tests.posted_prompts import posted_prompts
from tests.store.calls import call, full, functions, given, listening
from tests.store.samples import GUILD, NOW, open_prompt
from tests.world import DATA_KEY

OTHERS = Shards(2, frozenset({1}))
"""All that the sample has is of shard 0."""

OF_NO_SERVER = {"meta", "secrets", "shard_epochs", "alembic_version"}
OF_THE_FILE = {
    "outside.take": "it reads notes of the program's own, and leaves those about others' servers",
    "seals.check": "an admin has the whole file checked",
    "personal.servers": "an admin looks for a person in the whole file",
    "erasures.apply": "the journal of erasures is about the whole file, when it is opened",
    "erasures.to_repair": "the same",
    "erasures.note_repaired": "the same",
    "erasures.prune": "the journal of erasures is one",
    "marks.salt_old": "when the file is opened",
    "marks.destroy_salts": "the file of keys is one",
    "model_use.take": "the bound of words a day is one for every program on the file",
    "private.tidy": "the file of keys is one, and what of it is still needed, all owners say",
    "checks.tidy": "the same",
    "private.follow_keys": "the same",
    "checks.follow_keys": "the same",
}
"""Functions that are about the whole file on purpose, and why."""


def names_something(name: str, kind: Any) -> bool:
    """Whether a parameter says of which server, prompt, thread or other thing a function speaks."""
    if name.endswith(("_id", "_ids")):
        return True
    return kind not in (datetime, date, bool, int, datetime | None)


def of_all_servers(store: Store) -> Iterator[tuple[str, Any]]:
    """The functions of the store that need no name of anything, by their signatures."""
    for name, function in functions(store):
        hints = get_type_hints(function)
        needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
        if not any(names_something(one.name, hints[one.name]) for one in needed):
            yield name, function


def tables_of(statement: str) -> set[str]:
    """The tables that a statement reads or changes."""
    return {name for name in metadata.tables if re.search(rf"\b{name}\b", statement)} - OF_NO_SERVER


async def test_what_speaks_of_every_server_speaks_of_those_that_are_held(tmp_path: Path) -> None:
    async with full(tmp_path / "full") as store:
        values = await given(store)
    before = rows(tmp_path / "full" / "test.db")
    heard: dict[str, set[str]] = {}
    store = await open_store(tmp_path / "full" / "test.db", DATA_KEY, held=OTHERS)
    try:
        for name, function in of_all_servers(store):
            if name in OF_THE_FILE:
                continue
            with listening() as listener:
                await call(name, function, values, listener, optional=False)
            heard[name] = {one for one in listener.statements if tables_of(one)}
    finally:
        await store.close()

    assert len(heard) >= 35
    assert {name for name, statements in heard.items() if not statements} == set(), (
        "nothing was asked, so nothing shows"
    )
    bare = {name: [one for one in statements if ">>" not in one] for name, statements in heard.items()}
    assert {name: statements for name, statements in bare.items() if statements} == {}
    assert rows(tmp_path / "full" / "test.db") == before


async def test_the_exceptions_are_functions_of_the_store(store: Store) -> None:
    assert set(OF_THE_FILE) <= {name for name, _ in of_all_servers(store)}


async def test_what_is_held_is_all_that_a_single_program_finds(tmp_path: Path) -> None:
    async with full(tmp_path / "full") as store:
        alone = [await posted_prompts(store), await store.drafts.open_drafts(), await store.settings.guild_ids()]
    store = await open_store(tmp_path / "full" / "test.db", DATA_KEY, held=Shards(2, frozenset({0})))
    try:
        held = [await posted_prompts(store), await store.drafts.open_drafts(), await store.settings.guild_ids()]
    finally:
        await store.close()

    assert all(alone)
    assert held == alone


async def test_erasing_what_servers_left_leaves_those_of_other_programs(tmp_path: Path, store: Store) -> None:
    other = (1 << SHIFT) + 5
    await store.settings.join([GUILD, other])
    for guild_id in (GUILD, other):
        await store.settings.leave(guild_id, NOW)
    late = NOW.replace(year=NOW.year + 1)
    second = await open_store(tmp_path / "test.db", DATA_KEY, held=OTHERS)
    try:
        assert await second.settings.erase_left(late) == 1
    finally:
        await second.close()

    assert await store.personal.servers() == (GUILD,)


async def test_what_a_command_changed_is_heard_by_who_holds_the_server(tmp_path: Path, store: Store) -> None:
    prompt = await open_prompt(store)
    beside = await open_store(tmp_path / "test.db", DATA_KEY, beside=True)
    await beside.prompts.close(prompt, NOW)
    await beside.close()
    second = await open_store(tmp_path / "test.db", DATA_KEY, held=OTHERS)
    try:
        assert await second.outside.take() == ()
    finally:
        await second.close()

    assert [change.about_id for change in await store.outside.take()] == [prompt.id]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_each_server_is_held_by_one_shard(count: int) -> None:
    for guild_id in (GUILD, 10**17, 10**17 + (1 << SHIFT), 10**18 + 12_345_678_901):
        assert [shard for shard in range(count) if Shards(count, frozenset({shard})).hold(guild_id)] == [
            (guild_id >> SHIFT) % count
        ]


@pytest.mark.parametrize(("count", "held"), [(0, {0}), (2, set()), (2, {2}), (2, {-1, 0})])
def test_shards_that_do_not_exist_are_refused(count: int, held: set[int]) -> None:
    with pytest.raises(ValueError, match="no such shards"):
        Shards(count, frozenset(held))
