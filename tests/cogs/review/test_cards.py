"""The cards of the review fit into a message whatever people wrote, and say how far the check has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.reviews import (
    AddNote,
    Change,
    ChangeMade,
    Confirm,
    Draft,
    DraftState,
    DropPoint,
    Merge,
    Move,
    NameNobody,
    Objection,
    Reword,
    SetKind,
    ShowQuotes,
)
from bot.models.summaries import Coverage, KeyPoint, Kind, Quote, Review, Role, Summary
from bot.services.summaries.drafts import DraftWords
from bot.summaries.review.publication import NOT_CHECKED
from cogs.review.changes_card import changes_card
from cogs.review.draft_card import ALL_CHECKED, HOW, MAY_SAY_TOO, chooser_card, draft_card, page_of
from cogs.review.more_card import more_card
from cogs.review.objection_cards import objection_card, objections_card
from cogs.review.point_card import MOST_OPPOSED, OPPOSED, PointView, point_card, quotes_page
from cogs.review.publish_card import publish_card
from cogs.review.texts import CHECKED, CONFIRMED, NOT_TICKED, ROLES, TO_CHECK, TO_CONFIRM, people_line
from cogs.review.unplaced_card import UnplacedView, unplaced_card
from cogs.ui.limits import beyond_limits
from tests.examples import examples

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
NASTY = ("*_~|`[]<>\\#-" * 60, "@everyone @here " * 50, "x" * 5000, "😀" * 3000, "\u202e<@1>\n# a\n", "\x00", "-")
NO_WORDS = DraftWords({})
ADDRESS = "https://discord.com/channels/" + "/".join(["9" * 20] * 3)

texts = st.one_of(st.text(min_size=1, max_size=2000), st.sampled_from(NASTY))
quotes = st.lists(texts, min_size=1, max_size=40).map(
    lambda found: tuple(Quote(str(10**18 + number), text) for number, text in enumerate(found))
)
reviews = st.builds(Review, st.one_of(st.just(""), texts), st.one_of(st.just(""), texts))


@st.composite
def points(draw: st.DrawFn) -> KeyPoint:
    found, possible = draw(quotes), draw(quotes)
    role = st.sampled_from([Role.GROUPED, Role.SUGGESTED])
    further = tuple(Quote(f"{quote.message}0", quote.text, role=draw(role)) for quote in possible)
    return KeyPoint(
        draw(texts), found, len(found), further, kind=draw(st.sampled_from(Kind)), review=draw(st.none() | reviews)
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    found = [replace(point, ref=f"p{n}") for n, point in enumerate(draw(st.lists(points(), max_size=7)))]
    asked = draw(st.lists(texts, max_size=40))
    summary = Summary("1", "", tuple(found), tuple(Quote("1", text) for text in asked), Coverage(9, 9, 9))
    held = {str(7 * 10**18 + number): "p" for number in range(draw(st.integers(0, 12)))}
    return replace(draft_of(summary), held=held)


def draft_of(summary: Summary) -> Draft:
    return Draft(10**9, 10**18, 1, None, DraftState.OPEN, summary, {}, 10**6, NOW)


def of_points(*found: KeyPoint) -> Draft:
    return draft_of(
        Summary("1", "", tuple(replace(p, ref=f"p{n}") for n, p in enumerate(found)), (), Coverage(9, 9, 9))
    )


def said_by(*messages: str, possible: tuple[str, ...] = (), review: Review | None = None) -> KeyPoint:
    found = tuple(Quote(message, f"Words of {message}") for message in messages)
    further = tuple(Quote(message, f"Perhaps words of {message}") for message in possible)
    return KeyPoint(f"Words of {messages[0]}", found, len(found), further, review=review)


def text_of(view: discord.ui.LayoutView) -> str:
    return "\n".join(item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay))


@settings(max_examples=examples(40), deadline=None)
@given(drafts(), texts, st.integers(-1, 3))
def test_every_card_of_any_draft_fits_into_one_message(draft: Draft, question: str, page: int) -> None:
    opposed = tuple((point.quotes[0], Quote(f"9{n}", question)) for point in draft.summary.points for n in range(5))
    draft = replace(draft, summary=replace(draft.summary, opposed=opposed))
    cards = [draft_card(draft, question, page), chooser_card(draft, "A note."), publish_card(draft, ["<#1>", "<#2>"])]
    for point in draft.summary.points:
        links = {quote.message: ADDRESS for quote in (*point.quotes, *point.possible)}
        view = PointView(draft, point, DraftWords({}, links=links), page, "That was changed meanwhile.")
        cards += [point_card(view), more_card(view)]
    said = dict.fromkeys(draft.held, question)
    for known in (DraftWords(said, links=dict.fromkeys(said, ADDRESS)), DraftWords({}, said), DraftWords({})):
        cards.append(unplaced_card(UnplacedView(draft, known, page, "That was changed meanwhile.")))

    assert [problem for view in cards for problem in beyond_limits(view)] == []


@settings(max_examples=examples(30), deadline=None)
@given(texts, texts)
def test_an_answer_of_any_words_fits_into_one_message(words: str, how: str) -> None:
    waiting = Objection(1, 1, 1, "p", words, NOW)

    assert beyond_limits(objection_card(waiting)) == ()
    assert beyond_limits(objection_card(replace(waiting, settled_at=NOW, settled_how=how))) == ()
    assert beyond_limits(objections_card([replace(waiting, id=n) for n in range(60)], 1)) == ()


def test_a_point_names_what_a_program_takes_to_say_the_opposite() -> None:
    point = said_by("1", possible=("2",))
    pairs = [(Quote(f"8{n}", f"No, says {n}"), point.quotes[0]) for n in range(5)]
    pairs += [(Quote("70", "Of others"), Quote("71", "Of others too"))]
    draft = of_points(point)
    text = text_of(
        point_card(PointView(replace(draft, summary=replace(draft.summary, opposed=tuple(pairs))), point, NO_WORDS))
    )
    assert OPPOSED in text
    assert text.count("“No, says") == MOST_OPPOSED
    assert "Of others" not in text
    assert OPPOSED not in text_of(point_card(PointView(draft, point, NO_WORDS)))


def test_a_draft_says_whom_a_person_confirmed_and_whom_the_program_found() -> None:
    point = said_by("1", "2", "3", possible=("4",), review=Review(confirmed=("1", "3")))

    text = text_of(draft_card(of_points(point), "Why?"))

    assert f"3 {ROLES[Role.WROTE]}; 2 {CONFIRMED}, 1 {TO_CHECK}. {MAY_SAY_TOO}" in text
    assert TO_CONFIRM.format(people="1 person", points="1 point") in text


def test_a_draft_that_nobody_looked_at_says_that_no_person_checked_it() -> None:
    assert NOT_CHECKED in text_of(draft_card(of_points(said_by("1", "2")), "Why?"))


def test_a_draft_with_everybody_confirmed_says_so() -> None:
    done = said_by("1", "2", review=Review(confirmed=("1", "2")))

    assert CHECKED in text_of(draft_card(of_points(done), "Why?"))


def test_a_draft_points_to_the_check_only_while_a_point_is_left_to_check() -> None:
    some = said_by("1", "2", possible=("3",), review=Review(confirmed=("1",)))
    done = said_by("1", "2", possible=("3",), review=Review(confirmed=("1", "2"), unnamed=("1", "2")))

    before, after = (text_of(draft_card(of_points(point), "Why?")) for point in (some, done))

    assert HOW in before
    assert HOW not in after
    assert MAY_SAY_TOO in before
    assert MAY_SAY_TOO not in after
    assert ALL_CHECKED in after


def test_a_draft_says_where_only_the_look_for_names_is_left() -> None:
    some = said_by("1", "2", review=Review(confirmed=("1", "2"), unnamed=("1",)))

    text = text_of(draft_card(of_points(some), "Why?"))

    assert f"2 {ROLES[Role.WROTE]}; 2 {CONFIRMED}; 1 {NOT_TICKED}." in text
    assert HOW in text


def test_a_reworded_heading_is_marked_and_never_stands_in_quotation_marks() -> None:
    point = said_by("1", review=Review(words="Nights are short of staff"))

    text = text_of(draft_card(of_points(point), "Why?"))

    assert "Nights are short of staff (facilitator’s words)" in text
    assert "“Nights" not in text
    (only,) = of_points(point).summary.points
    assert "“Words of 1”" in text_of(point_card(PointView(of_points(point), only, DraftWords({}))))


def test_the_line_of_a_points_people_numbers_nobody_whom_the_program_only_proposes() -> None:
    point = said_by("1", possible=("2", "3", "4"))

    assert people_line(point) == f"1 {ROLES[Role.WROTE]}; 1 {TO_CHECK}"
    assert f": 1 {ROLES[Role.WROTE]}; 1 {TO_CHECK}. {MAY_SAY_TOO}" in text_of(draft_card(of_points(point), "Why?"))


def test_five_points_stand_on_a_page_and_a_changed_one_is_found_on_its_own() -> None:
    draft = of_points(*(said_by(str(number)) for number in range(7)))

    assert "### 5." in text_of(draft_card(draft, "Why?"))
    assert "### 6." not in text_of(draft_card(draft, "Why?"))
    assert page_of(draft, "p6") == 1
    assert page_of(draft, "gone") == 0
    assert "### 7." in text_of(draft_card(draft, "Why?", 99))


def test_the_quotes_of_a_point_come_ten_a_page_with_the_possible_ones_last() -> None:
    point = said_by(*map(str, range(11)), possible=("99",))

    assert [listed.quote.message for listed in quotes_page(point, 1).items] == ["10", "99"]
    assert [listed.possible for listed in quotes_page(point, 5).items] == [False, True]


def test_a_draft_that_ended_offers_nothing_to_press() -> None:
    for state in (DraftState.PUBLISHED, DraftState.DROPPED):
        draft = replace(of_points(said_by("1")), state=state)
        for view in (draft_card(draft, "Why?"), chooser_card(draft)):
            assert not [
                item for item in view.walk_children() if isinstance(item, discord.ui.Button | discord.ui.Select)
            ]


def test_the_changes_are_told_without_names_and_without_words() -> None:
    changes: list[Change] = [
        Reword("p1", "secret words"),
        Reword("p1", ""),
        Merge("p1", ("p2",)),
        Move("p1", ("1",), "new"),
        Move("p1", ("1", "2"), ""),
        Confirm("p1", ("1",)),
        ShowQuotes("p1", ("1", "2")),
        NameNobody("p1", ("1",)),
        SetKind("p1", Kind.PROPOSAL),
        AddNote("p1", "secret note"),
        DropPoint("p1"),
    ]
    made = [ChangeMade(number, f"person {number % 2}", NOW, what) for number, what in enumerate(changes, 1)]

    view = changes_card(of_points(said_by("1")), made, 0)

    assert beyond_limits(view) == ()
    text = text_of(view)
    assert "secret" not in text
    assert "person" not in text.replace("1 person out", "").replace("1 person", "")
    assert "reviewer 1: reworded a heading" in text
    assert "reviewer 2: brought the quoted heading back" in text
    assert "took 2 people out of a point" in text
    assert "set the kind of a point: proposal" in text
    assert "Nobody has changed" in text_of(changes_card(of_points(), [], 0))
