"""Facilitators leave a reply out of summaries, with a reason that its author sees, and put it back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.models.actions import EXCLUDED, INCLUDED
from cogs.moderation.autocomplete import NO_REPLY
from cogs.moderation.commands import MENU
from cogs.moderation.exclusions import LEFT_OUT, LEFT_OUT_ALREADY, PUT_BACK, PUT_IT_BACK, SHORTENED
from cogs.subject_access.data_card import READ_WORDS
from tests.cogs.replies.talk import Talk
from tests.cogs.subject_access.steps import see_data
from tests.cogs.summaries.discussion import read_pages, read_shared
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

    answer = shown(await fay.slash(world.office, "moderation exclude", message=link(talk, said), reason=f" {REASON} "))

    assert says(answer, LEFT_OUT)
    assert REASON in answer
    assert link(talk, said) in answer
    assert await reasons(talk) == [REASON]
    assert heard == [talk.prompt.id]
    (letter,) = [message.content for message in world.staff[0].user.dm_channel.history()]
    assert REASON in letter
    assert link(talk, said) in letter
    again = shown(await fay.slash(world.office, "moderation exclude", message=str(said.id), reason="Another reason."))
    assert "already" in again
    assert await reasons(talk) == [REASON]

    (choice,) = await fay.autocomplete(world.office, "moderation include", "message", "colleague")
    assert await fay.autocomplete(world.office, "moderation include", "message", "parking") == []
    back = shown(await fay.slash(world.office, "moderation include", message=choice["value"], reason="It did not."))

    assert says(back, PUT_BACK)
    assert await reasons(talk) == []
    assert heard == [talk.prompt.id] * 2
    assert await log(talk) == [(INCLUDED, "It did not."), (EXCLUDED, REASON)]
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
        (str(talk.prompt.message_id), "no stored reply"),
        (str(said.id + 1), "no stored reply"),
        (elsewhere, "another server"),
        ("hello", "no link to a message"),
        ("9" * 20, "no link to a message"),
        ("https://example.org/channels/1/2/3", "no link to a message"),
    ):
        for command in ("exclude", "include"):
            options = {"message": named, "reason": REASON}
            result = await world.facilitator.slash(world.office, f"moderation {command}", **options)
            assert sentence in shown(result), named
    blank = await world.facilitator.slash(world.office, "moderation exclude", message=str(said.id), reason="     .")
    assert "at least 5 letters" in shown(blank)
    assert await log(talk) == []


async def test_an_exclusion_outlives_a_restart_and_an_edit_and_ends_with_its_reply(talk: Talk) -> None:
    world = talk.world
    said = await talk.say("Sister Smith is never there.")
    await world.facilitator.slash(world.office, "moderation exclude", message=str(said.id), reason=REASON)

    await talk.restart()
    await world.staff[0].edit(said, "Somebody is never there.")
    await talk.settle()
    assert await reasons(talk) == [REASON]

    await world.staff[0].delete(said)
    await talk.settle()
    assert await reasons(talk) == []
    gone = await world.facilitator.slash(world.office, "moderation include", message=str(said.id))
    assert NO_REPLY in shown(gone)


async def test_summaries_in_a_thread_follow_and_the_author_sees_why(talk: Talk) -> None:
    world = talk.world
    said = await talk.say("Parking costs more than an hour of my pay each week, which is unfair.")
    for who in (1, 2):
        await talk.say(f"Handover takes far too long since the new forms came in, says number {who}.", who)
    await talk.replies()
    await world.organiser.slash(world.office, "summary thread", prompt=str(talk.prompt.id), share=True)
    await talk.settle()
    assert "Parking" in await read_shared(world.staff[3], talk.thread.history()[-1])

    await world.facilitator.slash(world.office, "moderation exclude", message=str(said.id), reason=REASON)
    await talk.settle()

    assert "Parking" not in await read_shared(world.staff[3], talk.thread.history()[-1])
    anew = await world.organiser.slash(world.office, "summary thread", prompt=str(talk.prompt.id))
    assert "Parking" not in "\n".join(await read_pages(world.organiser, anew))
    about = await see_data(world.staff[0], world.office)
    assert REASON in shown(await world.staff[0].click(about.response, label=READ_WORDS))
