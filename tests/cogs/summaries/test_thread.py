"""What organisers meet in /summary thread."""

from __future__ import annotations

import re
from typing import Any

import discord
import pytest

from bot.errors import UserError
from bot.models.grouping import Grouping
from bot.models.prompts import PromptState, Wording
from bot.models.replies import Reaction
from bot.models.summaries import Coverage, KeyPoint, Quote, Summary, SummaryOptions, Thread
from bot.services.summaries import HELD_BACK, NO_REPLIES, UNSOUND, summarise_prompt
from bot.store.prompts import NO_PROMPT
from bot.summaries import summarise
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.output.counts import REPLIED, SAME_HERE, STANDINGS
from bot.summaries.output.plain_text import DELETED, READ
from bot.summaries.output.plain_text import LEFT_OUT as REASONS
from bot.summaries.review.publication import NOT_CHECKED
from bot.text.links import message_link
from bot.text.markdown import escape
from cogs.core.access import ONLY, ORGANISERS
from cogs.core.rate_limits import TOO_FAST
from cogs.prompts.autocomplete import WHICH_PROMPT
from cogs.summaries.card import READ_ALL
from cogs.summaries.card_text import CAME_LATE, NO_POINTS, WROTE
from cogs.summaries.commands import CHANGED, CHECKED_ONE
from cogs.summaries.texts import QUESTIONS
from cogs.ui.pages import CHOOSE, PAGE
from cogs.ui.parts import PREVIOUS
from tests.cogs.outcomes.given import published
from tests.cogs.summaries.discussion import SAID, Discussion, discuss, read_pages
from tests.wording import says
from tests.world import World, shown


def quoted(text: str) -> list[str]:
    """The words in quotation marks, without the escapes and without our own “same here”."""
    return [re.sub(r"\\(.)", r"\1", quote) for quote in re.findall("“([^”]*)”", text.replace(SAME_HERE, ""))]


async def ask(world: World, where: Any, **given: Any) -> str:
    """All of what an organiser reads in answer to /summary thread."""
    return "\n".join(await read_pages(world.organiser, await world.organiser.slash(where, "summary thread", **given)))


async def test_the_summary_says_who_wrote_how_much_was_read_and_that_no_person_checked_it(
    discussion: Discussion,
) -> None:
    answer = await discussion.world.organiser.slash(discussion.thread, "summary thread")

    assert "Where do you see leadership on your ward?" in shown(answer)
    assert WROTE.format(people="4 people", standing=STANDINGS[0]) in shown(answer)
    text = (await read_pages(discussion.world.organiser, answer))[-1]
    assert says(text, f"{REPLIED} {READ} {REASONS.partition('{')[0]}1 (", people="4 people", read=12, held="13 replies")
    assert NOT_CHECKED in text
    assert len(discussion.thread.history()) == len(SAID)


async def test_after_the_first_screen_pages_show_numbered_points_and_the_questions_last(
    discussion: Discussion,
) -> None:
    organiser = discussion.world.organiser
    answer = await organiser.slash(discussion.thread, "summary thread")

    pages = await read_pages(organiser, answer)

    numbers = [[int(n) for n in re.findall(r"^### (\d+)\. “", page, re.MULTILINE)] for page in pages]
    assert numbers[0] == []
    assert [n for page in numbers for n in page] == list(range(1, sum(map(len, numbers)) + 1))
    assert QUESTIONS in pages[-1]
    assert "When will the board tell us what came of the last staff survey?" in pages[-1]
    assert all(NOT_CHECKED in page for page in pages[1:])

    for page in reversed(pages[:-1]):
        await organiser.click(answer.response, label=PREVIOUS)
        assert shown(answer) == page


async def test_every_quote_is_verbatim_in_a_stored_reply_and_linked_to_its_message(discussion: Discussion) -> None:
    organiser = discussion.world.organiser
    pages = await read_pages(organiser, await organiser.slash(discussion.thread, "summary thread"))

    stored = await discussion.texts()
    found = quoted("\n".join(pages))
    assert len(found) >= 8
    assert all(any(quote in text for text in stored) for quote in found)

    place = f"https://discord.com/channels/{discussion.world.guild.id}/{discussion.thread.id}/"
    by_address = {place + str(message.id): message.content for message in discussion.messages}
    linked = re.findall(r"“([^”]*)”(?:\n\d+ \w+ said [a-z ]+)? \(\[message\]\((\S+)\)\)", "\n".join(pages))
    assert linked
    assert all(quote in by_address[address] for quote, address in linked)


