"""What was tapped comes into the summary when the question closes, from five on, and follows who takes words back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from bot.models.views import Choice
from cogs.subject_access.erasure_cards import ERASE_ALL
from tests.cogs.prompts.scenes import DAY
from tests.cogs.replies.talk import Talk
from tests.cogs.subject_access.steps import open_erase
from tests.cogs.views.scenes import COGS, SAID, open_others, say_all, show_all, statement_of, tap, views_talk
from tests.world import shown, words

SUMMING = (*COGS, "cogs.summaries")
TWICE, NIGHTS, LOGINS = SAID[0], SAID[1], SAID[2]


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with views_talk(tmp_path, people=24, extensions=SUMMING) as made:
        await say_all(made)
        await show_all(made)
        yield made


async def tap_all(
    talk: Talk, people: Iterable[int], *, same: Iterable[str] = (), different: Iterable[str] = ()
) -> None:
    """These people go through all that they are shown; what is named nowhere they skip."""
    for who in people:
        seen = await open_others(talk, who)
        while text := statement_of(seen):
            choice = Choice.SAME if text in same else Choice.DIFFERENT if text in different else Choice.SKIP
            seen = await tap(talk, seen, who, choice)


async def close(talk: Talk) -> None:
    await talk.world.leap(15 * DAY)
    await talk.settle()


async def summary(talk: Talk) -> str:
    """What the organiser is shown of the thread."""
    return shown(await talk.world.organiser.slash(talk.thread, "summary thread"))


def line_after(seen: str, heading: str) -> str:
    lines = seen.splitlines()
    place = next(place for place, line in enumerate(lines) if heading.rstrip(".") in line)
    return lines[place + 1] if place + 1 < len(lines) else ""


async def test_a_summary_counts_each_person_once_and_says_how_many_tapped(talk: Talk) -> None:
    await tap_all(talk, range(8, 14), same=[TWICE])
    await tap_all(talk, range(14, 20), same=[NIGHTS], different=[TWICE])
    await tap_all(talk, range(20, 24), same=[LOGINS])
    open_yet = await summary(talk)
    assert "tapped" not in open_yet
    assert "same here" not in open_yet

    await close(talk)

    seen = await summary(talk)
    assert "6 people wrote, 16 tapped" in seen
    assert "7 people: 1 wrote it, 6 said “same here”" in line_after(seen, TWICE)
    assert "It differs from place to place" in line_after(seen, TWICE)
    assert "7 people: 1 wrote it, 6 said “same here”" in line_after(seen, NIGHTS)
    assert "differs" not in line_after(seen, NIGHTS)
    assert "5 people" not in seen  # four who tapped are too few for a number
    assert LOGINS.rstrip(".") not in seen.split("Also raised")[0]


async def test_whoever_reacted_and_tapped_counts_once(talk: Talk) -> None:
    message = next(message for message in talk.thread.history() if message.content == TWICE)
    for who in (8, 9):
        await talk.world.staff[who].react(message, "👍")
    await tap_all(talk, range(8, 15), same=[TWICE])
    await close(talk)
    assert "8 people: 1 wrote it, 7 said “same here”" in line_after(await summary(talk), TWICE)


async def test_whoever_erases_everything_is_counted_no_more(talk: Talk) -> None:
    message = next(message for message in talk.thread.history() if message.content == TWICE)
    await talk.world.staff[8].react(message, "👍")
    await tap_all(talk, range(8, 16), same=[TWICE])
    await close(talk)
    assert "9 people: 1 wrote it, 8 said “same here”" in line_after(await summary(talk), TWICE)

    asked = await open_erase(talk.world.staff[8], talk.thread)
    sure = await talk.world.staff[8].click(asked.response, label=ERASE_ALL)
    await talk.world.staff[8].click(sure.response, custom_id="my-delete-all-now")
    await talk.settle()

    assert "8 people: 1 wrote it, 7 said “same here”" in line_after(await summary(talk), TWICE)


async def test_whoever_writes_after_the_end_makes_it_at_least(talk: Talk) -> None:
    await tap_all(talk, range(8, 14), same=[TWICE])
    await close(talk)
    await talk.say(TWICE, 9)  # one of those who tapped, or perhaps not: nobody can tell now
    await talk.settle()
    assert "At least 7 people" in line_after(await summary(talk), TWICE)


async def test_a_statement_whose_author_takes_it_back_takes_its_number_along(talk: Talk) -> None:
    await tap_all(talk, range(8, 14), same=[TWICE])
    await close(talk)
    message = next(message for message in talk.thread.history() if message.content == TWICE)
    await talk.world.staff[0].delete(message)
    await talk.settle()
    seen = await summary(talk)
    assert "7 people" not in seen
    assert TWICE.rstrip(".") not in seen


async def test_the_bot_counts_also_where_it_was_off_at_the_end(talk: Talk) -> None:
    await tap_all(talk, range(8, 14), same=[TWICE])
    with talk.away():
        talk.world.env._move_clock(talk.world.env._virtual_time + 15 * DAY)
    await talk.restart()
    await talk.settle()
    assert "7 people: 1 wrote it, 6 said “same here”" in line_after(await summary(talk), TWICE)
    assert "others said" not in words(talk.card)
