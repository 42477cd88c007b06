"""Wherever a person meets a point, at one time, it has one count: that of the people who made themselves count."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.board.docx.paper import write_docx
from bot.board.html import render_board_page
from bot.board.paper import make_board_paper
from bot.board.source import BoardPrompt
from bot.board.tables import point_table, prompt_table
from bot.board.texts import COUNTED_APART, counted_note
from bot.models.outcomes import PointRef
from bot.models.replies import Reply
from bot.models.summaries import KeyPoint, Summary
from bot.models.views import StatementTotal, ViewTotals
from bot.outcomes.points import AnsweredPoint
from bot.summaries import summarise
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.alt_text import describe_picture
from bot.summaries.output.counts import format_people
from bot.summaries.output.export import Export, export_files
from bot.summaries.output.html import render_summary_page
from bot.summaries.output.markdown import render_summary_markdown
from bot.summaries.output.paper import make_paper
from bot.summaries.output.point_groups import is_checked
from bot.summaries.output.terminal import render_terminal
from bot.summaries.review.continuation import number_points
from bot.summaries.review.publication import prepare_for_staff
from bot.summaries.review.supporters import review_of
from bot.views.totals import apply_views, find_supporters
from cogs.board.point_card import point_card
from cogs.outcomes.cards import format_point
from cogs.summaries.card import describe_record, summary_card
from cogs.summaries.pages import split_pages
from cogs.summaries.supporters import supporters_card
from tests.board.sources import prompt, prompt_of, source
from tests.examples import examples
from tests.summaries.papers import DAYS, NOON, WORDING, ordinary
from tests.summaries.threads import TALK
from tests.views.presses import reply, thread

COUNT = re.compile(
    r"((?:at )?(?:least )?)([\d,]+) (?:person|people)(?:: [\d,]+ wrote it,| said this in the thread| said “same here”)",
    re.IGNORECASE,
)
NOWHERE: Mapping[str, str] = {}
TABLES = "summary.csv", "summary.json", "board-points.csv"


@st.composite
def published(draw: st.DrawFn) -> tuple[Summary, tuple[Reply, ...]]:
    """A summary of people who say the same, answer, react and tap, as it is published: checked or half-checked."""
    line = st.tuples(st.integers(0, 5), st.sampled_from(TALK), st.integers(1, 3))
    reactions = st.lists(st.sampled_from(["p0", "p1", "x", "y", "z"]), max_size=3, unique=True)
    replies = tuple(
        reply(n, f"p{author}", text, to=n - back if n > back else None, endorsers=draw(reactions))
        for n, (author, text, back) in enumerate(draw(st.lists(line, min_size=4, max_size=14)), 1)
    )
    found = number_points(summarise(thread(replies)))
    points = tuple(_look_at(draw, point) for point in found.points)
    totals = ViewTotals(40, tuple(_press(draw, point, replies) for point in points if draw(st.booleans())))
    return prepare_for_staff(apply_views(replace(found, points=points), totals, replies), with_others=True), replies


def _look_at(draw: st.DrawFn, point: KeyPoint) -> KeyPoint:
    """What a facilitator may leave of a point: nobody, somebody or everybody confirmed; some quotes not shown."""
    names = [quote.message for quote in point.quotes]
    confirmed = draw(st.sampled_from([names, names, names[:1], names[1:], []]))
    ticked = tuple(draw(st.sampled_from([names, names[1:]])))
    return replace(point, review=replace(review_of(point), confirmed=tuple(confirmed), unnamed=ticked))


def _press(draw: st.DrawFn, point: KeyPoint, replies: Sequence[Reply]) -> StatementTotal:
    ids = tuple(each.id for each in replies if point.statement in each.text)[:1]
    same = draw(st.integers(0, 12))
    known = find_supporters(replies, ids)
    return StatementTotal(point.statement, ids, same, draw(st.integers(0, 6)), draw(st.integers(0, same)), known)


def write_everywhere(summary: Summary, replies: tuple[Reply, ...]) -> dict[str, str]:
    """Every place where a person meets a point of a published summary, by its name."""
    (point,) = summary.points
    held = {str(each.id): each.person for each in replies}
    record = Record(summary, held, 0, "19 August 2018")
    shown = describe_record("What helps?", record)
    pages = range(len(split_pages(summary)))
    paper = make_paper(WORDING, summary, NOON, DAYS, wrote=5)
    quotable = frozenset(held.values())
    places = {f"card, page {page}": _text(summary_card(shown, page, ("turn",))) for page in pages}
    for checked in (False, True):
        export = Export(WORDING, replies, summary, NOON, board=checked, quotable=quotable)
        made = export_files(export, Random(1))  # noqa: S311 - a seed makes tests repeat
        places |= {f"{'board' if checked else 'whole'} {file.name}": _read(file.content) for file in made}
    board = make_board_paper(source(BoardPrompt(prompt(12), record, replies)))
    return places | {
        "who says so": _text(supporters_card(1, point, NOWHERE, 0, "turn")),
        "page": render_summary_page(paper),
        "Markdown": render_summary_markdown(paper),
        "terminal": render_terminal(summary),
        "picture in words": describe_picture(summary, DAYS),
        "outcomes": format_point(AnsweredPoint(PointRef(12, point.ref), point, None), NOON.date(), "UTC"),
        "reference": _text(point_card(PointRef(12, point.ref), record, NOWHERE)),
        "board paper": render_board_page(board),
        "board paper in Word": _read(write_docx(board, NOON, None)),
        "board table": _read(point_table(board)),
    }


def _text(view: Any) -> str:
    return json.dumps(view.to_components(), ensure_ascii=False)


def _read(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return html.unescape(re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode()))


def _recount(point: KeyPoint, replies: Sequence[Reply]) -> tuple[int, bool]:
    """Count the people of a point again from what is stored; True if there may be more."""
    if point.views is not None:
        return point.views.people, point.views.at_least
    said = [each for each in replies if str(each.id) in {quote.message for quote in point.quotes}]
    return len({each.person for each in said}.union(*(each.endorsers for each in said))), False


def _counts_in(text: str) -> set[tuple[int, bool]]:
    return {(int(number.replace(",", "")), bool(least)) for least, number in COUNT.findall(text)}


BOARD = "board "
ALONE = "outcomes", "reference", "who says so", "whole summary.csv"
"""They say how many people a point has even if it is one."""


@settings(max_examples=examples(80))
@given(published())
def test_all_places_that_show_one_point_at_one_time_say_one_number(case: tuple[Summary, tuple[Reply, ...]]) -> None:
    summary, replies = case
    for point in summary.points:
        alone = replace(summary, points=(point,), voices=(), disagreements=(), questions=(), tapped=None)
        expected = _recount(point, replies)
        is_told = point.is_shared and is_checked(point)
        places = write_everywhere(alone, replies)
        for place, text in places.items():
            wanted = point.is_shared or place in ALONE
            if place.startswith(BOARD) and not is_told:
                wanted = False
            found = _counts_in(text)
            assert found <= {expected}, (place, format_people(point))
            if wanted and not place.endswith((".png", ".json")) and "replies" not in place:
                assert found == {expected}, (place, format_people(point), text)
        _check_tables(places, expected[0], is_told=is_told)


def _check_tables(places: Mapping[str, str], people: int, *, is_told: bool) -> None:
    """What a program reads says it as well: the columns and the fields that hold a number."""
    rows = csv.DictReader(io.StringIO(places["whole summary.csv"]))
    assert {row["People"] for row in rows if row["How they’re counted"]} == {str(people)}
    (point,) = json.loads(places["whole summary.json"])["points"]
    assert (point["people"], point["wrote"] + point["same_here"]) == (people, people)
    rows = csv.DictReader(io.StringIO(places["board table"]))
    assert [row["People"] for row in rows if row["Row"] == "Point"] == ([str(people)] if is_told else [])


def test_the_files_of_a_published_summary_say_its_day_and_count_no_reply_that_came_later() -> None:
    summary = ordinary()
    replies = prompt_of(summary).replies
    held = frozenset(str(each.id) for each in replies)
    later = replace(replies[0], id=1, person="somebody later", created_at=NOON + timedelta(days=9))
    export = Export(WORDING, (*replies, later), summary, NOON, counted_on="19 August 2018", read=held)
    files = {file.name: file.content for file in export_files(export, Random(1))}  # noqa: S311 - a seed makes tests repeat
    told = [files[name].decode("utf-8-sig") for name in ("summary.html", "summary.md", "summary.csv")]
    assert all("Counted on 19 August 2018." in text for text in told)
    assert json.loads(files["summary.json"])["counted_on"] == "19 August 2018"
    assert all(f"{len(held)} people replied" in text for text in told[:2])
    assert len(list(csv.reader(io.StringIO(files["replies.csv"].decode())))) == len(replies) + 2


def test_a_board_paper_says_on_which_day_each_questions_people_were_counted() -> None:
    first, second = prompt_of(ordinary()), prompt_of(ordinary(), 13)
    second = replace(second, record=replace(second.record, date="3 September 2018"))
    one_day, two_days = make_board_paper(source(first)), make_board_paper(source(first, second))
    assert counted_note(one_day).endswith("Counted on 19 August 2018.")
    assert counted_note(two_days).endswith(COUNTED_APART)
    page = render_board_page(two_days)
    for day in ("19 August 2018", "3 September 2018"):
        assert f"people. Counted on {day}." in page
        assert f'"{day}"' in prompt_table(two_days).decode()
