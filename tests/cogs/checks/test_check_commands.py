"""Check and challenge: staff tap whether the points of a summary are the same for them; results come after the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.checks.texts import LEAST_SHOWN, SAME, TAPPED
from bot.models.views import Choice
from bot.services.checks import FEW_POINTS, NOT_CHECKED
from bot.services.statements import GONE
from bot.store import StoreError
from bot.store.keyed.check_presses import NOT_OPEN
from bot.store.keyed.checks import HAS_ONE, NO_CHECK
from bot.store.people.choices import STOPPED as ASKED_TO_STOP
from bot.summaries.output.counts import DIFFERS, NOT_A_SURVEY
from bot.summaries.output.point_groups import ERASED
from bot.text.words import plural
from cogs.checks.cards import ALL_FIGURES, ASK, RESULTS, RULES
from cogs.checks.cards import ENDED as CARD_ENDED
from cogs.checks.commands import (
    AGAIN,
    END_EARLY,
    END_NOW,
    ENDED,
    ENDED_ON,
    FIGURES,
    GO_BACK,
    LOST,
    NO_CARD,
    OPEN_UNTIL,
    SURE,
)
from cogs.checks.start import NO_THREAD, NOT_POSTED, STARTED
from cogs.core.posts import REFUSED_FOR_NOW, UNANSWERED
from cogs.private_replies.forms import CHANGE, CODE, DELETE, STORED, TAKEN_BACK
from cogs.private_replies.releases import OF_CHECK
from cogs.subject_access.data_card import TAPS
from cogs.subject_access.erasure_cards import ERASE_ALL
from cogs.subject_access.erasure_cards import SURE as SURE_ERASE
from cogs.subject_access.my_card import STOP_COLLECTING
from cogs.views.cards import (
    AGAIN as LOOK_AGAIN,
)
from cogs.views.cards import (
    ASK_POINT,
    BACK,
    CHANGE_UNTIL,
    DONE,
    LOOK,
    NEXT,
    ONLY_YOU,
    OTHERS,
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
from tests.cogs.checks.steps import ask_to_end, preview_check, start_check
from tests.cogs.outcomes.given import FIRST, published
from tests.cogs.subject_access.steps import open_erase, press_in_my, see_data
from tests.cogs.summaries.discussion import Discussion, at_once, discuss
from tests.permission_walk import press_button
from tests.wording import opening, says
from tests.world import World, new_world, shown, words

WEEK = 7 * 86_400
MISSING = "You forgot the porters. Call me on 07700 900123."


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The real bot with summaries, checks, private replies, and what people can see of themselves."""
    needed = ("cogs.replies", "cogs.summaries", "cogs.private_replies", "cogs.subject_access", "cogs.outcomes")
    async with new_world(tmp_path, extensions=(*needed, "cogs.checks", "cogs.views")) as made:
        yield made


@pytest.fixture
async def talk(world: World) -> Discussion:
    """A prompt of a series, whose checked summary is published."""
    return await published(world)


def staff(world: World, number: int) -> list[Any]:
    """So many people, some of them new."""
    new = [world.guild.add_member(world.env.create_user(f"Person {place}")) for place in range(number)]
    return [*world.staff, *new][:number]


async def start(talk: Discussion, **options: Any) -> Any:
    """The organiser starts a check; returns its card."""
    assert says(shown(await start_check(talk.world, talk.prompt, **options)), STARTED)
    return card_in(talk)


def card_in(talk: Discussion) -> Any:
    return next(one for one in talk.thread.history() if ASK in words(one))


def results_in(talk: Discussion) -> list[Any]:
    return [one for one in talk.thread.history() if says(words(one), RESULTS)]


async def tap(card: Any, person: Any, *labels: str) -> Any:
    """Somebody opens the card and taps these buttons, one after the other; returns what the bot answers."""
    answer = await person.click(card, label=OTHERS)
    for label in labels:
        answer = await person.click(answer.response or answer.followups[-1], label=label)
    return answer


async def tell_missing(card: Any, person: Any, text: str, quoting: str = "yes") -> Any:
    """Somebody goes on to the form for private words and fills it."""
    form = await tap(card, person, OWN_WORDS, PRIVATELY)
    return await person.submit_modal(form, {"words": text, "quoting": quoting})


HERE, ELSEWHERE, SKIPPED = (choice.label for choice in Choice)


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


