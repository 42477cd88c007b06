"""Check and challenge: staff say whether the points of a summary are true for them; results come after the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from bot.store.keyed.views import NOT_OPEN
from cogs.checks.views import CHANGE, DONE, KEPT, TAKE_BACK, TAKEN_BACK

from bot.checks.texts import FEW, NOBODY_ELSE, SHARE, TOOK_PART
from bot.models.checks import Answer
from bot.services.checks import FEW_POINTS, NOT_CHECKED
from bot.store import StoreError
from bot.store.keyed.checks import HAS_ONE
from bot.summaries.output.point_groups import ERASED
from bot.text.words import plural
from cogs.checks.cards import ALL_FIGURES, ASK, GIVE_VIEW, RESULTS, RULES
from cogs.checks.cards import ENDED as CARD_ENDED
from cogs.checks.commands import (
    AGAIN,
    END_NOW,
    ENDED,
    ENDED_ON,
    FIGURES,
    LOST,
    NO_CARD,
    NO_THREAD,
    NONE_OPEN,
    NOT_POSTED,
    OPEN_UNTIL,
    STARTED,
    SURE,
)
from cogs.checks.forms import WHAT_IS_MISSING
from cogs.core.posts import REFUSED_FOR_NOW, UNANSWERED
from cogs.private_replies.forms import CODE
from cogs.private_replies.releases import OF_CHECK
from cogs.subject_access.data_card import VIEWS
from cogs.subject_access.erasure_cards import ERASE_ALL
from cogs.subject_access.erasure_cards import SURE as SURE_ERASE
from tests.cogs.outcomes.given import published
from tests.cogs.summaries.discussion import Discussion, at_once, discuss
from tests.wording import opening, says
from tests.world import World, form_parts, new_world, shown, words

WEEK = 7 * 86_400
FIRST = "We are short staffed on nights, and nobody listens when we raise it with the managers"
MISSING = "You forgot the porters. Call me on 07700 900123."


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The real bot with summaries, checks, private replies, and what people can see of themselves."""
    needed = ("cogs.summaries", "cogs.private_replies", "cogs.subject_access", "cogs.outcomes", "cogs.checks")
    async with new_world(tmp_path, extensions=needed) as made:
        yield made


@pytest.fixture
async def talk(world: World) -> Discussion:
    """A prompt of a series, whose checked summary is published."""
    return await published(world)


def staff(world: World, number: int) -> list[Any]:
    """So many people, some of them new."""
    new = [world.guild.add_member(world.env.create_user(f"Person {place}")) for place in range(number)]
    return [*world.staff, *new][:number]


async def start(talk: Discussion, **options: Any) -> Any:
    """The organiser starts a check; returns its card."""
    answer = await talk.world.organiser.slash(talk.world.prompts, "check start", prompt=str(talk.prompt.id), **options)
    assert says(shown(answer), STARTED)
    return card_in(talk)


def card_in(talk: Discussion) -> Any:
    return next(one for one in talk.thread.history() if ASK in words(one))


def results_in(talk: Discussion) -> list[Any]:
    return [one for one in talk.thread.history() if says(words(one), RESULTS)]


async def give(card: Any, person: Any, *answers: str) -> Any:
    """Somebody chooses answers to the first points; returns what the bot answers."""
    form = await person.click(card, label=GIVE_VIEW)
    return await person.submit_modal(form, {f"point-{place}": answer for place, answer in enumerate(answers, 1)})


async def tell_missing(kept: Any, person: Any, text: str, quoting: str = "yes", group: str = "") -> Any:
    """Somebody goes on to the last form and fills it."""
    form = await person.click(kept.response or kept.followups[-1], label=WHAT_IS_MISSING)
    values = {"words": text, "quoting": quoting, "group": [group] if group else []}
    return await person.submit_modal(form, values)


