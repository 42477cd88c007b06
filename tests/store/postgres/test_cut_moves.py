"""A move that was cut short: nobody uses the half, and the next one goes on from there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import doctor, tidy
from bot.models.database_server import DatabaseServer
from bot.store import Store, StoreError, open_store, open_to_read
from bot.store.transfer import move as moving
from bot.store.transfer.move import CutShortError
from tests.cli.settings_files import environment, keys_beside, store
from tests.engines import Why
from tests.servers.postgres import PostgresServer
from tests.store.everything import WRITER
from tests.store.postgres.moves import fill_all, go, open_at, place, rows_of, run, small_batches, source, stop_after
from tests.store.postgres.proxy import proxy_to
from tests.store.samples import GUILD, arrival, open_prompt
from tests.world import DATA_KEY

__all__ = ["environment", "place", "small_batches", "source", "store"]

pytestmark = pytest.mark.sqlite_file(Why.MOVE)


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
