"""What age takes goes altogether: from the tables, from the file and from its log; what is kept holds no words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UserError
from bot.models.actions import RETENTION
from bot.models.private import Quoting
from bot.models.prompts import Prompt
from bot.models.replies import Reaction
from bot.models.reviews import DraftState
from bot.models.summaries import Coverage, KeyPoint, Quote, Review, Summary
from bot.store import Store, open_store
from bot.store.migration import delete_copies
from bot.summaries.lifecycle.record import Record
from tests.by_hand import held, look
from tests.engines import IS_ON_POSTGRES, Why
from tests.store.everything import MARKS, WRITER, fill
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.world import DATA_KEY

DAY = timedelta(days=1)
OVER = NOW + 365 * DAY
DATE = "5 January 2027"
HEADING = "Nights"
SAID = "Nights are short staffed."
CHANNEL_MESSAGE = 901


def record(prompt: Prompt) -> Record:
    point = KeyPoint(SAID, (Quote("1", SAID),), 1, review=Review(HEADING, confirmed=("1",)))
    summary = Summary(str(prompt.id), SAID, (point,), (), Coverage(2, 2, 2), (Quote("1", SAID),))
    return Record(summary, {"1": "person"}, 0, "5 January 2026", pending=False)


async def summed_up(store: Store) -> Prompt:
    """A closed prompt with replies, a private one, a shared summary and an open draft; facilitators were told."""
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, text=SAID), arrival(prompt, 2, author=10)])
    await store.replies.apply([Reaction(GUILD, 1, 10, "\N{THUMBS UP SIGN}", added=True)])
    await store.private.add(
        prompt, 11, text="In private.", quoting=Quoting.YES, group="", manages=False, today=date(2026, 1, 5)
    )
    prompt = await store.prompts.close(prompt, NOW)
    await store.summaries.share(
        guild_id=GUILD,
        prompt_id=prompt.id,
        channel_id=700,
        message_id=CHANNEL_MESSAGE,
        body=record(prompt).to_json(),
        now=NOW,
    )
    held = {"1": "person"}
    await store.drafts.open(guild_id=GUILD, prompt_id=prompt.id, summary=record(prompt).summary, held=held, now=NOW)
    await store.retention.note_told([prompt.id], OVER - 30 * DAY)
    return prompt


def rows(path: Path, table: str) -> int:
    ((count,),) = look(path, f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
    return int(count)


async def test_replies_go_and_counts_stay(tmp_path: Path, store: Store) -> None:
    prompt = await summed_up(store)
    (draft,) = await store.drafts.open_drafts()
    (shared,) = await store.summaries.shared()
    await store.objections.add(guild_id=GUILD, summary_id=shared.id, user_id=9, text="I meant days.", now=NOW)

    assert await store.retention.erase(prompt.id, DATE, OVER) == 2

    for table in ("replies", "reactions", "private_replies", "tombstones", "objections"):
        assert rows(tmp_path / "test.db", table) == 0, table
    (shared,) = await store.summaries.shared()
    left = Record.from_json(shared.body)
    assert SAID not in shared.body
    assert (left.summary.frozen, left.pending, left.held) == (True, True, {})
    assert [(point.people, point.review.words) for point in left.summary.points if point.review] == [(1, HEADING)]
    draft = await store.drafts.get(GUILD, draft.id)
    assert (draft.state, draft.held, draft.summary.points) == (DraftState.DROPPED, {}, ())
    assert (await store.prompts.get(GUILD, prompt.id)).frozen_at == OVER
    assert (await store.prompts.get(GUILD, prompt.id)).wording == prompt.wording
    assert [one.action for one in await store.audit_log.of_guild(GUILD)] == [RETENTION]
    assert await store.retention.keeping() == ()
    assert await store.retention.erased_since(OVER) == (prompt.id,)


async def test_it_happens_once_and_never_before_its_time(store: Store) -> None:
    prompt = await summed_up(store)

    assert await store.retention.erase(prompt.id, DATE, OVER - DAY) is None
    await store.settings.change(GUILD, retention_days=400)
    assert await store.retention.erase(prompt.id, DATE, OVER) is None
    await store.settings.change(GUILD, retention_days=365)
    assert await store.replies.count(prompt.id) == (2, 2)
    assert await store.retention.erase(prompt.id, DATE, OVER) == 2
    assert await store.retention.erase(prompt.id, DATE, OVER + DAY) is None


async def test_no_words_come_back_after_it(store: Store) -> None:
    prompt = await summed_up(store)
    (shared,) = await store.summaries.shared()
    await store.retention.erase(prompt.id, DATE, OVER)

    await store.replies.apply([arrival(prompt, 1, text=SAID), arrival(prompt, 3, text=SAID)])
    await store.summaries.replace(shared.id, record(prompt).to_json(), OVER)
    for again in (
        store.summaries.share(guild_id=GUILD, prompt_id=prompt.id, channel_id=7, message_id=8, body="{}", now=OVER),
        store.drafts.open(guild_id=GUILD, prompt_id=prompt.id, summary=record(prompt).summary, held={}, now=OVER),
    ):
        with pytest.raises(UserError, match="were erased"):
            await again

    assert await store.replies.count(prompt.id) == (0, 0)
    assert await store.prompts.watched() == ()
    (kept,) = await store.summaries.shared()
    assert SAID not in kept.body
    shown = replace(Record.from_json(kept.body), pending=False)
    await store.summaries.replace(shared.id, shown.to_json(), OVER)
    assert Record.from_json((await store.summaries.shared())[0].body) == shown


async def test_servers_that_left_are_not_told_and_the_days_of_each_count(store: Store) -> None:
    prompt = await summed_up(store)
    assert [(one.prompt.id, one.days) for one in await store.retention.keeping()] == [(prompt.id, 365)]

    await store.settings.leave(GUILD, NOW)

    assert await store.retention.keeping() == ()


async def test_neither_the_database_nor_its_log_keeps_a_byte_of_what_was_erased(tmp_path: Path, store: Store) -> None:
    prompt = await fill(store)
    await store.prompts.close(prompt, NOW)
    await store.retention.note_told([prompt.id], OVER - 30 * DAY)
    path = tmp_path / "test.db"
    sealed = sealed_bytes(path, "replies", "summaries", "drafts", "objections", "exclusions", "private_replies")
    before = held(path)
    assert len(sealed) > 5
    assert all(one in before for one in sealed)

    await store.retention.erase(prompt.id, DATE, OVER)
    assert await store.forget_traces()

    after = held(path)
    assert [one for one in sealed if one in after] == []
    assert not any(mark.encode() in after for mark in MARKS)
    assert str(WRITER).encode() not in after
    assert IS_ON_POSTGRES or path.with_name("test.db-wal").stat().st_size == 0


@pytest.mark.sqlite_file(Why.LOG)
async def test_a_reader_puts_the_emptying_of_the_log_off(tmp_path: Path, store: Store) -> None:
    await summed_up(store)
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM replies").fetchall()
        await store.replies.erase_prompt(1)
        assert not await store.forget_traces()

    assert await store.forget_traces()


def test_copies_of_migrations_go_after_their_time_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    for name in ("test.db", "test.db.before-0002", "test.db.before-0003-wal", "test.db.backup", "other.db.before-0002"):
        (tmp_path / name).touch()
    made = (tmp_path / "test.db").stat().st_mtime
    moment = NOW + timedelta(seconds=made - NOW.timestamp())

    assert delete_copies(path, moment - timedelta(minutes=1)) == 0
    assert delete_copies(path, moment + timedelta(minutes=1)) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == ["other.db.before-0002", "test.db", "test.db.backup"]


async def test_erasing_of_left_servers_spares_those_that_are_back(store: Store) -> None:
    prompt = await summed_up(store)
    await store.settings.leave(GUILD, NOW)

    assert await store.settings.erase_left(OVER, present=[GUILD]) == 0
    assert await store.replies.count(prompt.id) == (2, 2)
    assert await store.settings.erase_left(OVER) == 1


async def test_a_summary_that_cannot_be_read_goes_whole(tmp_path: Path, store: Store) -> None:
    prompt = await summed_up(store)
    (shared,) = await store.summaries.shared()
    await store.summaries.replace(shared.id, "{}", NOW)
    await store.retention.erase(prompt.id, DATE, OVER)
    await store.close()

    again = await open_store(tmp_path / "test.db", DATA_KEY)
    assert await again.summaries.shared() == ()
    await again.close()


def sealed_bytes(path: Path, *tables: str) -> list[bytes]:
    return [row[0] for table in tables for row in look(path, f"SELECT sealed FROM {table}")]  # noqa: S608 - our own names


async def test_answers_that_no_prompt_takes_along_go_by_their_own_age(store: Store) -> None:
    prompt = await summed_up(store)
    (shared,) = await store.summaries.shared()
    await store.retention.erase(prompt.id, DATE, OVER)
    late: dict[str, Any] = {"guild_id": GUILD, "summary_id": shared.id, "user_id": 9}
    kept = await store.objections.add(**late, text="I meant days.", now=OVER)
    newer = await store.objections.add(**late, text="I meant weeks.", now=OVER + 10 * DAY)
    await store.summaries.forget(shared.message_id or 0)

    assert await store.objections.erase_old(OVER + 394 * DAY) == 0
    assert await store.objections.erase_old(OVER + 396 * DAY) == 1

    assert [one.id for one in await store.objections.waiting(GUILD)] == [newer.id]
    with pytest.raises(UserError, match="no such answer"):
        await store.objections.get(GUILD, kept.id)


async def test_answers_to_a_summary_whose_replies_are_kept_stay_with_them(store: Store) -> None:
    await summed_up(store)
    (shared,) = await store.summaries.shared()
    await store.objections.add(guild_id=GUILD, summary_id=shared.id, user_id=9, text="I meant days.", now=NOW)

    assert await store.objections.erase_old(NOW + 3_000 * DAY) == 0
