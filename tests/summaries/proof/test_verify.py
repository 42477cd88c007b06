"""``python -m bot verify`` holds stored summaries against the stored replies."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.verify import SOUND, UNSEEN, command
from bot.models.replies import Edit, Erasure
from bot.store import Store
from bot.summaries import summarise
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.lifecycle.record import Record
from tests.cli.settings_files import write_settings
from tests.store.samples import GUILD, NOW, arrival, open_prompt

WORDS = (
    "The rota comes out too late to plan childcare.",
    "The rota comes out too late to plan childcare.",
    "The car park is full before the early shift starts.",
)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of the database that the fixture ``store`` holds open, as a running bot does."""
    for name in ("WARD_DATABASE", "WARD_DATA_KEY"):
        monkeypatch.delenv(name, raising=False)
    return write_settings(tmp_path / "settings")


async def verify(environment: Path) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, command, ["--env-file", str(environment)])


async def shared(store: Store, words: Sequence[str] = WORDS) -> int:
    """A prompt with replies of as many people, and its summary, shared; the prompt's id."""
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 800 + n, author=n, text=text) for n, text in enumerate(words)])
    replies = await store.replies.of_prompt(prompt.id)
    held = {str(reply.id): reply.person for reply in replies}
    record = Record(summarise(thread_of(prompt, replies)), held, 0, "5 January 2026")
    await keep(store, prompt.id, record.to_json())
    return prompt.id


async def keep(store: Store, prompt_id: int, body: str) -> None:
    await store.summaries.share(guild_id=GUILD, prompt_id=prompt_id, channel_id=700, message_id=900, body=body, now=NOW)


async def test_a_sound_summary_is_told_with_its_quotes_and_people(store: Store, environment: Path) -> None:
    await shared(store)

    done = await verify(environment)

    assert done.output == f"summary 1 of prompt 1: sound, 3 quotes, 3 people\n{SOUND.format(rows='4 rows')}\n{UNSEEN}\n"
    assert done.exit_code == 0


async def test_replies_that_came_later_do_not_count_against_it(store: Store, environment: Path) -> None:
    prompt = await store.prompts.get(GUILD, await shared(store))
    await store.replies.apply([arrival(prompt, 850, author=77, text="Parking is too dear.")])

    assert (await verify(environment)).exit_code == 0


async def test_a_quote_of_an_erased_reply_fails(store: Store, environment: Path) -> None:
    prompt_id = await shared(store)
    await store.replies.apply([Erasure(prompt_id, (802,))])

    done = await verify(environment)

    assert done.exit_code == 1
    assert "summary 1 of prompt 1: not sound." in done.output
    assert "is of message 802, which is not in the thread." in done.output
    assert "car park" not in done.output


async def test_words_that_were_changed_since_fail_until_the_summary_follows(store: Store, environment: Path) -> None:
    await shared(store)
    await store.replies.apply([Edit(801, "I have thought again.", NOW + timedelta(days=2))])

    done = await verify(environment)

    assert done.exit_code == 1
    assert "is not verbatim in message 801." in done.output


async def test_a_count_that_was_tampered_with_fails(store: Store, environment: Path) -> None:
    await shared(store)
    (one,) = await store.summaries.shared()
    record = Record.from_json(one.body)
    first = replace(record.summary.points[0], people=40)
    summary = replace(record.summary, points=(first, *record.summary.points[1:]))
    await store.summaries.replace(one.id, replace(record, summary=summary).to_json(), NOW)

    done = await verify(environment)

    assert "Point 1 counts 40 people, but its quotes are of 2." in done.output
    assert done.exit_code == 1


async def test_what_is_no_summary_is_named(store: Store, environment: Path) -> None:
    await keep(store, (await open_prompt(store)).id, "{}")

    done = await verify(environment)

    assert done.output.startswith(
        "summary 1 of prompt 1: not sound. What is stored isn’t a summary.\nstored rows: sound"
    )
    assert done.exit_code == 1


async def test_a_database_without_summaries_is_sound(store: Store, environment: Path) -> None:
    done = await verify(environment)
    assert done.output == f"There’s no stored summary.\n{SOUND.format(rows='0 rows')}\n{UNSEEN}\n"


async def test_a_missing_database_is_not_made(tmp_path: Path, environment: Path) -> None:
    done = await verify(environment)

    assert "There’s no database at" in str(done.exception)
    assert not (tmp_path / "test.db").exists()


async def test_a_database_of_another_version_is_left_as_it_is(tmp_path: Path, environment: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0000')")
        connection.commit()

    assert "of another version of the program" in str((await verify(environment)).exception)


async def test_what_retention_took_is_no_longer_checkable_and_no_failure(store: Store, environment: Path) -> None:
    prompt_id = await shared(store)
    await store.prompts.close(await store.prompts.get(GUILD, prompt_id), NOW)
    await store.retention.note_told([prompt_id], NOW + timedelta(days=335))
    await store.retention.erase(prompt_id, "5 January 2027", NOW + timedelta(days=365))

    result = await verify(environment)

    assert f"of prompt {prompt_id}: no longer checkable, since its replies were erased" in result.output
    assert result.exit_code == 0


TAMPERED = {
    "one author becomes five people": ("UPDATE replies SET person = printf('%032x', id)", "3 in replies"),
    "a reply moves to another prompt": ("UPDATE replies SET prompt_id = 2 WHERE id = 801", "1 in replies"),
    "a no becomes a yes": ("UPDATE people SET quotes = 1", "1 in people"),
    "a summary moves to another prompt": ("UPDATE summaries SET prompt_id = 2", "1 in summaries"),
    "an action is somebody else's": ("UPDATE actions SET person = printf('%032x', 1)", "1 in actions"),
}


@pytest.mark.parametrize(("attack", "told"), TAMPERED.values(), ids=TAMPERED)
async def test_what_was_changed_by_hand_is_found(
    tmp_path: Path, store: Store, environment: Path, attack: str, told: str
) -> None:
    prompt_id = await shared(store, [WORDS[0]] * 3)
    await open_prompt(store, message_id=701, thread_id=701)
    await store.people.choose(GUILD, 1, notices=True)
    await store.audit_log.note(GUILD, "erased", "", user_id=3, reason="Named somebody.", prompt_id=prompt_id, now=NOW)
    assert (await verify(environment)).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection, connection:
        connection.execute(attack)

    done = await verify(environment)

    assert done.exit_code == 1
    assert f"stored rows: not sound. Changed by hand or damaged: {told}." in done.output
    assert UNSEEN in done.output
    assert "rota" not in done.output
