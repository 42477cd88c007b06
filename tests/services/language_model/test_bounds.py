"""How much an organisation’s language model is asked: so many calls at a time, and so many words a day."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.errors import ModelError
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import NO_WORDS_LEFT, LanguageModelClient
from bot.store import Store
from tests.servers.fake_model import fails, fake_model, says
from tests.services.language_model.asking import DAY, REQUEST, SECRET_WORDS, client_of, count_on_one_day
from tests.store.samples import count_asked


@pytest.mark.parametrize("at_once", [1, 2])
async def test_calls_wait_for_each_other(at_once: int) -> None:
    running = most = 0
    full = asyncio.Event()

    async def answer(_: Any) -> Any:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == at_once:
            full.set()
        await full.wait()
        await asyncio.sleep(0.05)  # in which one too many would come
        running -= 1
        return await says("{}")(_)

    async with fake_model(answer) as server:
        client = client_of(server, calls_at_once=at_once)
        await asyncio.gather(*(client.ask(REQUEST) for _ in range(4)))

    assert most == at_once


async def test_no_more_words_go_out_on_a_day_than_its_bound(store: Store) -> None:
    words = len(f"{REQUEST.instructions} {SECRET_WORDS}".split())
    async with fake_model(says("{}")) as server:
        endpoint = ModelEndpoint(server.url, "small", words_a_day=2 * words)
        client = LanguageModelClient(endpoint, count_on_one_day(store))
        await client.ask(REQUEST)
        await client.ask(REQUEST)
        with pytest.raises(ModelError, match=NO_WORDS_LEFT):
            await client.ask(REQUEST)
        with pytest.raises(ModelError, match=NO_WORDS_LEFT):  # by another client, as after a restart
            await LanguageModelClient(endpoint, count_on_one_day(store)).ask(REQUEST)

    assert server.asked == 2
    assert await count_asked(store, DAY) == (2, 2 * words)


async def test_the_bound_holds_for_words_without_spaces_between(store: Store) -> None:
    endless = replace(REQUEST, data="護理人員不足" * 2_000)
    async with fake_model(says("{}")) as server:
        client = LanguageModelClient(ModelEndpoint(server.url, "small", words_a_day=1_000), store.model_use.take)
        with pytest.raises(ModelError, match=NO_WORDS_LEFT):
            await client.ask(endless)
    assert server.asked == 0


async def test_each_try_counts_towards_the_bound() -> None:
    taken: list[int] = []

    async def take(_day: date, words: int, _most: int) -> bool:
        taken.append(words)
        return True

    async with fake_model(fails(503), says("{}")) as server:
        endpoint = ModelEndpoint(server.url, "small")
        await LanguageModelClient(endpoint, take, first_wait_s=0.01).ask(REQUEST)

    assert len(taken) == server.asked == 2
