"""A model that an attacker runs: what it gets through the bot itself, and what of its answers anybody can see."""

from __future__ import annotations

import json
import random
import re

import pytest
from aiohttp import web

from bot.models.language_model import Purpose
from bot.summaries.language_model.requests import SortingCall
from cogs.subject_access.my_card import NOT_TO_MODEL
from tests.cogs.replies.talk import talk_in
from tests.cogs.review.sitting import drafts_in
from tests.cogs.subject_access.steps import press_in_my
from tests.cogs.summaries.test_language_model import connect, extensions, sent_data, serve, summary_of
from tests.servers.fake_model import completion
from tests.summaries.language_model.models import FOREIGN, hostile
from tests.world import World, words

__all__ = ["extensions"]

SAID = (
    "The rota comes out too late to plan childcare.",
    "Nobody can book a dentist when the rota is not there.",
    "I only hear about the rota on the day before it starts.",
    "The handover is a joke and managers know it.",
    "Parking costs more than my lunch every day.",
    "The discharge lounge closes at four and that makes no sense.",
)
EVIL = [name for name in FOREIGN if len(name.strip()) > 6 and "rota" not in name.casefold()]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.sampled(4)
async def test_nothing_that_it_makes_up_is_seen_by_anybody(world: World, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    names = [*EVIL, "Whining about the handover"]

    async def answer(request: web.Request) -> web.StreamResponse:
        body = await request.json()
        data = body["messages"][1]["content"]
        if seed % 2:
            call = SortingCall(Purpose.GROUPS, data, sum(len(r) for r in json.loads(data).get("replies", [])))
            return web.json_response(completion(hostile(seed)(call)))
        numbers = [item["n"] for reply in json.loads(data)["replies"] for item in reply]
        chance.shuffle(numbers)
        theme = {"name": chance.choice(names), "points": [{"best": numbers[0], "members": numbers}], "members": numbers}
        return web.json_response(
            completion(
                json.dumps({"themes": [theme], "opposed": [numbers[:2]], "questions": numbers, "asides": numbers})
            )
        )

    async with serve(answer) as server:
        await connect(world, server)
        talk = await talk_in(world, world.prompts)
        for who, text in enumerate(SAID):
            await talk.say(text, who % 4)
        await talk.settle()
        seen: list[str] = [await summary_of(talk)]
        await world.facilitator.slash(talk.thread, "summary draft")
        seen += [words(card) for card in drafts_in(world)]
        await world.organiser.slash(talk.thread, "summary thread", share=True)
        seen += world.texts(talk.thread)
    everything = "\n".join(seen)
    for evil in EVIL:
        assert evil.strip() not in everything
    assert server.asked == 1 or seed % 2


HIDDEN = "My own manager laughs about the rota behind our backs."


async def test_through_the_bot_no_name_and_nothing_taken_back_goes_out(world: World) -> None:
    first, *_, fourth = world.staff
    names = [person.name for person in world.staff]
    async with serve() as server:
        await connect(world, server)
        talk = await talk_in(world, world.prompts)
        for who, name in enumerate(names):
            await talk.say(f"On our ward {name.casefold()} and {name.upper()}’s rota comes too late, week {who}.", who)
        quoted = await talk.say(HIDDEN, 0)
        await talk.say(f"> {HIDDEN}\nThis is just how it is with the rota on nights as well.", 1)
        await talk.say(f"Somebody wrote “{HIDDEN}” and the rota on nights is the same.", 2, reply_to=quoted)
        edited = await talk.say("Tigers in the car park eat the printed rota.", 3)
        gone = await talk.say("Elephants in the lift eat the printed rota.", 3)
        await talk.settle()
        await fourth.edit(edited, "The car park eats half of my pay for the rota.")
        await fourth.delete(gone)
        await press_in_my(first, world.prompts, NOT_TO_MODEL)
        await talk.settle()
        await summary_of(talk)
        await world.facilitator.slash(talk.thread, "summary draft")
        await world.organiser.slash(talk.thread, "summary export")
        await world.organiser.slash(talk.thread, "summary thread", share=True)
    assert server.asked == 1
    out = sent_data(server).casefold()
    assert "car park eats half" in out
    assert "just how it is" in out
    for word in ("laughs", "tigers", "elephants", *map(str.casefold, names)):
        assert not re.search(rf"\b{word}\b", out), word
