"""What an organiser reads in /summary series of themes that a language model found to come back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from bot.models.model_endpoint import ModelEndpoint
from bot.models.summaries import KeyPoint
from bot.services.language_model.client import LanguageModelClient
from bot.summaries.output.plain_text import HELPED, NO_HELP
from bot.summaries.output.returning_themes import COMPARED, NAMED, ThemeAcrossWeeks, WeekLink
from bot.summaries.output.returning_themes import TITLE as COMES_BACK
from cogs.setup.forms import LANGUAGE_MODEL, TITLES
from cogs.subject_access.my_card import NOT_TO_MODEL
from cogs.summaries.card import READ_ALL
from cogs.summaries.texts import CardLimits, format_returning_themes
from tests.cogs.setup.steps import fill_in
from tests.cogs.subject_access.steps import press_in_my
from tests.cogs.summaries.discussion import WORDING, Discussion, discuss, new_series, read_pages
from tests.servers.fake_model import FakeModel, completion, fails, fake_model
from tests.wording import says as is_said
from tests.world import World, shown

DAY = 24 * 3600
RUN_BY = "Riverside Trust"
FIRST = ((0, "The rota comes out too late to plan childcare."), (1, "Parking costs more than my lunch every day."))
SECOND = (
    (0, "The rota comes out too late to plan childcare."),
    (2, "the rota comes out too late to plan CHILDCARE!"),
    (3, "Training was cut for all assistants on our ward."),
)


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """Summaries, and the places where people switch a language model off or say no to it."""
    return ("cogs.setup", "cogs.summaries", "cogs.subject_access")


async def sort_by_rota(request: web.Request) -> web.StreamResponse:
    """Answer as a model that groups and matches what is about the rota."""
    asked = json.loads((await request.json())["messages"][1]["content"])
    items = asked["themes"] if "themes" in asked else [item for reply in asked["replies"] for item in reply]
    numbers = [item["n"] for item in items if "rota" in json.dumps(item).casefold()]
    theme: dict[str, Any] = {"name": "The rota", "members": numbers}
    answer: dict[str, Any] = {"themes": [theme] if numbers else []}
    return web.json_response(completion(json.dumps(answer)))


async def connect(world: World, server: FakeModel) -> None:
    endpoint = ModelEndpoint(server.url, "small", "made-up-key", run_by=RUN_BY, seconds=5)
    world.bot.language_model = LanguageModelClient(endpoint, world.store.model_use.take, first_wait_s=0.01)
    await world.store.settings.join([world.guild.id])
    await world.store.settings.change(world.guild.id, language_model=True)


async def weeks(world: World, *said: Any, noticed: bool = True) -> list[Discussion]:
    """A prompt a week, whose cards name the model from the first, but for the last one if not all are ``noticed``."""
    series = await new_series(world)
    told = replace(WORDING, model_host="127.0.0.1", model_run_by=RUN_BY)
    found = []
    for number, lines in enumerate(said):
        if number:
            await world.env.advance_time(7 * DAY)
        wording = told if noticed or number < len(said) - 1 else WORDING
        found.append(await discuss(world, lines, wording=wording, series=series))
    return found


async def ask(world: World) -> str:
    """What an organiser reads in answer to /summary series, to its end."""
    answer = await world.organiser.slash(world.prompts, "summary series")
    return "\n".join(await read_pages(world.organiser, answer)) if READ_ALL in shown(answer) else shown(answer)


def test_the_second_theme_is_in_no_list_of_points_of_the_first() -> None:
    points = tuple(KeyPoint(statement, (), 2) for statement in ("Late rota", "Refused swaps"))
    theme = ThemeAcrossWeeks("The rota", (WeekLink("8 January 2026", ""),), points, 3, 2, 2)
    _, _, name, together, first, second, gap, other, *_ = format_returning_themes(
        (theme, theme), CardLimits(200)
    ).splitlines()

    assert together == theme.together
    assert first.startswith("- ")
    assert second.startswith("- ")
    assert (gap, other) == ("", name)


async def test_a_theme_that_comes_back_stands_with_its_weeks_and_the_counts_that_people_made(world: World) -> None:
    async with fake_model(sort_by_rota) as server:
        await connect(world, server)
        first, second = await weeks(world, FIRST, SECOND)
        text = await ask(world)

    assert "Comes back: The rota (2 prompts)" in text
    section = text[text.index(f"### {COMES_BACK}") :]
    head, line, point, *_ = section.splitlines()[1:]
    links = (
        f"[{day} January 2026](https://discord.com/channels/{world.guild.id}/{each.thread.id})"
        for day, each in ((1, first), (8, second))
    )
    assert head == NAMED
    assert line == f"**The rota**: {', '.join(links)}"
    assert point == "- “The rota comes out too late to plan childcare” 2 people said this in the thread."
    assert is_said(text, HELPED, run_by=RUN_BY)


async def test_pages_of_it_ask_nothing_again_and_a_restart_changes_nothing(world: World) -> None:
    async with fake_model(sort_by_rota) as server:
        await connect(world, server)
        await weeks(world, FIRST, SECOND)
        first = await ask(world)
        asked = server.asked
        await world.restart()
        await connect(world, server)
        assert await ask(world) == first

    assert server.asked == asked == 3


async def test_where_fewer_prompts_could_be_compared_that_is_said(world: World) -> None:
    async with fake_model(sort_by_rota) as server:
        await connect(world, server)
        await weeks(world, FIRST, SECOND, ((1, "The rota of nights is nobody’s friend here."),), noticed=False)
        text = await ask(world)

    assert is_said(text, COMPARED, compared=2, prompts="3 prompts")
    assert "nobody’s friend" not in server.words()


async def test_a_fault_leaves_the_summary_as_it_is_and_says_so(world: World) -> None:
    async with fake_model(fails(500)) as server:
        await connect(world, server)
        await weeks(world, FIRST, SECOND)
        text = await ask(world)

    assert COMES_BACK not in text
    assert is_said(text, NO_HELP, run_by=RUN_BY)


async def test_who_says_no_or_switches_it_off_is_heard_at_the_next_page(world: World) -> None:
    async with fake_model(sort_by_rota) as server:
        await connect(world, server)
        await weeks(world, FIRST, SECOND)
        await ask(world)
        await press_in_my(world.staff[0], world.prompts, NOT_TO_MODEL)
        server.bodies.clear()
        text = await ask(world)
        assert "lunch" in server.words()
        assert FIRST[0][1] not in server.words()
        assert COMES_BACK not in text  # of the first week, only parking is left

        await fill_in(world, TITLES[LANGUAGE_MODEL], language_model="off")
        server.bodies.clear()
        assert "language model" not in await ask(world)

    assert server.asked == 0


async def test_a_series_of_a_year_fits_into_its_cards(world: World) -> None:
    said = [
        ((n % 4, f"The rota of week {n} comes out too late to plan childcare, {'very ' * 20}."),) for n in range(30)
    ]
    async with fake_model(sort_by_rota) as server:
        await connect(world, server)
        await weeks(world, *said)
        text = await ask(world)

    assert "The rota (30 prompts)" in text
    assert "18 earlier" in text
