"""Checks and views: one view each, which is its author's alone while the check is open, and what erases them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import UserError
from bot.models.checks import NOWHERE, CheckState
from bot.models.private import Quoting
from bot.services.erasure import erase_everything
from bot.services.subject_access import gather_person_data
from bot.store import Store
from bot.store.tables import checks, private_batches, private_replies, views
from bot.subject_access.account import list_personal_data
from bot.summaries.lifecycle.record import Record
from cogs.subject_access.data_card import data_card
from tests.store.samples import GUILD, NOW
from tests.store.samples_of_checks import DAY, NOT, PARTLY, POINTS, TRUE, check_of, ended, give, started
from tests.store.senders import prompt_in
from tests.store.test_retention import record, summed_up

ANNA, BEN = 41, 42
NURSES, STUDENTS = "Nursing and midwifery", "Students"


async def rows(store: Store, table: Any = views) -> list[dict[str, object]]:
    """A table as it is stored."""
    async with store._database.read() as connection:
        return [dict(row) for row in (await connection.execute(table.select())).mappings()]


async def test_a_prompt_has_one_open_check_also_by_many_at_once(store: Store) -> None:
    prompt = await prompt_in(store)

    made = await asyncio.gather(*(check_of(store, prompt) for _ in range(5)), return_exceptions=True)

    (check,) = [one for one in made if not isinstance(one, BaseException)]
    assert sum(isinstance(one, UserError) for one in made) == 4
    assert (check.points, check.state, check.ends_at) == (POINTS, CheckState.OPEN, NOW + timedelta(days=7))
    assert await store.checks.open_checks() == await store.checks.of_prompt(prompt.id) == (check,)
    assert await store.checks.by_claim(GUILD, check.claim) == await store.checks.get(GUILD, check.id) == check
    await store.checks.note_card(check.id, 71)
    await store.checks.note_result(check.id, 72)
    assert await store.checks.of_guild(GUILD) == (replace(check, message_id=71, result_id=72),)
    with pytest.raises(UserError, match="prompt is not here"):
        await check_of(store, replace(prompt, id=99))
    with pytest.raises(UserError, match="no points"):
        await store.checks.start(GUILD, prompt.id, (), ends_at=NOW, channel_id=1, now=NOW)
    with pytest.raises(UserError, match="prompt is not here"):
        await store.checks.start(2, prompt.id, POINTS, ends_at=NOW, channel_id=1, now=NOW)


async def test_messages_of_several_checks_may_be_gone(store: Store) -> None:
    for number in (1, 2):
        check = await started(store, number)
        await store.checks.note_card(check.id, NOWHERE)
        await store.checks.note_result(check.id, NOWHERE)
        noted = await store.checks.get(check.guild_id, check.id)
        assert (noted.message_id, noted.result_id) == (NOWHERE, NOWHERE)


async def test_a_check_is_of_its_own_server(store: Store) -> None:
    check = await started(store)

    for look in (store.checks.get(2, check.id), store.checks.by_claim(2, check.claim), store.checks.end(2, 1, NOW)):
        with pytest.raises(UserError, match="not here"):
            await look
    with pytest.raises(UserError, match="has ended"):
        await give(store, replace(check, guild_id=2), ANNA)
    assert (await store.checks.get(GUILD, check.id)).state is CheckState.OPEN


async def test_a_person_has_one_view_and_what_they_give_is_merged(store: Store) -> None:
    check = await started(store)
    code = await give(store, check, ANNA, missing="The lifts.", quoting=Quoting.YES, group=STUDENTS)
    (before,) = await rows(store)
    assert await give(store, check, ANNA, answers={"2": NOT}) is None
    (after,) = await rows(store)
    await give(store, check, ANNA, answers={"1": PARTLY})

    own = await store.checks.own(check, ANNA)

    assert code is not None
    assert own is not None
    assert (own.answers, own.missing, own.quoting, own.group, own.day) == (
        *({"1": PARTLY, "2": NOT}, "The lifts."),
        *(Quoting.YES, STUDENTS, DAY),
    )
    assert {name for name in after if after[name] == before[name]} == {
        "check_id",
        "person",
        "day",
        "code_hash",
        "key_id",
    }
    assert await store.checks.own(check, BEN) is None
    assert await store.checks.own_all(GUILD, ANNA) == ((check, own),)
    assert await store.checks.own_all(GUILD, BEN) == await store.checks.own_all(2, ANNA) == ()


async def test_a_person_bears_another_pseudonym_in_each_check(store: Store) -> None:
    for number in (1, 2):
        await give(store, await started(store, number), ANNA)

    people = {row["person"] for row in await rows(store)}

    assert len(people) == 2
    assert store.replies._pseudonyms.of(GUILD, ANNA) not in people


async def test_what_is_no_view_is_refused_and_changes_nothing(store: Store) -> None:
    check = await started(store)
    for wrong, words in (
        ({"answers": {}}, "Choose an answer"),
        ({"answers": {"9": TRUE}}, "have changed"),
        ({"group": "Wizards"}, "staff group"),
    ):
        with pytest.raises(UserError, match=words):
            await give(store, check, ANNA, **wrong)
    await store.people.stop(GUILD, ANNA, NOW)
    with pytest.raises(UserError, match="/my stop"):
        await give(store, check, ANNA)
    await store.checks.end(GUILD, check.id, NOW)
    with pytest.raises(UserError, match="has ended"):
        await give(store, check, BEN)

    assert await rows(store) == []
    assert await store.checks._keys.owner_ids() <= {check.id}


async def test_a_persons_data_hold_their_view_while_the_check_is_open(store: Store) -> None:
    check = await started(store)
    await give(store, check, ANNA, answers={"2": NOT}, missing="The lifts.", quoting=Quoting.YES, group=STUDENTS)

    data = await gather_person_data(store, GUILD, ANNA)

    assert not data.is_empty
    (told,) = list_personal_data(data, NOW)["prompts"]
    assert told["views_in_open_checks"] == [
        {
            "answers": [{"point": "Parking is full.", "your_answer": NOT}],
            "what_is_missing": "The lifts.",
            "may_be_quoted": Quoting.YES,
            "day": DAY.isoformat(),
            "staff_group": STUDENTS,
        }
    ]
    assert (await gather_person_data(store, GUILD, BEN)).is_empty
    card = data_card(data, 1, "Europe/London").children[0]
    assert "“Parking is full.”: not where I work" in card.content  # type: ignore[attr-defined]
    await ended(store, check)
    assert (await gather_person_data(store, GUILD, ANNA)).is_empty


async def test_a_code_takes_back_what_is_missing_while_the_check_is_open(store: Store) -> None:
    check = await started(store)
    old = await give(store, check, ANNA, missing="In anger.")
    code = await give(store, check, ANNA, missing="The lifts.")
    alone = await give(store, check, BEN, answers={}, missing="The doors.")
    assert None not in (old, code, alone)

    assert await store.private.withdraw_code(GUILD, str(old)) is None
    assert await store.private.withdraw_code(2, str(code)) is None
    assert await store.private.withdraw_code(GUILD, str(code)) == check.prompt_id
    assert await store.private.withdraw_code(GUILD, str(alone)) == check.prompt_id

    own = await store.checks.own(check, ANNA)
    assert own is not None
    assert (own.answers, own.missing) == ({"1": TRUE}, "")
    assert await store.checks.own(check, BEN) is None
    assert await store.private.withdraw_code(GUILD, str(code)) is None


async def test_a_view_is_taken_back_by_its_author_alone(store: Store) -> None:
    check, other = await started(store), await started(store, 2)
    for person in (ANNA, BEN):
        await give(store, check, person)
    await give(store, other, ANNA)

    assert await store.checks.withdraw_own(check, ANNA)
    assert not await store.checks.withdraw_own(check, ANNA)
    assert await store.checks.own(check, BEN) is not None

    await erase_everything(store, GUILD, ANNA)
    assert await store.checks.own_all(GUILD, ANNA) == ()
    assert len(await rows(store)) == 1


async def test_a_person_is_erased_also_between_the_end_and_the_release(store: Store) -> None:
    check = await started(store)
    await give(store, check, ANNA)
    await store.checks.end(GUILD, check.id, NOW)

    await erase_everything(store, GUILD, ANNA)

    assert await rows(store) == []


async def test_what_erases_a_server_erases_its_checks_and_their_keys(store: Store) -> None:
    prompt = await summed_up(store)
    kept = await started(store, 2, guild_id=3)
    await give(store, kept, ANNA)
    await ended(store, await check_of(store, prompt), range(5), missing="The lifts.")
    await give(store, await check_of(store, prompt), ANNA)

    await store.settings.leave(GUILD, NOW)
    assert await store.settings.erase_left(NOW + timedelta(days=31)) == 1
    assert await store.checks.tidy()

    assert [row["id"] for row in await rows(store, checks)] == [kept.id]
    assert [row["check_id"] for row in await rows(store)] == [kept.id]
    assert await rows(store, private_replies) == await rows(store, private_batches) == []
    assert await store.checks._keys.owner_ids() == {kept.id}


async def test_a_check_that_takes_the_number_of_an_erased_one_has_a_key_of_its_own(store: Store) -> None:
    first = await started(store)
    await give(store, first, ANNA)
    (person,) = [row["person"] for row in await rows(store)]
    async with store._database.write() as connection:
        await connection.execute(checks.delete())

    second = await check_of(store, await store.prompts.get(GUILD, first.prompt_id))
    await give(store, second, ANNA)

    assert second.id == first.id
    assert [row["person"] for row in await rows(store)] != [person]


async def test_a_points_words_follow_the_summary(store: Store) -> None:
    prompt = await summed_up(store)
    (shared,) = await store.summaries.shared(prompt.id)
    whole = record(prompt)
    named = replace(whole.summary, points=(replace(whole.summary.points[0], ref="1"),))
    await store.summaries.replace(shared.id, replace(whole, summary=named).to_json(), NOW)
    check = await check_of(store, prompt)

    async def headings(points: tuple[Any, ...]) -> list[str]:
        summary = replace(whole.summary, points=points)
        await store.summaries.replace(shared.id, Record(summary, {}, 0, "").to_json(), NOW)
        return [point.heading for point in (await store.checks.get(GUILD, check.id)).points]

    (point,) = named.points
    assert await headings((point,)) == ["Nights are short.", "Parking is full."]
    assert await headings((replace(point, review=None),)) == ["Nights are short staffed.", "Parking is full."]
    assert await headings(()) == ["", "Parking is full."]


async def test_who_clears_all_that_they_said_leaves_no_view(store: Store) -> None:
    check = await started(store)
    await give(store, check, 1, answers={}, missing="The porters.")

    assert await give(store, check, 1, answers={}, missing="") is None

    assert await store.checks.own(check, 1) is None
