"""Presses reach every summary that a person sees, follow what is taken back, and are held against the totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.models.prompts import Prompt
from bot.models.replies import Erasure
from bot.models.reviews import AddReplies, Confirm
from bot.models.summaries import KeyPoint, Summary
from bot.models.views import PointViews, StatementTotal, ViewTotals
from bot.services.replies.readable_replies import load_readable
from bot.services.summaries.drafts import change_draft, findings_of_draft, open_draft, repair_draft
from bot.services.summaries.generation import summarise_prompt
from bot.services.summaries.organiser_summaries import summarise_series_for_organiser
from bot.services.summaries.published_summaries import find_newest_reviewed, make_record, repair_record
from bot.services.summaries.verification import verify_summaries
from bot.store import Store
from bot.store.keyed.prompt_presses import PromptPresses
from bot.summaries.lifecycle.record import Record
from bot.summaries.proof.verdict import PRESSES
from bot.summaries.review.publication import prepare_for_staff
from bot.views.totals import find_supporters
from tests.board.stored import ROTA
from tests.store.samples import GUILD, NOW, arrival
from tests.store.senders import prompt_in
from tests.world import shared_worker

LATER = NOW + timedelta(days=1)
TWICE = "Everything is written down twice, on paper and on the screen."
PARKING = "The car park is full before the early shift starts."
Keep = Callable[[ViewTotals], None]


@pytest.fixture
def keep(monkeypatch: pytest.MonkeyPatch) -> Keep:
    """Let these be the stored totals of every prompt."""

    def keep(totals: ViewTotals) -> None:
        async def read(_: PromptPresses, prompt_id: int) -> ViewTotals:
            return totals

        monkeypatch.setattr(PromptPresses, "totals", read)

    return keep


async def asked(store: Store) -> Prompt:
    """Two people write the same, one answers in agreement, and one says something else."""
    prompt = await prompt_in(store, 1)
    said = [
        arrival(prompt, 801, 1, TWICE),
        arrival(prompt, 802, 2, TWICE),
        arrival(prompt, 803, 3, "Same here.")._replace(reply_to=801),
        arrival(prompt, 804, 4, PARKING),
    ]
    await store.replies.apply(said)
    return prompt


async def counted(store: Store, prompt: Prompt, text: str = TWICE, *, same: int = 6) -> ViewTotals:
    """What is counted of a statement whose ``same`` people are others than those who wrote or answered."""
    replies = await store.replies.of_prompt(prompt.id)
    ids = tuple(reply.id for reply in replies if reply.text == text)
    statement = StatementTotal(text, ids, same, 0, same, find_supporters(replies, ids))
    return ViewTotals(same + 9, (statement,))


def about(summary: Summary, text: str) -> KeyPoint:
    return next(point for point in summary.points if point.statement.rstrip(".") == text.rstrip("."))


async def keep_published(store: Store, record: Record, prompt: Prompt) -> None:
    body = record.to_json()
    place = {"guild_id": GUILD, "prompt_id": prompt.id, "channel_id": 700, "message_id": 900}
    await store.summaries.share(**place, body=body, now=NOW)


async def test_a_summary_of_a_prompt_and_of_a_series_counts_those_who_pressed(store: Store, keep: Keep) -> None:
    prompt = await asked(store)
    keep(await counted(store, prompt))

    found = await summarise_prompt(store, shared_worker(), prompt)
    series = await summarise_series_for_organiser(store, shared_worker(), "All", [prompt], LATER)

    assert about(found.summary, TWICE).views == PointViews(9)
    assert about(series.found.summary, TWICE).views == PointViews(9)
    assert (found.summary.tapped, series.found.summary.tapped) == (15, 15)


async def test_a_draft_is_counted_again_after_each_change_and_follows_who_is_ticked(store: Store, keep: Keep) -> None:
    prompt = await asked(store)
    keep(await counted(store, prompt))
    draft = await open_draft(store, shared_worker(), prompt, LATER)
    point = about(draft.summary, TWICE)
    other = next(message for message in draft.held if message not in {quote.message for quote in point.quotes})

    names = tuple(quote.message for quote in point.quotes)
    draft = await change_draft(store, draft, 5, Confirm(point.ref, names, names), LATER)
    assert about(draft.summary, TWICE).views == PointViews(9)

    draft = await change_draft(store, draft, 5, AddReplies(point.ref, (other,)), LATER)
    assert about(draft.summary, TWICE).views == PointViews(9, at_least=True)


async def test_a_draft_from_before_the_closing_gets_the_presses_with_its_next_repair(store: Store, keep: Keep) -> None:
    prompt = await asked(store)
    draft = await open_draft(store, shared_worker(), prompt, LATER)
    assert about(draft.summary, TWICE).views is None
    keep(await counted(store, prompt, PARKING))

    draft = await repair_draft(store, GUILD, draft.id)

    assert about(draft.summary, PARKING).views == PointViews(7)
    assert len({point.ref for point in draft.summary.points}) == len(draft.summary.points)
    assert "" not in {point.ref for point in draft.summary.points}
    assert await repair_draft(store, GUILD, draft.id) == draft


async def test_what_is_published_shows_presses_is_sound_and_follows_who_takes_words_back(
    store: Store, keep: Keep
) -> None:
    prompt = await asked(store)
    totals = await counted(store, prompt)
    keep(totals)
    draft = await open_draft(store, shared_worker(), prompt, LATER)
    point = about(draft.summary, TWICE)
    names = tuple(quote.message for quote in point.quotes)
    draft = await change_draft(store, draft, 5, Confirm(point.ref, names, names), LATER)
    staff = prepare_for_staff(draft.summary, with_others=True)
    record = await make_record(store, await findings_of_draft(store, draft, staff), "5 January 2026", draft.changes)
    await keep_published(store, record, prompt)
    ((_, verdict),) = await verify_summaries(store)
    assert about(record.summary, TWICE).views == PointViews(9)
    assert str(verdict).endswith(PRESSES)

    await store.replies.apply([Erasure(prompt.id, (802,))])
    gone = next(reply_id for reply_id in totals.statements[0].replies if str(reply_id) in names[1:])
    erased = record.held[str(gone)]
    left = replace(totals.statements[0], known=totals.statements[0].known - {erased})
    keep(replace(totals, statements=(left,)))
    repaired = await find_newest_reviewed(store, prompt)
    ((_, stale),) = await verify_summaries(store)

    assert repaired is not None
    assert about(repaired.summary, TWICE).views == PointViews(8)
    assert stale.problems  # what is stored still counts who went, until its message is repaired


async def test_presses_alone_let_a_published_summary_change_and_its_message_follow(store: Store) -> None:
    prompt = await asked(store)
    found = await summarise_prompt(store, shared_worker(), prompt)
    record = replace(await make_record(store, found, "5 January 2026", 0), pending=False)
    read = await load_readable(store, prompt.id, GUILD)

    assert await repair_record(record, read, "6 January 2026") == record
    closed = replace(read, views=await counted(store, prompt))
    shown = await repair_record(record, closed, "6 January 2026")

    assert about(shown.summary, TWICE).views == PointViews(9)
    assert (shown.pending, shown.changed) == (True, "")
    assert await repair_record(shown, closed, "6 January 2026") == shown
    bare = await repair_record(shown, read, "7 January 2026")
    assert (bare.summary.points, bare.summary.voices) == (record.summary.points, record.summary.voices)


async def test_a_forged_number_fails(store: Store, keep: Keep) -> None:
    prompt = await asked(store)
    keep(await counted(store, prompt))
    found = await summarise_prompt(store, shared_worker(), prompt)
    record = await make_record(store, found, "5 January 2026", 0)
    first, *others = record.summary.points
    forged = replace(record.summary, points=(replace(first, views=PointViews(12)), *others), tapped=None)
    await keep_published(store, replace(record, summary=forged), prompt)

    ((_, verdict),) = await verify_summaries(store)

    assert verdict.problems == ("Point 1 counts 12 people with presses, but the totals give 9.",)


async def test_a_statement_that_the_program_put_beside_a_point_stands_by_itself_once_enough_pressed(
    store: Store, keep: Keep
) -> None:
    prompt = await prompt_in(store, 1)
    await store.replies.apply([arrival(prompt, 800 + number, number, text) for number, text in enumerate(ROTA[:3], 1)])
    head, *_ = (await summarise_prompt(store, shared_worker(), prompt)).summary.points
    beside = head.group[0]
    replies = await store.replies.of_prompt(prompt.id)
    author = next(reply.person for reply in replies if str(reply.id) == beside.message)
    statement = StatementTotal(beside.text, (int(beside.message),), 6, 0, 6, frozenset({author}))
    keep(ViewTotals(6, (statement,)))

    points = (await summarise_prompt(store, shared_worker(), prompt)).summary.points

    assert (points[0].statement, points[0].views) == (beside.text, PointViews(7))
    assert beside not in points[1].possible
