"""Summaries that others can see: posted in the thread, and changed when replies are taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.serializers import message_payload

from bot.client import EXTENSIONS
from bot.discord_errors import FORBIDDEN
from bot.models.replies import Edit, Erasure, Reply
from bot.services.published_summaries import format_age
from bot.services.quoting import find_quoting_prompts
from bot.store import StoreError
from bot.store.summaries import SummaryStore
from bot.summaries.lifecycle.freshness import RepliesSince
from bot.summaries.lifecycle.record import CHANGED as CHANGED_ON
from bot.summaries.lifecycle.record import REFUSED, REWORDED, TAKEN_BACK, Record
from bot.summaries.output.counts import STANDINGS
from bot.summaries.output.plain_text import READ
from bot.summaries.review.publication import NOT_CHECKED
from cogs.summaries import repairs
from cogs.summaries.card import NO_REPLIES as ALL_TAKEN_BACK
from cogs.summaries.card import READ_ALL, WROTE
from cogs.summaries.shared_summaries import FORGOTTEN, LATER, NO_THREAD
from cogs.summaries.texts import QUESTIONS
from tests.cogs.summaries.discussion import SAID, Discussion, discuss, like, read_shared
from tests.wording import says
from tests.world import World, new_world, shown, words

CHANGED = CHANGED_ON.format(date="1 January 2026", why=TAKEN_BACK)
START = 40
"""So many characters of a reply are looked for: a heading may leave out its full stop."""


async def share(discussion: Discussion, where: Any = None) -> discord.Message:
    """An organiser shares the summary; the message that shows it."""
    organiser = discussion.world.organiser
    answer = await organiser.slash(
        where or discussion.thread, "summary thread", prompt=str(discussion.prompt.id), share=True
    )
    assert answer.ephemeral
    shared = latest(discussion)
    assert f"{discussion.thread.id}/{shared.id}" in answer.response.content
    return shared


def latest(discussion: Discussion) -> discord.Message:
    """The last message of the thread, as it is now."""
    message: discord.Message = discussion.thread.history()[-1]
    return message


def standing(discussion: Discussion) -> discord.Message:
    """A reply whose words stand on the first screen of the last summary."""
    text = words(latest(discussion))
    return next(message for message in discussion.messages if message.content[:START] in text)


def is_shown(reply: discord.Message, discussion: Discussion) -> bool:
    """Whether a reply's words stand on the last summary as it is shown now."""
    return reply.content[:START] in words(latest(discussion))


async def recorded(discussion: Discussion) -> list[Record]:
    shared = await discussion.world.store.summaries.shared(discussion.prompt.id)
    return [Record.from_json(one.body) for one in shared]


def edits_of(world: World) -> int:
    """How often the bot has changed a message or a thread."""
    return sum(entry.method == "PATCH" for entry in world.env.http_requests)


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_shared_summary_stands_in_the_thread_without_links_to_messages(
    discussion: Discussion, elsewhere: bool
) -> None:
    shared = await share(discussion, discussion.world.office if elsewhere else None)

    text = words(shared)
    assert is_shown(standing(discussion), discussion)
    assert WROTE.format(people="4 people", standing=STANDINGS[0]) in text
    assert "https://" not in text
    assert not shared.mentions
    everything = await read_shared(discussion.world.staff[0], shared)
    assert READ.format(read=12, held="13 replies", private="") in everything
    assert NOT_CHECKED in everything
    assert "https://" not in everything
    assert [record.pending for record in await recorded(discussion)] == [False]


async def test_anybody_can_read_all_of_a_shared_summary_and_nobody_else_sees_their_pages(
    discussion: Discussion,
) -> None:
    shared = await share(discussion)
    before = len(discussion.thread.history())

    assert QUESTIONS in await read_shared(discussion.world.staff[3], shared)
    assert QUESTIONS not in words(shared)
    assert words(latest(discussion)) == words(shared)
    assert len(discussion.thread.history()) == before


async def test_a_shared_summary_stays_as_it_was_recorded_when_more_replies_come(discussion: Discussion) -> None:
    shared = await share(discussion)
    await discussion.say(discussion.world.staff[0], "The lifts have been out of order since before the summer.")
    text = await read_shared(discussion.world.organiser, shared)

    message = next(one for one in discussion.thread.history() if one.id == shared.id)
    assert "lifts" not in f"{words(message)}{text}"
    assert not says(words(message), CHANGED_ON)


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


async def test_a_start_repairs_what_was_erased_while_nobody_told(discussion: Discussion) -> None:
    await share(discussion)
    first = standing(discussion)
    replies = await discussion.world.store.replies.of_prompt(discussion.prompt.id)
    await discussion.world.store.replies.withdraw(next(reply for reply in replies if reply.id == first.id))
    await discussion.world.restart()

    assert not is_shown(first, discussion)
    assert CHANGED in words(latest(discussion))


