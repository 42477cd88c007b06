"""What a client tries again, and how long it waits for it."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import (
    AT_FAULT,
    CUT,
    IS_BUSY,
    KEY_REFUSED,
    NOT_TAKEN,
    NOT_THERE,
    TOO_SLOW,
    LanguageModelClient,
)
from tests.servers.fake_model import cut_off, fails, fake_model, never_end, says
from tests.services.language_model.asking import KEY, REQUEST, client_of, fault_of


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_what_passes_is_tried_again(status: int) -> None:
    async with fake_model(fails(status), fails(status), says("{}")) as server:
        assert await client_of(server).ask(REQUEST) == "{}"

    assert server.asked == 3


@pytest.mark.parametrize("headers", [{}, {"Retry_After": "0"}, {"Retry_After": "-1"}, {"Retry_After": "soon"}])
async def test_the_second_wait_is_longer_than_the_first_whatever_a_server_asks(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    waits: list[float] = []
    sleep = asyncio.sleep

    async def wait(seconds: float) -> None:
        if seconds:
            waits.append(seconds)
        await sleep(0)

    async with fake_model(fails(503, **headers), fails(503, **headers), says("{}")) as server:
        client = LanguageModelClient(ModelEndpoint(server.url, "small", KEY))
        monkeypatch.setattr("bot.services.language_model.client.asyncio.sleep", wait)
        await client.ask(REQUEST)

    assert waits == [1.0, 4.0]


async def test_a_cut_connection_is_tried_again() -> None:
    async with fake_model(cut_off, says("{}")) as server:
        assert await client_of(server).ask(REQUEST) == "{}"


@pytest.mark.parametrize(
    ("answer", "fault", "asked"),
    [
        (fails(429), IS_BUSY, 3),
        (fails(503), AT_FAULT.format(status=503), 3),
        (cut_off, CUT, 3),
        (fails(401), KEY_REFUSED, 1),
        (fails(403), KEY_REFUSED, 1),
        (fails(404), NOT_THERE, 1),
        (fails(400), NOT_TAKEN, 3),
        (fails(429, Retry_After="3600"), IS_BUSY, 1),
    ],
)
async def test_what_does_not_pass_is_said_in_a_sentence(answer: Any, fault: str, asked: int) -> None:
    async with fake_model(answer) as server:
        assert await fault_of(client_of(server)) == fault

    assert server.asked == asked


async def test_a_server_that_is_not_there_is_said() -> None:
    async with fake_model() as server:
        pass

    assert await fault_of(client_of(server)) == CUT


async def test_it_waits_as_long_as_a_server_asks_by_seconds_or_by_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
    async with fake_model(fails(429, Retry_After="1"), fails(503, Retry_After=soon), says("{}")) as server:
        started = time.monotonic()
        assert await client_of(server).ask(REQUEST) == "{}"

    assert 1.0 <= time.monotonic() - started < 3.0


async def test_a_model_that_takes_for_ever_is_given_up_in_time() -> None:
    async with fake_model(never_end) as server:
        started = time.monotonic()
        assert await fault_of(client_of(server, seconds=1)) == TOO_SLOW.format(seconds=1)

    assert time.monotonic() - started < 3.0
    assert server.asked == 1


async def test_who_asked_can_stop_it_at_any_time() -> None:
    async with fake_model(never_end) as server:
        client = client_of(server)
        task = asyncio.create_task(client.ask(REQUEST))
        while not server.asked:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        server.answers = [says("{}")]
        assert await client.ask(REQUEST) == "{}"
