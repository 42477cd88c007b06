"""What the log holds of all that goes to a language model and comes back, at its most talkative: no words, no ids."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from bot.cli.logs import CAPPED, OWN, set_up_logs
from bot.models.language_model import Purpose
from bot.models.library import Passage, Source
from cogs.library.cards import ASK_MODEL
from tests.cogs.library.conftest import report
from tests.cogs.library.steps import open_excerpt
from tests.cogs.summaries.discussion import WORDING, discuss, new_series
from tests.cogs.summaries.test_language_model import RUN_BY, connect
from tests.servers.fake_model import completion, cut_off, fails, fake_model, says
from tests.world import World

__all__ = ["report"]

KEY = "made-up-key"
SAID = (
    "The rota comes out too late to plan childcare.",
    "Nobody can book a dentist when the rota is not there.",
    "Parking costs more than my lunch every day.",
)
PASSAGE = "Leaders listen at all levels, and walk the wards at night."
TOLD = ("rota", "childcare", "dentist", "parking", "lunch", "leaders", "wards", "matter for", "pelicans")


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """Where a language model is used: summaries and the library."""
    return ("cogs.setup", "cogs.library", "cogs.prompts", "cogs.replies", "cogs.summaries")


async def sort_and_draft(request: web.Request) -> web.StreamResponse:
    """Answer each purpose, with words of its own beside the numbers."""
    asked = json.loads((await request.json())["messages"][1]["content"])
    if "passage" in asked:
        questions = ["What do leaders on your wards listen to?", "Pelicans matter for the wards.", "Which rota?"]
        return web.json_response(completion(json.dumps({"questions": questions})))
    items = asked["themes"] if "themes" in asked else [item for reply in asked["replies"] for item in reply]
    numbers = [item["n"] for item in items]
    theme = {"name": "The rota", "points": [{"best": 1, "members": numbers}], "members": numbers}
    answer = {"themes": [theme, {**theme, "name": "Pelicans"}], "opposed": [[1, 2]], "questions": [], "asides": [99]}
    if "themes" in asked:
        answer = {"themes": [{"name": "The rota", "members": numbers}]}
    return web.json_response(completion(json.dumps(answer)))


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the bot writes to its log with WARD_LOG_LEVEL=DEBUG."""
    written = io.StringIO()
    loggers = [logging.getLogger(name) for name in ("", *OWN, *CAPPED)]
    before = [(logger, logger.level, list(logger.handlers)) for logger in loggers]
    loggers[0].handlers.clear()
    monkeypatch.setattr(sys, "stderr", written)
    set_up_logs("DEBUG")
    yield written
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.mark.parametrize("answer", [sort_and_draft, fails(500, {"error": SAID[0]}), cut_off, says(SAID[1])])
async def test_the_log_of_sorting_matching_and_drafting_holds_sizes_times_and_outcomes_alone(
    world: World, report: Source, logged: io.StringIO, capfd: pytest.CaptureFixture[str], answer: Any
) -> None:
    passage = Passage(PASSAGE, heading="Pelicans")
    excerpt = await world.store.library.add_excerpt(world.guild.id, report.id, passage)
    async with fake_model(answer) as server:
        await connect(world, server)
        series = await new_series(world)
        told = replace(WORDING, model_host="127.0.0.1", model_run_by=RUN_BY)
        talks = [await discuss(world, tuple(enumerate(SAID)), wording=told, series=series) for _ in range(2)]
        await world.facilitator.slash(talks[0].thread, "summary draft")
        await world.organiser.slash(world.prompts, "summary series")
        await world.facilitator.click((await open_excerpt(world, excerpt)).response, label=ASK_MODEL)

    log = logged.getvalue()
    purposes = set(re.findall(r"language model, (\w+):", log))
    whole = {Purpose.GROUPS, Purpose.WEEKS, Purpose.QUESTIONS}
    assert purposes == whole if answer is sort_and_draft else purposes >= {Purpose.GROUPS, Purpose.QUESTIONS}
    assert "a language model sorted prompt" in log
    everything = f"{log}\n{capfd.readouterr()}".casefold()
    people = [*world.staff, world.facilitator, world.organiser]
    replies = [reply for talk in talks for reply in await world.store.replies.of_prompt(talk.prompt.id)]
    hidden = [*TOLD, KEY, *(person.name for person in people), *(str(person.id) for person in people)]
    hidden += [text for reply in replies for text in (reply.person, str(reply.id), str(reply.message_id))]
    assert [text for text in hidden if text.casefold() in everything] == []
