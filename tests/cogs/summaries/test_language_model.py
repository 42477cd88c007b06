"""From what staff write to what a card says: a real server on loopback is asked, and gets no more than it may."""

from __future__ import annotations

import json
import sqlite3
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import LanguageModelClient
from bot.services.replies.private_replies import release_private_replies
from bot.summaries.output.plain_text import HELPED, NO_HELP
from cogs.prompts.closing import close_prompt
from cogs.setup.forms import LANGUAGE_MODEL, TITLES
from cogs.subject_access.my_card import NOT_TO_MODEL
from tests.cogs.replies.talk import Talk, talk_in
from tests.cogs.review.sitting import drafts_in
from tests.cogs.setup.steps import fill_in
from tests.cogs.subject_access.steps import press_in_my
from tests.servers.fake_model import FakeModel, completion, cut_off, fails, fake_model, says, sends
from tests.store.senders import send
from tests.wording import says as is_said
from tests.world import World, shown, words

RUN_BY = "Riverside Trust"
ROTA = (
    "The rota comes out too late to plan childcare.",
    "Nobody can book a dentist when the rota is not there.",
    "I only hear about the rota on the day before it starts.",
)
PARKING = "Parking costs more than my lunch every day."
PRIVATE = "Privately, I have thought about leaving because of the rota."
LATE = "The canteen closes before the late shift has its break."


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """What leads from a question to the card of its summary."""
    return (
        "cogs.setup",
        "cogs.prompts",
        "cogs.replies",
        "cogs.private_replies",
        "cogs.summaries",
        "cogs.subject_access",
    )


async def sort_by_rota(request: web.Request) -> web.StreamResponse:
    """Answer as a model that groups what is about the rota, and names the group."""
    asked = json.loads((await request.json())["messages"][1]["content"])
    numbers = [
        item["n"]
        for reply in asked.get("replies", [])
        for item in reply
        if "rota" in json.dumps(item, ensure_ascii=False)
    ]
    points = [{"best": numbers[0], "members": numbers}] if len(numbers) > 1 else []
    themes = [{"name": "The rota", "points": points, "members": numbers}] if numbers else []
    answer = {"themes": themes, "opposed": [], "questions": [], "asides": []}
    return web.json_response(completion(json.dumps(answer)))


def serve(*answers: Any) -> AbstractAsyncContextManager[FakeModel]:
    return fake_model(*(answers or (sort_by_rota,)))


async def connect(world: World, server: FakeModel, *, on: bool = True, private: bool = False) -> None:
    endpoint = ModelEndpoint(server.url, "small", "made-up-key", run_by=RUN_BY, seconds=5)
    world.bot.language_model = LanguageModelClient(endpoint, world.store.model_use.take, first_wait_s=0.01)
    await world.store.settings.change(world.guild.id, language_model=on, language_model_private=private)


async def discuss(world: World) -> Talk:
    """Staff talk about the rota and the car park."""
    talk = await talk_in(world, world.prompts)
    for who, text in enumerate((*ROTA, PARKING)):
        await talk.say(text, who)
    await talk.settle()
    return talk


async def summary_of(talk: Talk) -> str:
    """What an organiser reads on the first screen."""
    return shown(await talk.world.organiser.slash(talk.thread, "summary thread"))


def sent_data(server: FakeModel) -> str:
    """The words that went out as data, of all calls."""
    return "\n".join(body["messages"][1]["content"] for body in server.bodies)


async def test_a_draft_is_sorted_by_the_model_and_its_card_says_so_and_names_the_theme(world: World) -> None:
    async with serve() as server:
        await connect(world, server)
        talk = await discuss(world)
        await world.facilitator.slash(talk.thread, "summary draft")
        card = words(drafts_in(world)[-1])

    assert is_said(card, HELPED, run_by=RUN_BY)
    assert "A language model run by Riverside Trust helped sort replies. It wrote and counted nothing." in card
    assert "Theme: The rota (named by a program)" in card
    assert server.asked == 1
    assert all(text in sent_data(server) for text in ROTA)


