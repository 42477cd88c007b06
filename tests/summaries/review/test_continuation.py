"""A new draft begins from the published one: what reviewers did stays, and only new replies are placed."""

from __future__ import annotations

from dataclasses import replace

from bot.models.reviews import AddNote, Change, Confirm, DropPoint, Merge, Move, Reword, ShowQuotes
from bot.models.summaries import Coverage, KeyPoint, Quote, Role, Summary
from bot.models.threads import Message, Thread
from bot.summaries import check_summary
from bot.summaries.review.changes import apply_change
from bot.summaries.review.continuation import Reviewed, continue_reviewed, number_points
from bot.summaries.review.edits import format_edits
from bot.summaries.review.publication import prepare_for_staff
from bot.summaries.review.supporters import DraftReplies

TEXTS = (
    "The rota is late. We learn of it on Sunday.",
    "The rota is late again.",
    "Parking is full.",
    "I cycle, too.",
    "The lift is broken.",
)
OLD = Thread("t", "", tuple(Message(f"m{n}", f"p{n}", text) for n, text in enumerate(TEXTS, 1)))


def held(said: Thread, *undone: tuple[str, str]) -> DraftReplies:
    people = {message.id: message.author for message in said.messages}
    texts = {message.id: message.text for message in said.messages}
    return DraftReplies(people, texts, {message.id: message.endorsers for message in said.messages}, frozenset(undone))


def said_by(*numbers: int, texts: tuple[str, ...] = TEXTS, possible: tuple[int, ...] = ()) -> KeyPoint:
    quotes, more = (tuple(Quote(f"m{n}", texts[n - 1]) for n in group) for group in (numbers, possible))
    return KeyPoint(texts[numbers[0] - 1], quotes, len(quotes), tuple(replace(q, role=Role.GROUPED) for q in more))


def published(*changes: Change) -> Reviewed:
    points = said_by(1, 2), said_by(3, possible=(4,)), said_by(5)
    summary = number_points(Summary("t", "", points, (), Coverage(5, 5, 5)))
    for number, change in enumerate(changes):
        summary = apply_change(summary, change, held(OLD), f"{number}n")
    return Reviewed(prepare_for_staff(summary, with_others=True), held(OLD).people)


def with_new(*said: str, author: str = "") -> tuple[Thread, tuple[str, ...]]:
    texts = (*TEXTS, *said)
    people = [f"p{n}" for n in range(1, len(texts) + 1)]
    people[-1] = author or people[-1]
    messages = (Message(f"m{n}", who, text) for n, (who, text) in enumerate(zip(people, texts, strict=True), 1))
    return Thread("t", "", tuple(messages)), texts


def found(said: Thread, *points: KeyPoint, voices: tuple[KeyPoint, ...] = ()) -> Summary:
    count = len(said.messages)
    people = len({message.author for message in said.messages})
    return Summary("t", "", points, (), Coverage(count, count, people), voices=voices)


def test_headings_notes_ticks_and_names_stay_and_what_a_reviewer_changed_is_not_changed_back() -> None:
    reviewed = published(
        Confirm("1", ("m1", "m2"), ("m1", "m2")),
        Reword("1", "Late rotas"),
        AddNote("1", "Asked in May."),
        Confirm("2", ("m3", "m4"), ("m3",)),
        DropPoint("3"),
        Move("1", ("m2",), ""),
    )

    after = continue_reviewed(found(OLD, said_by(1, 2), said_by(3), said_by(5)), [reviewed], held(OLD))

    assert check_summary(after, OLD) == ()
    by_ref = {point.ref: point for point in after.points}
    assert set(by_ref) == {"1", "2"}
    rota, parking = by_ref["1"], by_ref["2"]
    assert rota.review is not None
    assert parking.review is not None
    assert (rota.review.words, rota.review.note) == ("Late rotas", "Asked in May.")
    assert [quote.message for quote in rota.quotes] == ["m1"]
    assert [(quote.message, quote.role) for quote in parking.quotes] == [("m3", Role.WROTE), ("m4", Role.TICKED)]
    assert (parking.review.confirmed, parking.review.unnamed) == (("m3", "m4"), ("m3",))
    assert format_edits(after) == "1 heading reworded, 1 person moved, 1 point dropped, 1 note added"


