"""Staff tap whether the points of a summary are the same for them; results come after the end."""

from __future__ import annotations

from bot.checks.texts import LEAST_SHOWN, SAME, TAPPED
from bot.models.views import Choice
from bot.services.statements import GONE
from bot.store.keyed.checks import NO_CHECK
from bot.summaries.output.counts import DIFFERS, NOT_A_SURVEY
from bot.text.words import plural
from cogs.checks.cards import ALL_FIGURES, RULES
from cogs.checks.cards import ENDED as CARD_ENDED
from cogs.checks.commands import END_NOW, ENDED, ENDED_ON, OPEN_UNTIL, SURE
from cogs.subject_access.data_card import TAPS
from cogs.views.cards import AGAIN as LOOK_AGAIN
from cogs.views.cards import (
    ASK_POINT,
    BACK,
    CHANGE_UNTIL,
    DONE,
    LOOK,
    NEXT,
    PLACE,
    PROMISE,
    STOP,
    STOPPED,
    UNDO,
    UNDONE,
)
from cogs.views.presses import LOOKING, NO_CHOICE
from tests.cogs.checks.steps import ELSEWHERE, HERE, SKIPPED, WEEK, ask_to_end, card_in, results_in, staff, start, tap
from tests.cogs.outcomes.given import FIRST
from tests.cogs.subject_access.steps import see_data
from tests.cogs.summaries.discussion import Discussion, at_once
from tests.permissions.walk import press_button
from tests.wording import opening, says
from tests.world import shown, words


