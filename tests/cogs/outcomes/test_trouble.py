"""Outcomes under hostile words, guessed ids and haste: nothing leaks, doubles or is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.models.prompts import NewPrompt
from cogs.outcomes.cards import DID, NOTHING, TITLE
from cogs.outcomes.commands import KEPT
from cogs.outcomes.owner_form import ASKED, ROLE
from tests.cogs.outcomes.given import add, answer_form, direct, id_of_the_only_outcome, outcomes_in, post, preview
from tests.cogs.review.sitting import Sitting
from tests.cogs.subject_access.steps import see_data
from tests.cogs.summaries.discussion import WORDING, Discussion, at_once, discuss, new_series
from tests.wording import says
from tests.world import World, shown, words

HOSTILE = "@everyone <@&1> # Head\n> **[click](https://evil.example)** ||x|| \u202e <#5>"


async def test_words_cannot_mention_format_or_link_wherever_they_are_shown(talk: Discussion) -> None:
    world = talk.world
    await world.store.people.choose(world.guild.id, world.staff[2].id, notices=True)
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    asked = await add(talk, state="not possible", what=HOSTILE, reason=HOSTILE, owner="# **Director**")
    given = await answer_form(talk, asked, **{ASKED: ROLE[1]})
    card = world.prompts.history()[-1]
    own = shown(await see_data(world.staff[2], world.prompts))
    listed = shown(await world.organiser.slash(world.prompts, "outcome list"))

    assert KEPT in shown(given)
    for text in (*outcomes_in(talk.thread), words(card), *direct(talk, 2), own, listed):
        assert "evil.example" in text
        # What stands after a backslash is shown as it is.
        for harm in (
            r"@everyone",
            r"<@&1>",
            r"\[click\]\(",
            r"\*\*\W*(click|Dir)",
            r"\|\|",
            "\u202e",
            "<#5>",
            r"^# ",
            r"# \*",
        ):
            assert not re.search(rf"(?<!\\){harm}", text, re.MULTILINE), harm
    bodies = [one.json for one in world.env.http_requests if DID in str(one.json)]
    assert bodies
    assert all(body["allowed_mentions"]["parse"] == [] for body in bodies)


async def test_nothing_of_another_server_is_found_by_its_number(talk: Discussion) -> None:
    world, now = talk.world, talk.world.env.now()
    other = world.env.create_guild("Hillside")
    await world.env.settle()
    await world.store.settings.join([other.id])
    prompt = await world.store.prompts.claim(NewPrompt(other.id, 5, WORDING, now, None, None), now)
    assert prompt is not None
    decided = Decision(OutcomeState.DONE, "Theirs alone.")
    theirs = await world.store.outcomes.add(
        other.id, [PointRef(prompt.id, "1")], decided, user_id=5, channels=(), now=now
    )
    await add(talk)

    async def ask(command: str, **options: Any) -> str:
        return shown(await world.organiser.slash(world.prompts, f"outcome {command}", **options))

    assert "kept" not in await ask("add", points=f"P{prompt.id}-1", state="done", what="Ours.")
    assert "kept" not in await ask("add", points=f"P{talk.prompt.id}-1 P{prompt.id}-1", state="done", what="Ours.")
    for command, options in (("edit", {"state": "doing"}), ("list", {})):
        assert "no such outcome" in await ask(command, outcome=str(theirs.id), **options)
    for guessed in (f"outcome-past:{theirs.id}", f"outcome-past-page:{theirs.id}:0"):
        view = ui.LayoutView(timeout=None)
        view.add_item(ui.ActionRow(ui.Button(label="Guessed", custom_id=guessed)))
        await world.bot.get_partial_messageable(world.prompts.id).send(view=view)
        pressed = await world.staff[0].click(world.prompts.history()[-1], label="Guessed")
        assert "no such outcome" in words(
            pressed.followups[-1].message if pressed.followups else pressed.response.message
        )
    known = await world.organiser.autocomplete(world.prompts, "outcome list", "outcome", "theirs")
    assert known == []
    assert await world.store.outcomes.get(other.id, theirs.id) == theirs


async def test_the_same_outcome_sent_twice_at_once_is_kept_and_posted_once(talk: Discussion) -> None:
    one, other = await preview(talk), await preview(talk)
    first, second = await at_once(talk.world, post(talk, one), post(talk, other))

    assert sorted("there already" in shown(answer) for answer in (first, second)) == [False, True]
    assert len(outcomes_in(talk.thread)) == 1


async def test_of_two_changes_at_once_the_second_is_not_lost_unseen(talk: Discussion) -> None:
    world = talk.world
    await add(talk)
    outcome = await id_of_the_only_outcome(talk)
    answers = await at_once(
        world,
        world.organiser.slash(world.prompts, "outcome edit", outcome=outcome, state="done"),
        world.organiser.slash(world.prompts, "outcome edit", outcome=outcome, owner="Ward sister"),
    )
    (after,) = await world.store.outcomes.of_guild(world.guild.id)

    refused = ["Someone else has changed this outcome" in shown(one) for one in answers]
    both = after.decided.state is OutcomeState.DONE and after.decided.owner == "Ward sister"
    assert any(refused) or both
    assert after.changes == 2 - sum(refused)


async def test_points_of_two_prompts_are_answered_in_both_threads_and_on_one_card(talk: Discussion) -> None:
    world = talk.world
    series = await world.store.series.get(world.guild.id, talk.prompt.series_id or 0)
    other = await discuss(world, series=series)
    world.bot.watch.add(other.prompt)
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    sitting = Sitting(other, world.facilitator)
    await sitting.start()
    await sitting.check(1)
    await sitting.publish()
    (card,) = [one for one in world.prompts.history() if says(words(one), TITLE)]
    assert "\n3 people" in words(card)

    points = f"P{talk.prompt.id}-1, P{other.prompt.id}-1"
    typed = {"points": points, "state": "done", "what": "Six nurses came."}
    await post(talk, await world.organiser.slash(world.prompts, "outcome add", **typed))
    assert [len(outcomes_in(one.thread)) for one in (talk, other)] == [1, 1]
    (every,) = [text for text in world.texts(world.prompts) if says(text, TITLE)]
    assert every.count(f"{OutcomeState.DONE.label}: Six nurses came.") == 2


async def test_nothing_is_edited_where_nothing_changed(talk: Discussion) -> None:
    world = talk.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    await add(talk)
    edits = [one for one in world.env.http_requests if one.method == "PATCH" and "/webhooks/" not in one.path]
    await talk.tell_of_erasure()
    await world.restart()

    after = [one for one in world.env.http_requests if one.method == "PATCH" and "/webhooks/" not in one.path]
    assert len(after) == len(edits)


async def test_a_card_waits_for_the_first_published_summary(world: World) -> None:
    series = await new_series(world)
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts, series=str(series.id))

    assert NOTHING in words(world.prompts.history()[-1])


async def test_of_two_changes_the_newer_one_stands_in_the_thread(talk: Discussion) -> None:
    await add(talk)
    store = talk.world.store.outcomes
    (before,) = await store.of_guild(talk.world.guild.id)
    newer = replace(before.decided, what="The newest words.")
    await store.change(
        talk.world.guild.id, before.id, newer, user_id=1, now=discord.utils.utcnow(), changes=before.changes
    )

    await talk.world.bot.get_cog("OutcomeCommands").poster.show(before)  # type: ignore[union-attr]

    (shown_now,) = outcomes_in(talk.thread)
    assert "The newest words." in shown_now
