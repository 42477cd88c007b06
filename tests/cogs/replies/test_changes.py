"""What people edit and delete in the thread is edited and erased in what is stored, in Discord’s order."""

from __future__ import annotations

from typing import Any

from tests.cogs.replies.talk import Talk, listen, talk_in


async def test_an_edit_replaces_the_words(talk: Talk) -> None:
    said = await talk.say("We ned staff.")
    await talk.world.staff[0].edit(said, "We need staff.")

    (reply,) = await talk.replies()
    assert reply.text == "We need staff."
    assert reply.edited_at is not None


async def test_a_preview_of_a_link_is_no_edit(talk: Talk) -> None:
    said = await talk.say("Look: https://example.org")
    backend = talk.world.env.backend
    payload = _update(talk, said.id) | {"content": "changed by nobody", "edited_timestamp": None}
    backend.emit("MESSAGE_UPDATE", payload)

    assert await talk.texts() == ["Look: https://example.org"]


async def test_an_edit_of_a_message_that_was_never_stored_stores_it(talk: Talk) -> None:
    with talk.away():
        said = await talk.say("Unheard")
    await talk.world.staff[0].edit(said, "Heard")

    assert await talk.texts() == ["Heard"]


async def test_a_deleted_message_is_erased_and_summaries_are_told(talk: Talk) -> None:
    told = listen(talk)
    said = await talk.say("Take this back.")
    kept = await talk.say("Keep this.")
    await talk.world.staff[0].delete(said)

    assert [reply.id for reply in await talk.replies()] == [kept.id]
    assert told == [talk.prompt.id]


async def test_an_edit_is_told_to_summaries_too(talk: Talk) -> None:
    told = listen(talk)
    said = await talk.say("We are short of staff.")
    await talk.world.staff[0].edit(said, "We have enough staff.")
    await talk.settle()

    assert told == [talk.prompt.id]


async def test_many_messages_deleted_at_once_are_erased(talk: Talk) -> None:
    said = [await talk.say(f"Reply {n}") for n in range(5)]
    talk.world.env.backend.bulk_delete_messages(talk.thread.id, [message.id for message in said[:4]])

    assert await talk.texts() == ["Reply 4"]


async def test_a_deleted_reply_in_the_channel_is_erased_from_its_own_prompt(talk: Talk) -> None:
    other = await talk_in(talk.world, talk.place, question="And what next?")
    told = listen(talk)
    said = await talk.world.staff[0].send(talk.place, "To the second card.", reply_to=other.card)
    assert await other.texts() == ["To the second card."]
    await talk.world.staff[0].delete(said)

    assert await other.texts() == []
    assert told == [other.prompt.id]


async def test_a_burst_of_messages_edits_and_deletions_ends_as_discord_does(talk: Talk) -> None:
    backend = talk.world.env.backend
    alive: dict[int, str] = {}
    for n in range(150):
        said = backend.create_message(talk.thread.id, talk.world.staff[n % 4].id, f"Reply {n}")
        alive[said.id] = f"Reply {n}"
        if n % 3 == 0:
            backend.edit_message(talk.thread.id, said.id, {"content": f"Reply {n}, put better"})
            alive[said.id] = f"Reply {n}, put better"
        if n % 5 == 0:
            backend.delete_message(talk.thread.id, said.id)
            del alive[said.id]

    assert {reply.id: reply.text for reply in await talk.replies()} == alive


async def test_a_message_edited_and_deleted_in_one_breath_stays_away(talk: Talk) -> None:
    backend = talk.world.env.backend
    said = backend.create_message(talk.thread.id, talk.world.staff[0].id, "Too fast")
    backend.delete_message(talk.thread.id, said.id)
    backend.emit("MESSAGE_UPDATE", _update(talk, said.id, stored=said))

    assert await talk.texts() == []


async def test_without_the_intent_a_deletion_still_erases(talk: Talk) -> None:
    said = await talk.say("Words from before.")
    await talk.texts()
    await talk.restart(message_content=False)
    await talk.world.staff[0].edit(said, "An edit that cannot be read.")
    assert await talk.texts() == ["Words from before."]
    await talk.world.staff[0].delete(said)

    assert await talk.texts() == []


def _update(talk: Talk, message_id: int, *, stored: Any = None) -> dict[str, Any]:
    from simcord.backend.serializers import message_payload

    backend = talk.world.env.backend
    message = stored or backend.get_message(talk.thread.id, message_id)
    payload = dict(message_payload(backend, message))
    return payload | {"guild_id": str(talk.world.guild.id), "edited_timestamp": "2030-01-01T00:00:00+00:00"}
