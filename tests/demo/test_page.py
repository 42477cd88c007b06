"""The visitor's page, used as its own script uses it: requests on loopback against the running page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.demo.narrator import Narrator
from bot.demo.page import Visit, open_page
from bot.demo.scenes.setup import make_series, see_first_prompt, set_up_server
from bot.demo.session import open_demo
from bot.demo.world import World
from tests.demo.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="module")
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
FACILITATOR = "facilitator, staff development"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def door() -> AsyncIterator[tuple[Visit, aiohttp.ClientSession]]:
    """The page of a trust whose first prompt was posted. It takes seconds to prepare, so one is there for all tests."""
    opened: asyncio.Queue[tuple[Visit, aiohttp.ClientSession]] = asyncio.Queue()
    leave = asyncio.Event()
    # One task opens the world and closes it, since simcord's clock is bound to the context of a task.
    stay = asyncio.create_task(_keep_open(opened, leave))
    came = asyncio.create_task(opened.get())
    await asyncio.wait((stay, came), return_when=asyncio.FIRST_COMPLETED)
    if stay.done():
        came.cancel()
        stay.result()
    yield came.result()
    leave.set()
    await stay


async def _keep_open(opened: asyncio.Queue[tuple[Visit, aiohttp.ClientSession]], leave: asyncio.Event) -> None:
    async with open_demo(None, MONDAY) as (world, _):
        narrator = Narrator(world, lambda _: None)
        await set_up_server(world, narrator)
        await make_series(world, narrator)
        await see_first_prompt(world, narrator)
        assert narrator.report()
        async with open_page(world) as visit, aiohttp.ClientSession(visit.stage.address) as session:
            assert visit.member is world.people["amara"], "a visitor is at first somebody whom the question asks"
            opened.put_nowait((visit, session))
            await leave.wait()


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(door: tuple[Visit, aiohttp.ClientSession]) -> Visitor:
    """Somebody who comes to the page: as the facilitator, in the prompts channel, whatever visitors before them did."""
    visitor = Visitor(*door)
    state = await visitor.state()
    facilitator = next(person["id"] for person in state["members"] if person["job"] == FACILITATOR)
    state = await visitor.press("act-as", member=facilitator)
    await visitor.press("show", channel=state["channels"][0]["id"])
    return visitor


def names(state: dict[str, Any]) -> list[str]:
    return [channel["name"] for channel in state["channels"]]


async def test_switching_the_channel_shows_that_channel(visitor: Visitor) -> None:
    before = await visitor.open_conversation()
    state = await visitor.go_to_thread()
    after = await visitor.conversation()

    assert before["channel"]["name"] == "ward-to-board"
    assert after["channelId"] == state["shown"] != before["channelId"]
    assert after["channel"]["canSendMessages"] is True


async def test_the_conversation_opens_at_the_newest_question_and_a_room_without_one_at_its_newest_message(
    visitor: Visitor,
) -> None:
    world = visitor.world
    page = await visitor.open_conversation()
    sent = await world.people["niamh"].send(world.channels["staff-room"], "The kettle is mended.")
    room = next(channel for channel in (await visitor.state())["channels"] if channel["name"] == "staff-room")
    await visitor.press("show", channel=room["id"])

    assert page["targetId"] == str(world.thread.id), "the card has the id of its thread"
    assert (await visitor.conversation())["targetId"] == str(sent.id)


async def test_what_is_written_as_a_member_reaches_the_bot(visitor: Visitor) -> None:
    people, replies = await replies_counted(visitor.world)
    await visitor.open_conversation()
    await visitor.go_to_thread()
    grace = next(person for person in (await visitor.state())["members"] if person["name"] == "Grace Adeyemi")
    await visitor.press("act-as", member=grace["id"])
    sent = await visitor.write("Nobody tells the night staff.")

    assert sent["settlement"] == "settled", sent
    page = await visitor.conversation()
    newest = page["messages"][page["timeline"][-1]]
    assert newest["author"]["name"] == "Grace Adeyemi"
    assert await replies_counted(visitor.world) == (people + 1, replies + 1)


async def test_a_page_that_is_loaded_again_acts_as_the_same_person(visitor: Visitor) -> None:
    grace = next(person for person in (await visitor.state())["members"] if person["name"] == "Grace Adeyemi")
    await visitor.go_to_thread()
    await visitor.press("act-as", member=grace["id"])
    await visitor.open_conversation()
    await visitor.write("Nobody tells the night staff about the rota either.")

    page = await visitor.conversation()
    assert page["messages"][page["timeline"][-1]]["author"]["name"] == "Grace Adeyemi"


async def test_a_press_that_meets_a_changed_page_is_tried_once_more(visitor: Visitor) -> None:
    page = await visitor.open_conversation()
    visitor.visit.stage.publish(always=True)
    pressed = await visitor.click(page, "Get help")

    assert page["publishedRevision"] < (await visitor.conversation())["publishedRevision"]
    assert pressed["settlement"] == "settled", pressed
    assert (await visitor.state())["trouble"] == ""
    told = str((await visitor.conversation())["messages"])
    assert "Ruth Abara, extension 14" in told
    assert "Ruth Abara, Freedom to Speak Up guardian" not in told  # the label before it says that
    assert "No contacts are listed here yet" not in told


async def test_a_button_of_a_card_that_changed_meanwhile_is_not_pressed(visitor: Visitor) -> None:
    page = await visitor.open_conversation()
    messages = visitor.world.env.backend.messages[visitor.visit.stage.channel.id]
    cards = [message for message in messages.values() if "Get help" in str(message.components)]
    before = [card.components for card in cards]
    for card in cards:
        card.components = [*card.components, {"type": 10, "content": "Changed meanwhile.", "id": 99}]
    visitor.visit.stage.publish(always=True)
    pressed = await visitor.click(page, "Get help")
    for card, components in zip(cards, before, strict=True):
        card.components = components

    assert pressed["rejected"] is True
    assert (await visitor.state())["trouble"] == "The page had just changed. Press again."


async def test_what_the_page_does_by_itself_is_no_trouble_of_the_visitors(visitor: Visitor) -> None:
    page = await visitor.open_conversation()
    await visitor.click(page, "Get help")
    assert (await visitor.state())["ownAct"] is False
    await visitor.go_to_thread()
    loaded = await visitor._act(page, kind="history", direction="older")  # on its way when the channel changed

    assert loaded["rejected"] is True
    state = await visitor.state()
    assert (state["trouble"], state["ownAct"]) == ("", True)


async def test_a_refusal_in_words_is_an_answer_like_any_other(visitor: Visitor) -> None:
    world = visitor.world
    before = world.env.error_cursor
    refused = await world.people["marcus"].slash(world.channels["facilitators"], "moderation")

    assert refused.response is not None
    assert "Only facilitators can do this." in refused.response.content
    assert world.env.errors_since(before) == ()


async def test_lists_offer_what_there_is_at_once_and_say_how_much_can_be_chosen(visitor: Visitor) -> None:
    chooser = await (await visitor.fetched("/selects.js")).text()
    assert "Choose one." in chooser
    assert "${minimum}–${maximum}" not in chooser
    typing = await (await visitor.fetched("/commands.js")).text()
    assert typing.count("queryAutocomplete(option, field.value);") == 2  # when a list is opened, and when one types
    assert "No options match" not in typing
    assert "selection draft" not in chooser
    assert "Press Apply to keep your choice." in chooser
    assert "Upload up to" not in await (await visitor.fetched("/components.js")).text()


async def test_lists_have_light_colours_too_and_long_choices_keep_a_form_within_its_edges(visitor: Visitor) -> None:
    style = await (await visitor.fetched("/framed.css")).text()
    light = style.partition("@media (prefers-color-scheme: light) {")[2]

    # A list that opens above the page takes its letters from the browser's colours, not from the page's.
    assert light.partition("}")[0].strip().startswith(":root {\n    color-scheme: light;")
    assert ".modal-fields, .modal-field { grid-template-columns: minmax(0, 1fr); }" in style


async def test_the_conversation_has_no_bars_of_its_own_when_a_phone_gives_it_less_room(visitor: Visitor) -> None:
    style = await (await visitor.fetched("/framed.css")).text()

    assert ".preview-stage { overflow: hidden; }" in style


async def test_no_words_for_programmers_reach_the_visitor(visitor: Visitor) -> None:
    words = await (await visitor.fetched("/backend-diagnostics.json")).json()

    assert words["stale-revision"][3] == "The page had just changed. Press again."
    assert "action-callback-error" in words
    for *_, message, remedy in words.values():
        assert remedy == ""
        assert not re.search(r"Env|inspect|preview|revision|protocol|SimCord|log", message, re.IGNORECASE), message


async def test_a_member_sees_only_the_channels_that_they_may_read(visitor: Visitor) -> None:
    facilitator = await visitor.state()
    porter = next(person for person in facilitator["members"] if person["job"] == "porter")
    await visitor.press("show", channel=facilitator["channels"][names(facilitator).index("facilitators")]["id"])
    state = await visitor.press("act-as", member=porter["id"])

    assert "facilitators" in names(facilitator)
    assert "facilitators" not in names(state)
    assert state["shown"] == state["channels"][0]["id"]


@pytest.mark.sampled(0)
async def test_a_week_later_the_next_prompt_is_there(visitor: Visitor) -> None:
    before = await visitor.state()
    after = await visitor.press("advance", step="week")

    assert before["now"].startswith("Monday 23 November 2026")
    assert after["now"].startswith("Monday 30 November 2026")
    assert [channel["kind"] for channel in before["channels"]].count("thread") == 1
    assert [channel["kind"] for channel in after["channels"]].count("thread") == 2


async def test_replies_written_while_the_bot_is_down_are_caught_up(visitor: Visitor) -> None:
    people, replies = await replies_counted(visitor.world)
    await visitor.open_conversation()
    await visitor.go_to_thread()
    down = await visitor.press("power", up=False)
    await visitor.write("Written while nobody listened.")
    up = await visitor.press("power", up=True)

    assert (down["up"], up["up"]) == (False, True)
    assert await replies_counted(visitor.world) == (people + 1, replies + 1)


async def test_a_request_without_the_token_or_for_another_host_is_refused(visitor: Visitor) -> None:
    token = visitor.visit.stage.token

    assert await visitor.status("/demo/state") == 403
    assert await visitor.status("/demo/state", **{"X-Demo-Token": token + "x"}) == 403
    assert await visitor.status("/demo/state", **{"X-Demo-Token": token, "Host": "example.org"}) == 403
    assert await visitor.status("/demo/state", **{"X-Demo-Token": token, "Origin": "https://example.org"}) == 403
    assert await visitor.status("/", Host="example.org") == 403
    assert await visitor.status("/preview", Host="example.org") == 403
    assert await visitor.status("/demo/power", "POST") == 403
    assert await visitor.status("/api/state", **{"X-Demo-Token": token}) == 401
    assert visitor.world.power.is_on


async def test_the_page_and_its_parts_are_served(visitor: Visitor) -> None:
    for path in ("/", "/demo.css", "/demo.js", "/framed.css", "/preview", "/app.js", "/favicon.ico"):
        assert await visitor.status(path) in (200, 204)


async def test_the_files_that_somebody_was_sent_open_in_a_browser_for_them_alone(visitor: Visitor) -> None:
    await visitor.open_conversation()
    world = visitor.world
    await world.people["amara"].send(world.thread, "Nobody told us who decides.")
    await world.people["marcus"].slash(world.thread, "summary export")
    marcus = next(person for person in (await visitor.state())["members"] if person["name"] == "Marcus Bello")
    assert (await visitor.state())["files"] == []
    state = await visitor.press("act-as", member=marcus["id"])
    files = {file["name"]: file["path"] for file in state["files"]}

    assert {"summary.html", "replies.csv", "picture.png"} <= set(files)
    page = await visitor.fetched(files["summary.html"])
    assert page.content_type == "text/html"
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert (await visitor.fetched(files["replies.csv"])).content_type == "text/plain"
    assert await visitor.status(files["summary.html"], Host="example.org") == 403
    assert await visitor.status(files["summary.html"].replace(visitor.visit.key, "guessed")) == 403
    await visitor.press("act-as", member=str(world.people["amara"].id))
    assert await visitor.status(files["summary.html"]) == 404


async def test_a_file_that_is_sent_again_is_listed_once(visitor: Visitor) -> None:
    await visitor.open_conversation()
    world = visitor.world
    await world.people["amara"].send(world.thread, "Nobody told us who decides.")
    marcus = str(world.people["marcus"].id)
    await world.people["marcus"].slash(world.thread, "summary export")
    first = (await visitor.press("act-as", member=marcus))["files"]
    await world.people["marcus"].slash(world.thread, "summary export")
    second = (await visitor.state())["files"]

    assert sorted(file["name"] for file in second) == sorted(file["name"] for file in first)
    assert {file["path"] for file in second}.isdisjoint(file["path"] for file in first)
    assert await visitor.status(first[0]["path"]) == 200


async def test_an_unknown_control_step_or_channel_is_refused(visitor: Visitor) -> None:
    token = {"X-Demo-Token": visitor.visit.stage.token}

    assert await visitor.status("/demo/nothing", "POST", **token) == 404
    assert await visitor.status("/demo/advance", "POST", **token) == 400
    assert await visitor.status("/demo/show", "POST", **token) == 400
    assert await visitor.status("/demo/act-as", "POST", **token) == 400


async def replies_counted(world: World) -> tuple[int, int]:
    """People and replies of the newest prompt, as the bot's database has them."""
    counts = await world.bot.store.prompts.of_guild(world.guild.id)
    newest = max(counts, key=lambda count: count.prompt.id)
    return newest.people, newest.replies
