"""Replies by the form: stored first, posted under the author's name, changed and taken back by the author alone."""

from __future__ import annotations

import discord
import pytest

from bot.models.replies import Arrival, ReplyKind
from bot.replies.redaction.kinds import Identifier
from bot.replies.sanitise import format_removed
from bot.services.replies.submission import NO_THREAD
from bot.store.replies.replies import NOT_THEIRS
from cogs.prompts.card import MORE, REPLY
from cogs.replies.forms import EMPTY, KEPT, LATE, NOTHING_STORED, READ_ALL, REFUSED
from cogs.replies.left_posts import describe_left
from cogs.replies.views import CHANGE, DELETE, HINT, describe_use, describe_use_shortly
from tests.cogs.replies.talk import Talk, listen
from tests.wording import says
from tests.world import form_parts, shown, words


def posted(talk: Talk) -> list[discord.Message]:
    """The messages in the thread that have the author's buttons."""
    return [message for message in talk.thread.history() if words(message).endswith(f"{CHANGE}\n{DELETE}")]


async def test_a_reply_by_the_form_is_stored_and_posted_under_the_authors_name(talk: Talk) -> None:
    result = await talk.fill_in("By the form.")

    (reply,) = await talk.replies()
    (message,) = posted(talk)
    assert (reply.text, reply.kind, reply.message_id) == ("By the form.", ReplyKind.FORM, message.id)
    assert message.content == "**Ada** wrote:\n>>> By the form."
    assert f"/{talk.thread.id}/{message.id}" in shown(result)
    assert await talk.world.store.replies.unposted_forms() == ()


async def test_the_form_says_where_the_words_go(talk: Talk) -> None:
    result = await talk.world.staff[0].click(talk.card, label=REPLY)

    assert form_parts(result)["words"]["max_length"] == 1500
    assert HINT in str(result.modal)


async def test_half_of_a_letter_in_a_form_or_a_message_becomes_a_question_mark(talk: Talk) -> None:
    await talk.fill_in("More \ud83d staff on nights")
    await talk.say("Fewer \udc00 forms to fill in")
    await talk.settle()

    assert sorted(await talk.texts()) == ["Fewer ? forms to fill in", "More ? staff on nights"]


async def test_it_works_without_the_message_content_intent(blind_talk: Talk) -> None:
    await blind_talk.fill_in("By the form.")

    assert await blind_talk.texts() == ["By the form."]


async def test_it_works_in_a_forum(forum_talk: Talk) -> None:
    await forum_talk.fill_in("By the form.")

    assert await forum_talk.texts() == ["By the form."]


async def test_two_peoples_forms_at_once_are_both_stored(talk: Talk) -> None:
    forms = [await talk.world.staff[who].click(talk.card, label=REPLY) for who in (0, 1)]
    for who in (1, 0):
        await talk.world.staff[who].submit_modal(forms[who], {"words": f"From person {who}"})

    assert sorted(await talk.texts()) == ["From person 0", "From person 1"]
    assert len({reply.person for reply in await talk.replies()}) == 2


async def test_a_form_opened_before_a_restart_can_be_sent_after_it(talk: Talk) -> None:
    form = await talk.world.staff[0].click(talk.card, label=REPLY)
    await talk.restart()
    await talk.world.staff[0].submit_modal(form, {"words": "Slow but sure"})

    assert await talk.texts() == ["Slow but sure"]
    assert len(posted(talk)) == 1


async def test_a_form_after_closing_is_marked_late(talk: Talk) -> None:
    await talk.world.store.prompts.close(talk.prompt, talk.world.env.now())
    await talk.world.env.advance_time(60)
    result = await talk.fill_in("Late")

    assert [reply.late for reply in await talk.replies()] == [True]
    assert LATE in shown(result)


@pytest.mark.parametrize(
    "text", ["@everyone **look** <@1>", "# big\n- list\n> quote", "*" * 1500, "a\n\n" * 500, "[x](https://e.org)"]
)
async def test_hostile_words_and_names_show_as_they_were_typed_and_ping_nobody(talk: Talk, text: str) -> None:
    ada = talk.world.staff[0]
    talk.world.env.backend.edit_member(talk.world.guild.id, ada.id, {"nick": "**@everyone** `x`"})
    await talk.fill_in(text)

    (message,) = posted(talk)
    assert "@everyone" not in words(message)
    assert "\n# big" not in words(message)
    request = next(r for r in reversed(talk.world.env.http_requests) if DELETE in str(r))
    assert "'allowed_mentions': {'parse': []" in str(request)


