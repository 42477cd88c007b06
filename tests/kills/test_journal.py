"""Erasing, and erasing again from an older copy, are killed at any moment: what was asked for is erased in the end."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.models.database_server import Place
from bot.services.erasure import erase_everything, finish_erasures, repair_stored
from bot.store import Store, open_store
from bot.store.erasure.journal import ErasureJournal
from tests.by_hand import put_back
from tests.engines import at
from tests.processes import Forked
from tests.store.older_copies import ADA, Copies, assert_gone, said, sealed_of
from tests.store.samples import GUILD, NOW
from tests.world import DATA_KEY


def die_at(moment: str, number: int) -> None:
    """Let this process kill itself at the ``number``th of a kind of moments."""
    seen = []

    def look(*_: object, **__: object) -> None:
        seen.append(moment)
        if len(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    if moment == "noted":
        append = ErasureJournal.append

        def noted(journal: ErasureJournal, *arguments: object) -> tuple[int, int]:
            numbers = append(journal, *arguments)  # type: ignore[arg-type]
            look()
            return numbers

        ErasureJournal.append = noted  # type: ignore[method-assign, assignment]
    else:
        event.listen(Engine, moment, look)


def erase(path: Place, moment: str, number: int) -> None:
    """Erase everything of one person, as far as it gets."""

    async def play() -> None:
        store = await open_store(path, DATA_KEY)
        die_at(moment, number)
        await store.personal.erase_all(GUILD, ADA)
        await store.close()

    asyncio.run(play())


def open_copy(path: Place, moment: str, number: int) -> None:
    """Open a database, as far as it gets."""

    async def play() -> None:
        die_at(moment, number)
        store = await open_store(path, DATA_KEY)
        await finish_erasures(store, NOW)
        await store.close()

    asyncio.run(play())


async def end(child: Forked) -> int | None:
    try:
        return (await child.ended())[0]
    finally:
        child.kill()


@pytest.mark.sampled(1)
async def test_an_erasing_killed_after_it_was_noted_is_done_at_the_next_start(tmp_path: Path, store: Store) -> None:
    copies = Copies(tmp_path)
    await said(store)
    await store.close()

    assert await end(Forked(erase, at(copies.path), "noted", 1)) == -signal.SIGKILL

    assert len(sealed_of(copies.path, store.replies._pseudonyms.of(GUILD, ADA))) == 4, "nothing was erased yet"
    again = await open_store(copies.path, DATA_KEY)
    assert await again.replies.of_person(GUILD, ADA) == ()
    assert await finish_erasures(again, NOW) == 1
    await again.close()


MOMENTS = [("commit", n) for n in (1, 2, 3, 4, 5)] + [("before_cursor_execute", n) for n in (8, 14, 20, 27, 34, 41, 48)]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("moment", "number"), MOMENTS)
async def test_opening_an_older_copy_cut_short_is_gone_on_with(
    tmp_path: Path, store: Store, moment: str, number: int
) -> None:
    copies = Copies(tmp_path)
    await said(store)
    copies.keep()
    traces = sealed_of(copies.copy, store.replies._pseudonyms.of(GUILD, ADA))
    erased = await erase_everything(store, GUILD, ADA)
    await repair_stored(store, GUILD, erased.prompts, NOW)
    await store.close()
    put_back(copies.copy, copies.path)

    assert await end(Forked(open_copy, at(copies.path), moment, number)) == -signal.SIGKILL

    again = await open_store(copies.path, DATA_KEY)
    await finish_erasures(again, NOW)
    await assert_gone(again, copies, traces)
    await again.close()
