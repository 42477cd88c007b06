"""Check and challenge: staff tap whether the points of a summary are the same for them; results come after the end."""

from __future__ import annotations

from bot.checks.texts import LEAST_SHOWN, SAME, TAPPED
from bot.models.views import Choice
from bot.services.checks import FEW_POINTS, NOT_CHECKED
from bot.services.statements import GONE
from bot.store.keyed.check_presses import NOT_OPEN
from bot.store.keyed.checks import HAS_ONE, NO_CHECK
from bot.store.people.choices import STOPPED as ASKED_TO_STOP
from bot.summaries.output.counts import DIFFERS, NOT_A_SURVEY
from bot.summaries.output.point_groups import ERASED
from bot.text.words import plural
from cogs.checks.cards import ALL_FIGURES, ASK, RULES
from cogs.checks.cards import ENDED as CARD_ENDED
from cogs.checks.commands import END_NOW, ENDED, ENDED_ON, OPEN_UNTIL, SURE
from cogs.private_replies.forms import CHANGE, CODE, DELETE, STORED, TAKEN_BACK
from cogs.private_replies.releases import OF_CHECK
from cogs.subject_access.data_card import TAPS
from cogs.subject_access.erasure_cards import ERASE_ALL
from cogs.subject_access.erasure_cards import SURE as SURE_ERASE
from cogs.subject_access.my_card import STOP_COLLECTING
from cogs.views.cards import AGAIN as LOOK_AGAIN
from cogs.views.cards import (
    ASK_POINT,
    BACK,
    CHANGE_UNTIL,
    DONE,
    LOOK,
    NEXT,
    ONLY_YOU,
    OWN_WORDS,
    PRIVATELY,
    PROMISE,
    STOP,
    STOPPED,
    UNDO,
    UNDONE,
    WITH_NAME,
)
from cogs.views.presses import LOOKING, NO_CHOICE
from tests.cogs.checks.steps import (
    ELSEWHERE,
    HERE,
    SKIPPED,
    ask_to_end,
    card_in,
    results_in,
    staff,
    start,
    tap,
    tell_missing,
)
from tests.cogs.outcomes.given import FIRST
from tests.cogs.subject_access.steps import open_erase, press_in_my, see_data
from tests.cogs.summaries.discussion import Discussion, at_once, discuss
from tests.permission_walk import press_button
from tests.wording import opening, says
from tests.world import World, shown, words

WEEK = 7 * 86_400
MISSING = "You forgot the porters. Call me on 07700 900123."


