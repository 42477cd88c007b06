"""What a client sends to a server, and what it takes of the answer."""

from __future__ import annotations

import gc
import json
import logging
from typing import Any

import pytest

from bot.cli.model_trial import try_model
from bot.errors import ModelError
from bot.services.language_model.client import MOST_BYTES, NOT_TAKEN, PACKED, REDIRECTED, TOO_LONG
from bot.services.language_model.wire import NO_COMPLETION
from tests.servers.fake_model import cut_off, fails, fake_model, flood, says, sends
from tests.services.language_model.asking import KEY, REQUEST, SCHEMA, SECRET_WORDS, client_of, fault_of


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


async def test_an_answer_without_end_is_cut() -> None:
    async with fake_model(flood) as server:
        assert await fault_of(client_of(server)) == TOO_LONG


async def test_an_answer_of_ten_megabytes_is_not_read() -> None:
    async with fake_model(says("x" * 10_000_000)) as server:
        assert await fault_of(client_of(server)) == TOO_LONG


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
        assert await fault_of(client_of(server)) == NO_COMPLETION

    assert server.asked == 1


async def test_half_a_character_in_an_answer_can_be_stored() -> None:
    async with fake_model(sends(b'{"choices": [{"message": {"content": "a\\ud800b"}}]}')) as server:
        assert await client_of(server).ask(REQUEST) == "a?b"


async def test_an_answer_that_unpacks_to_much_more_is_not_unpacked() -> None:
    async with fake_model(fails(200, {}, Content_Encoding="gzip")) as server:
        assert await fault_of(client_of(server)) == PACKED


async def test_a_redirect_is_never_followed() -> None:
    async with fake_model() as target:
        for status in (301, 302, 303, 307, 308):
            for place in (f"{target.url}/elsewhere", "https://example.org/collect"):
                async with fake_model(fails(status, Location=place)) as server:
                    assert await fault_of(client_of(server)) == REDIRECTED

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
