"""An outcome is shown to its organiser as staff will read it, before anybody else sees it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.narrator import find_answer
from bot.models.outcomes import OutcomeState
from bot.services.replies.borrowed_words import BORROWED
from bot.text.clean import clean_line
from bot.text.markdown import escape, unescape
from cogs.core.routing import OUT_OF_DATE
from cogs.outcomes.cards import DID
from cogs.outcomes.commands import KEPT
from cogs.outcomes.preview import CANCEL, CANCELLED, CHANGE, POST, TITLE
from tests.cogs.outcomes.given import FIRST, add, outcomes_in, preview
from tests.cogs.summaries.discussion import Discussion
from tests.permissions.walk import press_button
from tests.wording import says
from tests.world import form_parts, shown

HARD = "We hire *six* nurses: see https://a.example/x_y, <@1>, `now`"
WHY = "# No money\n- until @everyone agrees \\o/ Owner: nobody."


async def press(talk: Discussion, asked: Any, label: str) -> Any:
    return await talk.world.organiser.click(find_answer(asked), label=label)


async def test_nothing_is_posted_or_kept_before_the_organiser_says_so(talk: Discussion) -> None:
    asked = await preview(talk, "1 2", due="6 August 2026")
    assert outcomes_in(talk.thread) == []
    assert await talk.world.store.outcomes.of_guild(talk.world.guild.id) == ()
    told = shown(asked)
    assert TITLE in told
    assert f"“{FIRST}”" in told
    assert f"<#{talk.thread.id}>" in told
    assert f"P{talk.prompt.id}-1, P{talk.prompt.id}-2" in told

    assert KEPT in shown(await press(talk, asked, POST))
    (posted,) = outcomes_in(talk.thread)
    assert posted.removesuffix("\nHow it changed") in told


@pytest.mark.parametrize("state", list(OutcomeState))
@pytest.mark.sampled(1)
async def test_what_is_posted_is_what_was_shown_whatever_was_typed(talk: Discussion, state: OutcomeState) -> None:
    for due in ({}, {"due": "6 August 2026"}):
        asked = await preview(talk, state=state.value, what=HARD, reason=WHY, **due)
        told = shown(asked)
        assert KEPT in shown(await press(talk, asked, POST))
        assert outcomes_in(talk.thread)[-1].removesuffix("\nHow it changed") in told
        *_, kept = await talk.world.store.outcomes.of_guild(talk.world.guild.id)
        reason = clean_line(WHY) if state is OutcomeState.NOT_POSSIBLE else ""
        decided = kept.decided
        assert (decided.state, decided.what, decided.reason) == (state, HARD, reason)
        assert (decided.owner, decided.due is None) == ("Director of Nursing", not due)


async def test_it_can_be_changed_in_place_and_cancelled(talk: Discussion) -> None:
    asked = await preview(talk, due="6 August 2026")
    form = await press(talk, asked, CHANGE)
    parts = form_parts(form)
    assert parts["what"]["value"] == "We hire six *nurses* for nights."
    assert parts["due"]["value"] == "2026-08-06"
    filled = {"state": "not possible", "what": "Six nurses.", "reason": "No money.", "owner": ["Chief Nurse"]}
    changed = await talk.world.organiser.submit_modal(form, {**filled, "due": ""})
    assert "Because: No money.\nOwner: Chief Nurse.\n" in shown(changed)
    assert outcomes_in(talk.thread) == []
    assert CANCELLED in shown(await press(talk, changed, CANCEL))
    assert await talk.world.store.outcomes.of_guild(talk.world.guild.id) == ()


async def test_an_owner_who_is_no_usual_role_stays_in_the_form(talk: Discussion) -> None:
    asked = await preview(talk, owner="Rota coordinator")
    filled = {part["custom_id"]: part["value"] for part in form_parts(asked).values() if part.get("value")}
    seen = await talk.world.organiser.submit_modal(asked, {**filled, "asked": "role"})
    form = await press(talk, seen, CHANGE)
    (chosen,) = [each for each in form_parts(form)["owner"]["options"] if each.get("default")]
    assert chosen["value"] == "Rota coordinator"


async def test_words_of_staff_are_refused_before_the_preview(talk: Discussion) -> None:
    assert says(shown(await preview(talk, what=f"You said: {FIRST}.")), BORROWED)


@pytest.mark.parametrize("name", ["outcome-post:doing:", "outcome-post:sleeping:", "outcome-change:doing:"])
async def test_a_press_on_a_card_that_is_no_preview_does_nothing(talk: Discussion, name: str) -> None:
    world = talk.world
    assert OUT_OF_DATE in shown(await press_button(world, world.organiser, world.prompts, name))
    assert await world.store.outcomes.of_guild(world.guild.id) == ()


async def test_points_without_an_answer_are_offered_first_before_anything_is_typed(talk: Discussion) -> None:
    world, number = talk.world, talk.prompt.id
    before = await world.organiser.autocomplete(world.prompts, "outcome add", "points", "")
    assert before[0]["value"] == f"P{number}-1"
    await add(talk)
    after = await world.organiser.autocomplete(world.prompts, "outcome add", "points", "")
    assert after[0]["value"] == f"P{number}-2"
    assert after[-1]["name"].startswith(f"P{number}-1 ({OutcomeState.DOING.label}) ")
    more = await world.organiser.autocomplete(world.prompts, "outcome add", "points", f"P{number}-2, ")
    assert f"P{number}-2, P{number}-2" not in [each["value"] for each in more]


@given(st.text(max_size=60))
def test_escaped_words_come_back_as_they_were(words: str) -> None:
    line = clean_line(words)
    assert unescape(escape(line)) == line.replace("@\u200b", "@")
    assert DID not in escape(line)
