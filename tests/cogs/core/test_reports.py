"""What facilitators have to know is kept until they were told, and told once, whatever Discord refuses meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.models.prompts import SeriesState
from bot.models.reports import NewReport
from bot.prompts.retention import format_erasure_day
from bot.store.fence import TAKEN_OVER, FencedError
from cogs.core.reports import deliver_reports, report
from cogs.prompts.faults import UNASKED
from cogs.prompts.scheduler import PAUSED
from cogs.replies.deleted_threads import CARD_DELETED, HELD_BACK, THREAD_DELETED
from cogs.replies.identifier_notices import ASKED, LEFT_OUT_OF_ALL, REMOVE_FROM_THREAD
from cogs.setup.forms import PLACES, TITLES
from tests.cogs.prompts.scenes import at_nine, library, make_series
from tests.cogs.replies.talk import Talk, talk_in
from tests.cogs.setup.steps import fill_in
from tests.test_faults import read_only
from tests.wording import opening, says
from tests.world import World, new_world, shown

MINUTE = 60
DAY = 24 * 60 * MINUTE
NHS_NUMBER = "943 476 5919"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    steps = ("cogs.core.reports", "cogs.setup", "cogs.library", "cogs.prompts", "cogs.replies", "cogs.retention")
    async with new_world(tmp_path, extensions=steps) as made:
        yield made


@pytest.fixture
async def talk(world: World) -> Talk:
    return await talk_in(world, world.prompts)


def refuse(world: World, *, status: int = 503, times: int | None = 1) -> None:
    """Let Discord refuse the next messages to the facilitators' channel."""
    more: dict[str, Any] = {} if times is None else {"times": times}
    world.env.inject_error("POST", f"/channels/{world.office.id}/messages", status=status, **more)


async def lose_thread(talk: Talk) -> None:
    """Somebody deletes the thread with one reply in it."""
    await talk.say("Hold me back")
    await talk.replies()
    talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.settle()


async def tell(world: World, text: str, key: str) -> bool:
    with world.env._bot_scope():
        told = await report(world.bot, world.guild.id, text, key=key)
    await world.env.settle()
    return told


async def waiting(world: World) -> int:
    return len(await world.store.reports.waiting(world.guild.id))


@pytest.mark.parametrize("status", [403, 500, 503])
@pytest.mark.sampled(1)
async def test_a_report_that_discord_refused_is_told_within_minutes_and_once(talk: Talk, status: int) -> None:
    refuse(talk.world, status=status)
    talk.world.env.backend.delete_message(talk.place.id, talk.prompt.message_id)
    await talk.settle()
    assert talk.told() == ""

    await talk.world.env.advance_time(6 * MINUTE)
    await talk.world.env.advance_time(DAY)

    assert talk.told().count(opening(CARD_DELETED) + "“Where do you see leadership?”") == 1
    assert await waiting(talk.world) == 0
    talk.world.env.errors  # noqa: B018 - they were injected


async def test_the_rounds_rest_where_a_later_report_took_the_one_that_waited_along(world: World) -> None:
    refuse(world)
    with world.env._bot_scope():
        await report(world.bot, world.guild.id, "The first.", key="first")
        await report(world.bot, world.guild.id, "The second.", key="second")
    await world.env.settle()
    counted = 0
    servers = world.store.reports.servers

    async def count() -> tuple[int, ...]:
        nonlocal counted
        counted += 1
        return await servers()

    world.store.reports.servers = count  # type: ignore[method-assign]
    await world.env.advance_time(DAY)

    assert await waiting(world) == 0
    assert counted < 10
    world.env.errors  # noqa: B018 - it was injected


@pytest.mark.sampled(0)
async def test_the_30_days_of_a_deleted_thread_count_from_the_telling(talk: Talk) -> None:
    world = talk.world
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    await lose_thread(talk)
    await world.env.advance_time(3 * DAY)
    assert await talk.texts() == ["Hold me back"]

    await fill_in(world, TITLES[PLACES], prompts_channel_id=[world.prompts], facilitators_channel_id=[world.office])
    await talk.settle()
    assert says(talk.told(), HELD_BACK, date="3 February 2026")
    await world.leap(29 * DAY)
    assert await talk.texts() == ["Hold me back"]
    await world.leap(2 * DAY)

    assert await talk.texts() == []
    assert talk.told().count("was deleted.") == 1


async def test_a_deleted_thread_is_told_of_after_a_kill_between_noting_and_telling(talk: Talk) -> None:
    refuse(talk.world)
    await lose_thread(talk)
    assert talk.told() == ""

    await talk.restart()
    await talk.restart()

    assert talk.told().count(THREAD_DELETED.format(question="“Where do you see leadership?”", what_now="")) == 1
    talk.world.env.errors  # noqa: B018 - they were injected


