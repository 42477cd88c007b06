"""Check and challenge: staff say whether the points of a summary are true for them; results come after the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.store import StoreError
from tests.cogs.outcomes.given import published
from tests.cogs.summaries.discussion import Discussion, at_once, discuss
from tests.world import World, form_parts, new_world, shown, words

WEEK = 7 * 86_400
FIRST = "Nobody listens when we raise short staffing on nights"
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
    assert "can be answered in" in shown(answer)
    return card_in(talk)


def card_in(talk: Discussion) -> Any:
    return next(one for one in talk.thread.history() if "Is this true where you work?" in words(one))


def results_in(talk: Discussion) -> list[Any]:
    return [one for one in talk.thread.history() if "What you said" in words(one)]


async def give(card: Any, person: Any, *answers: str) -> Any:
    """Somebody chooses answers to the first points; returns what the bot answers."""
    form = await person.click(card, label="Give your view")
    return await person.submit_modal(form, {f"point-{place}": answer for place, answer in enumerate(answers, 1)})


async def tell_missing(kept: Any, person: Any, text: str, quoting: str = "yes", group: str = "") -> Any:
    """Somebody goes on to the last form and fills it."""
    form = await person.click(kept.response or kept.followups[-1], label="What is missing?")
    values = {"words": text, "quoting": quoting, "group": [group] if group else []}
    return await person.submit_modal(form, values)


async def test_staff_answer_points_by_a_form_and_results_come_only_after_the_end(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    assert FIRST in words(card)
    assert "Open until 8 January 2026" in words(card)
    people = staff(world, 6)
    for person in people[:5]:
        told = shown(await give(card, person, "true", "partly"))
    await give(card, people[5], "not")

    assert "are kept." in told
    status = shown(await world.organiser.slash(world.prompts, "check status"))
    assert "open until" in status
    assert "6" not in status.split("open until")[0]
    assert results_in(talk) == []
    await world.env.advance_time(WEEK + 60)

    (result,) = results_in(talk)
    assert "6 people gave a view." in words(result)
    assert "5 of 6 people say “true where I work”" in words(result)
    assert "This tells nothing of people who did not answer." in words(result)
    gallery = next(part for part in result.components[0].to_dict()["components"] if part.get("items"))
    assert "5 true, 0 partly, 1 not, 0 do not know" in gallery["items"][0]["description"]
    assert [file.filename for file in result.attachments] == ["check-1.png"]
    assert "This check ended on 8 January 2026." in words(card_in(talk))
    figures = shown(await world.staff[3].click(result, label="All figures"))
    assert "5 of 6 people" in figures
    assert "ended on" in shown(await world.organiser.slash(world.prompts, "check status"))


async def test_fewer_than_five_views_give_no_figures(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for person in staff(world, 4):
        await give(card, person, "not")
    ended = await world.organiser.slash(world.prompts, "check end", prompt=str(talk.prompt.id))
    assert "End the check of" in shown(ended)
    assert "Its results follow" in shown(await world.organiser.click(ended.response, label="End it now"))

    (result,) = results_in(talk)
    assert "Fewer than 5 people gave a view, so there are no figures." in words(result)
    assert "4" not in words(result)
    assert result.attachments == []
    assert "Fewer than 5" in shown(await world.staff[0].click(result, label="All figures"))


async def test_a_view_is_one_a_person_and_can_be_changed_and_taken_back_while_it_is_open(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada, *others = staff(world, 6)
    for person in others:
        await give(card, person, "true")
    await give(card, ada, "not", "true")
    again = await ada.click(card, label="Give your view")
    before = {
        name: next((one["value"] for one in part["options"] if one.get("default")), None)
        for name, part in form_parts(again).items()
    }
    kept = await ada.submit_modal(again, {"point-1": "partly"})
    assert (before["point-1"], before["point-2"]) == ("not", "true")
    assert "1 view in an open check" in shown(await ada.slash(world.prompts, "my data"))
    gone = shown(await ada.click(kept.response or kept.followups[-1], label="Take back"))
    assert "taken back" in gone
    late_form = await ada.click(card, label="Give your view")
    await world.env.advance_time(WEEK + 60)

    assert "5 people gave a view." in words(results_in(talk)[0])
    late = await ada.submit_modal(late_form, {"point-1": "true"})
    assert "This check has ended" in shown(late)
    assert "view in an open check" not in shown(await ada.slash(world.prompts, "my data"))


async def test_what_is_missing_becomes_a_private_reply_without_identifiers(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for place, person in enumerate(staff(world, 5)):
        told = shown(await tell_missing(await give(card, person, "true"), person, f"{MISSING} {place}"))
    assert "Your withdrawal code" in told
    assert "phone number" in told
    await world.env.advance_time(WEEK + 60)

    (batch,) = await world.store.private.waiting(world.guild.id)
    replies = await world.store.private.of_batch(world.guild.id, batch.id)
    assert len(replies) == 5
    assert all("[phone number removed]" in reply.text for reply in replies)
    assert any("on what its summary misses" in text for text in world.texts(world.office))


async def test_a_check_needs_a_checked_summary_and_there_is_one_at_a_time(world: World, talk: Discussion) -> None:
    other = await discuss(world)
    world.bot.watch.add(other.prompt)
    slash = world.organiser.slash
    assert "that a person has checked" in shown(await slash(world.prompts, "check start", prompt=str(other.prompt.id)))
    assert "so many people" in shown(await slash(world.prompts, "check start", prompt=str(talk.prompt.id), people=90))
    assert "No check of this prompt is open" in shown(
        await slash(world.prompts, "check end", prompt=str(talk.prompt.id))
    )
    await start(talk)
    again = shown(await slash(world.prompts, "check start", prompt=str(talk.prompt.id)))
    assert "A check of this summary is open already" in again
    assert len([one for one in talk.thread.history() if "Is this true" in words(one)]) == 1


async def test_two_forms_at_once_and_two_endings_at_once_leave_one_view_and_one_result(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada, *others = staff(world, 6)
    for person in others:
        await give(card, person, "true")
    forms = [await ada.click(card, label="Give your view") for _ in range(2)]
    await at_once(world, *(ada.submit_modal(form, {"point-1": "not"}) for form in forms))
    asked = [await world.organiser.slash(world.prompts, "check end", prompt=str(talk.prompt.id)) for _ in range(2)]
    await at_once(world, *(world.organiser.click(one.response, label="End it now") for one in asked))

    (result,) = results_in(talk)
    assert "6 people gave a view." in words(result)


@pytest.mark.parametrize("ahead_h", [-5, 0, 5])
async def test_what_was_cut_short_is_posted_once_after_a_restart(
    talk: Discussion, ahead_h: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = talk.world
    monkeypatch.setattr(discord.utils, "utcnow", lambda: world.env.now() + timedelta(hours=ahead_h))
    card = await start(talk)
    (check,) = await world.store.checks.open_checks()
    await world.store.checks.note_card(check.id, None)  # killed before it was noted
    await world.restart()
    assert [one.id for one in talk.thread.history() if "Is this true" in words(one)] == [card.id]
    assert (await world.store.checks.open_checks())[0].message_id == card.id
    for person in staff(world, 5):
        await give(card_in(talk), person, "true")
    await world.store.checks.end(world.guild.id, check.id, world.env.now())  # killed right after it
    await world.restart()
    (result,) = results_in(talk)
    await world.store.checks.note_result(check.id, None)
    await world.restart()

    assert [one.id for one in results_in(talk)] == [result.id]
    assert "5 people gave a view." in words(result)


async def test_words_that_were_erased_leave_the_card_the_results_and_their_picture(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for person in staff(world, 5):
        await give(card, person, "true")
    await talk.take_back(*talk.messages[:3])
    assert FIRST not in words(card_in(talk))
    assert "(the words were erased)" in words(card_in(talk))
    await world.env.advance_time(WEEK + 60)

    (result,) = results_in(talk)
    assert "(the words were erased)" in words(result)
    assert FIRST not in str(result.components[0].to_dict())
    assert "5 of 5 people" in words(result)


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
    assert "thread of this prompt is gone" in shown(answer)
    other = world.env.create_guild("Other trust", owner=world.env.create_user("Zed"))
    assert await world.store.checks.of_guild(other.id) == ()
    with pytest.raises(Exception, match="not here"):
        await world.store.checks.by_claim(other.id, check.claim)


async def test_a_form_that_comes_after_the_end_gives_its_words_back_and_stores_nothing(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    kept = await give(card, world.staff[0], "true")
    form = await world.staff[0].click(kept.response or kept.followups[-1], label="What is missing?")
    await world.env.advance_time(86_400 + 60)

    late = await world.staff[0].submit_modal(form, {"words": "You forgot the porters.", "quoting": "yes", "group": []})

    assert "This check has ended" in shown(late)
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
    sure = await world.staff[0].click(asked.response or asked.followups[-1], label="Erase everything")
    await world.staff[0].click(sure.response or sure.followups[-1], label="Yes, erase for good")

    assert await world.store.checks.own(check, world.staff[0].id) is None


async def test_who_is_an_organiser_no_more_ends_no_check(talk: Discussion) -> None:
    world = talk.world
    await start(talk)
    asked = await world.organiser.slash(world.prompts, "check end", prompt=str(talk.prompt.id))

    world.env.backend.edit_member(world.guild.id, world.organiser.id, {"role_ids": []})

    refused = await world.organiser.click(asked.response or asked.followups[-1], label="End it now")

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

    assert "ended on" in shown(status)
    figures = await world.organiser.click(status.response or status.followups[-1], label="Figures of 2 January 2026")
    assert "5 of 5 people say" in shown(figures)


async def test_who_clears_all_that_they_said_is_told_that_it_is_erased(talk: Discussion) -> None:
    world = talk.world
    nothing = await give(await start(talk), world.staff[0])
    kept = await tell_missing(nothing, world.staff[0], "You forgot the porters.")
    assert "Your view is kept" in shown(kept)

    form = await world.staff[0].click(kept.response or kept.followups[-1], label="Change")
    cleared = await tell_missing(await world.staff[0].submit_modal(form, {}), world.staff[0], "")

    assert "what I kept of it is erased" in shown(cleared)
    (check,) = await world.store.checks.open_checks()
    assert await world.store.checks.own(check, world.staff[0].id) is None


async def test_a_card_that_was_deleted_is_posted_again_by_the_start(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    world.env.backend.delete_message(talk.thread.id, card.id)

    again = await world.organiser.slash(world.prompts, "check start", prompt=str(talk.prompt.id))
    refused = await world.organiser.slash(world.prompts, "check start", prompt=str(talk.prompt.id))

    assert "I posted it again" in shown(again)
    assert "is open already" in shown(refused)
    assert len([one for one in talk.thread.history() if "Is this true where you work?" in words(one)]) == 1
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
    assert "5 of 5 people say" in words(results)
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

    assert "stand nowhere now" in shown(status)
    figures = await world.organiser.click(status.response or status.followups[-1], label="Figures of 2 January 2026")
    assert "5 of 5 people say" in shown(figures)
    await world.env.advance_time(2 * 3600)
    assert len(results_in(talk)) == 1


async def test_a_card_that_cannot_be_posted_is_told_and_comes_later(talk: Discussion) -> None:
    world = talk.world
    world.env.inject_error("POST", f"/channels/{talk.thread.id}/messages", status=403, code=50001, times=2)

    refused = await world.organiser.slash(world.prompts, "check start", prompt=str(talk.prompt.id))
    assert "I could not post in" in shown(refused)
    assert "I try again every hour" in shown(refused)
    assert "Its card stands nowhere now" in shown(await world.organiser.slash(world.prompts, "check status"))

    await world.env.advance_time(3600 + 60)
    assert card_in(talk)
    assert "stands nowhere" not in shown(await world.organiser.slash(world.prompts, "check status"))


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
        refused = await world.organiser.click(asked.response or asked.followups[-1], label="End it now")
        assert "The disk is full." in shown(refused)
    await world.env.settle()

    assert len(results_in(talk)) == 1