async def test_nothing_that_names_anybody_goes_out(world: World) -> None:
    async with serve() as server:
        await connect(world, server)
        talk = await talk_in(world, world.prompts)
        for who, text in enumerate(ROTA):
            await talk.say(f"{text} Ask {world.staff[(who + 1) % 3].name}, {world.staff[who].mention} knows.", who)
        await talk.settle()
        await summary_of(talk)

    assert server.asked == 1
    out = server.words()
    replies = await talk.replies()
    people = [*world.staff, world.facilitator, world.organiser, world.manager]
    hidden = [*(person.name for person in people), *(str(person.id) for person in people)]
    hidden += [text for reply in replies for text in (str(reply.id), reply.person, str(reply.message_id))]
    hidden += [str(world.guild.id), str(talk.prompt.thread_id), world.guild.name]
    assert [text for text in hidden if text in out] == []


async def test_the_same_replies_are_sent_once_and_the_organisers_card_says_who_runs_the_model(world: World) -> None:
    async with serve() as server:
        await connect(world, server)
        talk = await discuss(world)
        first, second = await summary_of(talk), await summary_of(talk)
        assert server.asked == 1
        await talk.say("And the rota changes overnight without a word.", 3)
        await talk.settle()
        await summary_of(talk)

    assert is_said(first, HELPED, run_by=RUN_BY)
    assert first == second
    assert server.asked == 2


async def test_a_published_summary_says_it_to_everybody_and_shows_no_name_of_a_theme(world: World) -> None:
    async with serve() as server:
        await connect(world, server)
        talk = await discuss(world)
        await world.organiser.slash(talk.thread, "summary thread", share=True)
        posted = "\n".join(world.texts(talk.thread))

    assert server.asked == 1
    assert is_said(posted, HELPED, run_by=RUN_BY)
    assert "named by a program" not in posted


async def test_no_file_that_leaves_or_is_kept_holds_the_key_a_name_that_a_program_gave_or_the_numbers(
    world: World, tmp_path: Path
) -> None:
    named = "Dentist childcare rota"  # in words of people, but in nobody's order

    async def sort(request: web.Request) -> web.StreamResponse:
        asked = json.loads((await request.json())["messages"][1]["content"])
        numbers = [item["n"] for reply in asked["replies"] for item in reply if "rota" in item["says"]]
        theme = {"name": named, "points": [{"best": numbers[0], "members": numbers}], "members": numbers}
        return web.json_response(completion(json.dumps({"themes": [theme]})))

    async with serve(sort) as server:
        await connect(world, server)
        talk = await discuss(world)
        for person in world.staff:
            await world.store.people.choose(world.guild.id, person.id, quotes=True)
        await world.facilitator.slash(talk.thread, "summary draft")
        assert named in words(drafts_in(world)[-1])
        given = await world.organiser.slash(talk.thread, "summary export")
        exported = {file.filename: await file.read() for file in given.response.attachments}
        with closing(sqlite3.connect(world.path)) as source, closing(sqlite3.connect(tmp_path / "copy.db")) as target:
            source.backup(target)

    assert {"summary.json", "summary.html", "summary.csv"} <= exported.keys()
    files = {*tmp_path.glob("*.db*"), *world.path.parent.glob("*.db*")}
    stored = {path.name: path.read_bytes() for path in files}
    assert {"copy.db", "test.db", "test.db-wal"} <= stored.keys()
    for name, data in (exported | stored).items():
        assert b"made-up-key" not in data, name
        assert named.encode() not in data, name
        assert b'"members"' not in data, name
    assert any(ROTA[0].encode() in data for data in exported.values())
    assert not any(ROTA[0].encode() in data for data in stored.values())


async def test_a_server_that_did_not_switch_it_on_sends_nothing(world: World) -> None:
    async with serve() as server:
        await connect(world, server, on=False)
        card = await summary_of(await discuss(world))

    assert server.asked == 0
    assert "language model" not in card


async def test_replies_to_a_question_from_before_it_was_switched_on_are_never_sent(world: World) -> None:
    async with serve() as server:
        await connect(world, server, on=False)
        talk = await discuss(world)
        await connect(world, server)
        await talk.say("The rota is late again this week.", 3)
        await talk.settle()
        card = await summary_of(talk)

    assert server.asked == 0
    assert "language model" not in card