async def test_the_author_edits_the_reply(talk: Talk) -> None:
    told = listen(talk)
    await talk.fill_in("First words")
    opened = await talk.world.staff[0].click(posted(talk)[0], label=CHANGE)
    assert form_parts(opened)["words"]["value"] == "First words"
    await talk.restart()
    result = await talk.world.staff[0].submit_modal(opened, {"words": "Better words"})

    assert await talk.texts() == ["Better words"]
    assert posted(talk)[0].content.endswith("Better words")
    assert "changed" in shown(result)
    assert told == []  # the listener died with the first bot


async def test_an_edit_that_grows_too_long_for_a_message_becomes_a_card_and_stays_one(talk: Talk) -> None:
    await talk.fill_in("Short")
    for text in ("*" * 1500, "Short again"):
        opened = await talk.world.staff[0].click(posted(talk)[0], label=CHANGE)
        await talk.world.staff[0].submit_modal(opened, {"words": text})

    assert await talk.texts() == ["Short again"]
    assert "Short again" in words(posted(talk)[0])


async def test_the_author_withdraws_the_reply_and_keeps_the_words(talk: Talk) -> None:
    told = listen(talk)
    await talk.fill_in("Take this back")
    result = await talk.world.staff[0].click(posted(talk)[0], label=DELETE)

    assert await talk.texts() == []
    assert posted(talk) == []
    assert "Take this back" in shown(result)
    assert told == [talk.prompt.id]


async def withdraw_while_discord_fails(talk: Talk) -> str:
    """Take a reply back whose message Discord fails to delete. Returns what the author is told."""
    await talk.fill_in("Take this back")
    talk.world.env.inject_error("DELETE", "/channels/*/messages/*", status=503)
    result = await talk.world.staff[0].click(posted(talk)[0], label=DELETE)
    assert await talk.texts() == []
    assert len(posted(talk)) == 1
    return shown(result)


async def test_the_message_of_a_withdrawn_reply_goes_as_soon_as_discord_lets_it(talk: Talk) -> None:
    assert describe_left(1) in await withdraw_while_discord_fails(talk)
    await talk.world.env.advance_time(2 * 60)
    assert posted(talk) == []
    before = len(talk.world.env.http_requests)
    await talk.world.env.advance_time(3 * 3600)

    assert [request for request in talk.world.env.http_requests[before:] if request.method == "DELETE"] == []


async def test_the_message_of_a_withdrawn_reply_goes_also_after_a_restart(talk: Talk) -> None:
    await withdraw_while_discord_fails(talk)
    await talk.restart()
    await talk.world.env.advance_time(2 * 60)

    assert posted(talk) == []
    assert await talk.texts() == []


async def test_nobody_else_can_edit_or_withdraw(talk: Talk) -> None:
    await talk.fill_in("Mine")
    for label in (CHANGE, DELETE):
        result = await talk.world.staff[1].click(posted(talk)[0], label=label)
        assert NOT_THEIRS in shown(result)

    assert await talk.texts() == ["Mine"]


async def test_deleting_the_bots_message_erases_the_reply(talk: Talk) -> None:
    await talk.fill_in("Moderated")
    talk.world.env.backend.delete_message(talk.thread.id, posted(talk)[0].id)

    assert await talk.texts() == []


async def test_a_message_deleted_before_it_is_noted_erases_the_reply_all_the_same(talk: Talk) -> None:
    await talk.fill_in("Noted late")
    (reply,) = await talk.replies()
    talk.world.env.backend.delete_message(talk.thread.id, posted(talk)[0].id)
    await talk.settle()
    again = Arrival(99, talk.prompt.guild_id, talk.prompt.id, 5, "x", talk.world.env.now(), kind=ReplyKind.FORM)
    assert await talk.world.store.replies.add_form(again, "Ada") is not None
    await talk.world.store.replies.note_message(99, reply.message_id or 0)

    assert await talk.texts() == []


