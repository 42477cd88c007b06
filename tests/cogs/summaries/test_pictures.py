"""The picture on a summary: it has alternative text, and it is drawn again when a reply is taken back."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.services.summaries.generation import summarise_prompt
from bot.summaries.lifecycle.frozen import freeze_summary
from bot.summaries.output.alt_text import LONGEST
from bot.summaries.output.counts import SAME_HERE
from bot.worker import Worker
from cogs.summaries.card import READ_ALL
from cogs.summaries.pictures import PICTURE, draw_picture, picture_files
from cogs.ui.limits import count_units
from cogs.ui.parts import PREVIOUS
from tests.cogs.summaries.discussion import Discussion, discuss, like
from tests.world import World, words


def alternatives(message: discord.Message) -> list[str]:
    """The alternative texts of the pictures that a card shows."""
    cards: list[Any] = [card.to_dict() for card in message.components]
    parts = [part for card in cards for part in card["components"]]
    return [item["description"] for part in parts for item in part.get("items", ())]


@pytest.fixture
async def discussion(world: World) -> Discussion:
    """One in which each of five points has a reaction, so that there is more to draw than the first screen says."""
    discussion = await discuss(world)
    await like(discussion)
    return discussion


async def shared(discussion: Discussion) -> discord.Message:
    """The summary that an organiser shared."""
    await discussion.world.organiser.slash(discussion.thread, "summary thread", share=True)
    message: discord.Message = discussion.thread.history()[-1]
    return message


async def test_a_summary_shows_a_picture_with_alternative_text(discussion: Discussion) -> None:
    answer = await discussion.world.organiser.slash(discussion.thread, "summary thread")
    (file,) = answer.response.attachments
    (alt,) = alternatives(answer.response.message)

    assert file.filename == PICTURE
    assert (await file.read()).startswith(b"\x89PNG")
    assert f"1 {SAME_HERE}" in alt
    assert "not checked yet" in alt
    assert count_units(alt) <= LONGEST


async def test_a_reply_that_is_taken_back_leaves_the_picture_and_its_alternative_text(discussion: Discussion) -> None:
    before = await shared(discussion)
    (old,) = before.attachments
    assert "Training budgets" in alternatives(before)[0]
    await discussion.take_back(discussion.messages[7])

    after = discussion.thread.history()[-1]
    (new,) = after.attachments
    assert after.id == before.id
    assert new.id != old.id
    assert await new.read() != await old.read()
    assert "Training budgets" not in alternatives(after)[0]


async def test_other_pages_keep_the_picture_for_the_way_back(discussion: Discussion) -> None:
    organiser = discussion.world.organiser
    answer = await organiser.slash(discussion.thread, "summary thread")
    before = alternatives(answer.response.message)
    await organiser.click(answer.response, label=READ_ALL)
    assert alternatives(answer.response.message) == []
    await organiser.click(answer.response, label=PREVIOUS)

    assert alternatives(answer.response.message) == before
    assert len(answer.response.attachments) == 1


async def test_three_shared_points_need_no_picture_and_where_nothing_is_left_it_goes(discussion: Discussion) -> None:
    message = await shared(discussion)
    assert len(message.attachments) == 1
    await discussion.take_back(*(discussion.messages[number] for number in (3, 4, 5, 6, 7, 8, 9)))
    assert discussion.thread.history()[-1].attachments == []
    await discussion.take_back(*(discussion.messages[number] for number in (0, 1, 2, 10, 11, 12)))

    after = discussion.thread.history()[-1]
    assert after.attachments == []
    assert "Car parking" not in words(after)


async def test_a_picture_that_needs_too_much_memory_is_left_out(
    discussion: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = discussion.world.bot
    found = await summarise_prompt(bot.store, bot.worker, discussion.prompt)
    async with Worker(memory_mb=1) as small:
        monkeypatch.setattr(bot, "worker", small)

        assert await draw_picture(bot, discussion.prompt.guild_id, found.summary, ()) is None
    assert picture_files(None) == []


async def test_once_retention_took_the_replies_there_is_no_picture(discussion: Discussion) -> None:
    bot = discussion.world.bot
    found = await summarise_prompt(bot.store, bot.worker, discussion.prompt)

    assert await draw_picture(bot, discussion.prompt.guild_id, found.summary, ()) is not None
    assert await draw_picture(bot, discussion.prompt.guild_id, freeze_summary(found.summary), ()) is None


async def test_a_changed_summary_gets_a_new_picture_when_its_asker_turns_the_page(discussion: Discussion) -> None:
    answer = await discussion.world.organiser.slash(discussion.thread, "summary thread")
    assert "Training budgets" in alternatives(answer.response.message)[0]
    await discussion.take_back(discussion.messages[7])
    await discussion.world.organiser.click(answer.response, label=READ_ALL)
    await discussion.world.organiser.click(answer.response, label=PREVIOUS)

    assert "Training budgets" not in alternatives(answer.response.message)[0]