async def test_after_switching_off_nothing_is_sent_and_no_answer_is_kept(world: World) -> None:
    async with serve() as server:
        await connect(world, server)
        talk = await discuss(world)
        await summary_of(talk)
        assert await kept_answers(world) == 1
        await switch_off(world)
        assert await kept_answers(world) == 0
        card = await summary_of(talk)

    assert server.asked == 1
    assert "language model" not in card


async def test_somebody_who_said_no_is_left_out_of_every_later_request(world: World) -> None:
    async with serve() as server:
        await connect(world, server)
        talk = await discuss(world)
        await press_in_my(world.staff[0], world.prompts, NOT_TO_MODEL)
        await talk.say(LATE, 0)
        await talk.settle()
        await summary_of(talk)
        out = sent_data(server)
        assert ROTA[0] not in out
        assert LATE not in out
        assert ROTA[1] in out

        await press_in_my(world.staff[1], world.prompts, NOT_TO_MODEL)
        assert await kept_answers(world) == 0
        server.bodies.clear()
        await summary_of(talk)

    assert ROTA[1] not in sent_data(server)
    assert PARKING in sent_data(server)


async def test_private_replies_are_sent_only_after_their_release_and_with_the_second_switch(world: World) -> None:
    async with serve() as server:
        await connect(world, server, private=True)
        talk = await discuss(world)
        await world.store.people.choose(world.guild.id, 9001, modelled=False)
        for person in range(9001, 9008):
            text = PRIVATE if person > 9001 else "Nights are too lonely for me."  # who quotes a no is not sent either
            await send(world.store, talk.prompt, person, f"{text} Number {person - 9000}.")
        await summary_of(talk)
        assert PRIVATE not in sent_data(server)

        now = world.env.now()
        await close_prompt(world.bot, talk.prompt, now)
        await release_private_replies(world.store, now)
        await summary_of(talk)
        assert PRIVATE not in sent_data(server)  # nobody has read them yet

        for batch in await world.store.private.waiting(world.guild.id):
            await world.store.private.let_in(world.guild.id, batch.id, world.facilitator.id, now)
        await summary_of(talk)
        out = sent_data(server)
        await world.store.settings.change(world.guild.id, language_model_private=False)
        server.bodies.clear()
        await talk.say("The rota, once more.", 2)
        await talk.settle()
        await summary_of(talk)

    assert "Number 2." in out or "leaving because of the rota" in out
    assert "Number 1." not in out
    assert "lonely" not in out
    assert "Privately" not in sent_data(server)


@pytest.mark.parametrize(
    "answer",
    [
        *(
            fails(500),
            fails(429),
            fails(401),
            fails(404),
            cut_off,
            says(None),
            says("Certainly! Here are your themes."),
        ),
        *(says("x" * 10_000_000), sends(b'{"choices": [{"message": {"content": "ha'), fails(302, Location="http://a/")),
        says("", tool_calls=[{"type": "function", "function": {"name": "mail", "arguments": "{}"}}]),
    ],
)
async def test_whatever_an_endpoint_does_the_summary_is_made_and_says_that_it_did_not_help(
    world: World, answer: Any
) -> None:
    async with serve(answer) as server:
        await connect(world, server)
        card = await summary_of(await discuss(world))

    assert server.asked >= 1
    assert is_said(card, NO_HELP, run_by=RUN_BY)
    assert "made-up-key" not in card


async def test_when_the_words_of_the_day_are_used_up_the_summary_is_made_without_it(world: World) -> None:
    async with serve() as server:
        await connect(world, server)
        assert world.bot.language_model is not None
        endpoint = ModelEndpoint(server.url, "small", run_by=RUN_BY, words_a_day=10)
        world.bot.language_model = LanguageModelClient(endpoint, world.store.model_use.take)
        card = await summary_of(await discuss(world))

    assert server.asked == 0
    assert is_said(card, NO_HELP, run_by=RUN_BY)


async def kept_answers(world: World) -> int:
    async with world.store.settings._database.read() as connection:
        return int((await connection.exec_driver_sql("SELECT count(*) FROM sortings")).scalar_one())


async def switch_off(world: World) -> None:
    """A manager switches it off in /setup."""
    await fill_in(world, TITLES[LANGUAGE_MODEL], language_model="off")
