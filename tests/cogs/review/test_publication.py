"""A draft becomes a summary that staff see."""

from __future__ import annotations

from typing import Any

import pytest

from bot.discord_errors import FORBIDDEN
from bot.models.reviews import DraftState
from bot.models.summaries import KeyPoint, Role
from bot.services.outcomes import list_published_points
from bot.store.drafts import ConflictError
from bot.summaries.output.counts import CHECKED as ALL_CHECKED
from bot.summaries.output.counts import STANDINGS
from bot.summaries.output.paper import FOR_BOARD
from bot.summaries.review.publication import CHECKED, NOT_CHECKED, PARTLY, PARTLY_PEOPLE
from cogs.review.draft_card import ENDED, START
from cogs.review.heading_card import CHANGED_HEADINGS
from cogs.review.more_card import REWORD
from cogs.review.point_card import CONFIRM_ALL
from cogs.review.publication import ANNOUNCED, CHANGED, NOT_ANNOUNCED
from cogs.review.publish_card import (
    BOARD_LEAVES_OUT,
    BOARD_WAITS,
    PLACES,
    PUBLISH_ALL,
    PUBLISH_POINTS,
    UNTICKED,
    UNTICKED_HEADINGS,
    WILL_SAY,
)
from cogs.review.texts import PUBLISH, TO_CONFIRM
from cogs.summaries.card import OBJECTION
from cogs.summaries.commands import NOTHING_CONFIRMED, PUBLISHED
from cogs.summaries.exports import LEFT_OUT
from cogs.summaries.texts import IN_WORDS_OF_FACILITATOR
from tests.cogs.review.sitting import FIRST, Sitting, selects_named
from tests.cogs.summaries.discussion import discuss, new_series, read_shared
from tests.wording import says
from tests.world import World, shown, words

THREE = "3 people: 1 wrote it, 2 said “same here”"
"""Who stands with the first point, as staff read it."""

THREE_OF_NINE = PARTLY.format(parts=PARTLY_PEOPLE.format(confirmed=3, everybody=9))


async def test_publishing_asks_first_and_says_what_nobody_confirmed(sitting: Sitting) -> None:
    await sitting.check(1)
    before = len(sitting.discussion.thread.history())
    asked = await sitting.person.click(sitting.card, label=PUBLISH)

    text = shown(asked)
    assert TO_CONFIRM.format(people="4 people", points="4 points") in text
    assert UNTICKED.format(quotes="6 quotes have") in text
    assert WILL_SAY.format(checking=THREE_OF_NINE) in text
    assert PLACES.format(places=f"<#{sitting.discussion.thread.id}>") in text
    assert len(sitting.discussion.thread.history()) == before


async def test_publishing_says_how_many_headings_are_words_that_nobody_ticked(sitting: Sitting) -> None:
    points = len((await sitting.draft()).summary.points)
    await sitting.check(1)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert UNTICKED_HEADINGS.format(headings=f"{points - 1} headings aren’t") in shown(asked)

    await sitting.open(2)
    await sitting.fill(REWORD, words="Rotas come late")
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert UNTICKED_HEADINGS.format(headings=f"{points - 2} headings aren’t") in shown(asked)


async def test_a_published_summary_stands_in_the_thread_and_says_what_was_changed(sitting: Sitting) -> None:
    draft = await sitting.draft()
    await sitting.check(1)
    await sitting.fill(REWORD, words="Nights lack staff")
    answer = await sitting.publish()

    text = words(sitting.published)
    assert sitting.published.jump_url in shown(answer)
    assert IN_WORDS_OF_FACILITATOR.format(heading="Nights lack staff") in text
    assert f"{THREE}. {ALL_CHECKED}" in text
    assert f" · {STANDINGS[1]}" in text
    everything = await read_shared(sitting.person, sitting.published)
    assert f"{THREE_OF_NINE} 1 heading reworded." in everything
    assert OBJECTION in text
    assert ENDED[DraftState.PUBLISHED] in words(sitting.card)
    assert (await sitting.world.store.drafts.get(draft.guild_id, draft.id)).state is DraftState.PUBLISHED


