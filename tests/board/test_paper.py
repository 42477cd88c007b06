"""What a board paper says, and what it keeps to itself."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from bot.board.answers import format_promise
from bot.board.document import Part, PointCheck
from bot.board.html import board_files
from bot.board.page_estimate import estimate_pages
from bot.board.page_fit import PAGES, fit_paper
from bot.board.paper import make_board_paper
from bot.board.readiness import PromptReadiness, list_open_tasks, refuse_unfinished
from bot.board.references import find_point, read_reference
from bot.board.texts import method_notes
from bot.errors import UserError
from bot.models.outcomes import Decision, Outcome, OutcomeState, PointRef
from bot.models.summaries import KeyPoint, Quote, Review, Role
from bot.summaries.output.plain_text import UNQUOTED_POINT
from tests.board.sources import ASK, NOON, hostile_source, prompt, prompt_of, source
from tests.summaries.papers import ordinary

FROZEN_POSTS = Decision(
    OutcomeState.NOT_POSSIBLE, "A third nurse", "the posts are frozen", "Director of Nursing", date(2018, 10, 1)
)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_points_bear_confirmed_counts_and_references_that_lead_back_to_them() -> None:
    paper = make_board_paper(source())
    nights, mentor = paper.points
    assert (str(nights.ref), nights.total, nights.in_private) == ("P12-1", 10, False)
    assert nights.who == "10 people: 6 wrote it, 4 said “same here”."
    assert (str(mentor.ref), mentor.by_facilitator) == ("P12-3", True)
    assert find_point(ordinary(), read_reference("p12-3")) == replace(ordinary().points[2], ref="3")


def test_the_paper_tells_who_was_invited_who_took_part_and_what_was_left_out() -> None:
    paper = make_board_paper(source())
    assert (paper.invited, paper.fields.recommendation) == ("120 people were invited.", ASK)
    assert paper.took_part == "19 people took part in the threads. Each person counts once."
    assert ("Replies used", 52) in paper.counts
    assert paper.left_out == (("too short", 5), ("excluded by a facilitator", 2))
    assert "9 changes were made" in paper.method


def test_the_method_says_what_reviewers_changed_and_counts_no_confirmation() -> None:
    edited = replace(ordinary(), edits=(("merged", 2),))
    paper = make_board_paper(source(prompt_of(edited), prompt_of(replace(edited, edits=(("moved", 1),)), 13)))
    assert (
        "A facilitator checked who says what; 2 headings reworded, 2 merged, 1 person moved, 2 notes added."
        in paper.method
    )
    untouched = replace(edited, edits=(), points=tuple(replace(point, review=None) for point in edited.points))
    assert "A facilitator checked who says what. Each" in make_board_paper(source(prompt_of(untouched))).method


def test_without_a_yes_there_are_counts_and_no_words_of_anybody() -> None:
    paper = make_board_paper(source(quotable=False))
    nights, mentor = paper.points
    assert (nights.heading, nights.total, nights.quotes) == ("(not quoted)", 10, ())
    assert mentor.heading == "Give each new starter a mentor"
    assert paper.parts[0].disputes == ()
    assert paper.parts[0].voices == ()
    assert paper.parts[0].voices_unquoted == 1
    assert (paper.unworded, [point.ref for point in paper.told]) == (1, [mentor.ref])
    said = b"".join(
        file.content for file in board_files(source(quotable=False)) if not file.name.endswith(("docx", "pdf"))
    )
    assert b"short staffed" not in said
    assert b"Car parking" not in said
    assert b"(not quoted)" not in b"".join(
        file.content for file in board_files(source(quotable=False)) if file.name.endswith("html")
    )
    assert UNQUOTED_POINT.encode() not in said
    assert b"1 more point is not in this paper, because nobody who raised it agreed to be quoted." in said


def test_a_disagreement_is_printed_only_while_both_sides_have_words_to_quote() -> None:
    one, other = ordinary().disagreements[0].sides
    bare = replace(other, quotes=tuple(replace(quote, text="") for quote in other.quotes))
    lopsided = replace(ordinary().disagreements[0], sides=(one, bare))
    (whole,) = make_board_paper(source()).parts
    (part,) = make_board_paper(source(prompt_of(replace(ordinary(), disagreements=(lopsided,))))).parts

    assert [len(side.quotes) > 0 for side in whole.disputes[0].sides] == [True, True]
    assert part.disputes == ()


def test_who_stands_on_a_side_of_a_disagreement_is_not_quoted_again_as_a_single_voice() -> None:
    summary = ordinary()
    side = summary.disagreements[0].sides[0].quotes[0]
    alone = KeyPoint(side.text.rstrip("."), (side,), 1)
    paper = make_board_paper(source(prompt_of(replace(summary, voices=(*summary.voices, alone)))))
    assert alone.statement not in paper.parts[0].voices
    assert paper.parts[0].voices
    assert paper.parts[0].voices_unquoted == 0


@pytest.mark.parametrize(("ticked", "words", "told"), [(True, "", 1), (False, "", 0), (False, "Some have many", 1)])
def test_what_one_person_raised_is_told_where_it_was_ticked_or_reworded(ticked: bool, words: str, told: int) -> None:
    summary = ordinary()
    quote = Quote("977", "Our team leader has forty midwives.")
    review = Review(words=words, confirmed=("977",), unnamed=("977",) if ticked else ())
    alone = KeyPoint("Our team leader has forty midwives", (quote,), 1, review=review, ref="9")
    usual = make_board_paper(source()).parts[0]
    part = make_board_paper(source(prompt_of(replace(summary, points=(*summary.points, alone))))).parts[0]
    assert len(part.voices) == len(usual.voices) + told
    assert part.voices_unquoted == usual.voices_unquoted + 1 - told
    assert any("team leader" in voice for voice in part.voices) is ticked


def test_a_point_of_private_replies_has_no_number_of_them_and_stands_among_the_others() -> None:
    summary = ordinary()
    quotes = tuple(Quote(f"p{n}", "The lifts are slow.", private=True) for n in range(3))
    confirmed = tuple(quote.message for quote in quotes)
    lifts = KeyPoint("The lifts are slow", quotes, 0, private=3, review=Review(confirmed=confirmed), ref="9")
    held = prompt_of(summary)
    shown = replace(summary, points=(*summary.points, lifts), frozen=True)
    held = replace(held, record=replace(held.record, summary=shown))
    paper = make_board_paper(source(held))
    assert {str(point.ref): point.who for point in paper.points}["P12-9"] == "It came up in private replies."
    tables = {file.name: rows(file.content) for file in board_files(source(held))[3:]}
    row = next(row for row in tables["board-points.csv"] if row[1] == "P12-9")
    assert row[5:7] == ["0", "yes"]


def test_an_answer_that_only_agrees_counts_and_is_not_quoted() -> None:
    summary = ordinary()
    nights = summary.points[0]
    assert nights.review is not None
    first, second, *others = nights.quotes
    agreed = replace(second, text="Yep, mine too.", role=Role.AGREED)
    said = replace(nights, quotes=(first, agreed, *others))
    held = prompt_of(replace(summary, points=(said, *summary.points[1:])))
    replies = tuple(
        replace(reply, text=agreed.text) if str(reply.id) == agreed.message else reply for reply in held.replies
    )
    point = make_board_paper(source(replace(held, replies=replies))).points[0]
    assert point.who == "10 people: 5 wrote it, 5 said “same here”."
    assert agreed.text not in point.quotes


def test_every_row_of_a_table_is_as_long_as_its_headers() -> None:
    for file in board_files(source()):
        if file.name.endswith(".csv"):
            assert len({len(row) for row in rows(file.content)}) == 1


def test_answers_and_checks_stand_with_their_points_and_what_has_no_answer_is_asked_for() -> None:
    ref = PointRef(12, "1")
    made = source(outcomes=(Outcome(1, 7, (ref,), FROZEN_POSTS, NOON),), checks={ref: PointCheck(9, differs=True)})
    files = {file.name: file.content for file in board_files(made)}
    page = files["board-paper.html"].decode()
    told = "Not possible: A third nurse, because the posts are frozen. Owner: Director of Nursing. Due 1 October 2018."
    assert told in page
    (answer,) = make_board_paper(made).answers
    assert (answer.numbers, answer.owner, answer.due) == ((1,), "Director of Nursing", "1 October 2018")
    assert "When we asked staff again, 9 people said “same here”. It differs from place to place." in page
    assert "Point 2 has no answer yet." in page
    first = rows(files["board-points.csv"])[1]
    assert first[:7] == [
        "Point",
        "P12-1",
        "1",
        "We are short staffed on nights, and nobody listens when we raise it",
        "no",
        "10",
        "no",
    ]
    assert first[9:] == ["9", "yes", told, "10 people: 6 wrote it, 4 said “same here”."]


def test_without_outcomes_the_paper_says_nothing_of_answers() -> None:
    (_, _, page, *_) = board_files(source())
    text = page.content.split(b"</style>")[1]
    assert b"Answer so far" not in text
    assert b"answered" not in text


@pytest.mark.parametrize("weeks", [6, 12, 30])
def test_the_body_of_a_long_series_is_cut_to_two_pages_and_the_annex_has_the_rest(weeks: int) -> None:
    full = make_board_paper(source(*(prompt_of(ordinary(), number) for number in range(1, weeks + 1))))
    short = fit_paper(full)
    assert estimate_pages(short) <= PAGES
    left = dict(short.shortened)
    assert left.get(Part.POINT, 0) == len(full.told) - len(short.told)
    assert left[Part.DISAGREEMENT] == weeks - len(short.disputes) == len(short.more_disputes)
    assert [point.ref for _, point in short.numbered] == [point.ref for point in full.told]
    note = next(line for line in method_notes(short) if "The annex has" in line)
    assert f"{left[Part.DISAGREEMENT]} more disagreement" in note


def test_hostile_words_are_cut_to_two_pages_too() -> None:
    assert estimate_pages(fit_paper(make_board_paper(hostile_source()))) <= PAGES


def test_a_reference_that_is_none_is_refused() -> None:
    for written in ("12", "P12", "P12-", "P12-3; drop", "Pé-1"):
        with pytest.raises(UserError, match="A reference looks like P12-3"):
            read_reference(written)
    with pytest.raises(UserError, match="No point has this reference"):
        find_point(ordinary(), PointRef(12, "9"))


def test_what_is_left_to_do_stops_the_paper_with_a_list() -> None:
    unread = PromptReadiness(prompt(3), 4, None, has_draft=False, objections=0)
    drafted = PromptReadiness(prompt(4), 4, None, has_draft=True, objections=0)
    partly = PromptReadiness(prompt(5), 4, ordinary(), has_draft=False, objections=2)
    with pytest.raises(UserError) as refused:
        refuse_unfinished((unread, drafted, partly))
    told = str(refused.value)
    assert "nobody has reviewed its replies. Start with /summary draft." in told
    assert "its draft still needs a review" in told
    assert "2 points aren’t fully checked. Make a new draft" in told
    assert "2 answers “That’s not what I meant” not settled" in told


def test_a_series_without_a_published_summary_has_nothing_for_a_board() -> None:
    silent = PromptReadiness(prompt(3), 0, None, has_draft=False, objections=0)
    assert list_open_tasks((silent,)) == ()
    with pytest.raises(UserError, match="nothing for a board"):
        refuse_unfinished((silent,))


def test_the_tables_have_one_row_for_each_point_also_for_one_without_words() -> None:
    refs = (PointRef(12, "1"), PointRef(12, "9"))
    outcomes = tuple(Outcome(number, 7, (ref,), FROZEN_POSTS, NOON) for number, ref in enumerate(refs, 1))
    made = source(quotable=False, outcomes=outcomes, checks={ref: PointCheck(9) for ref in refs})
    points, _ = (rows(file.content) for file in board_files(made)[3:])
    named = [row[1] for row in points[1:] if row[1]]
    assert sorted(named) == ["P12-1", "P12-3", "P12-9"]
    (_, _, page, *_) = board_files(made)
    told = page.content.decode()
    before, after = told.split("Answers to other points")
    assert "P12-1" not in before
    assert "P12-1: Not possible" in after
    assert "9 people said" not in told


@pytest.mark.parametrize(
    ("what", "reason", "told"),
    [
        ("A third nurse", "the posts are frozen", "A third nurse, because the posts are frozen"),
        ("One limit for all.", "Contracts set it.", "One limit for all. Reason: Contracts set it."),
        ("One limit for all.", "", "One limit for all."),
    ],
)
def test_a_reason_follows_what_was_decided_as_people_would_write_it(what: str, reason: str, told: str) -> None:
    assert format_promise(Decision(OutcomeState.NOT_POSSIBLE, what, reason)) == told


@pytest.mark.parametrize(
    ("written", "heading", "shown"),
    [
        (
            "The same with us: the birth is in three systems.",
            "the birth is in three systems",
            "…the birth is in three systems",
        ),
        (
            "Same here.\nthe birth is in three systems.",
            "the birth is in three systems",
            "the birth is in three systems",
        ),
        ("no. the birth is in three systems.", "the birth is in three systems", "the birth is in three systems"),
        ("the birth is in three systems.", "the birth is in three systems", "the birth is in three systems"),
        ("The same: Births are in three systems.", "Births are in three systems", "Births are in three systems"),
    ],
)
def test_a_heading_from_within_a_sentence_shows_that_words_before_it_are_left_out(
    written: str, heading: str, shown: str
) -> None:
    week = prompt_of(ordinary())
    first, second, *others = week.replies
    second = replace(second, text="Nobody can find it in any of them.", person="somebody else")
    quotes = (Quote(str(first.id), written), Quote(str(second.id), second.text))
    names = tuple(quote.message for quote in quotes)
    review = Review(confirmed=names, unnamed=names)
    shared, alone = (KeyPoint(heading, said, len(said), review=review, ref="1") for said in (quotes, quotes[:1]))
    summary = replace(week.record.summary, points=(shared,), voices=(alone,), disagreements=())
    replies = (replace(first, text=written), second, *others)
    held = {**week.record.held, str(second.id): second.person}
    changed = replace(week, replies=replies, record=replace(week.record, summary=summary, held=held))

    (part,) = make_board_paper(source(changed)).parts

    assert [part.points[0].heading, *part.voices] == [shown, shown]
