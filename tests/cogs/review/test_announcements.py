"""A published summary is announced in the channel that /setup names."""

from __future__ import annotations

from typing import Any

from cogs.review.publication import ANNOUNCED, NOT_ANNOUNCED
from cogs.summaries.card import OBJECTION
from tests.cogs.review.sitting import FIRST, Sitting
from tests.world import shown, words


async def test_a_summary_is_announced_in_the_channel_that_setup_names(sitting: Sitting) -> None:
    channel = await announcements(sitting)
    answer = await sitting.publish()

    assert FIRST in words(channel.history()[-1])
    assert OBJECTION in words(channel.history()[-1])
    assert ANNOUNCED.format(channel=channel.id) in shown(answer)


async def test_a_summary_of_a_try_out_among_facilitators_is_not_announced(sitting: Sitting) -> None:
    channel, asked_in = await announcements(sitting), sitting.discussion.prompt.channel_id
    await sitting.world.store.settings.change(sitting.world.guild.id, facilitators_channel_id=asked_in)
    answer = await sitting.publish()

    assert channel.mention not in shown(answer)
    assert channel.history() == []
    assert await sitting.world.store.summaries.shared(sitting.discussion.prompt.id) != ()


async def test_an_announcements_channel_in_which_the_bot_may_not_write_is_named(sitting: Sitting) -> None:
    channel = await announcements(sitting)
    sitting.world.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013)
    answer = await sitting.publish()

    assert NOT_ANNOUNCED.format(channel=channel.id) in shown(answer)
    assert FIRST in words(sitting.published)


async def announcements(sitting: Sitting) -> Any:
    """A channel for announcements, set in /setup."""
    channel = sitting.world.guild.create_text_channel("news")
    await sitting.world.env.settle()
    await sitting.world.store.settings.change(sitting.world.guild.id, announcements_channel_id=channel.id)
    return channel