async def test_a_summary_in_which_nobody_was_confirmed_says_that_no_person_checked_it(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert WILL_SAY.format(checking=NOT_CHECKED) in shown(asked)
    await sitting.open(1)
    await sitting.fill(REWORD, words="Nights lack staff")
    await sitting.publish()

    everything = await read_shared(sitting.person, sitting.published)
    assert f"{NOT_CHECKED} 1 heading reworded." in everything


async def test_a_summary_that_was_only_confirmed_says_so_and_names_no_changes(sitting: Sitting) -> None:
    await sitting.press_on_card(START)
    for _ in range(5):
        await sitting.press(CONFIRM_ALL)
    await sitting.publish()

    text = await read_shared(sitting.person, sitting.published)
    assert CHECKED in text
    assert not any(word in text for word in ("change", "reworded", "merged"))


async def test_publish_is_not_the_button_to_press_before_every_supporter_was_checked(sitting: Sitting) -> None:
    def style(message: Any, name: str) -> int:
        return int(selects_named(message, name)[0]["style"])

    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    before = style(sitting.card, "review-publish"), style(asked.response.message, "review-publish-now")
    await sitting.press_on_card(START)
    for _ in range(5):
        await sitting.press(CONFIRM_ALL)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    after = style(sitting.card, "review-publish"), style(asked.response.message, "review-publish-now")

    assert (before, after) == ((2, 2), (1, 1))


async def test_publishing_warns_of_what_the_board_paper_will_refuse(sitting: Sitting) -> None:
    world = sitting.world
    await sitting.check(1)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert BOARD_LEAVES_OUT.format(points="4 points") in shown(asked)
    assert says(shown(asked), CHANGED_HEADINGS, headings="1 heading will be")

    await world.store.people.choose(world.guild.id, world.staff[0].id, quotes=True)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert not says(shown(asked), CHANGED_HEADINGS)


async def test_quotes_that_nobody_ticked_as_naming_nobody_are_counted_and_not_shown(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.fill(REWORD, words="Nights lack staff")
    await sitting.tick("review-nobody", 2)
    (point, *_) = (await sitting.draft()).summary.points
    await sitting.publish()

    text = await read_shared(sitting.person, sitting.published)
    assert point.quotes[1].text[:40] in text
    assert point.quotes[0].text[:40] not in text
    assert f"{THREE}." in text


async def test_the_words_beside_the_points_are_shown_only_where_a_person_says_so(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert "Who decides which training is paid for" in shown(asked)
    await sitting.publish(PUBLISH_POINTS)

    assert (await sitting.record()).summary.questions == ()


async def test_all_is_published_with_the_questions_that_staff_asked(sitting: Sitting) -> None:
    await sitting.publish(PUBLISH_ALL)

    assert len((await sitting.record()).summary.questions) == 2


async def test_a_summary_is_announced_in_the_channel_that_setup_names(sitting: Sitting) -> None:
    channel = await announcements(sitting)
    answer = await sitting.publish()

    assert FIRST in words(channel.history()[-1])
    assert OBJECTION in words(channel.history()[-1])
    assert ANNOUNCED.format(channel=channel.id) in shown(answer)


async def test_a_summary_of_a_try_out_among_facilitators_is_not_announced(sitting: Sitting) -> None:
    channel, asked_in = await announcements(sitting), sitting.discussion.prompt.channel_id
    await sitting.world.store.settings.change(sitting.world.guild.id, facilitators_channel_id=asked_in)
    answer = await sitting.publish()

    assert channel.mention not in shown(answer)
    assert channel.history() == []
    assert await sitting.world.store.summaries.shared(sitting.discussion.prompt.id) != ()


async def test_an_announcements_channel_in_which_the_bot_may_not_write_is_named(sitting: Sitting) -> None:
    channel = await announcements(sitting)
    sitting.world.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013)
    answer = await sitting.publish()

    assert NOT_ANNOUNCED.format(channel=channel.id) in shown(answer)
    assert FIRST in words(sitting.published)


async def test_a_draft_that_changed_since_publish_was_pressed_is_shown_once_more(sitting: Sitting) -> None:
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    other = Sitting(sitting.discussion, sitting.world.manager)
    await other.open(1)
    await other.fill(REWORD, words="Nights lack staff")
    before = len(sitting.discussion.thread.history())
    answer = await sitting.person.click(asked.response.message, label=PUBLISH_ALL)

    assert CHANGED in shown(answer)
    assert len(sitting.discussion.thread.history()) == before


async def test_a_draft_is_published_once_though_two_press_the_button(sitting: Sitting) -> None:
    other = sitting.world.manager
    mine = await sitting.person.click(sitting.card, label=PUBLISH)
    theirs = await other.click(sitting.card, label=PUBLISH)
    await sitting.person.click(mine.response.message, label=PUBLISH_ALL)
    answer = await other.click(theirs.response.message, label=PUBLISH_ALL)

    assert ENDED[DraftState.PUBLISHED] in shown(answer)
    assert len(await sitting.world.store.summaries.shared(sitting.discussion.prompt.id)) == 1


async def test_a_draft_that_cannot_be_posted_stays_open(sitting: Sitting) -> None:
    thread = sitting.discussion.thread
    sitting.world.env.inject_error("POST", f"/channels/{thread.id}/messages", status=403, code=50013)
    answer = await sitting.publish()

    assert FORBIDDEN in shown(answer)
    assert (await sitting.draft()).state is DraftState.OPEN


async def test_a_published_draft_can_be_changed_no_more(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.publish()
    await sitting.press(CONFIRM_ALL)

    assert ENDED[DraftState.PUBLISHED] in sitting.text


async def announcements(sitting: Sitting) -> Any:
    """A channel for announcements, set in /setup."""
    channel = sitting.world.guild.create_text_channel("news")
    await sitting.world.env.settle()
    await sitting.world.store.settings.change(sitting.world.guild.id, announcements_channel_id=channel.id)
    return channel


STOP = """CREATE TRIGGER stop BEFORE UPDATE OF state ON drafts WHEN NEW.state = 'published'
BEGIN SELECT RAISE(ABORT, 'the process died here'); END"""


async def test_a_summary_that_was_posted_before_a_crash_is_not_posted_twice(sitting: Sitting) -> None:
    await sitting.world.change_database(STOP)
    await sitting.publish()
    before = len(sitting.discussion.thread.history())
    await sitting.world.change_database("DROP TRIGGER stop")
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
    await sitting.fill(REWORD, words="Nights lack staff")
    await sitting.publish()
    said, files = await export(sitting)

    assert says(said, PUBLISHED)
    assert "Nights lack staff" in files["summary.html"]
    assert f"{THREE_OF_NINE} 1 heading reworded." in files["summary.md"]


async def test_the_papers_of_a_board_hold_only_what_a_person_confirmed(sitting: Sitting) -> None:
    await sitting.check(1)
    await sitting.publish()
    said, silent = await export(sitting, board=True)
    for person in sitting.world.staff:
        await sitting.world.store.people.choose(sitting.world.guild.id, person.id, quotes=True)
    _, files = await export(sitting, board=True)

    assert says(said, LEFT_OUT)
    assert FIRST not in silent["summary.md"]
    assert sorted(files) == ["summary.html", "summary.md"]
    assert FIRST in files["summary.md"]
    assert "Car parking" not in files["summary.md"]
    assert FOR_BOARD in files["summary.html"]


async def test_without_a_confirmed_supporter_there_is_nothing_for_a_board(sitting: Sitting) -> None:
    said, files = await export(sitting, board=True)

    assert NOTHING_CONFIRMED in said
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


async def test_words_that_may_say_one_thing_are_shown_to_the_publisher_and_published_only_with_the_rest(
    sitting: Sitting,
) -> None:
    lone = KeyPoint(
        "Targets in the emergency department make us move patients",
        (sitting.quote(9),),
        1,
        (sitting.quote(10, Role.GROUPED), sitting.quote(7, Role.SUGGESTED)),
    )
    await sitting.lay_out(lone)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert "Car parking costs more" in shown(asked)
    assert "Training budgets" not in shown(asked)
    await sitting.publish(PUBLISH_ALL)

    text = await read_shared(sitting.person, sitting.published)
    assert "Car parking costs more" in text
    assert "Training budgets" not in text


async def test_publishing_says_where_it_blocks_the_board_paper_of_the_series(world: World) -> None:
    discussion = await discuss(world, series=await new_series(world))
    world.bot.watch.add(discussion.prompt)
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()
    await sitting.check(1)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert BOARD_WAITS.format(points="4 points are") in shown(asked)
    assert not says(shown(asked), BOARD_LEAVES_OUT)

    await sitting.press_on_card(START)
    for _ in range(4):
        await sitting.press(CONFIRM_ALL)
    asked = await sitting.person.click(sitting.card, label=PUBLISH)
    assert not says(shown(asked), BOARD_WAITS)
