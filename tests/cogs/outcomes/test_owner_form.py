"""Another owner than a usual role is taken only when somebody has said that it is a role."""

from __future__ import annotations

from typing import Any

from bot.outcomes.decision import NO_POINT
from bot.outcomes.owners import ANOTHER, PERSON, ROLES
from cogs.outcomes.commands import CHANGED, KEPT
from cogs.outcomes.owner_form import ASKED, IS_A_PERSON, LIKE_A_NAME, OWNER, QUESTION, ROLE, STILL_LIKE_A_NAME, WHY
from tests.cogs.outcomes.given import add, answer_form, outcomes_in
from tests.cogs.summaries.discussion import Discussion
from tests.wording import says
from tests.world import shown


def written(asked: Any) -> str:
    return str(asked.modal)


async def send(talk: Discussion, opened: Any, **values: str) -> str:
    return shown(await answer_form(talk, opened, **values))


async def test_a_usual_role_is_offered_and_taken_at_once(talk: Discussion) -> None:
    offered = await talk.world.organiser.autocomplete(talk.world.prompts, "outcome add", "owner", "nurs")
    assert [choice["value"] for choice in offered] == ["Chief Nurse", "Director of Nursing", ANOTHER]
    everything = await talk.world.organiser.autocomplete(talk.world.prompts, "outcome add", "owner", "")
    assert [choice["value"] for choice in everything] == [*ROLES, ANOTHER]
    assert KEPT in shown(await add(talk, owner="chief nurse"))


async def test_a_person_is_posted_nowhere_before_and_after_the_question(talk: Discussion) -> None:
    asked = await add(talk, owner="Sarah Jones")
    assert QUESTION in written(asked)
    assert LIKE_A_NAME in written(asked)
    assert outcomes_in(talk.thread) == []
    assert PERSON in await send(talk, asked, **{ASKED: IS_A_PERSON[1]})
    assert outcomes_in(talk.thread) == []
    assert await talk.world.store.outcomes.of_guild(talk.world.guild.id) == ()


async def test_another_role_is_taken_once_somebody_says_that_it_is_one(talk: Discussion) -> None:
    asked = await add(talk, owner="Rota coordinator", due="6 August 2026")
    assert WHY in written(asked)
    assert KEPT in await send(talk, asked, **{ASKED: ROLE[1]})
    (posted,) = outcomes_in(talk.thread)
    assert "Owner: Rota coordinator. Due: 6 August 2026." in posted
    (outcome,) = await talk.world.store.outcomes.of_guild(talk.world.guild.id)
    edit = await talk.world.organiser.slash(
        talk.world.prompts, "outcome edit", outcome=str(outcome.id), owner="Bank team", due="none"
    )
    assert CHANGED in await send(talk, edit, **{ASKED: ROLE[1]})
    (posted,) = outcomes_in(talk.thread)
    assert "Owner: Bank team." in posted
    assert "Due" not in posted


async def test_a_name_that_is_typed_into_the_form_asks_again(talk: Discussion) -> None:
    asked = await add(talk, owner=ANOTHER)
    told = await send(talk, asked, **{ASKED: ROLE[1], OWNER: "Sarah Jones"})
    assert says(told, STILL_LIKE_A_NAME, owner="Sarah Jones")
    assert outcomes_in(talk.thread) == []
    again = await add(talk, owner="Matron Hope")
    assert KEPT in await send(talk, again, **{ASKED: ROLE[1]})


async def test_what_would_be_refused_anyway_is_refused_before_the_question(talk: Discussion) -> None:
    assert NO_POINT in shown(await add(talk, "x", owner="Bank team"))
    assert PERSON in shown(await add(talk, owner="Dr Ada Byron"))