async def test_the_list_of_checks_follows_what_is_pressed_on_it(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    asked = await ask_to_end(world)
    assert says(shown(asked), SURE)
    back = await world.organiser.click(asked.response, label=GO_BACK)
    assert END_EARLY in shown(back)
    again = await world.organiser.click(back.response, label=END_EARLY)
    ended = await world.organiser.click(again.response, label=END_NOW)

    assert ENDED in shown(ended)
    assert not says(shown(ended), OPEN_UNTIL)
    assert END_EARLY not in shown(ended)
    assert asked.response.id == ended.response.id


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


@pytest.mark.parametrize("ahead_h", [-5, 0, 5])
@pytest.mark.sampled(1)
async def test_what_was_cut_short_is_posted_once_after_a_restart(
    talk: Discussion, ahead_h: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    monkeypatch.setattr(discord.utils, "utcnow", lambda: world.env.now() + timedelta(hours=ahead_h))
    card = await start(talk)
    (check,) = await world.store.checks.open_checks()
    await world.store.checks.note_card(check.id, None)  # killed before it was noted
    await world.restart()
    assert [one.id for one in talk.thread.history() if ASK in words(one)] == [card.id]
    assert (await world.store.checks.open_checks())[0].message_id == card.id
    for person in staff(world, 5):
        await tap(card_in(talk), person, HERE)
    await world.store.checks.end(world.guild.id, check.id, world.env.now())  # killed right after it
    await world.restart()
    (result,) = results_in(talk)
    await world.store.checks.note_result(check.id, None)
    await world.restart()

    assert [one.id for one in results_in(talk)] == [result.id]
    assert SAME.format(people="5 people") in words(result)


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


async def test_a_thread_that_is_gone_is_told_and_checks_of_another_server_are_refused(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    (check,) = await world.store.checks.open_checks()
    await world.store.prompts.note_gone(talk.prompt, world.env.now())
    answer = await preview_check(world, talk.prompt)
    assert NO_THREAD in shown(answer)
    other = world.env.create_guild("Other trust", owner=world.env.create_user("Zed"))
    assert await world.store.checks.of_guild(other.id) == ()
    with pytest.raises(Exception, match="This has gone"):
        await world.store.checks.by_claim(other.id, check.claim)


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


async def test_results_whose_thread_is_gone_can_still_be_read(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    for person in staff(world, 5):
        await tap(card, person, HERE)
    world.env.backend.delete_channel(talk.thread.id)
    await world.env.advance_time(86_400 + 60)

    status = await world.organiser.slash(world.prompts, "check status")

    assert says(shown(status), ENDED_ON)
    figures = await world.organiser.click(
        status.response or status.followups[-1], label=FIGURES.format(date="2 January 2026")
    )
    assert SAME.format(people="5 people") in shown(figures)


async def test_a_card_that_was_deleted_is_posted_again_by_the_start(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    world.env.backend.delete_message(talk.thread.id, card.id)

    again = await preview_check(world, talk.prompt)
    refused = await preview_check(world, talk.prompt)

    assert says(shown(again), AGAIN, talk.thread.id)
    assert HAS_ONE in shown(refused)
    assert len([one for one in talk.thread.history() if ASK in words(one)]) == 1
    await tap(card_in(talk), world.staff[0], HERE)
    (check,) = await world.store.checks.open_checks()
    assert await world.store.check_presses.has_uncounted(check)


async def test_results_that_cannot_be_posted_can_still_be_read(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    for person in staff(world, 5):
        await tap(card, person, HERE)
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=2)
    await world.env.advance_time(86_400 + 60)
    assert not results_in(talk)

    status = await world.organiser.slash(world.prompts, "check status")

    assert LOST in shown(status)
    figures = await world.organiser.click(
        status.response or status.followups[-1], label=FIGURES.format(date="2 January 2026")
    )
    assert SAME.format(people="5 people") in shown(figures)
    await world.env.advance_time(2 * 3600)
    assert len(results_in(talk)) == 1


async def test_a_card_that_discord_failed_to_post_comes_within_minutes_and_no_permission_is_blamed(
    talk: Discussion,
) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=503, times=2)

    answer = shown(await start_check(world, talk.prompt))
    assert UNANSWERED.format(talk.thread.id) in answer
    assert "Give its role" not in answer
    await world.env.advance_time(10 * 60)

    assert "Its card has gone" not in shown(await world.organiser.slash(world.prompts, "check status"))


async def test_a_card_that_cannot_be_posted_is_told_and_comes_later(talk: Discussion) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=2)

    refused = await start_check(world, talk.prompt)
    assert says(shown(refused), NOT_POSTED, why=REFUSED_FOR_NOW.format(talk.thread.id))
    assert NO_CARD in shown(await world.organiser.slash(world.prompts, "check status"))

    await world.env.advance_time(3600 + 60)
    assert card_in(talk)
    assert NO_CARD not in shown(await world.organiser.slash(world.prompts, "check status"))


async def test_a_check_ends_with_its_results_though_the_log_could_not_be_written(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    world = talk.world
    card = await start(talk)
    for person in staff(world, 5):
        await tap(card, person, HERE)
    asked = await ask_to_end(world)
    with monkeypatch.context() as patched:
        patched.setattr(world.store.audit_log, "note", full)
        refused = await world.organiser.click(asked.response or asked.followups[-1], label=END_NOW)
        assert "The disk is full." in shown(refused)
    await world.env.settle()

    assert len(results_in(talk)) == 1
