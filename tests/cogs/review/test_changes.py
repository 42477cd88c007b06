"""What a reviewer changes on a point's card, and what becomes of it."""

from __future__ import annotations

from bot.models.reviews import Confirm, Reword
from bot.models.summaries import Kind, Role
from bot.replies.redaction.kinds import Identifier
from bot.summaries.review.changes import NOBODY_ELSE
from cogs.review.changes import NO_POINT, UNCHANGED
from cogs.review.changes_card import BY, PLAIN, describe_change
from cogs.review.draft_card import CHANGES, START
from cogs.review.form_routes import EMPTIED, MERGED
from cogs.review.more_card import CHANGE_QUOTE, CONFIRM, DROP, KIND, MERGE, MOVE, NOBODY, NOTE, REWORD, SHOW
from cogs.review.point_card import CONFIRM_ALL, COUNTED, MORE, NAMES_NOBODY, NEXT_POINT, TITLE
from cogs.review.texts import CHECKED, CONFIRMED, KINDS, NOT_TICKED, ROLES, TO_CHECK
from cogs.review.ticks import CHANGED_MEANWHILE, DROPPED, NOT_AS_SEEN
from cogs.review.unplaced_card import TITLE as UNPLACED_TITLE
from cogs.summaries.texts import IN_WORDS_OF_FACILITATOR
from tests.cogs.review.sitting import FIRST, Sitting
from tests.wording import says
from tests.world import shown, words

THREE = f"{KINDS[Kind.VIEW]}: 1 {ROLES[Role.WROTE]}, 2 {ROLES[Role.AGREED]}"
"""Who stands with the first point."""


async def test_a_point_is_shown_with_everybodys_words_and_the_way_to_their_messages(sitting: Sitting) -> None:
    await sitting.open(1)

    assert sitting.own.ephemeral
    assert TITLE.format(number=1, count=5) in sitting.text
    assert f"{THREE}; 3 {TO_CHECK}." in sitting.text
    assert sitting.text.count("https://discord.com/channels/") == 3
    assert NOT_TICKED not in sitting.text


