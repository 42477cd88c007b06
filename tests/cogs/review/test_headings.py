"""Nothing becomes a heading that no facilitator has read, whoever may not be quoted."""

from __future__ import annotations

from typing import Any

import pytest

from bot.summaries.output.plain_text import UNQUOTED_POINT
from cogs.review.heading_card import BACK, CHANGED_HEADINGS, LEAVE_OUT, NONE_STANDS_IN, STANDS_IN, USE
from cogs.review.more_card import REWORD
from cogs.review.point_card import ALL_POINTS
from cogs.review.publish_card import PUBLISH_POINTS
from cogs.review.texts import PUBLISH
from cogs.summaries.repairs import LOST_HEADINGS, LOST_OUTSIDE
from cogs.summaries.texts import IN_WORDS_OF_FACILITATOR
from tests.cogs.review.sitting import FIRST, Sitting, export, labels_of, selects_named, values_of
from tests.cogs.summaries.discussion import SAID, read_shared
from tests.wording import says
from tests.world import shown, words

SECOND, THIRD = SAID[1][1].removeprefix("Same here. "), SAID[2][1].removeprefix("Us too. ")
"""What the two others on the first point wrote after their agreement."""


async def allow(sitting: Sitting, *numbers: int) -> None:
    """Let these of the staff be quoted outside the server."""
    for number in numbers:
        await sitting.world.store.people.choose(sitting.world.guild.id, sitting.world.staff[number].id, quotes=True)


@pytest.fixture
async def checked(sitting: Sitting) -> Sitting:
    """A first point that was checked, whose author may not be quoted outside, and whose second supporter may."""
    await sitting.check(1)
    await allow(sitting, 1)
    return sitting


async def ask(sitting: Sitting) -> Any:
    """Press Publish, and look at the answer."""
    sitting.own = (await sitting.person.click(sitting.card, label=PUBLISH)).response
    return sitting.own


async def test_publishing_names_each_heading_that_the_board_would_not_see_and_what_would_stand_there(
    checked: Sitting,
) -> None:
    await ask(checked)

    assert says(checked.text, CHANGED_HEADINGS, headings="1 heading will be")
    assert f"1\\. “{FIRST} with the managers”\n→ “{SECOND}” ({STANDS_IN})" in checked.text


async def test_a_heading_that_nothing_may_replace_is_named_too(sitting: Sitting) -> None:
    await sitting.check(1)
    await ask(sitting)

    assert f"“{FIRST} with the managers”\n→ {NONE_STANDS_IN}" in sitting.text
    await sitting.choose("review-heading", 1)
    assert USE not in labels_of(sitting.own.message)
    assert {REWORD, LEAVE_OUT, BACK} <= set(labels_of(sitting.own.message))


async def test_what_the_board_sees_is_the_heading_that_was_shown_before_publishing(checked: Sitting) -> None:
    await checked.publish()
    _, files = await export(checked, board=True)

    assert f"“{SECOND}”" in files["summary.md"]
    assert FIRST in words(checked.published)
    assert FIRST not in files["summary.md"]


async def test_a_quote_that_nobody_checked_for_names_never_becomes_the_heading(checked: Sitting) -> None:
    await checked.tick("review-nobody", 1, 3)
    await ask(checked)
    assert f"“{FIRST} with the managers”\n→ {NONE_STANDS_IN}" in checked.text
    await checked.publish()
    _, files = await export(checked, board=True)

    assert UNQUOTED_POINT in files["summary.md"]
    assert "Short staffing on nights" not in files["summary.md"]


async def test_a_facilitator_lets_the_boards_heading_stand_for_staff_too(checked: Sitting) -> None:
    await ask(checked)
    await checked.choose("review-heading", 1)
    await checked.press(USE)

    assert not says(checked.text, CHANGED_HEADINGS)
    assert PUBLISH_POINTS in labels_of(checked.own.message)
    await checked.person.click(checked.own.message, label=PUBLISH_POINTS)
    assert f"“{SECOND.removesuffix('.')}" in words(checked.published)


async def test_a_facilitator_picks_another_supporters_sentence(checked: Sitting) -> None:
    await allow(checked, 2)
    await ask(checked)
    await checked.choose("review-heading", 1)
    chooser = selects_named(checked.own.message, "review-heading-use")[0]
    assert [option["label"][:20] for option in chooser["options"]] == [THIRD[:20]]
    (value,) = [option["value"] for option in chooser["options"] if option["label"].startswith(THIRD[:20])]
    await checked.person.select(checked.own.message, [value], custom_id=chooser["custom_id"])

    (point, *_) = (await checked.draft()).summary.points
    assert point.statement == THIRD
    assert point.people == 3
    assert not says(checked.text, CHANGED_HEADINGS)


