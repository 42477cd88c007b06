"""Replies are stored once, sealed, under a pseudonym, and erased for good."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.models.replies import Edit, Erasure, Reaction, ReactionsCleared
from bot.store import Store
from tests.by_hand import change
from tests.store.samples import GUILD, NOW, arrival, form, open_prompt


async def test_the_same_message_twice_is_stored_once(store: Store) -> None:
    prompt = await open_prompt(store)

    await store.replies.apply([arrival(prompt, 1), arrival(prompt, 1)])
    await store.replies.apply([arrival(prompt, 1)])

    assert [reply.text for reply in await store.replies.of_prompt(prompt.id)] == ["We need more time."]


@pytest.mark.parametrize("count", [2, 511, 512, 1_027, 2_500])
async def test_any_number_at_once_is_stored_whole_and_once(store: Store, count: int) -> None:
    prompt = await open_prompt(store)
    events = [arrival(prompt, number, text=f"Reply {number}.") for number in range(1, count + 1)]

    first = await store.replies.apply(events[1:])
    again = await store.replies.apply(events)

    assert (first.stored, again.stored) == (count - 1, 1)
    stored = await store.replies.of_prompt(prompt.id)
    assert [(one.id, one.text, one.created_at) for one in stored] == [(e.id, e.text, e.created_at) for e in events]


async def test_people_are_counted_and_not_messages(store: Store) -> None:
    prompt = await open_prompt(store)

    await store.replies.apply(
        [arrival(prompt, 1, author=8), arrival(prompt, 2, author=8), arrival(prompt, 3, author=9)]
    )

    assert await store.replies.count(prompt.id) == (2, 3)


async def test_an_edit_replaces_the_words_and_an_older_edit_changes_nothing(store: Store) -> None:
    prompt = await open_prompt(store)
    newer, older = NOW + timedelta(hours=2), NOW + timedelta(hours=1)

    await store.replies.apply([arrival(prompt, 1), Edit(1, "new words", newer), Edit(1, "old words", older)])

    assert [reply.text for reply in await store.replies.of_prompt(prompt.id)] == ["new words"]


async def test_an_erased_message_does_not_come_back(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1), arrival(prompt, 2)])

    applied = await store.replies.apply([Erasure(prompt.id, (1,))])
    await store.replies.apply([arrival(prompt, 1)])

    assert applied.erased == {prompt.id}
    assert [reply.id for reply in await store.replies.of_prompt(prompt.id)] == [2]


async def test_a_deletion_that_comes_before_its_message_still_holds(store: Store) -> None:
    prompt = await open_prompt(store)

    await store.replies.apply([Erasure(prompt.id, (1,))])
    await store.replies.apply([arrival(prompt, 1)])

    assert await store.replies.count(prompt.id) == (0, 0)


async def test_agreement_counts_other_people_once_each(store: Store) -> None:
    prompt = await open_prompt(store)
    reactions = [Reaction(1, GUILD, person, emoji) for person in (9, 10, 11) for emoji in ("👍", "❤️")]

    await store.replies.apply([arrival(prompt, 1, author=9), *reactions, Reaction(1, GUILD, 11, "👍", added=False)])
    first = (await store.replies.of_prompt(prompt.id))[0].agreed
    await store.replies.apply([ReactionsCleared(1)])

    assert first == 2
    assert (await store.replies.of_prompt(prompt.id))[0].agreed == 0


async def test_a_reply_after_closing_is_marked_late(store: Store) -> None:
    prompt = await store.prompts.close(await open_prompt(store), NOW + timedelta(minutes=5))

    await store.replies.apply([arrival(prompt, 4), arrival(prompt, 5), arrival(prompt, 6)])

    assert [reply.late for reply in await store.replies.of_prompt(prompt.id)] == [False, False, True]


async def test_a_form_is_stored_before_its_message_and_its_name_is_then_forgotten(store: Store) -> None:
    prompt = await open_prompt(store)

    reply = await store.replies.add_form(form(prompt, 5), "Ann Example")
    again = await store.replies.add_form(form(prompt, 5), "Ann Example")
    waiting = await store.replies.unposted_forms()
    await store.replies.note_message(5, 600)

    assert reply is not None
    assert again is None
    assert [(one.reply.id, one.name) for one in waiting] == [(5, "Ann Example")]
    assert await store.replies.unposted_forms() == ()


async def test_only_the_author_can_change_a_forms_reply(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.add_form(form(prompt, 5, author=9), "Ann")

    with pytest.raises(UserError, match="Only the person who wrote"):
        await store.replies.own(GUILD, 10, 5)
    reply = await store.replies.reword(await store.replies.own(GUILD, 9, 5), "Other words.", NOW)
    await store.replies.note_message(5, 600)
    await store.replies.withdraw(reply)

    assert await store.replies.count(prompt.id) == (0, 0)


async def test_the_file_holds_no_words_and_no_ids_of_people(tmp_path: Path, store: Store) -> None:
    prompt = await open_prompt(store)
    author = 987_654_321_012_345_678
    await store.replies.apply([arrival(prompt, 1, author=author, text="Xylophone words that nobody else writes.")])
    await store.replies.add_form(form(prompt, 5, author=author, text="More xylophone."), "Zebedee Quux")
    await store.close()

    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    for secret in (b"ylophone", str(author).encode(), b"Quux", author.to_bytes(8, "big")):
        assert secret not in raw


async def test_sealed_words_do_not_open_in_another_row(tmp_path: Path, store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, text="first"), arrival(prompt, 2, text="second")])
    assert change(
        tmp_path / "test.db", "UPDATE replies SET sealed = (SELECT sealed FROM replies WHERE id = 1) WHERE id = 2"
    )

    with pytest.raises(UserError, match="was changed by hand or is damaged"):
        await store.replies.of_prompt(prompt.id)


async def test_many_deletions_at_once_are_all_applied(store: Store) -> None:
    prompt = await open_prompt(store)
    ids = tuple(range(1, 1_201))
    await store.replies.apply([arrival(prompt, message_id) for message_id in ids])

    await store.replies.apply([Erasure(prompt.id, ids)])

    assert await store.replies.count(prompt.id) == (0, 0)
