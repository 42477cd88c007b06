"""The client as it meets a server that answers well, slowly, wrongly, or not at all."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.cli.model_trial import try_model
from bot.errors import ModelError
from bot.models.language_model import ModelRequest, Purpose
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import (
    AT_FAULT,
    CUT,
    IS_BUSY,
    KEY_REFUSED,
    MOST_BYTES,
    NO_WORDS_LEFT,
    NOT_TAKEN,
    NOT_THERE,
    PACKED,
    REDIRECTED,
    TOO_LONG,
    TOO_SLOW,
    LanguageModelClient,
)
from bot.services.language_model.wire import NO_COMPLETION
from bot.store import Store
from tests.fake_model import FakeModel, cut_off, fails, fake_model, flood, never_end, says, sends

KEY = "made-up-key-91f2"
SECRET_WORDS = "Theatre lists start late on Mondays."
SCHEMA = {"type": "object", "properties": {"themes": {"type": "array"}}}
REQUEST = ModelRequest(Purpose.GROUPS, "Group these statements.", SECRET_WORDS, SCHEMA, 500)


def client_of(server: FakeModel, **changes: Any) -> LanguageModelClient:
    """A client that does not pause for long."""
    return LanguageModelClient(replace(ModelEndpoint(server.url, "small", KEY), **changes), first_wait_s=0.01)


async def fault_of(server: FakeModel, **changes: Any) -> str:
    """Ask, and return why there was no answer."""
    with pytest.raises(ModelError) as caught:
        await client_of(server, **changes).ask(REQUEST)
    assert caught.value.__cause__ is None
    return str(caught.value)


async def test_it_sends_the_words_apart_from_the_instructions_with_a_schema_and_always_the_same() -> None:
    async with fake_model(says('{"themes": []}')) as server:
        client = client_of(server)
        assert [await client.ask(REQUEST), await client.ask(REQUEST)] == ['{"themes": []}'] * 2

    first, second = server.bodies
    assert first == second
    assert [message["role"] for message in first["messages"]] == ["system", "user"]
    assert [message["content"] for message in first["messages"]] == [REQUEST.instructions, SECRET_WORDS]
    assert (first["temperature"], first["stream"], first["max_tokens"], first["model"]) == (0, False, 500, "small")
    assert isinstance(first["seed"], int)
    assert first["response_format"]["json_schema"]["schema"] == SCHEMA
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert set(server.headers[0]).isdisjoint({"Cookie", "Referer", "Proxy-Authorization"})


async def test_without_a_key_none_is_sent() -> None:
    async with fake_model() as server:
        await client_of(server, key="").ask(REQUEST)

    assert set(server.headers[0]).isdisjoint({"Authorization", "Api-Key"})


@pytest.mark.parametrize("refusals", [1, 2])
async def test_a_server_that_knows_no_schemas_is_told_it_in_words_and_asked_so_from_then_on(refusals: int) -> None:
    refusal = fails(400, {"error": {"message": "response_format is not supported"}})
    async with fake_model(*[refusal] * refusals, says("{}")) as server:
        client = client_of(server)
        assert await client.ask(REQUEST) == await client.ask(REQUEST) == "{}"

    forms = [body.get("response_format", {}).get("type", "none") for body in server.bodies]
    tried = ["json_schema", "json_object", "none"][: refusals + 1]
    assert forms == [*tried, tried[-1]]
    assert json.dumps(SCHEMA) in server.bodies[-1]["messages"][0]["content"]
    assert json.dumps(SCHEMA) not in server.bodies[0]["messages"][0]["content"]


async def test_a_request_that_is_refused_for_another_reason_leaves_the_next_one_as_it_is() -> None:
    refusal = fails(400, {"error": {"message": "the context is too short"}})
    async with fake_model(refusal, refusal, refusal, says("{}")) as server:
        client = client_of(server)
        with pytest.raises(ModelError, match=NOT_TAKEN):
            await client.ask(REQUEST)
        assert await client.ask(REQUEST) == "{}"

    assert server.bodies[-1]["response_format"]["type"] == "json_schema"


async def test_parameters_that_a_server_names_as_unknown_are_left_out() -> None:
    refusals = [fails(400, {"error": {"param": name}}) for name in ("max_tokens", "temperature", "seed")]
    async with fake_model(*refusals, says("{}")) as server:
        await client_of(server).ask(REQUEST)

    last = server.bodies[-1]
    assert last["max_completion_tokens"] == 500
    assert set(last).isdisjoint({"max_tokens", "temperature", "seed"})
    assert last["response_format"]["type"] == "json_schema"


async def test_words_that_a_server_sends_back_in_a_refusal_change_nothing_else() -> None:
    echo = {"detail": [{"loc": ["body"], "input": {"temperature": 0, "seed": 1, "max_completion_tokens": 1}}]}
    async with fake_model(fails(422, echo), says("{}")) as server:
        await client_of(server).ask(REQUEST)

    assert {"max_tokens", "temperature", "seed"} <= set(server.bodies[-1])


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
        assert await fault_of(server) == fault

    assert server.asked == asked


async def test_a_server_that_is_not_there_is_said() -> None:
    async with fake_model() as server:
        pass

    assert await fault_of(server) == CUT


async def test_it_waits_as_long_as_a_server_asks_by_seconds_or_by_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
    async with fake_model(fails(429, Retry_After="1"), fails(503, Retry_After=soon), says("{}")) as server:
        started = time.monotonic()
        assert await client_of(server).ask(REQUEST) == "{}"

    assert 1.0 <= time.monotonic() - started < 3.0


async def test_a_model_that_takes_for_ever_is_given_up_in_time() -> None:
    async with fake_model(never_end) as server:
        started = time.monotonic()
        assert await fault_of(server, seconds=1) == TOO_SLOW.format(seconds=1)

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


async def test_an_answer_without_end_is_cut() -> None:
    async with fake_model(flood) as server:
        assert await fault_of(server) == TOO_LONG


async def test_an_answer_of_ten_megabytes_is_not_read() -> None:
    async with fake_model(says("x" * 10_000_000)) as server:
        assert await fault_of(server) == TOO_LONG


async def test_an_answer_below_the_limit_is_read_whole() -> None:
    async with fake_model(says("x" * (MOST_BYTES - 1_000))) as server:
        assert len(await client_of(server).ask(REQUEST)) == MOST_BYTES - 1_000


@pytest.mark.parametrize(
    "answer",
    [
        sends(b""),
        sends(b"Certainly! Here are your themes:"),
        sends(b'{"choices": [{"message": {"content": "half'),
        sends(b"null"),
        sends(b"[]"),
        sends(b'{"choices": []}'),
        sends(b'{"choices": {"0": 1}}'),
        sends(b"[" * 200_000),
        sends(b"\xff\xfe\x00"),
        sends(b"1" * 100_000),
        says(None),
        says(""),
        says("   "),
        says(17),
        says(["a"]),
        says(None, tool_calls=[{"type": "function", "function": {"name": "send_mail", "arguments": "{}"}}]),
    ],
)
async def test_what_is_no_completion_is_refused_in_a_sentence(answer: Any) -> None:
    async with fake_model(answer) as server:
        assert await fault_of(server) == NO_COMPLETION

    assert server.asked == 1


async def test_half_a_character_in_an_answer_can_be_stored() -> None:
    async with fake_model(sends(b'{"choices": [{"message": {"content": "a\\ud800b"}}]}')) as server:
        assert await client_of(server).ask(REQUEST) == "a?b"


async def test_an_answer_that_unpacks_to_much_more_is_not_unpacked() -> None:
    async with fake_model(fails(200, {}, Content_Encoding="gzip")) as server:
        assert await fault_of(server) == PACKED


async def test_a_redirect_is_never_followed() -> None:
    async with fake_model() as target:
        for status in (301, 302, 303, 307, 308):
            for place in (f"{target.url}/elsewhere", "https://example.org/collect"):
                async with fake_model(fails(status, Location=place)) as server:
                    assert await fault_of(server) == REDIRECTED

    assert target.asked == 0


async def test_variables_for_proxies_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with fake_model() as proxy, fake_model(says("{}")) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        assert await client_of(server).ask(REQUEST) == "{}"

    assert (proxy.asked, server.asked) == (0, 1)


async def test_a_cookie_is_never_sent_back() -> None:
    async with fake_model(fails(503, Set_Cookie="session=1; Path=/"), says("{}")) as server:
        client = client_of(server)
        await client.ask(REQUEST)
        await client.ask(REQUEST)

    assert all("Cookie" not in headers for headers in server.headers)


@pytest.mark.parametrize("at_once", [1, 2])
async def test_calls_wait_for_each_other(at_once: int) -> None:
    running = most = 0

    async def answer(_: Any) -> Any:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
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
        client = LanguageModelClient(endpoint, store.model_use.take)
        await client.ask(REQUEST)
        await client.ask(REQUEST)
        with pytest.raises(ModelError, match=NO_WORDS_LEFT):
            await client.ask(REQUEST)
        with pytest.raises(ModelError, match=NO_WORDS_LEFT):  # by another client, as after a restart
            await LanguageModelClient(endpoint, store.model_use.take).ask(REQUEST)

    assert server.asked == 2
    assert await store.model_use.of_day(datetime.now(UTC).date()) == (2, 2 * words)


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


@pytest.mark.parametrize("answer", [says("{}"), fails(500), fails(401, {"error": KEY}), cut_off, says(None)])
async def test_the_log_and_errors_hold_neither_words_nor_the_key(
    answer: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with fake_model(answer) as server:
        client = client_of(server)
        try:
            said = await client.ask(REQUEST)
        except ModelError as error:
            said = f"{error} {error!r} {error.__context__!r}"
    gc.collect()
    told = f"{caplog.text} {capfd.readouterr()} {said} {client!r} {client.endpoint!r} {vars(client)!r}"

    assert KEY not in told
    assert SECRET_WORDS not in told
    assert "Theatre" not in told
    assert "language model, groups:" in caplog.text


async def test_a_trial_says_how_soon_it_answers_and_whether_it_understood() -> None:
    async with fake_model(says('{"well": true}'), says("Hello! How can I help?")) as server:
        client = client_of(server)
        assert await try_model(client) == (True, "The model answers in 0.0 s.")
        fits, sentence = await try_model(client)

    assert not fits
    assert "but not with the JSON" in sentence
    assert SECRET_WORDS not in server.words()


async def test_azure_and_whole_addresses_keep_their_version() -> None:
    for path in ("/openai/deployments/small/chat/completions?api-version=2024-10-21", "/v1/", ""):
        seen: list[str] = []

        async def answer(request: Any, seen: list[str] = seen) -> Any:
            seen.append(request.path_qs)
            return await says("{}")(request)

        async with fake_model(answer) as server:
            await client_of(server, url=server.url.removesuffix("/v1") + path).ask(REQUEST)
        expected = path if "?" in path else f"{path.rstrip('/')}/chat/completions"
        assert seen == [expected]
