"""Drafts: one open one a prompt, changed by several at once, sealed, and gone with what they were made from."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.models.reviews import AddNote, AddReplies, ChangeQuote, Confirm, Draft, DraftState, Merge, Reword, SetKind
from bot.models.summaries import Coverage, KeyPoint, Kind, Quote, Summary
from bot.store import Store, open_store
from bot.store.database import StoreError
from bot.store.drafts import SOME_WORDS, _change
from bot.summaries.io.codec import summary_from_json, summary_to_json
from tests.by_hand import look
from tests.engines import Why
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.store.test_inbox import fill_up, make_room
from tests.world import DATA_KEY

ROTA, PARKING = "The rota is late. We learn of it on Sunday.", "Parking is full."


async def opened(store: Store) -> Draft:
    """A draft of two points, of two people."""
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, 8, ROTA), arrival(prompt, 2, 9, PARKING)])
    points = (KeyPoint(ROTA, (Quote("1", ROTA),), 1), KeyPoint(PARKING, (Quote("2", PARKING),), 1))
    summary = Summary(str(prompt.id), "", points, (), Coverage(2, 2, 2))
    held = {str(reply.id): reply.person for reply in await store.replies.of_prompt(prompt.id)}
    return await store.drafts.open(guild_id=GUILD, prompt_id=prompt.id, summary=summary, held=held, now=NOW)


async def test_two_at_once_open_one_draft(store: Store) -> None:
    one = await opened(store)
    asked = [
        store.drafts.open(guild_id=GUILD, prompt_id=one.prompt_id or 0, summary=one.summary, held=one.held, now=NOW)
        for _ in range(2)
    ]

    assert {draft.id for draft in await asyncio.gather(*asked)} == {one.id}
    assert await store.drafts.open_drafts() == (one,)


async def test_two_reviewers_at_once_do_not_overwrite_each_other(store: Store) -> None:
    draft = await opened(store)

    await asyncio.gather(
        store.drafts.change(draft, 5, Reword("1", "Rotas"), NOW),
        store.drafts.change(draft, 6, AddNote("2", "Ask"), NOW),
    )

    after = await store.drafts.get(GUILD, draft.id)
    reviews = [point.review for point in after.summary.points]
    assert [review and (review.words, review.note) for review in reviews] == [("Rotas", ""), ("", "Ask")]
    assert after.changes == 2
    made = await store.drafts.changes(draft.id)
    assert {one.what for one in made} == {Reword("1", SOME_WORDS), AddNote("2", SOME_WORDS)}
    assert len({one.person for one in made}) == 2


async def test_a_change_that_does_not_fit_changes_and_records_nothing(store: Store) -> None:
    draft = await opened(store)

    with pytest.raises(UserError):
        await store.drafts.change(draft, 5, ChangeQuote("1", "1", "The rota is early."), NOW)

    assert await store.drafts.get(GUILD, draft.id) == draft
    assert await store.drafts.changes(draft.id) == ()


async def test_a_draft_and_its_changes_outlive_a_restart_and_hold_no_words_of_replies(
    tmp_path: Path, store: Store
) -> None:
    draft = await opened(store)
    for what in (SetKind("1", Kind.CONCERN), ChangeQuote("1", "1", "The rota is late."), Confirm("1", ("1",))):
        draft = await store.drafts.change(draft, 5, what, NOW)
    draft = await store.drafts.note_placed(draft.id, channel_id=3, message_id=4)
    await store.close()

    again = await open_store(tmp_path / "test.db", DATA_KEY)
    assert await again.drafts.of_prompt(draft.prompt_id or 0) == draft
    made = await again.drafts.changes(draft.id)
    assert [one.number for one in made] == [1, 2, 3]
    assert made[1].what == ChangeQuote("1", "1", "")
    await again.close()
    for file in tmp_path.glob("test.db*"):
        assert b"rota is late" not in file.read_bytes()


async def test_a_draft_of_another_server_is_not_found(store: Store) -> None:
    draft = await opened(store)

    with pytest.raises(UserError):
        await store.drafts.get(GUILD + 1, draft.id)


@pytest.mark.parametrize("state", [DraftState.PUBLISHED, DraftState.DROPPED])
async def test_a_draft_at_its_end_keeps_no_words_and_takes_no_change(store: Store, state: DraftState) -> None:
    draft = await opened(store)

    end = store.drafts.note_published if state is DraftState.PUBLISHED else store.drafts.drop
    await end(draft, NOW)

    after = await store.drafts.get(GUILD, draft.id)
    assert (after.state, after.summary.points, after.held) == (state, (), {})
    with pytest.raises(UserError, match="published or discarded"):
        await store.drafts.change(draft, 5, Merge("1", ("2",)), NOW)
    assert await store.drafts.of_prompt(draft.prompt_id or 0) is None


async def test_a_server_that_left_takes_its_drafts_and_objections_along(tmp_path: Path, store: Store) -> None:
    draft = await opened(store)
    await store.drafts.change(draft, 5, Reword("1", "Rotas"), NOW)
    await store.settings.leave(GUILD, NOW)
    await store.settings.erase_left(NOW.replace(year=2027))

    for table in ("drafts", "draft_changes"):
        assert look(tmp_path / "test.db", f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - our own names


@pytest.mark.sqlite_file(Why.FULL_DISK)
async def test_a_full_disk_leaves_the_draft_as_before_and_says_so(tmp_path: Path, store: Store) -> None:
    draft = await opened(store)
    limit = await fill_up(store)

    with pytest.raises(StoreError, match="full"):
        for number in range(400):
            await store.drafts.change(draft, 5, AddNote("1", f"{number} " + "note " * 90), NOW)

    made = await store.drafts.changes(draft.id)
    after = await store.drafts.get(GUILD, draft.id)
    assert after.changes == len(made)
    await make_room(store, limit)
    assert (await store.drafts.change(draft, 5, AddNote("1", "at last"), NOW)).changes == len(made) + 1


async def test_an_objection_is_listed_until_settled_also_when_its_summary_is_gone(store: Store) -> None:
    draft = await opened(store)
    await store.summaries.share(
        guild_id=GUILD, prompt_id=draft.prompt_id or 0, channel_id=3, message_id=77, body="{}", now=NOW
    )
    shared = await store.summaries.by_message(77)
    assert shared is not None
    kept = await store.objections.add(guild_id=GUILD, summary_id=shared.id, user_id=8, text="I meant Monday.", now=NOW)
    await store.summaries.forget(77)

    (waiting,) = await store.objections.waiting(GUILD)
    assert (waiting.text, waiting.summary_id) == ("I meant Monday.", None)
    await store.objections.settle(GUILD, kept.id, "Reworded.", NOW)

    assert await store.objections.waiting(GUILD) == ()
    assert (await store.objections.get(GUILD, kept.id)).settled_how == "Reworded."
    with pytest.raises(UserError):
        await store.objections.get(GUILD + 1, kept.id)


async def test_changes_and_reviews_from_before_some_of_it_was_kept_are_read_still(store: Store) -> None:
    draft = await opened(store)
    await store.drafts.change(draft, 5, Confirm("1", ("1",)), NOW)
    after = await store.drafts.change(draft, 5, Merge("1", ("2",)), NOW)
    old = '{"what": "Confirm", "point": "1", "messages": ["1"]}', '{"what": "Merge", "point": "1", "other": "2"}'

    assert tuple(map(_change, old)) == tuple(made.what for made in await store.drafts.changes(draft.id))
    body = summary_to_json(after.summary).replace(',"unticked":[]', "").replace(',"edits":[["merged",1]]', "")
    assert "unticked" not in body
    assert summary_from_json(body) == replace(after.summary, edits=None)


async def test_a_point_that_a_later_draft_makes_never_bears_the_name_of_an_earlier_one(store: Store) -> None:
    draft = await opened(store)
    first = await store.drafts.change(draft, 5, AddReplies("new", ("2",)), NOW)
    await store.drafts.note_published(draft, NOW)
    again = await store.drafts.open(
        guild_id=GUILD, prompt_id=draft.prompt_id or 0, summary=first.summary, held=first.held, now=NOW
    )
    second = await store.drafts.change(again, 5, AddReplies("new", ("1",)), NOW)

    refs = [point.ref for point in second.summary.points]
    assert refs == ["1", "2", "1n", "b1n"]
