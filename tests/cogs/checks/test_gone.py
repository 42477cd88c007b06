"""What is shown elsewhere of a thread that was deleted loses the words of staff when its replies are erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cogs.checks.test_checking import give, staff
from tests.cogs.outcomes.giving import FIRST, add, published
from tests.world import new_world, shown

DAY = 86_400


def everything(channel: Any) -> str:
    """All that a channel shows, with what pictures say in words."""
    return str([part.to_dict() for message in channel.history() for part in message.components])


async def test_checks_and_outcomes_in_another_channel_lose_the_words_and_keep_their_counts(tmp_path: Path) -> None:
    async with new_world(tmp_path) as world:
        talk = await published(world)
        channel = world.guild.create_text_channel("elsewhere")
        started = await world.organiser.slash(
            world.prompts, "check start", prompt=str(talk.prompt.id), days=1, channel=channel
        )
        assert f"can be answered in <#{channel.id}>" in shown(started)
        card = next(one for one in channel.history() if one.components)
        for person in staff(world, 5):
            await give(card, person, "true")
        await world.env.advance_time(DAY + 60)
        await world.organiser.slash(world.prompts, "outcome publish", channel=channel)
        await add(talk)
        texts = world.texts(channel)
        assert [FIRST in text for text in texts] == [True, True, True]

        world.env.backend.delete_channel(talk.thread.id)
        await world.env.advance_time(31 * DAY)

        assert await world.store.replies.count(talk.prompt.id) == (0, 0)
        assert FIRST not in everything(channel)
        assert "5 of 5 people say" in everything(channel)
