"""What people and managers change while words are on their way to a language model counts at once."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from aiohttp import web

from bot.models.model_endpoint import ModelEndpoint
from bot.models.prompts import Prompt
from bot.models.replies import Edit, Erasure
from bot.models.summaries import Summary
from bot.services.language_model.client import LanguageModelClient
from bot.services.model_consent import choose_model, find_sendable, follow_model_switch
from bot.services.replies.readable_replies import ReadableReplies
from bot.services.summaries.generation import Findings, SummaryAids, summarise_prompt
from bot.store import Store
from tests.servers.fake_model import FakeModel, completion, fake_model
from tests.store.samples import GUILD, NOW, arrival
from tests.store.senders import prompt_in
from tests.world import shared_worker

AUTHOR = 4
MIND = "My own manager changes the rota for the night on a whim."
CHANGES = ["says no", "erases the reply", "edits the reply", "is left out", "the server switches it off"]


async def asked(store: Store, count: int) -> Prompt:
    prompt = await prompt_in(store, 1)
    texts = [f"On ward {n} the rota comes out {n} days too late to plan childcare." for n in range(count)]
    await store.replies.apply([arrival(prompt, 2000 + n, 100 + n, text) for n, text in enumerate(texts)])
    await store.replies.apply([arrival(prompt, 1001, AUTHOR, MIND)])
    await store.settings.change(GUILD, language_model=True)
    return prompt


async def change(store: Store, prompt: Prompt, what: str) -> None:
    match what:
        case "says no":
            await choose_model(store, GUILD, AUTHOR, modelled=False)
        case "erases the reply":
            await store.replies.apply([Erasure(prompt.id, (1001,))])
        case "edits the reply":
            await store.replies.apply([Edit(1001, "Nothing to add here from the nights, thank you all.", NOW)])
        case "is left out":
            reply = next(reply for reply in await store.replies.of_prompt(prompt.id) if reply.message_id == 1001)
            await store.exclusions.exclude(GUILD, reply.id, user_id=9, reason="off topic", now=NOW)
        case _:
            before = await store.settings.of(GUILD)
            after = await store.settings.change(GUILD, language_model=False)
            await follow_model_switch(store, before, after, user_id=1, now=NOW)


async def summarised(store: Store, prompt: Prompt, server: FakeModel) -> Findings:
    client = LanguageModelClient(ModelEndpoint(server.url, "m", seconds=5), first_wait_s=0.01)
    promised = replace(prompt, wording=replace(prompt.wording, model_host=client.host))

    async def sendable(_: Prompt, read: ReadableReplies) -> frozenset[str]:
        return await find_sendable(store, promised, read, client.host)

    return await summarise_prompt(
        store, shared_worker(), promised, SummaryAids(language_model=client, sendable=sendable)
    )


async def is_kept(store: Store) -> int:
    async with store.settings._database.read() as connection:
        return int((await connection.exec_driver_sql("SELECT count(*) FROM sortings")).scalar_one())


def answer_all() -> web.StreamResponse:
    theme = {"name": "Rota", "points": [{"best": 1, "members": [1, 2]}], "members": []}
    answer = {"themes": [theme], "opposed": [], "questions": [], "asides": []}
    return web.json_response(completion(json.dumps(answer)))


async def summarised_while(
    store: Store, what: str, answer: web.StreamResponse, replies: int = 5
) -> tuple[Summary, int]:
    """Let a change happen while the first request is answered. Returns the summary, and how many requests went out."""
    prompt = await asked(store, replies)

    async def meanwhile(_: web.Request) -> web.StreamResponse:
        await change(store, prompt, what)
        return answer

    async with fake_model(meanwhile) as server:
        summary = (await summarised(store, prompt, server)).summary
    return summary, server.asked


@pytest.mark.parametrize("what", CHANGES)
async def test_no_words_go_out_a_second_time_after_a_change(store: Store, what: str) -> None:
    summary, sent = await summarised_while(store, what, web.json_response({}, status=503))
    assert sent == 1
    assert "couldn’t be used" in summary.vectors


@pytest.mark.parametrize("what", CHANGES)
async def test_of_a_long_thread_no_more_batches_go_out_after_a_change(store: Store, what: str) -> None:
    _, sent = await summarised_while(store, what, answer_all(), 700)
    assert sent == 1
    assert await is_kept(store) == 0


@pytest.mark.parametrize("what", CHANGES)
async def test_what_came_back_after_a_change_is_neither_used_nor_kept(store: Store, what: str) -> None:
    summary, _ = await summarised_while(store, what, answer_all())
    assert await is_kept(store) == 0
    assert summary.themes == ()
    assert "couldn’t be used" in summary.vectors
