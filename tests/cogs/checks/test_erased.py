"""When all replies to a prompt are erased, by their date or with their thread, its checks lose the words of staff."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.checks.texts import LEAST_SHOWN, SAME
from cogs.checks.cards import ENDED as CARD_ENDED
from cogs.checks.start import STARTED
from tests.cogs.checks.steps import start_check, tap_by_five
from tests.cogs.outcomes.given import FIRST, add, published
from tests.cogs.retention.test_daily import a_round
from tests.wording import says
from tests.world import new_world, shown

DAY = 86_400
NEEDED = ("cogs.replies", "cogs.summaries", "cogs.outcomes", "cogs.checks", "cogs.retention", "cogs.views")


def everything(channel: Any) -> str:
    """All that a channel shows, with what pictures say in words."""
    return str([part.to_dict() for message in channel.history() for part in message.components])


async def test_checks_and_outcomes_in_another_channel_lose_the_words_and_keep_their_counts(tmp_path: Path) -> None:
    async with new_world(tmp_path, extensions=NEEDED) as world:
        talk = await published(world)
        channel = world.guild.create_text_channel("elsewhere")
        started = await start_check(world, talk.prompt, days=1, channel=channel)
        assert says(shown(started), STARTED, channel=channel.id)
        card = next(one for one in channel.history() if one.components)
        await tap_by_five(world, card)
        await world.leap(DAY + 60)
        await world.organiser.slash(world.prompts, "outcome publish", channel=channel)
        await add(talk)
        texts = world.texts(channel)
        assert [FIRST in text for text in texts] == [True, True, True]

        world.env.backend.delete_channel(talk.thread.id)
        await world.leap(31 * DAY)

        assert await world.store.replies.count(talk.prompt.id) == (0, 0)
        assert FIRST not in everything(channel)
        assert SAME.format(people="5 people") in everything(channel)


async def test_an_open_check_ends_when_the_time_of_the_replies_is_over(tmp_path: Path) -> None:
    async with new_world(tmp_path, extensions=NEEDED) as world:
        talk = await published(world)
        now = world.env.now()
        await world.store.prompts.close(talk.prompt, now)
        await start_check(world, talk.prompt, days=30)
        card = talk.thread.history()[-1]
        await tap_by_five(world, card)

        await a_round(world, now + timedelta(days=340))
        await a_round(world, now + timedelta(days=370))

        left = everything(talk.thread)
        assert says(left, CARD_ENDED)
        assert LEAST_SHOWN in left
        assert "same here" not in left
        assert not await world.store.checks.open_checks()
