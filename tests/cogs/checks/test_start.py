"""Before a check starts, its organiser sees what staff will see, and nothing is posted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.models.actions import CHECK_STARTED
from bot.services.checks import FEW_POINTS
from cogs.checks.cards import ASK, RULES
from cogs.checks.forms import CHANNEL, DAYS, PEOPLE
from cogs.checks.start import (
    ALREADY,
    CANCEL,
    CANCELLED,
    CHANGE,
    CHANGED,
    NO_CHANNEL,
    NO_THREAD,
    NOT_SO_MANY,
    NOT_YET,
    START,
    STARTED,
)
from cogs.core.routing import OUT_OF_DATE
from cogs.views.cards import OTHERS
from tests.cogs.checks.steps import preview_check, start_check
from tests.cogs.outcomes.given import FIRST
from tests.cogs.summaries.discussion import Discussion, at_once
from tests.permissions.walk import press_button
from tests.wording import says
from tests.world import form_parts, shown, words


def cards(channel: Any) -> list[Any]:
    return [message for message in channel.history() if ASK in words(message)]


async def press(talk: Discussion, answer: Any, label: str) -> Any:
    return await talk.world.organiser.click(answer.response or answer.followups[-1], label=label)


async def test_an_organiser_sees_what_staff_will_see_and_nothing_is_posted_before_they_start(talk: Discussion) -> None:
    world = talk.world
    asked = await preview_check(world, talk.prompt)
    seen = shown(asked)
    assert FIRST in seen
    assert ASK in seen
    assert RULES.format(date="8 January 2026") in seen
    assert NOT_YET.format(channel=talk.thread.id, people="2 people") in seen
    assert f"[{OTHERS}]" not in seen
    assert cards(talk.thread) == []
    assert await world.store.checks.of_guild(world.guild.id) == ()

    started = shown(await press(talk, asked, START))

    assert says(started, STARTED)
    (card,) = cards(talk.thread)
    assert FIRST in words(card)
    assert len(await world.store.audit_log.of_guild(world.guild.id, (CHECK_STARTED,))) == 1


async def test_two_presses_at_once_start_one_check_and_the_second_is_told_so(talk: Discussion) -> None:
    world = talk.world
    previews = [await preview_check(world, talk.prompt) for _ in range(3)]
    answers = await at_once(world, *(press(talk, preview, START) for preview in previews[:2]))

    told = [shown(answer) for answer in answers]
    assert [says(text, STARTED) for text in told].count(True) == 1
    assert [says(text, ALREADY) for text in told].count(True) == 1
    assert says(shown(await press(talk, previews[2], START)), ALREADY)
    assert len(cards(talk.thread)) == 1
    assert len(await world.store.checks.of_guild(world.guild.id)) == 1


async def test_a_restart_between_the_preview_and_the_press_changes_nothing(talk: Discussion) -> None:
    world = talk.world
    asked = await preview_check(world, talk.prompt, days=3)
    await world.restart()

    assert says(shown(await press(talk, asked, START)), STARTED)
    (check,) = await world.store.checks.open_checks()
    assert check.ends_at - check.started_at == timedelta(days=3)


async def test_a_summary_that_changed_in_between_is_shown_once_more_before_it_starts(talk: Discussion) -> None:
    asked = await preview_check(talk.world, talk.prompt, people=1)
    await talk.take_back(talk.messages[0])

    again = await press(talk, asked, START)

    assert CHANGED.format(button=START) in shown(again)
    assert FIRST not in shown(again)
    assert cards(talk.thread) == []
    assert says(shown(await press(talk, again, START)), STARTED)
    assert FIRST not in words(cards(talk.thread)[0])


async def test_a_preview_of_yesterday_is_shown_with_its_new_last_day(talk: Discussion) -> None:
    asked = await preview_check(talk.world, talk.prompt)
    await talk.world.env.advance_time(86_400)

    again = shown(await press(talk, asked, START))

    assert CHANGED.format(button=START) in again
    assert RULES.format(date="9 January 2026") in again
    assert cards(talk.thread) == []


async def test_days_people_and_channel_can_be_changed_before_it_starts(talk: Discussion) -> None:
    world = talk.world
    elsewhere = world.guild.create_text_channel("elsewhere")
    form = await press(talk, await preview_check(world, talk.prompt, days=5), CHANGE)
    parts = form_parts(form)
    assert (parts[DAYS]["value"], parts[PEOPLE]["value"]) == ("5", "2")

    changed = await world.organiser.submit_modal(form, {DAYS: "2", PEOPLE: "3", CHANNEL: [elsewhere]})

    assert NOT_YET.format(channel=elsewhere.id, people="3 people") in shown(changed)
    assert RULES.format(date="3 January 2026") in shown(changed)
    filled = form_parts(await press(talk, changed, CHANGE))
    assert (filled[DAYS]["value"], filled[PEOPLE]["value"]) == ("2", "3")
    assert says(shown(await press(talk, changed, START)), STARTED, channel=elsewhere.id)
    assert len(cards(elsewhere)) == 1
    assert cards(talk.thread) == []


async def test_what_cannot_be_is_refused_in_the_form_and_the_preview_stays(talk: Discussion) -> None:
    world = talk.world
    asked = await preview_check(world, talk.prompt)
    for filled, refusal in (
        ({DAYS: "x", PEOPLE: "2"}, NOT_SO_MANY.format(what="Days", most=30)),
        ({DAYS: "31", PEOPLE: "2"}, NOT_SO_MANY.format(what="Days", most=30)),
        ({DAYS: "7", PEOPLE: "0"}, NOT_SO_MANY.format(what="People", most=100)),
        ({DAYS: "7", PEOPLE: "90"}, FEW_POINTS.format(people="90 people")),
    ):
        form = await press(talk, asked, CHANGE)
        assert refusal in shown(await world.organiser.submit_modal(form, filled))

    assert says(shown(await press(talk, asked, START)), STARTED)


async def test_cancel_posts_nothing(talk: Discussion) -> None:
    world = talk.world
    cancelled = await press(talk, await preview_check(world, talk.prompt), CANCEL)

    assert CANCELLED in shown(cancelled)
    assert cards(talk.thread) == []
    assert await world.store.checks.of_guild(world.guild.id) == ()


async def test_a_place_that_went_in_between_is_told_and_nothing_starts(talk: Discussion) -> None:
    world = talk.world
    elsewhere = world.guild.create_text_channel("elsewhere")
    in_thread = await preview_check(world, talk.prompt)
    in_channel = await preview_check(world, talk.prompt, channel=elsewhere)
    world.env.backend.delete_channel(elsewhere.id)
    await world.env.settle()
    assert NO_CHANNEL in shown(await press(talk, in_channel, START))
    await world.store.prompts.note_gone(talk.prompt, world.env.now())

    assert NO_THREAD in shown(await press(talk, in_thread, START))
    assert await world.store.checks.of_guild(world.guild.id) == ()


async def test_buttons_that_were_made_up_start_nothing(talk: Discussion) -> None:
    world, prompt, thread = talk.world, talk.prompt.id, talk.thread
    for forged, refusal in (
        (f"check-start:{prompt}:0:2:{thread.id}:seen", OUT_OF_DATE),
        (f"check-start:{prompt}:7:999:{thread.id}:seen", OUT_OF_DATE),
        (f"check-start:{prompt}:7:2:{world.guild.id}:seen", NO_CHANNEL),
        (f"check-start:{prompt}:7:2:{thread.id}:seen", CHANGED.format(button=START)),
    ):
        assert refusal in shown(await press_button(world, world.organiser, thread, forged))
    assert await world.store.checks.of_guild(world.guild.id) == ()


async def test_who_is_an_organiser_no_more_starts_no_check(talk: Discussion) -> None:
    world = talk.world
    asked = await preview_check(world, talk.prompt)
    world.env.backend.edit_member(world.guild.id, world.organiser.id, {"role_ids": []})

    assert "organiser" in shown(await press(talk, asked, START)).casefold()
    assert await world.store.checks.of_guild(world.guild.id) == ()
    world.env.backend.edit_member(
        world.guild.id, world.organiser.id, {"role_ids": [world.guild.roles["Organisers"].id]}
    )
    assert says(shown(await start_check(world, talk.prompt)), STARTED)