async def test_a_deleted_thread_that_was_noted_before_reports_were_kept_is_told_of_at_the_start(talk: Talk) -> None:
    await talk.say("Hold me back")
    await talk.replies()
    with talk.away():
        talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.world.store.prompts.note_gone(talk.prompt, talk.world.env.now() - timedelta(days=100))

    await talk.restart()
    await talk.restart()

    assert talk.told().count("was deleted.") == 1
    assert await talk.texts() == ["Hold me back"]


async def test_a_thread_that_is_kept_or_back_is_told_of_no_more(talk: Talk) -> None:
    await talk.world.store.settings.change(talk.world.guild.id, facilitators_channel_id=None)
    await lose_thread(talk)
    assert await waiting(talk.world) == 1

    await talk.world.store.prompts.keep(await talk.stored_prompt(), "The board has asked for them.")

    assert await waiting(talk.world) == 0


@pytest.mark.sampled(0)
async def test_a_report_that_was_sent_before_the_bot_died_is_not_sent_again(talk: Talk) -> None:
    world = talk.world
    await tell(world, "First.", "first")
    new = NewReport(world.guild.id, "second", f"I erase them on {format_erasure_day()}, I said.")
    await world.store.reports.add(new, world.env.now())
    (kept,) = await world.store.reports.waiting(world.guild.id)
    await world.store.reports.begin(kept, world.office.history()[-1].id)
    with world.env._bot_scope():
        channel = world.bot.get_channel(world.office.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.send("I erase them on 31 January 2026, I said.")

    await world.env.advance_time(2 * DAY)
    await talk.restart()

    assert world.texts(world.office) == ["First.", "I erase them on 31 January 2026, I said."]
    assert await waiting(world) == 0


async def test_a_report_like_an_earlier_one_is_told_all_the_same(talk: Talk) -> None:
    world = talk.world
    await tell(world, "A card was deleted.", "card:1")
    refuse(world)
    assert not await tell(world, "A card was deleted.", "card:2")

    assert await tell(world, "Last.", "last")

    assert world.texts(world.office) == ["A card was deleted.", "A card was deleted.", "Last."]
    world.env.errors  # noqa: B018 - they were injected


async def test_reports_come_in_order_and_one_that_discord_refuses_for_its_words_holds_up_no_other(talk: Talk) -> None:
    world = talk.world
    refuse(world, times=2)
    await tell(world, "One.", "1")
    await tell(world, "Two.", "2")
    refuse(world, status=400)
    await tell(world, "Three.", "3")
    assert world.texts(world.office) == ["Two.", "Three."]

    await world.env.advance_time(6 * MINUTE)

    assert world.texts(world.office) == ["Two.", "Three.", "One."]
    world.env.errors  # noqa: B018 - they were injected


async def test_the_same_thing_is_told_once_until_it_is_over(talk: Talk) -> None:
    world = talk.world
    for _ in range(2):
        await tell(world, "I cannot read it.", "unreadable:1")
    await talk.restart()
    await tell(world, "I cannot read it.", "unreadable:1")
    assert world.texts(world.office) == ["I cannot read it."]

    await world.store.reports.end(world.guild.id, "unreadable:1")
    await tell(world, "I cannot read it.", "unreadable:1")

    assert world.texts(world.office) == ["I cannot read it."] * 2


async def test_the_button_of_a_report_works_after_a_refusal_and_a_restart(talk: Talk) -> None:
    refuse(talk.world)
    await talk.say(f"The number is {NHS_NUMBER}.")
    await talk.settle()
    assert talk.told() == ""

    await talk.restart()
    (message,) = talk.world.office.history()
    answer = await talk.world.facilitator.click(message, label=REMOVE_FROM_THREAD)

    assert ASKED in shown(answer)
    talk.world.env.errors  # noqa: B018 - they were injected


async def test_identifiers_that_were_to_be_told_together_survive_a_kill(talk: Talk) -> None:
    for number in range(6):
        await talk.say(f"Number {number} is {NHS_NUMBER}.", who=number % 4)
    await talk.settle()
    assert talk.told().count("The bot left") == 3

    await talk.restart()  # within the minute in which they are gathered
    await talk.world.env.advance_time(5 * MINUTE)

    assert talk.told().count(LEFT_OUT_OF_ALL) == 1
    (gathered,) = [text for text in talk.world.texts(talk.world.office) if LEFT_OUT_OF_ALL in text]
    assert [line[:2] for line in gathered.splitlines() if line[1:2] == "."] == ["1.", "2.", "3."]


async def test_permissions_that_are_given_back_let_reports_through_at_once(talk: Talk) -> None:
    world = talk.world
    role = next(role for role in world.guild.roles.values() if role._role.managed)

    def let_send(*, allowed: bool) -> None:
        deny = 0 if allowed else discord.Permissions(send_messages=True).value
        overwrite = Overwrite(target_id=role.id, type=OverwriteType.ROLE, allow=0, deny=deny)
        world.env.backend.set_overwrite(world.office.id, overwrite)

    let_send(allowed=False)
    await world.env.settle()
    assert not await tell(world, "A card was deleted.", "card:1")

    let_send(allowed=True)
    await world.env.settle()

    assert world.texts(world.office) == ["A card was deleted."]
    world.env.errors  # noqa: B018 - they were refused


async def test_what_the_database_cannot_keep_is_told_at_once_and_once(world: World) -> None:
    async with read_only(world):
        for _ in range(2):
            await tell(world, "The database is at fault.", "fault")
    await tell(world, "The database is at fault.", "fault")

    assert world.texts(world.office) == ["The database is at fault."]


async def test_a_process_that_another_took_over_from_leaves_the_telling_to_that_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse_late_writes(*_: object) -> None:
        raise FencedError(TAKEN_OVER)

    monkeypatch.setattr(world.bot.store.reports, "add", refuse_late_writes)
    await tell(world, "A step failed.", "fault")

    assert world.texts(world.office) == []


async def test_a_channel_that_comes_back_after_weeks_is_not_flooded(world: World) -> None:
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    for number in range(30):
        await world.store.reports.add(NewReport(world.guild.id, str(number), f"No. {number}"), world.env.now())
    await world.store.settings.change(world.guild.id, facilitators_channel_id=world.office.id)

    with world.env._bot_scope():
        assert not await deliver_reports(world.bot, world.guild.id)
    assert len(world.texts(world.office)) == 20
    await world.env.advance_time(6 * MINUTE)

    assert world.texts(world.office) == [f"No. {number}" for number in range(30)]


async def test_a_report_that_could_not_be_told_for_60_days_is_dropped_and_marks_go_in_the_end(world: World) -> None:
    await tell(world, "Told.", "told")
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    await tell(world, "Untold.", "untold")
    now = world.env.now()

    assert await world.store.reports.forget(now + timedelta(days=59)) == 0
    assert await world.store.reports.forget(now + timedelta(days=61)) == 1
    assert await waiting(world) == 0
    assert not await world.store.reports.add(NewReport(world.guild.id, "told", "Told."), now)
    await world.store.reports.forget(now + timedelta(days=401))
    assert await world.store.reports.add(NewReport(world.guild.id, "told", "Told."), now)


async def test_a_paused_series_is_told_of_once_discord_lets_it(world: World) -> None:
    await library(world)
    series = await make_series(world)
    refuse(world)
    world.env.backend.delete_channel(world.prompts.id)
    await world.env.settle()
    assert (await world.store.series.get(world.guild.id, series.id)).state is SeriesState.PAUSED
    assert world.texts(world.office) == []

    await world.env.advance_time(6 * MINUTE)
    await world.restart()

    (told,) = world.texts(world.office)
    assert says(told, PAUSED)
    world.env.errors  # noqa: B018 - they were injected


async def test_what_was_left_out_of_a_series_is_told_once_discord_lets_it(world: World) -> None:
    await library(world, "No question here.", question="")
    await make_series(world)
    refuse(world, times=2)
    await at_nine(world)
    assert not any(says(text, UNASKED) for text in world.texts(world.office))

    await world.env.advance_time(20 * MINUTE)

    assert sum(says(text, UNASKED) for text in world.texts(world.office)) == 1
    world.env.errors  # noqa: B018 - they were injected


async def test_a_step_that_fails_is_told_once_over_restarts(world: World) -> None:
    await library(world)
    await make_series(world)
    world.env.inject_error("POST", f"/channels/{world.prompts.id}/threads", status=403, code=50013, times=50)
    world.env.inject_error("POST", f"/channels/{world.prompts.id}/messages/*/threads", status=403, times=50)
    await at_nine(world)
    await world.env.advance_time(11 * MINUTE)
    told = len(world.texts(world.office))

    await world.restart()
    await world.env.advance_time(11 * MINUTE)

    assert told
    assert len(world.texts(world.office)) == told
    world.env.errors  # noqa: B018 - they were injected
