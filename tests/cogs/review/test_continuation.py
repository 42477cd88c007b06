"""What reviewers did outlasts the draft: the next one begins from what was published, and a series uses it."""

from __future__ import annotations

from bot.models.reviews import Draft
from bot.summaries.output.counts import CHECKED
from cogs.review.draft_card import START
from cogs.review.more_card import DROP, REWORD
from cogs.review.point_card import CONFIRM_ALL
from cogs.summaries.texts import IN_WORDS_OF_FACILITATOR
from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import discuss, new_series
from tests.world import World, shown, words

NIGHTS = "Nights lack staff"
THREE = "3 people: 1 wrote it, 2 said “same here”"


async def review(sitting: Sitting) -> Draft:
    """A facilitator rewords the first point, drops the last, checks the others and publishes. The draft before."""
    await sitting.open(1)
    await sitting.fill(REWORD, words=NIGHTS)
    await sitting.open(5)
    await sitting.press(DROP)
    await sitting.press(DROP)
    await sitting.press_on_card(START)
    for _ in range(4):
        await sitting.press(CONFIRM_ALL)
    draft = await sitting.draft()
    await sitting.publish()
    return draft


async def test_the_next_draft_begins_from_the_published_one_and_what_is_new_comes_behind(sitting: Sitting) -> None:
    before = await review(sitting)
    late = [
        await sitting.discussion.say(person, f"The canteen closes at five, so {who} on nights eat nothing warm.")
        for person, who in zip(sitting.world.staff[:2], ("people", "nurses"), strict=True)
    ]
    await sitting.start()

    draft = await sitting.draft()
    carried = draft.summary.points[:4]
    assert [point.ref for point in carried] == [point.ref for point in before.summary.points]
    assert [point.review and point.review.confirmed for point in carried] == [
        point.review and point.review.confirmed for point in before.summary.points
    ]
    assert draft.summary.points[4:]
    assert all(
        {quote.message for quote in point.quotes} <= {str(message.id) for message in late}
        for point in draft.summary.points[4:]
    )
    assert IN_WORDS_OF_FACILITATOR.format(heading=NIGHTS) in words(sitting.card)


async def test_a_series_is_summed_up_with_the_headings_and_ticks_of_its_reviewed_summaries(world: World) -> None:
    series = await new_series(world)
    discussion = await discuss(world, series=series)
    world.bot.watch.add(discussion.prompt)
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()
    await review(sitting)
    other = await discuss(
        world, [(0, "The canteen closes at five, so people on nights eat nothing warm.")], series=series
    )
    assert other.prompt.series_id == series.id

    told = shown(await world.organiser.slash(world.prompts, "summary series", series=str(series.id)))

    assert IN_WORDS_OF_FACILITATOR.format(heading=NIGHTS) in told
    assert f"{THREE}. {CHECKED}" in told