async def test_who_says_no_to_quotes_is_quoted_in_no_summary_and_still_read(discussion: Discussion) -> None:
    shared = await share(discussion)
    first = standing(discussion)
    world = discussion.world

    (before,) = await recorded(discussion)
    await world.store.people.choose(world.guild.id, first.author.id, quotes=False)
    with world.env._bot_scope():
        world.bot.dispatch("quotes_changed", discussion.prompt.id)
    await world.env.settle()

    text = words(latest(discussion))
    assert latest(discussion).id == shared.id
    assert not is_shown(first, discussion)
    assert REFUSED in text
    (record,) = await recorded(discussion)
    assert record.summary.coverage == before.summary.coverage
    assert [point.people for point in record.summary.points] == [point.people for point in before.summary.points]
    await share(discussion)
    assert not is_shown(first, discussion)


async def test_a_no_to_quotes_while_the_database_cannot_be_read_ends_in_a_calm_line(
    discussion: Discussion, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await share(discussion)
    world = discussion.world

    async def fail(*_: object) -> None:
        raise StoreError("The disk of the database at {path} reports an error.")

    with monkeypatch.context() as broken:
        broken.setattr(world.store.summaries, "shared", fail)
        broken.setattr(world.store.drafts, "open_drafts", fail)
        with world.env._bot_scope():
            world.bot.dispatch("quotes_changed", discussion.prompt.id)
        await world.env.settle()

    assert f"summaries of prompt {discussion.prompt.id} could not be repaired: StoreError" in caplog.text
    assert "open drafts could not be repaired: StoreError" in caplog.text
    assert not world.env.errors


async def test_a_start_takes_out_quotes_of_who_said_no_while_nobody_told(discussion: Discussion) -> None:
    await share(discussion)
    first = standing(discussion)
    world = discussion.world
    await world.store.people.choose(world.guild.id, first.author.id, quotes=False)
    await world.restart()

    assert not is_shown(first, discussion)


async def test_a_start_shows_what_was_recorded_and_not_shown_yet(discussion: Discussion) -> None:
    world = discussion.world
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50001, times=2)
    prompt = str(discussion.prompt.id)
    answer = await world.organiser.slash(discussion.thread, "summary thread", prompt=prompt, share=True)
    assert LATER.format(channel=discussion.thread.id) in shown(answer)
    assert "“" not in words(latest(discussion))
    assert [record.pending for record in await recorded(discussion)] == [True]
    await world.restart()

    assert is_shown(standing(discussion), discussion)
    assert [record.pending for record in await recorded(discussion)] == [False]


async def test_a_deletion_that_cannot_be_shown_is_recorded_and_shown_at_the_next_start(discussion: Discussion) -> None:
    world = discussion.world
    await share(discussion)
    first = standing(discussion)
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50001)
    await discussion.take_back(first)
    (record,) = await recorded(discussion)
    assert first.content[:START] not in record.to_json()
    await world.restart()

    assert not is_shown(first, discussion)


async def test_starting_again_changes_nothing_where_all_is_well(discussion: Discussion) -> None:
    world = discussion.world
    await share(discussion)
    before = words(latest(discussion))
    edits = edits_of(world)
    await world.restart()

    assert words(latest(discussion)) == before
    assert edits_of(world) == edits


async def test_a_summary_in_an_archived_thread_is_changed_and_the_thread_archived_again(
    discussion: Discussion,
) -> None:
    world = discussion.world
    await share(discussion)
    # Discord refuses to edit a message in an archived thread; the simulated one does not know that.
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083)
    await discussion.take_back(discussion.messages[0])

    assert CHANGED in words(latest(discussion))
    thread = await world.bot.fetch_channel(discussion.thread.id)
    assert isinstance(thread, discord.Thread)
    assert thread.archived
    assert [record.pending for record in await recorded(discussion)] == [False]


async def test_a_deleted_summary_is_forgotten(discussion: Discussion) -> None:
    shared = await share(discussion)
    await discussion.world.staff[0].delete(discussion.messages[-1])
    assert len(await recorded(discussion)) == 1
    message = await discussion.world.bot.get_partial_messageable(discussion.thread.id).fetch_message(shared.id)
    await message.delete()
    await discussion.world.env.settle()

    assert await recorded(discussion) == []


