"""Super reactions count as endorsements, live and when they are caught up; who gives both kinds counts once."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord.http import HTTPClient
from simcord.backend import serializers

from tests.cogs.replies.talk import Talk

THUMB = "👍"


class Supers:
    """Super reactions, which the simulated Discord lacks: shown on pages, listed by their type, and sent live."""

    def __init__(self) -> None:
        self.of: dict[int, list[int]] = {}
        self.listed = 0

    def page(self, message: dict[str, Any]) -> dict[str, Any]:
        people = self.of.get(int(message["id"]), [])
        if not people:
            return message
        normal = next((each["count"] for each in message["reactions"] if each["emoji"]["name"] == THUMB), 0)
        shown: dict[str, Any] = {
            "emoji": {"id": None, "name": THUMB},
            "count": normal + len(people),
            "me": False,
            "me_burst": False,
        }
        shown |= {"count_details": {"normal": normal, "burst": len(people)}, "burst_colors": []}
        others = [each for each in message["reactions"] if each["emoji"]["name"] != THUMB]
        return message | {"reactions": [*others, shown]}

    def send(self, talk: Talk, message: discord.Message, who: Any, *, added: bool = True) -> None:
        people = self.of.setdefault(message.id, [])
        people.append(who.id) if added else people.remove(who.id)
        event: dict[str, Any] = {
            "user_id": str(who.id),
            "channel_id": str(talk.thread.id),
            "message_id": str(message.id),
        }
        event |= {"guild_id": str(talk.world.guild.id), "emoji": serializers.emoji_payload(THUMB)}
        name = "MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE"
        talk.world.env.backend.emit(name, event | {"burst": True, "type": 1})


@pytest.fixture
def supers(monkeypatch: pytest.MonkeyPatch) -> Supers:
    """Discord as it answers about super reactions."""
    found = Supers()
    read, list_users = HTTPClient.logs_from, HTTPClient.get_reaction_users

    async def logs_from(self: HTTPClient, *args: Any, **options: Any) -> Any:
        return [found.page(dict(message)) for message in await read(self, *args, **options)]

    async def get_reaction_users(
        self: HTTPClient, channel_id: int, message_id: int, emoji: str, limit: int, after: Any = None, type: Any = None
    ) -> Any:
        found.listed += 1
        if type != 1:
            return await list_users(self, channel_id, message_id, emoji, limit, after, type)
        people = found.of.get(message_id, [])
        return [{"id": str(each), "username": "x", "discriminator": "0", "avatar": None} for each in people][:limit]

    monkeypatch.setattr(HTTPClient, "logs_from", logs_from)
    monkeypatch.setattr(HTTPClient, "get_reaction_users", get_reaction_users)
    return found


async def endorsed(talk: Talk) -> tuple[int, int]:
    """How many reacted to the only reply, and how many endorse it."""
    (reply,) = await talk.replies()
    return reply.agreed, len(reply.endorsers)


async def test_who_gives_both_kinds_counts_once_and_still_counts_when_one_is_taken_back(
    talk: Talk, supers: Supers
) -> None:
    said = await talk.say("We need a porter.")
    ben = talk.world.staff[1]
    await ben.react(said, THUMB)
    supers.send(talk, said, ben)
    assert await endorsed(talk) == (1, 1)

    supers.send(talk, said, ben, added=False)
    assert await endorsed(talk) == (1, 1)

    await ben.unreact(said, THUMB)
    assert await endorsed(talk) == (0, 0)


async def test_clearing_an_emoji_clears_its_super_reactions_too(talk: Talk, supers: Supers) -> None:
    said = await talk.say("We need a porter.")
    await talk.world.staff[1].react(said, THUMB)
    supers.send(talk, said, talk.world.staff[2])
    assert await endorsed(talk) == (2, 2)
    supers.of.clear()
    talk.world.env.backend.clear_reaction(talk.thread.id, said.id, THUMB)

    assert await endorsed(talk) == (0, 0)


async def test_super_reactions_of_the_time_away_are_caught_up_and_then_not_asked_for_again(
    talk: Talk, supers: Supers
) -> None:
    said = await talk.say("We need a porter.")
    await talk.replies()
    with talk.away():
        await talk.world.staff[1].react(said, THUMB)
        for who in talk.world.staff[1:3]:
            supers.send(talk, said, who)
    await talk.restart()
    assert await endorsed(talk) == (2, 2)
    listed = supers.listed
    await talk.restart()

    assert await endorsed(talk) == (2, 2)
    assert supers.listed == listed


async def test_a_super_reaction_that_its_giver_erased_stays_out(talk: Talk, supers: Supers) -> None:
    said = await talk.say("We need a porter.")
    ben = talk.world.staff[1]
    supers.send(talk, said, ben)
    assert await endorsed(talk) == (1, 1)
    await talk.world.store.personal.erase_all(talk.world.guild.id, ben.id)
    await talk.restart()

    assert await endorsed(talk) == (0, 0)


async def test_a_super_reaction_that_was_erased_under_its_plain_name_stays_out(talk: Talk, supers: Supers) -> None:
    said = await talk.say("We need a porter.")
    ben = talk.world.staff[1]
    await ben.react(said, THUMB)
    await talk.replies()
    await talk.world.store.personal.erase_all(talk.world.guild.id, ben.id)
    with talk.away():
        talk.world.env.backend.set_reaction(talk.thread.id, said.id, THUMB, ben.id, False)
        supers.send(talk, said, ben)
    await talk.restart()

    assert await endorsed(talk) == (0, 0)
