"""A posting that was cut short at any step is finished after the restart, and nothing is posted twice."""

from __future__ import annotations

from datetime import timedelta

import discord
import pytest

from bot.errors import UserError
from bot.models.prompts import PromptState
from bot.prompts.texts import TOO_LONG
from bot.services.prompts import new_prompt
from cogs.prompts.card import CLOSED as CARD_CLOSED
from cogs.prompts.closing import CLOSED, LATER, NOBODY_REPLIED, close_prompt
from cogs.prompts.posting import CARD_GONE, finish, post
from tests.cogs.prompts.cut_postings import lines, post_until, posted_now
from tests.cogs.prompts.scenes import DAY, cards, library
from tests.store.senders import send
from tests.wording import says
from tests.world import World, words

STEPS = ("claim", "card", "card noted", "thread", "thread noted", "line", "line noted")
FORUM_STEPS = ("claim", "card", "thread noted", "line", "line noted")


@pytest.mark.parametrize("last", STEPS)
@pytest.mark.sampled(1)
async def test_a_posting_cut_short_in_a_channel_is_finished_once(world: World, last: str) -> None:
    before = await post_until(world, world.prompts, last)
    await world.env.settle()

    await world.restart()
    await world.env.advance_time(DAY / 2)

    prompt = await world.store.prompts.get(world.guild.id, before.id)
    (card,) = cards(world)
    (thread,) = world.threads()
    assert prompt.state is PromptState.OPEN
    assert (prompt.message_id, prompt.thread_id) == (card.id, thread.id)
    assert len(lines(world, world.prompts)) == 1
    assert prompt.notice_id is not None


@pytest.mark.parametrize("last", FORUM_STEPS)
@pytest.mark.sampled(1)
async def test_a_posting_cut_short_in_a_forum_is_finished_once(world: World, last: str) -> None:
    before = await post_until(world, world.forum, last)
    await world.env.settle()

    await world.restart()
    await world.env.advance_time(DAY / 2)

    prompt = await world.store.prompts.get(world.guild.id, before.id)
    (thread,) = world.threads(world.forum)
    assert prompt.state is PromptState.OPEN
    assert prompt.thread_id == thread.id
    assert len(cards(world, thread)) == 1
    assert len(lines(world, thread)) == 1
    assert prompt.notice_id is not None


async def test_a_card_found_a_day_later_is_still_finished(world: World) -> None:
    await post_until(world, world.prompts, "card")
    await world.env.settle()
    await world.bot.close()
    world.env.backend.advance_clock(timedelta(days=2).total_seconds())

    await world.restart()
    await world.env.advance_time(60)

    assert len(cards(world)) == 1
    assert len(world.threads()) == 1


async def test_a_card_deleted_before_it_had_a_thread_is_told_once(world: World) -> None:
    before = await post_until(world, world.prompts, "card noted")
    world.env.backend.delete_message(world.prompts.id, before.message_id)
    await world.env.settle()

    await world.restart()
    await world.env.advance_time(DAY)
    await world.restart()
    await world.env.advance_time(DAY)

    prompt = await world.store.prompts.get(world.guild.id, before.id)
    assert prompt.gone_at is not None
    assert len([text for text in world.texts(world.office) if says(text, CARD_GONE)]) == 1


async def test_finishing_what_is_finished_changes_nothing(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    shown = world.texts(world.prompts)

    assert await finish(world.bot, prompt, discord.utils.utcnow()) == prompt

    assert world.texts(world.prompts) == shown


async def test_a_server_that_discord_does_not_show_keeps_its_claim(world: World) -> None:
    before = await post_until(world, world.prompts, "claim")
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    guild.unavailable = True

    await world.env.advance_time(DAY / 4)
    kept = await world.store.prompts.get(world.guild.id, before.id)
    guild.unavailable = False
    await world.env.advance_time(DAY / 4)

    assert kept.state is PromptState.CLAIMED
    assert len(cards(world)) == 1


async def test_closing_says_so_on_the_card_and_in_the_thread_once(world: World) -> None:
    prompt = await posted_now(world, world.prompts)

    await close_prompt(world.bot, prompt, discord.utils.utcnow())
    await close_prompt(world.bot, prompt, discord.utils.utcnow())

    (card,) = cards(world)
    (thread,) = world.threads()
    assert CARD_CLOSED in words(card)
    assert "Reply" in words(card)
    assert world.texts(thread)[-1].startswith(f"{CLOSED} {NOBODY_REPLIED} {LATER}\n")
    assert len([text for text in world.texts(thread) if text.startswith(CLOSED)]) == 1


async def test_private_replies_are_released_and_their_key_is_gone_as_soon_as_a_prompt_closes(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    for person in range(6):
        await send(world.store, prompt, person)

    await close_prompt(world.bot, prompt, discord.utils.utcnow())  # no cog of private replies runs here

    (batch,) = await world.store.private.waiting(world.guild.id)
    assert batch.replies == 6
    assert await world.store.private.own(prompt, 3) is None


async def test_a_locked_thread_that_is_archived_is_opened_for_the_last_line(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    (thread,) = world.threads()
    world.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True, "locked": True})
    await world.env.settle()
    before = len(world.env.http_requests)

    await close_prompt(world.bot, prompt, discord.utils.utcnow())

    requests = [(request.method, request.path) for request in world.env.http_requests[before:]]
    opened, said = ("PATCH", f"/channels/{thread.id}"), ("POST", f"/channels/{thread.id}/messages")
    assert requests.index(opened) < requests.index(said)  # Discord refuses a message in it, unlike in one not locked


async def test_a_last_line_that_was_sent_but_not_noted_is_found(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    closed = await world.store.prompts.close(prompt, discord.utils.utcnow())
    (thread,) = world.threads()
    place = world.bot.get_channel(thread.id)
    assert isinstance(place, discord.Thread)
    line = await place.send("This prompt is closed. Nobody has replied yet.")

    await world.restart()
    await world.env.advance_time(60)

    after = await world.store.prompts.get(world.guild.id, closed.id)
    assert after.closing_id == line.id


async def test_closing_without_the_thread_holds_the_replies_back(world: World) -> None:
    prompt = await posted_now(world, world.prompts)
    world.env.backend.delete_channel(prompt.thread_id)
    await world.env.settle()

    closed = await close_prompt(world.bot, prompt, discord.utils.utcnow())

    assert closed.state is PromptState.CLOSED
    assert closed.gone_at is not None


async def test_words_that_do_not_fit_once_escaped_are_refused_before_anything_is_claimed(world: World) -> None:
    (excerpt_id,) = await library(world, "*_~|" * 450, question="*" * 300)
    excerpt = await world.store.library.excerpt(world.guild.id, excerpt_id)
    now = discord.utils.utcnow()
    new = await new_prompt(world.store, world.guild.id, excerpt, world.prompts.id, now)

    with pytest.raises(UserError, match=TOO_LONG):
        await post(world.bot, new, now)

    assert await world.store.prompts.unfinished() == ()
