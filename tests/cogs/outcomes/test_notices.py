"""Who is told what became of a point: the supporters who chose notices, and facilitators once a week."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

from bot.models.outcomes import OutcomeState
from bot.outcomes.points import CLOSED
from bot.prompts.weekly_digest import NO_OUTCOME, OVERDUE, week_text
from bot.services.weekly_digest import review_week
from cogs.outcomes.cards import NO_ANSWER
from cogs.outcomes.commands import WROTE
from cogs.outcomes.posts import NOTICE, PLACE
from cogs.reminders.weekly_digest import tell_week
from cogs.subject_access.data_card import BECAME
from tests.cogs.outcomes.given import add, direct, post
from tests.cogs.subject_access.steps import get_copy, see_data
from tests.cogs.summaries.discussion import Discussion
from tests.wording import says
from tests.world import shown


async def test_the_weekly_line_names_points_without_an_outcome_and_no_words_of_staff(collecting: Discussion) -> None:
    talk, world = collecting, collecting.world
    now = world.env.now()
    await add(talk, due="2 January 2026")
    with world.env._bot_scope():
        await tell_week(world.bot, world.guild.id, now)
        await tell_week(world.bot, world.guild.id, now + timedelta(days=7))
    await world.env.settle()

    (line,) = [text for text in world.texts(world.office) if text.startswith("Your week")]
    assert OVERDUE.format(outcomes="1 outcome is", named=f"P{talk.prompt.id}-1") in line
    assert says(line, NO_OUTCOME.partition("{named}")[0] + f"P{talk.prompt.id}-2, P{talk.prompt.id}-3")
    assert "ward sister" not in line


async def test_who_missed_a_notice_by_a_stop_of_the_bot_gets_it_once_after_the_start(talk: Discussion) -> None:
    world = talk.world
    await add(talk)
    assert direct(talk, 2) == []
    await world.store.people.choose(world.guild.id, world.staff[2].id, notices=True)
    await world.restart()
    await world.restart()

    assert len(direct(talk, 2)) == 1


async def test_supporters_who_chose_notices_are_told_once(talk: Discussion) -> None:
    world = talk.world
    person = world.staff[2]
    await world.store.people.choose(world.guild.id, person.id, notices=True)
    assert WROTE.format(people="1 person") in shown(await add(talk))
    (told,) = direct(talk, 2)
    (outcome,) = await world.store.outcomes.of_guild(world.guild.id)
    again = await world.organiser.slash(world.prompts, "outcome edit", outcome=str(outcome.id), state="done")

    assert not says(shown(again), WROTE)
    assert says(told, NOTICE, server="Riverside", place=PLACE.format(thread=talk.thread.id))
    assert "We hire six \\*nurses\\* for nights." in told
    assert direct(talk, 2) == [told]
    assert [direct(talk, who) for who in (0, 1, 3)] == [[], [], []]


async def test_what_waits_for_an_outcome_is_told_in_the_status_the_week_and_the_next_summary(talk: Discussion) -> None:
    world = talk.world
    series = str(talk.prompt.series_id)
    before = shown(await world.facilitator.slash(world.prompts, "series", series=series))
    await add(talk, due="5 January 2026")
    summed = await world.organiser.slash(world.prompts, "summary series", series=series)
    waiting = shown(summed).split(" an answer\n")[1]
    week = await review_week(world.bot.store, world.guild.id, world.env.now())
    later = await review_week(world.bot.store, world.guild.id, datetime(2026, 1, 6, tzinfo=UTC))

    assert re.search(r"None of the \d+ points has an answer yet", before)
    assert OutcomeState.DOING.label not in waiting
    assert f"P{talk.prompt.id}-2" in waiting
    assert (len(week.open_points), week.overdue) == (waiting.count(NO_ANSWER), ())
    assert later.overdue == (f"P{talk.prompt.id}-1",)
    assert OVERDUE.format(outcomes="1 outcome is", named=f"P{talk.prompt.id}-1") in week_text(later)
    assert says(week_text(later), NO_OUTCOME.partition("{named}")[0] + f"P{talk.prompt.id}-2")
    known = [one["value"] for one in await world.organiser.autocomplete(world.prompts, "outcome add", "points", "")]
    typed = {"points": ", ".join(known), "state": "done", "what": "All of it is done."}
    await post(talk, await world.organiser.slash(world.prompts, "outcome add", **typed))
    after = shown(await world.facilitator.slash(world.prompts, "series", series=series))
    assert CLOSED in after


async def test_people_see_what_became_of_the_points_that_their_replies_support(talk: Discussion) -> None:
    world = talk.world
    await add(talk, due="6 August 2026")
    told = shown(await see_data(world.staff[1], world.prompts))
    other = shown(await see_data(world.staff[3], world.prompts))
    files = await get_copy(world.staff[1], world.prompts)
    (data,) = (json.loads(text) for name, text in files.items() if name.endswith(".json"))
    (page,) = (text for name, text in files.items() if name.endswith(".html"))

    assert BECAME in told
    assert f"(P{talk.prompt.id}-1). Under way: We hire six" in told
    assert BECAME not in other
    (became,) = data["prompts"][0]["what_became_of_it"]
    assert became["reference"] == f"P{talk.prompt.id}-1"
    assert became["due"] == "2026-08-06"
    assert "Owner: <bdi>Director of Nursing</bdi>." in page
