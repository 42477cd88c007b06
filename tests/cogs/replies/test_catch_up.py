"""What was written, changed and deleted while nobody listened is caught up from the histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.backend.serializers import guild_create_payload
from simcord.enums import OverwriteType

from bot.models.replies import Arrival, Edit, Erasure
from bot.store.replies import inbox
from bot.store.replies.replies import ReplyStore
from cogs.core.channel_permissions import REMEMBERING
from cogs.replies.catch_up import UNREADABLE
from tests.cogs.replies.talk import Talk, talk_in
from tests.wording import says

HISTORY = discord.Permissions(read_message_history=True)


async def test_what_was_written_while_the_bot_was_down_is_caught_up(talk: Talk) -> None:
    changed, deleted = await talk.say("We ned staff."), await talk.say("Take this back.")
    await talk.replies()
    with talk.away():
        await talk.say("Written meanwhile", who=1)
        await talk.world.staff[0].edit(changed, "We need staff.")
        await talk.world.staff[0].delete(deleted)
        await talk.world.staff[2].send(talk.place, "To the card meanwhile", reply_to=talk.card)
        await talk.world.staff[2].send(talk.place, "Other talk meanwhile")
    await talk.restart()

    assert sorted(await talk.texts()) == ["To the card meanwhile", "We need staff.", "Written meanwhile"]


async def test_reading_twice_changes_nothing(talk: Talk) -> None:
    with talk.away():
        said = await talk.say("Written meanwhile", attachments=[("a.txt", b"a")])
        await talk.world.staff[1].react(said, "👍")
    await talk.restart()
    first = await talk.replies()
    await talk.restart()

    assert await talk.replies() == first
    assert [(reply.text, reply.agreed, reply.attachments) for reply in first] == [("Written meanwhile", 1, 1)]


async def test_long_histories_are_read_to_their_end(talk: Talk) -> None:
    backend = talk.world.env.backend
    with talk.away():
        for n in range(250):
            backend.create_message(talk.thread.id, talk.world.staff[n % 4].id, f"Reply {n}")
    await talk.restart()

    assert await talk.texts() == [f"Reply {n}" for n in range(250)]


async def test_a_reply_in_the_channel_that_was_deleted_meanwhile_is_erased(talk: Talk) -> None:
    said = await talk.world.staff[0].send(talk.place, "To the card", reply_to=talk.card)
    assert await talk.texts() == ["To the card"]
    with talk.away():
        await talk.world.staff[0].delete(said)
    await talk.restart()

    assert await talk.texts() == []


async def test_an_erased_message_does_not_come_back_with_an_old_page(talk: Talk) -> None:
    said = await talk.say("Take this back.")
    await talk.replies()
    await talk.world.store.replies.apply([Erasure(talk.prompt.id, (said.id,))])  # Discord still shows it
    await talk.restart()

    assert await talk.texts() == []


async def test_an_old_page_does_not_override_a_newer_edit(talk: Talk) -> None:
    said = await talk.say("First words")
    await talk.world.staff[0].edit(said, "Second words")
    await talk.replies()
    later = talk.world.env.now() + discord.utils.utcnow().resolution * 5_000_000
    await talk.world.store.replies.apply([Edit(said.id, "Third words, just said", later)])
    await talk.restart()

    assert await talk.texts() == ["Third words, just said"]


async def test_what_is_said_live_while_a_history_is_read_wins(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    with talk.away():
        edited, deleted = await talk.say("Old words"), await talk.say("Delete me")
    read = ReplyStore.erased

    async def meanwhile(self: ReplyStore, message_ids: Collection[int]) -> frozenset[int]:
        """The page is read, and before it is compared, people change what it showed."""
        found = await read(self, message_ids)
        backend = talk.world.env.backend
        if backend.get_message(talk.thread.id, edited.id).content == "Old words":
            backend.edit_message(talk.thread.id, edited.id, {"content": "New words"})
            backend.delete_message(talk.thread.id, deleted.id)
            backend.create_message(talk.thread.id, talk.world.staff[1].id, "Just now")
        return found

    monkeypatch.setattr(ReplyStore, "erased", meanwhile)
    await talk.restart()

    assert sorted(await talk.texts()) == ["Just now", "New words"]


async def test_reactions_of_the_time_away_are_caught_up(talk: Talk) -> None:
    said, other = await talk.say("We need a porter."), await talk.say("And a lift.")
    await talk.world.staff[1].react(said, "👍")
    await talk.world.staff[1].react(other, "👍")
    await talk.replies()
    with talk.away():
        await talk.world.staff[1].unreact(said, "👍")
        await talk.world.staff[2].react(other, "👍")
        await talk.world.staff[3].react(other, "❤️")
    await talk.restart()

    assert [reply.agreed for reply in await talk.replies()] == [0, 3]


async def test_a_bots_reaction_of_the_time_away_counts_for_nobody(talk: Talk) -> None:
    said = await talk.say("We need a porter.")
    await talk.replies()
    beep = talk.world.guild.add_member(talk.world.env.create_user("Beep", bot=True))
    with talk.away():
        await talk.world.staff[1].react(said, "👍")
        await beep.react(said, "👍")
    await talk.restart()

    assert [reply.agreed for reply in await talk.replies()] == [1]


async def test_a_reaction_taken_back_live_while_reactions_are_read_stays_away(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben, cai = talk.world.staff[1:3]
    said = await talk.say("We need a porter.")
    await talk.replies()
    with talk.away():
        await ben.react(said, "👍")
        await cai.react(said, "👍")
    read = ReplyStore.reactions_held

    async def meanwhile(self: ReplyStore, prompt_id: int) -> Mapping[int, Counter[str]]:
        """The history was read with two reactions; before they are asked for, one is taken back."""
        found = await read(self, prompt_id)
        talk.world.env.backend.set_reaction(talk.thread.id, said.id, "👍", cai.id, False)
        return found

    monkeypatch.setattr(ReplyStore, "reactions_held", meanwhile)
    await talk.restart()
    monkeypatch.undo()
    await talk.world.env.advance_time(11 * 60)

    assert [reply.agreed for reply in await talk.replies()] == [1]


async def test_without_permission_nothing_is_erased_and_facilitators_are_told_once(talk: Talk) -> None:
    await talk.say("Keep me")
    await talk.replies()
    _overwrite(talk, deny=HISTORY)
    await talk.restart()
    await talk.world.env.advance_time(25 * 60)

    assert await talk.texts() == ["Keep me"]
    told = [
        says(text, UNREADABLE, permission=REMEMBERING["read_message_history"])
        for text in talk.world.texts(talk.world.office)
    ]
    assert told.count(True) == 1


async def test_a_permission_that_comes_back_lets_the_bot_catch_up(talk: Talk) -> None:
    _overwrite(talk, deny=HISTORY)
    await talk.settle()
    with talk.away():
        await talk.say("Unread")
    await talk.restart()
    assert await talk.texts() == []
    _overwrite(talk, deny=discord.Permissions.none())
    await talk.world.env.advance_time(11 * 60)

    assert await talk.texts() == ["Unread"]


async def test_a_permission_lost_in_mid_run_erases_nothing(talk: Talk) -> None:
    await talk.say("Keep me")
    await talk.replies()
    backend = talk.world.env.backend
    with talk.away():
        hidden = backend.messages[talk.thread.id]
        backend.messages[talk.thread.id] = {}  # what Discord shows without the permission: an empty page
        talk.world.env.inject_error("GET", "/channels/*/messages/*", status=403, code=50001)
    await talk.restart()
    backend.messages[talk.thread.id] = hidden

    assert await talk.texts() == ["Keep me"]
    assert says(talk.told(), UNREADABLE)


async def test_a_fault_of_discord_is_tried_again(talk: Talk) -> None:
    with talk.away():
        await talk.say("Later")
    talk.world.env.inject_error("GET", f"/channels/{talk.thread.id}/messages", status=503)
    await talk.restart()
    assert await talk.texts() == []
    await talk.world.env.advance_time(40)

    assert await talk.texts() == ["Later"]


async def test_the_newest_thread_is_read_first(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    # Of those that are read side by side, any can be the first to ask.
    monkeypatch.setattr("cogs.replies.catch_up.AT_ONCE", 1)
    newer = await talk_in(talk.world, talk.place, question="And what else?")
    newest = await talk_in(talk.world, talk.place, question="And then?")
    requests = talk.world.env.http_requests
    before = len(requests)
    await talk.restart()

    pages = [request.path for request in requests[before:] if request.path.endswith("/messages")]
    assert pages[0] == f"/channels/{newest.thread.id}/messages"
    assert pages.index(f"/channels/{newer.thread.id}/messages") < pages.index(f"/channels/{talk.thread.id}/messages")


async def test_a_thread_that_cannot_be_read_holds_no_other_up(talk: Talk) -> None:
    newer = await talk_in(talk.world, talk.place, question="And what else?")
    with talk.away():
        await talk.say("In the older thread")
        await newer.say("In the newer thread")
    for _ in range(2):
        talk.world.env.inject_error("GET", f"/channels/{newer.thread.id}/messages", status=503)
    await talk.restart()
    assert (await newer.texts(), await talk.texts()) == ([], ["In the older thread"])
    await talk.world.env.advance_time(120)

    assert await newer.texts() == ["In the newer thread"]


async def test_a_thread_that_is_opened_again_is_caught_up(talk: Talk) -> None:
    backend = talk.world.env.backend
    backend.edit_channel(talk.thread.id, {}, thread_metadata={"archived": True})
    await talk.settle()
    with talk.away():
        await talk.say("Written in between")
    assert await talk.texts() == []
    backend.edit_channel(talk.thread.id, {}, thread_metadata={"archived": False})

    assert await talk.texts() == ["Written in between"]


async def test_a_bot_that_is_removed_and_invited_again_catches_up_and_keeps_all(talk: Talk) -> None:
    await talk.say("Before")
    await talk.replies()
    backend, guild = talk.world.env.backend, talk.world.guild
    payload = dict(guild_create_payload(backend, backend.get_guild(guild.id)))
    payload.pop("unavailable", None)
    backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await talk.settle()
    with talk.away():
        await talk.say("In between")
    backend.emit("GUILD_CREATE", payload)

    assert await talk.texts() == ["Before", "In between"]


async def test_without_the_intent_a_reading_changes_no_words(talk: Talk) -> None:
    said = await talk.say("Words from before")
    await talk.replies()
    with talk.away():
        await talk.world.staff[0].edit(said, "An edit that cannot be read")
    await talk.restart(message_content=False)

    assert await talk.texts() == ["Words from before"]


async def test_what_was_let_go_while_the_database_was_full_is_read_again(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_WAITING", 2)
    backend = talk.world.env.backend
    for n in range(10):
        backend.create_message(talk.thread.id, talk.world.staff[0].id, f"Reply {n}")
    await talk.settle()
    monkeypatch.undo()

    assert await talk.texts() == [f"Reply {n}" for n in range(10)]


async def test_a_message_from_before_the_thread_was_watched_is_found(talk: Talk) -> None:
    talk.world.bot.watch.drop(talk.prompt)
    await talk.say("Quicker than the bot")
    assert await talk.texts() == []
    with talk.world.env._bot_scope():
        talk.world.bot.watch.add(talk.prompt)

    assert await talk.texts() == ["Quicker than the bot"]


async def test_replies_of_others_servers_are_left_alone(talk: Talk) -> None:
    """A prompt whose server the bot has left holds its replies, and is not read."""
    await talk.say("Mine")
    await talk.replies()
    backend = talk.world.env.backend
    backend.emit("GUILD_DELETE", {"id": str(talk.world.guild.id)})
    await talk.settle()
    requests = len(talk.world.env.http_requests)
    with talk.world.env._bot_scope():
        talk.world.bot.dispatch("replies_missed")

    assert await talk.texts() == ["Mine"]
    assert len(talk.world.env.http_requests) == requests


async def test_an_arrival_for_a_prompt_that_is_gone_from_the_database_is_dropped(talk: Talk) -> None:
    lost = Arrival(1, talk.prompt.guild_id, 10_000, 5, "Nowhere", talk.world.env.now(), message_id=1)
    applied = await talk.world.store.replies.apply([lost, Erasure(10_000, (1,))])

    assert applied.stored == 0


def _overwrite(talk: Talk, *, deny: discord.Permissions) -> None:
    role = next(role for role in talk.world.guild.roles.values() if role._role.managed)
    talk.world.env.backend.set_overwrite(
        talk.place.id, Overwrite(target_id=role.id, type=OverwriteType.ROLE, allow=0, deny=deny.value)
    )
