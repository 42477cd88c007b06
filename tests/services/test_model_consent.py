"""What may be sent to a language model: only after a card said so, never of people who said no, and not too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.models.model_endpoint import ModelEndpoint
from bot.models.private import Quoting
from bot.models.prompts import NewPrompt, Prompt
from bot.services.model_consent import add_model_notice, choose_model, find_sendable, keep_from_model
from bot.services.replies.private_replies import release_private_replies
from bot.services.replies.readable_replies import load_readable
from bot.store import Store
from tests.store.samples import CHANNEL, GUILD, NOW, WORDING, arrival
from tests.store.senders import DAY

HERE = ModelEndpoint("http://127.0.0.1:8080/v1", "small")
ANNA, BEN = 41, 42
CLOSES = NOW + timedelta(days=14)
LATER = CLOSES + timedelta(days=1)


async def posted(store: Store, endpoint: ModelEndpoint | None = HERE, number: int = 1) -> Prompt:
    """A prompt that was posted with what its server has switched on at that moment."""
    await store.settings.join([GUILD])
    new = await add_model_notice(store, NewPrompt(GUILD, CHANNEL, WORDING, CLOSES, None), endpoint, "Riverside")
    claimed = await store.prompts.claim(new, NOW)
    assert claimed is not None
    return await store.prompts.confirm(claimed, message_id=700 + number, thread_id=700 + number, now=NOW)


async def switch(store: Store, *, on: bool = True, private: bool = False) -> None:
    await store.settings.change(GUILD, language_model=on, language_model_private=private)


async def sendable(store: Store, prompt: Prompt, endpoint: ModelEndpoint = HERE) -> frozenset[str]:
    return await find_sendable(store, prompt, await load_readable(store, prompt.id, GUILD), endpoint.host)


async def send_privately(store: Store, prompt: Prompt, *people: int) -> None:
    for person in people:
        await store.private.add(
            prompt, person, text=f"Said by {person}.", quoting=Quoting.YES, group="", manages=False, today=DAY
        )


async def close(store: Store, prompt: Prompt) -> None:
    """Close a prompt, release its private replies, and let a facilitator read them."""
    await store.prompts.close(prompt, CLOSES)
    assert await release_private_replies(store, LATER)
    for batch in await store.private.waiting(GUILD):
        await store.private.let_in(GUILD, batch.id, 99, LATER)


async def test_replies_go_out_only_from_prompts_that_were_posted_after_it_was_switched_on(store: Store) -> None:
    before = await posted(store)
    await switch(store)
    after = await posted(store, number=2)
    await store.replies.apply([arrival(before, 801, ANNA), arrival(after, 802, BEN)])

    assert await sendable(store, before) == frozenset()
    assert await sendable(store, after) == {"802"}
    assert (after.wording.model_host, after.wording.model_run_by) == ("127.0.0.1", "Riverside")


async def test_nothing_goes_out_once_the_server_switched_it_off(store: Store) -> None:
    await switch(store)
    prompt = await posted(store)
    await store.replies.apply([arrival(prompt, 801, ANNA)])
    await switch(store, on=False)

    assert await sendable(store, prompt) == frozenset()


async def test_a_server_that_did_not_switch_it_on_posts_cards_without_the_notice(store: Store) -> None:
    prompt = await posted(store)

    assert prompt.wording == WORDING
    assert (await posted(store, None, 2)).wording == WORDING


async def test_nothing_goes_to_another_host_than_the_card_named(store: Store) -> None:
    await switch(store)
    prompt = await posted(store)
    await store.replies.apply([arrival(prompt, 801, ANNA)])

    elsewhere = ModelEndpoint("https://models.example.org/v1", "large", approved_host="models.example.org")
    assert await sendable(store, prompt, elsewhere) == frozenset()
    assert await find_sendable(store, prompt, await load_readable(store, prompt.id, GUILD), "") == frozenset()


async def test_a_person_who_says_no_keeps_back_what_they_wrote_before_and_write_after(store: Store) -> None:
    await switch(store)
    prompt = await posted(store)
    await store.replies.apply([arrival(prompt, 801, ANNA), arrival(prompt, 802, BEN)])
    await store.people.choose(GUILD, ANNA, modelled=False)
    await store.replies.apply([arrival(prompt, 803, ANNA), arrival(prompt, 804, BEN)])

    assert await sendable(store, prompt) == {"802", "804"}


async def test_a_no_is_kept_when_a_person_erases_everything(store: Store) -> None:
    await switch(store)
    prompt = await posted(store)
    await store.people.choose(GUILD, ANNA, modelled=False)
    await store.personal.erase_all(GUILD, ANNA)
    await store.replies.apply([arrival(prompt, 801, ANNA)])

    assert not (await store.people.of(GUILD, ANNA)).modelled
    assert await sendable(store, prompt) == frozenset()


async def test_what_a_person_wrote_does_not_go_out_once_they_stopped_collecting(store: Store) -> None:
    await switch(store)
    prompt = await posted(store)
    await store.replies.apply([arrival(prompt, 801, ANNA), arrival(prompt, 802, BEN)])
    await store.people.stop(GUILD, ANNA, NOW + timedelta(days=1))

    assert await sendable(store, prompt) == {"802"}


async def test_private_replies_go_out_only_with_the_second_switch_and_after_their_release(store: Store) -> None:
    await switch(store)
    without = await posted(store)
    await switch(store, private=True)
    with_notice = await posted(store, number=2)
    for prompt in (without, with_notice):
        await send_privately(store, prompt, *range(50, 56))
        assert await sendable(store, prompt) == frozenset()
        await close(store, prompt)

    assert await sendable(store, without) == frozenset()
    assert len(await sendable(store, with_notice)) == 6

    await switch(store, private=False)
    assert await sendable(store, with_notice) == frozenset()


async def test_a_private_reply_of_a_person_who_said_no_before_or_after_never_goes_out(store: Store) -> None:
    await switch(store, private=True)
    prompt = await posted(store)
    await store.people.choose(GUILD, ANNA, modelled=False)
    await send_privately(store, prompt, ANNA, BEN, *range(50, 55))
    await choose_model(store, GUILD, BEN, modelled=False)
    await close(store, prompt)

    read = await load_readable(store, prompt.id, GUILD)
    names = await find_sendable(store, prompt, read, HERE.host)
    assert len(read.private) == 7
    assert {reply.text for reply in read.private if not reply.modelled} == {f"Said by {ANNA}.", f"Said by {BEN}."}
    assert len(names) == 5


async def test_a_private_reply_that_nobody_may_send_can_still_be_changed_and_taken_back(store: Store) -> None:
    await switch(store, private=True)
    prompt = await posted(store)
    await send_privately(store, prompt, ANNA)
    await choose_model(store, GUILD, ANNA, modelled=False)

    own = await store.private.own(prompt, ANNA)
    assert own is not None
    assert (own.text, own.modelled) == (f"Said by {ANNA}.", False)
    assert await store.private.withdraw_own(prompt, ANNA)


@pytest.mark.parametrize(
    ("run_by", "controller", "named"),
    [
        ("Northshore Trust", "Riverside Trust, dpo@example.org", "Northshore Trust"),
        ("", "Riverside Trust, dpo@example.org", "Riverside Trust"),
        ("", "", "Riverside"),
    ],
)
async def test_the_card_names_who_runs_the_model(store: Store, run_by: str, controller: str, named: str) -> None:
    await switch(store)
    await store.settings.change(GUILD, contacts={"controller": controller})

    prompt = await posted(store, replace(HERE, run_by=run_by))

    assert prompt.wording.model_run_by == named


async def test_a_yes_after_a_no_leaves_out_private_replies_that_were_sent_before(store: Store) -> None:
    await switch(store, private=True)
    prompt = await posted(store)
    await store.replies.apply([arrival(prompt, 801, ANNA)])
    await send_privately(store, prompt, ANNA, *range(50, 55))
    await choose_model(store, GUILD, ANNA, modelled=False)
    await choose_model(store, GUILD, ANNA, modelled=True)
    await close(store, prompt)

    names = await sendable(store, prompt)
    assert "801" in names
    assert len(names) == 1 + 5


async def test_a_private_reply_of_a_person_who_stopped_since_never_goes_out(store: Store) -> None:
    await switch(store, private=True)
    prompt = await posted(store)
    await send_privately(store, prompt, ANNA, *range(50, 55))
    await store.people.stop(GUILD, ANNA, NOW)
    await keep_from_model(store, GUILD, ANNA)
    await close(store, prompt)

    assert len(await sendable(store, prompt)) == 5
