"""A draft becomes a summary that staff see."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from bot.models.reviews import DraftState
from bot.services.outcomes import list_published_points
from bot.store.drafts import ConflictError
from tests.cogs.review.sitting import Sitting
from tests.world import shown, words

FIRST = "Nobody listens when we raise short staffing on nights"


async def test_publishing_asks_first_and_says_what_nobody_confirmed(sitting: Sitting) -> None:
    await sitting.check(1)
    before = len(sitting.discussion.thread.history())
    asked = await sitting.person.click(sitting.card, label="Publish")

    text = shown(asked)
    assert "7 supporters nobody has confirmed." in text
    assert "7 quotes are not ticked as naming nobody: counted, but not shown." in text
    assert "It will say that 2 changes were made." in text
    assert f"It is posted in <#{sitting.discussion.thread.id}>." in text
    assert len(sitting.discussion.thread.history()) == before


async def test_publishing_says_how_many_headings_are_words_that_nobody_ticked(sitting: Sitting) -> None:
    points = len((await sitting.draft()).summary.points)
    await sitting.check(1)
    asked = await sitting.person.click(sitting.card, label="Publish")
    assert f"shown as they stand, also {points - 1} in words that nobody ticked." in shown(asked)

    await sitting.open(2)
    await sitting.fill("Reword", words="Rotas come late")
    asked = await sitting.person.click(sitting.card, label="Publish")
    assert f"shown as they stand, also {points - 2} in words that nobody ticked." in shown(asked)


async def test_a_published_summary_stands_in_the_thread_and_says_how_many_changes_were_made(sitting: Sitting) -> None:
    draft = await sitting.draft()
    await sitting.check(1)
    await sitting.fill("Reword", words="Nights lack staff")
    answer = await sitting.publish()

    text = words(sitting.published)
    assert sitting.published.jump_url in shown(answer)
    assert "Nights lack staff (facilitator’s words)" in text
    assert "3 confirmed by a person" in text
    assert "supporters confirmed. 3 changes were made." in text
    assert "This is not what I meant" in text
    assert "This draft was published." in words(sitting.card)
    assert (await sitting.world.store.drafts.get(draft.guild_id, draft.id)).state is DraftState.PUBLISHED


async def test_a_summary_in_which_nobody_was_confirmed_says_that_no_person_checked_it(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label="Publish")
    assert "No supporter is confirmed, so it will say: not checked by a person." in shown(asked)
    await sitting.open(1)
    await sitting.fill("Reword", words="Nights lack staff")
    await sitting.publish()

    assert "Found by the program, not checked by a person. 1 change was made." in words(sitting.published)


async def test_quotes_that_nobody_ticked_as_naming_nobody_are_counted_and_not_shown(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.fill("Reword", words="Nights lack staff")
    await sitting.tick("review-nobody", 2)
    (point, *_) = (await sitting.draft()).summary.points
    await sitting.publish()

    text = words(sitting.published)
    assert point.quotes[1].text[:40] in text
    assert point.quotes[0].text[:40] not in text
    assert "3 people said something close to this" in text


async def test_the_words_beside_the_points_are_shown_only_where_a_person_says_so(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label="Publish")
    assert "Who decides which training is paid for" in shown(asked)
    await sitting.publish("Publish the points only")

    assert (await sitting.record()).summary.questions == ()


async def test_all_is_published_with_the_questions_that_staff_asked(sitting: Sitting) -> None:
    await sitting.publish("Publish all")

    assert len((await sitting.record()).summary.questions) == 2


async def test_a_summary_is_announced_in_the_channel_that_setup_names(sitting: Sitting) -> None:
    channel = await announcements(sitting)
    answer = await sitting.publish()

    assert FIRST in words(channel.history()[-1])
    assert "This is not what I meant" in words(channel.history()[-1])
    assert f"It is in <#{channel.id}> too." in shown(answer)


async def test_an_announcements_channel_in_which_the_bot_may_not_write_is_named(sitting: Sitting) -> None:
    channel = await announcements(sitting)
    sitting.world.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013)
    answer = await sitting.publish()

    assert f"I could not post it in <#{channel.id}>" in shown(answer)
    assert FIRST in words(sitting.published)


async def test_a_draft_that_changed_since_publish_was_pressed_is_shown_once_more(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label="Publish")
    other = Sitting(sitting.discussion, sitting.world.manager)
    await other.open(1)
    await other.fill("Reword", words="Nights lack staff")
    before = len(sitting.discussion.thread.history())
    answer = await sitting.person.click(asked.response.message, label="Publish all")

    assert "The draft was changed since you pressed Publish." in shown(answer)
    assert len(sitting.discussion.thread.history()) == before


async def test_a_draft_is_published_once_though_two_press_the_button(sitting: Sitting) -> None:
    other = sitting.world.manager
    mine = await sitting.person.click(sitting.card, label="Publish")
    theirs = await other.click(sitting.card, label="Publish")
    await sitting.person.click(mine.response.message, label="Publish all")
    answer = await other.click(theirs.response.message, label="Publish all")

    assert "This draft was published." in shown(answer)
    assert len(await sitting.world.store.summaries.shared(sitting.discussion.prompt.id)) == 1


async def test_a_draft_that_cannot_be_posted_stays_open(sitting: Sitting) -> None:
    thread = sitting.discussion.thread
    sitting.world.env.inject_error("POST", f"/channels/{thread.id}/messages", status=403, code=50013)
    answer = await sitting.publish()

    assert "I lack a permission" in shown(answer)
    assert (await sitting.draft()).state is DraftState.OPEN


async def test_a_published_draft_can_be_changed_no_more(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.publish()
    await sitting.press("Confirm all shown")

    assert "This draft was published." in sitting.text


async def announcements(sitting: Sitting) -> Any:
    """A channel for announcements, set in /setup."""
    channel = sitting.world.guild.create_text_channel("news")
    await sitting.world.env.settle()
    await sitting.world.store.settings.change(sitting.world.guild.id, announcements_channel_id=channel.id)
    return channel


STOP = """CREATE TRIGGER stop BEFORE UPDATE OF state ON drafts WHEN NEW.state = 'published'
BEGIN SELECT RAISE(ABORT, 'the process died here'); END"""


async def test_a_summary_that_was_posted_before_a_crash_is_not_posted_twice(sitting: Sitting) -> None:
    database = sitting.world.store._database.path
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(STOP)
    await sitting.publish()
    before = len(sitting.discussion.thread.history())
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DROP TRIGGER stop")
    sitting.world.env.errors.clear()

    answer = await sitting.publish()

    assert sitting.published.jump_url in shown(answer)
    assert len(sitting.discussion.thread.history()) == before
    assert await sitting.world.store.drafts.of_prompt(sitting.discussion.prompt.id) is None


async def test_a_repair_does_not_undo_a_change_made_meanwhile(sitting: Sitting) -> None:
    drafts = sitting.world.store.drafts
    read = await sitting.draft()
    await sitting.check(1)

    with pytest.raises(ConflictError):
        await drafts.replace(read, read.summary, read.held)

    assert (await sitting.draft()).summary.points[0].review is not None


async def export(sitting: Sitting, *, board: bool = False) -> tuple[str, dict[str, str]]:
    """What the answer to /summary export says, and its texts by name."""
    prompt = str(sitting.discussion.prompt.id)
    answer = await sitting.world.organiser.slash(sitting.world.prompts, "summary export", prompt=prompt, board=board)
    files = {file.filename: await file.read() for file in answer.response.attachments}
    return shown(answer), {name: files[name].decode("utf-8-sig") for name in files if name != "picture.png"}


async def test_an_export_holds_the_summary_that_was_published(sitting: Sitting) -> None:
    await sitting.check(1)
    await sitting.fill("Reword", words="Nights lack staff")
    await sitting.publish()
    said, files = await export(sitting)

    assert "the one that a facilitator checked and published" in said
    assert "Nights lack staff" in files["summary.html"]
    assert "supporters confirmed. 3 changes were made." in files["summary.md"]


async def test_the_papers_of_a_board_hold_only_what_a_person_confirmed(sitting: Sitting) -> None:
    await sitting.check(1)
    await sitting.publish()
    said, silent = await export(sitting, board=True)
    for person in sitting.world.staff:
        await sitting.world.store.people.choose(sitting.world.guild.id, person.id, quotes=True)
    _, files = await export(sitting, board=True)

    assert "left out: the people who wrote them have not said yes" in said
    assert FIRST not in silent["summary.md"]
    assert sorted(files) == ["summary.html", "summary.md"]
    assert FIRST in files["summary.md"]
    assert "Car parking" not in files["summary.md"]
    assert "This paper shows only what a person confirmed." in files["summary.html"]


async def test_without_a_confirmed_supporter_there_is_nothing_for_a_board(sitting: Sitting) -> None:
    said, files = await export(sitting, board=True)

    assert "there is nothing for a board yet" in said
    assert files == {}


async def test_a_published_point_keeps_the_name_that_it_had_in_the_draft(sitting: Sitting) -> None:
    refs = [point.ref for point in (await sitting.draft()).summary.points]
    await sitting.check(1)
    await sitting.publish()

    found = await list_published_points(sitting.world.store, sitting.discussion.prompt)
    assert [one.ref.ref for one in found] == refs
    assert found[0].point.statement.startswith(FIRST)


async def test_a_summary_that_nobody_checked_has_no_published_points(sitting: Sitting) -> None:
    await sitting.publish()

    assert await list_published_points(sitting.world.store, sitting.discussion.prompt) == ()
