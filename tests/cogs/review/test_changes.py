"""What a reviewer changes on a point's card, and what becomes of it."""

from __future__ import annotations

from bot.models.reviews import Confirm, NameNobody, Reword
from bot.models.summaries import Kind
from bot.replies.redaction.kinds import Identifier
from cogs.review.changes import NO_POINT, UNCHANGED
from cogs.review.changes_card import BY, PLAIN, describe_change
from cogs.review.draft_card import CHANGES
from cogs.review.point_card import (
    ALL_POINTS,
    CHANGE_QUOTE,
    CONFIRM_ALL,
    COUNTED,
    DROP,
    MERGE,
    MOVE,
    NAMES_NOBODY,
    NEXT_POINT,
    NOT_TICKED,
    NOTE,
    REWORD,
    TITLE,
)
from cogs.review.texts import BY_PROGRAM, CHECKED, CONFIRMED, KINDS
from cogs.review.ticks import DROPPED
from cogs.summaries.texts import IN_WORDS_OF_FACILITATOR
from tests.cogs.review.sitting import Sitting
from tests.wording import says
from tests.world import shown, words

FIRST = "Nobody listens when we raise short staffing on nights"


async def test_a_point_is_shown_with_everybodys_words_and_the_way_to_their_messages(sitting: Sitting) -> None:
    await sitting.open(1)

    assert sitting.own.ephemeral
    assert TITLE.format(number=1, count=6) in sitting.text
    assert f"{KINDS[Kind.EXPERIENCE]}: 3 {BY_PROGRAM}." in sitting.text
    assert sitting.text.count("https://discord.com/channels/") == 3
    assert NOT_TICKED in sitting.text


