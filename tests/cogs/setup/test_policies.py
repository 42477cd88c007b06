"""/setup groups: from how many people on a staff group is shown in breakdowns."""

from __future__ import annotations

import pytest

from bot.models.settings import SETTINGS
from tests.world import World, shown


async def test_a_manager_sets_from_how_many_people_on_groups_are_shown(world: World) -> None:
    answer = await world.manager.slash(world.prompts, "setup groups", people=20)
    settings = await world.store.settings.of(world.guild.id)
    card = shown(await world.manager.slash(world.prompts, "setup show"))

    assert "staff groups of 20 people or more" in shown(answer)
    assert settings.group_threshold == 20
    assert SETTINGS["group_threshold"].card.format(20) in card


@pytest.mark.parametrize("people", [4, 101])
@pytest.mark.sampled(1)
async def test_discord_takes_no_number_below_five_or_above_a_hundred(world: World, people: int) -> None:
    with pytest.raises(Exception, match=r"5|100"):
        await world.manager.slash(world.prompts, "setup groups", people=people)
    assert (await world.store.settings.of(world.guild.id)).group_threshold == 11
