"""What facilitators have to know is kept until they were told, and told once, whatever Discord refuses meanwhile."""

from __future__ import annotations

from datetime import timedelta

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.models.reports import NewReport
from bot.prompts.retention import format_erasure_day
from bot.store.fence import TAKEN_OVER, FencedError
from cogs.core.reports import deliver_reports, report
from cogs.replies.deleted_threads import CARD_DELETED
from tests.cogs.core.reporting import DAY, MINUTE, refuse, talk, tell, waiting, world
from tests.cogs.replies.talk import Talk
from tests.test_faults import read_only
from tests.wording import opening
from tests.world import World

__all__ = ["talk", "world"]


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
