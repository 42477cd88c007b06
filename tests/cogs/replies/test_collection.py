"""Replies are collected as Discord delivers them."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.enums import MessageType

from bot.models.replies import ReplyKind
from tests.cogs.replies.talk import Talk


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
