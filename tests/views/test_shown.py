"""What every form of a summary says of those who pressed "Same here"."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from bot.board.document import NOT_A_SURVEY as NO_SURVEY
from bot.board.html import board_files
from bot.board.paper import PRESSED as MANAGERS
from bot.models.summaries import KeyPoint, Quote, Review, Role, Summary
from bot.models.views import PointViews
from bot.outcomes.points import list_named_points, match_outcomes
from bot.services.checks import choose_points
from bot.summaries import summary_from_json, summary_to_json
from bot.summaries.io.threads_json import summary_to_data
from bot.summaries.lifecycle.consent import remove_unconsented_quotes
from bot.summaries.lifecycle.deletions import remove_messages
from bot.summaries.lifecycle.frozen import freeze_summary
from bot.summaries.lifecycle.later_counts import limit_endorsements
from bot.summaries.output.alt_text import describe_picture
from bot.summaries.output.counts import CHECKED, DIFFERS, NOT_A_SURVEY, format_count, format_people
from bot.summaries.output.export import Export, export_files
from bot.summaries.output.html import render_summary_page
from bot.summaries.output.markdown import render_summary_markdown
from bot.summaries.output.paper import make_paper
from bot.summaries.output.picture import draw_summary
from bot.summaries.output.plain_text import IN_PRIVATE
from bot.summaries.output.terminal import render_terminal
from bot.summaries.review.publication import prepare_for_board, prepare_for_staff
from cogs.outcomes.cards import format_point
from cogs.summaries.card import summary_card
from cogs.summaries.card_text import CardDetails
from cogs.summaries.supporters import PRESSED, supporters_card
from tests.board.sources import prompt_of, source
from tests.summaries.papers import DAYS, NOON, WORDING, ordinary

NINE = "9 people: 3 wrote it, 6 said “same here”"
LEAST = "At least 9 people: 3 wrote it, the others said “same here”"
QUOTES = (Quote("1", "It is written down twice."), Quote("2", "Twice."), Quote("3", "Twice, each day."))
POINT = KeyPoint("It is written down twice", QUOTES, 3, views=PointViews(9))
NO_ADDRESSES: Mapping[str, str] = {}


def pressed(*, at_least: bool = False, differs: bool = False) -> Summary:
    """An ordinary summary, of whose points the second, of three people, has presses; all of it is confirmed."""
    summary = ordinary()
    second = summary.points[1]
    names = tuple(quote.message for quote in second.quotes)
    second = replace(
        second,
        review=Review(confirmed=names, unnamed=names),
        views=PointViews(9, at_least=at_least, differs=differs),
    )
    return replace(summary, points=(summary.points[0], second, summary.points[2]), tapped=23)


def text_of(view: Any) -> str:
    return json.dumps(view.to_components(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("views", "said"),
    [
        (PointViews(9), f"{NINE}."),
        (PointViews(9, at_least=True), f"{LEAST}."),
        (PointViews(9, differs=True), f"{NINE}. {DIFFERS}"),
        (PointViews(3, at_least=True), "At least 3 people said this in the thread."),
        (None, "3 people said this in the thread."),
    ],
)
def test_a_count_says_who_wrote_it_and_who_said_same_here(views: PointViews | None, said: str) -> None:
    assert format_count(replace(POINT, views=views)) == said


def test_answers_reactions_and_presses_are_one_number() -> None:
    agreed = (*QUOTES[:1], Quote("2", "Same here.", role=Role.AGREED))
    point = replace(POINT, quotes=agreed, people=2, endorsements=1, private=2)
    assert format_count(point) == f"9 people: 1 wrote it, 8 said “same here”. {IN_PRIVATE}"


def test_of_erased_words_only_the_total_is_said() -> None:
    frozen = freeze_summary(
        replace(pressed(at_least=True), points=(replace(POINT, views=PointViews(9, at_least=True)),))
    )
    assert format_people(frozen.points[0]) == "At least 9 people said this or agreed"


def test_a_summary_with_presses_is_stored_and_read_whole() -> None:
    summary = pressed(at_least=True, differs=True)
    risen = replace(summary, points=(*summary.points, replace(POINT, from_voices=True)))
    assert summary_from_json(summary_to_json(risen)) == risen


def test_a_summary_from_before_there_were_presses_is_read() -> None:
    data = json.loads(summary_to_json(ordinary()))
    del data["tapped"]
    for point in (*data["points"], *data["voices"]):
        del point["views"], point["from_voices"]
    assert summary_from_json(json.dumps(data)) == ordinary()


def test_an_answer_to_a_program_holds_presses_where_there_are_any() -> None:
    told: Any = summary_to_data(pressed())
    assert (told["tapped"], told["points"][1]["views"]) == (23, {"people": 9, "at_least": False, "differs": False})
    bare: Any = summary_to_data(ordinary())
    assert "tapped" not in bare
    assert "views" not in bare["points"][0]


def test_every_file_says_it_and_that_it_is_no_survey() -> None:
    summary = pressed(differs=True)
    paper = make_paper(WORDING, summary, NOON, DAYS)
    for file in (render_summary_page(paper), render_summary_markdown(paper), render_terminal(summary)):
        for words in (NINE, DIFFERS, NOT_A_SURVEY, "23 people tapped “Same here” or “Different here”."):
            assert words in file
    assert f"({NINE}. {DIFFERS.removesuffix('.')})" in describe_picture(summary, DAYS)
    assert NOT_A_SURVEY in describe_picture(summary, DAYS)
    assert draw_summary(summary, DAYS).png != draw_summary(pressed(at_least=True), DAYS).png


def test_without_presses_no_file_speaks_of_them() -> None:
    summary = ordinary()
    paper = make_paper(WORDING, summary, NOON, DAYS)
    files = (render_summary_page(paper), render_summary_markdown(paper), render_terminal(summary))
    for file in (*files, describe_picture(summary, DAYS)):
        assert "tapped" not in file
        assert "survey" not in file


def test_tables_say_it_beside_the_number() -> None:
    board = prompt_of(pressed(at_least=True))
    everybody = frozenset(reply.person for reply in board.replies)
    exported = Export(WORDING, board.replies, pressed(at_least=True), NOON, quotable=everybody)
    files = {file.name: file.content for file in export_files(exported, Random(1))}  # noqa: S311 - a seed makes tests repeat
    rows = list(csv.DictReader(io.StringIO(files["summary.csv"].decode("utf-8-sig"))))
    assert {row["People"] for row in rows if row["How they’re counted"] == f"{LEAST}. {CHECKED}"} == {"9"}
    assert [row["People"] for row in rows if row["Part"] == "Tapped"] == ["23"]
    data = json.loads(files["summary.json"])
    point = next(point for point in data["points"] if point["with_presses"])
    assert (point["people"], point["wrote"], point["same_here"], point["at_least"]) == (9, 3, 6, True)
    assert (data["tapped"], data["about_presses"]) == (23, NOT_A_SURVEY)


def test_the_card_says_who_wrote_and_who_tapped_and_below_each_list_that_it_is_no_survey() -> None:
    shown = CardDetails("What helps?", pressed(differs=True), "20 August", wrote=14)
    first, second = (text_of(summary_card(shown, page, ("turn",))) for page in (0, 1))
    assert "14 people wrote, 23 tapped · partly checked" in first
    assert f"{NINE}. {DIFFERS}" in first
    assert NINE in second
    assert NOT_A_SURVEY in second
    assert NOT_A_SURVEY not in text_of(summary_card(replace(shown, summary=ordinary()), 1, ("turn",)))


def test_who_says_so_names_those_who_tapped_only_as_others() -> None:
    assert PRESSED in text_of(supporters_card(1, POINT, NO_ADDRESSES, 0, "turn"))
    assert PRESSED not in text_of(supporters_card(1, replace(POINT, views=None), NO_ADDRESSES, 0, "turn"))


def test_the_board_paper_says_it_and_who_could_tap() -> None:
    made = source(prompt_of(pressed(differs=True)))
    files = {file.name: file.content for file in board_files(made)}
    page = files["board-paper.html"].decode()
    for words in (f"{NINE}. {DIFFERS}", NO_SURVEY, MANAGERS.strip(), " people, 23 tapped"):
        assert words in page
    assert f"{NINE}. {DIFFERS}" in files["board-points.csv"].decode()
    bare = board_files(source(prompt_of(ordinary())))[2].content.decode()
    assert "managers" not in bare


def test_the_board_paper_counts_nobody_whom_no_facilitator_confirmed_beside_the_presses() -> None:
    summary = pressed()
    second = summary.points[1]
    (everybody,) = prepare_for_board(replace(summary, points=(second,))).points
    some = replace(second, review=Review(confirmed=tuple(quote.message for quote in second.quotes[:1])))
    assert everybody.views == second.views
    assert prepare_for_board(replace(summary, points=(some,))).points == ()


def test_points_stand_in_the_order_of_all_who_stand_with_them() -> None:
    summary = pressed()
    told = prepare_for_staff(replace(summary, points=summary.points[::-1]), with_others=True)
    assert [point.total for point in told.points] == [10, 9, 9]
    outside = remove_unconsented_quotes(summary, {})
    assert [point.total for point in outside.points] == [10, 9, 9]


def test_an_outcome_and_a_check_take_a_point_that_many_pressed_and_one_person_wrote() -> None:
    lone = replace(POINT, quotes=QUOTES[:1], people=1, ref="4", views=PointViews(8))
    published = list_named_points(12, replace(ordinary(), points=(lone,)))
    (row,) = match_outcomes(published, (), 2)
    assert "\n8 people: 1 wrote it, 7 said “same here”" in format_point(row, NOON.date(), "UTC")
    assert len(choose_points(published, 5)) == 1
    bare = list_named_points(12, replace(ordinary(), points=(replace(lone, views=None),)))
    assert match_outcomes(bare, (), 2) == ()


def test_a_number_never_outlasts_a_supporter_or_a_reaction_that_it_held() -> None:
    summary = replace(ordinary(), points=(replace(POINT, endorsements=1),))
    authors = {"1": "a", "2": "b"} | {quote.message: quote.message for quote in ordinary().questions}
    assert remove_messages(summary, frozenset({"3"}), authors).points[0].views is None
    assert limit_endorsements(summary, {}).points[0].views is None