async def test_a_summary_whose_message_went_unseen_is_forgotten_at_the_next_deletion(discussion: Discussion) -> None:
    shared = await share(discussion)
    discussion.world.env.inject_error("PATCH", "/channels/*/messages/*", status=404, code=10008)
    await discussion.take_back(discussion.messages[0])

    assert shared.id == latest(discussion).id
    assert await recorded(discussion) == []


async def test_a_forgotten_summary_says_that_it_has_no_other_pages(discussion: Discussion) -> None:
    shared = await share(discussion)
    await discussion.world.store.summaries.forget(shared.id)
    answer = await discussion.world.staff[0].click(shared, label=READ_ALL)

    assert FORGOTTEN in shown(answer)
    assert words(latest(discussion)) == words(shared)


async def test_where_there_is_no_thread_sharing_says_so_and_records_nothing(discussion: Discussion) -> None:
    world = discussion.world
    gone = await world.store.prompts.note_gone(discussion.prompt, world.env.now())
    await world.store.prompts.keep(gone, "Deleted by mistake.")
    answer = await world.organiser.slash(world.prompts, "summary thread", prompt=str(gone.id), share=True)

    assert NO_THREAD in answer.response.content
    assert await recorded(discussion) == []


async def test_a_thread_in_which_the_bot_may_not_write_gets_no_summary(discussion: Discussion) -> None:
    world = discussion.world
    world.env.inject_error("POST", f"/channels/{discussion.thread.id}/messages", status=403, code=50013)
    answer = await world.organiser.slash(discussion.thread, "summary thread", share=True)

    assert FORBIDDEN in answer.response.content
    assert await recorded(discussion) == []
    assert len(world.env.errors) == 1  # the refusal, which was answered


async def test_a_reply_that_comes_days_later_makes_the_shared_summary_out_of_date(discussion: Discussion) -> None:
    world = discussion.world
    world.bot.watch.add(discussion.prompt)
    shared = await share(discussion)
    await world.env.advance_time(2 * 86_400)
    await discussion.say(world.staff[1], "Nights are short staffed again, and nobody has told us why.")
    with world.env._bot_scope():
        world.bot.dispatch("replies_stored", (discussion.prompt.id,))  # as the replies' cog does after a commit
    await world.env.advance_time(700)

    now = next(message for message in discussion.thread.history() if message.id == shared.id)
    assert format_age(RepliesSince(1)) in words(now)


async def test_a_summary_stands_in_words_and_follows_deletions_where_pictures_are_refused(
    discussion: Discussion,
) -> None:
    world = discussion.world
    await like(discussion)
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50013)
    shared = await share(discussion)
    taken = standing(discussion)
    assert not shared.attachments

    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50013)
    await discussion.take_back(taken)

    assert not is_shown(taken, discussion)
    assert CHANGED in words(latest(discussion))


async def test_of_many_summaries_the_older_ones_are_repaired_little_by_little_after_a_start(
    discussion: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = discussion.world
    monkeypatch.setattr(repairs, "REPAIRED_AT_ONCE", 1)
    await like(discussion)
    await share(discussion)
    other = await discuss(world)
    await share(other)
    taken = standing(discussion)
    await world.store.replies.apply([Erasure(discussion.prompt.id, (taken.id,))])  # killed before anybody heard of it
    await world.restart()
    await world.env.advance_time(30)

    assert not is_shown(taken, discussion)


async def test_a_round_looks_at_the_summaries_of_prompts_in_which_people_wrote_alone(
    discussion: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = discussion.world
    await share(discussion)
    other = await discuss(world)
    for each in (discussion, other):
        world.bot.watch.add(each.prompt)
    await share(other)
    await world.env.advance_time(1_300)
    asked: list[int] = []
    shared = SummaryStore.shared

    async def ask(self: SummaryStore, prompt_id: int | None = None) -> Any:
        asked.append(prompt_id or 0)
        return await shared(self, prompt_id)

    monkeypatch.setattr(SummaryStore, "shared", ask)
    with world.env._bot_scope():
        world.bot.dispatch("replies_stored", (other.prompt.id,))
    await world.env.advance_time(1_300)

    assert set(asked) == {other.prompt.id}


async def test_only_summaries_that_quote_somebody_are_renewed_when_they_say_no_to_quotes(
    discussion: Discussion,
) -> None:
    world = discussion.world
    await share(discussion)
    other = await discuss(world, SAID[1:3])
    await other.say(world.staff[0], "ok")
    await share(other)
    author = standing(discussion).author.id

    own = await world.store.replies.of_person(world.guild.id, author)
    found = await find_quoting_prompts(world.store, own)

    assert author == world.staff[0].id
    assert {reply.prompt_id for reply in own} == {discussion.prompt.id, other.prompt.id}
    assert found == {discussion.prompt.id}
