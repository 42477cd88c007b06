"""Outcomes where something is against them: hostile words, guessed ids, haste, refusals, and words taken back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import ui
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.errors import UserError
from bot.merged_events import ERASURES_APART
from bot.models.outcomes import Decided, OutcomeState, PointRef
from bot.models.prompts import NewPrompt
from bot.prompts.weekly_digest import NO_OUTCOME, OVERDUE
from bot.store import StoreError
from bot.summaries.output.point_groups import ERASED
from cogs.core.posts import REFUSED_FOR_NOW, UNANSWERED
from cogs.outcomes.cards import DID, NOTHING, TITLE
from cogs.outcomes.commands import CHANGED, KEPT
from cogs.outcomes.owner_form import ASKED, ROLE
from cogs.reminders.weekly_digest import tell_week
from cogs.subject_access.data_card import BECAME
from cogs.subject_access.erasure_cards import ERASE_ALL
from cogs.subject_access.erasure_cards import SURE as SURE_ERASE
from tests.cogs.outcomes.given import FIRST, add, answer_form, direct, outcomes_in, post, preview, published
from tests.cogs.review.sitting import Sitting
from tests.cogs.subject_access.steps import open_erase, see_data
from tests.cogs.summaries.discussion import WORDING, Discussion, at_once, discuss, new_series
from tests.wording import says
from tests.world import World, new_world, shown, words

HOSTILE = "@everyone <@&1> # Head\n> **[click](https://evil.example)** ||x|| \u202e <#5>"


@pytest.fixture
async def collecting(tmp_path: Path) -> AsyncIterator[Discussion]:
    """A bot that collects what people write, with a published summary."""
    needed = ("prompts", "replies", "private_replies", "summaries", "outcomes", "subject_access")
    async with new_world(tmp_path, extensions=tuple(f"cogs.{step}" for step in needed)) as world:
        yield await published(world)


async def id_of_the_only_outcome(talk: Discussion) -> str:
    (outcome,) = await talk.world.store.outcomes.of_guild(talk.world.guild.id)
    return str(outcome.id)


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
    decided = Decided(OutcomeState.DONE, "Theirs alone.")
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


async def test_an_outcome_in_an_archived_thread_is_changed_and_the_thread_archived_again(talk: Discussion) -> None:
    world = talk.world
    # Discord refuses to write in an archived and locked thread; the simulated one does not know that.
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=400, code=50083)
    await add(talk)
    assert len(outcomes_in(talk.thread)) == 1
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083)
    outcome = await id_of_the_only_outcome(talk)
    await world.organiser.slash(world.prompts, "outcome edit", outcome=outcome, state="done")

    (text,) = outcomes_in(talk.thread)
    assert f"{OutcomeState.DONE.label}: We hire six" in text
    thread = await world.bot.fetch_channel(talk.thread.id)
    assert isinstance(thread, discord.Thread)
    assert thread.archived


async def test_nothing_is_edited_where_nothing_changed(talk: Discussion) -> None:
    world = talk.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    await add(talk)
    edits = [one for one in world.env.http_requests if one.method == "PATCH" and "/webhooks/" not in one.path]
    await talk.tell_of_erasure()
    await world.restart()

    after = [one for one in world.env.http_requests if one.method == "PATCH" and "/webhooks/" not in one.path]
    assert len(after) == len(edits)


async def test_a_deleted_thread_ends_the_post_and_the_outcome_stays(talk: Discussion) -> None:
    world = talk.world
    await add(talk)
    outcome = await id_of_the_only_outcome(talk)
    world.env.backend.delete_channel(talk.thread.id)
    await world.env.settle()
    answer = shown(await world.organiser.slash(world.prompts, "outcome edit", outcome=outcome, state="done"))

    assert answer == f"{CHANGED}."
    assert await world.store.outcomes.posts(int(outcome)) == ()


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


async def test_the_weekly_line_names_points_without_an_outcome_and_no_words_of_staff(collecting: Discussion) -> None:
    talk, world = collecting, collecting.world
    now = world.env.now()
    await add(talk, due="2 January 2026")
    with world.env._bot_scope():
        await tell_week(world.bot, world.guild.id, now)
        await tell_week(world.bot, world.guild.id, now + timedelta(days=7))
    await world.env.settle()

    (line,) = [text for text in world.texts(world.office) if text.startswith("Your week")]
    assert OVERDUE.format(outcomes="1 outcome is", named=f"P{talk.prompt.id}-1") in line
    assert says(line, NO_OUTCOME.partition("{named}")[0] + f"P{talk.prompt.id}-2, P{talk.prompt.id}-3")
    assert "ward sister" not in line


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


async def test_who_missed_a_notice_by_a_stop_of_the_bot_gets_it_once_after_the_start(talk: Discussion) -> None:
    world = talk.world
    await add(talk)
    assert direct(talk, 2) == []
    await world.store.people.choose(world.guild.id, world.staff[2].id, notices=True)
    await world.restart()
    await world.restart()

    assert len(direct(talk, 2)) == 1


async def test_a_card_waits_for_the_first_published_summary(world: World) -> None:
    series = await new_series(world)
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts, series=str(series.id))

    assert NOTHING in words(world.prompts.history()[-1])


async def test_a_card_that_a_new_channel_refuses_stays_where_it_stood_and_is_kept_true(talk: Discussion) -> None:
    world = talk.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    series = await world.store.series.get(world.guild.id, talk.prompt.series_id or 0)
    poster = world.bot.get_cog("OutcomeCommands").poster  # type: ignore[union-attr]

    with pytest.raises(UserError, match="couldn’t post"):
        await poster.move_card(series, 999, 2, discord.utils.utcnow())
    await add(talk)

    (card,) = [text for text in world.texts(world.prompts) if says(text, TITLE)]
    assert OutcomeState.DOING.label in card


async def test_a_card_that_is_refused_everywhere_is_told_and_comes_back_in_its_old_channel(talk: Discussion) -> None:
    world = talk.world
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    series = await world.store.series.get(world.guild.id, talk.prompt.series_id or 0)
    poster = world.bot.get_cog("OutcomeCommands").poster  # type: ignore[union-attr]
    _deny(world, discord.Permissions(send_messages=True))
    with pytest.raises(UserError, match="couldn’t post"):
        await poster.move_card(series, 999, 2, discord.utils.utcnow())
    _deny(world, discord.Permissions.none())
    await add(talk)

    (card,) = [text for text in world.texts(world.prompts) if says(text, TITLE)]
    assert OutcomeState.DOING.label in card


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


def _deny(world: World, denied: discord.Permissions) -> None:
    """What the bot may not do in the prompts channel."""
    role = next(role for role in world.guild.roles.values() if role._role.managed)
    world.env.backend.set_overwrite(
        world.prompts.id, Overwrite(target_id=role.id, type=OverwriteType.ROLE, allow=0, deny=denied.value)
    )


async def test_an_outcome_that_discord_failed_to_post_comes_within_minutes_and_no_permission_is_blamed(
    talk: Discussion,
) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=503, times=1)

    answer = shown(await add(talk))
    assert UNANSWERED.format(talk.thread.id) in answer
    assert "Give its role" not in answer
    await world.env.advance_time(10 * 60)

    assert len(outcomes_in(talk.thread)) == 1


async def test_an_outcome_that_a_thread_refused_is_posted_once_it_may(talk: Discussion) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=3)

    answer = shown(await add(talk))
    assert REFUSED_FOR_NOW.format(talk.thread.id) in answer
    await world.env.advance_time(3 * 3_600 + 60)

    assert len(outcomes_in(talk.thread)) == 1
    assert await world.store.outcomes.unposted() == ()


async def test_an_outcome_is_posted_though_the_log_could_not_be_written(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(talk.world.store.audit_log, "note", full)
        assert "The disk is full." in shown(await add(talk))
    await talk.world.env.settle()

    assert len(outcomes_in(talk.thread)) == 1
