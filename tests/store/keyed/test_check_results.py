"""Checks that ended: views counted as nobody's, what is missing as private replies, and what age leaves of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.models.checks import Answer, CheckPoint, CheckState
from bot.models.groups import NOT_SAID
from bot.models.private import Quoting
from bot.models.summaries import Review
from bot.store import Store
from bot.store.tables import private_batches, private_replies
from bot.summaries.output.point_groups import ERASED, point_heading
from tests.store.keyed.test_checks import ANNA, NURSES, STUDENTS, rows
from tests.store.samples import GUILD, NOW, new_series
from tests.store.samples_of_checks import NOT, POINTS, TRUE, UNKNOWN, check_of, ended, give, started
from tests.store.senders import prompt_in, released, send
from tests.store.test_retention import OVER, record, summed_up


async def test_nothing_shows_whether_there_are_views_until_the_release(store: Store) -> None:
    check = await started(store)

    async def seen() -> list[object]:
        of_check: list[object] = [await store.checks.views(check.id), await store.checks.result(check)]
        lists = [
            store.checks.of_guild(GUILD),
            store.checks.open_checks(),
            store.checks.released(GUILD, [check.prompt_id]),
        ]
        return [*of_check, *[await one for one in lists], await store.private.waiting(GUILD)]

    before = await seen()
    for person in range(6):
        await give(store, check, person, missing="The lifts.")
    assert await seen() == before
    await store.checks.end(GUILD, check.id, NOW)
    check = await store.checks.get(GUILD, check.id)

    assert (await store.checks.views(check.id), await store.checks.result(check)) == ((), None)
    assert await store.checks.own_all(GUILD, 1) == ()
    assert await store.checks.to_release() == (check,)


async def test_after_the_release_views_are_counted_and_nobodys(store: Store) -> None:
    check = await started(store)
    with pytest.raises(UserError, match="open"):
        await store.checks.release(check, NOW)
    for person in range(6):
        await give(store, check, person, answers={"1": TRUE, "2": NOT if person % 2 else UNKNOWN}, missing="Lifts.")
    ids = {row["id"] for row in await rows(store)}
    later = NOW + timedelta(days=3)
    await store.checks.end(GUILD, check.id, later)

    first, again = await store.checks.release(check, later), await store.checks.release(check, later)

    assert again is None
    assert first is not None
    assert (first.released_at, first.ends_at, first.state) == (later, later, CheckState.ENDED)
    assert {(row["person"], row["code_hash"], row["day"]) for row in await rows(store)} == {(None, None, later.date())}
    assert ids.isdisjoint(row["id"] for row in await rows(store))
    assert all(view.missing == "" for view in await store.checks.views(check.id))
    result = await store.checks.result(first)
    assert result is not None
    assert [(point.ref, point.true, point.known, point.not_here) for point in result.points] == [
        ("1", 6, 6, 0),
        ("2", 0, 3, 3),
    ]
    assert not await store.checks.withdraw_own(check, 1)
    assert await store.checks.own(check, 1) is None
    assert await store.checks.released(GUILD, [check.prompt_id, 99]) == (first,)


async def test_the_newest_released_check_of_a_prompt_counts(store: Store) -> None:
    prompt = await prompt_in(store)
    await ended(store, await check_of(store, prompt), range(5))
    second = await ended(store, await check_of(store, prompt), range(5))
    await check_of(store, prompt)

    assert await store.checks.released(GUILD, [prompt.id]) == (second,)
    assert await store.checks.released(2, [prompt.id]) == ()


async def test_of_fewer_than_five_there_are_no_figures(store: Store) -> None:
    check = await ended(store, await started(store), range(4), missing="The lifts.")

    assert check.released_at == NOW
    assert await store.checks.views(check.id) == ()
    assert await store.checks.result(check) is None
    assert await store.private.waiting(GUILD) == ()


async def test_what_is_missing_becomes_private_replies_in_a_batch_of_their_own(store: Store) -> None:
    check = await started(store)
    prompt = await store.prompts.get(GUILD, check.prompt_id)
    codes = [await give(store, check, n, missing=f"Lift {n}.", quoting=Quoting.YES, group=STUDENTS) for n in range(6)]
    for person in range(6, 9):
        await give(store, check, person)
    check = await ended(store, check)

    (batch,) = await store.private.waiting(GUILD)
    await store.private.let_in(GUILD, batch.id, ANNA, NOW)
    replies = await store.private.shown_for_prompt(prompt.id)

    assert (batch.check_id, batch.prompt_id, batch.replies) == (check.id, prompt.id, 6)
    assert {reply.text for reply in replies} == {f"Lift {n}." for n in range(6)}
    assert {(reply.group, reply.manages, reply.quoting) for reply in replies} == {("", False, Quoting.YES)}
    assert {reply.id for reply in replies}.isdisjoint(view.id for view in await store.checks.views(check.id))
    assert codes[0] is not None
    assert await store.private.withdraw_code(GUILD, codes[0]) == prompt.id
    assert len(await store.private.shown_for_prompt(prompt.id)) == 5
    assert (await store.checks.result(check)).people == 9  # type: ignore[union-attr]


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


async def test_the_few_that_say_what_is_missing_wait_for_others_of_the_series(store: Store) -> None:
    series = await new_series(store)
    check = await started(store, 1, series_id=series.id)
    await ended(store, check, range(3), missing="The lifts.")
    assert await store.private.waiting(GUILD) == ()

    await released(store, await prompt_in(store, 2, series_id=series.id), range(2))

    (batch,) = await store.private.waiting(GUILD)
    assert (batch.series_id, batch.prompt_id, batch.replies) == (series.id, None, 5)


async def test_age_takes_the_words_of_a_check_and_leaves_its_counts(store: Store) -> None:
    prompt = await summed_up(store)
    (shared,) = await store.summaries.shared(prompt.id)
    told = record(prompt)
    point = replace(told.summary.points[0], ref="1", review=Review("", confirmed=("1",)))
    body = replace(told, summary=replace(told.summary, points=(point,))).to_json()
    await store.summaries.replace(shared.id, body, NOW)
    named = [CheckPoint("1", point_heading(point))]
    check = await store.checks.start(GUILD, prompt.id, named, ends_at=NOW, channel_id=5, now=NOW)
    for user_id in range(5):
        answers = {named[0].ref: Answer.TRUE}
        await store.checks.give(check, user_id, answers=answers, missing="The lifts.", today=NOW.date())
    await store.checks.end(GUILD, check.id, NOW)
    (ready,) = await store.checks.to_release()
    released = await store.checks.release(ready, NOW)
    assert released is not None
    assert await store.retention.erase(prompt.id, "5 January 2027", OVER) is not None

    (after,) = await store.checks.of_prompt(prompt.id)
    result = await store.checks.result(after)
    assert result is not None
    assert (result.people, result.points[0].true, result.points[0].heading) == (5, 5, ERASED)
    assert await rows(store, private_replies) == await rows(store, private_batches) == []


async def test_where_a_threads_replies_are_erased_its_checks_end_without_words_and_keep_their_counts(
    store: Store,
) -> None:
    prompt = await summed_up(store)
    await ended(store, await check_of(store, prompt), range(5), missing="The lifts.")
    await give(store, await check_of(store, prompt), ANNA)

    await store.private.erase_prompt(prompt.id)
    assert await store.checks.let_go(prompt.id, NOW)
    assert not await store.checks.let_go(prompt.id, NOW)

    (old, new) = await store.checks.of_prompt(prompt.id)
    assert {point.heading for check in (old, new) for point in check.points} == {""}
    assert {row["check_id"] for row in await rows(store)} == {old.id}
    result = await store.checks.result(old)
    assert result is not None
    assert (result.people, result.points[0].true) == (5, 5)
    (waiting,) = await store.checks.to_release()
    assert (waiting.id, waiting.state) == (new.id, CheckState.ENDED)
    await store.checks.release(waiting, NOW)
    assert await store.checks._keys.owner_ids() == frozenset()
    assert await rows(store, private_replies) == await rows(store, private_batches) == []


async def test_groups_are_shown_by_the_one_rule_and_not_where_two_checks_differ_by_a_few(store: Store) -> None:
    groups = [NURSES] * 13 + [STUDENTS] * 12 + [""] * 11
    found = []
    for number, more in enumerate(((), (NURSES,), [STUDENTS] * 12), 1):
        check = await started(store, number)
        for person, group in enumerate((*groups, *more)):
            await give(store, check, person, group=group)
        check = await ended(store, check)
        result = await store.checks.result(check)
        assert result is not None
        found.append({group.group: group.people for group in result.groups})

    assert found == [{NURSES: 13, STUDENTS: 12}, {}, {NURSES: 13, STUDENTS: 24}]
    people = {f"{number:032x}": group or NOT_SAID for number, group in enumerate(groups)}
    assert await store.groups.table(GUILD, "prompt:1", people, 11, NOW) is not None  # a thread's people are known


async def test_of_one_prompt_a_single_check_shows_groups(store: Store) -> None:
    prompt = (await started(store)).prompt_id
    shown = []
    for more in ((), [STUDENTS] * 12):
        check = next((one for one in await store.checks.of_prompt(prompt) if one.state is CheckState.OPEN), None)
        check = check or await store.checks.start(GUILD, prompt, POINTS, ends_at=NOW, channel_id=5, now=NOW)
        for person, group in enumerate([NURSES] * 13 + [STUDENTS] * 12 + [""] * 11 + list(more)):
            await give(store, check, person, group=group)
        result = await store.checks.result(await ended(store, check))
        assert result is not None
        shown.append(bool(result.groups))

    assert shown == [True, False]


async def test_a_raised_threshold_holds_for_checks_of_before(store: Store) -> None:
    check = await started(store)
    for person, group in enumerate([NURSES] * 25 + [STUDENTS] * 12 + [""] * 11):
        await give(store, check, person, group=group)
    check = await ended(store, check)
    before = await store.checks.result(check)
    await store.settings.change(GUILD, group_threshold=20)
    after = await store.checks.result(check)

    assert before is not None
    assert after is not None
    assert [[group.group for group in result.groups] for result in (before, after)] == [[NURSES, STUDENTS], [NURSES]]
    assert after.points == before.points
