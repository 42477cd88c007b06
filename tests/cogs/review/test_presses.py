"""A draft of twenty replies is checked, sorted and published with few presses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.models.summaries import KeyPoint, Quote, Role
from cogs.review.draft_card import START
from cogs.review.point_card import CONFIRM_ALL
from cogs.review.publish_card import PUBLISH_POINTS
from cogs.review.texts import PUBLISH, is_checked
from tests.cogs.review.sitting import Sitting, labels_of, selects_named
from tests.cogs.summaries.discussion import discuss
from tests.world import World

SAID = (
    (0, "We write every observation twice, once on paper and once on the screen, and nobody reads the paper."),
    (1, "The same with us."),
    (2, "Recording the same thing in two places eats the first hour of my shift."),
    (3, "Double entry is the reason that I miss my break."),
    (0, "I would stop the paper one tomorrow."),
    (1, "The lift to ward six breaks every week and meals arrive cold."),
    (2, "Yep, cold dinners here because of that lift."),
    (3, "Porters carry meals up the stairs whenever it is out."),
    (0, "Nobody tells us what came of the incident reports that we file."),
    (1, "I stopped filing reports, since no answer ever came back."),
    (2, "An answer to a report would take somebody two minutes."),
    (3, "Our new manager asks first and listens, which changed the whole team."),
    (0, "She does, and people stay because of it."),
    (1, "Parking costs more than an hour of my pay."),
    (2, "The rota came out four days before it started."),
    (3, "You cannot plan childcare around a rota like that."),
    (0, "Could we have the training room back on Thursdays?"),
    (1, "Morning all, thanks for asking."),
    (2, "See you at the leaving do."),
    (3, "The agency nurses are never shown where anything is."),
)


@dataclass
class Counted:
    """A reviewer whose every press of a button, choice in a list and sent form is counted."""

    person: Any
    presses: list[str] = field(default_factory=list)

    async def click(self, *given: Any, **named: Any) -> Any:
        self.presses.append(str(named))
        return await self.person.click(*given, **named)

    async def select(self, *given: Any, **named: Any) -> Any:
        self.presses.append(str(named))
        return await self.person.select(*given, **named)

    async def submit_modal(self, *given: Any, **named: Any) -> Any:
        self.presses.append("a form")
        return await self.person.submit_modal(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.person, name)


@pytest.fixture
async def sitting(world: World) -> Sitting:
    """A draft as the program gathers it: eight points, four of them with a draft group, and three replies in none."""
    discussion = await discuss(world, SAID)
    world.bot.watch.add(discussion.prompt)
    sitting = Sitting(discussion, Counted(world.facilitator))
    await sitting.start()

    def point(head: int, *possible: int, agreed: tuple[int, ...] = ()) -> KeyPoint:
        quotes: tuple[Quote, ...] = (sitting.quote(head), *(sitting.quote(n, Role.AGREED) for n in agreed))
        return KeyPoint(SAID[head][1], quotes, len(quotes), tuple(sitting.quote(n, Role.GROUPED) for n in possible))

    await sitting.lay_out(
        point(0, 2, 3, agreed=(1,)),
        point(5, 7, agreed=(6,)),
        point(11, agreed=(12,)),
        point(8, 9, 10),
        point(14, 15),
        point(13),
        point(16),
        point(19),
    )
    return sitting


def count_old_presses(points: int, ticked: int) -> int:
    """Count what the card of before took for the same.

    A point took one press to open or to go on to, one to confirm and one to tick that no quote names anybody; who
    possibly said so took one choice a point; publishing took two. A reply in no point could not be added at all.
    """
    return points * 3 + ticked + 2


async def test_a_draft_of_twenty_replies_takes_at_most_25_presses_from_opening_to_publishing(sitting: Sitting) -> None:
    await sitting.press_on_card(START)
    ticked = 0
    while CONFIRM_ALL in labels_of(sitting.own.message):
        for select in selects_named(sitting.own.message, "review-too", least=0):
            chosen = [option["value"] for option in select["options"]]
            await sitting.person.select(sitting.own.message, chosen, custom_id=select["custom_id"])
            ticked += 1
        await sitting.press(CONFIRM_ALL)
    assert len(selects_named(sitting.own.message, "review-add")) == 3
    await sitting.choose("review-add", 1)
    asked = await sitting.press(PUBLISH)
    await sitting.person.click(asked.response.message, label=PUBLISH_POINTS)

    points = (await sitting.record()).summary.points
    assert all(map(is_checked, points))
    assert [point.people for point in points][:2] == [4, 3]
    assert (len(points), ticked, len(sitting.person.presses)) == (8, 4, 16)
    assert count_old_presses(8, ticked) == 30
