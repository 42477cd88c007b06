""" "Who says so": one reader sees everybody's words on a point, with links to their messages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.models.summaries import Role
from cogs.summaries.card import READ_ALL
from cogs.summaries.organiser_card import GONE as GONE_POINT
from cogs.summaries.supporters import TITLES
from cogs.ui.pages import PAGE
from cogs.ui.parts import NEXT
from tests.cogs.summaries.discussion import SAID, Discussion, at_once, discuss
from tests.world import World, shown, words

WROTE_IT = TITLES[Role.WROTE]
ADDRESS = re.compile(r"https://discord\.com/channels/\d+/(\d+)/(\d+)")


def options(message: Any) -> list[dict[str, Any]]:
    """The points that the select of a summary offers."""

    def walk(parts: Any) -> list[Any]:
        return [found for part in parts for found in (part, *walk(part.get("components", ())))]

    (select,) = [part for part in walk(message.components) if part.get("options")]
    return list(select["options"])


async def ask(world: World, where: Any, **given: Any) -> Any:
    """What an organiser sees in answer to /summary thread, behind its first screen."""
    card = (await world.organiser.slash(where, "summary thread", **given)).response
    await world.organiser.click(card, label=READ_ALL)
    return card


async def open_shared(person: Any, shared: discord.Message) -> Any:
    """What a person sees who wants to read all of a shared summary."""
    answer = await person.click(shared, label=READ_ALL)
    return answer.followups[-1] if answer.followups else answer.response


async def test_the_asker_alone_sees_all_words_on_a_point_with_links(discussion: Discussion) -> None:
    world = discussion.world
    card = await ask(world, discussion.thread)
    first = options(card)[0]
    before = len(discussion.thread.history())
    answer = await world.organiser.select(card, [first["value"]])

    text = shown(answer)
    assert first["description"].startswith("3 people")
    assert WROTE_IT in text
    linked = {int(message) for _, message in ADDRESS.findall(text)}
    assert linked == {message.id for message in discussion.messages[:3]}
    assert all(message.content in text for message in discussion.messages[:3])
    assert len(discussion.thread.history()) == before


async def test_every_point_and_single_voice_can_be_looked_up(discussion: Discussion) -> None:
    world = discussion.world
    card = await ask(world, discussion.thread)
    for option in options(card):
        text = shown(await world.organiser.select(card, [option["value"]]))
        assert ADDRESS.search(text)
        assert option["label"].split(". ")[0] in text


async def test_anybody_sees_who_says_so_in_a_shared_summary_and_others_do_not_see_it(discussion: Discussion) -> None:
    world = discussion.world
    await world.organiser.slash(discussion.thread, "summary thread", share=True)
    before = len(discussion.thread.history())
    page = await open_shared(world.staff[3], discussion.thread.history()[-1])
    answer = await world.staff[3].select(page, [options(page)[0]["value"]])

    assert WROTE_IT in shown(answer)
    assert {int(place) for place, _ in ADDRESS.findall(shown(answer))} == {discussion.thread.id}
    assert len(discussion.thread.history()) == before


async def test_of_two_clicks_at_once_each_gets_its_own_answer(discussion: Discussion) -> None:
    world = discussion.world
    await world.organiser.slash(discussion.thread, "summary thread", share=True)
    shared = discussion.thread.history()[-1]
    pages = [await open_shared(world.staff[number], shared) for number in (0, 1)]
    first, second = (option["value"] for option in options(pages[0])[:2])
    answers = await at_once(world, world.staff[0].select(pages[0], [first]), world.staff[1].select(pages[1], [second]))

    assert "1\\. “" in shown(answers[0])
    assert "2\\. “" in shown(answers[1])


async def test_two_who_read_a_shared_summary_at_once_each_have_their_own_pages(discussion: Discussion) -> None:
    world = discussion.world
    await world.organiser.slash(discussion.thread, "summary thread", share=True)
    shared = discussion.thread.history()[-1]
    before = words(shared)
    answers = await at_once(
        world, world.staff[0].click(shared, label=READ_ALL), world.staff[1].click(shared, label=READ_ALL)
    )

    assert shown(answers[0]) == shown(answers[1])
    assert words(discussion.thread.history()[-1]) == before


async def test_who_says_so_works_after_a_restart(discussion: Discussion) -> None:
    world = discussion.world
    card = await ask(world, discussion.thread)
    await world.restart()

    assert WROTE_IT in shown(await world.organiser.select(card, [options(card)[0]["value"]]))


@pytest.mark.sampled(0)
async def test_somebody_who_is_no_organiser_any_more_does_not_see_who_says_so(discussion: Discussion) -> None:
    world = discussion.world
    card = await ask(world, discussion.thread)
    await world.store.settings.save(replace(world.settings, organiser_role_id=None))
    answer = await world.organiser.select(card, [options(card)[0]["value"]])

    assert WROTE_IT not in shown(answer)


@pytest.mark.sampled(0)
async def test_a_point_that_went_since_gives_a_clear_sentence(discussion: Discussion) -> None:
    world = discussion.world
    card = await ask(world, discussion.thread)
    value = options(card)[0]["value"]
    await discussion.take_back(*discussion.messages[:3])
    answer = await world.organiser.select(card, [value])

    assert GONE_POINT in shown(answer)


@pytest.mark.parametrize("asked", [True, False])
async def test_hostile_words_are_harmless_wherever_they_stand(world: World, asked: bool) -> None:
    hostile = "We need **more** staff ||now|| [on nights](https://evil.example), @everyone <@1> `code` # knows it."
    discussion = await discuss(world, [(0, hostile), (1, "We need more staff on nights, everyone knows it.")])
    if asked:
        card: Any = await ask(world, discussion.thread)
        value = options(card)[0]["value"]
    else:
        await world.organiser.slash(discussion.thread, "summary thread", share=True)
        card = await open_shared(world.organiser, discussion.thread.history()[-1])
        value = options(card)[0]["value"]
    text = shown(await world.organiser.select(card, [value]))

    for shape in ("**more**", "||now||", "](https://evil", "@everyone", "`code`"):
        assert shape not in text
    assert not re.search(r"(?<!\\)<@1>", text)


@pytest.mark.sampled(0)
async def test_a_summary_of_five_hundred_replies_can_be_read_to_its_end(world: World) -> None:
    said = [(number % 4, f"{text} This is said for the {number}th time.") for number, (_, text) in enumerate(SAID * 39)]
    discussion = await discuss(world, said[:500])
    card = await ask(world, discussion.thread)

    (pages,) = (int(count) for count in re.findall(r"Page 2 of (\d+)", words(card.message)))
    for page in range(3, pages + 1):
        await world.organiser.click(card, label=NEXT)
        assert PAGE.format(number=page, count=pages) in words(card.message)
    assert "of 500 replies." in words(card.message)
    assert WROTE_IT in shown(await world.organiser.select(card, [options(card)[0]["value"]]))
