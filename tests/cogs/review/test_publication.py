"""A draft becomes the summary that staff see, once, and says what was checked and changed."""

from __future__ import annotations

import pytest

from bot.discord_errors import FORBIDDEN
from bot.models.reviews import DraftState
from bot.services.outcomes import list_published_points
from bot.store.drafts import ConflictError
from bot.summaries.output.counts import CHECKED as ALL_CHECKED
from bot.summaries.output.counts import STANDINGS
from bot.summaries.review.publication import CHECKED, NOT_CHECKED
from cogs.review.draft_card import ENDED, START
from cogs.review.more_card import REWORD
from cogs.review.point_card import CONFIRM_ALL
from cogs.review.publication import CHANGED
from cogs.review.publish_card import PUBLISH_ALL, PUBLISH_POINTS, WILL_SAY
from cogs.review.texts import PUBLISH
from cogs.summaries.card import OBJECTION
from cogs.summaries.texts import IN_WORDS_OF_FACILITATOR
from tests.cogs.review.sitting import FIRST, THREE_OF_NINE, Sitting
from tests.cogs.summaries.discussion import read_shared
from tests.world import shown, words

THREE = "3 people: 1 wrote it, 2 said “same here”"
"""Who stands with the first point, as staff read it."""


async def test_a_published_summary_stands_in_the_thread_and_says_what_was_changed(sitting: Sitting) -> None:
    draft = await sitting.draft()
    await sitting.check(1)
    await sitting.fill(REWORD, words="Nights lack staff")
    answer = await sitting.publish()

    text = words(sitting.published)
    assert sitting.published.jump_url in shown(answer)
    assert IN_WORDS_OF_FACILITATOR.format(heading="Nights lack staff") in text
    assert f"{THREE}. {ALL_CHECKED}" in text
    assert f" · {STANDINGS[1]}" in text
    everything = await read_shared(sitting.person, sitting.published)
    assert f"{THREE_OF_NINE} 1 heading reworded." in everything
    assert OBJECTION in text
    assert ENDED[DraftState.PUBLISHED] in words(sitting.card)
    assert (await sitting.world.store.drafts.get(draft.guild_id, draft.id)).state is DraftState.PUBLISHED


async def test_a_summary_in_which_nobody_was_confirmed_says_that_no_person_checked_it(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert WILL_SAY.format(checking=NOT_CHECKED) in shown(asked)
    await sitting.open(1)
    await sitting.fill(REWORD, words="Nights lack staff")
    await sitting.publish()

    everything = await read_shared(sitting.person, sitting.published)
    assert f"{NOT_CHECKED} 1 heading reworded." in everything


async def test_a_summary_that_was_only_confirmed_says_so_and_names_no_changes(sitting: Sitting) -> None:
    await sitting.press_on_card(START)
    for _ in range(5):
        await sitting.press(CONFIRM_ALL)
    await sitting.publish()

    text = await read_shared(sitting.person, sitting.published)
    assert CHECKED in text
    assert not any(word in text for word in ("change", "reworded", "merged"))


async def test_quotes_that_nobody_ticked_as_naming_nobody_are_counted_and_not_shown(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.fill(REWORD, words="Nights lack staff")
    await sitting.tick("review-nobody", 2)
    (point, *_) = (await sitting.draft()).summary.points
    await sitting.publish()

    text = await read_shared(sitting.person, sitting.published)
    assert point.quotes[1].text[:40] in text
    assert point.quotes[0].text[:40] not in text
    assert f"{THREE}." in text


async def test_the_words_beside_the_points_are_shown_only_where_a_person_says_so(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert "Who decides which training is paid for" in shown(asked)
    await sitting.publish(PUBLISH_POINTS)

    assert (await sitting.record()).summary.questions == ()


async def test_all_is_published_with_the_questions_that_staff_asked(sitting: Sitting) -> None:
    await sitting.publish(PUBLISH_ALL)

    assert len((await sitting.record()).summary.questions) == 2


async def test_a_draft_that_changed_since_publish_was_pressed_is_shown_once_more(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    other = Sitting(sitting.discussion, sitting.world.manager)
    await other.open(1)
    await other.fill(REWORD, words="Nights lack staff")
    before = len(sitting.discussion.thread.history())
    answer = await sitting.person.click(asked.response.message, label=PUBLISH_ALL)

    assert CHANGED in shown(answer)
    assert len(sitting.discussion.thread.history()) == before


async def test_a_draft_is_published_once_though_two_press_the_button(sitting: Sitting) -> None:
    other = sitting.world.manager
    mine = await sitting.person.click(sitting.card, label=PUBLISH)
    theirs = await other.click(sitting.card, label=PUBLISH)
    await sitting.person.click(mine.response.message, label=PUBLISH_ALL)
    answer = await other.click(theirs.response.message, label=PUBLISH_ALL)

    assert ENDED[DraftState.PUBLISHED] in shown(answer)
    assert len(await sitting.world.store.summaries.shared(sitting.discussion.prompt.id)) == 1


async def test_a_draft_that_cannot_be_posted_stays_open(sitting: Sitting) -> None:
    thread = sitting.discussion.thread
    sitting.world.env.inject_error("POST", f"/channels/{thread.id}/messages", status=403, code=50013)
    answer = await sitting.publish()

    assert FORBIDDEN in shown(answer)
    assert (await sitting.draft()).state is DraftState.OPEN


async def test_a_published_draft_can_be_changed_no_more(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.publish()
    await sitting.press(CONFIRM_ALL)

    assert ENDED[DraftState.PUBLISHED] in sitting.text


STOP = """CREATE TRIGGER stop BEFORE UPDATE OF state ON drafts WHEN NEW.state = 'published'
BEGIN SELECT RAISE(ABORT, 'the process died here'); END"""


async def test_a_summary_that_was_posted_before_a_crash_is_not_posted_twice(sitting: Sitting) -> None:
    await sitting.world.change_database(STOP)
    await sitting.publish()
    before = len(sitting.discussion.thread.history())
    await sitting.world.change_database("DROP TRIGGER stop")
    sitting.world.env.errors.clear()

    answer = await sitting.publish()

    assert sitting.published.jump_url in shown(answer)
    assert len(sitting.discussion.thread.history()) == before
    assert await sitting.world.store.drafts.of_prompt(sitting.discussion.prompt.id) is None


async def test_a_repair_does_not_undo_a_change_made_meanwhile(sitting: Sitting) -> None:
    drafts = sitting.world.store.drafts
    read = await sitting.draft()
    await sitting.check(1)

    with pytest.raises(ConflictError):
        await drafts.replace(read, read.summary, read.held)

    assert (await sitting.draft()).summary.points[0].review is not None


async def test_a_published_point_keeps_the_name_that_it_had_in_the_draft(sitting: Sitting) -> None:
    refs = [point.ref for point in (await sitting.draft()).summary.points]
    await sitting.check(1)
    await sitting.publish()

    found = await list_published_points(sitting.world.store, sitting.discussion.prompt)
    assert [one.ref.ref for one in found] == refs
    assert found[0].point.statement.startswith(FIRST)


async def test_a_summary_that_nobody_checked_has_no_published_points(sitting: Sitting) -> None:
    await sitting.publish()

    assert await list_published_points(sitting.world.store, sitting.discussion.prompt) == ()
