"""Private replies after their release: five or more together, read by somebody, and then in summaries."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.models.private import Batch
from bot.models.prompts import Prompt
from bot.store import Store
from bot.store.keyed.batches import NO_REPLY
from tests.store.samples import GUILD, NOW, new_series
from tests.store.senders import prompt_in, released, send, withdraw

pytestmark = pytest.mark.usefixtures("either_home")

FAY = 77


async def seen(store: Store, prompt: Prompt, count: int) -> Batch:
    """The batch of a prompt to which so many replied, let into summaries."""
    await released(store, prompt, range(count))
    (batch,) = await store.private.waiting(GUILD)
    return await store.private.let_in(GUILD, batch.id, FAY, NOW)


async def test_an_open_prompt_is_not_released(store: Store) -> None:
    prompt = await prompt_in(store)
    await send(store, prompt, 1)

    with pytest.raises(UserError, match="This prompt is open"):
        await store.private.release(prompt, NOW)

    assert await store.private.to_release() == ()
    assert await store.private.own(prompt, 1) is not None


async def test_five_or_more_make_one_batch_however_often_they_are_released(store: Store) -> None:
    prompt = await prompt_in(store)
    for person in range(5):
        await send(store, prompt, person)
    closed = await store.prompts.close(prompt, NOW)

    assert await store.private.to_release() == (closed,)
    batch = await store.private.release(closed, NOW)
    assert await store.private.release(closed, NOW) is None
    assert await store.private.to_release() == ()

    assert batch is not None
    assert (batch.prompt_id, batch.replies, batch.seen_at) == (prompt.id, 5, None)
    assert await store.private.waiting(GUILD) == await store.private.untold() == (batch,)
    replies = await store.private.of_batch(GUILD, batch.id)
    assert {reply.text for reply in replies} == {f"Privately, from {person}." for person in range(5)}
    assert [reply.id for reply in replies] == sorted(reply.id for reply in replies)


@pytest.mark.parametrize("count", [0, 1, 4])
async def test_fewer_than_five_are_never_shown_by_themselves(store: Store, count: int) -> None:
    prompt = await released(store, await prompt_in(store), range(count))

    assert prompt.released_at == NOW
    assert await store.private.waiting(GUILD) == await store.private.untold() == ()
    assert await store.private.shown_for_prompt(prompt.id) == ()


async def test_replies_of_one_person_to_several_prompts_never_pass_for_those_of_five(store: Store) -> None:
    series = await new_series(store)
    prompts = [await prompt_in(store, number, series_id=series.id) for number in range(5)]
    for prompt in prompts:
        await released(store, prompt, [FAY])

    assert await store.private.waiting(GUILD) == await store.private.untold() == ()
    assert [await store.private.shown_for_prompt(prompt.id) for prompt in prompts] == [()] * 5
    everything = await store.private.released_words(prompts[0].id)
    assert everything == [f"Privately, from {FAY}."]


async def test_what_few_say_stays_unread_however_many_others_of_the_series_do(store: Store) -> None:
    series = await new_series(store)
    opened = [await prompt_in(store, number, series_id=series.id) for number in range(6)]
    for prompt, count in zip(opened, (2, 0, 5, 2, 1, 4), strict=True):
        await released(store, prompt, range(count))

    (batch,) = await store.private.waiting(GUILD)

    assert (batch.prompt_id, batch.replies) == (opened[2].id, 5)


async def test_summaries_read_a_batch_only_once_somebody_has(store: Store) -> None:
    prompt = await released(store, await prompt_in(store), range(5))
    (batch,) = await store.private.waiting(GUILD)
    assert await store.private.shown_for_prompt(prompt.id) == ()

    first = await store.private.let_in(GUILD, batch.id, FAY, NOW)
    again = await store.private.let_in(GUILD, batch.id, 78, NOW.replace(year=2027))

    assert first == again
    assert first.seen_at == NOW
    assert await store.private.waiting(GUILD) == ()
    assert len(await store.private.shown_for_prompt(prompt.id)) == 5


async def test_a_reply_can_be_left_out_with_the_reason_kept_and_put_back(store: Store) -> None:
    prompt = await prompt_in(store)
    batch = await seen(store, prompt, 6)
    one = (await store.private.of_batch(GUILD, batch.id))[3]

    await store.private.leave_out(GUILD, one.id, "It names a colleague.")

    assert one.id not in {reply.id for reply in await store.private.shown_for_prompt(prompt.id)}
    assert [reply.left_out for reply in await store.private.of_batch(GUILD, batch.id)] == [
        "It names a colleague." if reply.id == one.id else "" for reply in await store.private.of_batch(GUILD, batch.id)
    ]
    await store.private.put_back(GUILD, one.id)
    assert one in await store.private.shown_for_prompt(prompt.id)


async def test_what_falls_below_five_is_shown_no_more(store: Store) -> None:
    prompt = await prompt_in(store)
    code = await send(store, prompt, 90)
    batch = await seen(store, prompt, 5)
    other = next(reply for reply in await store.private.of_batch(GUILD, batch.id) if "90" not in reply.text)

    await store.private.leave_out(GUILD, other.id, "It names a ward.")
    assert len(await store.private.shown_for_prompt(prompt.id)) == 5
    await withdraw(store, GUILD, code)
    assert await store.private.shown_for_prompt(prompt.id) == ()
    assert len(await store.private.of_batch(GUILD, batch.id)) == 5

    assert (await store.private.batch(GUILD, batch.id)).replies == 5


async def test_too_few_that_are_left_are_not_read_either(store: Store) -> None:
    prompt = await prompt_in(store)
    code = await send(store, prompt, 90)
    await released(store, prompt, range(4))
    (batch,) = await store.private.waiting(GUILD)

    await withdraw(store, GUILD, code)

    assert await store.private.of_batch(GUILD, batch.id) == ()
    assert await store.private.waiting(GUILD) == await store.private.untold() == ()


async def test_replies_of_a_deleted_thread_are_held_back(store: Store) -> None:
    prompt = await prompt_in(store)
    await seen(store, prompt, 5)

    await store.prompts.note_gone(prompt, NOW)
    assert await store.private.shown_for_prompt(prompt.id) == ()

    await store.prompts.keep(prompt, "They matter.")
    assert len(await store.private.shown_for_prompt(prompt.id)) == 5


async def test_another_server_reaches_nothing_of_it(store: Store) -> None:
    batch = await seen(store, await prompt_in(store), 5)
    one, *_ = await store.private.of_batch(GUILD, batch.id)

    for attempt in (
        store.private.batch(2, batch.id),
        store.private.of_batch(2, batch.id),
        store.private.let_in(2, batch.id, FAY, NOW),
        store.private.leave_out(2, one.id, "Not theirs."),
        store.private.put_back(GUILD, "f" * 32),
    ):
        with pytest.raises(UserError, match="may have been withdrawn or erased"):
            await attempt

    assert await store.private.waiting(2) == ()


async def test_an_unreleased_reply_cannot_be_left_out(store: Store) -> None:
    prompt = await prompt_in(store)
    await send(store, prompt, 1)
    own = await store.private.own(prompt, 1)
    assert own is not None

    with pytest.raises(UserError, match=NO_REPLY):
        await store.private.leave_out(GUILD, own.id, "Too early.")


async def test_facilitators_are_told_once_and_not_of_servers_that_the_bot_left(store: Store) -> None:
    await released(store, await prompt_in(store), range(5))
    (batch,) = await store.private.untold()

    await store.settings.leave(GUILD, NOW)
    assert await store.private.untold() == ()
    await store.settings.join([GUILD])
    await store.private.note_told(batch)

    assert await store.private.untold() == ()
    assert await store.private.waiting(GUILD) == (batch,)
