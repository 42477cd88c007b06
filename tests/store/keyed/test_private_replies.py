"""Private replies as their authors know them: one each, theirs alone, while the prompt is open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.models.private import Quoting
from bot.store import Store
from bot.store.tables import private_replies
from tests.store.samples import GUILD, NOW
from tests.store.senders import DAY, prompt_in, released, send, withdraw

pytestmark = pytest.mark.usefixtures("either_home")

ANNA, BEN = 41, 42


async def rows(store: Store) -> list[dict[str, object]]:
    """The table as it is stored."""
    async with store._database.read() as connection:
        return [dict(row) for row in (await connection.execute(private_replies.select())).mappings()]


async def test_a_private_reply_is_its_authors_alone(store: Store) -> None:
    prompt = await prompt_in(store)
    await send(store, prompt, ANNA, "Nights are short.", quoting=Quoting.RETOLD, group="Students", manages=True)

    own = await store.private.own(prompt, ANNA)

    assert own is not None
    assert (own.text, own.day, own.quoting, own.group, own.manages, own.left_out) == (
        *("Nights are short.", DAY, Quoting.RETOLD, "Students"),
        *(True, ""),
    )
    assert await store.private.own(prompt, BEN) is None
    assert await store.private.own_all(GUILD, ANNA) == ((prompt, own),)
    assert await store.private.own_all(GUILD, BEN) == await store.private.own_all(2, ANNA) == ()


async def test_a_person_has_one_reply_a_prompt_and_a_change_keeps_nothing_of_it(store: Store) -> None:
    first, second = await prompt_in(store, 1), await prompt_in(store, 2)
    old_code = await send(store, first, ANNA, "In anger.")
    (before,) = await rows(store)
    new_code = await send(store, first, ANNA, "Put better.", quoting=Quoting.COUNT)
    (after,) = await rows(store)
    await send(store, second, ANNA, "To another.")

    assert {name for name in after if after[name] == before[name]} == {
        *("prompt_id", "person", "day", "key_id"),
        *("batch_id", "left_out_sealed"),
    }
    assert [reply.text for _, reply in await store.private.own_all(GUILD, ANNA)] == ["Put better.", "To another."]
    assert not await withdraw(store, GUILD, old_code)
    assert await withdraw(store, GUILD, new_code)
    assert await store.private.own(first, ANNA) is None


async def test_what_one_person_sends_to_two_prompts_bears_two_pseudonyms(store: Store) -> None:
    for number in (1, 2):
        await send(store, await prompt_in(store, number), ANNA)

    people = {row["person"] for row in await rows(store)}

    assert len(people) == 2
    assert store.replies._pseudonyms.of(GUILD, ANNA) not in people


async def test_nothing_is_sent_to_a_prompt_that_is_not_open(store: Store) -> None:
    prompt = await prompt_in(store)
    await send(store, prompt, ANNA, "In time.")
    await store.prompts.close(prompt, NOW)

    for person in (ANNA, BEN):
        with pytest.raises(UserError, match="This question has closed"):
            await send(store, prompt, person, "Too late.")

    assert len(await rows(store)) == 1
    assert await store.private.own(prompt, ANNA) is None
    assert await store.private.own_all(GUILD, ANNA) == ()


async def test_nothing_is_sent_to_a_prompt_under_another_servers_name(store: Store) -> None:
    prompt = await prompt_in(store, guild_id=2)
    stranger = await prompt_in(store, 2)

    with pytest.raises(UserError, match="This question has closed"):
        await send(store, replace(stranger, id=prompt.id), ANNA)
    with pytest.raises(UserError, match="isn’t one of the staff groups"):
        await send(store, prompt, ANNA, group="Band 5")


async def test_nothing_is_collected_from_who_has_stopped(store: Store) -> None:
    prompt = await prompt_in(store)
    await store.people.stop(GUILD, ANNA, NOW)

    with pytest.raises(UserError, match="“Start again” in /my"):
        await send(store, prompt, ANNA)

    assert await rows(store) == []


async def test_a_reply_is_taken_back_by_its_author_or_by_its_code(store: Store) -> None:
    prompt = await prompt_in(store)
    codes = [await send(store, prompt, person) for person in (ANNA, BEN)]

    assert not await store.private.withdraw_own(prompt, 43)
    assert await store.private.withdraw_own(prompt, ANNA)
    assert not await store.private.withdraw_own(prompt, ANNA)
    assert not await withdraw(store, GUILD, codes[0])
    assert not await withdraw(store, 2, codes[1])
    assert not await withdraw(store, GUILD, "no code")
    assert await withdraw(store, GUILD, f" {codes[1].lower().replace('0', 'o')} ")
    assert await rows(store) == []


async def test_after_the_release_only_the_code_takes_a_reply_back(store: Store) -> None:
    prompt = await prompt_in(store)
    code = await send(store, prompt, ANNA)
    prompt = await released(store, prompt, range(50, 55))

    assert await store.private.own(prompt, ANNA) is None
    assert not await store.private.withdraw_own(prompt, ANNA)
    assert await withdraw(store, GUILD, code)
    assert len(await rows(store)) == 5


async def test_erasing_a_prompts_replies_takes_the_private_ones_with_its_key(store: Store) -> None:
    first, second = await prompt_in(store, 1), await prompt_in(store, 2)
    await released(store, first, range(6))
    await send(store, second, ANNA)

    assert await store.private.erase_prompt(first.id) == 6
    assert await store.private.erase_prompt(second.id) == 1
    assert await store.private.erase_prompt(second.id) == 0
    assert await rows(store) == []
    assert await store.private.waiting(GUILD) == ()
    assert await store.private._keys.owner_ids() == frozenset()
