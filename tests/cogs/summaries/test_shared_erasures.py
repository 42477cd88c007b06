"""What people take back, change or withdraw leaves every shared summary, its pages and its counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord.backend.serializers import message_payload

from bot.client import EXTENSIONS
from bot.models.replies import Edit, Reply
from bot.summaries.lifecycle.record import CHANGED as CHANGED_ON
from bot.summaries.lifecycle.record import REWORDED
from bot.summaries.output.counts import STANDINGS
from bot.summaries.output.plain_text import READ
from cogs.summaries.card_text import NO_REPLIES as ALL_TAKEN_BACK
from cogs.summaries.card_text import WROTE
from tests.cogs.summaries.discussion import SAID, Discussion, discuss, read_shared
from tests.cogs.summaries.sharing import CHANGED, START, edits_of, is_shown, latest, recorded, share, standing
from tests.wording import says
from tests.world import World, new_world, words


async def test_a_reply_that_is_taken_back_leaves_the_shared_summary_and_its_counts(discussion: Discussion) -> None:
    shared = await share(discussion)
    first = standing(discussion)
    assert "3 people: 1 wrote it, 2 said “same here”." in words(shared)
    await discussion.take_back(first)

    text = words(latest(discussion))
    assert latest(discussion).id == shared.id
    assert not is_shown(first, discussion)
    assert CHANGED in text
    assert "3 people" not in text
    assert says(await read_shared(discussion.world.staff[0], latest(discussion)), READ, read=11, held="12 replies")
    (record,) = await recorded(discussion)
    assert str(first.id) not in record.to_json()


async def test_a_reply_that_is_taken_back_leaves_the_other_pages_too(discussion: Discussion) -> None:
    shared = await share(discussion)
    asked = "When will the board tell us what came of the last staff survey?"
    message = next(message for message in discussion.messages if message.content == asked)
    assert asked in await read_shared(discussion.world.organiser, shared)
    await discussion.take_back(message)

    text = await read_shared(discussion.world.organiser, latest(discussion))
    assert asked not in text
    assert CHANGED in text
    assert CHANGED in words(latest(discussion))


async def test_a_reply_that_was_counted_but_not_quoted_changes_only_the_counts(discussion: Discussion) -> None:
    await share(discussion)
    first = standing(discussion)
    await discussion.take_back(discussion.messages[-1])

    assert is_shown(first, discussion)
    text = await read_shared(discussion.world.staff[0], latest(discussion))
    assert any(says(text, READ, read=read, held="12 replies") for read in (11, 12))


async def test_a_form_reply_that_its_author_withdraws_leaves_the_shared_summary(world: World) -> None:
    discussion = await discuss(world, SAID[:3])
    reply_id = await discussion.fill_in(world.staff[3], "Car parking costs more than an hour of my pay each week.")
    await share(discussion)
    assert "Car parking" in await read_shared(world.staff[0], latest(discussion))
    reply = await world.store.replies.own(world.guild.id, world.staff[3].id, reply_id)
    await world.store.replies.withdraw(reply)
    await discussion.tell_of_erasure()

    assert "Car parking" not in await read_shared(world.staff[0], latest(discussion))
    assert CHANGED in words(latest(discussion))
    assert WROTE.format(people="3 people", standing=STANDINGS[0]) in words(latest(discussion))


async def test_when_every_reply_is_taken_back_nothing_of_them_is_left(world: World) -> None:
    discussion = await discuss(world, SAID[:3])
    shared = await share(discussion)
    await discussion.take_back(*discussion.messages)

    assert latest(discussion).id == shared.id
    assert ALL_TAKEN_BACK in words(latest(discussion))
    assert "Changed on 1 January 2026: 3 replies were deleted." in words(latest(discussion))
    assert "“" not in words(latest(discussion))


async def test_every_shared_summary_of_the_prompt_is_changed_and_those_of_others_are_not(
    discussion: Discussion,
) -> None:
    other = await discuss(discussion.world)
    first, second = await share(discussion), await share(discussion)
    third = await share(other)
    await discussion.take_back(discussion.messages[0])

    texts = {message.id: words(message) for message in discussion.thread.history()}
    assert CHANGED in texts[first.id]
    assert CHANGED in texts[second.id]
    assert words(latest(other)) == words(third)


@pytest.mark.parametrize("order", [EXTENSIONS, EXTENSIONS[::-1]], ids=["usual", "reversed"])
@pytest.mark.parametrize("in_channel", [False, True])
@pytest.mark.sampled(1)
async def test_words_taken_out_of_a_message_leave_summary_and_draft_whichever_cog_hears_it_first(
    tmp_path: Path, order: tuple[str, ...], in_channel: bool
) -> None:
    async with new_world(tmp_path, extensions=order) as world:
        discussion = await discuss(world)
        world.bot.watch.add(discussion.prompt)
        author, place = world.staff[3], world.prompts if in_channel else discussion.thread
        card = next(one for one in world.prompts.history() if one.id == discussion.prompt.message_id)
        said = "When we raise short staffing on nights, nobody listens, so I raise it no more."
        reply = await author.send(place, said, reply_to=card if in_channel else None)
        await world.store.inbox.flush()
        shared = await share(discussion)
        await world.facilitator.slash(world.prompts, "summary draft", prompt=str(discussion.prompt.id))
        before = await read_shared(world.organiser, shared)
        await world.env.advance_time(60)
        await author.edit(reply, "I have thought again.")
        await world.store.inbox.flush()
        await world.env.settle()

        draft = await world.store.drafts.of_prompt(discussion.prompt.id)
        (record,) = await recorded(discussion)
        assert draft is not None
        assert says(before, READ, read=13, held="14 replies")
        assert CHANGED_ON.format(date="1 January 2026", why=REWORDED) in words(latest(discussion))
        assert said[:START] not in f"{words(latest(discussion))}{record.summary}{draft.summary}"
        assert str(reply.id) in draft.held


async def test_a_preview_that_discord_adds_to_a_message_has_no_summary_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with new_world(tmp_path) as world:
        discussion = await discuss(world)
        world.bot.watch.add(discussion.prompt)
        await share(discussion)
        read: list[int] = []
        of_prompt = world.store.replies.of_prompt

        async def noted(prompt_id: int) -> tuple[Reply, ...]:
            read.append(prompt_id)
            return await of_prompt(prompt_id)

        monkeypatch.setattr(world.store.replies, "of_prompt", noted)
        backend = world.env.backend
        message = backend.get_message(discussion.thread.id, discussion.messages[0].id)
        payload = dict(message_payload(backend, message)) | {"guild_id": str(world.guild.id)}
        backend.emit("MESSAGE_UPDATE", payload)
        await world.env.settle()

        assert read == []


async def test_words_that_were_changed_since_are_taken_out_at_the_next_look(discussion: Discussion) -> None:
    world = discussion.world
    shared = await share(discussion)
    first = standing(discussion)
    await world.env.advance_time(60)
    edit = Edit(first.id, "I have thought again.", world.env.now())
    await world.store.replies.apply([edit])
    text = await read_shared(world.staff[1], shared)

    assert not is_shown(first, discussion)
    assert CHANGED_ON.format(date="1 January 2026", why=REWORDED) in words(latest(discussion))
    assert says(text, READ, read=12, held="13 replies")


async def test_two_erasures_told_at_once_change_the_message_once(discussion: Discussion) -> None:
    world = discussion.world
    await share(discussion)
    edits = edits_of(world)
    for reply in (await world.store.replies.of_prompt(discussion.prompt.id))[:2]:
        await world.store.replies.withdraw(reply)
    with world.env._bot_scope():
        world.bot.dispatch("replies_erased", discussion.prompt.id)
        world.bot.dispatch("replies_erased", discussion.prompt.id)
    await world.env.settle()

    assert edits_of(world) == edits + 1
    assert says(await read_shared(world.staff[0], latest(discussion)), READ, read=10, held="11 replies")
