"""Whatever reviewers do to a draft, and in whichever order, it stays sound; what does not fit is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.reviews import (
    AddNote,
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
from bot.models.summaries import Coverage, KeyPoint, Kind, Message, Quote, Summary, Thread
from bot.summaries import check_summary, summarise
from bot.summaries.review.changes import DraftReplies, apply_change, number_points
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
            st.builds(Merge, point, refs),
            st.builds(Move, point, some, refs | st.sampled_from(["", "new"])),
            st.builds(Confirm, point, some),
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
