"""The files of a published summary, and those for a board."""

from __future__ import annotations

from bot.summaries.output.paper import FOR_BOARD
from cogs.review.more_card import REWORD
from cogs.summaries.commands import NOTHING_CONFIRMED, PUBLISHED
from cogs.summaries.exports import LEFT_OUT
from tests.cogs.review.sitting import FIRST, THREE_OF_NINE, Sitting, export
from tests.wording import says


async def test_an_export_holds_the_summary_that_was_published(sitting: Sitting) -> None:
    await sitting.check(1)
    await sitting.fill(REWORD, words="Nights lack staff")
    await sitting.publish()
    said, files = await export(sitting)

    assert says(said, PUBLISHED)
    assert "Nights lack staff" in files["summary.html"]
    assert f"{THREE_OF_NINE} 1 heading reworded." in files["summary.md"]


async def test_the_papers_of_a_board_hold_only_what_a_person_confirmed(sitting: Sitting) -> None:
    await sitting.check(1)
    await sitting.publish()
    said, silent = await export(sitting, board=True)
    for person in sitting.world.staff:
        await sitting.world.store.people.choose(sitting.world.guild.id, person.id, quotes=True)
    _, files = await export(sitting, board=True)

    assert says(said, LEFT_OUT)
    assert FIRST not in silent["summary.md"]
    assert sorted(files) == ["summary.html", "summary.md"]
    assert FIRST in files["summary.md"]
    assert "Car parking" not in files["summary.md"]
    assert FOR_BOARD in files["summary.html"]


async def test_without_a_confirmed_supporter_there_is_nothing_for_a_board(sitting: Sitting) -> None:
    said, files = await export(sitting, board=True)

    assert NOTHING_CONFIRMED in said
    assert files == {}