async def test_staff_tap_one_point_at_a_time_and_results_come_only_after_the_end(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    assert FIRST in words(card)
    assert RULES.format(date="8 January 2026") in words(card)
    people = staff(world, 10)
    first = shown(await tap(card, people[0]))
    (check,) = await world.store.checks.open_checks()
    asked = len(check.points)
    assert PLACE.format(number=1, count=asked) in first
    assert f"### “{FIRST}" in first
    assert ASK_POINT in first
    assert PROMISE.format(date="8 January 2026") in first
    for person in people[:5]:
        told = shown(await tap(card, person, HERE))
    for person in people[5:]:
        await tap(card, person, ELSEWHERE)

    assert PLACE.format(number=2, count=asked) in told
    assert FIRST not in told
    status = shown(await world.organiser.slash(world.prompts, "check status"))
    assert says(status, OPEN_UNTIL)
    assert "5" not in status.split(opening(OPEN_UNTIL))[0]
    assert results_in(talk) == []
    await world.env.advance_time(WEEK + 60)

    (result,) = results_in(talk)
    assert f"{SAME.format(people='5 people')} {DIFFERS}" in words(result)
    assert words(result).count("people said") == 1
    assert TAPPED.format(people="10 people") in words(result)
    assert LEAST_SHOWN in words(result)
    assert NOT_A_SURVEY in words(result)
    assert CARD_ENDED.format(date="8 January 2026") in words(card_in(talk))
    assert f"### 1. “{FIRST}" in words(result)
    assert f"P{talk.prompt.id}-" not in words(result)
    assert opening(ALL_FIGURES) not in str(result.components[0].to_dict())  # all of them are on the card
    assert says(shown(await world.organiser.slash(world.prompts, "check status")), ENDED_ON)


async def test_a_person_changes_what_they_tapped_stops_and_goes_on_after_a_restart_on_another_phone(
    talk: Discussion,
) -> None:
    world = talk.world
    await start(talk)
    ada = world.staff[0]
    (check,) = await world.store.checks.open_checks()
    asked = len(check.points)
    on_phone = await tap(card_in(talk), ada, HERE)
    assert PLACE.format(number=2, count=asked) in shown(on_phone)
    back = await ada.click(on_phone.response, label=BACK)
    assert f"✓ {HERE}" in shown(back)
    await ada.click(back.response, label=ELSEWHERE)
    stopped = await tap(card_in(talk), ada, STOP)
    assert STOPPED in shown(stopped)
    await world.restart()

    elsewhere = await tap(card_in(talk), ada)
    assert PLACE.format(number=2, count=asked) in shown(elsewhere)
    end = await tap(card_in(talk), ada, *([SKIPPED] * (asked - 1)))
    assert f"{DONE} {CHANGE_UNTIL.format(date='8 January 2026')}" in shown(end)
    assert plural(asked, *TAPS) in shown(await see_data(ada, world.prompts))
    marks = [point.mark for point in check.points]
    own = await world.store.check_presses.own(check, ada.id, marks)
    assert own == {mark: Choice.SKIP if place else Choice.DIFFERENT for place, mark in enumerate(marks)}
    assert PLACE.format(number=asked, count=asked) in shown(await ada.click(end.response, label=LOOK_AGAIN))
    assert UNDONE in shown(await tap(card_in(talk), ada, UNDO))
    assert await world.store.check_presses.own(check, ada.id, marks) == {}


async def test_an_old_card_on_a_second_phone_changes_the_press_and_makes_no_second_one(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada, *others = staff(world, 6)
    for person in others:
        await tap(card, person, HERE)
    phones = [await tap(card, ada) for _ in range(3)]
    await at_once(world, *(ada.click(phone.response, label=HERE) for phone in phones[:2]))
    await ada.click(phones[2].response, label=ELSEWHERE)
    await world.env.advance_time(WEEK + 60)

    assert SAME.format(people="5 people") in words(results_in(talk)[0])
    assert DIFFERS not in words(results_in(talk)[0])


async def test_two_taps_at_once_and_two_endings_at_once_leave_one_press_and_one_result(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    opened = [(person, await tap(card, person)) for person in staff(world, 6)]
    await at_once(world, *(person.click(shown.response, label=HERE) for person, shown in opened for _ in range(2)))
    asked = [await ask_to_end(world) for _ in range(2)]
    await at_once(world, *(world.organiser.click(one.response, label=END_NOW) for one in asked))

    (result,) = results_in(talk)
    assert SAME.format(people="6 people") in words(result)


async def test_of_fewer_than_five_there_is_no_number_anywhere(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for person in staff(world, 4):
        await tap(card, person, HERE, ELSEWHERE)
    ended = await ask_to_end(world)
    assert says(shown(ended), SURE)
    assert ENDED in shown(await world.organiser.click(ended.response, label=END_NOW))

    (result,) = results_in(talk)
    assert LEAST_SHOWN in words(result)
    assert "said “" not in words(result)
    assert "tapped" not in words(result)


async def test_who_helps_to_run_it_looks_at_all_points_and_cannot_tap(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    (check,) = await world.store.checks.open_checks()
    for helper in (world.organiser, world.facilitator):
        looked = await tap(card, helper)
        assert LOOK in shown(looked)
        for point in check.points:
            assert point.heading[:40] in shown(looked).replace("\\", "")
            looked = await helper.click(looked.response, label=NEXT)
        assert DONE in shown(looked)
    assert await world.store.check_presses.has_uncounted(check) is False


async def test_buttons_that_were_made_up_change_nothing(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    (check,) = await world.store.checks.open_checks()
    ada, looker = world.staff[0], world.facilitator
    await tap(card, ada)
    for person, forged, refusal in (
        (looker, f"others-press:{check.claim}:0100s:", LOOKING),
        (ada, f"others-press:{check.claim}:0100x:", NO_CHOICE),
        (ada, f"others-press:{check.claim}:0101s:", GONE),
        (ada, f"others-press:{check.claim}:9900s:{'0100' * 14}", GONE),
        (ada, f"others-press:{'0' * 16}:0100s:", NO_CHECK),
        (ada, f"check-words:{'0' * 16}", NO_CHECK),
    ):
        assert refusal in shown(await press_button(world, person, talk.thread, forged))

    back = await press_button(world, ada, talk.thread, f"others-back:{check.claim}:{'zzzz' * 14}")
    assert PLACE.format(number=1, count=len(check.points)) in shown(back)
    assert not await world.store.check_presses.has_uncounted(check)