async def test_a_reworded_heading_is_the_facilitators_and_never_a_quote(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.fill(REWORD, words="Nights lack staff")

    for text in (sitting.text, words(sitting.card)):
        assert IN_WORDS_OF_FACILITATOR.format(heading="Nights lack staff") in text
        assert "“Nights lack staff" not in text
    await sitting.fill(REWORD, words="")
    assert f"“{FIRST}" in words(sitting.card)
    assert not says(words(sitting.card), IN_WORDS_OF_FACILITATOR)


async def test_several_points_are_made_one_their_people_join_and_it_is_said(sitting: Sitting) -> None:
    await sitting.open(2)
    await sitting.fill(MERGE, to=[3, 4])

    draft = await sitting.draft()
    assert len(draft.summary.points) == 3
    merged = next(point for point in draft.summary.points if "ward sister" in point.statement)
    assert merged.people == len({draft.held[quote.message] for quote in merged.quotes})
    assert merged.people > 2
    assert MERGED.format(points=3, people=f"{merged.people} people") in sitting.text


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


async def test_the_only_supporter_of_a_point_is_not_moved_to_a_new_point_and_nothing_is_lost(sitting: Sitting) -> None:
    await sitting.open(4)
    await sitting.fill(REWORD, words="Train the healthcare assistants")
    await sitting.fill(NOTE, words="The board heard of this in May.")
    before = (await sitting.draft()).summary
    await sitting.fill(MOVE, who=[1], to="A new point")

    assert UNCHANGED.format(error=NOBODY_ELSE) in sitting.text
    assert "Train the healthcare assistants" in sitting.text
    assert (await sitting.draft()).summary == before


async def test_a_point_whose_people_all_go_to_another_gives_it_its_note_and_it_is_said(sitting: Sitting) -> None:
    await sitting.open(4)
    await sitting.fill(NOTE, words="The board heard of this in May.")
    await sitting.fill(MOVE, who=[1], to=5)

    assert says(sitting.text, EMPTIED)
    assert not says(sitting.text, NO_POINT)
    points = (await sitting.draft()).summary.points
    assert len(points) == 4
    assert [point.review.note for point in points if point.review] == ["The board heard of this in May."]


async def test_the_lists_of_a_point_are_named_above_them_whatever_is_chosen_in_them(sitting: Sitting) -> None:
    await sitting.check(1)
    await sitting.press(MORE)

    lines = sitting.text.splitlines()
    assert [name for name in (CONFIRM, SHOW, NOBODY, KIND) if f"**{name}**" not in lines] == []


async def test_a_supporter_is_moved_out_of_all_points(sitting: Sitting) -> None:
    moved = (await sitting.draft()).summary.points[0].quotes[2].message
    await sitting.open(1)
    await sitting.fill(MOVE, who=[3], to="Out of all points")

    points = (await sitting.draft()).summary.points
    assert moved not in [quote.message for point in points for quote in point.quotes]
    assert f"2 {TO_CHECK}" in words(sitting.card)


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


async def test_everybody_shown_is_confirmed_and_ticked_as_naming_nobody_with_one_press(sitting: Sitting) -> None:
    await sitting.check(1)

    draft = await sitting.draft()
    (point, *_) = draft.summary.points
    assert draft.changes == 1
    assert point.review is not None
    assert set(point.review.confirmed) == set(point.review.unnamed) == {quote.message for quote in point.quotes}
    assert f"{THREE}; 3 {CONFIRMED}." in sitting.text
    assert f"{THREE}; 3 {CONFIRMED}." in words(sitting.card)


async def test_a_confirmed_point_makes_way_for_the_next_that_waits_and_a_skipped_one_comes_back(
    sitting: Sitting,
) -> None:
    await sitting.press_on_card(START)
    await sitting.press(NEXT_POINT)
    for number in (3, 4, 5, 1):
        await sitting.press(CONFIRM_ALL)
        assert TITLE.format(number=number, count=5) in sitting.text
    await sitting.press(CONFIRM_ALL)

    assert UNPLACED_TITLE in sitting.text
    assert CHECKED in words(sitting.card)


async def test_what_another_reviewer_added_or_changed_meanwhile_is_not_confirmed_unseen(sitting: Sitting) -> None:
    other = Sitting(sitting.discussion, sitting.world.manager)
    await sitting.open(1)
    await other.open(1)
    await other.fill(MERGE, to=[2])
    await other.fill(CHANGE_QUOTE, who=2, words="nobody listens when we raise it")
    seen = {quote.message for quote in (await sitting.draft()).summary.points[0].quotes[:3:2]}
    await sitting.press(CONFIRM_ALL)

    (point, *_) = (await sitting.draft()).summary.points
    assert point.review is not None
    assert set(point.review.confirmed) == set(point.review.unnamed) == seen
    assert CHANGED_MEANWHILE in sitting.text
    await sitting.press(CONFIRM_ALL)
    (point, *_) = (await sitting.draft()).summary.points
    assert point.review is not None
    assert len(point.review.confirmed) == len(point.quotes) > 3


async def test_nobody_is_confirmed_under_a_heading_that_the_reviewer_did_not_see(sitting: Sitting) -> None:
    other = Sitting(sitting.discussion, sitting.world.manager)
    await sitting.open(1)
    await other.open(1)
    await other.fill(REWORD, words="Managers never answer")
    await sitting.press(CONFIRM_ALL)

    (point, *_) = (await sitting.draft()).summary.points
    assert point.review is not None
    assert point.review.confirmed == ()
    assert UNCHANGED.format(error=NOT_AS_SEEN) in sitting.text
    assert "Managers never answer" in sitting.text


async def test_whom_another_reviewer_took_out_meanwhile_is_not_confirmed(sitting: Sitting) -> None:
    other = Sitting(sitting.discussion, sitting.world.manager)
    await sitting.open(1)
    await other.open(1)
    await other.fill(MOVE, who=[2, 3], to="Out of all points")
    await sitting.press(CONFIRM_ALL)

    reviews = [point.review for point in (await sitting.draft()).summary.points if point.review is not None]
    confirmed = [message for review in reviews for message in review.confirmed]
    assert len(confirmed) == 1


async def test_a_points_kind_is_set(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.set_kind("concern")

    assert (await sitting.draft()).summary.points[0].kind is Kind.CONCERN
    assert f"{THREE.replace(KINDS[Kind.VIEW], KINDS[Kind.CONCERN])}; 3 {TO_CHECK}." in words(sitting.card)


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
    assert FIRST in sitting.text
    assert len((await sitting.draft()).summary.points) == 5
    await sitting.press("Keep")
    assert TITLE.format(number=1, count=5) in sitting.text
    await sitting.press(DROP)
    await sitting.press(DROP)

    assert DROPPED in sitting.text
    assert FIRST not in words(sitting.card)
    assert len((await sitting.draft()).summary.points) == 4


async def test_two_reviewers_on_two_cards_do_not_overwrite_each_other(sitting: Sitting) -> None:
    other = Sitting(sitting.discussion, sitting.world.manager)
    await sitting.open(1)
    await other.open(1)
    await sitting.press(MORE)
    await other.press(MORE)
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
    answer = await sitting.person.click(sitting.card, label=CHANGES.format(number=2))

    text = shown(answer)
    assert BY.format(reviewer=1, change=describe_change(Confirm("", ("1", "2", "3")))) in text
    assert BY.format(reviewer=2, change=PLAIN[Reword]) in text
    for hidden in ("Fay", "Mo", str(sitting.person.id), str(other.person.id), "Nights lack staff"):
        assert hidden not in text
