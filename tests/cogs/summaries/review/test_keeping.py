"""Open drafts stay true to the replies that are held."""

from __future__ import annotations

import discord

from bot.models.replies import Edit
from tests.cogs.summaries.review.sitting import Sitting
from tests.world import shown, words


async def test_an_erased_reply_leaves_the_open_draft_and_its_card(sitting: Sitting) -> None:
    await sitting.check(1)
    message = first_of(sitting)
    await sitting.discussion.take_back(message)

    draft = await sitting.draft()
    (point, *_) = draft.summary.points
    assert str(message.id) not in draft.held
    assert message.content[:40] not in f"{draft.summary}"
    assert message.content[:40] not in words(sitting.card)
    assert point.people == 2
    assert point.review is not None
    assert len(point.review.confirmed) == 2
    assert "2 confirmed" in words(sitting.card)


async def test_an_erased_reply_is_not_published_from_a_question_asked_before(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label="Publish")
    message = first_of(sitting)
    await sitting.discussion.take_back(message)
    await sitting.person.click(asked.response.message, label="Publish all")

    assert message.content[:40] not in words(sitting.published)


async def test_words_that_their_author_changed_leave_the_draft_when_it_is_published(sitting: Sitting) -> None:
    await sitting.check(1)
    message = first_of(sitting)
    await sitting.world.env.advance_time(60)
    await sitting.world.store.replies.apply([Edit(message.id, "I have thought again.", sitting.world.env.now())])
    await sitting.publish()

    assert message.content[:40] not in words(sitting.published)


async def test_words_that_their_author_changed_leave_the_open_draft_and_its_card_at_once(sitting: Sitting) -> None:
    message = first_of(sitting)
    await sitting.world.env.advance_time(60)
    await sitting.world.store.replies.apply([Edit(message.id, "I have thought again.", sitting.world.env.now())])
    await sitting.discussion.tell_of_erasure()

    assert message.content[:40] not in words(sitting.card)


async def test_a_start_takes_out_of_a_draft_what_was_erased_meanwhile(sitting: Sitting) -> None:
    message = first_of(sitting)
    replies = await sitting.world.store.replies.of_prompt(sitting.discussion.prompt.id)
    await sitting.world.store.replies.withdraw(next(reply for reply in replies if reply.id == message.id))
    await sitting.world.restart()

    assert message.content[:40] not in words(sitting.card)
    assert str(message.id) not in (await sitting.draft()).held


async def test_a_reviewer_who_confirms_somebody_who_left_meanwhile_confirms_the_others(sitting: Sitting) -> None:
    await sitting.open(1)
    message = first_of(sitting)
    await sitting.discussion.take_back(message)
    answer = await sitting.press("Confirm all shown")

    assert message.content[:40] not in shown(answer)
    assert "2 confirmed" in sitting.text


def first_of(sitting: Sitting) -> discord.Message:
    """The reply whose words head the first point."""
    return next(one for one in sitting.discussion.messages if one.content.startswith("Nobody listens"))
