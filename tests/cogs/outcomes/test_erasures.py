"""Words that people change, delete or erase leave outcomes, cards and their own data."""

from __future__ import annotations

from typing import Any

import pytest

from bot.merged_events import ERASURES_APART
from bot.store.outcomes import OutcomeStore
from bot.summaries.output.point_groups import ERASED
from cogs.outcomes.cards import GIVEN, TITLE
from cogs.subject_access.data_card import BECAME
from cogs.subject_access.erasure_cards import ERASE_ALL
from cogs.subject_access.erasure_cards import SURE as SURE_ERASE
from tests.cogs.outcomes.given import FIRST, add, outcomes_in
from tests.cogs.subject_access.steps import open_erase, see_data
from tests.cogs.summaries.discussion import Discussion
from tests.wording import says
from tests.world import shown, words


async def test_words_that_people_change_or_delete_leave_outcomes_and_cards(collecting: Discussion) -> None:
    talk, world = collecting, collecting.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    await add(talk)
    card = next(one for one in world.prompts.history() if says(words(one), TITLE))
    assert FIRST in words(card)
    assert FIRST in outcomes_in(talk.thread)[0]
    await world.staff[2].edit(talk.messages[2], "I take that back.")
    await world.staff[0].delete(talk.messages[0])
    await world.staff[1].delete(talk.messages[1])
    await world.leap(ERASURES_APART.total_seconds())  # the first change was followed just before

    (text,) = outcomes_in(talk.thread)
    assert ERASED in text
    for shows in (text, "\n".join(world.texts(world.prompts))):
        assert not any(said in shows for said in (FIRST, "short staff", "Short staff"))


@pytest.mark.sampled(0)
async def test_words_that_people_erase_in_my_leave_outcomes_cards_and_their_own_data(
    collecting: Discussion,
) -> None:
    talk, world = collecting, collecting.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    await add(talk)
    for person in world.staff[:3]:
        listed = await open_erase(person, world.prompts)
        asked = await person.click(listed.response.message, label=ERASE_ALL)
        await person.click(asked.response.message, label=SURE_ERASE)
    await world.leap(ERASURES_APART.total_seconds())  # the first of them was followed just before

    (text,) = outcomes_in(talk.thread)
    card = next(text for text in world.texts(world.prompts) if says(text, TITLE))
    assert ERASED in text
    assert ERASED in card
    assert "short staff" not in f"{text}{card}".casefold()
    assert BECAME not in shown(await see_data(world.staff[2], world.prompts))


async def test_words_erased_while_the_bot_was_away_leave_outcomes_at_its_start(collecting: Discussion) -> None:
    talk, world = collecting, collecting.world
    await add(talk)
    for person in world.staff:
        await world.store.personal.erase_all(world.guild.id, person.id)  # as the command of the console does
    await world.restart()

    (text,) = outcomes_in(talk.thread)
    assert ERASED in text
    assert "short staff" not in text.casefold()
    assert "We hire six" in text


async def test_erased_words_leave_the_outcome_and_its_date_stays(talk: Discussion) -> None:
    await add(talk)
    await talk.take_back(*talk.messages[:3])

    (after,) = outcomes_in(talk.thread)
    assert ERASED in after
    assert FIRST not in after
    assert GIVEN.format(date="1 January 2026") in after


async def test_an_erased_prompt_that_nobody_watches_asks_no_other_server(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    await add(talk)
    world.env.create_guild("Lakeside")
    await world.env.settle()
    world.bot.watch.drop(talk.prompt)
    asked: list[int] = []
    of_guild = OutcomeStore.of_guild

    async def ask(self: OutcomeStore, guild_id: int) -> Any:
        asked.append(guild_id)
        return await of_guild(self, guild_id)

    monkeypatch.setattr(OutcomeStore, "of_guild", ask)
    with world.env._bot_scope():
        world.bot.dispatch("replies_erased", talk.prompt.id)
        world.bot.dispatch("replies_erased", 999)
    await world.env.settle()

    assert set(asked) == {world.guild.id}
