"""What people choose, whose words are kept out, and how all that is held of one person is found and erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import UserError
from bot.models.people import STAFF_GROUPS, Choices
from bot.models.personal import PersonData
from bot.models.private import Quoting
from bot.models.prompts import NewPrompt, Prompt
from bot.models.replies import Edit, Erasure, Reaction
from bot.models.summaries import Coverage, KeyPoint, Quote, Summary
from bot.services.erasure import erase_everything, repair_stored
from bot.services.subject_access import gather_person_data
from bot.store import Store
from bot.subject_access.account import list_personal_data, render_account
from bot.summaries.lifecycle.record import Record
from tests.store.samples import CHANNEL, GUILD, NOW, WORDING, arrival, form, open_prompt

ADA, BEN = 900_000_000_000_000_001, 900_000_000_000_000_002
OTHER_GUILD = 2
HOUR = timedelta(hours=1)


async def choices(store: Store, user_id: int = ADA) -> Choices:
    return await store.people.of(GUILD, user_id)


async def refusing(store: Store, guild_id: int) -> set[str]:
    """Return who said no to quotes, or took their yes back: the readers of replies quote them nowhere."""
    return {person for person, chosen in (await store.people.groups(guild_id)).items() if chosen.refused}


async def texts(store: Store, prompt: Prompt) -> list[str]:
    return [reply.text for reply in await store.replies.of_prompt(prompt.id)]


async def test_nothing_is_allowed_before_a_person_chose(store: Store) -> None:
    before = await choices(store)

    assert before == Choices(before.person)
    assert await store.people.groups(GUILD) == {}
    assert await store.people.quotable(GUILD) == frozenset()


async def test_choices_stand_by_themselves_and_in_each_server_apart(store: Store) -> None:
    await store.people.choose(GUILD, ADA, group=STAFF_GROUPS[1], manages=True)
    await store.people.choose(GUILD, ADA, quotes=True)
    await store.people.choose(OTHER_GUILD, ADA, group=STAFF_GROUPS[2])

    here = await choices(store)
    assert (here.group, here.manages, here.quotes) == (STAFF_GROUPS[1], True, True)
    assert await store.people.groups(GUILD) == {here.person: here}
    assert await store.people.quotable(GUILD) == {here.person}
    assert await store.people.quotable(OTHER_GUILD) == frozenset()


async def test_taking_back_all_choices_leaves_no_row(store: Store) -> None:
    await store.people.choose(GUILD, ADA, group=STAFF_GROUPS[0], notices=True)

    await store.people.choose(GUILD, ADA, group="", notices=False)

    assert await store.people.groups(GUILD) == {}


async def test_a_no_to_quotes_is_something_else_than_no_answer(store: Store) -> None:
    person = (await store.people.choose(GUILD, ADA, notices=True)).person
    assert await refusing(store, GUILD) == frozenset()

    await store.people.choose(GUILD, ADA, quotes=False)
    assert await refusing(store, GUILD) == {person}
    assert await refusing(store, OTHER_GUILD) == frozenset()

    await store.people.choose(GUILD, ADA, quotes=True)
    assert await refusing(store, GUILD) == frozenset()


async def test_a_group_that_is_not_on_the_list_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="isn’t one of the staff groups"):
        await store.people.choose(GUILD, ADA, group="Band 7")


async def test_only_those_who_allow_direct_messages_can_be_reached(store: Store) -> None:
    person = (await store.people.choose(GUILD, ADA, notices=True)).person
    other = (await store.people.choose(GUILD, BEN, quotes=True)).person

    assert await store.people.reach(GUILD, person) == ADA
    assert await store.people.reach(GUILD, other) is None
    assert await store.people.reach(OTHER_GUILD, person) is None
    await store.people.choose(GUILD, ADA, notices=False)
    assert await store.people.reach(GUILD, person) is None


async def test_what_is_written_between_stop_and_start_is_never_stored(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.people.stop(GUILD, ADA, NOW + timedelta(minutes=10))
    await store.people.start(GUILD, ADA, NOW + timedelta(minutes=20))
    # Each is written in the minute of its number, and all are read after the start, as in catching up.
    written = [arrival(prompt, minute, ADA, f"minute {minute}") for minute in (9, 10, 19, 20)]

    await store.replies.apply([*written, arrival(prompt, 15, BEN, "somebody else")])
    await store.replies.apply(written)

    assert await texts(store, prompt) == ["minute 9", "somebody else", "minute 20"]


async def test_a_message_that_was_changed_while_its_author_had_stopped_leaves_and_stays_out(store: Store) -> None:
    prompt = await open_prompt(store)
    early = arrival(prompt, 1, ADA, "the old words")
    await store.replies.apply([early, arrival(prompt, 2, ADA, "untouched")])
    await store.people.stop(GUILD, ADA, NOW + HOUR)

    applied = await store.replies.apply([Edit(1, "the new words", NOW + 2 * HOUR)])
    await store.people.start(GUILD, ADA, NOW + 3 * HOUR)
    await store.replies.apply([early._replace(text="the new words", edited_at=NOW + 2 * HOUR)])

    assert applied.erased == {prompt.id}
    assert await texts(store, prompt) == ["untouched"]


async def test_reactions_of_those_who_stopped_are_not_kept_and_those_before_stay(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, BEN), Reaction(1, GUILD, ADA, "👍")])
    await store.people.stop(GUILD, ADA, NOW)

    await store.replies.apply([Reaction(1, GUILD, ADA, "🎉"), Reaction(1, GUILD, BEN, "🎉")])

    assert [one.emoji for one in await store.personal.reactions(GUILD, ADA)] == ["👍"]
    assert await store.replies.reactions_held(prompt.id) == {1: {"👍": 1, "🎉": 1}}


async def test_forms_of_those_who_stopped_are_refused(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.add_form(form(prompt, 1, ADA), "Ada")
    own = await store.replies.own(GUILD, ADA, 1)
    await store.people.stop(GUILD, ADA, NOW)

    with pytest.raises(UserError, match="“Start again” in /my"):
        await store.replies.add_form(form(prompt, 2, ADA), "Ada")
    with pytest.raises(UserError, match="“Start again” in /my"):
        await store.replies.reword(own, "New words.", NOW)


async def used(store: Store, prompt: Prompt) -> None:
    """A shared summary and an open draft, in which Ada's and Ben's words stand."""
    replies = await store.replies.of_prompt(prompt.id)
    quotes = tuple(Quote(str(reply.id), reply.text) for reply in replies)
    points = tuple(KeyPoint(quote.text, (quote,), 1) for quote in quotes)
    people = len({reply.person for reply in replies})
    summary = Summary(str(prompt.id), "", points, (), Coverage(len(replies), len(replies), people))
    held = {str(reply.id): reply.person for reply in replies}
    body = Record(summary, held, 0, "5 January 2026", pending=False).to_json()
    await store.summaries.share(guild_id=GUILD, prompt_id=prompt.id, channel_id=700, message_id=900, body=body, now=NOW)
    await store.drafts.open(guild_id=GUILD, prompt_id=prompt.id, summary=summary, held=held, now=NOW)


async def everything(store: Store, closes_at: datetime = NOW + timedelta(days=14)) -> Prompt:
    """Something of every kind by Ada, and a reply by Ben."""
    prompt = await open_prompt(store, closes_at=closes_at)
    await store.replies.apply(
        [
            arrival(prompt, 1, ADA, "Rotas come late."),
            arrival(prompt, 2, BEN, "Parking is full."),
            Reaction(2, GUILD, ADA, "👍"),
        ]
    )
    await store.replies.add_form(form(prompt, 3, ADA, "By the form."), "Ada")
    await store.replies.note_message(3, 30)
    await store.private.add(
        prompt, ADA, text="In private.", quoting=Quoting.YES, group="", manages=False, today=NOW.date()
    )
    await used(store, prompt)
    (shared,) = await store.summaries.shared(prompt.id)
    await store.objections.add(guild_id=GUILD, summary_id=shared.id, user_id=ADA, text="Not so.", now=NOW)
    await store.people.choose(GUILD, ADA, group=STAFF_GROUPS[3], quotes=True, notices=True)
    return prompt


async def test_everything_that_is_held_of_a_person_is_found_and_nothing_of_others(store: Store) -> None:
    prompt = await everything(store)

    found, other = await gather_person_data(store, GUILD, ADA), await gather_person_data(store, GUILD, BEN)

    assert [reply.text for reply in found.replies] == ["Rotas come late.", "By the form."]
    assert [reply.text for reply in found.private] == ["In private."]
    assert [(one.prompt_id, one.message_id, one.emoji) for one in found.reactions] == [(prompt.id, 2, "👍")]
    assert [one.text for one in found.objections] == ["Not so."]
    assert [(use.counted, use.quotes, use.shared_at) for use in found.uses] == [
        (2, ("Rotas come late.", "By the form."), (700, 900)),
        (2, ("Rotas come late.", "By the form."), None),
    ]
    assert found.prompts == {prompt.id: prompt}
    assert [reply.text for reply in other.replies] == ["Parking is full."]
    assert (other.private, other.reactions, other.objections) == ((), (), ())
    assert (await gather_person_data(store, OTHER_GUILD, ADA)).is_empty


async def test_a_person_is_told_of_no_quotes_where_their_words_were_taken_out_and_of_their_no(store: Store) -> None:
    prompt = await everything(store)
    await store.people.choose(GUILD, ADA, quotes=False)
    await repair_stored(store, GUILD, [prompt.id], NOW)

    found = await gather_person_data(store, GUILD, ADA)

    assert [(use.counted, use.quotes) for use in found.uses] == [(2, ()), (2, ())]
    assert list_personal_data(found, NOW)["choices"]["may_be_quoted_in_this_server"] is False
    assert b"no, you said no" in render_account(found, NOW, "UTC")


async def test_chosen_replies_are_erased_with_marks_and_those_of_others_are_passed_over(store: Store) -> None:
    prompt = await everything(store)

    erased = await store.personal.erase_replies(GUILD, ADA, [1, 2, 3, 999])
    await store.replies.apply([arrival(prompt, 1, ADA, "Rotas come late."), Erasure(prompt.id, (30,))])

    assert (erased.count, erased.prompts, erased.posted) == (2, frozenset({prompt.id}), ((prompt.id, 30),))
    assert await texts(store, prompt) == ["Parking is full."]
    assert await store.replies.taken_back([prompt.id]) == 2
    assert (await choices(store)).quotes


async def test_erasing_everything_leaves_nothing_and_nothing_comes_back(store: Store) -> None:
    prompt = await everything(store)

    await erase_everything(store, GUILD, ADA)
    await erase_everything(store, GUILD, ADA)
    await store.replies.apply([arrival(prompt, 1, ADA, "Rotas come late."), Reaction(2, GUILD, ADA, "👍")])

    assert is_all_but_used(await gather_person_data(store, GUILD, ADA))
    assert await texts(store, prompt) == ["Parking is full."]
    assert await store.people.groups(GUILD) == {}


def is_all_but_used(data: PersonData) -> bool:
    return replace(data, uses=()).is_empty


async def test_a_reaction_that_is_put_again_after_erasing_counts_again(store: Store) -> None:
    await everything(store)
    await erase_everything(store, GUILD, ADA)

    await store.replies.apply([Reaction(2, GUILD, ADA, "👍", added=False), Reaction(2, GUILD, ADA, "👍")])

    assert len(await store.personal.reactions(GUILD, ADA)) == 1


async def test_erasing_everything_keeps_to_what_was_stopped(store: Store) -> None:
    prompt = await everything(store)
    await store.people.stop(GUILD, ADA, NOW + HOUR)

    await erase_everything(store, GUILD, ADA)
    await store.replies.apply([arrival(prompt, 90, ADA, "written later")])

    kept = await choices(store)
    assert kept == Choices(kept.person, stopped=True)
    assert await texts(store, prompt) == ["Parking is full."]


async def test_erasing_everything_keeps_to_a_no_to_quotes(store: Store) -> None:
    prompt = await everything(store)
    await store.people.choose(GUILD, ADA, quotes=False, group=STAFF_GROUPS[0])

    await erase_everything(store, GUILD, ADA)
    await store.replies.apply([arrival(prompt, 90, ADA, "written later")])

    kept = await choices(store)
    assert kept == Choices(kept.person, refused=True)
    assert await refusing(store, GUILD) == {kept.person}


async def test_a_prompt_that_lost_only_a_reaction_is_told_too_so_that_its_summaries_follow(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, BEN), Reaction(1, GUILD, ADA, "👍")])

    assert (await erase_everything(store, GUILD, ADA)).prompts == {prompt.id}


async def test_where_no_bot_runs_stored_summaries_quote_nobody_who_said_no(store: Store) -> None:
    prompt = await everything(store)
    await store.people.choose(GUILD, BEN, quotes=False)

    await repair_stored(store, GUILD, [prompt.id], NOW)

    (shared,) = await store.summaries.shared(prompt.id)
    draft = await store.drafts.of_prompt(prompt.id)
    assert draft is not None
    assert "Parking is full." not in shared.body
    assert "Parking is full." not in f"{draft.summary}"


async def test_stored_summaries_and_drafts_lose_what_was_erased(store: Store) -> None:
    prompt = await everything(store)
    erased = await erase_everything(store, GUILD, ADA)

    await repair_stored(store, GUILD, erased.prompts, NOW)
    await repair_stored(store, GUILD, erased.prompts, NOW)

    (shared,) = await store.summaries.shared(prompt.id)
    record, draft = Record.from_json(shared.body), await store.drafts.of_prompt(prompt.id)
    assert draft is not None
    assert [point.statement for point in record.summary.points] == ["Parking is full."]
    assert [point.statement for point in draft.summary.points] == ["Parking is full."]
    assert (list(record.held), list(draft.held)) == (["2"], ["2"])
    assert record.pending
    assert "2 replies were deleted" in record.changed


async def test_replies_to_several_prompts_are_erased_together(store: Store) -> None:
    first = await open_prompt(store)
    claimed = await store.prompts.claim(NewPrompt(GUILD, CHANNEL + 1, WORDING, NOW + 14 * 24 * HOUR, None), NOW)
    assert claimed is not None
    second = await store.prompts.confirm(claimed, message_id=800, thread_id=800, now=NOW)
    await store.replies.apply([arrival(first, 1, ADA), arrival(second, 2, ADA)])

    erased = await store.personal.erase_replies(GUILD, ADA, [1, 2])

    assert erased.prompts == {first.id, second.id}
    assert await store.personal.servers() == (GUILD,)
