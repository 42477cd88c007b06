"""What facilitators do with single prompts, and what they are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.models.prompts import PromptState
from bot.services.prompts import HAS_POSTED, NOT_IN_SERIES, NOTHING_TO_KEEP, POSTS_IN, STILL_THERE, STOPPED
from bot.services.series import NEXT_CHANGED
from bot.store.prompts import NO_PROMPT
from bot.text.links import channel_link
from cogs.core.access import FACILITATORS, ONLY
from cogs.prompts.card import CLOSED as CARD_CLOSED
from cogs.prompts.closing import CLOSED, THANKS
from cogs.prompts.commands import CHOOSE_EXCERPT, CLOSED_ALREADY, KEPT
from cogs.prompts.commands import CLOSED as CLOSED_NOW
from cogs.prompts.faults import NOTHING_POSTED, OPEN
from cogs.prompts.from_library import QUESTION_FIRST
from cogs.prompts.lists import NEXT_IS, NONE_CAN, OPEN_UNTIL
from cogs.prompts.posting import ITS_THREAD, OPEN_ALREADY, POSTED
from cogs.prompts.series_card import SKIP_DATE, SKIP_EXCERPT, STOP
from cogs.prompts.series_commands import DATE_LEFT_OUT, PASSED_OVER
from cogs.replies.deleted_threads import HELD_BACK, KEEP
from cogs.replies.deleted_threads import KEPT as THREAD_KEPT
from cogs.ui.pages import CHOOSE
from cogs.ui.parts import OLDER
from tests.cogs.prompts.scenes import HOUR, QUESTION, at_nine, cards, library, make_series, posted
from tests.permissions.walk import press_button
from tests.store.samples import arrival
from tests.wording import opening, says
from tests.world import World, shown, words


async def test_an_excerpt_is_posted_at_once(world: World) -> None:
    (first, *_) = await library(world)

    result = await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")

    (thread,) = world.threads()
    assert shown(result) == POSTED.format(thread=thread.id)
    assert "Card 1" in words(cards(world)[0])
    assert thread.name == QUESTION


async def test_the_same_excerpt_again_gives_a_clear_answer_and_no_second_prompt(world: World) -> None:
    (first, *_) = await library(world)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")

    again = await world.manager.slash(world.prompts, "prompt post", excerpt=f"id:{first}")

    (thread,) = world.threads()
    assert shown(again) == OPEN_ALREADY.format(where=ITS_THREAD.format(thread=thread.id))
    assert len(cards(world)) == 1


async def test_a_preview_shows_the_card_to_one_person_with_its_buttons_off(world: World) -> None:
    (first, *_) = await library(world)

    result = await world.facilitator.slash(world.prompts, "prompt preview", excerpt=f"id:{first}")

    message, behind_more = result.response, result.followups[0]
    assert message is not None
    assert message.ephemeral
    assert behind_more.ephemeral
    assert "Card 1" in shown(result)
    buttons = [part for part in _parts(message.components) if part.get("label")]
    labels = ["Reply", "Reply privately", "Get help", "More"]
    assert [part["label"] for part in buttons] == labels
    assert all(part["disabled"] for part in buttons)
    assert cards(world) == []


async def test_an_excerpt_without_a_question_cannot_be_posted(world: World) -> None:
    (first, *_) = await library(world, question="")

    result = await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")

    assert QUESTION_FIRST in shown(result)
    assert await posted(world) == []
    assert world.threads() == []


async def test_staff_can_do_none_of_it(world: World) -> None:
    (first, *_) = await library(world)
    ada = world.staff[0]

    for name, options in (
        ("prompt post", {"excerpt": f"id:{first}"}),
        ("prompt preview", {"excerpt": f"id:{first}"}),
        ("prompt list", {}),
        ("prompt close", {}),
        ("series", {}),
    ):
        assert ONLY.format(who=FACILITATORS) in shown(await ada.slash(world.prompts, name, **options)), name
    assert world.threads() == []


async def test_the_list_shows_people_and_where_the_thread_is(world: World) -> None:
    (first, *_) = await library(world)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")
    (thread,) = world.threads()
    for person in (world.staff[0], world.staff[0], world.staff[1]):
        await person.send(thread, "More time to talk at handover.")

    result = await world.facilitator.slash(world.prompts, "prompt list")

    assert "2 people, 3 replies" in shown(result)
    assert f"]({channel_link(world.guild.id, thread.id)})" in shown(result)


async def test_a_long_list_has_pages(world: World) -> None:
    ids = await library(world, *(f"Card {n}: about teams." for n in range(10)))
    for excerpt in ids:
        await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpt}")

    first = await world.facilitator.slash(world.prompts, "prompt list")
    older = await world.facilitator.click(first.followups[0] if first.followups else first.response, label=OLDER)

    message = older.response or first.followups[0]
    assert words(message.message).count(opening(OPEN_UNTIL)) == 2


async def test_skipping_a_date_lets_the_excerpt_wait(world: World) -> None:
    await library(world)
    await make_series(world)
    opened = await world.facilitator.slash(world.prompts, "series")

    skipped = await world.facilitator.click(opened.response, label=SKIP_DATE)
    await world.env.advance_time(timedelta(days=8).total_seconds())

    assert DATE_LEFT_OUT.format(date="1 January 2026") in shown(skipped)
    assert ["Card 1" in words(card) for card in cards(world)] == [True]


async def test_skipping_an_excerpt_brings_the_one_after_it(world: World) -> None:
    await library(world)
    await make_series(world)
    opened = await world.facilitator.slash(world.prompts, "series")

    skipped = await world.facilitator.click(opened.response, label=SKIP_EXCERPT)
    await at_nine(world)

    assert says(shown(skipped), PASSED_OVER)
    assert "Card 2" in words(cards(world)[0])


@pytest.mark.parametrize("label", [SKIP_DATE, SKIP_EXCERPT])
async def test_two_presses_at_once_skip_once(world: World, label: str) -> None:
    await library(world)
    await make_series(world)
    opened = [await world.facilitator.slash(world.prompts, "series") for _ in range(2)]

    first, second = [await world.facilitator.click(each.response, label=label) for each in opened]

    assert NEXT_CHANGED not in shown(first)
    assert NEXT_CHANGED in shown(second)
    (series,) = await world.store.series.of_guild(world.guild.id)
    assert len(series.slot.left_out) + 3 - len(series.waiting_ids) == 1


async def test_closing_by_hand_thanks_people_and_says_so_on_the_card(world: World) -> None:
    (first, *_) = await library(world)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")
    (thread,) = world.threads()
    await world.staff[0].send(thread, "Shorter meetings.")

    result = await world.facilitator.slash(thread, "prompt close")
    again = await world.facilitator.slash(thread, "prompt close")

    assert CLOSED_NOW.format(gone="") in shown(result)
    assert shown(again) == CLOSED_ALREADY
    assert world.texts(thread)[-1].startswith(f"{CLOSED} {THANKS.format(people='1 person')}")
    assert CARD_CLOSED in words(cards(world)[0])
    assert (await posted(world))[0].state is PromptState.CLOSED


async def test_only_a_prompt_whose_thread_is_gone_and_that_has_replies_can_be_kept(world: World) -> None:
    (first, *_) = await library(world)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")
    (prompt,) = await posted(world)

    async def listed() -> Any:
        return await world.facilitator.slash(world.office, "prompt list")

    assert KEEP not in shown(await listed())
    await world.store.prompts.note_gone(prompt, discord.utils.utcnow())
    assert KEEP not in shown(await listed())
    await world.store.replies.apply([arrival(prompt, 1)])
    asked = await world.facilitator.click((await listed()).response, label=KEEP)
    kept = await world.facilitator.submit_modal(asked, {"reason": "For the board."})

    assert shown(kept).startswith(KEPT)
    assert (await world.store.prompts.get(world.guild.id, prompt.id)).keep_reason == "For the board."
    assert KEEP not in shown(await listed())


@pytest.mark.parametrize("in_list", [False, True])
async def test_the_message_about_a_deleted_thread_says_when_its_replies_are_kept(world: World, in_list: bool) -> None:
    (first, *_) = await library(world)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")
    (prompt,) = await posted(world)
    await world.store.replies.apply([arrival(prompt, 1)])
    world.env.backend.delete_channel(prompt.thread_id)
    await world.env.settle()
    told = world.office.history()[-1]
    assert says(words(told), HELD_BACK, replies="1 reply")
    if in_list:
        await world.facilitator.send(world.office, "Who deleted that?")
        told = (await world.facilitator.slash(world.office, "prompt list")).response
    asked = await world.facilitator.click(told, label=KEEP)
    await world.facilitator.submit_modal(asked, {"reason": "For the board."})

    now = next(text for text in map(words, world.office.history()) if says(text, THREAD_KEPT))
    assert says(now, THREAD_KEPT, replies="1 reply")
    assert not says(now, HELD_BACK)
    assert KEEP not in now


async def test_an_old_button_says_why_there_is_nothing_to_keep(world: World) -> None:
    (first, *_) = await library(world)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")
    (prompt,) = await posted(world)

    async def press() -> str:
        asked = await press_button(world, world.facilitator, world.office, f"prompt-keep:{prompt.id}")
        return shown(await world.facilitator.submit_modal(asked, {"reason": "For the board."}))

    assert STILL_THERE in await press()
    await world.store.prompts.note_gone(prompt, discord.utils.utcnow())
    assert NOTHING_TO_KEEP in await press()


@pytest.mark.parametrize("value", ["999", "abc", "1; DROP TABLE prompts", "-1", "９"])
async def test_a_made_up_prompt_is_refused(world: World, value: str) -> None:
    result = await world.facilitator.slash(world.prompts, "prompt close", prompt=value)

    assert shown(result) in (NO_PROMPT, CHOOSE.format(what="prompt"))


async def test_autocomplete_finds_open_prompts_and_series_for_facilitators_alone(world: World) -> None:
    await library(world)
    await make_series(world)
    await at_nine(world)

    found = await world.facilitator.autocomplete(world.prompts, "prompt close", "prompt", "HELP week")
    none = await world.staff[0].autocomplete(world.prompts, "prompt close", "prompt", "help")
    series = await world.facilitator.autocomplete(world.prompts, "series", "series", "staff")

    assert [choice["name"] for choice in found] == [f"1. {QUESTION}"]
    assert none == []
    assert [choice["name"] for choice in series] == ["Our staff report (running)"]


async def test_a_series_goes_on_with_its_next_excerpt_where_the_first_is_open_already(world: World) -> None:
    (first, *_) = await library(world)
    await make_series(world)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{first}")

    status = await world.facilitator.slash(world.prompts, "series")
    await at_nine(world)
    told = [text for text in world.texts(world.office) if "moved on to a later excerpt" in text]

    assert NEXT_IS.format(words="What would help") in shown(status)
    assert [text.count("Card 1") for text in map(words, cards(world))] == [1, 0]
    assert "Card 2" in words(cards(world)[1])
    assert len(told) == 1
    assert says(told[0], OPEN, channel=world.prompts.id)
    assert "“Card 1" in told[0]


async def test_where_all_that_is_left_is_open_the_slot_is_told_and_nothing_is_posted(world: World) -> None:
    (only,) = await library(world, "One card.")
    await make_series(world)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{only}")

    status = await world.facilitator.slash(world.prompts, "series")
    await at_nine(world)
    await world.env.advance_time(2 * HOUR)

    assert says(shown(status), NONE_CAN)
    assert len(cards(world)) == 1
    assert sum(text.startswith(opening(NOTHING_POSTED)) for text in world.texts(world.office)) == 1


async def test_a_prompt_posted_by_hand_for_a_series_is_its_next_and_no_date_is_lost(world: World) -> None:
    await library(world)
    await make_series(world)

    result = await world.facilitator.slash(world.prompts, "prompt post", series="1")
    await at_nine(world)

    assert shown(result).startswith(POSTED.partition("<")[0])
    prompts = await posted(world)
    assert [prompt.wording.number for prompt in prompts] == [1, 2]
    assert [prompt.slot_at is None for prompt in prompts] == [True, False]
    assert [
        "Card 1" in words(cards(world)[0]),
        "Card 2" in words(cards(world)[1]),
    ] == [True, True]


async def test_what_a_series_cannot_take_is_refused_with_a_clear_sentence(world: World) -> None:
    first, second, third = await library(world)
    await make_series(world, excerpts="1-2")

    async def told(**options: object) -> str:
        return shown(await world.facilitator.slash(world.prompts, "prompt post", **options))

    assert (await told(series="1", excerpt=f"id:{first}")).startswith(POSTED.partition("<")[0])
    assert HAS_POSTED in await told(series="1", excerpt=f"id:{first}")
    assert NOT_IN_SERIES in await told(series="1", excerpt=f"id:{third}")
    assert POSTS_IN.format(channel=world.prompts.id) in await told(series="1", channel=world.office)
    assert CHOOSE_EXCERPT in await told()
    assert CHOOSE.format(what="series") in await told(series="one")
    asked = await press_button(world, world.facilitator, world.prompts, "series-stop:1")
    await world.facilitator.click(asked.response or asked.followups[-1], label=STOP)
    assert STOPPED in await told(series="1", excerpt=f"id:{second}")
    assert len(cards(world)) == 1


def _parts(components: list[dict[str, object]]) -> list[dict[str, object]]:
    found = []
    for component in components:
        found.append(component)
        found += _parts(component.get("components", []))  # type: ignore[arg-type]
    return found