@pytest.mark.parametrize("was_posted", [True, False])
async def test_a_form_that_was_cut_short_is_posted_once(talk: Talk, was_posted: bool) -> None:
    if was_posted:
        await talk.fill_in("Cut short")
        (reply,) = await talk.replies()
        await _forget_message(talk, reply.id)
    else:
        arrival = _arrival(talk, 77, "Cut short")
        assert await talk.world.store.replies.add_form(arrival, "Ada") is not None
    await talk.restart()
    await talk.world.env.advance_time(30 * 60)

    assert await talk.texts() == ["Cut short"]
    assert len(posted(talk)) == 1
    assert await talk.world.store.replies.unposted_forms() == ()


async def test_where_the_bot_may_not_write_the_author_keeps_the_words(talk: Talk) -> None:
    talk.world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50013)
    result = await talk.fill_in("My long thoughts")

    assert "My long thoughts" in shown(result)
    assert NOTHING_STORED in shown(result)
    assert await talk.texts() == []
    assert says(talk.told(), REFUSED, thread=talk.thread.id)
    assert "My long thoughts" not in talk.told()


async def test_where_discord_does_not_answer_the_reply_is_stored_and_posted_later(talk: Talk) -> None:
    talk.world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=503)
    result = await talk.fill_in("My long thoughts")
    assert KEPT in shown(result)
    assert posted(talk) == []
    await talk.world.env.advance_time(11 * 60)

    assert len(posted(talk)) == 1
    assert await talk.texts() == ["My long thoughts"]


async def test_where_the_thread_is_gone_the_author_keeps_the_words(talk: Talk) -> None:
    form = await talk.world.staff[0].click(talk.card, label=REPLY)
    talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.settle()
    result = await talk.world.staff[0].submit_modal(form, {"words": "My long thoughts"})

    assert NO_THREAD in shown(result)
    assert "My long thoughts" in shown(result)
    assert await talk.texts() == []
    assert "was deleted" in shown(await talk.world.staff[0].click(talk.card, label=REPLY))


async def test_an_archived_thread_is_opened_for_a_reply(talk: Talk) -> None:
    talk.world.env.backend.edit_channel(talk.thread.id, {}, thread_metadata={"archived": True})
    talk.world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=400, code=50083)
    await talk.fill_in("Wake up")

    assert await talk.texts() == ["Wake up"]
    assert len(posted(talk)) == 1


async def test_words_of_blanks_are_refused(talk: Talk) -> None:
    assert EMPTY in shown(await talk.fill_in("   "))
    assert await talk.texts() == []


async def test_how_words_are_used_is_told_to_the_one_who_asks(talk: Talk) -> None:
    settings = await talk.world.store.settings.change(talk.world.guild.id, retention_days=90)

    in_short = await talk.world.staff[0].click(talk.card, label=MORE)
    text = shown(await talk.world.staff[0].click(in_short.response, label=READ_ALL))

    assert describe_use_shortly(settings) in shown(in_short)
    assert talk.prompt.wording.text in shown(in_short)
    assert text == describe_use(settings)
    assert "For 90 days after the question closes" in text
    for promise in ("We encrypt", "30 days", "isn’t a place to report a concern", "patient details", DELETE):
        assert promise in text


def _arrival(talk: Talk, number: int, text: str) -> Arrival:
    guild_id, author_id = talk.prompt.guild_id, talk.world.staff[0].id
    return Arrival(number, guild_id, talk.prompt.id, author_id, text, talk.world.env.now(), kind=ReplyKind.FORM)


async def _forget_message(talk: Talk, reply_id: int) -> None:
    """As if the bot had died before it noted the message that it posted."""
    from bot.store.tables import replies

    store = talk.world.store.replies
    unposted, name, this = {"message_id": None}, {"name_sealed": "Ada"}, replies.c.id == reply_id
    async with talk.world.store._database.write() as connection:
        await store._reseal(connection, replies, this, values=unposted, words=name)


async def test_identifiers_are_taken_out_before_anything_is_stored_and_the_author_is_told(talk: Talk) -> None:
    result = await talk.fill_in("Ring the ward on 0113 496 0999 or write to jane.smith@example.org about this.")
    (reply,) = await talk.replies()

    expected = "Ring the ward on [phone number removed] or write to [e-mail address removed] about this."
    assert reply.text == expected
    (message,) = posted(talk)
    assert message.content.endswith(expected.replace("[", "\\[").replace("]", "\\]"))
    assert format_removed({Identifier.PHONE_NUMBER: 1, Identifier.EMAIL_ADDRESS: 1}) in shown(result)
