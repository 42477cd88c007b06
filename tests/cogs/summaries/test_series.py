"""/summary series: several prompts read as one discussion, in which each person counts once."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.models.prompts import Series
from bot.store.series import NO_SERIES as NO_SUCH_SERIES
from bot.summaries.output.paper import SPAN
from bot.summaries.output.plain_text import READ
from bot.summaries.output.trends import Trend
from cogs.prompts.autocomplete import MANY_SERIES, NO_SERIES
from cogs.summaries.card import READ_ALL
from cogs.summaries.card_text import TITLE
from cogs.summaries.commands import CHANGED
from cogs.summaries.organiser_card import COURSE, EACH_ONCE, TRENDS
from cogs.summaries.organiser_card import HELD_BACK as ONE_HELD_BACK
from cogs.summaries.subjects import ALL_PROMPTS, NO_PROMPTS
from cogs.ui.pages import PAGE
from tests.cogs.summaries.discussion import SAID, Discussion, discuss, new_series, read_pages
from tests.wording import says
from tests.world import World, shown

DAY = 24 * 3600
NIGHTS = (
    "Nobody listens when we raise short staffing on nights.",
    "Nobody listens when we raise short staffing on nights!",
    "nobody listens when we raise short staffing on nights",
    "Nobody listens when we raise SHORT STAFFING on nights.",
)
PARKING = (
    "Car parking costs more than an hour of my pay each week.",
    "Car parking costs more than AN HOUR of my pay each week!",
)
"""The very same words, by which people count together; likeness counts nobody."""


async def weeks(world: World, *said: list[tuple[int, str]], series: Series | None = None) -> list[Discussion]:
    """A prompt a week, the first on 1 January 2026, with what the staff said to each."""
    found = []
    for number, lines in enumerate(said):
        if number:
            await world.env.advance_time(7 * DAY)
        found.append(await discuss(world, lines, series=series))
    return found


async def ask(world: World, **given: Any) -> str:
    """What an organiser reads in answer to /summary series, to its end."""
    answer = await world.organiser.slash(world.prompts, "summary series", **given)
    if READ_ALL not in shown(answer):
        return shown(answer)
    return "\n".join(await read_pages(world.organiser, answer))


async def test_a_point_that_comes_back_is_one_point_and_its_people_count_once(world: World) -> None:
    series = await new_series(world)
    first = [(0, NIGHTS[0]), (1, NIGHTS[1]), (1, PARKING[0])]
    second = [(0, NIGHTS[2]), (2, NIGHTS[3]), (0, SAID[3][1])]
    found = await weeks(world, first, second, series=series)
    text = await ask(world)

    assert text.startswith(f"{TITLE}\nWeekly")
    assert "3 people said this in the thread." in text
    assert EACH_ONCE.format(prompts="2 prompts") in text
    assert READ.format(read=6, held="6 replies", private="") in text
    assert says(text, COURSE, prompts=2, of=2)
    assert SPAN.format(first="1 January 2026", last="8 January 2026") in text
    assert all(f"/{one.thread.id}/" in text for one in found)


async def test_what_is_new_growing_and_fading_is_said(world: World) -> None:
    series = await new_series(world)
    await weeks(
        world,
        [(0, PARKING[0]), (1, PARKING[1]), (2, PARKING[0]), (3, NIGHTS[0])],
        [(0, NIGHTS[0]), (1, NIGHTS[1]), (2, NIGHTS[2]), (3, NIGHTS[3])],
        series=series,
    )
    text = await ask(world)

    assert TRENDS[Trend.GROWING] in text or f"{TRENDS[Trend.NEW]}." in text
    assert TRENDS[Trend.FADING] in text


async def test_a_series_with_one_prompt_has_a_summary_without_courses(world: World) -> None:
    series = await new_series(world)
    await weeks(world, [(0, NIGHTS[0]), (1, NIGHTS[1])], series=series)
    text = await ask(world)

    assert EACH_ONCE.format(prompts="1 prompt") in text
    assert not says(text, COURSE)
    assert "New:" not in text


async def test_dates_choose_the_prompts_of_all_series(world: World) -> None:
    await weeks(world, [(0, NIGHTS[0])], [(1, PARKING[0])], [(2, "Training budgets were cut for all assistants.")])
    text = await ask(world, **{"from": "8 January 2026", "to": "2026-01-14"})

    assert "Car parking" in text
    assert "short staffing" not in text
    assert "Training budgets" not in text
    assert f"{ALL_PROMPTS} from 8 January 2026 to 14 January 2026" in text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"from": "soon"}, "That doesn’t look like a date."),
        ({"to": "31 February 2026"}, "That day isn’t in the calendar."),
        ({"from": "9"}, "That doesn’t look like a date."),
        ({"from": "9 January 2026", "to": "2 January 2026"}, "The first date is after the last one. Swap them."),
        ({"from": "1 March 2030"}, "No prompts were posted there."),
        ({"series": "Weekly"}, "Choose the series from the list"),
    ],
)
async def test_what_cannot_be_read_gives_a_clear_sentence(world: World, given: dict[str, str], sentence: str) -> None:
    await weeks(world, [(0, NIGHTS[0])])

    assert sentence in await ask(world, **given)


async def test_without_a_series_the_answer_says_what_to_do(world: World) -> None:
    assert NO_SERIES in await ask(world)
    for title in ("Weekly", "Monthly"):
        await new_series(world, title)
    assert MANY_SERIES in await ask(world)


async def test_a_series_is_chosen_by_its_words(world: World) -> None:
    first, second = await new_series(world, "Night staff"), await new_series(world, "Day staff")
    await discuss(world, [(0, NIGHTS[0])], series=first)
    await discuss(world, [(1, PARKING[0])], series=second)
    (offered,) = await world.organiser.autocomplete(world.prompts, "summary series", "series", "NIGHT")
    text = await ask(world, series=offered["value"])

    assert offered["name"] == "Night staff (running)"
    assert "short staffing" in text
    assert "Car parking" not in text


async def test_another_servers_series_cannot_be_named(world: World) -> None:
    series = await new_series(world)
    await weeks(world, [(0, NIGHTS[0])], series=series)
    elsewhere = world.env.create_guild("Hillside")
    channel = elsewhere.create_text_channel("talk")
    managers = elsewhere.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    stranger = elsewhere.add_member(world.env.create_user("Eve"), roles=[managers])

    answer = shown(await stranger.slash(channel, "summary series", series=str(series.id)))
    assert NO_SUCH_SERIES in answer
    assert NO_PROMPTS in shown(await stranger.slash(channel, "summary series", **{"from": "1 January 2026"}))
    assert await stranger.autocomplete(channel, "summary series", "series", "") == []


async def test_pages_and_words_of_a_series_work_after_a_restart(world: World) -> None:
    series = await new_series(world)
    await weeks(world, list(SAID[:6]), list(SAID[6:]), series=series)
    answer = await world.organiser.slash(world.prompts, "summary series")
    await world.restart()
    await world.organiser.click(answer.response, label=READ_ALL)

    assert says(shown(answer), PAGE, number=2)
    assert CHANGED not in shown(answer)


async def test_a_deleted_thread_is_left_out_and_that_is_said(world: World) -> None:
    series = await new_series(world)
    first, _ = await weeks(world, [(0, NIGHTS[0])], [(1, PARKING[0])], series=series)
    await world.store.prompts.note_gone(first.prompt, world.env.now())
    text = await ask(world)

    assert ONE_HELD_BACK.format("1 prompt was") in text
    assert "short staffing" not in text
    assert "Car parking" in text


async def test_staff_are_refused_and_offered_nothing(world: World) -> None:
    await weeks(world, [(0, NIGHTS[0])], series=await new_series(world))

    assert "short staffing" not in shown(await world.staff[0].slash(world.prompts, "summary series"))
    assert await world.staff[0].autocomplete(world.prompts, "summary series", "series", "") == []