async def test_a_reworded_heading_is_the_facilitators_and_never_a_quote(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.fill(REWORD, words="Nights lack staff")

    for text in (sitting.text, words(sitting.card)):
        assert IN_WORDS_OF_FACILITATOR.format(heading="Nights lack staff") in text
        assert "“Nights lack staff" not in text
    await sitting.fill(REWORD, words="")
    assert f"“{FIRST}" in words(sitting.card)
    assert not says(words(sitting.card), IN_WORDS_OF_FACILITATOR)


async def test_two_points_are_made_one_and_their_people_join(sitting: Sitting) -> None:
    await sitting.open(2)
    await sitting.fill(MERGE, to=3)

    draft = await sitting.draft()
    assert len(draft.summary.points) == 5
    merged = next(point for point in draft.summary.points if "ward sister" in point.statement)
    assert merged.people == len({draft.held[quote.message] for quote in merged.quotes})
    assert merged.people > 2


async def test_a_supporter_is_moved_to_another_point(sitting: Sitting) -> None:
    before = (await sitting.draft()).summary.points
    await sitting.open(1)
    await sitting.fill(MOVE, who=[3], to=4)

    points = {point.ref: point for point in (await sitting.draft()).summary.points}
    assert points[before[0].ref].people == 2
    assert before[0].quotes[2].message in [quote.message for quote in points[before[3].ref].quotes]


async def test_a_supporter_is_moved_to_a_new_point_of_their_own(sitting: Sitting) -> None:
    before = (await sitting.draft()).summary.points
    await sitting.open(1)
    await sitting.fill(MOVE, who=[3], to="A new point")

    points = (await sitting.draft()).summary.points
    (new,) = [point for point in points if point.ref not in {one.ref for one in before}]
    assert [quote.message for quote in new.quotes] == [before[0].quotes[2].message]
    assert new.people == 1


async def test_a_supporter_is_moved_out_of_all_points(sitting: Sitting) -> None:
    moved = (await sitting.draft()).summary.points[0].quotes[2].message
    await sitting.open(1)
    await sitting.fill(MOVE, who=[3], to="Out of all points")

    points = (await sitting.draft()).summary.points
    assert moved not in [quote.message for point in points for quote in point.quotes]
    assert f"2 {BY_PROGRAM}" in words(sitting.card)


async def test_a_quote_is_dropped_and_its_person_still_counts(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.tick("review-show", 1, 2)

    (point, *_) = (await sitting.draft()).summary.points
    assert point.people == 3
    assert point.review is not None
    assert point.review.unquoted == (point.quotes[2].message,)
    assert COUNTED in sitting.text


async def test_a_quote_is_changed_to_other_words_of_the_same_reply(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.fill(CHANGE_QUOTE, who=2, words="nobody listens when we raise it")

    (point, *_) = (await sitting.draft()).summary.points
    assert "nobody listens when we raise it" in [quote.text for quote in point.quotes]


async def test_words_that_stand_in_no_reply_are_refused_and_given_back(sitting: Sitting) -> None:
    before = (await sitting.draft()).summary
    await sitting.open(1)
    answer = await sitting.fill(CHANGE_QUOTE, who=2, words="Everybody is happy here")

    assert says(sitting.text, UNCHANGED)
    assert "Everybody is happy here" in words(answer.followups[-1].message)
    assert (await sitting.draft()).summary == before
    assert (await sitting.draft()).changes == 0


async def test_quotes_are_ticked_as_naming_nobody_and_unticked(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.tick("review-nobody", 1, 3)
    assert sitting.text.count(f", {NAMES_NOBODY}") == 2
    await sitting.tick("review-nobody", 3)

    (point, *_) = (await sitting.draft()).summary.points
    assert point.review is not None
    assert point.review.unnamed == (point.quotes[2].message,)


async def test_everybody_shown_is_confirmed_and_ticked_with_two_buttons(sitting: Sitting) -> None:
    await sitting.check(1)

    (point, *_) = (await sitting.draft()).summary.points
    assert point.review is not None
    assert set(point.review.confirmed) == set(point.review.unnamed) == {quote.message for quote in point.quotes}
    assert f"{KINDS[Kind.EXPERIENCE]}: 3 {CONFIRMED}." in sitting.text
    assert f"{KINDS[Kind.EXPERIENCE]}: 3 {CONFIRMED}." in words(sitting.card)


async def test_a_reviewer_goes_from_point_to_point_without_looking_for_the_next(sitting: Sitting) -> None:
    await sitting.open(1)
    for number in range(2, 7):
        await sitting.press(CONFIRM_ALL)
        await sitting.press(NEXT_POINT)
        assert TITLE.format(number=number, count=6) in sitting.text
    await sitting.press(CONFIRM_ALL)
    await sitting.press(ALL_POINTS)

    assert CHECKED in sitting.text
    assert CHECKED in words(sitting.card)


async def test_a_points_kind_is_set(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.set_kind("concern")

    assert (await sitting.draft()).summary.points[0].kind is Kind.CONCERN
    assert f"{KINDS[Kind.CONCERN]}: 3 {BY_PROGRAM}." in words(sitting.card)


async def test_a_note_is_added_and_taken_away(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.fill(NOTE, words="The board heard of *this* in May.")
    assert "Note: The board heard of \\*this\\* in May." in words(sitting.card)
    await sitting.fill(NOTE, words="Ask jane@nhs.net.")
    await sitting.fill(REWORD, words="Mrs Jones, DOB 12/03/1961, fell")
    assert Identifier.EMAIL_ADDRESS.mark.strip("[]") in words(sitting.card)
    assert Identifier.DATE_OF_BIRTH.mark.strip("[]") in words(sitting.card)
    assert "jane@" not in words(sitting.card)
    assert "1961" not in words(sitting.card)
    await sitting.fill(NOTE, words="")

    assert "Note:" not in words(sitting.card)


async def test_a_point_is_dropped_after_a_question(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.press(DROP)
    assert len((await sitting.draft()).summary.points) == 6
    await sitting.press("Keep")
    assert TITLE.format(number=1, count=6) in sitting.text
    await sitting.press(DROP)
    await sitting.press(DROP)

    assert DROPPED in sitting.text
    assert FIRST not in words(sitting.card)
    assert len((await sitting.draft()).summary.points) == 5


async def test_two_reviewers_on_two_cards_do_not_overwrite_each_other(sitting: Sitting) -> None:
    other = Sitting(sitting.discussion, sitting.world.manager)
    await sitting.open(1)
    await other.open(1)
    await sitting.tick("review-confirm", 1)
    await other.tick("review-confirm", 2)
    await sitting.fill(REWORD, words="Nights lack staff")
    await other.fill(NOTE, words="See the rota.")

    (point, *_) = (await sitting.draft()).summary.points
    assert point.review is not None
    assert set(point.review.confirmed) == {quote.message for quote in point.quotes[:2]}
    assert (point.review.words, point.review.note) == ("Nights lack staff", "See the rota.")


async def test_a_reviewer_whose_point_another_dropped_is_told_so(sitting: Sitting) -> None:
    other = Sitting(sitting.discussion, sitting.world.manager)
    await sitting.open(1)
    await other.open(1)
    await other.press(DROP)
    await other.press(DROP)
    await sitting.press(CONFIRM_ALL)

    assert UNCHANGED.format(error=NO_POINT) in sitting.text


async def test_the_list_of_changes_tells_reviewers_by_number_and_never_by_name(sitting: Sitting) -> None:
    other = Sitting(sitting.discussion, sitting.world.manager)
    await sitting.check(1)
    await other.open(1)
    await other.fill(REWORD, words="Nights lack staff")
    answer = await sitting.person.click(sitting.card, label=CHANGES.format(number=3))

    text = shown(answer)
    assert BY.format(reviewer=1, change=describe_change(Confirm("", ("1", "2", "3")))) in text
    assert BY.format(reviewer=1, change=describe_change(NameNobody("", ("1", "2", "3")))) in text
    assert BY.format(reviewer=2, change=PLAIN[Reword]) in text
    for hidden in ("Fay", "Mo", str(sitting.person.id), str(other.person.id), "Nights lack staff"):
        assert hidden not in text
