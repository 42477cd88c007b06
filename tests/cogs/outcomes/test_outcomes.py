"""You said, we did: outcomes return to the threads, to one card a series, and to those who said it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import discord
import pytest

from bot.errors import UserError
from bot.models.outcomes import OutcomeState
from bot.models.summaries import KeyPoint, Review
from bot.outcomes.decision import NO_POINT, NO_REASON
from bot.outcomes.owners import PERSON
from bot.summaries.output.point_groups import ERASED
from cogs.core import posts as posted
from cogs.outcomes.cards import ALL_POINTS, BECAUSE, DID, DUE, HOW_CHANGED, NO_ANSWER, OWNER, TITLE, format_heading
from cogs.outcomes.cards import CHANGED as CHANGED_ON
from cogs.outcomes.commands import CHANGED, KEPT, SHOWN_IN
from cogs.outcomes.lists import NEVER_CHANGED, NOT_SINCE, NOTHING_YET
from tests.cogs.outcomes.given import FIRST, add, outcomes_in, published
from tests.cogs.summaries.discussion import Discussion
from tests.wording import opening, says
from tests.world import World, shown, words


async def test_an_outcome_is_posted_once_in_the_thread_and_edited_in_place(talk: Discussion) -> None:
    answer = shown(await add(talk, due="6 August 2026"))
    (before,) = outcomes_in(talk.thread)
    (outcome,) = await talk.world.store.outcomes.of_guild(talk.world.guild.id)
    message = next(one for one in talk.thread.history() if DID in words(one))
    assert NOT_SINCE in shown(await talk.world.staff[3].click(message, label=HOW_CHANGED))
    changed = await talk.world.organiser.slash(
        talk.world.prompts, "outcome edit", outcome=str(outcome.id), state="not possible", reason="No money."
    )

    assert says(answer, SHOWN_IN, places=f"<#{talk.thread.id}>")
    assert f"“{FIRST}”" in before
    assert f"{OutcomeState.DOING.label}: We hire six \\*nurses\\* for nights." in before
    assert f"{OWNER.format(owner='Director of Nursing')} {DUE.format(date='6 August 2026')}" in before
    (after,) = outcomes_in(talk.thread)
    impossible = f"{OutcomeState.NOT_POSSIBLE.label}: We hire six \\*nurses\\* for nights."
    assert f"{impossible}\n{BECAUSE.format(reason='No money.')}" in after
    assert CHANGED_ON.format(date="1 January 2026") in after
    assert CHANGED in shown(changed)
    message = next(one for one in talk.thread.history() if DID in words(one))
    past = shown(await talk.world.staff[3].click(message, label=HOW_CHANGED))
    assert past.index("No money.") < past.index(OutcomeState.DOING.label)
    assert NOT_SINCE not in past


def test_words_of_a_facilitator_stand_in_no_marks_of_quotation() -> None:
    point = KeyPoint("nobody *reads* them", (), 2)

    assert format_heading(point) == "“nobody \\*reads\\* them”"
    reworded = replace(point, review=Review(words="Reports go unread"))
    assert format_heading(reworded) == "Reports go unread (facilitator’s words)"
    assert format_heading(replace(point, statement="")) == format_heading(None) == ERASED


async def test_the_card_of_a_series_shows_answered_and_open_points_and_follows_changes(talk: Discussion) -> None:
    world = talk.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    before = words(world.prompts.history()[-1])
    await add(talk, "1 2")
    after = words(world.prompts.history()[-1])

    assert NO_ANSWER in before
    assert "\n3 people" in before
    assert f"P{talk.prompt.id}-1" not in before
    assert re.search(r"None of the \d+ points has an answer yet", before)
    assert OutcomeState.DOING.label in after
    assert "Director of Nursing" in after
    assert opening(ALL_POINTS) not in str(world.prompts.history()[-1].components[0].to_dict())  # all are on the card
    assert len([text for text in world.texts(world.prompts) if says(text, TITLE)]) == 1


@pytest.mark.parametrize(
    ("state", "told"),
    [("done", "Done: "), ("doing", "Under way: "), ("not yet", "Not yet: "), ("not possible", "Not possible: ")],
)
@pytest.mark.sampled(1)
async def test_each_state_is_told_in_plain_words(talk: Discussion, state: str, told: str) -> None:
    reason = {"reason": "No money."} if state == "not possible" else {}
    await add(talk, "1 2", state=state, **reason)

    (text,) = outcomes_in(talk.thread)
    assert f"## We did\n{told}" in text
    assert (BECAUSE.format(reason="No money.") in text) == bool(reason)
    assert text.count("\n- ") == 2


async def test_people_and_accounts_are_refused_as_owners_and_unknown_points_too(talk: Discussion) -> None:
    assert PERSON in shown(await add(talk, owner=f"<@{talk.world.staff[0].id}>"))
    assert NO_POINT in shown(await add(talk, "99"))
    assert NO_REASON in shown(await add(talk, state="not possible"))
    assert outcomes_in(talk.thread) == []


@pytest.mark.parametrize("ahead_h", [-5, 0, 5])
@pytest.mark.sampled(1)
async def test_what_was_cut_short_before_or_after_its_posting_is_posted_once(
    talk: Discussion, ahead_h: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    monkeypatch.setattr(discord.utils, "utcnow", lambda: world.env.now() + timedelta(hours=ahead_h))
    await add(talk)
    (outcome,) = await world.store.outcomes.of_guild(world.guild.id)
    (post,) = await world.store.outcomes.posts(outcome.id)
    await world.store.outcomes.note_post(post, 0)  # as it was before it was noted
    async with world.store._database.write() as connection:
        await connection.exec_driver_sql("UPDATE outcome_posts SET message_id = NULL")
    await world.restart()
    assert len(outcomes_in(talk.thread)) == 1

    assert [one.message_id for one in await world.store.outcomes.posts(outcome.id)] == [post.message_id]


async def test_an_organiser_lists_outcomes_and_opens_one_and_chooses_points_by_words(talk: Discussion) -> None:
    world = talk.world
    empty = shown(await world.organiser.slash(world.prompts, "outcome list"))
    await add(talk)
    (outcome,) = await world.store.outcomes.of_guild(world.guild.id)
    listed = shown(await world.organiser.slash(world.prompts, "outcome list", outcome=str(outcome.id)))

    number = talk.prompt.id
    first = await world.organiser.autocomplete(world.prompts, "outcome add", "points", "staffed nights")
    second = await world.organiser.autocomplete(world.prompts, "outcome add", "points", f"P{number}-1, handover")
    of_staff = await world.staff[0].autocomplete(world.prompts, "outcome add", "points", "")

    assert [one["value"] for one in first] == [f"P{number}-1"]
    assert second
    assert all(one["value"].startswith(f"P{number}-1, P{number}-") for one in second)
    assert of_staff == []
    assert NOTHING_YET in empty
    assert NEVER_CHANGED in listed
    assert "### 1 January 2026" in listed


async def test_the_list_has_one_heading_says_how_many_are_late_and_begins_with_those(talk: Discussion) -> None:
    world = talk.world
    number = talk.prompt.id
    await add(talk, due="1 January 2020", what="More staff on nights.")
    await add(talk, "2", what="A longer handover.")
    listed = shown(await world.organiser.slash(world.prompts, "outcome list"))

    assert listed.startswith("## Answers\n2 answers, 1 late. To change one, use /outcome edit.")
    assert listed.count("## Answers") == 1
    assert listed.index(f"### P{number}-1") < listed.index("Overdue.") < listed.index(f"### P{number}-2")
    assert "Outcome" not in listed


async def test_an_outcome_of_another_server_or_a_thread_that_is_gone_harms_nothing(talk: Discussion) -> None:
    world = talk.world
    await world.store.prompts.note_gone(talk.prompt, world.env.now())
    answer = shown(await add(talk))
    (outcome,) = await world.store.outcomes.of_guild(world.guild.id)

    assert KEPT in answer
    assert outcomes_in(talk.thread) == []
    with pytest.raises(UserError, match="no such outcome"):
        await world.store.outcomes.get(world.guild.id + 1, outcome.id)
    with pytest.raises(UserError, match="no such outcome"):
        await world.store.outcomes.changes(world.guild.id + 1, outcome.id)


async def test_a_card_is_changed_where_only_the_words_of_its_button_differ_and_never_for_nothing(world: World) -> None:
    def card(label: str) -> discord.ui.LayoutView:
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.TextDisplay("We did this."))
        view.add_item(discord.ui.ActionRow(discord.ui.Button(label=label, custom_id="a-button")))
        return view

    def changes() -> int:
        return sum(entry.method == "PATCH" for entry in world.env.http_requests)

    place = (world.guild.id, world.prompts.id)
    message_id = (await posted.send_card(world.bot, *place, card("Show 2 points"), "a nonce")).id
    before = changes()
    await posted.show_card(world.bot, *place, message_id, card("Show 2 points"))
    unchanged = changes() - before
    await posted.show_card(world.bot, *place, message_id, card("Show 3 points"))

    assert unchanged == 0
    assert changes() - before == 1
    assert words(world.prompts.history()[-1]) == "We did this.\nShow 3 points"


async def test_a_facilitators_heading_still_shows_after_the_thread_was_deleted_and_its_replies_kept(
    world: World,
) -> None:
    talk = await published(world, words="Nights are short of staff.")
    await add(talk)
    world.env.backend.delete_channel(talk.thread.id)
    await world.env.settle()
    await world.bot.store.prompts.keep(
        await world.store.prompts.get(world.guild.id, talk.prompt.id), "The board has asked for them."
    )
    await talk.take_back(talk.messages[1])  # so that the summary, whose message is gone, has to be changed

    listed = shown(await world.organiser.slash(world.office, "outcome list"))

    assert "Nights are short of staff." in listed
    assert ERASED not in listed
