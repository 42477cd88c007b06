"""What staff say is missing, privately or with their name, while a check is open and after it."""

from __future__ import annotations

from bot.store.keyed.check_presses import NOT_OPEN
from cogs.private_replies.forms import CHANGE, CODE, DELETE, STORED, TAKEN_BACK
from cogs.private_replies.releases import OF_CHECK
from cogs.views.cards import ASK_POINT, BACK, OWN_WORDS, PRIVATELY, WITH_NAME
from tests.cogs.checks.steps import HERE, WEEK, results_in, staff, start, tap, tell_missing
from tests.cogs.summaries.discussion import Discussion
from tests.wording import says
from tests.world import shown, words

MISSING = "You forgot the porters. Call me on 07700 900123."


async def test_what_is_missing_becomes_a_private_reply_without_identifiers(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    for place, person in enumerate(staff(world, 5)):
        told = shown(await tell_missing(card, person, f"{MISSING} {place}"))
    assert says(told, CODE)
    assert "phone number" in told
    await world.env.advance_time(WEEK + 60)

    (batch,) = await world.store.private.waiting(world.guild.id)
    replies = await world.store.private.of_batch(world.guild.id, batch.id)
    assert len(replies) == 5
    assert all("[phone number removed]" in reply.text for reply in replies)
    assert any(says(text, OF_CHECK) for text in world.texts(world.office))


async def test_private_words_can_be_changed_and_taken_back_and_lead_back_to_the_points(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada = world.staff[0]
    kept = await tell_missing(card, ada, "You forgot the porters.")
    assert STORED in shown(kept)
    (check,) = await world.store.checks.open_checks()
    form = await ada.click(kept.response or kept.followups[-1], label=CHANGE)
    assert "You forgot the porters." in str(form.modal)
    assert "group" not in str(form.modal)
    await ada.submit_modal(form, {"words": "And the cleaners.", "quoting": "count"})
    own = await world.store.checks.own(check, ada.id)
    assert own is not None
    assert own.text == "And the cleaners."

    gone = await ada.click(kept.response or kept.followups[-1], label=DELETE)
    assert TAKEN_BACK in shown(gone)
    assert await world.store.checks.own(check, ada.id) is None
    kept = await tell_missing(card, ada, "You forgot the porters.")
    assert ASK_POINT in shown(await ada.click(kept.response or kept.followups[-1], label=BACK))


async def test_own_words_with_a_name_are_a_late_reply_where_there_is_a_thread(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk)
    ada = world.staff[0]
    form = await tap(card, ada, OWN_WORDS, WITH_NAME)
    field = next(part["component"] for part in form.modal["components"] if "component" in part)
    await ada.submit_modal(form, {field["custom_id"]: "The porters say the same."})
    assert "The porters say the same." in words(talk.thread.history()[-1])

    await world.store.prompts.note_gone(talk.prompt, world.env.now())
    asked = await tap(card, ada, OWN_WORDS)
    assert WITH_NAME not in shown(asked)
    assert PRIVATELY in shown(asked)


async def test_what_comes_after_the_end_is_not_counted_and_a_form_gives_its_words_back(talk: Discussion) -> None:
    world = talk.world
    card = await start(talk, days=1)
    for person in staff(world, 5)[1:]:
        await tap(card, person, HERE)
    late = world.staff[0]
    opened, form = await tap(card, late), await tap(card, late, OWN_WORDS, PRIVATELY)
    await world.env.advance_time(86_400 + 60)

    refused = await late.click(opened.response, label=HERE)
    given_back = await late.submit_modal(form, {"words": "You forgot the porters.", "quoting": "yes"})

    assert NOT_OPEN in shown(refused)
    assert NOT_OPEN in shown(given_back)
    assert "You forgot the porters." in shown(given_back)
    assert "people said" not in words(results_in(talk)[0])
