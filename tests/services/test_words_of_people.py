"""Use cases by which words of people are taken in and given back, on a real store and without Discord."""

from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.models.outcomes import OutcomeState, PointRef
from bot.models.private import Quoting
from bot.outcomes.decision import read_decision
from bot.replies.redaction.word_list import NO_WORDS, KnownWords
from bot.services.check_rounds import find_open_check
from bot.services.checks import end_due_checks, keep_missing, release_checks, take_back_missing
from bot.services.decisions import change_outcome, give_outcome
from bot.services.erasure import erase_everything
from bot.services.replies.private_replies import (
    find_open_prompt,
    find_subject,
    keep_private_reply,
    leave_out_of_batch,
    put_back_into_batch,
    release_private_replies,
    take_back_private_reply,
)
from bot.services.replies.submission import find_prompt_to_answer, keep_form_reply, reword_reply
from bot.services.statements import find_round, press
from bot.services.suggestions import LONGEST, decline_suggestion, find_suggestion, keep_suggestion
from bot.store import Store
from bot.store.keyed.batches import NO_REPLY
from tests.store.samples import GUILD, NOW, WORDING, arrival, open_prompt
from tests.store.samples_of_checks import SAME, started
from tests.store.senders import prompt_in, send

PERSON = 41
PHONE = "Call 07700 900123 about the rota."
LATER = NOW + timedelta(days=30)


async def test_a_private_reply_is_kept_without_identifiers_changed_and_taken_back(store: Store) -> None:
    prompt = await prompt_in(store)
    choice = {"quoting": Quoting.YES, "group": "", "manages": False, "own_words": KnownWords(("rota",)), "now": NOW}

    first = await keep_private_reply(store, prompt, PERSON, text=PHONE, **choice)  # type: ignore[arg-type]
    again = await keep_private_reply(store, prompt, PERSON, text="We are short.", **choice)  # type: ignore[arg-type]

    assert (first.changed, sum(first.removed.values())) == (False, 2)
    assert (again.changed, again.removed) == (True, {})
    assert first.code != again.code
    assert await take_back_private_reply(store, prompt, PERSON) == "We are short."
    with pytest.raises(UserError, match="have no private reply"):
        await take_back_private_reply(store, prompt, PERSON)


async def test_a_private_reply_goes_only_to_an_open_prompt_of_the_server(store: Store) -> None:
    prompt = await prompt_in(store)

    assert await find_open_prompt(store, GUILD, prompt.claim, NOW) == prompt
    with pytest.raises(UserError, match="gone"):
        await find_open_prompt(store, GUILD + 1, prompt.claim, NOW)
    with pytest.raises(UserError, match="/my and use its code"):
        await find_open_prompt(store, GUILD, prompt.claim, prompt.closes_at)


async def test_a_batch_is_released_once_and_what_is_left_out_of_it_is_logged(store: Store) -> None:
    prompt = await prompt_in(store)
    for person in range(6):
        await send(store, prompt, person)
    await store.prompts.close(prompt, NOW)

    assert await release_private_replies(store, NOW)
    assert await release_private_replies(store, NOW)

    (batch,) = await store.private.waiting(GUILD)
    reply, *_ = await store.private.of_batch(GUILD, batch.id)
    assert await find_subject(store, batch) == WORDING.question
    left_out = [await leave_out_of_batch(store, batch, reply.id, reason="A name.", user_id=5, now=NOW) for _ in "ab"]
    put_back = [await put_back_into_batch(store, batch, reply.id, user_id=5, now=NOW) for _ in "ab"]
    assert left_out == put_back == [True, False]
    assert len(await store.audit_log.of_person(GUILD, 5)) == 2
    with pytest.raises(UserError, match=NO_REPLY):
        await leave_out_of_batch(store, batch, "0" * 32, reason="A name.", user_id=5, now=NOW)


async def test_what_is_missing_is_kept_until_it_is_taken_back_and_its_check_ends_on_time(store: Store) -> None:
    check = await started(store)
    assert await find_open_check(store, GUILD, check.claim, NOW) == check
    with pytest.raises(UserError, match="ended"):
        await find_open_check(store, GUILD, check.claim, check.ends_at)

    code, removed = await keep_missing(
        store, check, PERSON, text=PHONE, quoting=Quoting.COUNT, own_words=NO_WORDS, now=NOW
    )

    assert code
    assert sum(removed.values()) == 1
    assert "07700" not in await take_back_missing(store, check, PERSON)
    with pytest.raises(UserError, match="have no private reply"):
        await take_back_missing(store, check, PERSON)
    await end_due_checks(store, NOW)
    assert (await release_checks(store, NOW)).prompt_ids == ()
    await end_due_checks(store, LATER)
    assert (await release_checks(store, LATER)).prompt_ids == (check.prompt_id,)
    assert (await release_checks(store, LATER)).prompt_ids == ()


