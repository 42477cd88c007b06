""" "That’s not what I meant": what staff say against a published summary, for facilitators only."""

from __future__ import annotations

from typing import Any

import pytest

from bot.replies.redaction.kinds import Identifier
from bot.replies.risk_signposting import care_lines
from bot.replies.sanitise import format_removed
from bot.services.replies.borrowed_words import BORROWED
from bot.store.people.choices import STOPPED
from cogs.core.access import FACILITATORS, ONLY
from cogs.review.objection_cards import NONE, SETTLE, WAITING
from cogs.review.objections import EMPTY, FORGOTTEN, SEE, THANKS, WAITS
from cogs.summaries.card import OBJECTION
from tests.cogs.review.sitting import Sitting, select_named
from tests.wording import says
from tests.world import shown, words

WORDS = "I did not say that nobody listens. I said that my manager does."


@pytest.fixture
async def published(sitting: Sitting) -> Sitting:
    """A reviewed summary that stands in the thread."""
    await sitting.check(1)
    await sitting.publish()
    return sitting


async def object_to(published: Sitting, said: str = WORDS) -> Any:
    """One of the staff presses the button and sends the form."""
    staff = published.world.staff[2]
    form = await staff.click(published.published, label=OBJECTION)
    return await staff.submit_modal(form, {"words": said})


async def objections(published: Sitting, person: Any = None) -> Any:
    return await (person or published.person).slash(published.world.office, "summary objections")


async def test_staff_tell_facilitators_that_they_meant_something_else(published: Sitting) -> None:
    before = published.world.texts(published.discussion.thread)
    answer = await object_to(published)

    assert THANKS in shown(answer)
    office = published.world.texts(published.world.office)[-1]
    assert says(office, WAITS)
    assert WORDS not in office
    assert "Cai" not in office
    assert published.world.texts(published.discussion.thread) == before


async def test_identifiers_leave_an_answer_before_it_is_stored_and_its_author_is_told(published: Sitting) -> None:
    said = "Ring me on 07700 900123, I was bullied by the manager."
    answer = await object_to(published, said)
    seen = await published.person.click(published.world.office.history()[-1], label=SEE)

    assert format_removed({Identifier.PHONE_NUMBER: 1}, "words") in shown(answer)
    assert care_lines(published.world.settings, said)
    assert care_lines(published.world.settings, said) in shown(answer)
    assert Identifier.PHONE_NUMBER.mark.strip("[]") in shown(seen)
    assert "900123" not in shown(seen)


async def test_nothing_is_kept_of_who_asked_that_nothing_be_collected(published: Sitting) -> None:
    world = published.world
    await world.store.people.stop(world.guild.id, world.staff[2].id, world.env.now())

    answer = await object_to(published)

    assert STOPPED in shown(answer)
    assert await world.store.objections.waiting(world.guild.id) == ()


async def test_a_facilitator_reads_an_answer_from_the_report(published: Sitting) -> None:
    await object_to(published)
    answer = await published.person.click(published.world.office.history()[-1], label=SEE)

    assert WORDS in shown(answer)
    assert "Cai" not in shown(answer)
    assert f"<#{published.discussion.thread.id}>" in shown(answer)


async def test_staff_and_organisers_cannot_read_an_answer(published: Sitting) -> None:
    await object_to(published)
    for person in (published.world.staff[2], published.world.organiser):
        answer = await person.click(published.world.office.history()[-1], label=SEE)
        listed = await objections(published, person)

        assert shown(answer).startswith(ONLY.format(who=FACILITATORS))
        assert shown(listed).startswith(ONLY.format(who=FACILITATORS))


async def test_an_answer_is_not_settled_in_its_authors_own_words(published: Sitting) -> None:
    await object_to(published)
    listed = await objections(published)
    select = select_named(listed.response.message, "objection-choose")
    chosen = await published.person.select(listed.response.message, [select["options"][0]["value"]])
    form = await published.person.click(chosen.response.message, label=SETTLE)
    told = await published.person.submit_modal(form, {"words": f"They say: {WORDS}"})
    assert BORROWED in shown(told)
    (waiting,) = await published.world.store.objections.waiting(published.world.guild.id)
    assert waiting.settled_how == ""


async def test_answers_are_listed_until_somebody_settles_them(published: Sitting) -> None:
    await object_to(published)
    await object_to(published, "And the parking is free.")
    listed = await objections(published)
    assert WAITING.format(answers="2 answers wait") in shown(listed)

    select = select_named(listed.response.message, "objection-choose")
    chosen = await published.person.select(listed.response.message, [select["options"][0]["value"]])
    assert WORDS in words(chosen.response.message)
    form = await published.person.click(chosen.response.message, label=SETTLE)
    settled = await published.person.submit_modal(form, {"words": "Reworded the heading."})

    assert "Reworded the heading." in words(settled.response.message)
    assert WAITING.format(answers="1 answer waits") in shown(await objections(published))


async def test_an_answer_survives_a_restart(published: Sitting) -> None:
    await object_to(published)
    await published.world.restart()
    answer = await published.person.click(published.world.office.history()[-1], label=SEE)

    assert WORDS in shown(answer)


async def test_an_answer_without_words_is_refused(published: Sitting) -> None:
    assert EMPTY in shown(await object_to(published, "   "))
    assert NONE in shown(await objections(published))


async def test_an_answer_to_a_summary_that_is_no_longer_kept_says_so(published: Sitting) -> None:
    await published.world.store.summaries.forget(published.published.id)
    answer = await published.world.staff[0].click(published.published, label=OBJECTION)

    assert FORGOTTEN in shown(answer)