async def test_a_facilitator_writes_the_heading_and_comes_back_to_publishing(checked: Sitting) -> None:
    await ask(checked)
    await checked.choose("review-heading", 1)
    await checked.fill(REWORD, words="Nights lack staff")

    assert PUBLISH_POINTS in labels_of(checked.own.message)
    await checked.person.click(checked.own.message, label=PUBLISH_POINTS)
    assert IN_WORDS_OF_FACILITATOR.format(heading="Nights lack staff") in words(checked.published)
    _, files = await export(checked, board=True)
    assert "Nights lack staff (facilitator’s words)" in files["summary.md"]


async def test_a_facilitator_leaves_the_point_out(checked: Sitting) -> None:
    await ask(checked)
    await checked.choose("review-heading", 1)
    await checked.press(LEAVE_OUT)
    await checked.press("Drop")

    assert len((await checked.draft()).summary.points) == 4
    assert PUBLISH in labels_of(checked.own.message)


async def test_there_is_a_way_back_from_publishing_to_the_points(checked: Sitting) -> None:
    await ask(checked)
    await checked.press(ALL_POINTS)

    assert selects_named(checked.own.message, "review-choose")


async def refuse(sitting: Sitting, number: int) -> None:
    """Let one of the staff say in /my that they are not to be quoted at all."""
    world = sitting.world
    await world.store.people.choose(world.guild.id, world.staff[number].id, quotes=False)
    with world.env._bot_scope():  # so that settling waits for what comes of it
        world.bot.dispatch("quotes_changed", sitting.discussion.prompt.id)
    await world.env.settle()


async def test_a_heading_whose_author_says_no_after_publishing_gives_way_to_what_a_facilitator_has_read(
    checked: Sitting,
) -> None:
    await checked.publish()
    await refuse(checked, 0)

    assert FIRST not in words(checked.published)
    assert f"“{SECOND.removesuffix('.')}" in words(checked.published)
    told = words(checked.world.office.history()[-1])
    assert says(told, LOST_HEADINGS)
    assert SECOND[:30] not in told


async def test_without_such_words_a_neutral_line_stands_there_and_facilitators_are_told(checked: Sitting) -> None:
    await checked.tick("review-nobody", 1)
    await checked.publish()
    await refuse(checked, 0)

    text = await read_shared(checked.person, checked.published)
    assert UNQUOTED_POINT in text
    assert "3 people" in text
    assert "Short staffing on nights" not in text
    assert says(words(checked.world.office.history()[-1]), LOST_HEADINGS)


async def test_a_heading_whose_reply_is_deleted_gives_way_in_the_same_way(checked: Sitting) -> None:
    await checked.tick("review-nobody", 1)
    await checked.publish()
    await checked.discussion.take_back(checked.discussion.messages[0])

    text = await read_shared(checked.person, checked.published)
    assert UNQUOTED_POINT in text
    assert "Short staffing on nights" not in text


async def test_facilitators_are_told_when_only_the_boards_heading_goes(checked: Sitting) -> None:
    await checked.publish()
    await refuse(checked, 1)

    assert FIRST in words(checked.published)
    told = words(checked.world.office.history()[-1])
    assert says(told, LOST_OUTSIDE, headings="1 heading is")
    assert SECOND[:30] not in told


async def test_they_are_told_when_its_reply_is_deleted_too_and_only_once(checked: Sitting) -> None:
    await checked.publish()
    await checked.discussion.take_back(checked.discussion.messages[1])
    await refuse(checked, 1)

    told = [words(message) for message in checked.world.office.history()]
    assert sum(says(text, LOST_OUTSIDE) for text in told) == 1


async def test_nobody_is_told_of_a_board_that_sees_the_heading_of_staff_from_now_on(checked: Sitting) -> None:
    await checked.publish()
    await allow(checked, 0)
    await refuse(checked, 2)

    assert not any(says(words(message), LOST_OUTSIDE) for message in checked.world.office.history())


async def test_the_card_of_a_heading_that_needs_none_any_longer_leads_back(checked: Sitting) -> None:
    asked = await ask(checked)
    await allow(checked, 0)
    select = selects_named(asked.message, "review-heading")[0]
    answer = await checked.person.select(asked.message, values_of(select, [1]), custom_id=select["custom_id"])

    assert PUBLISH_POINTS in labels_of(answer.response.message)
    assert not says(shown(answer), CHANGED_HEADINGS)
