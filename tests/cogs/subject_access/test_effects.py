"""What becomes of people's words when a message, a thread, the bot or the person goes: the table of docs/staff.md."""

from __future__ import annotations

from datetime import timedelta

from cogs.subject_access.data_card import KEPT_UNTIL, NOTHING, REPLIES_IN
from tests.cogs.replies.talk import Talk
from tests.cogs.subject_access.steps import see_data
from tests.world import shown

MONTH = timedelta(days=31).total_seconds()
SAID = "Rotas come out too late to plan a week at home."


async def stored(talk: Talk) -> str:
    """What the person is told that is stored about them."""
    return shown(await see_data(talk.world.staff[0], talk.world.prompts))


async def test_a_message_that_its_author_deletes_goes_at_once_with_its_quotes(talk: Talk) -> None:
    message = await talk.say(SAID)
    await talk.settle()
    await talk.world.facilitator.slash(talk.world.prompts, "summary thread", prompt=str(talk.prompt.id), share=True)

    await talk.world.staff[0].delete(message)
    await talk.settle()

    assert await talk.texts() == []
    assert SAID not in "\n".join(talk.world.texts(talk.thread))
    assert NOTHING in await stored(talk)


async def test_the_replies_of_a_deleted_thread_go_after_30_days_and_its_author_sees_the_day(talk: Talk) -> None:
    await talk.say(SAID)
    await talk.settle()

    talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.settle()
    held = await stored(talk)
    await talk.world.leap(MONTH)
    await talk.settle()

    assert REPLIES_IN.format(replies="1 reply", questions="1 question") in held
    assert KEPT_UNTIL.format(date="31 January 2026") in held
    assert NOTHING in await stored(talk)


async def test_somebody_who_leaves_the_server_keeps_what_they_had_and_finds_it_again(talk: Talk) -> None:
    await talk.say(SAID)
    await talk.settle()
    world, person = talk.world, talk.world.staff[0]

    world.guild.remove_member(person)
    await talk.restart()
    assert await talk.texts() == [SAID]

    world.staff[0] = world.guild.add_member(person.user)
    await talk.settle()
    assert REPLIES_IN.format(replies="1 reply", questions="1 question") in await stored(talk)


async def test_what_the_bot_held_goes_30_days_after_it_was_removed(talk: Talk) -> None:
    await talk.say(SAID)
    await talk.settle()
    world = talk.world

    await world.store.settings.leave(world.guild.id, world.env.now())
    await world.store.settings.erase_left(world.env.now() + timedelta(days=31))

    assert await world.store.replies.of_person(world.guild.id, world.staff[0].id) == ()
    assert await world.store.personal.servers() == ()
