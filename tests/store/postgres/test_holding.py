"""Which process holds which shards, who takes over, and how soon a dead or silent connection is noticed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.doctor.server import _look_at_address, _look_at_shards
from bot.models.database_server import DatabaseServer
from bot.models.shards import Shards
from bot.store import StoreError
from bot.store.fence import CUT_OFF
from bot.store.holding import is_running
from bot.store.postgres import lock_connection, shard_locks
from tests.engines import full_template
from tests.servers.postgres import PostgresServer
from tests.store.postgres.processes import HOLDERS, Process, place, stack, start
from tests.store.postgres.proxy import proxy_to
from tests.wording import says

__all__ = ["place", "stack", "start"]


async def test_a_connection_that_is_ended_is_noticed_at_once(
    start: Callable[..., asyncio.Future[Process]], place: DatabaseServer, server: PostgresServer
) -> None:
    process = await start()
    assert is_running(place)

    server.execute(HOLDERS, place.name)

    await asyncio.wait_for(process.lost.wait(), 5)
    assert process.holding.fault == CUT_OFF
    assert not is_running(place)


async def test_a_connection_that_falls_silent_is_noticed_in_seconds_on_both_sides(
    start: Callable[..., asyncio.Future[Process]],
    place: DatabaseServer,
    server: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shard_locks, "PATIENCE_S", 0.5)
    monkeypatch.setattr(shard_locks, "LOOK_EVERY_S", 0.2)
    async with proxy_to(server.port) as proxy:
        process = await start(at=replace(place, url=server.url_over_tcp(place.name, proxy.port)))
        locks = process.holding._locks
        assert locks is not None
        ((idle,),) = await locks._ask("SHOW tcp_keepalives_idle")

        proxy.is_frozen = True

        await asyncio.wait_for(process.lost.wait(), 10)
        proxy.is_frozen = False
    assert idle == "3"
    assert process.holding.fault == CUT_OFF


async def test_whoever_comes_second_stands_by_and_takes_over(
    start: Callable[..., asyncio.Future[Process]], place: DatabaseServer, server: PostgresServer, tmp_path: Path
) -> None:
    first, second = await start(), await start(at=replace(place, files=tmp_path / "elsewhere" / "ward.db"))
    assert [first.holding.held, second.holding.held] == [{0}, frozenset()]

    server.execute(HOLDERS, place.name)

    await asyncio.wait_for(second.holding.wait(), 10)
    assert second.holding.held == {0}
    assert first.lost.is_set()


async def test_processes_hold_the_shards_that_they_name_and_take_those_that_nobody_holds_for_a_while(
    start: Callable[..., asyncio.Future[Process]], place: DatabaseServer, server: PostgresServer
) -> None:
    left, right = await start(Shards(4, frozenset({0, 1}))), await start(Shards(4, frozenset({2, 3})))
    assert [left.holding.held, right.holding.held] == [{0, 1}, {2, 3}]

    server.execute(HOLDERS, place.name)  # the first of them, with all that it holds

    said = [finding.sentence for finding in _look_at_shards(place, 4)]
    assert said[0].startswith("Nobody runs shards 0 and 1 of 4.")
    taken = [await asyncio.wait_for(right.holding.next_taken(), 10) for _ in range(3)]
    assert taken == [3, 0, 1]
    assert right.holding.shards.are_all


async def test_processes_that_part_the_servers_in_another_way_are_refused(
    start: Callable[..., asyncio.Future[Process]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shard_locks, "COUNT_PATIENCE_S", 0.1)
    await start()

    with pytest.raises(StoreError) as caught:
        await start(Shards(2, frozenset({0, 1})))

    assert says(str(caught.value), shard_locks.OTHER_COUNT, other=1, own=2)


async def test_a_direct_address_of_another_database_is_refused(
    start: Callable[..., asyncio.Future[Process]], place: DatabaseServer, server: PostgresServer
) -> None:
    other = server.new_database(template=full_template())
    try:
        with pytest.raises(StoreError) as caught:
            await start(at=replace(place, direct=server.url(other)))
        assert not is_running(replace(place, url=server.url(other)))
    finally:
        server.drop(other)

    assert says(str(caught.value), lock_connection.ELSEWHERE, path=str(place))
    assert not is_running(place)


def test_doctor_says_before_the_start_whether_shards_can_be_held_at_that_address(
    place: DatabaseServer, server: PostgresServer
) -> None:
    other = server.new_database(template=full_template())
    try:
        wrong = [finding.sentence for finding in _look_at_address(replace(place, direct=server.url(other)))]
    finally:
        server.drop(other)
    away = [finding.sentence for finding in _look_at_address(replace(place, direct=server.url_over_tcp("x", 1)))]

    assert [says(sentence, lock_connection.ELSEWHERE) for sentence in wrong] == [True]
    assert ["can’t be reached" in sentence for sentence in away] == [True]
    assert [*_look_at_address(replace(place, direct=place.url)), *_look_at_address(place)] == []


async def test_an_epoch_is_higher_than_each_before_also_where_a_dump_was_put_back(
    start: Callable[..., asyncio.Future[Process]], place: DatabaseServer, server: PostgresServer
) -> None:
    first = await start()
    assert first.holding.fence is not None
    before = first.holding.fence.epochs[0]

    server.execute("DELETE FROM shard_epochs", place.name)  # as in a dump from before the first start
    server.execute(HOLDERS, place.name)
    second = await start()

    assert second.holding.fence is not None
    assert second.holding.fence.epochs[0] > before
