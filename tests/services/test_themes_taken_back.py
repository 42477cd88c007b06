"""What people take back is in no theme that returns, in no request, and kept nowhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest

from bot.models.prompts import Prompt
from bot.models.replies import Edit, Erasure
from bot.services.model_consent import choose_model
from bot.services.replies.readable_replies import ReadableReplies
from bot.store import Store
from tests.services.matched_weeks import FIRST, Model, kept, series, summed
from tests.store.samples import GUILD, NOW

CHANGES = ["says no", "erases", "edits", "is left out", "erases everything", "withdraws"]


async def change(store: Store, prompts: Sequence[Prompt], what: str) -> None:
    match what:
        case "says no":
            await choose_model(store, GUILD, 1, modelled=False)
        case "erases":
            await store.replies.apply([Erasure(prompts[0].id, (1001,))])
        case "edits":
            await store.replies.apply([Edit(1001, "I took back what was here before.", NOW)])
        case "erases everything":
            await store.personal.erase_all(GUILD, 1)
        case "withdraws":
            await store.replies.withdraw((await store.replies.of_prompt(prompts[0].id))[0])
        case _:
            reply = (await store.replies.of_prompt(prompts[0].id))[0]
            await store.exclusions.exclude(GUILD, reply.id, user_id=9, reason="off topic", now=NOW)


async def sendable_of(store: Store) -> object:
    async def sendable(_: Prompt, read: ReadableReplies) -> Collection[str]:
        keeping = await store.people.keeping_from_model(GUILD)
        return [str(reply.id) for reply in read.replies if reply.person not in keeping]

    return sendable


@pytest.mark.parametrize("what", CHANGES)
async def test_what_people_take_back_is_kept_nowhere_and_in_no_later_request(store: Store, what: str) -> None:
    prompts, model = await series(store), Model()
    sendable = await sendable_of(store)
    await summed(store, prompts, model, sendable)
    assert await kept(store) == 1

    await change(store, prompts, what)
    assert await kept(store) == (1 if what == "is left out" else 0)
    model.asked.clear()
    summary = await summed(store, prompts, model, sendable)

    assert FIRST[0] not in "".join(request.data for request in model.asked)
    assert len(model.matched) == 1
    places = [place for theme in summary.found.returning.themes for week in theme.weeks for place in week.places]  # type: ignore[union-attr]
    assert "1001" not in {place.message for place in places}


@pytest.mark.parametrize("what", CHANGES)
async def test_what_came_back_after_a_change_is_neither_used_nor_kept(store: Store, what: str) -> None:
    prompts, model = await series(store), Model()

    async def meanwhile() -> None:
        await change(store, prompts, what)

    model.before = meanwhile
    summary = await summed(store, prompts, model, await sendable_of(store))
    assert summary.comes_back == ()
    assert await kept(store) == 0


async def test_a_server_that_switches_it_off_keeps_nothing(store: Store) -> None:
    await summed(store, await series(store), Model())
    await store.sortings.forget_server(GUILD)
    assert await kept(store) == 0