async def test_counts_are_of_distinct_people_and_never_of_messages(world: World) -> None:
    same = "Nobody listens when we raise short staffing on nights."
    discussion = await discuss(world, [(0, same), (0, f"{same} I mean it."), (0, f"Honestly! {same}")])
    answered = await discussion.say(world.staff[1], f"Fine. {same}")
    for text in ("Same here.", "+1", "Yes, same with us."):
        await discussion.say(world.staff[2], text, answered)
    text = await ask(world, discussion.thread)

    assert "3 people: 2 wrote it, 1 said “same here”." in text
    assert READ.format(read=7, held="7 replies", private="") in text
    assert not re.search(r"\b[4-7] people|\b[3-7] wrote it|\b[2-7] said", text)


async def test_a_prompt_can_be_chosen_by_its_words_from_anywhere(discussion: Discussion) -> None:
    world = discussion.world
    other = await discuss(
        world,
        SAID[:2],
        wording=Wording("Teams need time.", True, "What would free time?", "Patient-centred leadership"),
    )
    offered = await world.organiser.autocomplete(world.prompts, "summary thread", "prompt", "")
    fitting = await world.organiser.autocomplete(world.prompts, "summary thread", "prompt", "patient-CENTRED time")

    assert [choice["value"] for choice in offered] == [str(other.prompt.id), str(discussion.prompt.id)]
    assert [choice["value"] for choice in fitting] == [str(other.prompt.id)]
    assert "What would free time?" in fitting[0]["name"]

    text = await ask(world, world.office, prompt=fitting[0]["value"])
    assert READ.format(read=2, held="2 replies", private="") in text


async def test_long_questions_are_offered_within_discords_limits(world: World) -> None:
    for _ in range(27):
        await discuss(world, (), wording=Wording("Text.", True, "Why? " * 60, "A report " * 20))

    offered = await world.organiser.autocomplete(world.prompts, "summary thread", "prompt", "why")

    assert len(offered) == 25
    assert all(1 <= len(choice["name"]) <= 100 for choice in offered)


async def test_staff_are_offered_nothing_and_refused(discussion: Discussion) -> None:
    staff = discussion.world.staff[0]
    offered = await staff.autocomplete(discussion.world.prompts, "summary thread", "prompt", "")
    answers = [await staff.slash(discussion.thread, f"summary {name}") for name in ("thread", "export")]

    assert offered == []
    assert all(f"{ONLY.format(who=ORGANISERS)}." in shown(answer) for answer in answers)
    assert all(not answer.response.attachments for answer in answers)


async def test_somebody_who_is_no_organiser_any_more_cannot_turn_pages(discussion: Discussion) -> None:
    world = discussion.world
    answer = await world.organiser.slash(discussion.thread, "summary thread")
    before = shown(answer)
    world.env.backend.edit_member(world.guild.id, world.organiser.id, {"role_ids": []})

    refused = await world.organiser.click(answer.response, label=READ_ALL)

    assert f"{ONLY.format(who=ORGANISERS)}." in shown(refused)
    assert shown(answer) == before


async def test_two_organisers_each_have_their_own_page(discussion: Discussion) -> None:
    world = discussion.world
    first = await world.organiser.slash(discussion.thread, "summary thread")
    second = await world.facilitator.slash(discussion.thread, "summary thread")
    before = shown(second)
    await world.organiser.click(first.response, label=READ_ALL)

    assert says(shown(first), PAGE, number=2)
    assert shown(second) == before


async def test_a_page_is_turned_after_a_restart(discussion: Discussion) -> None:
    world = discussion.world
    answer = await world.organiser.slash(discussion.thread, "summary thread")
    await world.restart()
    await world.organiser.click(answer.response, label=READ_ALL)

    assert says(shown(answer), PAGE, number=2)
    assert CHANGED not in shown(answer)


