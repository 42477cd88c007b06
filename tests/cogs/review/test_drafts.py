"""/summary draft and the draft's card in the facilitators' channel."""

from __future__ import annotations

import pytest

from bot.models.reviews import DraftState
from bot.services.summaries.generation import NO_REPLIES
from bot.summaries.review.publication import NOT_CHECKED
from cogs.review.desk import MAY_NOT, NO_OFFICE
from cogs.review.draft_card import ENDED, PUT_ASIDE
from cogs.review.drafts import SET_ASIDE
from cogs.review.more_card import REWORD
from cogs.review.point_card import NAMES_NOBODY, TITLE
from cogs.review.publish_card import PUBLISH_ALL
from cogs.review.texts import CONFIRMED
from cogs.summaries.texts import IN_WORDS_OF_FACILITATOR
from cogs.ui.limits import MOST_CHARACTERS
from cogs.ui.pages import PAGE
from cogs.ui.parts import NEXT
from tests.cogs.review.sitting import FIRST, Sitting, drafts_in
from tests.cogs.summaries.discussion import Discussion, discuss, read_shared
from tests.world import World, shown, words

SIXTH = "The lift by ward nine breaks down twice a month."
"""A reply that makes one point more than fit on a page of a draft."""


async def test_a_draft_is_posted_in_the_facilitators_channel_and_staff_see_nothing(discussion: Discussion) -> None:
    await discussion.say(discussion.world.staff[0], SIXTH)
    before = discussion.world.texts(discussion.thread)
    sitting = Sitting(discussion, discussion.world.organiser)
    answer = await sitting.start()

    text = words(sitting.card)
    assert str(sitting.card.id) in shown(answer)
    assert "Where do you see leadership on your ward?" in text
    assert NOT_CHECKED in text
    assert FIRST in text
    assert PAGE.format(number=1, count=2) in text
    assert discussion.world.texts(discussion.thread) == before


async def test_a_second_command_finds_the_same_draft(sitting: Sitting) -> None:
    card = sitting.card
    other = Sitting(sitting.discussion, sitting.world.manager)
    answer = await other.start()

    assert str(card.id) in shown(answer)
    assert [one.id for one in drafts_in(sitting.world)] == [card.id]


async def test_a_draft_whose_card_was_deleted_gets_a_new_one(sitting: Sitting) -> None:
    before = await sitting.draft()
    channel = sitting.world.bot.get_partial_messageable(sitting.world.office.id)
    await channel.get_partial_message(sitting.card.id).delete()
    await sitting.start()

    assert (await sitting.draft()).id == before.id
    assert len(drafts_in(sitting.world)) == 1


async def test_the_pages_of_a_draft_are_turned_on_its_card(discussion: Discussion) -> None:
    await discussion.say(discussion.world.staff[0], SIXTH)
    sitting = Sitting(discussion, discussion.world.facilitator)
    await sitting.start()
    await sitting.person.click(sitting.card, label=NEXT)
    assert "### 6." in words(sitting.card)
    await sitting.open(6)

    assert TITLE.format(number=6, count=6) in sitting.text


async def test_a_draft_survives_a_restart_and_its_buttons_work(sitting: Sitting) -> None:
    await sitting.check(1)
    await sitting.world.restart()
    await sitting.open(1)
    assert f"3 {CONFIRMED}" in sitting.text
    await sitting.fill(REWORD, words="Nights lack staff")

    assert IN_WORDS_OF_FACILITATOR.format(heading="Nights lack staff") in words(sitting.card)
    assert (await sitting.draft()).changes == 2


async def test_closing_a_prompt_makes_its_draft_by_itself(discussion: Discussion) -> None:
    await close(discussion)

    (card,) = drafts_in(discussion.world)
    assert NOT_CHECKED in words(card)
    assert len(discussion.thread.history()) == len(discussion.messages)


async def test_closing_a_prompt_whose_draft_is_open_posts_no_second_one(sitting: Sitting) -> None:
    await close(sitting.discussion)

    assert len(drafts_in(sitting.world)) == 1


