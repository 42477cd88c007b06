"""Outcomes of points: kept before they are shown, changed with their past, and told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import UserError
from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.models.replies import Erasure
from bot.store import Store
from bot.store.outcomes import OutcomeCard
from tests.store.samples import GUILD, NOW, arrival, new_series, open_prompt

LATER = NOW + timedelta(days=3)
DECIDED = Decision(OutcomeState.DOING, "We hire six nurses.", owner="Director of Nursing", due=date(2026, 3, 2))


async def test_an_outcome_is_kept_with_its_points_and_every_change_with_its_date(store: Store) -> None:
    prompt = await open_prompt(store)
    points = (PointRef(prompt.id, "1"), PointRef(prompt.id, "b2"))
    kept = await store.outcomes.add(GUILD, points, DECIDED, user_id=5, channels=(700, 700), now=NOW)
    after = replace(DECIDED, state=OutcomeState.NOT_POSSIBLE, reason="No money.", due=None)
    changed = await store.outcomes.change(GUILD, kept.id, after, user_id=6, now=LATER)

    assert (kept.points, kept.decided, kept.changed_at, kept.changes) == (points, DECIDED, None, 0)
    assert (changed.decided, changed.changed_at, changed.changes) == (after, LATER, 1)
    assert [(one.at, one.decided) for one in await store.outcomes.changes(GUILD, kept.id)] == [
        (NOW, DECIDED),
        (LATER, after),
    ]
    assert await store.outcomes.of_prompts(GUILD, {prompt.id}) == (changed,)
    assert await store.outcomes.of_prompts(GUILD, {prompt.id + 1}) == ()


async def test_another_server_neither_sees_nor_changes_it(store: Store) -> None:
    prompt = await open_prompt(store)
    kept = await store.outcomes.add(GUILD, [PointRef(prompt.id, "1")], DECIDED, user_id=5, channels=(), now=NOW)

    assert await store.outcomes.of_guild(GUILD + 1) == ()
    with pytest.raises(UserError, match="no such outcome"):
        await store.outcomes.changes(GUILD + 1, kept.id)
    with pytest.raises(UserError, match="no such outcome"):
        await store.outcomes.change(GUILD + 1, kept.id, DECIDED, user_id=5, now=NOW)


async def test_a_place_waits_until_its_message_is_known(store: Store) -> None:
    prompt = await open_prompt(store)
    point = [PointRef(prompt.id, "1")]
    kept = await store.outcomes.add(GUILD, point, DECIDED, user_id=5, channels=(700, 701), now=NOW)
    for guild_id, post in await store.outcomes.unposted():
        assert guild_id == GUILD
        await store.outcomes.note_post(post, 9000 if post.channel_id == 700 else None)

    assert await store.outcomes.unposted() == ()
    assert [(one.channel_id, one.message_id) for one in await store.outcomes.posts(kept.id)] == [(700, 9000)]


async def test_a_series_has_one_card(store: Store) -> None:
    series = await new_series(store)
    assert await store.outcomes.card(series.id) is None

    await store.outcomes.keep_card(OutcomeCard(series.id, 50, None, 2))
    moved = OutcomeCard(series.id, 51, 9000, 3)
    await store.outcomes.keep_card(moved)

    assert await store.outcomes.card(series.id) == moved


async def test_a_person_is_told_once_until_they_erase_what_is_held_about_them(store: Store) -> None:
    prompt = await open_prompt(store)
    kept = await store.outcomes.add(GUILD, [PointRef(prompt.id, "1")], DECIDED, user_id=5, channels=(), now=NOW)
    person = (await store.people.of(GUILD, 9)).person

    assert await store.outcomes.claim_notice(kept.id, person)
    assert not await store.outcomes.claim_notice(kept.id, person)

    await store.personal.erase_all(GUILD, 9)
    assert await store.outcomes.claim_notice(kept.id, person)


async def test_that_somebody_was_told_is_forgotten_with_the_last_of_their_replies(store: Store) -> None:
    prompt = await open_prompt(store)
    kept = await store.outcomes.add(GUILD, [PointRef(prompt.id, "1")], DECIDED, user_id=5, channels=(), now=NOW)
    await store.replies.apply([arrival(prompt, 1, 8), arrival(prompt, 2, 9)])
    for user_id in (8, 9):
        assert await store.outcomes.claim_notice(kept.id, (await store.people.of(GUILD, user_id)).person)
    await store.replies.apply([Erasure(prompt.id, (1,))])

    assert await store.outcomes.forget_told() == 1
    assert not await store.outcomes.claim_notice(kept.id, (await store.people.of(GUILD, 9)).person)


async def test_what_is_sent_twice_is_kept_once_and_a_change_of_what_was_changed_meanwhile_is_refused(
    store: Store,
) -> None:
    prompt = await open_prompt(store)
    point = [PointRef(prompt.id, "1")]
    kept = await store.outcomes.add(GUILD, point, DECIDED, user_id=5, channels=(), now=NOW)
    with pytest.raises(UserError, match="there already"):
        await store.outcomes.add(GUILD, point, DECIDED, user_id=6, channels=(700,), now=LATER)
    done = replace(DECIDED, state=OutcomeState.DONE)
    await store.outcomes.change(GUILD, kept.id, done, user_id=5, now=LATER, changes=0)
    with pytest.raises(UserError, match="has changed this outcome"):
        await store.outcomes.change(GUILD, kept.id, DECIDED, user_id=6, now=LATER, changes=0)

    (after,) = await store.outcomes.of_guild(GUILD)
    assert (after.decided, after.changes) == (done, 1)
    assert await store.outcomes.unposted() == ()


async def test_cards_are_those_of_one_server(store: Store) -> None:
    series = await new_series(store)
    card = OutcomeCard(series.id, 50, None, 2)
    await store.outcomes.keep_card(card)

    assert await store.outcomes.cards(GUILD) == (card,)
    assert await store.outcomes.cards(GUILD + 1) == ()
