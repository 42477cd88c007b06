"""Facilitators leave a reply out of summaries, with a reason that its author sees, and put it back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.models.actions import EXCLUDED, INCLUDED, FoundReply
from cogs.moderation.cards import LEFT_OUT as LEFT_OUT_REPLIES
from cogs.moderation.cards import NONE_LEFT_OUT, PUT_IT_BACK, REPLIES_A_PAGE, left_out_card
from cogs.moderation.commands import MENU
from cogs.moderation.exclusions import LEFT_OUT, LEFT_OUT_ALREADY, PUT_BACK, READ_ALREADY, SHORTENED
from cogs.moderation.named_reply import NO_REPLY
from cogs.subject_access.data_card import READ_WORDS
from cogs.ui.limits import beyond_limits
from cogs.ui.pages import paginate
from tests.cogs.moderation.steps import leave_out, press
from tests.cogs.replies.talk import Talk
from tests.cogs.subject_access.steps import see_data
from tests.cogs.summaries.discussion import read_pages, read_shared
from tests.permissions.walk import press_button
from tests.wording import says
from tests.world import form_parts, shown

REASON = "It names a colleague."


def told(talk: Talk) -> list[int]:
    """The prompts whose summaries are told to follow, as they come."""
    heard: list[int] = []

    async def on_replies_excluded(prompt_id: int) -> None:
        heard.append(prompt_id)

    talk.world.bot.add_listener(on_replies_excluded)
    return heard


def link(talk: Talk, message: Any) -> str:
    return f"https://discord.com/channels/{talk.world.guild.id}/{message.channel.id}/{message.id}"


async def reasons(talk: Talk) -> list[str]:
    return list((await talk.world.store.exclusions.of_prompt(talk.prompt.id)).values())


async def log(talk: Talk) -> list[tuple[str, str]]:
    return [(one.action, one.reason) for one in await talk.world.store.audit_log.of_guild(talk.world.guild.id)]


async def test_a_link_and_a_reason_leave_a_reply_out_and_its_author_is_told(talk: Talk) -> None:
    said, heard, world = await talk.say("Sister Smith is never there."), told(talk), talk.world
    await world.store.people.choose(world.guild.id, world.staff[0].id, notices=True)
    fay = world.facilitator

    answer = await leave_out(world, link(talk, said), f" {REASON} ")

    assert says(answer, LEFT_OUT)
    assert REASON in answer
    assert link(talk, said) in answer
    assert await reasons(talk) == [REASON]
    assert heard == [talk.prompt.id]
    (letter,) = [message.content for message in world.staff[0].user.dm_channel.history()]
    assert REASON in letter
    assert link(talk, said) in letter
    assert "already" in await leave_out(world, str(said.id), "Another reason.")
    assert await reasons(talk) == [REASON]

    old, listed = await press(world, LEFT_OUT_REPLIES), await press(world, LEFT_OUT_REPLIES)
    assert REASON in shown(listed)
    assert link(talk, said) in shown(listed)
    back = await fay.click(listed.response, label=PUT_IT_BACK)

    assert says(shown(back), PUT_BACK)
    assert NONE_LEFT_OUT in shown(back)
    assert await reasons(talk) == []
    assert heard == [talk.prompt.id] * 2
    assert await log(talk) == [(INCLUDED, ""), (EXCLUDED, REASON)]
    late = await fay.click(old.response, label=PUT_IT_BACK)
    assert says(shown(late), READ_ALREADY)
    assert [await talk.texts()] == [["Sister Smith is never there."]]


async def test_the_menu_of_a_message_asks_for_the_reason_also_for_a_reply_by_the_form(talk: Talk) -> None:
    world, heard = talk.world, told(talk)
    world.facilitator.guild.set_command_permissions(
        int(world.env.backend.find_command(MENU, world.guild.id, type=3)["id"]), {world.facilitator: True}
    )
    await talk.fill_in("Ring my manager on 020 7946 0018.")
    message = talk.thread.history()[-1]

    opened = await world.facilitator.context_menu(talk.thread, MENU, message)
    assert set(form_parts(opened)) == {"reason"}
    result = await world.facilitator.submit_modal(opened, {"reason": "It tells the number 020 7946 0018 of somebody."})

    assert SHORTENED in shown(result)
    (kept,) = await reasons(talk)
    assert "7946" not in kept
    assert heard == [talk.prompt.id]
    assert world.staff[0].user.dm_channel.history() == []  # the author has not allowed it

    standing = await world.facilitator.context_menu(talk.thread, MENU, message)
    assert says(shown(standing), LEFT_OUT_ALREADY)
    pressed = await world.facilitator.click(standing.response, label=PUT_IT_BACK)
    assert says(shown(pressed), PUT_BACK)
    assert await reasons(talk) == []


@pytest.mark.simcord(check_errors=False)
async def test_what_is_no_reply_of_this_server_gets_a_clear_sentence(talk: Talk) -> None:
    world = talk.world
    said = await talk.say("Parking is full.")
    elsewhere = link(talk, said).replace(str(world.guild.id), "123")
    for named, sentence in (
        (str(talk.prompt.message_id), "isn’t a reply that we store"),
        (str(said.id + 1), "isn’t a reply that we store"),
        (elsewhere, "another server"),
        ("hello", "isn’t a link to a message"),
        ("9" * 20, "isn’t a link to a message"),
        ("https://example.org/channels/1/2/3", "isn’t a link to a message"),
    ):
        assert sentence in await leave_out(world, named, REASON), named
    for message_id in (talk.prompt.message_id, said.id + 1):
        pressed = await press_button(world, world.facilitator, world.office, f"moderation-include:{message_id}:0")
        assert NO_REPLY in shown(pressed), message_id
    assert "at least 5 letters" in await leave_out(world, str(said.id), "     .")
    assert await log(talk) == []


async def test_an_exclusion_outlives_a_restart_and_an_edit_and_ends_with_its_reply(talk: Talk) -> None:
    world = talk.world
    said = await talk.say("Sister Smith is never there.")
    await leave_out(world, str(said.id), REASON)

    await talk.restart()
    await world.staff[0].edit(said, "Somebody is never there.")
    await talk.settle()
    assert await reasons(talk) == [REASON]

    await world.staff[0].delete(said)
    await talk.settle()
    assert await reasons(talk) == []
    gone = await press_button(world, world.facilitator, world.office, f"moderation-include:{said.id}")
    assert NO_REPLY in shown(gone)
    assert NO_REPLY in await leave_out(world, str(said.id), REASON)


async def test_summaries_in_a_thread_follow_and_the_author_sees_why(talk: Talk) -> None:
    world = talk.world
    said = await talk.say("Parking costs more than an hour of my pay each week, which is unfair.")
    for who in (1, 2):
        await talk.say(f"Handover takes far too long since the new forms came in, says number {who}.", who)
    await talk.replies()
    await world.organiser.slash(world.office, "summary thread", prompt=str(talk.prompt.id), share=True)
    await talk.settle()
    assert "Parking" in await read_shared(world.staff[3], talk.thread.history()[-1])

    await leave_out(world, str(said.id), REASON)
    await talk.settle()

    assert "Parking" not in await read_shared(world.staff[3], talk.thread.history()[-1])
    again = await world.organiser.slash(world.office, "summary thread", prompt=str(talk.prompt.id))
    assert "Parking" not in "\n".join(await read_pages(world.organiser, again))
    about = await see_data(world.staff[0], world.office)
    assert REASON in shown(await world.staff[0].click(about.response, label=READ_WORDS))


def test_a_page_of_the_longest_reasons_fits_on_a_card() -> None:
    replies = [FoundReply(n, 1, n, "", left_out=True, reason="*" * 300) for n in range(1, 12)]
    links = [f"https://discord.com/channels/{'9' * 19}/{'9' * 19}/{'9' * 19}"] * REPLIES_A_PAGE

    page = paginate(replies, REPLIES_A_PAGE, 1)
    assert beyond_limits(left_out_card(page, links, len(replies), note="*" * 300)) == ()
