"""Whatever reviewers do to a draft, and in whichever order, it stays sound; what does not fit is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.reviews import (
    AddNote,
    AddReplies,
    Change,
    ChangeQuote,
    Confirm,
    DropPoint,
    Merge,
    Move,
    NameNobody,
    Reword,
    SetKind,
    ShowQuotes,
)
from bot.models.summaries import Coverage, KeyPoint, Kind, Quote, Role, Summary
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from bot.summaries.review.changes import apply_change
from bot.summaries.review.continuation import number_points
from bot.summaries.review.edits import format_edits
from bot.summaries.review.supporters import DraftReplies
from tests.examples import examples
from tests.summaries.threads import NAMES, discussion

TEXTS = ("The rota is late. We learn of it on Sunday.", "The rota is late again.", "Parking is full.", "I cycle, too.")
SAID = Thread("t", "", tuple(Message(f"m{n}", f"p{n}", text, None, ("x", "p1")) for n, text in enumerate(TEXTS, 1)))


def held(said: Thread) -> DraftReplies:
    """What changes of a draft of this thread are held against."""
    return DraftReplies(
        {message.id: message.author for message in said.messages},
        {message.id: message.text for message in said.messages},
        {message.id: message.endorsers for message in said.messages},
    )


def draft() -> Summary:
    """Two points: the rota, with a possible supporter, and the parking."""
    rota = KeyPoint("The rota is late.", (Quote("m1", TEXTS[0]), Quote("m2", TEXTS[1])), 2, (Quote("m4", TEXTS[3]),), 1)
    parking = KeyPoint("Parking is full.", (Quote("m3", TEXTS[2]),), 1, (), 2)
    summary = number_points(Summary("t", "", (rota, parking), (), Coverage(4, 4, 4)))
    assert check_summary(summary, SAID) == ()
    return summary


def after(*changes: Change) -> Summary:
    """The draft after some changes, which must be sound."""
    summary = draft()
    for number, change in enumerate(changes):
        summary = apply_change(summary, change, held(SAID), f"{number}n")
        assert check_summary(summary, SAID) == ()
    return summary


def test_merging_joins_each_person_once_and_counts_endorsements_again() -> None:
    (point,) = after(Merge("1", ("2",))).points

    assert [quote.message for quote in point.quotes] == ["m1", "m2", "m3"]
    assert (point.people, point.endorsements) == (3, 1)


def test_several_points_are_merged_at_once_and_who_joins_is_there_by_a_facilitators_word() -> None:
    summary = after(Move("1", ("m2",), "new"), Merge("1", ("2", "0n")))

    (point,) = summary.points
    roles = {quote.message: quote.role for quote in point.quotes}
    assert (point.people, roles["m1"]) == (3, Role.WROTE)
    assert roles["m2"] is roles["m3"] is Role.TICKED
    assert point.review is not None
    assert "m2" in point.review.confirmed


def test_a_merge_keeps_what_a_person_said_and_drops_their_bare_agreement() -> None:
    said = Thread("t", "", tuple(Message(f"m{n}", f"p{n % 2}", text) for n, text in enumerate((*TEXTS[:2], "+1"))))
    quotes = Quote("m1", TEXTS[1]), Quote("m2", "+1", role=Role.AGREED)
    points = KeyPoint(TEXTS[1], quotes, 2), KeyPoint("The rota is late.", (Quote("m0", TEXTS[0]),), 1)
    summary = number_points(Summary("t", "", points, (), Coverage(3, 3, 2)))

    summary = apply_change(summary, Confirm("1", ("m2",)), held(said), "")
    (point,) = apply_change(summary, Merge("1", ("2",)), held(said), "").points

    assert [(quote.message, quote.role) for quote in point.quotes] == [("m1", Role.WROTE), ("m0", Role.TICKED)]
    assert point.review is not None
    assert point.review.confirmed == ("m0",)


def test_a_merge_keeps_the_quote_that_was_ticked_as_naming_nobody() -> None:
    said = Thread("t", "", tuple(Message(f"m{n}", f"p{n % 2}", text) for n, text in enumerate(TEXTS)))
    points = (
        KeyPoint("The rota is late.", (Quote("m0", TEXTS[0]), Quote("m1", TEXTS[1])), 2),
        KeyPoint("I cycle, too.", (Quote("m3", TEXTS[3]),), 1),
    )
    summary = number_points(Summary("t", "", points, (), Coverage(4, 4, 2)))

    summary = apply_change(summary, Confirm("2", ("m3",), ("m3",)), held(said), "")
    (point,) = apply_change(summary, Merge("1", ("2",)), held(said), "").points

    assert [quote.message for quote in point.quotes] == ["m0", "m3"]
    assert point.review is not None
    assert (point.review.confirmed, point.review.unnamed) == (("m3",), ("m3",))


def test_a_reply_in_no_point_is_put_on_one_or_on_several_or_makes_one() -> None:
    both = after(AddReplies("1", ("m4",)), AddReplies("2", ("m4",)))
    assert [[quote.message for quote in point.quotes][-1] for point in both.points] == ["m4", "m4"]

    made = after(AddReplies("new", ("m4",))).points[-1]
    assert (made.ref, made.statement, made.people) == ("0n", "I cycle, too", 1)
    assert made.quotes[0].role is Role.WROTE
    assert made.review is not None
    assert made.review.confirmed == ("m4",)


def test_a_reply_whose_words_may_not_be_quoted_is_counted_without_them() -> None:
    free = held(SAID)
    silent = DraftReplies(free.people, {"m1": TEXTS[0]}, free.endorsers)
    before = draft()
    before = replace(before, points=tuple(replace(point, possible=()) for point in before.points))

    summary = apply_change(before, AddReplies("2", ("m4",)), silent, "")

    point = next(point for point in summary.points if point.ref == "2")
    assert (point.people, point.quotes[-1].text, summary.withheld) == (2, "", ("m4",))
    assert check_summary(summary, SAID) == ()
    with pytest.raises(UserError):
        apply_change(draft(), AddReplies("new", ("m4",)), silent, "0n")


def test_who_took_their_words_off_a_point_stays_off_it() -> None:
    free = held(SAID)
    taken = DraftReplies(free.people, free.texts, free.endorsers, {("m3", "1"), ("m4", "1")})

    for change in (AddReplies("1", ("m4",)), Confirm("1", ("m4",)), Move("2", ("m3",), "1")):
        with pytest.raises(UserError):
            apply_change(draft(), change, taken, "")
    (merged,) = apply_change(draft(), Merge("1", ("2",)), taken, "").points
    assert [quote.message for quote in merged.quotes] == ["m1", "m2"]


def test_a_confirmation_may_tick_that_the_words_name_nobody_and_changes_nothing_else() -> None:
    summary = after(Confirm("1", ("m1", "m2"), ("m1",)))

    review = summary.points[0].review
    assert review is not None
    assert (review.confirmed, review.unnamed) == (("m1", "m2"), ("m1",))
    assert (summary.edits, format_edits(summary)) == ((), "")


def test_what_was_done_is_told_in_words_and_confirmations_are_no_changes() -> None:
    summary = after(
        Reword("1", "Rotas"),
        Reword("1", "Late rotas"),
        Reword("2", "Parking"),
        AddNote("1", "See."),
        Confirm("1", ("m1",)),
        NameNobody("1", ("m1",)),
        AddReplies("2", ("m4",)),
        SetKind("2", Kind.CONCERN),
        Merge("1", ("2",)),
    )

    assert format_edits(summary) == "1 heading reworded, 1 merged, 1 reply added, 1 kind changed, 1 note added"


def test_a_possible_supporter_whom_a_person_confirms_becomes_one() -> None:
    point = after(Confirm("1", ("m1", "m4"))).points[0]

    assert (point.people, point.possible) == (3, ())
    assert point.review is not None
    assert point.review.confirmed == ("m1", "m4")


def test_the_last_supporter_who_is_moved_takes_the_point_along() -> None:
    assert [point.ref for point in after(Move("2", ("m3",), "1")).points] == ["1"]
    assert [point.ref for point in after(Move("2", ("m3",), "")).points] == ["1"]


def test_a_heading_whose_quote_left_is_taken_from_the_next() -> None:
    rota = after(Move("1", ("m1",), "")).points[0]

    assert rota.statement in TEXTS[1]
    assert rota.people == 1


def test_a_heading_goes_with_the_words_that_a_reviewer_took_out() -> None:
    rota = after(ChangeQuote("1", "m1", "We learn of it on Sunday.")).points[0]

    assert "rota" not in rota.statement


def test_other_words_lose_the_tick_that_they_name_nobody() -> None:
    rota = after(NameNobody("1", ("m1", "m2")), ChangeQuote("1", "m1", "The rota is late.")).points[0]

    assert rota.review is not None
    assert rota.review.unnamed == ("m2",)


def test_an_empty_heading_brings_the_quoted_one_back() -> None:
    rota = after(Reword("1", "Rotas"), Reword("1", " ")).points[0]

    assert rota.review is not None
    assert (rota.review.words, rota.statement) == ("", "The rota is late.")


@pytest.mark.parametrize(
    "change",
    [
        Merge("1", ("1",)),
        Merge("1", ("9",)),
        DropPoint("9"),
        Move("1", ("m1",), "1"),
        Move("1", ("m3",), "2"),
        Move("1", ("m1",), "9"),
        Move("1", (), "new"),
        Confirm("1", ("m3",)),
        Merge("1", ("2", "9")),
        AddReplies("1", ()),
        AddReplies("1", ("m9",)),
        AddReplies("1", ("m1",)),
        AddReplies("9", ("m4",)),
        Confirm("1", ("m1",), ("m3",)),
        ChangeQuote("1", "m1", "The rota is early."),
        ChangeQuote("1", "m1", " "),
        ChangeQuote("1", "m4", TEXTS[3]),
        Reword("1", "x" * 201),
        AddNote("1", "x" * 501),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change) -> None:
    with pytest.raises(UserError):
        after(change)


@st.composite
def any_change(draw: st.DrawFn, summary: Summary, said: Thread) -> Change:
    """A change of a point of this summary; now and then one that does not fit."""
    refs = st.sampled_from([*(point.ref for point in summary.points), "gone"])
    ref = draw(refs)
    quotes = [
        quote.message for point in summary.points if point.ref == ref for quote in (*point.quotes, *point.possible)
    ]
    message = st.sampled_from([*quotes, *quotes, *(message.id for message in said.messages)])
    some: Any = st.lists(message, max_size=4).map(tuple)
    texts = {message.id: message.text for message in said.messages}
    point = st.just(ref)
    change: Change = draw(
        st.one_of(
            st.builds(Reword, point, st.text(max_size=20)),
            st.builds(AddNote, point, st.text(max_size=20)),
            st.builds(SetKind, point, st.sampled_from(Kind)),
            st.builds(Merge, point, st.lists(refs, max_size=3).map(tuple)),
            st.builds(AddReplies, point | st.just("new"), some),
            st.builds(Move, point, some, refs | st.sampled_from(["", "new"])),
            st.builds(Confirm, point, some, some),
            st.builds(ShowQuotes, point, some),
            st.builds(NameNobody, point, some),
            message.map(lambda one: ChangeQuote(ref, one, texts[one][len(texts[one]) // 2 :])),
            st.builds(DropPoint, point),
        )
    )
    return change


MADE = {name: (discussion(name), number_points(summarise(discussion(name)))) for name in NAMES[:3]}


@settings(max_examples=examples(100), deadline=None)
@given(st.sampled_from(NAMES[:3]), st.data())
def test_after_any_changes_the_summary_is_sound(name: str, data: st.DataObject) -> None:
    said, summary = MADE[name]
    for number in range(data.draw(st.integers(1, 12))):
        try:
            summary = apply_change(summary, data.draw(any_change(summary, said)), held(said), f"{number}n")
        except UserError:
            continue
        assert check_summary(summary, said) == ()
        refs = [point.ref for point in summary.points]
        assert len(refs) == len(set(refs))
