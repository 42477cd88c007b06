"""/check status fits into a message, however many checks there are and whatever was asked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.models.checks import CheckPoint
from bot.models.prompts import NewPrompt, Wording
from cogs.checks.commands import FIGURES, OLDER
from tests.world import new_world, shown


@pytest.mark.parametrize("asked", ["W" * 300, "*_`" * 100, "\N{FLEXED BICEPS}" * 300])
@pytest.mark.sampled(1)
async def test_many_checks_are_told_in_one_message_with_a_button_for_each(tmp_path: Path, asked: str) -> None:
    async with new_world(tmp_path, extensions=("cogs.checks",)) as world:
        now, store = world.env.now(), world.store
        for number in range(12):
            new = NewPrompt(
                world.guild.id, world.prompts.id, Wording("Leaders.", False, asked, "T"), now + timedelta(days=9), None
            )
            claimed = await store.prompts.claim(new, now)
            assert claimed is not None
            prompt = await store.prompts.confirm(claimed, message_id=900 + number, thread_id=900 + number, now=now)
            check = await store.checks.start(
                world.guild.id, prompt.id, [CheckPoint("1", "Nights.")], ends_at=now, channel_id=900, now=now
            )
            await store.checks.release(await store.checks.end(world.guild.id, check.id, now), now)
            await store.checks.note_card(check.id, 10**18 + number)

        status = await world.organiser.slash(world.prompts, "check status")

        assert OLDER.format(older="2 older checks") in shown(status)
        assert shown(status).count(FIGURES.format(date="1 January 2026")) == 10
