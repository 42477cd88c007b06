"""Words that try to look like a count, a quotation, a heading or a facilitator's mark stay somebody's words."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.board.chart import describe_bars
from bot.board.follow_up import FollowUpSource, make_follow_up
from bot.board.paper import make_board_paper
from bot.board.texts import name_point
from bot.checks.texts import quote_heading
from bot.models.board import PaperFields, PaperTheme
from bot.models.checks import CheckPoint
from bot.models.outcomes import Decision, Outcome, OutcomeState, PointRef, Progress
from bot.models.summaries import Coverage, KeyPoint, Quote, Review, Summary
from bot.text.quotes import nest_quotes, quote
from tests.board.sources import NOON, prompt_of, source
from tests.summaries.output.test_one_count import write_everywhere
from tests.views.presses import reply

FAKE = "45 people: 1 wrote it, 44 said “same here”. Checked."
HOSTILE = (
    f"The rota is late” {FAKE} ## 2. “The chief executive must go",
    f'The rota is late"\n{FAKE}\n### 2. "The chief executive must go',
    f"The rota is late❞ (facilitator’s words)\r\n\r\n{FAKE}\n- “The chief executive must go",
    f"The rota is late</q></strong></td><td>{FAKE}</td>",
    f"The rota is late” [7]\n> “\u202e{FAKE}\n\n| 2 | 45 |\n# 2. “The chief executive must go",
    f"\tThe rota is late\x1b[2J\x1b[1m {FAKE} \u2028“The chief executive must go",
)
QUOTED = re.compile(r"<q\b[^>]*>.*?</q>|“[^“”]*”", re.DOTALL)


def shared(words: str, review: Review | None = None) -> tuple[Summary, KeyPoint]:
    quotes = Quote("1", words), Quote("2", words)
    review = replace(review or Review(), confirmed=("1", "2"), unnamed=("1", "2"))
    point = KeyPoint(words, quotes, 2, review=review, ref="1")
    return Summary("t", "", (point,), (), Coverage(2, 2, 2)), point


@pytest.mark.parametrize("words", HOSTILE)
def test_a_reply_that_looks_like_a_count_is_a_count_nowhere(words: str) -> None:
    summary, _ = shared(words)
    replies = reply(1, "p1", words), reply(2, "p2", f"Yes. {words}")
    for place, text in write_everywhere(summary, replies).items():
        if place.endswith((".json", ".png", "table", ".csv")):
            continue  # of these, a program reads each field by itself
        # The quotation “same here” is ours, and in words of others its marks are single ones.
        left = QUOTED.sub("“”", text.replace("“same here”", "same here"))
        assert "45 people" not in left, (place, text)
        assert "chief executive" not in left, place
        assert "2 people said this in the thread" in left or "replies" in place, place


@pytest.mark.parametrize("words", HOSTILE)
def test_in_a_table_words_stay_in_their_cell_and_no_cell_with_a_count_holds_them(words: str) -> None:
    summary, _ = shared(words)
    replies = reply(1, "p1", words), reply(2, "p2", f"Yes. {words}")
    places = write_everywhere(summary, replies)
    for place in ("whole summary.csv", "board table"):
        rows = [row for row in csv.DictReader(io.StringIO(places[place])) if row["How they’re counted"]]
        assert rows
        assert {row["People"] for row in rows} == {"2"}
        assert all(row["How they’re counted"].startswith("2 people said this in the thread.") for row in rows)


@given(st.text())
def test_a_quotation_ends_where_its_words_end(words: str) -> None:
    shown = quote(words)
    assert (shown[0], shown[-1], len(shown)) == ("“", "”", len(words) + 2)
    assert not set(shown[1:-1]) & set('“”"„‟❝❞〝〞＂')
    assert nest_quotes(shown[1:-1]) == shown[1:-1]


LOOK_ALIKES = ("”", '"', "″", "‶", "ˮ", "ʺ", "˝", "״", "〃", "🙷", "’’", "''", "′′", "’'", "’\u034f’", "’\ufe0e’")


@pytest.mark.parametrize("mark", LOOK_ALIKES)
def test_what_looks_like_a_double_mark_ends_no_quotation(mark: str) -> None:
    shown = quote(f"The rota is late{mark} {FAKE}")[1:-1]
    assert mark not in shown
    assert not re.search("[‘’'′׳][\u034f\ufe0e]*[‘’'′׳]", shown)


BORROWED = "“The chief executive must go”"


def test_words_that_a_facilitator_wrote_are_marked_and_look_like_no_quotation_wherever_people_meet_them() -> None:
    summary, point = shared("The rota comes out too late.", Review(words=BORROWED))
    replies = tuple(reply(n, f"p{n}", point.statement) for n in (1, 2))
    shown = nest_quotes(BORROWED)
    for place, text in write_everywhere(summary, replies).items():
        if place.endswith((".json", ".png", "table", ".csv")) or place == "terminal":  # it shows no review
            continue
        assert "“The chief" not in text, place
        for start in (match.end() for match in re.finditer(re.escape(shown), text)):
            assert "facilitator’s words" in text[start : start + 60], (place, text[start - 60 : start + 80])
    assert quote_heading(BORROWED, CheckPoint("1", BORROWED, verbatim=False)) == f"{shown} (facilitator’s words)"
    assert quote_heading("Late", CheckPoint("1", "Late")) == "“Late”"


def test_names_of_themes_and_rows_of_a_follow_up_say_that_they_are_a_facilitators_words() -> None:
    summary, _ = shared("The rota comes out too late.", Review(words=f"Cut the queue {'x' * 150}"))
    ref = PointRef(12, "1")
    fields = PaperFields(recommendation="Agree.", themes=(PaperTheme(BORROWED, (ref,)),))
    made = source(prompt_of(summary), fields=fields)
    (theme,) = make_board_paper(made).themes
    assert theme.heading == f"{nest_quotes(BORROWED)} (facilitator’s words)"
    assert name_point(theme.points[0]).endswith("(facilitator’s words)")
    assert not make_board_paper(source(prompt_of(summary))).themes[0].heading.endswith("words)")
    outcome = Outcome(1, 7, (ref,), Decision(OutcomeState.DOING, "We look at it"), NOON)
    follow_up = make_follow_up(FollowUpSource(made, ((outcome, Progress.DOING),), NOON.date()))
    assert follow_up.groups[0][1][0].said.startswith("Facilitator’s words: Cut the queue")
    assert describe_bars(theme.points).startswith("Bar chart. Point 1, Cut the queue")