async def test_closing_a_prompt_publishes_at_once_where_the_server_chose_so(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.settings.change(world.guild.id, publish="at once")
    await close(discussion)

    text = await read_shared(world.facilitator, discussion.thread.history()[-1])
    assert drafts_in(world) == []
    assert FIRST in text
    assert NOT_CHECKED in text
    assert await world.store.drafts.of_prompt(discussion.prompt.id) is None


async def test_where_publishing_at_once_fails_a_person_gets_the_draft(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.settings.change(world.guild.id, publish="at once")
    world.env.inject_error("POST", f"/channels/{discussion.thread.id}/messages", status=403, code=50013)
    await close(discussion)

    assert len(drafts_in(world)) == 1


async def test_a_prompt_that_nobody_answered_has_no_draft(world: World) -> None:
    silent = await discuss(world, [])
    answer = await Sitting(silent, world.facilitator).start()
    await close(silent)

    assert NO_REPLIES in shown(answer)
    assert drafts_in(world) == []


@pytest.mark.parametrize("code", [50001, 50013])
async def test_a_facilitators_channel_in_which_the_bot_may_not_write_gives_a_clear_sentence(
    discussion: Discussion, code: int
) -> None:
    world = discussion.world
    world.env.inject_error("POST", f"/channels/{world.office.id}/messages", status=403, code=code)
    answer = await Sitting(discussion, world.facilitator).start()

    assert MAY_NOT.format(channel=world.office.id) in shown(answer)
    assert "Send Messages" in shown(answer)


async def test_a_server_without_a_facilitators_channel_is_told_how_to_set_one(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    answer = await Sitting(discussion, world.facilitator).start()

    assert NO_OFFICE in shown(answer)


async def test_a_draft_is_set_aside_after_a_question_and_the_next_command_makes_a_new_one(sitting: Sitting) -> None:
    draft = await sitting.draft()
    asked = await sitting.person.click(sitting.card, label=PUT_ASIDE)
    assert "This draft was" not in words(sitting.card)
    answer = await sitting.person.click(asked.response.message, label=PUT_ASIDE)

    assert SET_ASIDE in shown(answer)
    assert ENDED[DraftState.DROPPED] in words(sitting.card)
    assert (await sitting.world.store.drafts.get(sitting.world.guild.id, draft.id)).state is DraftState.DROPPED
    await sitting.start()
    assert (await sitting.draft()).id != draft.id


async def test_ten_long_points_fit_into_the_cards(world: World) -> None:
    themes = ("night shifts", "car parks", "handover", "training", "lifts", "pay", "rotas", "targets", "food", "data")
    worry = " ".join(["{theme} and worry"] * 60)
    said = [(0, f"The {theme} worry us {worry.format(theme=theme)} on every single ward.") for theme in themes]
    discussion = await discuss(world, said)
    for theme, message in zip(themes, tuple(discussion.messages), strict=True):
        text = f"Same here. The {theme} worry me {worry.format(theme=theme)} on our ward too."
        await discussion.say(world.staff[1], text, message)
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()

    assert [point.people for point in (await sitting.draft()).summary.points] == [2] * 10
    assert len(words(sitting.card)) <= MOST_CHARACTERS
    await sitting.check(1)
    assert NAMES_NOBODY in sitting.text
    await sitting.publish(PUBLISH_ALL)
    assert len(words(sitting.published)) <= MOST_CHARACTERS


async def test_a_draft_of_another_server_cannot_be_reached(sitting: Sitting) -> None:
    world = sitting.world
    other = world.env.create_guild("Hillside")
    leaders, talk = other.create_role("Facilitators"), other.create_text_channel("talk")
    stranger = other.add_member(world.env.create_user("Hal"), roles=[leaders])
    await world.env.settle()
    await world.store.settings.change(other.id, facilitator_role_id=leaders.id, facilitators_channel_id=talk.id)
    answer = await stranger.slash(talk, "summary draft", prompt=str(sitting.discussion.prompt.id))

    assert FIRST not in shown(answer)
    assert world.texts(talk) == []


async def close(discussion: Discussion) -> None:
    """The prompts' cog says that the prompt was closed."""
    world = discussion.world
    closed = await world.store.prompts.close(discussion.prompt, world.env.now())
    world.bot.watch.add(closed)
    with world.env._bot_scope():
        world.bot.dispatch("prompt_closed", closed.id)
    await world.env.settle()


async def test_a_draft_that_could_not_be_made_at_closing_is_made_at_the_next_start(discussion: Discussion) -> None:
    world = discussion.world
    await world.change_database("CREATE TRIGGER stop BEFORE INSERT ON drafts BEGIN SELECT RAISE(ABORT, 'died'); END")
    await close(discussion)
    await world.change_database("DROP TRIGGER stop")
    assert drafts_in(world) == []
    world.env.errors.clear()

    await world.restart()

    assert len(drafts_in(world)) == 1
    await world.restart()
    assert len(drafts_in(world)) == 1