async def test_staff_answer_points_by_a_form_and_results_come_only_after_the_end(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    assert FIRST in words(card)
    assert RULES.format(date="8 January 2026") in words(card)
    people = staff(world, 6)
    for person in people[:5]:
        told = shown(await give(card, person, "true", "partly"))
    await give(card, people[5], "not")

    assert says(told, KEPT, first=1)
    status = shown(await world.organiser.slash(world.prompts, "check status"))
    assert says(status, OPEN_UNTIL)
    assert "6" not in status.split(opening(OPEN_UNTIL))[0]
    assert results_in(talk) == []
    await world.env.advance_time(WEEK + 60)

    (result,) = results_in(talk)
    assert TOOK_PART.format(people="6 people") in words(result)
    assert SHARE.format(some=5, people="6 people", answer=Answer.TRUE.label) in words(result)
    assert NOBODY_ELSE in words(result)
    gallery = next(part for part in result.components[0].to_dict()["components"] if part.get("items"))
    assert "5 true, 0 partly, 1 not, 0 do not know" in gallery["items"][0]["description"]
    assert [file.filename for file in result.attachments] == ["check-1.png"]
    assert CARD_ENDED.format(date="8 January 2026") in words(card_in(talk))
    figures = shown(await world.staff[3].click(result, label=ALL_FIGURES))
    assert says(figures, SHARE, some=5, people="6 people")
    assert says(shown(await world.organiser.slash(world.prompts, "check status")), ENDED_ON)


async def test_fewer_than_five_views_give_no_figures(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for person in staff(world, 4):
        await give(card, person, "not")
    ended = await world.organiser.slash(world.prompts, "check end", prompt=str(talk.prompt.id))
    assert says(shown(ended), SURE)
    assert ENDED in shown(await world.organiser.click(ended.response, label=END_NOW))

    (result,) = results_in(talk)
    assert FEW in words(result)
    assert "4" not in words(result)
    assert result.attachments == []
    assert FEW in shown(await world.staff[0].click(result, label=ALL_FIGURES))


async def test_a_view_is_one_a_person_and_can_be_changed_and_taken_back_while_it_is_open(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada, *others = staff(world, 6)
    for person in others:
        await give(card, person, "true")
    await give(card, ada, "not", "true")
    again = await ada.click(card, label=GIVE_VIEW)
    before = {
        name: next((one["value"] for one in part["options"] if one.get("default")), None)
        for name, part in form_parts(again).items()
    }
    kept = await ada.submit_modal(again, {"point-1": "partly"})
    assert (before["point-1"], before["point-2"]) == ("not", "true")
    assert plural(1, *VIEWS) in shown(await ada.slash(world.prompts, "my data"))
    gone = shown(await ada.click(kept.response or kept.followups[-1], label=TAKE_BACK))
    assert TAKEN_BACK in gone
    late_form = await ada.click(card, label=GIVE_VIEW)
    await world.env.advance_time(WEEK + 60)

    assert TOOK_PART.format(people="5 people") in words(results_in(talk)[0])
    late = await ada.submit_modal(late_form, {"point-1": "true"})
    assert NOT_OPEN in shown(late)
    assert VIEWS[0] not in shown(await ada.slash(world.prompts, "my data"))


async def test_what_is_missing_becomes_a_private_reply_without_identifiers(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for place, person in enumerate(staff(world, 5)):
        told = shown(await tell_missing(await give(card, person, "true"), person, f"{MISSING} {place}"))
    assert says(told, CODE)
    assert "phone number" in told
    await world.env.advance_time(WEEK + 60)

    (batch,) = await world.store.private.waiting(world.guild.id)
    replies = await world.store.private.of_batch(world.guild.id, batch.id)
    assert len(replies) == 5
    assert all("[phone number removed]" in reply.text for reply in replies)
    assert any(says(text, OF_CHECK) for text in world.texts(world.office))


async def test_a_check_needs_a_checked_summary_and_there_is_one_at_a_time(world: World, talk: Discussion) -> None:
    other = await discuss(world)
    world.bot.watch.add(other.prompt)
    slash = world.organiser.slash
    assert NOT_CHECKED in shown(await slash(world.prompts, "check start", prompt=str(other.prompt.id)))
    refused = shown(await slash(world.prompts, "check start", prompt=str(talk.prompt.id), people=90))
    assert FEW_POINTS.format(people="90 people") in refused
    assert NONE_OPEN in shown(await slash(world.prompts, "check end", prompt=str(talk.prompt.id)))
    await start(talk)
    again = shown(await slash(world.prompts, "check start", prompt=str(talk.prompt.id)))
    assert HAS_ONE in again
    assert len([one for one in talk.thread.history() if ASK in words(one)]) == 1


async def test_two_forms_at_once_and_two_endings_at_once_leave_one_view_and_one_result(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada, *others = staff(world, 6)
    for person in others:
        await give(card, person, "true")
    forms = [await ada.click(card, label=GIVE_VIEW) for _ in range(2)]
    await at_once(world, *(ada.submit_modal(form, {"point-1": "not"}) for form in forms))
    asked = [await world.organiser.slash(world.prompts, "check end", prompt=str(talk.prompt.id)) for _ in range(2)]
    await at_once(world, *(world.organiser.click(one.response, label=END_NOW) for one in asked))

    (result,) = results_in(talk)
    assert TOOK_PART.format(people="6 people") in words(result)


@pytest.mark.parametrize("ahead_h", [-5, 0, 5])
@pytest.mark.sampled(1)
async def test_what_was_cut_short_is_posted_once_after_a_restart(
    talk: Discussion, ahead_h: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    monkeypatch.setattr(discord.utils, "utcnow", lambda: world.env.now() + timedelta(hours=ahead_h))
    card = await start(talk)
    (check,) = await world.store.checks.open_checks()
    await world.store.checks.note_card(check.id, None)  # killed before it was noted
    await world.restart()
    assert [one.id for one in talk.thread.history() if ASK in words(one)] == [card.id]
    assert (await world.store.checks.open_checks())[0].message_id == card.id
    for person in staff(world, 5):
        await give(card_in(talk), person, "true")
    await world.store.checks.end(world.guild.id, check.id, world.env.now())  # killed right after it
    await world.restart()
    (result,) = results_in(talk)
    await world.store.checks.note_result(check.id, None)
    await world.restart()

    assert [one.id for one in results_in(talk)] == [result.id]
    assert TOOK_PART.format(people="5 people") in words(result)


async def test_words_that_were_erased_leave_the_card_the_results_and_their_picture(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for person in staff(world, 5):
        await give(card, person, "true")
    await talk.take_back(*talk.messages[:3])
    assert FIRST not in words(card_in(talk))
    assert ERASED in words(card_in(talk))
    await world.env.advance_time(WEEK + 60)

    (result,) = results_in(talk)
    assert ERASED in words(result)
    assert FIRST not in str(result.components[0].to_dict())
    assert says(words(result), SHARE, some=5, people="5 people")


async def test_words_that_are_erased_after_the_end_leave_the_results_too(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for person in staff(world, 5):
        await give(card, person, "true")
    await world.env.advance_time(WEEK + 60)
    assert FIRST in str(results_in(talk)[0].components[0].to_dict())
    await talk.take_back(*talk.messages[:3])

    (result,) = results_in(talk)
    assert FIRST not in str(result.components[0].to_dict())
    assert [file.filename for file in result.attachments] == ["check-1.png"]


async def test_a_thread_that_is_gone_is_told_and_views_of_another_server_are_refused(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    (check,) = await world.store.checks.open_checks()
    await world.store.prompts.note_gone(talk.prompt, world.env.now())
    answer = await world.organiser.slash(world.prompts, "check start", prompt=str(talk.prompt.id))
    assert NO_THREAD in shown(answer)
    other = world.env.create_guild("Other trust", owner=world.env.create_user("Zed"))
    assert await world.store.checks.of_guild(other.id) == ()
    with pytest.raises(Exception, match="not here"):
        await world.store.checks.by_claim(other.id, check.claim)


async def test_a_form_that_comes_after_the_end_gives_its_words_back_and_stores_nothing(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    kept = await give(card, world.staff[0], "true")
    form = await world.staff[0].click(kept.response or kept.followups[-1], label=WHAT_IS_MISSING)
    await world.env.advance_time(86_400 + 60)

    late = await world.staff[0].submit_modal(form, {"words": "You forgot the porters.", "quoting": "yes", "group": []})

    assert NOT_OPEN in shown(late)
    assert "You forgot the porters." in shown(late)
    (check,) = await world.store.checks.of_guild(world.guild.id)
    assert [view.missing for view in await world.store.checks.views(check.id)] == []


async def test_who_asked_to_be_left_out_is_refused_and_told_why(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    await world.staff[0].slash(world.prompts, "my stop")

    answer = await give(card, world.staff[0], "true")

    assert "/my start" in shown(answer)
    (check,) = await world.store.checks.open_checks()
    assert await world.store.checks.own(check, world.staff[0].id) is None


async def test_who_erases_everything_takes_their_view_out_of_an_open_check(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    await give(card, world.staff[0], "true")
    (check,) = await world.store.checks.open_checks()

    asked = await world.staff[0].slash(world.prompts, "my delete")
    sure = await world.staff[0].click(asked.response or asked.followups[-1], label=ERASE_ALL)
    await world.staff[0].click(sure.response or sure.followups[-1], label=SURE_ERASE)

    assert await world.store.checks.own(check, world.staff[0].id) is None


async def test_who_is_an_organiser_no_more_ends_no_check(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    asked = await world.organiser.slash(world.prompts, "check end", prompt=str(talk.prompt.id))

    world.env.backend.edit_member(world.guild.id, world.organiser.id, {"role_ids": []})

    refused = await world.organiser.click(asked.response or asked.followups[-1], label=END_NOW)

    assert "organiser" in shown(refused).casefold()
    assert len(await world.store.checks.open_checks()) == 1


async def test_results_whose_thread_is_gone_can_still_be_read(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    for person in staff(world, 5):
        await give(card, person, "true")
    world.env.backend.delete_channel(talk.thread.id)
    await world.env.advance_time(86_400 + 60)

    status = await world.organiser.slash(world.prompts, "check status")

    assert says(shown(status), ENDED_ON)
    figures = await world.organiser.click(
        status.response or status.followups[-1], label=FIGURES.format(date="2 January 2026")
    )
    assert says(shown(figures), SHARE, some=5, people="5 people")


async def test_who_clears_all_that_they_said_is_told_that_it_is_erased(talk: Discussion) -> None:
    world = talk.world
    nothing = await give(await start(talk), world.staff[0])
    kept = await tell_missing(nothing, world.staff[0], "You forgot the porters.")
    assert DONE in shown(kept)

    form = await world.staff[0].click(kept.response or kept.followups[-1], label=CHANGE)
    cleared = await tell_missing(await world.staff[0].submit_modal(form, {}), world.staff[0], "")

    assert TAKEN_BACK in shown(cleared)
    (check,) = await world.store.checks.open_checks()
    assert await world.store.checks.own(check, world.staff[0].id) is None


async def test_a_card_that_was_deleted_is_posted_again_by_the_start(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    world.env.backend.delete_message(talk.thread.id, card.id)

    again = await world.organiser.slash(world.prompts, "check start", prompt=str(talk.prompt.id))
    refused = await world.organiser.slash(world.prompts, "check start", prompt=str(talk.prompt.id))

    assert says(shown(again), AGAIN, talk.thread.id)
    assert HAS_ONE in shown(refused)
    assert len([one for one in talk.thread.history() if ASK in words(one)]) == 1
    await give(card_in(talk), world.staff[0], "true")
    (check,) = await world.store.checks.open_checks()
    assert await world.store.checks.own(check, world.staff[0].id) is not None


async def test_results_come_in_words_where_pictures_are_refused(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    for person in staff(world, 5):
        await give(card, person, "true")
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50013)

    await world.env.advance_time(86_400 + 60)

    (results,) = results_in(talk)
    assert says(words(results), SHARE, some=5, people="5 people")
    assert not results.attachments


async def test_results_that_cannot_be_posted_can_still_be_read(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    for person in staff(world, 5):
        await give(card, person, "true")
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=2)
    await world.env.advance_time(86_400 + 60)
    assert not results_in(talk)

    status = await world.organiser.slash(world.prompts, "check status")

    assert LOST in shown(status)
    figures = await world.organiser.click(
        status.response or status.followups[-1], label=FIGURES.format(date="2 January 2026")
    )
    assert says(shown(figures), SHARE, some=5, people="5 people")
    await world.env.advance_time(2 * 3600)
    assert len(results_in(talk)) == 1


async def test_a_card_that_discord_failed_to_post_comes_within_minutes_and_no_permission_is_blamed(
    talk: Discussion,
) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=503, times=2)

    answer = shown(await world.organiser.slash(world.prompts, "check start", prompt=str(talk.prompt.id)))
    assert UNANSWERED.format(talk.thread.id) in answer
    assert "Give my role" not in answer
    await world.env.advance_time(10 * 60)

    assert "Its card stands nowhere now" not in shown(await world.organiser.slash(world.prompts, "check status"))


async def test_a_card_that_cannot_be_posted_is_told_and_comes_later(talk: Discussion) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=2)

    refused = await world.organiser.slash(world.prompts, "check start", prompt=str(talk.prompt.id))
    assert says(shown(refused), NOT_POSTED, why=REFUSED_FOR_NOW.format(talk.thread.id))
    assert NO_CARD in shown(await world.organiser.slash(world.prompts, "check status"))

    await world.env.advance_time(3600 + 60)
    assert card_in(talk)
    assert NO_CARD not in shown(await world.organiser.slash(world.prompts, "check status"))


async def test_a_check_ends_with_its_results_though_the_log_could_not_be_written(
    talk: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    world = talk.world
    card = await start(talk)
    for person in staff(world, 5):
        await give(card, person, "true")
    asked = await world.organiser.slash(world.prompts, "check end", prompt=str(talk.prompt.id))
    with monkeypatch.context() as patched:
        patched.setattr(world.store.audit_log, "note", full)
        refused = await world.organiser.click(asked.response or asked.followups[-1], label=END_NOW)
        assert "The disk is full." in shown(refused)
    await world.env.settle()

    assert len(results_in(talk)) == 1
