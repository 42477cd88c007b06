"""Open drafts stay true to the replies that are held."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.models.prompts import Prompt
from bot.models.replies import Edit
from bot.models.reviews import Confirm
from bot.services.summaries.generation import Findings, summarise_prompt
from bot.store import Store
from bot.worker import Worker
from cogs.review.changes import UNCHANGED
from cogs.review.point_card import CONFIRM_ALL
from cogs.review.publish_card import PUBLISH_ALL
from cogs.review.texts import CONFIRMED, PUBLISH
from cogs.review.ticks import NOT_AS_SEEN
from tests.cogs.review.sitting import FIRST, Sitting
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
    assert f"2 {CONFIRMED}" in words(sitting.card)


async def test_an_erased_reply_is_not_published_from_a_question_asked_before(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    message = first_of(sitting)
    await sitting.discussion.take_back(message)
    await sitting.person.click(asked.response.message, label=PUBLISH_ALL)

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


async def test_a_reviewer_looks_again_where_the_heading_that_they_saw_is_gone(
    sitting: Sitting,
) -> None:
    await sitting.open(1)
    message = first_of(sitting)
    await sitting.discussion.take_back(message)
    answer = await sitting.press(CONFIRM_ALL)

    assert message.content[:40] not in shown(answer)
    assert UNCHANGED.format(error=NOT_AS_SEEN) in sitting.text
    await sitting.press(CONFIRM_ALL)
    assert f"1 {CONFIRMED}" in words(sitting.card)


async def test_what_a_reviewer_confirmed_stays_when_another_reply_is_left_out(sitting: Sitting) -> None:
    await sitting.check(1)
    before = (await sitting.draft()).summary.points[0]
    await leave_out(sitting, "Car parking")

    draft = await sitting.draft()
    assert before.review is not None
    assert len(before.review.confirmed) == 3
    assert draft.summary.points[0] == before
    assert f"3 {CONFIRMED}" in words(sitting.card)


async def test_a_draft_that_nobody_changed_reads_again_what_was_put_back(sitting: Sitting) -> None:
    await leave_out(sitting, "Car parking")
    without = await sitting.draft()
    await leave_out(sitting, "Car parking", back=True)

    assert (len(without.held), without.summary.coverage.read) == (12, 11)
    assert ((await sitting.draft()).summary.coverage.read, (await sitting.draft()).changes) == (12, 0)


async def test_what_a_reviewer_confirms_while_the_draft_is_made_again_stays(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = await sitting.draft()
    point = draft.summary.points[0]
    confirmation = Confirm(point.ref, tuple(quote.message for quote in point.quotes))

    async def confirmed_meanwhile(store: Store, worker: Worker, prompt: Prompt, *given: Any, **more: Any) -> Findings:
        findings = await summarise_prompt(store, worker, prompt, *given, **more)
        await store.drafts.change(draft, sitting.person.id, confirmation, sitting.world.env.now())
        return findings

    # Not in the module imported here: a bot that was restarted in another test has loaded it again.
    desk: Any = next(cog._desk for cog in sitting.world.bot.cogs.values() if hasattr(cog, "_desk"))
    monkeypatch.setitem(desk.renew.__globals__, "summarise_prompt", confirmed_meanwhile)
    await leave_out(sitting, "Car parking")

    review = (await sitting.draft()).summary.points[0].review
    assert review is not None
    assert len(review.confirmed) == 3


async def leave_out(sitting: Sitting, start: str, *, back: bool = False) -> None:
    """A facilitator leaves the reply that begins so out of summaries, or puts it back."""
    world, prompt_id = sitting.world, sitting.discussion.prompt.id
    reply = next(one for one in await world.store.replies.of_prompt(prompt_id) if one.text.startswith(start))
    record = world.store.exclusions.include if back else world.store.exclusions.exclude
    await record(
        world.guild.id, reply.id, user_id=sitting.person.id, reason="It names a colleague.", now=world.env.now()
    )
    with world.env._bot_scope():  # so that settling waits for what comes of it
        world.bot.dispatch("replies_excluded", prompt_id)
    await world.env.settle()


def first_of(sitting: Sitting) -> discord.Message:
    """The reply whose words head the first point."""
    return next(one for one in sitting.discussion.messages if one.content.startswith(FIRST))
