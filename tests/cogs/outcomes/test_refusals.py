"""Outcomes and cards that Discord refuses, or whose place is gone, are kept and come once they can."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.errors import UserError
from bot.models.outcomes import OutcomeState
from bot.store import StoreError
from cogs.core.posts import REFUSED, REFUSED_FOR_NOW, UNANSWERED
from cogs.outcomes.cards import TITLE
from cogs.outcomes.commands import CHANGED
from tests.cogs.outcomes.given import add, id_of_the_only_outcome, outcomes_in
from tests.cogs.summaries.discussion import Discussion
from tests.wording import says
from tests.world import World, shown


def _deny(world: World, denied: discord.Permissions) -> None:
    """What the bot may not do in the prompts channel."""
    role = next(role for role in world.guild.roles.values() if role._role.managed)
    world.env.backend.set_overwrite(
        world.prompts.id, Overwrite(target_id=role.id, type=OverwriteType.ROLE, allow=0, deny=denied.value)
    )


async def refuse(*_: object) -> int:
    """Discord's answer where the bot may not write."""
    response: Any = SimpleNamespace(status=403, reason="Forbidden")
    raise discord.Forbidden(response, {"code": 50013, "message": "Missing"})


async def test_an_outcome_in_an_archived_thread_is_changed_and_the_thread_archived_again(talk: Discussion) -> None:
    world = talk.world
    # Discord refuses to write in an archived and locked thread; the simulated one does not know that.
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=400, code=50083)
    await add(talk)
    assert len(outcomes_in(talk.thread)) == 1
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083)
    outcome = await id_of_the_only_outcome(talk)
    await world.organiser.slash(world.prompts, "outcome edit", outcome=outcome, state="done")

    (text,) = outcomes_in(talk.thread)
    assert f"{OutcomeState.DONE.label}: We hire six" in text
    thread = await world.bot.fetch_channel(talk.thread.id)
    assert isinstance(thread, discord.Thread)
    assert thread.archived


async def test_a_deleted_thread_ends_the_post_and_the_outcome_stays(talk: Discussion) -> None:
    world = talk.world
    await add(talk)
    outcome = await id_of_the_only_outcome(talk)
    world.env.backend.delete_channel(talk.thread.id)
    await world.env.settle()
    answer = shown(await world.organiser.slash(world.prompts, "outcome edit", outcome=outcome, state="done"))

    assert answer == f"{CHANGED}."
    assert await world.store.outcomes.posts(int(outcome)) == ()


async def test_a_card_that_a_new_channel_refuses_stays_where_it_stood_and_is_kept_true(talk: Discussion) -> None:
    world = talk.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    series = await world.store.series.get(world.guild.id, talk.prompt.series_id or 0)
    poster = world.bot.get_cog("OutcomeCommands").poster  # type: ignore[union-attr]

    with pytest.raises(UserError, match="couldn’t post"):
        await poster.move_card(series, 999, 2, discord.utils.utcnow())
    await add(talk)

    (card,) = [text for text in world.texts(world.prompts) if says(text, TITLE)]
    assert OutcomeState.DOING.label in card


async def test_a_card_that_is_refused_everywhere_is_told_and_comes_back_in_its_old_channel(talk: Discussion) -> None:
    world = talk.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    series = await world.store.series.get(world.guild.id, talk.prompt.series_id or 0)
    poster = world.bot.get_cog("OutcomeCommands").poster  # type: ignore[union-attr]
    _deny(world, discord.Permissions(send_messages=True))
    with pytest.raises(UserError, match="couldn’t post"):
        await poster.move_card(series, 999, 2, discord.utils.utcnow())
    _deny(world, discord.Permissions.none())
    await add(talk)

    (card,) = [text for text in world.texts(world.prompts) if says(text, TITLE)]
    assert OutcomeState.DOING.label in card


async def test_an_outcome_that_discord_failed_to_post_comes_within_minutes_and_no_permission_is_blamed(
    talk: Discussion,
) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=503, times=1)

    answer = shown(await add(talk))
    assert UNANSWERED.format(talk.thread.id) in answer
    assert "Give its role" not in answer
    await world.env.advance_time(10 * 60)

    assert len(outcomes_in(talk.thread)) == 1


async def test_an_outcome_that_a_thread_refused_is_posted_once_it_may(talk: Discussion) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=3)

    answer = shown(await add(talk))
    assert REFUSED_FOR_NOW.format(talk.thread.id) in answer
    await world.env.advance_time(3 * 3_600 + 60)

    assert len(outcomes_in(talk.thread)) == 1
    assert await world.store.outcomes.unposted() == ()


async def test_an_outcome_is_posted_though_the_log_could_not_be_written(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(talk.world.store.audit_log, "note", full)
        assert "The disk is full." in shown(await add(talk))
    await talk.world.env.settle()

    assert len(outcomes_in(talk.thread)) == 1


async def test_where_the_thread_refuses_the_outcome_is_kept_and_posted_after_the_next_start(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    with monkeypatch.context() as patched:
        patched.setattr(sys.modules["cogs.outcomes.posts"], "send_card", refuse)  # the module that the bot has loaded
        answer = shown(await add(talk))
    assert outcomes_in(talk.thread) == []
    await world.restart()

    assert REFUSED.format(talk.thread.id) in answer
    assert len(outcomes_in(talk.thread)) == 1
