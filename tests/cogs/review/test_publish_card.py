"""What a reviewer reads before they publish: what nobody checked, what goes along, and what the board won’t get."""

from __future__ import annotations

from typing import Any

from bot.models.summaries import KeyPoint, Role
from cogs.review.draft_card import START
from cogs.review.heading_card import CHANGED_HEADINGS
from cogs.review.more_card import REWORD
from cogs.review.point_card import CONFIRM_ALL
from cogs.review.publish_card import (
    BOARD_LEAVES_OUT,
    BOARD_WAITS,
    PLACES,
    PUBLISH_ALL,
    UNTICKED,
    UNTICKED_HEADINGS,
    WILL_SAY,
)
from cogs.review.texts import PUBLISH, TO_CONFIRM
from tests.cogs.review.sitting import THREE_OF_NINE, Sitting, selects_named
from tests.cogs.summaries.discussion import discuss, new_series, read_shared
from tests.wording import says
from tests.world import World, shown


async def test_publishing_asks_first_and_says_what_nobody_confirmed(sitting: Sitting) -> None:
    await sitting.check(1)
    before = len(sitting.discussion.thread.history())
    asked = await sitting.person.click(sitting.card, label=PUBLISH)

    text = shown(asked)
    assert TO_CONFIRM.format(people="4 people", points="4 points") in text
    assert UNTICKED.format(quotes="6 quotes have") in text
    assert WILL_SAY.format(checking=THREE_OF_NINE) in text
    assert PLACES.format(places=f"<#{sitting.discussion.thread.id}>") in text
    assert len(sitting.discussion.thread.history()) == before


async def test_publishing_says_how_many_headings_are_words_that_nobody_ticked(sitting: Sitting) -> None:
    points = len((await sitting.draft()).summary.points)
    await sitting.check(1)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert UNTICKED_HEADINGS.format(headings=f"{points - 1} headings aren’t") in shown(asked)

    await sitting.open(2)
    await sitting.fill(REWORD, words="Rotas come late")
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert UNTICKED_HEADINGS.format(headings=f"{points - 2} headings aren’t") in shown(asked)


async def test_publish_is_not_the_button_to_press_before_every_supporter_was_checked(sitting: Sitting) -> None:
    def style(message: Any, name: str) -> int:
        return int(selects_named(message, name)[0]["style"])

    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    before = style(sitting.card, "review-publish"), style(asked.response.message, "review-publish-now")
    await sitting.press_on_card(START)
    for _ in range(5):
        await sitting.press(CONFIRM_ALL)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    after = style(sitting.card, "review-publish"), style(asked.response.message, "review-publish-now")

    assert (before, after) == ((2, 2), (1, 1))


async def test_publishing_warns_of_what_the_board_paper_will_refuse(sitting: Sitting) -> None:
    world = sitting.world
    await sitting.check(1)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert BOARD_LEAVES_OUT.format(points="4 points") in shown(asked)
    assert says(shown(asked), CHANGED_HEADINGS, headings="1 heading will be")

    await world.store.people.choose(world.guild.id, world.staff[0].id, quotes=True)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert not says(shown(asked), CHANGED_HEADINGS)


async def test_words_that_may_say_one_thing_are_shown_to_the_publisher_and_published_only_with_the_rest(
    sitting: Sitting,
) -> None:
    lone = KeyPoint(
        "Targets in the emergency department make us move patients",
        (sitting.quote(9),),
        1,
        (sitting.quote(10, Role.GROUPED), sitting.quote(7, Role.SUGGESTED)),
    )
    await sitting.lay_out(lone)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert "Car parking costs more" in shown(asked)
    assert "Training budgets" not in shown(asked)
    await sitting.publish(PUBLISH_ALL)

    text = await read_shared(sitting.person, sitting.published)
    assert "Car parking costs more" in text
    assert "Training budgets" not in text


async def test_publishing_says_where_it_blocks_the_board_paper_of_the_series(world: World) -> None:
    discussion = await discuss(world, series=await new_series(world))
    world.bot.watch.add(discussion.prompt)
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()
    await sitting.check(1)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert BOARD_WAITS.format(points="4 points aren’t") in shown(asked)
    assert not says(shown(asked), BOARD_LEAVES_OUT)

    await sitting.press_on_card(START)
    for _ in range(4):
        await sitting.press(CONFIRM_ALL)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert not says(shown(asked), BOARD_WAITS)
