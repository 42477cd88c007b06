"""The front sheet's rows, themes over points, what divides in a facilitator's words, and what the chart shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.board.chart import FEWEST_PEOPLE, MOST_BARS, describe_bars, draw_bars, list_bars
from bot.board.fields import FIELDS, TO_COMPLETE, front_rows, missing_fields
from bot.board.page_fit import fit_paper
from bot.board.paper import make_board_paper
from bot.board.texts import dispute_heading, side_lines, split_note
from bot.models.board import PaperFields, PaperTheme, WrittenDispute
from bot.models.outcomes import PointRef
from tests.board.series import series_source
from tests.board.sources import full_fields, hostile_source, prompt_of, source
from tests.summaries.papers import ordinary


def test_the_front_sheet_has_every_field_but_the_title_which_stands_above() -> None:
    rows = dict(front_rows(full_fields()))
    assert list(rows) == [each.label for each in FIELDS if each.name != "title"]
    assert rows["Date of meeting"] == ("6 September 2018",)
    assert rows["Purpose"] == ("For decision",)
    assert len(rows["Summary"]) == 3
    assert missing_fields(full_fields()) == ()
    assert set(dict(front_rows(PaperFields())).values()) == {(TO_COMPLETE,)}


def test_points_stand_under_their_themes_and_the_others_under_their_questions() -> None:
    paper = make_board_paper(series_source())
    names = [theme.name for theme in paper.themes]
    assert names[:2] == ["Counting and reporting", "Speaking up"]
    assert [name.split(":")[0] for name in names[2:]] == ["Question 2", "Question 4"]
    assert [point.number for point in paper.told] == list(range(1, 11))
    for theme in paper.themes:
        assert [point.total for point in theme.points] == sorted((point.total for point in theme.points), reverse=True)
    assert {point.ref for point in paper.told} == {point.ref for point in paper.points}


def test_a_theme_of_points_that_are_gone_or_may_not_be_quoted_is_left_out() -> None:
    themes = PaperTheme("Gone", (PointRef(99, "1"),)), PaperTheme("Nights", (PointRef(12, "1"),))
    fields = PaperFields(recommendation="Agree.", themes=themes)
    assert make_board_paper(source(fields=fields)).themes[0].name == "Nights"
    unquoted = make_board_paper(source(quotable=False, fields=fields))
    assert [theme.name.split(":")[0] for theme in unquoted.themes] == ["Question 1"]


def test_both_sides_in_a_facilitators_words_take_the_place_of_what_the_program_found() -> None:
    written = WrittenDispute(12, "Walking the floor", "Some value managers on the ward.", "Others want action.")
    for quotable in (True, False):
        paper = make_board_paper(source(quotable=quotable, fields=PaperFields(disputes=(written,))))
        (dispute,) = paper.disputes
        assert dispute_heading(dispute) == "Walking the floor (facilitator’s words)"
        assert list(side_lines(dispute)) == [
            ("Some say", "Some value managers on the ward."),
            ("Others say", "Others want action."),
        ]
        assert split_note(paper) == ""
    other = make_board_paper(source(fields=PaperFields(disputes=(replace(written, prompt_id=99),))))
    assert not other.disputes[0].by_facilitator


def test_the_chart_shows_the_points_of_most_people_and_no_single_person() -> None:
    paper = fit_paper(make_board_paper(series_source()))
    bars = list_bars(paper)
    assert 2 <= len(bars) <= MOST_BARS
    counts = [bar.total for bar in bars]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= FEWEST_PEOPLE
    assert draw_bars(bars).startswith(b"\x89PNG")
    assert draw_bars(bars) == draw_bars(bars)
    assert describe_bars(bars).count("people.") == len(bars)


def test_one_point_alone_has_no_chart() -> None:
    summary = ordinary()
    paper = make_board_paper(source(prompt_of(replace(summary, points=summary.points[:1]))))
    assert list_bars(paper) == ()


def test_the_chart_counts_no_private_replies() -> None:
    paper = make_board_paper(series_source())
    point = replace(paper.told[0], total=0, in_private=True)
    theme = replace(paper.themes[0], points=(point, *paper.themes[0].points[1:]))
    bars = list_bars(replace(paper, themes=(theme, *paper.themes[1:])))
    assert point.ref not in {bar.ref for bar in bars}


@pytest.mark.parametrize("made", [hostile_source(), series_source()])
def test_hostile_names_are_drawn_without_a_fault(made: object) -> None:
    paper = make_board_paper(made)  # type: ignore[arg-type]
    bars = tuple(replace(point, total=3, heading="\u202e🙂<script>" + "x" * 500) for point in paper.told[:3])
    if bars:
        assert draw_bars(bars).startswith(b"\x89PNG")
        assert len(describe_bars(bars)) <= 1000
