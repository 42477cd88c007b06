"""People who react to a reply are counted."""

from __future__ import annotations

from collections import Counter

from tests.cogs.replies.talk import Talk


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