async def test_turning_a_page_says_so_when_replies_have_changed_since(discussion: Discussion) -> None:
    world = discussion.world
    answer = await world.organiser.slash(discussion.thread, "summary thread")
    await discussion.take_back(discussion.messages[10])
    await world.organiser.click(answer.response, label=READ_ALL)

    assert CHANGED in shown(answer)
    await world.organiser.click(answer.response, label=PREVIOUS)
    assert CHANGED not in shown(answer)
    text = "\n".join(await read_pages(world.organiser, answer))
    assert "Car parking" not in text
    assert says(text, READ, read=11, held="12 replies")


async def test_another_servers_prompt_is_refused(discussion: Discussion) -> None:
    world = discussion.world
    elsewhere = world.env.create_guild("Hillside")
    channel = elsewhere.create_text_channel("talk")
    managers = elsewhere.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    stranger = elsewhere.add_member(world.env.create_user("Eve"), roles=[managers])
    answer = await stranger.slash(channel, "summary thread", prompt=str(discussion.prompt.id))
    offered = await stranger.autocomplete(channel, "summary thread", "prompt", "")

    assert NO_PROMPT in shown(answer)
    assert offered == []


@pytest.mark.parametrize("typed", ["leadership", "", "-1", "1e3", "9" * 40, "١"])
async def test_words_that_were_not_chosen_from_the_list_are_refused(world: World, typed: str) -> None:
    answer = await world.organiser.slash(world.prompts, "summary thread", prompt=typed)

    assert CHOOSE.format(what="prompt") in shown(answer)


async def test_outside_of_a_thread_the_answer_says_what_to_do(world: World) -> None:
    answer = await world.organiser.slash(world.prompts, "summary thread")

    assert WHICH_PROMPT in shown(answer)


async def test_an_empty_thread_has_no_summary(world: World) -> None:
    discussion = await discuss(world, ())
    answer = await world.organiser.slash(discussion.thread, "summary thread")

    assert NO_REPLIES in shown(answer)


async def test_replies_that_say_too_little_give_no_points_and_are_counted(world: World) -> None:
    discussion = await discuss(world, [(0, "ok"), (1, "+1"), (2, "👍")])
    text = await ask(world, discussion.thread)

    assert READ.format(read=0, held="3 replies", private="") in text
    assert WROTE.format(people="3 people", standing=STANDINGS[0]) in text
    assert NO_POINTS in text


