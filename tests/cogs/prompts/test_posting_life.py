"""A series posts each prompt once, at the right local hour, and closes it with thanks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import discord

from bot.models.prompts import PromptState, SeriesState
from bot.prompts.texts import ONE_LEFT
from cogs.prompts.card import LATE
from cogs.prompts.closing import CLOSED, THANKS
from cogs.prompts.faults import NOTHING_POSTED, UNASKED, WENT_ON
from cogs.prompts.posting import REPLY_BELOW, REPLY_HERE
from cogs.prompts.scheduler import PASSED, PAUSED
from tests.cogs.prompts.scenes import DAY, HOUR, QUESTION, WEEK, at_nine, cards, library, make_series, posted
from tests.wording import opening, says
from tests.world import World, words


async def test_a_slot_brings_a_card_a_thread_and_a_line_that_phones_show(world: World) -> None:
    await library(world)
    await make_series(world)

    await at_nine(world)

    (prompt,) = await posted(world)
    (card,) = cards(world)
    text = words(card)
    (thread,) = world.threads()
    assert prompt.state is PromptState.OPEN
    assert card.flags.suppress_notifications
    for part in (
        "our words · until 15 Jan",
        "Card 1",
        QUESTION,
        "No patient details",
    ):
        assert part in text
    assert thread.name == f"1. {QUESTION}"
    notice = world.prompts.last_message
    assert notice.content == f"{QUESTION} {REPLY_HERE.format(thread=thread.id)}"
    assert not notice.components


async def test_the_next_week_brings_the_next_excerpt(world: World) -> None:
    await library(world)
    await make_series(world)

    await at_nine(world)
    await world.env.advance_time(WEEK)

    assert [prompt.wording.number for prompt in await posted(world)] == [1, 2]
    assert "Card 2" in words(cards(world)[-1])


async def test_nine_stays_nine_when_the_clocks_change(world: World) -> None:
    await library(world)
    await make_series(world, dates={"first_date": "26 March 2026"})

    await world.bot.close()
    world.env.backend.advance_clock((datetime(2026, 3, 26, tzinfo=UTC) - discord.utils.utcnow()).total_seconds())
    await world.restart()
    await world.env.advance_time(WEEK + 12 * HOUR)

    slots = [prompt.slot_at for prompt in await posted(world)]
    assert slots == [datetime(2026, 3, 26, 9, tzinfo=UTC), datetime(2026, 4, 2, 8, tzinfo=UTC)]


async def test_a_date_left_out_has_no_prompt(world: World) -> None:
    await library(world)
    await make_series(world, dates={"leave_out": "8 January 2026"})

    await world.env.advance_time(3 * WEEK)

    assert [prompt.slot_at.day for prompt in await posted(world) if prompt.slot_at] == [1, 15]


async def test_only_the_role_that_was_set_is_pinged(world: World) -> None:
    role = world.guild.create_role("Readers")
    await world.store.settings.change(world.guild.id, ping_role_id=role.id)
    await library(world, question="What would help @everyone here?")
    await make_series(world)

    await at_nine(world)

    sent = [r for r in world.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
    allowed: list[Any] = [request.json["allowed_mentions"] for request in sent]
    assert [str(one) for one in allowed[-1]["roles"]] == [str(role.id)]
    assert "everyone" not in allowed[-1].get("parse", [])
    assert world.prompts.last_message.content.startswith(role.mention)
    assert "@everyone" not in world.prompts.last_message.content


async def test_a_forum_gets_a_post_with_the_card_and_the_question_below(world: World) -> None:
    await library(world)
    await world.store.settings.change(world.guild.id, prompts_channel_id=world.forum.id)
    await make_series(world)

    await at_nine(world)

    (thread,) = world.threads(world.forum)
    card, notice = thread.history()
    assert thread.name == f"1. {QUESTION}"
    assert "Card 1" in words(card)
    assert notice.content == f"{QUESTION} {REPLY_BELOW}"


async def test_a_prompt_closes_with_thanks_once_and_later_replies_are_late(world: World) -> None:
    await library(world, "Only one card of this source.")
    await make_series(world)
    await at_nine(world)
    (thread,) = world.threads()
    await world.staff[0].send(thread, "A little more time for handover.")

    await world.env.advance_time(15 * DAY)
    await world.staff[1].send(thread, "I come late to this.")
    await world.env.advance_time(DAY)

    (prompt,) = await posted(world)
    thanks = [text for text in world.texts(thread) if text.startswith(CLOSED)]
    assert len(thanks) == 1
    assert THANKS.format(people="1 person") in thanks[0]
    assert prompt.state is PromptState.CLOSED


async def test_after_less_than_a_day_away_the_prompt_comes_late_and_says_so(world: World) -> None:
    await library(world)
    await make_series(world)
    await world.bot.close()

    world.env.backend.advance_clock(timedelta(hours=20).total_seconds())
    await world.restart()
    await world.env.advance_time(60)

    (card,) = cards(world)
    assert LATE in words(card)


async def test_after_more_than_a_day_away_the_slot_is_passed_over_and_told_once(world: World) -> None:
    await library(world)
    await make_series(world)
    await world.bot.close()

    world.env.backend.advance_clock(timedelta(days=3).total_seconds())
    await world.restart()
    await world.env.advance_time(DAY)

    told = [text for text in world.texts(world.office) if says(text, PASSED)]
    assert cards(world) == []
    assert len(told) == 1
    await world.env.advance_time(5 * DAY)
    assert "Card 1" in words(cards(world)[0])


async def test_without_any_question_nothing_is_posted_until_one_is_written(world: World) -> None:
    ids = await library(world, question="")
    await make_series(world)

    await at_nine(world)
    told = [text for text in world.texts(world.office) if text.startswith(opening(NOTHING_POSTED))]
    before = cards(world)
    await world.store.library.ask(world.guild.id, ids[1], QUESTION)
    await world.env.advance_time(WEEK)

    assert before == []
    assert len(told) == 1
    assert says(told[0], UNASKED)
    assert "“Card 1: leaders exist at all levels.”, “Card 2" in told[0]
    assert ["Card 2" in words(card) for card in cards(world)] == [True]
    assert [text for text in world.texts(world.office) if says(text, PASSED)] == []


async def test_an_excerpt_without_a_question_is_left_out_and_comes_once_it_has_one(world: World) -> None:
    ids = await library(world)
    await world.store.library.ask(world.guild.id, ids[0], "")
    await make_series(world)

    await at_nine(world)
    told = [text for text in world.texts(world.office) if says(text, WENT_ON)]
    await world.store.library.ask(world.guild.id, ids[0], QUESTION)
    await world.env.advance_time(WEEK)

    assert len(told) == 1
    assert says(told[0], UNASKED, excerpts="“Card 1: leaders exist at all levels.”")
    assert [words(card).count("Card 2") for card in cards(world)] == [1, 0]
    assert "Card 1" in words(cards(world)[1])
    assert [prompt.wording.number for prompt in await posted(world)] == [1, 2]


async def test_what_was_left_out_is_told_also_where_discord_did_not_answer_at_the_slot(world: World) -> None:
    ids = await library(world)
    await world.store.library.ask(world.guild.id, ids[0], "")
    await make_series(world)
    world.env.inject_error("POST", f"/channels/{world.prompts.id}/messages", status=503)

    await at_nine(world)
    await world.env.advance_time(10 * 60)

    assert len([text for text in world.texts(world.office) if "moved on to a later excerpt" in text]) == 1
    assert ["Card 2" in words(card) for card in cards(world)] == [True]


async def test_a_report_of_many_excerpts_left_out_names_three(world: World) -> None:
    await library(world, *(f"Card {n}: " + "about teams and wards " * 9 for n in range(40)), question="")
    await make_series(world)

    await at_nine(world)

    (told,) = [text for text in world.texts(world.office) if text.startswith(opening(NOTHING_POSTED))]
    assert "Card 2" in told
    assert "Card 3" not in told
    assert "and 37 more" in told


async def test_facilitators_are_warned_when_excerpts_run_out(world: World) -> None:
    await library(world, "One card.", "Another card.")
    await make_series(world)

    await at_nine(world)

    assert any(says(text, ONE_LEFT) for text in world.texts(world.office))


async def test_a_missing_permission_is_told_once_and_the_prompt_comes_when_it_is_given(world: World) -> None:
    await library(world)
    await make_series(world)
    lacking = discord.Permissions(create_public_threads=True, administrator=True)
    roles = [role for role in world.guild.roles.values() if role.name in ("@everyone", "TestBot")]
    kept = {role.id: role._role.permissions for role in roles}
    for role in roles:
        world.env.backend.edit_role(world.guild.id, role.id, {"permissions": kept[role.id] & ~lacking.value})

    await at_nine(world)
    await world.env.advance_time(3 * HOUR)
    told = [text for text in world.texts(world.office) if "Create Public Threads" in text]
    for role in roles:
        world.env.backend.edit_role(world.guild.id, role.id, {"permissions": kept[role.id]})
    await world.env.advance_time(HOUR)

    assert len(told) == 1
    assert len(cards(world)) == 1


async def test_a_deleted_channel_pauses_its_series_and_says_so(world: World) -> None:
    await library(world)
    series = await make_series(world)

    world.env.backend.delete_channel(world.prompts.id)
    await world.env.settle()

    after = await world.store.series.get(world.guild.id, series.id)
    assert after.state is SeriesState.PAUSED
    assert any(says(text, PAUSED) for text in world.texts(world.office))


async def test_hostile_words_of_a_report_do_nothing(world: World) -> None:
    await library(world, "# Big\n@everyone [click](https://evil.example) <@&1> ||hidden||", own_words=False)
    await make_series(world)

    await at_nine(world)

    text = words(cards(world)[0])
    assert "@everyone" not in text
    assert "\n# Big" not in text
    assert "[click](" not in text
    assert "“" in text
