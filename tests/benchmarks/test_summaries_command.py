"""The command that measures a language model, as somebody types it: against a server, and of a recording."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path

import pytest
from aiohttp import web

from benchmarks.summaries.exchange import connect
from bot.errors import SettingError
from bot.models.language_model import Purpose
from bot.services.language_model.client import KEY_REFUSED
from bot.summaries.language_model.requests import SortingCall
from tests.servers.fake_model import completion, fails, fake_model
from tests.summaries.language_model.models import sort_by_words

ROOT = Path(__file__).parents[2]
ROTA = ("The rota comes out too late to plan childcare.", "Nobody can book a dentist when the rota is not there.")
PARKING = ("Parking costs more than my lunch every day.", "I park in a field, since the car park is full.")
KEY = "made-up-key"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One topic, whose points come back in its second half."""
    texts = [*zip(ROTA, PARKING, strict=True)]
    messages = [
        {"id": f"m{n}", "author": f"p{n}", "text": text}
        for n, text in enumerate(text for pair in texts for text in pair)
    ]
    points = [{"text": "Late rota", "support": ["m0", "m2"]}, {"text": "Parking", "support": ["m1", "m3"]}]
    topic = {"id": "t", "prompt": "What is it like?", "messages": messages, "key_points": points}
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "t.json").write_text(json.dumps(topic), encoding="utf-8")
    return tmp_path


async def answer(request: web.Request) -> web.StreamResponse:
    """Answer as a server that knows no schemas, whose model sorts and matches by a word."""
    body = await request.json()
    if body.get("response_format", {}).get("type") == "json_schema":
        return await fails(400, {"error": {"message": "response_format is not supported"}})(request)
    data = body["messages"][1]["content"]
    themes = json.loads(data).get("themes")
    if themes is None:
        return web.json_response(completion(sort_by_words("rota", "park")(SortingCall(Purpose.GROUPS, data, 0))))
    named = [(word, [t["n"] for t in themes if word in json.dumps(t).casefold()]) for word in ("rota", "park")]
    return web.json_response(
        completion(json.dumps({"themes": [{"name": word, "members": members} for word, members in named if members]}))
    )


async def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Run the command, and return how it ended and what it printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.summaries", *map(str, arguments)),
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "LLM_KEY": KEY},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


def without_times(printed: str) -> str:
    return re.sub(r"[\d.]+ s of the program", "", printed)


async def test_it_asks_a_server_records_the_exchange_and_prints_the_same_of_the_recording(folder: Path) -> None:
    path = folder / "exchange.jsonl"
    async with fake_model(answer) as server:
        code, printed, error = await run(folder, "--llm", server.url, "--llm-model", "small", "--record", path)
    assert (code, error) == (0, "")
    replayed = await run(folder, "--replay", path)
    assert (replayed[0], replayed[2]) == (0, "")
    assert without_times(replayed[1]) == without_times(printed)

    answered = [body["messages"] for body in server.bodies if body["response_format"]["type"] == "json_object"]
    words = sum(len(messages[1]["content"].split()) for messages in answered)
    assert len(answered) == 4  # the thread, both halves, and what comes back in them
    assert f"In all: 4 calls, {words} words of data and " in printed
    assert re.search(r"shared points as drafts .*found 100 \(2 of 2\)", printed)
    assert "found 2 of 2 points that come back" in printed
    assert {headers["Authorization"] for headers in server.headers} == {f"Bearer {KEY}"}
    recorded = path.read_text(encoding="utf-8")
    assert len(recorded.splitlines()) == 4
    assert [text for text in (KEY, *ROTA, *PARKING) if text in recorded] == []


async def test_it_says_how_many_calls_had_no_answer_and_why(folder: Path) -> None:
    async with fake_model(fails(401)) as server:
        code, printed, _ = await run(folder, "--llm", server.url)

    assert code == 0
    assert "3 calls" in printed
    assert f"No answer to 3: {KEY_REFUSED}" in printed


@pytest.mark.parametrize("url", ["model.example.org", "http://somebody:secret@127.0.0.1/v1", "file:///etc/passwd"])
def test_an_address_that_the_bot_would_not_take_is_refused(url: str) -> None:
    with pytest.raises(SettingError) as refused:
        connect(url)
    assert "secret" not in str(refused.value)
