"""Checks: what people tap and write is theirs alone while it is open, and what erases it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import UserError
from bot.models.checks import NOWHERE, Check, CheckState
from bot.models.private import Quoting
from bot.models.summaries import Review
from bot.models.views import Choice
from bot.services.check_rounds import follow_check
from bot.services.erasure import erase_everything
from bot.services.statements import find_round, press, take_back_presses
from bot.services.subject_access import export_files, gather_person_data
from bot.store import Store
from bot.store.tables import check_words, checks, press_totals, pressers, presses, private_batches, private_replies
from bot.subject_access.account import list_personal_data
from bot.summaries.lifecycle.record import Record
from cogs.subject_access.data_card import data_card
from tests.engines import Why
from tests.store.samples import GUILD, NOW
from tests.store.samples_of_checks import DAY, DIFFERENT, POINTS, SAME, SKIP, check_of, ended, started, tap, write
from tests.store.senders import prompt_in, withdraw
from tests.store.test_retention import record, summed_up

pytestmark = pytest.mark.usefixtures("either_home")

ANNA, BEN = 41, 42
MARKS = tuple(point.mark for point in POINTS)


async def rows(store: Store, table: Any = check_words) -> list[dict[str, object]]:
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
    with pytest.raises(UserError, match="question isn’t here"):
        await check_of(store, replace(prompt, id=99))
    with pytest.raises(UserError, match="no points"):
        await store.checks.start(GUILD, prompt.id, (), ends_at=NOW, channel_id=1, now=NOW)
    with pytest.raises(UserError, match="question isn’t here"):
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
        with pytest.raises(UserError, match="has gone"):
            await look
    with pytest.raises(UserError, match="has ended"):
        await write(store, replace(check, guild_id=2), ANNA)
    with pytest.raises(UserError, match="has ended"):
        await tap(store, replace(check, guild_id=2), ANNA, SAME)
    assert (await store.checks.get(GUILD, check.id)).state is CheckState.OPEN


async def test_a_person_says_once_what_is_missing_and_nothing_tells_that_they_changed_it(store: Store) -> None:
    check = await started(store)
    first = await write(store, check, ANNA, "In anger.", Quoting.YES)
    (before,) = await rows(store)
    second = await write(store, check, ANNA)
    (after,) = await rows(store)

    own = await store.checks.own(check, ANNA)

    assert own is not None
    assert (own.text, own.quoting, own.day) == ("The lifts.", Quoting.COUNT, DAY)
    assert first != second
    assert {name for name in after if after[name] == before[name]} == {"check_id", "person", "day", "key_id"}
    assert await store.checks.own(check, BEN) is None
    assert await store.checks.own_all(GUILD, ANNA) == ((check, own),)
    assert await store.checks.own_all(GUILD, BEN) == await store.checks.own_all(2, ANNA) == ()


async def test_a_person_has_one_press_a_point_which_can_be_changed_and_taken_back(store: Store) -> None:
    check = await started(store)
    await tap(store, check, ANNA, SAME, DIFFERENT)
    await tap(store, check, ANNA, DIFFERENT)
    await tap(store, check, BEN, SKIP)

    assert await store.check_presses.own(check, ANNA, MARKS) == {"0100": DIFFERENT, "0200": DIFFERENT}
    assert await store.check_presses.own(check, BEN, MARKS) == {"0100": SKIP}
    assert len(await rows(store, presses)) == 3
    assert len(await rows(store, pressers)) == 1  # who skips has not taken part
    assert await store.check_presses.take_back(check, ANNA, MARKS) == 2
    assert await rows(store, pressers) == []


async def test_a_person_bears_another_pseudonym_in_each_check_and_at_each_point(store: Store) -> None:
    for number in (1, 2):
        check = await started(store, number)
        await write(store, check, ANNA)
        await tap(store, check, ANNA, SAME, SAME)

    people = {row["person"] for row in await rows(store)} | {row["mark"] for row in await rows(store, pressers)}
    people |= {row["mark"] for row in await rows(store, presses)}

    assert len(people) == 8
    assert store.replies._pseudonyms.of(GUILD, ANNA) not in people


async def test_who_stopped_or_comes_too_late_is_refused_and_nothing_changes(store: Store) -> None:
    check = await started(store)
    await store.people.stop(GUILD, ANNA, NOW)
    for refused in (tap(store, check, ANNA, SAME), write(store, check, ANNA)):
        with pytest.raises(UserError, match="“Start again” in /my"):
            await refused
    await store.checks.end(GUILD, check.id, NOW)
    for refused in (tap(store, check, BEN, SAME), write(store, check, BEN)):
        with pytest.raises(UserError, match="has ended"):
            await refused

    assert await rows(store) == await rows(store, presses) == await rows(store, pressers) == []
    assert await store.checks._keys.owner_ids() <= {check.id}


async def test_a_persons_data_hold_what_they_tapped_and_wrote_while_the_check_is_open(store: Store) -> None:
    check = await started(store)
    await tap(store, check, ANNA, SAME, DIFFERENT)
    await write(store, check, ANNA, quoting=Quoting.YES)

    data = await gather_person_data(store, GUILD, ANNA)

    assert not data.is_empty
    (told,) = list_personal_data(data, NOW)["prompts"]
    assert told["what_you_tapped"] == [
        {"words": "Nights are short.", "you_tapped": "Same here"},
        {"words": "Parking is full.", "you_tapped": "Different here"},
    ]
    assert told["what_you_say_is_missing_in_open_checks"] == [
        {"words": "The lifts.", "may_be_quoted": Quoting.YES, "day": DAY.isoformat()}
    ]
    page = (await export_files(store, data, NOW))["html"].decode()
    assert "The lifts." in page
    assert "Different here: <bdi>“Parking is full.”</bdi>" in page
    assert (await gather_person_data(store, GUILD, BEN)).is_empty
    card = data_card(data, 1, "Europe/London").children[0]
    assert "Different here: “Parking is full.”" in card.content  # type: ignore[attr-defined]
    await ended(store, check)
    assert (await gather_person_data(store, GUILD, ANNA)).is_empty


async def test_a_code_takes_back_what_is_missing_while_the_check_is_open(store: Store) -> None:
    check = await started(store)
    await tap(store, check, ANNA, SAME)
    old = await write(store, check, ANNA, "In anger.")
    code = await write(store, check, ANNA)

    assert not await withdraw(store, GUILD, old)
    assert not await withdraw(store, 2, code)
    assert await withdraw(store, GUILD, code)

    assert await store.checks.own(check, ANNA) is None
    assert await store.check_presses.own(check, ANNA, MARKS) == {"0100": SAME}
    assert not await withdraw(store, GUILD, code)


async def test_what_a_person_tapped_and_wrote_is_taken_back_by_them_alone(store: Store) -> None:
    check, other = await started(store), await started(store, 2)
    for person in (ANNA, BEN):
        await write(store, check, person)
        await tap(store, check, person, SAME, SKIP)
    await write(store, other, ANNA)

    assert await store.checks.withdraw_own(check, ANNA)
    assert not await store.checks.withdraw_own(check, ANNA)
    assert await store.checks.own(check, BEN) is not None

    await erase_everything(store, GUILD, ANNA)
    assert await store.checks.own_all(GUILD, ANNA) == ()
    assert len(await rows(store)) == len(await rows(store, pressers)) == 1
    assert await store.check_presses.own(check, ANNA, MARKS) == {}
    assert await store.check_presses.own(check, BEN, MARKS) == {"0100": SAME, "0200": SKIP}


async def test_a_person_is_erased_also_between_the_end_and_the_release(store: Store) -> None:
    check = await started(store)
    await write(store, check, ANNA)
    await tap(store, check, ANNA, SAME, DIFFERENT)
    await store.checks.end(GUILD, check.id, NOW)

    await erase_everything(store, GUILD, ANNA)

    assert await rows(store) == await rows(store, presses) == await rows(store, pressers) == []


async def test_what_erases_a_server_erases_its_checks_and_their_keys(store: Store) -> None:
    prompt = await summed_up(store)
    kept = await started(store, 2, guild_id=3)
    await write(store, kept, ANNA)
    await tap(store, kept, ANNA, SAME)
    await ended(store, await check_of(store, prompt), range(5), missing="The lifts.")
    second = await check_of(store, prompt)
    await write(store, second, ANNA)
    await tap(store, second, ANNA, SAME)

    await store.settings.leave(GUILD, NOW)
    assert await store.settings.erase_left(NOW + timedelta(days=31)) == 1
    assert await store.checks.tidy()

    assert [row["id"] for row in await rows(store, checks)] == [kept.id]
    for table in (check_words, presses, pressers):
        assert [row["check_id"] for row in await rows(store, table)] == [kept.id]
    assert await rows(store, press_totals) == []
    assert await rows(store, private_replies) == await rows(store, private_batches) == []
    assert await store.checks._keys.owner_ids() == {kept.id}


@pytest.mark.sqlite_file(Why.NUMBERS)
async def test_a_check_that_takes_the_number_of_an_erased_one_has_a_key_of_its_own(store: Store) -> None:
    first = await started(store)
    await write(store, first, ANNA)
    (person,) = [row["person"] for row in await rows(store)]
    async with store._database.write() as connection:
        await connection.execute(checks.delete())

    second = await check_of(store, await store.prompts.get(GUILD, first.prompt_id))
    await write(store, second, ANNA)

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


async def test_a_point_that_gets_other_words_starts_again_and_one_without_words_is_asked_no_more(store: Store) -> None:
    prompt = await summed_up(store)
    (shared,) = await store.summaries.shared(prompt.id)
    whole = record(prompt)
    point = replace(whole.summary.points[0], ref="1")

    async def reword(heading: str) -> Check:
        """Let the summary say it in these words; the check follows."""
        points = (replace(point, review=Review(heading)),) if heading else ()
        body = Record(replace(whole.summary, points=points), {}, 0, "").to_json()
        await store.summaries.replace(shared.id, body, NOW)
        for check in await store.checks.open_checks():
            await follow_check(store, check)
        return check

    async def asked(check: Check) -> dict[str, Choice | None]:
        round_ = await find_round(store, GUILD, check.claim, ANNA, {}, NOW)
        return {subject.text: round_.pressed.get(mark) for mark, subject in round_.subjects.items()}

    named = replace(whole, summary=replace(whole.summary, points=(point,)))
    await store.summaries.replace(shared.id, named.to_json(), NOW)
    check = await check_of(store, prompt)
    await tap(store, check, ANNA, SAME, DIFFERENT)

    assert await asked(await reword("Nights are shrot.")) == {"Nights are shrot.": SAME, "Parking is full.": DIFFERENT}
    assert await asked(await reword("Nights are long.")) == {"Nights are long.": None, "Parking is full.": DIFFERENT}
    assert len(await rows(store, presses)) == 1
    check = await reword("")
    assert await asked(check) == {"Parking is full.": DIFFERENT}
    with pytest.raises(UserError, match="has gone"):
        round_ = await find_round(store, GUILD, check.claim, ANNA, {}, NOW)
        await press(store, round_, ANNA, check.points[0].mark, SAME)


async def test_erasing_reaches_what_was_tapped_about_words_that_a_point_had_before(store: Store) -> None:
    check = await started(store)
    await tap(store, check, ANNA, SAME)
    before = replace(check, points=(replace(check.points[0], mark="0102"), check.points[1]))

    await take_back_presses(store, before, ANNA)

    assert await rows(store, presses) == []