async def test_staff_tap_one_point_at_a_time_and_results_come_only_after_the_end(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    assert FIRST in words(card)
    assert RULES.format(date="8 January 2026") in words(card)
    people = staff(world, 10)
    first = shown(await tap(card, people[0]))
    (check,) = await world.store.checks.open_checks()
    asked = len(check.points)
    assert ONLY_YOU.format(number=1, count=asked) in first
    assert f"### “{FIRST}" in first
    assert ASK_POINT in first
    assert PROMISE.format(date="8 January 2026") in first
    for person in people[:5]:
        told = shown(await tap(card, person, HERE))
    for person in people[5:]:
        await tap(card, person, ELSEWHERE)

    assert ONLY_YOU.format(number=2, count=asked) in told
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
    assert ONLY_YOU.format(number=2, count=asked) in shown(on_phone)
    back = await ada.click(on_phone.response, label=BACK)
    assert f"✓ {HERE}" in shown(back)
    await ada.click(back.response, label=ELSEWHERE)
    stopped = await tap(card_in(talk), ada, STOP)
    assert STOPPED in shown(stopped)
    await world.restart()

    elsewhere = await tap(card_in(talk), ada)
    assert ONLY_YOU.format(number=2, count=asked) in shown(elsewhere)
    end = await tap(card_in(talk), ada, *([SKIPPED] * (asked - 1)))
    assert f"{DONE} {CHANGE_UNTIL.format(date='8 January 2026')}" in shown(end)
    assert plural(asked, *TAPS) in shown(await see_data(ada, world.prompts))
    marks = [point.mark for point in check.points]
    own = await world.store.check_presses.own(check, ada.id, marks)
    assert own == {mark: Choice.SKIP if place else Choice.DIFFERENT for place, mark in enumerate(marks)}
    assert ONLY_YOU.format(number=asked, count=asked) in shown(await ada.click(end.response, label=LOOK_AGAIN))
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
    assert ONLY_YOU.format(number=1, count=len(check.points)) in shown(back)
    assert not await world.store.check_presses.has_uncounted(check)


async def test_what_is_missing_becomes_a_private_reply_without_identifiers(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for place, person in enumerate(staff(world, 5)):
        told = shown(await tell_missing(card, person, f"{MISSING} {place}"))
    assert says(told, CODE)
    assert "phone number" in told
    await world.env.advance_time(WEEK + 60)

    (batch,) = await world.store.private.waiting(world.guild.id)
    replies = await world.store.private.of_batch(world.guild.id, batch.id)
    assert len(replies) == 5
    assert all("[phone number removed]" in reply.text for reply in replies)
    assert any(says(text, OF_CHECK) for text in world.texts(world.office))


async def test_private_words_can_be_changed_and_taken_back_and_lead_back_to_the_points(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada = world.staff[0]
    kept = await tell_missing(card, ada, "You forgot the porters.")
    assert STORED in shown(kept)
    (check,) = await world.store.checks.open_checks()
    form = await ada.click(kept.response or kept.followups[-1], label=CHANGE)
    assert "You forgot the porters." in str(form.modal)
    assert "group" not in str(form.modal)
    await ada.submit_modal(form, {"words": "And the cleaners.", "quoting": "count"})
    own = await world.store.checks.own(check, ada.id)
    assert own is not None
    assert own.text == "And the cleaners."

    gone = await ada.click(kept.response or kept.followups[-1], label=DELETE)
    assert TAKEN_BACK in shown(gone)
    assert await world.store.checks.own(check, ada.id) is None
    kept = await tell_missing(card, ada, "You forgot the porters.")
    assert ASK_POINT in shown(await ada.click(kept.response or kept.followups[-1], label=BACK))


async def test_own_words_with_a_name_are_a_late_reply_where_there_is_a_thread(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada = world.staff[0]
    form = await tap(card, ada, OWN_WORDS, WITH_NAME)
    field = next(part["component"] for part in form.modal["components"] if "component" in part)
    await ada.submit_modal(form, {field["custom_id"]: "The porters say the same."})
    assert "The porters say the same." in words(talk.thread.history()[-1])

    await world.store.prompts.note_gone(talk.prompt, world.env.now())
    asked = await tap(card, ada, OWN_WORDS)
    assert WITH_NAME not in shown(asked)
    assert PRIVATELY in shown(asked)


async def test_a_check_needs_a_checked_summary_and_there_is_one_at_a_time(world: World, talk: Discussion) -> None:
    other = await discuss(world)
    world.bot.watch.add(other.prompt)
    slash = world.organiser.slash
    assert NOT_CHECKED in shown(await slash(world.prompts, "check start", prompt=str(other.prompt.id)))
    refused = shown(await slash(world.prompts, "check start", prompt=str(talk.prompt.id), people=90))
    assert FEW_POINTS.format(people="90 people") in refused
    await start(talk)
    again = shown(await slash(world.prompts, "check start", prompt=str(talk.prompt.id)))
    assert HAS_ONE in again
    assert len([one for one in talk.thread.history() if ASK in words(one)]) == 1


async def test_words_that_were_erased_leave_the_card_and_the_results(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for person in staff(world, 5):
        await tap(card, person, HERE)
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
    for person in staff(world, 5):
        await tap(card, person, HERE)
    await world.env.advance_time(WEEK + 60)
    assert FIRST in str(results_in(talk)[0].components[0].to_dict())
    await talk.take_back(*talk.messages[:3])

    (result,) = results_in(talk)
    assert FIRST not in str(result.components[0].to_dict())
    assert SAME.format(people="5 people") in words(result)


async def test_what_comes_after_the_end_is_not_counted_and_a_form_gives_its_words_back(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    for person in staff(world, 5)[1:]:
        await tap(card, person, HERE)
    late = world.staff[0]
    opened, form = await tap(card, late), await tap(card, late, OWN_WORDS, PRIVATELY)
    await world.env.advance_time(86_400 + 60)

    refused = await late.click(opened.response, label=HERE)
    given_back = await late.submit_modal(form, {"words": "You forgot the porters.", "quoting": "yes"})

    assert NOT_OPEN in shown(refused)
    assert NOT_OPEN in shown(given_back)
    assert "You forgot the porters." in shown(given_back)
    assert "people said" not in words(results_in(talk)[0])


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


async def test_who_is_an_organiser_no_more_ends_no_check(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    asked = await ask_to_end(world)

    world.env.backend.edit_member(world.guild.id, world.organiser.id, {"role_ids": []})

    refused = await world.organiser.click(asked.response or asked.followups[-1], label=END_NOW)

    assert "organiser" in shown(refused).casefold()
    assert len(await world.store.checks.open_checks()) == 1
