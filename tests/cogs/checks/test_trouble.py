"""Checks whose card or results could not be posted, were cut short or lost their thread."""

from __future__ import annotations

from datetime import timedelta

import discord
import pytest

from bot.checks.texts import SAME
from bot.store import StoreError
from bot.store.keyed.checks import HAS_ONE
from cogs.checks.cards import ASK
from cogs.checks.commands import AGAIN, END_NOW, ENDED_ON, FIGURES, LOST, NO_CARD
from cogs.checks.start import NO_THREAD, NOT_POSTED
from cogs.core.posts import REFUSED_FOR_NOW, UNANSWERED
from tests.cogs.checks.steps import (
    HERE,
    ask_to_end,
    card_in,
    preview_check,
    results_in,
    start,
    start_check,
    tap,
    tap_by_five,
)
from tests.cogs.summaries.discussion import Discussion
from tests.wording import says
from tests.world import shown, words


@pytest.mark.parametrize("ahead_h", [-5, 0, 5])
@pytest.mark.sampled(1)
async def test_what_was_cut_short_is_posted_once_after_a_restart(
    talk: Discussion, ahead_h: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    monkeypatch.setattr(discord.utils, "utcnow", lambda: world.env.now() + timedelta(hours=ahead_h))
    card = await start(talk)
    (check,) = await world.store.checks.open_checks()
    await world.store.checks.note_card(check.id, None)  # killed before it was noted
    await world.restart()
    assert [one.id for one in talk.thread.history() if ASK in words(one)] == [card.id]
    assert (await world.store.checks.open_checks())[0].message_id == card.id
    await tap_by_five(world, card_in(talk))
    await world.store.checks.end(world.guild.id, check.id, world.env.now())  # killed right after it
    await world.restart()
    (result,) = results_in(talk)
    await world.store.checks.note_result(check.id, None)
    await world.restart()

    assert [one.id for one in results_in(talk)] == [result.id]
    assert SAME.format(people="5 people") in words(result)


async def test_a_thread_that_is_gone_is_told_and_checks_of_another_server_are_refused(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    (check,) = await world.store.checks.open_checks()
    await world.store.prompts.note_gone(talk.prompt, world.env.now())
    answer = await preview_check(world, talk.prompt)
    assert NO_THREAD in shown(answer)
    other = world.env.create_guild("Other trust", owner=world.env.create_user("Zed"))
    assert await world.store.checks.of_guild(other.id) == ()
    with pytest.raises(Exception, match="This has gone"):
        await world.store.checks.by_claim(other.id, check.claim)


async def test_results_whose_thread_is_gone_can_still_be_read(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    await tap_by_five(world, card)
    world.env.backend.delete_channel(talk.thread.id)
    await world.env.advance_time(86_400 + 60)

    status = await world.organiser.slash(world.prompts, "check status")

    assert says(shown(status), ENDED_ON)
    figures = await world.organiser.click(
        status.response or status.followups[-1], label=FIGURES.format(date="2 January 2026")
    )
    assert SAME.format(people="5 people") in shown(figures)


async def test_a_card_that_was_deleted_is_posted_again_by_the_start(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    world.env.backend.delete_message(talk.thread.id, card.id)

    again = await preview_check(world, talk.prompt)
    refused = await preview_check(world, talk.prompt)

    assert says(shown(again), AGAIN, talk.thread.id)
    assert HAS_ONE in shown(refused)
    assert len([one for one in talk.thread.history() if ASK in words(one)]) == 1
    await tap(card_in(talk), world.staff[0], HERE)
    (check,) = await world.store.checks.open_checks()
    assert await world.store.check_presses.has_uncounted(check)


async def test_results_that_cannot_be_posted_can_still_be_read(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    await tap_by_five(world, card)
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=2)
    await world.env.advance_time(86_400 + 60)
    assert not results_in(talk)

    status = await world.organiser.slash(world.prompts, "check status")

    assert LOST in shown(status)
    figures = await world.organiser.click(
        status.response or status.followups[-1], label=FIGURES.format(date="2 January 2026")
    )
    assert SAME.format(people="5 people") in shown(figures)
    await world.env.advance_time(2 * 3600)
    assert len(results_in(talk)) == 1


async def test_a_card_that_discord_failed_to_post_comes_within_minutes_and_no_permission_is_blamed(
    talk: Discussion,
) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=503, times=2)

    answer = shown(await start_check(world, talk.prompt))
    assert UNANSWERED.format(talk.thread.id) in answer
    assert "Give its role" not in answer
    await world.env.advance_time(10 * 60)

    assert "Its card has gone" not in shown(await world.organiser.slash(world.prompts, "check status"))


async def test_a_card_that_cannot_be_posted_is_told_and_comes_later(talk: Discussion) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=2)

    refused = await start_check(world, talk.prompt)
    assert says(shown(refused), NOT_POSTED, why=REFUSED_FOR_NOW.format(talk.thread.id))
    assert NO_CARD in shown(await world.organiser.slash(world.prompts, "check status"))

    await world.env.advance_time(3600 + 60)
    assert card_in(talk)
    assert NO_CARD not in shown(await world.organiser.slash(world.prompts, "check status"))


async def test_a_check_ends_with_its_results_though_the_log_could_not_be_written(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    world = talk.world
    card = await start(talk)
    await tap_by_five(world, card)
    asked = await ask_to_end(world)
    with monkeypatch.context() as patched:
        patched.setattr(world.store.audit_log, "note", full)
        refused = await world.organiser.click(asked.response or asked.followups[-1], label=END_NOW)
        assert "The disk is full." in shown(refused)
    await world.env.settle()

    assert len(results_in(talk)) == 1


async def test_a_key_that_could_not_be_destroyed_is_within_ten_seconds_of_when_it_can_be(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise StoreError("The server of the keys is away.")

    world = talk.world
    card = await start(talk)
    await tap_by_five(world, card)
    with monkeypatch.context() as patched:
        patched.setattr(world.store.checks._keys, "destroy", away)
        asked = await ask_to_end(world)
        await world.organiser.click(asked.response or asked.followups[-1], label=END_NOW)
        await world.env.advance_time(4)
        assert await world.store.checks._keys.owner_ids()

    await world.env.advance_time(9)

    assert not await world.store.checks._keys.owner_ids()
    assert len(results_in(talk)) == 1