def test_a_quote_that_nobody_had_looked_at_may_be_shown_later_and_a_hidden_one_stays_hidden() -> None:
    reviewed = published(Confirm("1", ("m1",), ("m1",)), ShowQuotes("2", ()))

    rota, parking, _ = continue_reviewed(found(OLD), [reviewed], held(OLD)).points

    assert rota.review is not None
    assert parking.review is not None
    assert (rota.review.unquoted, parking.review.unquoted) == ((), ("m3",))


def test_what_came_since_stands_behind_and_gets_names_of_its_own() -> None:
    reviewed = published(Confirm("3", ("m5",)))
    now, texts = with_new("The canteen closes at five.", "The canteen is shut in the evening.")
    fresh = found(now, said_by(6, 7, texts=texts), said_by(1, 2, texts=texts))

    after = number_points(continue_reviewed(fresh, [reviewed], held(now)), earlier=1)

    assert check_summary(prepare_for_staff(after, with_others=True), now) == ()
    assert [point.ref for point in after.points] == ["1", "2", "3", "b4"]
    after = apply_change(after, Confirm("3", ("m5",)), held(now), "b1n")
    assert [point.ref for point in after.points][-1] == "b4"


def test_an_answer_in_agreement_that_came_since_joins_and_other_words_are_only_proposed() -> None:
    reviewed = published(Confirm("1", ("m1", "m2")))
    now, texts = with_new("Same here with the rota.", "Rotas come late to us, too.")
    point = said_by(1, 6, 7, texts=texts)
    quotes = point.quotes[0], replace(point.quotes[1], role=Role.AGREED), point.quotes[2]
    fresh = found(now, replace(point, quotes=quotes))

    rota = continue_reviewed(fresh, [reviewed], held(now)).points[0]

    assert [quote.message for quote in rota.quotes] == ["m1", "m2", "m6"]
    assert [(quote.message, quote.role) for quote in rota.possible] == [("m7", Role.GROUPED)]
    assert rota.review is not None
    assert "m6" not in rota.review.confirmed


def test_replies_that_are_gone_leave_their_points() -> None:
    reviewed = published(Confirm("1", ("m1", "m2")), Merge("1", ("2",)))
    left = replace(OLD, messages=OLD.messages[1:2] + OLD.messages[4:])

    after = continue_reviewed(found(left), [reviewed], held(left))

    assert check_summary(after, left) == ()
    assert [quote.message for quote in after.points[0].quotes] == ["m2"]


def test_a_tick_that_its_author_undid_does_not_come_back() -> None:
    reviewed = published(Confirm("1", ("m1", "m2")))
    now, texts = with_new("Rotas come late to us, too.")
    fresh = found(now, said_by(1, 6, texts=texts))

    rota = continue_reviewed(fresh, [reviewed], held(now, ("m6", "1"))).points[0]

    assert (len(rota.quotes), rota.possible) == (2, ())


def test_a_series_shows_no_words_that_nobody_looked_at_and_proposes_nothing() -> None:
    reviewed = published(Confirm("1", ("m1", "m2"), ("m1",)), Reword("1", "Late rotas"))
    now, texts = with_new("The rota is late here.")
    fresh = found(now, said_by(1, 6, texts=texts, possible=(3,)))

    after = continue_reviewed(fresh, [reviewed], held(now), proposing=False)

    assert check_summary(after, now) == ()
    rota = after.points[0]
    assert rota.review is not None
    assert (rota.review.words, rota.review.unquoted, rota.possible) == ("Late rotas", ("m2",), ())
    assert [quote.message for quote in after.points[-1].quotes] == ["m6"]


def test_without_a_reviewed_summary_nothing_is_changed() -> None:
    fresh = found(OLD, said_by(1, 2))

    assert continue_reviewed(fresh, [], held(OLD)) is fresh
