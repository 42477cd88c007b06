"""A tick is not the author speaking: whose words a facilitator put on a point sees it, and can undo it for good."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.errors import UserError
from bot.models.outcomes import PointRef
from bot.models.personal import Tick
from bot.models.reviews import AddReplies
from bot.models.summaries import KeyPoint, Role
from bot.summaries.lifecycle.record import UNTICKED
from bot.summaries.review.supporters import TAKEN_OFF
from cogs.review.changes import UNCHANGED
from cogs.review.draft_card import START, UNPLACED
from cogs.review.point_card import CONFIRM_ALL
from cogs.subject_access.data_card import SEE_TICKS
from cogs.subject_access.ticks import NONE, NOT_YOURS, UNDO, UNDONE, ticks_card
from cogs.ui.limits import beyond_limits
from tests.cogs.review.sitting import Sitting
from tests.cogs.review.test_cards import ADDRESS, NASTY
from tests.cogs.subject_access.steps import get_copy, see_data
from tests.cogs.summaries.discussion import discuss, read_shared
from tests.world import World, shown, words

HEADING = "nobody listens when we raise it with the managers"
BENS = "Short staffing on nights is our biggest worry"


@pytest.fixture
async def sitting(world: World) -> Sitting:
    """A draft of one point of Ada's, on which a facilitator put words of Ben's."""
    discussion = await discuss(world)
    world.bot.watch.add(discussion.prompt)
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()
    point = KeyPoint(HEADING, (sitting.quote(0),), 1, (sitting.quote(1, Role.GROUPED),))
    await sitting.lay_out(point)
    await sitting.open(1)
    await sitting.choose("review-too", 2)
    return sitting


async def see(sitting: Sitting, who: int = 1, count: int = 1) -> Any:
    """Somebody opens the list of the points where their words were put."""
    person = sitting.world.staff[who]
    data = await see_data(person, sitting.world.prompts)
    return await person.click(data.response.message, label=SEE_TICKS.format(count=count))


async def undo(sitting: Sitting) -> str:
    answer = await see(sitting)
    return shown(await sitting.world.staff[1].click(answer.response.message, label=UNDO))


async def test_an_author_sees_under_which_points_they_were_ticked_and_nobody_else_does(sitting: Sitting) -> None:
    told = shown(await see(sitting))

    assert HEADING in told
    assert BENS in told
    own = await see_data(sitting.world.staff[0], sitting.world.prompts)
    assert SEE_TICKS.format(count=1) not in shown(own)


async def test_an_author_takes_their_words_off_a_point_of_the_open_draft_for_good(sitting: Sitting) -> None:
    told = await undo(sitting)

    draft = await sitting.draft()
    (point,) = draft.summary.points
    assert UNDONE in told
    assert NONE in told
    assert (point.people, len(point.quotes)) == (1, 1)
    assert BENS not in words(sitting.card)
    await sitting.press_on_card(UNPLACED.format(count=12))
    await sitting.choose("review-add", 1)
    assert UNCHANGED.format(error=TAKEN_OFF) in sitting.text
    with pytest.raises(UserError):
        await sitting.world.store.drafts.change(
            draft, 5, AddReplies(point.ref, (sitting.quote(1).message,)), sitting.world.env.now()
        )


async def test_an_undone_tick_leaves_the_published_summary_and_its_message(sitting: Sitting) -> None:
    await sitting.press_on_card(START)
    await sitting.press(CONFIRM_ALL)
    await sitting.publish()
    assert BENS in await read_shared(sitting.person, sitting.published)
    await undo(sitting)

    record = await sitting.record()
    assert record.summary.points[0].people == 1
    assert BENS not in await read_shared(sitting.person, sitting.published)
    assert UNTICKED in words(sitting.published)
    assert sitting.quote(1).message in record.held
    assert record.summary.coverage.read == (await sitting.record()).summary.coverage.read


async def test_an_undone_tick_that_a_crash_cut_short_is_finished_at_the_next_start(sitting: Sitting) -> None:
    await sitting.press_on_card(START)
    await sitting.press(CONFIRM_ALL)
    await sitting.publish()
    world = sitting.world
    ref = (await sitting.record()).summary.points[0].ref
    await world.store.personal.undo_tick(world.guild.id, world.staff[1].id, int(sitting.quote(1).message), ref)
    assert BENS in f"{(await sitting.record()).summary}"
    assert "2 people said this in the thread" in words(sitting.published)
    await world.restart()

    assert BENS not in f"{(await sitting.record()).summary}"
    assert "2 people said this in the thread" not in words(sitting.published)
    assert (await sitting.record()).summary.points[0].people == 1


async def test_nobody_undoes_the_tick_of_somebody_elses_words(sitting: Sitting) -> None:
    answer = await see(sitting)
    stranger = sitting.world.staff[2]
    world = sitting.world

    assert await world.store.personal.undo_tick(world.guild.id, stranger.id, int(sitting.quote(1).message), "1") is None
    assert await world.store.personal.undone_ticks(sitting.discussion.prompt.id) == frozenset()
    await sitting.discussion.take_back(sitting.discussion.messages[1])
    told = await world.staff[1].click(answer.response.message, label=UNDO)
    assert NOT_YOURS in shown(told)


async def test_the_files_of_a_copy_tell_of_ticks_and_of_those_that_were_undone(sitting: Sitting) -> None:
    world = sitting.world

    async def export() -> dict[str, str]:
        return await get_copy(world.staff[1], world.prompts)

    before = await export()
    (prompt,) = json.loads(before["my-data.json"])["prompts"]
    assert [one["point"] for one in prompt["points_where_a_facilitator_put_your_words"]] == [HEADING]
    assert HEADING in before["my-data.html"]
    await undo(sitting)
    await world.env.advance_time(120)
    (prompt,) = json.loads((await export())["my-data.json"])["prompts"]

    assert prompt["points_where_a_facilitator_put_your_words"] == []
    assert prompt["points_off_which_you_took_your_words"] == [f"P{sitting.discussion.prompt.id}-1"]


def test_the_card_fits_whatever_people_wrote() -> None:
    for text in NASTY:
        ticks = tuple(Tick(PointRef(1, "z" * 20), text, str(10**18 + n), text, (10**18, 10**18)) for n in range(7))
        for page in (0, 1, 9):
            assert beyond_limits(ticks_card(10**18, ticks, page, ADDRESS)) == ()
