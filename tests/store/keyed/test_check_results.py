"""Checks that ended: presses counted once, what is missing as private replies, and what age leaves of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.models.checks import Check, CheckPoint, CheckState
from bot.models.private import Quoting
from bot.models.summaries import Review
from bot.services.check_rounds import count_check_presses
from bot.store import Store
from bot.store.tables import check_words, pressers, presses, private_batches, private_replies
from bot.summaries.output.point_groups import point_heading
from tests.store.keyed.test_checks import ANNA, rows
from tests.store.samples import GUILD, NOW, new_series
from tests.store.samples_of_checks import DIFFERENT, SAME, SKIP, check_of, ended, started, tap, write
from tests.store.senders import prompt_in, released, send, withdraw
from tests.store.test_retention import OVER, record, summed_up

pytestmark = pytest.mark.usefixtures("either_home")


async def numbers(store: Store, check: Check) -> list[tuple[int, bool]]:
    """What the results say of each point."""
    result = await store.checks.result(check)
    assert result is not None
    return [(each.same, each.differs) for each in result.points]


async def test_nothing_shows_whether_anybody_tapped_until_the_release(store: Store) -> None:
    check = await started(store)

    async def seen() -> list[object]:
        lists = [
            store.checks.of_guild(GUILD),
            store.checks.open_checks(),
            store.checks.released(GUILD, [check.prompt_id]),
            store.private.waiting(GUILD),
        ]
        return [await store.checks.result(check), *[await each for each in lists]]

    before = await seen()
    for person in range(6):
        await tap(store, check, person, SAME)
        await write(store, check, person)
    assert await seen() == before
    await store.checks.end(GUILD, check.id, NOW)
    check = await store.checks.get(GUILD, check.id)

    assert await store.checks.result(check) is None
    assert await store.checks.own_all(GUILD, 1) == ()
    assert await store.checks.to_release() == (check,)


async def test_presses_are_counted_once_and_then_erased_with_what_leads_to_them(store: Store) -> None:
    check = await started(store)
    with pytest.raises(UserError, match="open"):
        await store.checks.release(replace(check, id=check.id), NOW)
    for person in range(11):
        await tap(store, check, person, SAME if person < 6 else DIFFERENT, DIFFERENT if person else SKIP)
    later = NOW + timedelta(days=3)
    await store.checks.end(GUILD, check.id, later)
    with pytest.raises(ValueError, match="not counted"):
        await store.checks.release(check, later)

    await count_check_presses(store, check)
    await count_check_presses(store, check)
    first, again = await store.checks.release(check, later), await store.checks.release(check, later)
    await count_check_presses(store, check)

    assert again is None
    assert first is not None
    assert (first.released_at, first.ends_at, first.state) == (later, later, CheckState.ENDED)
    assert await rows(store, presses) == await rows(store, pressers) == []
    assert await numbers(store, first) == [(6, True), (0, False)]
    assert (await store.checks.result(first)).people == 11  # type: ignore[union-attr]
    assert await store.check_presses.own(check, 1, ["0100", "0200"]) == {}
    assert await store.checks.released(GUILD, [check.prompt_id, 99]) == (first,)


async def test_what_is_tapped_or_written_while_it_ends_is_counted_or_refused(store: Store) -> None:
    check = await started(store)
    for person in range(5):
        await tap(store, check, person, SAME)
    check = await store.checks.end(GUILD, check.id, NOW)
    await count_check_presses(store, check)
    with pytest.raises(UserError, match="has ended"):
        await tap(store, check, 5, SAME)
    check = await ended(store, check)

    assert await numbers(store, check) == [(5, False), (0, False)]


async def test_the_newest_released_check_of_a_prompt_counts(store: Store) -> None:
    prompt = await prompt_in(store)
    await ended(store, await check_of(store, prompt), range(5))
    second = await ended(store, await check_of(store, prompt), range(5))
    await check_of(store, prompt)

    assert await store.checks.released(GUILD, [prompt.id]) == (second,)
    assert await store.checks.released(2, [prompt.id]) == ()


async def test_of_fewer_than_five_there_are_no_numbers(store: Store) -> None:
    check = await ended(store, await started(store), range(4), missing="The lifts.")

    assert check.released_at == NOW
    assert await numbers(store, check) == [(0, False), (0, False)]
    assert (await store.checks.result(check)).people == 0  # type: ignore[union-attr]
    assert await store.private.waiting(GUILD) == ()


async def test_what_is_missing_becomes_private_replies_in_a_batch_of_their_own(store: Store) -> None:
    check = await started(store)
    prompt = await store.prompts.get(GUILD, check.prompt_id)
    codes = [await write(store, check, person, f"Lift {person}.", Quoting.YES) for person in range(6)]
    ids = {row["id"] for row in await rows(store)}
    check = await ended(store, check, range(6, 9))

    (batch,) = await store.private.waiting(GUILD)
    await store.private.let_in(GUILD, batch.id, ANNA, NOW)
    replies = await store.private.shown_for_prompt(prompt.id)

    assert await rows(store, check_words) == []
    assert (batch.check_id, batch.prompt_id, batch.replies) == (check.id, prompt.id, 6)
    assert {reply.text for reply in replies} == {f"Lift {n}." for n in range(6)}
    assert {(reply.group, reply.manages, reply.quoting) for reply in replies} == {("", False, Quoting.YES)}
    assert {reply.day for reply in replies} == {NOW.date()}
    assert ids.isdisjoint(reply.id for reply in replies)
    assert await withdraw(store, GUILD, codes[0])
    assert len(await store.private.shown_for_prompt(prompt.id)) == 5


async def test_private_replies_of_the_prompt_and_of_its_checks_keep_to_their_batches(store: Store) -> None:
    prompt = await prompt_in(store)
    for person in range(5):
        await send(store, prompt, person)
    await ended(store, await check_of(store, prompt), range(10, 16), missing="The lifts.")
    await released(store, prompt, ())
    await ended(store, await check_of(store, prompt), range(20, 27), missing="The doors.")

    batches = await store.private.waiting(GUILD)

    assert [(batch.prompt_id, batch.replies) for batch in batches] == [(prompt.id, 6), (prompt.id, 5), (prompt.id, 7)]
    assert [batch.check_id is None for batch in batches] == [False, True, False]


async def test_the_few_that_say_what_is_missing_are_put_with_no_other_replies(store: Store) -> None:
    series = await new_series(store)
    prompt = await prompt_in(store, 1, series_id=series.id)
    for person in range(4):
        await send(store, prompt, person)
    check = await check_of(store, prompt)
    await ended(store, check, range(4), missing="The lifts.")
    await released(store, prompt, ())
    await ended(store, await check_of(store, prompt), range(4), missing="The doors.")
    await released(store, await prompt_in(store, 2, series_id=series.id), range(2))

    assert await store.private.waiting(GUILD) == ()
    assert await store.private.shown_for_prompt(prompt.id) == ()


async def test_age_takes_the_words_of_a_check_and_leaves_its_counts(store: Store) -> None:
    prompt = await summed_up(store)
    (shared,) = await store.summaries.shared(prompt.id)
    told = record(prompt)
    point = replace(told.summary.points[0], ref="1", review=Review("", confirmed=("1",)))
    body = replace(told, summary=replace(told.summary, points=(point,))).to_json()
    await store.summaries.replace(shared.id, body, NOW)
    named = [CheckPoint("1", point_heading(point))]
    check = await store.checks.start(GUILD, prompt.id, named, ends_at=NOW, channel_id=5, now=NOW)
    await ended(store, check, range(5), missing="The lifts.")
    assert await store.retention.erase(prompt.id, "5 January 2027", OVER) is not None

    (after,) = await store.checks.of_prompt(prompt.id)
    assert after.points[0].heading == ""
    assert await numbers(store, after) == [(5, False)]
    assert await rows(store, private_replies) == await rows(store, private_batches) == []


async def test_where_a_threads_replies_are_erased_its_checks_end_without_words_and_keep_their_counts(
    store: Store,
) -> None:
    prompt = await summed_up(store)
    await ended(store, await check_of(store, prompt), range(5), missing="The lifts.")
    open_check = await check_of(store, prompt)
    await tap(store, open_check, ANNA, SAME)
    await write(store, open_check, ANNA)

    await store.private.erase_prompt(prompt.id)
    assert await store.checks.let_go(prompt.id, NOW)
    assert not await store.checks.let_go(prompt.id, NOW)

    (old, new) = await store.checks.of_prompt(prompt.id)
    assert {point.heading for check in (old, new) for point in check.points} == {""}
    for table in (check_words, presses, pressers):
        assert await rows(store, table) == []
    assert await numbers(store, old) == [(5, False), (0, False)]
    (waiting,) = await store.checks.to_release()
    assert (waiting.id, waiting.state) == (new.id, CheckState.ENDED)
    await store.checks.release(waiting, NOW)
    assert await store.checks._keys.owner_ids() == frozenset()
    assert await rows(store, private_replies) == await rows(store, private_batches) == []
