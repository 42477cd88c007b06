"""Words that people take back, and people who want to be left out, leave an open check and its results."""

from __future__ import annotations

from bot.checks.texts import SAME
from bot.store.people.choices import STOPPED as ASKED_TO_STOP
from bot.summaries.output.point_groups import ERASED
from cogs.subject_access.erasure_cards import ERASE_ALL
from cogs.subject_access.erasure_cards import SURE as SURE_ERASE
from cogs.subject_access.my_card import STOP_COLLECTING
from tests.cogs.checks.steps import ELSEWHERE, HERE, WEEK, card_in, results_in, start, tap, tap_by_five, tell_missing
from tests.cogs.outcomes.given import FIRST
from tests.cogs.subject_access.steps import open_erase, press_in_my
from tests.cogs.summaries.discussion import Discussion
from tests.world import shown, words


async def test_words_that_were_erased_leave_the_card_and_the_results(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    await tap_by_five(world, card)
    await talk.take_back(*talk.messages[:3])
    assert FIRST not in words(card_in(talk))
    assert ERASED in words(card_in(talk))
    await world.env.advance_time(WEEK + 60)

    (result,) = results_in(talk)
    assert ERASED in words(result)
    assert FIRST not in str(result.components[0].to_dict())
    assert "people said" not in words(result)  # what was tapped about words that went is not counted


async def test_words_that_are_erased_after_the_end_leave_the_results_too(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    await tap_by_five(world, card)
    await world.env.advance_time(WEEK + 60)
    assert FIRST in str(results_in(talk)[0].components[0].to_dict())
    await talk.take_back(*talk.messages[:3])

    (result,) = results_in(talk)
    assert FIRST not in str(result.components[0].to_dict())
    assert SAME.format(people="5 people") in words(result)


async def test_who_asked_to_be_left_out_is_refused_and_told_why(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada = world.staff[0]
    await press_in_my(ada, world.prompts, STOP_COLLECTING)

    assert ASKED_TO_STOP in shown(await tap(card, ada, HERE))
    assert ASKED_TO_STOP in shown(await tell_missing(card, ada, "You forgot the porters."))
    (check,) = await world.store.checks.open_checks()
    assert not await world.store.check_presses.has_uncounted(check)
    assert await world.store.checks.own(check, ada.id) is None


async def test_who_erases_everything_takes_their_taps_and_words_out_of_an_open_check(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada = world.staff[0]
    await tap(card, ada, HERE, ELSEWHERE)
    await tell_missing(card, ada, "You forgot the porters.")
    (check,) = await world.store.checks.open_checks()

    asked = await open_erase(ada, world.prompts)
    sure = await ada.click(asked.response or asked.followups[-1], label=ERASE_ALL)
    await ada.click(sure.response or sure.followups[-1], label=SURE_ERASE)

    assert await world.store.checks.own(check, ada.id) is None
    assert not await world.store.check_presses.has_uncounted(check)
