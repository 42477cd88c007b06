"""Words of a server's own: facilitators see them, add them and take them off on the card of /moderation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cogs.moderation.cards import WORDS
from cogs.moderation.words import ADDED, NO_WORDS, TAKEN_OFF, WORDS_A_PAGE, words_card
from cogs.ui.limits import beyond_limits
from cogs.ui.parts import NEXT, PREVIOUS
from tests.cogs.moderation.steps import add_word, press
from tests.permissions.tables import FACILITATORS, REFUSALS
from tests.wording import says
from tests.world import World, new_world, shown


@pytest.fixture
async def riverside(tmp_path: Path) -> AsyncIterator[World]:
    """A server with the cog of moderation."""
    async with new_world(tmp_path, extensions=("cogs.moderation",)) as made:
        yield made


async def test_facilitators_add_and_take_off_words_and_each_change_is_at_hand_at_once(riverside: World) -> None:
    world, fay = riverside, riverside.facilitator
    assert NO_WORDS in shown(await press(world, WORDS))

    added = await add_word(world, "  Falcon  *ward* ")
    assert says(added, ADDED, word="Falcon \\*ward\\*")
    assert world.bot.own_words[world.guild.id] == ("Falcon *ward*",)
    assert "already" in await add_word(world, "FALCON ward")
    assert "letters or figures" in await add_word(world, "-- !")

    await world.restart()
    assert world.bot.own_words[world.guild.id] == ("Falcon *ward*",)
    old, listed = await press(world, WORDS), await press(world, WORDS)
    assert "- Falcon \\*ward\\*" in shown(listed)
    off = await fay.select(listed.response, ["Falcon *ward*"])
    assert says(shown(off), TAKEN_OFF, word="Falcon \\*ward\\*")
    assert world.bot.own_words[world.guild.id] == ()
    assert (await world.store.settings.of(world.guild.id)).removed_words == ()
    # Whoever still has the old card is told that it is gone.
    again = await fay.select(old.response, ["Falcon *ward*"])
    assert "isn’t on the list" in shown(again)
    assert [action.action for action in await world.store.audit_log.of_guild(world.guild.id)] == [
        "word to remove dropped",
        "word to remove added",
    ]


async def test_a_hundred_words_are_the_most_and_have_pages(riverside: World) -> None:
    world, fay = riverside, riverside.facilitator
    await world.store.settings.change(world.guild.id, removed_words=[f"ward {n}" for n in range(100)])

    assert "100 words" in await add_word(world, "one more")

    result = await press(world, WORDS)
    seen = set()
    for page in range(100 // WORDS_A_PAGE):
        lines = [line for line in shown(result).splitlines() if line.startswith("- ward")]
        assert len(lines) == WORDS_A_PAGE
        seen.update(lines)
        result = await fay.click(result.response, label=NEXT if page < 4 else PREVIOUS)
    assert len(seen) == 100


async def test_staff_see_no_words(riverside: World) -> None:
    await riverside.store.settings.change(riverside.guild.id, removed_words=["Falcon ward"])

    answer = shown(await riverside.staff[0].slash(riverside.prompts, "moderation"))

    assert answer.startswith(REFUSALS[FACILITATORS][:-1])
    assert "Falcon" not in answer


def test_the_longest_words_fit_on_a_card() -> None:
    words = [f"{n:02}" + "*" * 58 for n in range(100)]

    assert beyond_limits(words_card(words, 2, note="*" * 300)) == ()
