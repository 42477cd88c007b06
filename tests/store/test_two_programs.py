"""Two programs that write to one database at the same moment, as a bot and a command do: no number is given twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.models.library import Passage
from bot.models.outcomes import Decision, Outcome, OutcomeState, PointRef
from bot.store import Store, open_store
from bot.store.outcomes import CHANGED_MEANWHILE
from bot.store.suggestions import BY_STAFF
from tests.store.samples import GUILD, NOW, document, open_prompt
from tests.world import DATA_KEY

DECIDED = Decision(OutcomeState.DOING, "We hire six nurses.")


@pytest.fixture
async def programs(tmp_path: Path, store: Store) -> AsyncIterator[tuple[Store, Store]]:
    """Two programs that have the same database open."""
    other = await open_store(tmp_path / "test.db", DATA_KEY)
    yield store, other
    await other.close()


async def test_excerpts_that_two_programs_add_at_once_are_behind_each_other(programs: tuple[Store, Store]) -> None:
    store, _ = programs
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document(3))

    await asyncio.gather(
        *(
            programs[number % 2].library.add_excerpt(GUILD, source.id, Passage(f"By hand, {number}."))
            for number in range(12)
        )
    )

    held = await store.library.excerpts(GUILD, source.id)
    assert [excerpt.position for excerpt in held] == list(range(1, 16))
    assert {excerpt.passage.text for excerpt in held[3:]} == {f"By hand, {number}." for number in range(12)}


async def test_suggestions_that_two_programs_approve_at_once_are_behind_each_other(
    programs: tuple[Store, Store],
) -> None:
    store, _ = programs
    await store.settings.join([GUILD])
    made = [
        await store.suggestions.add(GUILD, author, passage="Rotas come late.", source="Staff", question="", now=NOW)
        for author in range(8)
    ]

    await asyncio.gather(
        *(
            programs[number % 2].suggestions.make_excerpt(suggestion, Passage(f"Staff say {number}."), 5, NOW)
            for number, suggestion in enumerate(made)
        )
    )

    (source,) = await store.library.sources(GUILD)
    assert source.details.title == BY_STAFF
    assert [excerpt.position for excerpt in await store.library.excerpts(GUILD, source.id)] == list(range(1, 9))


async def test_of_changes_that_two_programs_make_at_once_to_an_outcome_each_has_its_own_number(
    programs: tuple[Store, Store],
) -> None:
    store, _ = programs
    prompt = await open_prompt(store)
    kept = await store.outcomes.add(GUILD, [PointRef(prompt.id, "1")], DECIDED, user_id=5, channels=(), now=NOW)

    def change(number: int, known: int | None) -> Awaitable[Outcome]:
        decided = replace(DECIDED, what=f"We hire {number} nurses.")
        outcomes = programs[number % 2].outcomes
        return outcomes.change(GUILD, kept.id, decided, user_id=5, now=NOW + timedelta(hours=number), changes=known)

    await asyncio.gather(*(change(number, None) for number in range(8)))
    both = await asyncio.gather(*(change(number, 8) for number in (8, 9)), return_exceptions=True)

    assert len(await store.outcomes.changes(GUILD, kept.id)) == 10
    assert (await store.outcomes.get(GUILD, kept.id)).changes == 9
    assert [str(answer) for answer in both if isinstance(answer, UserError)] == [CHANGED_MEANWHILE]