async def test_points_are_asked_in_their_order_from_where_a_person_is_and_no_others(store: Store) -> None:
    check = await started(store)
    round_ = await find_round(store, GUILD, check.claim, PERSON, {"0200": 9}, NOW)
    assert (round_.is_check, round_.until, round_.next) == (True, check.ends_at, ("0100", "0200"))
    assert await press(store, round_, PERSON, "0100", SAME) == await find_round(
        store, GUILD, check.claim, PERSON, {}, NOW
    )

    for mark in ("0101", "0300", "", "x" * 90):
        with pytest.raises(UserError, match="has gone"):
            await press(store, round_, PERSON, mark, SAME)
    for guild_id, claim in ((GUILD + 1, check.claim), (GUILD, "0" * 16)):
        with pytest.raises(UserError, match="has gone"):
            await find_round(store, guild_id, claim, PERSON, {}, NOW)
    with pytest.raises(UserError, match="has ended"):
        await find_round(store, GUILD, check.claim, PERSON, {}, check.ends_at)


async def test_a_reply_by_the_form_is_kept_and_reworded_without_identifiers(store: Store) -> None:
    prompt = await open_prompt(store)
    assert await find_prompt_to_answer(store, GUILD, prompt.claim) == prompt
    with pytest.raises(UserError, match="can’t reply to it"):
        await find_prompt_to_answer(store, GUILD + 1, prompt.claim)
    sent = {"author_id": PERSON, "name": "Anna", "words": PHONE, "own_words": NO_WORDS, "now": NOW}

    reply, removed = await keep_form_reply(store, prompt, 9001, **sent)  # type: ignore[arg-type]
    again, _ = await keep_form_reply(store, prompt, 9001, **sent)  # type: ignore[arg-type]

    assert reply is not None
    assert again is None
    assert "07700" not in reply.text
    assert sum(removed.values()) == 1
    changed, removed = await reword_reply(store, reply, "Write to anna@example.org.", NO_WORDS, LATER)
    assert "example.org" not in changed.text
    assert sum(removed.values()) == 1


async def test_an_outcome_is_given_and_changed_with_its_lines_in_the_log(store: Store) -> None:
    prompt = await open_prompt(store)
    unchanged = dict.fromkeys(("state", "reason", "owner", "due"))
    decided = read_decision(None, state=OutcomeState.DOING, what="We hire two nurses.")

    given = await give_outcome(store, GUILD, [PointRef(prompt.id, "1")], decided, channels=(700,), user_id=5, now=NOW)
    changed = await change_outcome(store, GUILD, given.id, **unchanged, what="We hired three.", user_id=5, now=LATER)

    assert (changed.decided.what, changed.decided.state) == ("We hired three.", OutcomeState.DOING)
    assert len(await store.audit_log.of_person(GUILD, 5)) == 2
    with pytest.raises(UserError, match="Nothing would change"):
        await change_outcome(store, GUILD, given.id, **unchanged, what="We hired three.", user_id=5, now=LATER)


async def test_a_suggestion_is_kept_without_identifiers_and_declined_with_a_reason(store: Store) -> None:
    await store.settings.join([GUILD])
    parts = {"passage": PHONE, "source": "A report", "question": ""}

    kept, removed = await keep_suggestion(store, GUILD, PERSON, parts, NO_WORDS, NOW)

    assert "07700" not in kept.passage
    assert sum(removed.values()) == 1
    assert await find_suggestion(store, GUILD, kept.id, kept.name) == kept
    with pytest.raises(UserError):
        await find_suggestion(store, GUILD, kept.id, "another")
    for change, message in (({"passage": ""}, "a passage or a question"), ({"source": ""}, "where the passage is")):
        with pytest.raises(UserError, match=message):
            await keep_suggestion(store, GUILD, PERSON, parts | change, NO_WORDS, NOW)
    with pytest.raises(UserError, match="too long"):
        await keep_suggestion(store, GUILD, PERSON, parts | {"passage": "x" * (LONGEST["passage"] + 1)}, NO_WORDS, NOW)
    with pytest.raises(UserError, match="say why"):
        await decline_suggestion(store, kept, "  ", NO_WORDS, user_id=5, now=NOW)
    declined = await decline_suggestion(store, kept, "It is in the library.", NO_WORDS, user_id=5, now=NOW)
    assert declined.answer == "It is in the library."


async def test_erasing_a_person_names_the_cards_of_their_suggestions_and_waits_for_what_they_just_wrote(
    store: Store,
) -> None:
    await store.settings.join([GUILD])
    kept, _ = await keep_suggestion(
        store, GUILD, PERSON, {"passage": "", "source": "", "question": "Why?"}, NO_WORDS, NOW
    )
    await store.suggestions.note_card(kept, 4711)

    erased = await erase_everything(store, GUILD, PERSON)

    assert erased.suggestion_cards == (4711,)
    assert (await erase_everything(store, GUILD, PERSON)).suggestion_cards == ()


async def test_who_erases_everything_erases_also_what_they_wrote_a_moment_ago(store: Store) -> None:
    prompt = await prompt_in(store)
    store.inbox.start()
    for number in range(1000):  # more than the writer stores in one go
        store.inbox.put(arrival(prompt, 1000 + number, author=PERSON + 1))
    store.inbox.put(arrival(prompt, 70, author=PERSON))

    erased = await erase_everything(store, GUILD, PERSON)
    await store.inbox.flush()

    assert erased.count == 1
    assert 70 not in {reply.id for reply in await store.replies.of_prompt(prompt.id)}
