"""Replies are collected as Discord delivers them."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import discord
import pytest
from simcord.enums import MessageType

from bot.models.replies import ReplyKind
from bot.replies.redaction.redact import Redaction
from bot.replies.sanitise import sanitise
from cogs.replies import collection
from cogs.replies.messages import LONGEST_ON_LOOP
from tests.cogs.replies.talk import Talk, talk_in


async def test_what_people_write_in_the_thread_is_stored(talk: Talk) -> None:
    await talk.say("We are short of staff.")
    await talk.say("So are we.", who=1)

    stored = await talk.replies()

    assert [reply.text for reply in stored] == ["We are short of staff.", "So are we."]
    assert {reply.kind for reply in stored} == {ReplyKind.THREAD}
    assert len({reply.person for reply in stored}) == 2


async def test_what_people_write_in_a_forum_post_is_stored(forum_talk: Talk) -> None:
    await forum_talk.say("In the forum too.")

    assert await forum_talk.texts() == ["In the forum too."]


async def test_a_reply_to_the_card_in_the_channel_is_stored(talk: Talk) -> None:
    await talk.world.staff[0].send(talk.place, "To the card.", reply_to=talk.card)

    (reply,) = await talk.replies()
    assert (reply.text, reply.kind) == ("To the card.", ReplyKind.CHANNEL)


async def test_a_reply_to_the_question_that_phones_show_is_stored(talk: Talk) -> None:
    notice = next(message for message in talk.place.history() if message.id == talk.prompt.notice_id)
    await talk.world.staff[0].send(talk.place, "From my phone.", reply_to=notice)

    assert await talk.texts() == ["From my phone."]


async def test_of_messages_that_come_at_once_one_that_fails_keeps_out_no_other_and_a_deletion_comes_after(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    bot, come = talk.world.bot, list[discord.Message]()
    take, bot.take_message = bot.take_message, come.append
    for text in ("One.", "Kingfisher.", "Two.", "Deleted."):
        await talk.say(text)
    assert take is not None

    def fail_once(message: discord.Message) -> None:
        if message.content == "Kingfisher.":
            raise ValueError(message.content)
        take(message)

    bot.take_message = fail_once
    for message in come:
        bot.dispatch("message", message)
    deleted: Any = {"id": come[-1].id, "channel_id": talk.thread.id}
    bot.dispatch("raw_message_delete", discord.RawMessageDeleteEvent(deleted))

    assert await talk.texts() == ["One.", "Two."]
    assert "ValueError in on_message" in caplog.text
    assert "Kingfisher" not in caplog.text


async def test_other_talk_in_the_channel_is_not_stored(talk: Talk) -> None:
    chat = await talk.world.staff[0].send(talk.place, "Is the canteen open?")
    await talk.world.staff[1].send(talk.place, "Until three.", reply_to=chat)
    await talk.world.staff[0].send(talk.world.office, "Elsewhere")
    await talk.world.staff[0].forward(talk.card, talk.place)

    assert await talk.texts() == []


async def test_a_reply_to_somebody_keeps_to_whom(talk: Talk) -> None:
    first = await talk.say("One")
    await talk.say("Two", who=1, reply_to=first)

    assert [reply.reply_to for reply in await talk.replies()] == [None, first.id]


async def test_bots_webhooks_and_discord_itself_are_left_out(talk: Talk) -> None:
    backend = talk.world.env.backend
    other_bot = talk.world.guild.add_member(talk.world.env.create_user("Beep", bot=True))
    await other_bot.send(talk.thread, "I am a bot.")
    hook = talk.world.guild.create_webhook(talk.place)
    backend.create_message(talk.thread.id, hook.id, "From a webhook.", webhook_id=hook.id)
    ada = talk.world.staff[0]
    pinned = talk.thread.last_message
    talk.world.guild.create_system_message(talk.thread, MessageType.PINS_ADD, author=ada, referenced_message=pinned)

    assert await talk.texts() == []


async def test_attachments_are_counted_and_an_empty_message_is_not_stored(talk: Talk) -> None:
    await talk.say("", attachments=[("rota.png", b"picture"), ("list.txt", b"names")])
    await talk.world.staff[0].forward(talk.card, talk.thread)  # it has no words of its own

    assert [(reply.text, reply.attachments) for reply in await talk.replies()] == [("", 2)]


async def test_mentions_are_replaced_before_anything_is_stored(talk: Talk) -> None:
    ben, role = talk.world.staff[1], talk.world.guild.roles["Facilitators"]
    await talk.say(f"Ask {ben.mention} or {role.mention} in {talk.place.mention}.")

    (text,) = await talk.texts()
    assert text == "Ask [name removed] or @a role in #a channel."


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


async def test_a_bot_that_reacts_counts_for_nobody(talk: Talk) -> None:
    said = await talk.say("We need a porter.")
    beep = talk.world.guild.add_member(talk.world.env.create_user("Beep", bot=True))
    await talk.world.staff[1].react(said, "👍")
    await beep.react(said, "👍")

    assert [reply.agreed for reply in await talk.replies()] == [1]


async def test_people_who_react_are_counted_once_each(talk: Talk) -> None:
    said = await talk.say("We need a porter at night.")
    ada, ben, cai, _ = talk.world.staff
    for person, emoji in ((ada, "👍"), (ben, "👍"), (ben, "❤️"), (cai, "👍")):
        await person.react(said, emoji)
    assert [reply.agreed for reply in await talk.replies()] == [2]

    await cai.unreact(said, "👍")
    assert [reply.agreed for reply in await talk.replies()] == [1]

    talk.world.env.backend.clear_reaction(talk.thread.id, said.id, "👍")
    assert [reply.agreed for reply in await talk.replies()] == [1]

    talk.world.env.backend.clear_reactions(talk.thread.id, said.id)
    assert [reply.agreed for reply in await talk.replies()] == [0]


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


async def test_a_late_reply_is_marked(talk: Talk) -> None:
    await talk.say("In time")
    closed = await talk.world.store.prompts.close(talk.prompt, talk.world.env.now())
    await talk.world.env.advance_time(60)
    await talk.say("Late")

    assert closed.closed_at is not None
    assert [reply.late for reply in await talk.replies()] == [False, True]


async def test_a_renamed_thread_still_collects(talk: Talk) -> None:
    talk.world.env.backend.edit_channel(talk.thread.id, {"name": "Another name"})
    await talk.say("Still here")

    assert await talk.texts() == ["Still here"]


@pytest.mark.parametrize("text", ["@everyone <@1> <@&2>", "‮evil", "x" * 2000, "'; DROP TABLE replies; --", "\u200b"])
@pytest.mark.sampled(1)
async def test_hostile_words_are_stored_and_nothing_breaks(talk: Talk, text: str) -> None:
    await talk.say(text)
    await talk.say("After that")

    stored = await talk.texts()
    assert len(stored) == 2
    assert "<@" not in stored[0]


async def test_without_the_intent_no_empty_words_are_stored(blind_talk: Talk) -> None:
    said = await blind_talk.say("You cannot read this.")
    await blind_talk.world.staff[0].edit(said, "Nor this.")

    assert await blind_talk.texts() == []


async def test_without_the_intent_a_deletion_still_erases(talk: Talk) -> None:
    said = await talk.say("Words from before.")
    await talk.texts()
    await talk.restart(message_content=False)
    await talk.world.staff[0].edit(said, "An edit that cannot be read.")
    assert await talk.texts() == ["Words from before."]
    await talk.world.staff[0].delete(said)

    assert await talk.texts() == []


async def test_an_event_that_cannot_be_stored_does_not_take_others_with_it(talk: Talk) -> None:
    (first, *_) = [await talk.say(f"Reply {n}") for n in range(3)]
    talk.world.env.backend.emit(
        "MESSAGE_REACTION_ADD",
        {
            "user_id": str(talk.world.staff[1].id),
            "channel_id": str(talk.thread.id),
            "message_id": str(2**70),
            "guild_id": str(talk.world.guild.id),
            "emoji": {"id": None, "name": "👍"},
            "type": 0,
            "burst": False,
        },
    )
    await talk.say("Reply 3")

    assert Counter(await talk.texts()) == Counter(f"Reply {n}" for n in range(4))
    assert first.id


def listen(talk: Talk) -> list[int]:
    """Collect what summaries are told."""
    told: list[int] = []

    async def on_replies_erased(prompt_id: int) -> None:
        told.append(prompt_id)

    talk.world.bot.add_listener(on_replies_erased)
    return told


def _update(talk: Talk, message_id: int, *, stored: Any = None) -> dict[str, Any]:
    from simcord.backend.serializers import message_payload

    backend = talk.world.env.backend
    message = stored or backend.get_message(talk.thread.id, message_id)
    payload = dict(message_payload(backend, message))
    return payload | {"guild_id": str(talk.world.guild.id), "edited_timestamp": "2030-01-01T00:00:00+00:00"}


async def test_identifiers_in_the_thread_are_never_stored(talk: Talk) -> None:
    await talk.say("My number is 07700 900123, ring me about patient 943 476 5919.")
    message = await talk.say("Nothing here.")
    await talk.world.staff[0].edit(message, "Write to jane.smith@example.org at 9.30 about band 6.")

    first, second = await talk.texts()
    assert first == "My number is [phone number removed], ring me about patient [NHS number removed]."
    assert second == "Write to [e-mail address removed] at 9.30 about band 6."


async def test_identifiers_in_a_long_message_are_taken_out_beside_the_loop_and_in_their_turn(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def note_thread(*arguments: Any) -> Redaction:
        threads.append(threading.current_thread())
        return sanitise(*arguments)

    monkeypatch.setattr(collection, "sanitise", note_thread)
    long = "Ring 07700 900123 about \uff20\uff11\u00bddob 1/1/1950. " * 40
    kept = await talk.say(long)
    deleted = await talk.say(long, who=1)
    await talk.world.staff[1].delete(deleted)
    await talk.say("After it.", who=2)
    edited = await talk.say("Short at first.")
    await talk.world.staff[0].edit(edited, f"Now long. {long}")
    await talk.settle()

    first, second, third = await talk.texts()
    assert len(long) > LONGEST_ON_LOOP
    assert first == sanitise(kept.content).text
    assert "900123" not in first
    assert second == "After it."
    assert third == sanitise(f"Now long. {long}").text
    assert threads
    assert threading.main_thread() not in threads