async def test_late_replies_are_counted_apart(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.prompts.close(discussion.prompt, world.env.now())
    await world.env.advance_time(60)
    await discussion.say(world.staff[0], "We could have a suggestion box by the lifts that somebody reads.")

    assert CAME_LATE.format(replies="1 reply") in await ask(world, discussion.thread)


async def test_replies_of_a_deleted_thread_are_held_back_until_somebody_keeps_them(discussion: Discussion) -> None:
    world = discussion.world
    gone = await world.store.prompts.note_gone(discussion.prompt, world.env.now())
    refused = await world.organiser.slash(world.prompts, "summary thread", prompt=str(gone.id))
    await world.store.prompts.keep(gone, "The thread was deleted by mistake.")
    text = await ask(world, world.prompts, prompt=str(gone.id))

    assert gone.state is PromptState.CLOSED
    assert HELD_BACK in shown(refused)
    assert says(text, READ, read=12, held="13 replies")
    assert "https://" not in text


async def test_hostile_markdown_in_replies_is_shown_as_it_was_typed(world: World) -> None:
    hostile = "We need **more** staff [on nights](https://evil.example) and @everyone knows it on <#1> too."
    discussion = await discuss(world, [(0, hostile), (1, "We need more staff on nights and everyone knows it.")])
    text = await ask(world, discussion.thread)

    assert escape(hostile).rstrip(".") in text
    assert "(https://evil" not in text
    assert "@everyone" not in text


async def test_the_form_replies_link_to_the_message_that_shows_them(world: World) -> None:
    discussion = await discuss(world, SAID[:1])
    reply_id = await discussion.fill_in(world.staff[3], "Car parking costs more than an hour of my pay each week.")
    text = await ask(world, discussion.thread)

    posted = discussion.thread.history()[-1].id
    assert posted != reply_id
    assert f"/{discussion.thread.id}/{posted})" in text
    assert f"/{reply_id})" not in text


async def test_a_sixth_summary_within_a_minute_has_to_wait(world: World) -> None:
    discussion = await discuss(world, SAID[:2])
    answers = [shown(await world.organiser.slash(discussion.thread, "summary thread")) for _ in range(6)]

    assert all(says(answer, WROTE, people="2 people") for answer in answers[:5])
    assert says(answers[5], TOO_FAST)
    assert len(world.env.errors) == 1  # the refusal, which was answered
    await world.env.advance_time(61)
    assert says(shown(await world.organiser.slash(discussion.thread, "summary thread")), WROTE, people="2 people")


def invent(thread: Thread, options: SummaryOptions, _: Grouping | None = None) -> Summary:
    """An engine that puts words into somebody's mouth, and counts one person twice."""
    sound = summarise(thread, options)
    made_up = KeyPoint("All is well", (Quote(thread.messages[0].id, "All is well"),), 2)
    return Summary(sound.thread, sound.text, (made_up, *sound.points), (), Coverage(9, 9, 9), sound.lines)


async def test_a_summary_that_fails_its_check_is_not_shown_and_the_log_holds_no_words(
    discussion: Discussion, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(UserError, match=re.escape(UNSOUND)):
        await summarise_prompt(discussion.world.store, discussion.world.bot.worker, discussion.prompt, engine=invent)

    assert f"prompt {discussion.prompt.id} is not shown" in caplog.text
    assert all(message.content not in caplog.text for message in discussion.messages if len(message.content) > 5)
    assert "All is well" not in caplog.text


async def test_answers_within_the_thread_are_known_to_the_engine(world: World) -> None:
    discussion = await discuss(world, SAID[:1])
    replies = await world.store.replies.of_prompt(discussion.prompt.id)

    thread = thread_of(discussion.prompt, replies)

    assert [message.id for message in thread.messages] == [str(discussion.messages[0].id)]
    assert thread.messages[0].author not in (str(world.staff[0].id), world.staff[0].name)
    assert "Where do you see leadership" in thread.prompt


async def test_reactions_of_agreement_are_told_apart_from_those_who_say_so(discussion: Discussion) -> None:
    world, message = discussion.world, discussion.messages[0]
    reactions = [(world.organiser, "👍"), (world.facilitator, "❤️"), (world.manager, "😢"), (world.staff[1], "👍")]
    await world.store.replies.apply(
        [Reaction(message.id, world.guild.id, person.id, emoji) for person, emoji in reactions]
    )
    text = await ask(world, discussion.thread)

    assert "5 people: 1 wrote it, 4 said “same here”." in text


async def test_replies_that_were_taken_back_are_counted(discussion: Discussion) -> None:
    world = discussion.world
    await discussion.take_back(discussion.thread.history()[0])

    assert DELETED.format(replies="1 reply was") in await ask(world, discussion.thread)


async def test_a_summary_that_nobody_checked_leads_to_the_one_that_a_facilitator_published(world: World) -> None:
    talk = await published(world)
    (shared,) = await world.store.summaries.shared(talk.prompt.id)
    text = shown(await world.organiser.slash(talk.thread, "summary thread"))

    assert says(
        text, CHECKED_ONE, summary=f"[a summary]({message_link(world.guild.id, talk.thread.id, shared.message_id)})"
    )


async def test_no_line_leads_into_a_thread_that_was_deleted(world: World) -> None:
    talk = await published(world)
    world.env.backend.delete_channel(talk.thread.id)
    gone = await world.store.prompts.note_gone(talk.prompt, world.env.now())
    await world.store.prompts.keep(gone, "For the board.")
    text = shown(await world.organiser.slash(world.prompts, "summary thread", prompt=str(talk.prompt.id)))

    assert "not checked yet" in text
    assert "by itself now" not in text


async def test_no_line_leads_to_a_message_that_was_deleted_while_the_bot_was_away(world: World) -> None:
    talk = await published(world)
    (shared,) = await world.store.summaries.shared(talk.prompt.id)
    feed = world.env._gateway_feed
    world.env.backend.subscribers.remove(feed)
    world.env.backend.delete_message(talk.thread.id, shared.message_id)
    world.env.backend.subscribers.append(feed)

    assert "by itself now" not in shown(await world.organiser.slash(talk.thread, "summary thread"))


async def test_where_nothing_checked_is_published_no_line_leads_to_it(discussion: Discussion) -> None:
    text = shown(await discussion.world.organiser.slash(discussion.thread, "summary thread"))

    assert "by itself now" not in text
