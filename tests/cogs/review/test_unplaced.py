"""Replies that stand in no point are listed and put where a reviewer says; draft groups are ticked with one press."""

from __future__ import annotations

from dataclasses import replace

from bot.models.summaries import Coverage, KeyPoint, Role, Summary
from bot.services.summaries.drafts import DraftWords
from cogs.review.changes import NO_POINT, UNCHANGED
from cogs.review.draft_card import UNPLACED
from cogs.review.more_card import ADD, DROP, MOVE
from cogs.review.point_card import GROUP, PERHAPS, REFUSED, RETELL
from cogs.review.unplaced import ADDED, MADE
from cogs.review.unplaced_card import NEW_POINT, ONLY_COUNTED, UnplacedView, unplaced_card
from tests.cogs.review.sitting import Sitting, selects_named
from tests.cogs.review.test_cards import draft_of, said_by, text_of
from tests.world import words

NIGHTS = "nobody listens when we raise it with the managers"


async def nights(sitting: Sitting) -> KeyPoint:
    """A point of one person, with two that may say the same thing and one more to look at."""
    said, group = sitting.quote(0), (sitting.quote(1, Role.GROUPED), sitting.quote(2, Role.GROUPED))
    return KeyPoint(NIGHTS, (said,), 1, (*group, sitting.quote(4, Role.SUGGESTED)))


async def test_replies_in_no_point_are_counted_on_the_card_and_listed_for_the_reviewer_alone(sitting: Sitting) -> None:
    await sitting.lay_out(await nights(sitting))
    await sitting.press_on_card(UNPLACED.format(count=12))

    assert sitting.own.ephemeral
    assert "Short staffing on nights is our biggest worry" in sitting.text
    assert NIGHTS not in sitting.text
    assert len(selects_named(sitting.own.message, "review-add")) == 5
    assert UNPLACED.format(count=12) in words(sitting.card)


async def test_a_reply_is_put_on_several_points_at_once_and_leaves_the_list(sitting: Sitting) -> None:
    point = await nights(sitting)
    await sitting.lay_out(point, KeyPoint("The ward sister leads", (sitting.quote(4),), 1))
    await sitting.press_on_card(UNPLACED.format(count=11))
    await sitting.choose("review-add", 1, 2)

    points = (await sitting.draft()).summary.points
    assert [[(quote.message, quote.role) for quote in one.quotes][1:] for one in points] == [
        [(sitting.quote(1).message, Role.TICKED)]
    ] * 2
    assert ADDED.format(heading=NIGHTS, people="2 people") in sitting.text
    assert UNPLACED.format(count=10) in words(sitting.card)


async def test_a_reply_makes_a_point_of_its_own(sitting: Sitting) -> None:
    await sitting.lay_out(await nights(sitting))
    await sitting.press_on_card(UNPLACED.format(count=12))
    first = selects_named(sitting.own.message, "review-add-new")[0]
    assert first["label"] == NEW_POINT
    await sitting.person.click(sitting.own.message, custom_id=first["custom_id"])

    made = (await sitting.draft()).summary.points[-1]
    assert [quote.message for quote in made.quotes] == [sitting.quote(1).message]
    assert MADE.format(heading=made.statement) in sitting.text


async def test_a_reply_whose_point_another_dropped_stays_listed_and_it_is_said(sitting: Sitting) -> None:
    await sitting.lay_out(await nights(sitting))
    await sitting.press_on_card(UNPLACED.format(count=12))
    other = Sitting(sitting.discussion, sitting.world.manager)
    await other.open(1)
    await other.press(DROP)
    await other.press(DROP)
    await sitting.choose("review-add", 1)

    assert UNCHANGED.format(error=NO_POINT) in sitting.text
    assert "Short staffing on nights is our biggest worry" in sitting.text


async def test_who_said_no_to_quotes_is_listed_without_words_and_counted(sitting: Sitting) -> None:
    await sitting.world.store.people.choose(sitting.world.guild.id, sitting.world.staff[1].id, quotes=False)
    await sitting.lay_out(replace(await nights(sitting), possible=()))
    await sitting.press_on_card(UNPLACED.format(count=12))
    assert "Short staffing on nights is our biggest worry" not in sitting.text
    assert REFUSED in sitting.text
    await sitting.choose("review-add", 1)

    draft = await sitting.draft()
    assert (draft.summary.points[0].people, draft.summary.points[0].quotes[1].text) == (2, "")
    assert sitting.discussion.messages[1].content not in f"{draft.summary.points}"
    await sitting.check(1)
    await sitting.publish()
    assert "Short staffing on nights is our biggest worry" not in words(sitting.published)


def test_private_replies_that_may_only_be_counted_are_not_listed() -> None:
    points = (replace(said_by("1"), ref="1"),)
    draft = draft_of(Summary("1", "", points, (), Coverage(4, 4, 1)))
    draft = replace(draft, held={"1": "a", "2": "b", "pa": "pa", "pb": "pb"})

    text = text_of(unplaced_card(UnplacedView(draft, DraftWords({"2": "Parking."}, {"pa": "They told me so."}))))

    assert "“Parking.”" in text
    assert f"“They told me so.” ({RETELL})" in text
    assert ONLY_COUNTED.format(replies="1 private reply may") in text


async def test_a_draft_group_is_ticked_with_one_press_and_only_who_was_ticked_counts(sitting: Sitting) -> None:
    await sitting.lay_out(await nights(sitting))
    await sitting.open(1)
    assert GROUP.format(count=3) in sitting.text
    assert PERHAPS in sitting.text
    await sitting.choose("review-too", 2)

    (point,) = (await sitting.draft()).summary.points
    assert [(quote.message, quote.role) for quote in point.quotes] == [
        (sitting.quote(0).message, Role.WROTE),
        (sitting.quote(1).message, Role.TICKED),
    ]
    assert point.review is not None
    assert point.review.confirmed == point.review.unnamed == (sitting.quote(1).message,)
    assert GROUP.format(count=3) in sitting.text


async def test_replies_are_added_to_a_point_from_its_own_card(sitting: Sitting) -> None:
    await sitting.lay_out(await nights(sitting))
    await sitting.open(1)
    form = await sitting.press(ADD)
    (field,) = [part["component"] for part in form.modal["components"]]
    values = [field["options"][0]["value"], field["options"][1]["value"]]
    await sitting.person.submit_modal(form, {"who": values})

    assert (await sitting.draft()).summary.points[0].people == 3


async def test_a_reply_that_says_two_things_is_kept_where_it_was_when_it_is_moved(sitting: Sitting) -> None:
    await sitting.lay_out(await nights(sitting), KeyPoint("The ward sister leads", (sitting.quote(4),), 1))
    await sitting.open(1)
    await sitting.fill(MOVE, who=[1], to=2, keep=True)

    points = {point.ref: point for point in (await sitting.draft()).summary.points}
    assert [len(points[ref].quotes) for ref in ("1", "2")] == [1, 2]
    assert points["2"].quotes[1].role is Role.TICKED
