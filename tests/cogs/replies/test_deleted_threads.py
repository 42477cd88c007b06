"""Threads, channels and cards that are deleted."""

from __future__ import annotations

from cogs.replies.deleted_threads import CARD_DELETED, ERASED, HELD_BACK, KEEP
from tests.cogs.replies.talk import Talk, listen, talk_in
from tests.wording import says

DAY = 24 * 60 * 60


async def test_a_deleted_thread_is_told_with_the_day_of_erasing_and_how_to_keep(talk: Talk) -> None:
    await talk.say("Hold me back")
    await talk.replies()
    talk.world.env.backend.delete_channel(talk.thread.id)

    assert await talk.texts() == ["Hold me back"]
    assert (await talk.stored_prompt()).gone_at is not None
    assert HELD_BACK.format(replies="1 reply", date="31 January 2026") in talk.told()
    assert KEEP in talk.told()


async def test_its_replies_are_erased_after_30_days(talk: Talk) -> None:
    told = listen(talk)
    await talk.say("Hold me back")
    await talk.replies()
    talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.settle()
    await talk.world.leap(29 * DAY)
    assert await talk.texts() == ["Hold me back"]
    await talk.world.leap(2 * DAY)

    assert await talk.texts() == []
    assert told == [talk.prompt.id]
    assert says(talk.told(), ERASED, replies="1 reply")


async def test_replies_that_are_kept_stay(talk: Talk) -> None:
    await talk.say("Keep me")
    await talk.replies()
    talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.settle()
    await talk.world.store.prompts.keep(await talk.stored_prompt(), "The board has asked for them.")
    await talk.world.leap(40 * DAY)

    assert await talk.texts() == ["Keep me"]


async def test_a_deleted_channel_takes_all_its_prompts_and_tells_each_once(talk: Talk) -> None:
    other = await talk_in(talk.world, talk.place, question="And what next?")
    await talk.say("One")
    talk.world.env.backend.delete_channel(talk.place.id)
    await talk.settle()

    assert (await talk.stored_prompt()).gone_at is not None
    assert (await other.stored_prompt()).gone_at is not None
    assert talk.told().count("was deleted") == 2


async def test_a_thread_that_was_deleted_meanwhile_is_found_out_at_the_start(talk: Talk) -> None:
    await talk.say("Hold me back")
    await talk.replies()
    with talk.away():
        talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.restart()
    await talk.restart()

    assert await talk.texts() == ["Hold me back"]
    assert (await talk.stored_prompt()).gone_at is not None
    assert talk.told().count("was deleted") == 1


async def test_a_thread_noted_as_gone_that_can_be_read_is_taken_back(talk: Talk) -> None:
    await talk.say("Here I am")
    await talk.replies()
    await talk.world.store.prompts.note_gone(talk.prompt, talk.world.env.now())
    await talk.restart()

    assert (await talk.stored_prompt()).gone_at is None


async def test_a_deleted_card_is_told_and_its_thread_goes_on(talk: Talk) -> None:
    talk.world.env.backend.delete_message(talk.place.id, talk.prompt.message_id)
    await talk.settle()
    await talk.say("Still collected")

    assert await talk.texts() == ["Still collected"]
    assert says(talk.told(), CARD_DELETED, question="“Where do you see leadership?”")


async def test_the_line_above_a_thread_may_go_without_a_word(talk: Talk) -> None:
    line = next(message for message in talk.place.history() if message.id == talk.prompt.notice_id)
    talk.world.env.backend.delete_message(talk.place.id, line.id)
    await talk.settle()

    assert talk.told() == ""


async def test_other_threads_may_go_without_a_word(talk: Talk) -> None:
    other = talk.world.env.backend.create_thread(talk.place.id, "Lunch", talk.world.staff[0].id)
    talk.world.env.backend.delete_channel(other.id)
    await talk.settle()

    assert talk.told() == ""
