"""Pictures of a check's results: what people said of each point, as PNGs with alternative text of the same figures.

Drawing loads a font and Pillow, so it runs in the worker.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.checks.results import CheckResult, PointResult
from bot.checks.texts import DIVIDES, FEW_ANSWERED, NOBODY_ELSE, counts_in_words, format_heading, quote_heading
from bot.models.checks import Answer
from bot.render.chart import Chart
from bot.render.palette import QUIET
from bot.summaries.output.alt_text import LONGEST, count_units
from bot.summaries.output.picture import GAP, Picture
from bot.text.mentions import anonymise_ids
from bot.text.words import plural, shorten

POINTS_A_PICTURE = 6
"""More would be too small on a phone, and too long for alternative text."""
MOST_PICTURES = 10
"""Discord shows so many in one message."""
WIDEST, BETWEEN = 400, 10
"""Pixels: the longest bar, which leaves room for an answer beside it, and the room between bars."""
_LENGTHS = (160, 110, 80, 60, 45, 30, 20, 12)
"""How many characters of each heading are tried; the first at which everything fits is taken."""


def draw_results(result: CheckResult, title: str = "") -> tuple[Picture, ...]:
    """Draw the points in their order, POINTS_A_PICTURE each; ``title`` is a line above them.

    The bars of all pictures have one scale. The same arguments give the same bytes.
    """
    numbered = tuple(enumerate(result.points, 1))
    starts = range(0, len(numbered), POINTS_A_PICTURE)[:MOST_PICTURES]
    return tuple(_picture(result, numbered[start : start + POINTS_A_PICTURE], title) for start in starts)


def describe_results(result: CheckResult, points: Sequence[tuple[int, PointResult]]) -> str:
    """Say what the picture of some numbered points shows, in at most LONGEST UTF-16 units."""
    texts = (_in_words(result, points, length) for length in _LENGTHS)
    return next((text for text in texts if count_units(text) <= LONGEST), _in_words(result, points, 0))


def _in_words(result: CheckResult, points: Sequence[tuple[int, PointResult]], length: int) -> str:
    told = "; ".join(f"{number}. {_cut_heading(point, length)}({counts_in_words(point)})" for number, point in points)
    return f"Bar charts: what {_people(result)} said of each point. {told}. {NOBODY_ELSE}"


def _cut_heading(point: PointResult, length: int) -> str:
    if not length:
        return ""
    heading = shorten(anonymise_ids(format_heading(point)).rstrip(".;: "), length)
    return f"{quote_heading(heading, point)} "


def _people(result: CheckResult) -> str:
    return plural(result.people, "person", "people")


def _picture(result: CheckResult, points: Sequence[tuple[int, PointResult]], title: str) -> Picture:
    chart = Chart()
    if title:
        chart.words(anonymise_ids(title), most=2, bold=True)
        chart.down(GAP)
    chart.words(f"What {_people(result)} said of each point", bold=True)
    chart.words(NOBODY_ELSE, most=2, colour=QUIET)
    for number, point in points:
        chart.down(GAP)
        chart.words(quote_heading(anonymise_ids(format_heading(point)), point), label=f"{number}. ", most=3)
        _draw_answers(chart, point, WIDEST / result.people)
    return Picture(chart.png(), describe_results(result, points))


def _draw_answers(chart: Chart, point: PointResult, a_person: float) -> None:
    if not point.is_shown:
        chart.words(FEW_ANSWERED, most=2, colour=QUIET)
        return
    chart.down(BETWEEN / 2)
    for answer in Answer:
        count = point.counts[answer]
        chart.labelled_bar(count * a_person, f"{count} {answer.label}", hatched=answer is not Answer.TRUE)
        chart.down(BETWEEN)
    if point.divided:
        chart.words(DIVIDES)
