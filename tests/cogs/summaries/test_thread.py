"""What the summary of a thread holds, and what it leaves out."""

from __future__ import annotations

import re

import pytest

from bot.errors import UserError
from bot.models.grouping import Grouping
from bot.models.prompts import PromptState
from bot.models.replies import Reaction
from bot.models.summaries import Coverage, KeyPoint, Quote, Summary, SummaryOptions
from bot.models.threads import Thread
from bot.services.summaries.generation import HELD_BACK, NO_REPLIES, UNSOUND, summarise_prompt
from bot.summaries import summarise
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.output.counts import REPLIED, SAME_HERE, STANDINGS
from bot.summaries.output.plain_text import DELETED, READ
from bot.summaries.output.plain_text import LEFT_OUT as REASONS
from bot.summaries.review.publication import NOT_CHECKED
from bot.text.markdown import escape
from cogs.summaries.card_text import CAME_LATE, NO_POINTS, WROTE
from cogs.summaries.texts import QUESTIONS
from cogs.ui.parts import PREVIOUS
from tests.cogs.summaries.discussion import SAID, Discussion, ask, discuss, read_pages
from tests.wording import says
from tests.world import World, shown


def quoted(text: str) -> list[str]:
    """The words in quotation marks, without the escapes and without our own “same here”."""
    return [re.sub(r"\\(.)", r"\1", quote) for quote in re.findall("“([^”]*)”", text.replace(SAME_HERE, ""))]


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
