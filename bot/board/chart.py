"""The one chart of a paper: people per point as bars, which need no colour to be read, with alternative text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.board.document import BoardPaper, BoardPoint
from bot.board.texts import name_point
from bot.render.chart import BESIDE, LINE, MARGIN, PAPER_WIDTH, Chart, fit_bars, fit_lines
from bot.text.words import count_people, shorten

TITLE = "People per point"
MOST_BARS, FEWEST_BARS = 6, 2
FEWEST_PEOPLE = 2
"""One person is no bar beside others."""
NAMES, BETWEEN, ROW, BAR = 520, 24, 88, 40
"""Pixels: the room of the names, the gap after it, a row of two lines, and the height of a bar."""
LONGEST_NAME, LONGEST_ALT = 60, 1000


def list_bars(paper: BoardPaper) -> tuple[BoardPoint, ...]:
    """Return the points of the body that most people share, the largest first; () if there is nothing to compare."""
    counted = [point for point in paper.told if point.total >= FEWEST_PEOPLE]
    bars = sorted(counted, key=lambda point: -point.total)[:MOST_BARS]
    return tuple(bars) if len(bars) >= FEWEST_BARS else ()


def chart_height(bars: Sequence[BoardPoint]) -> float:
    """Return how high the chart is, as a part of its width."""
    return (2 * MARGIN + ROW * len(bars)) / PAPER_WIDTH


def draw_bars(bars: Sequence[BoardPoint]) -> bytes:
    """Draw the chart as a PNG, 1,000 pixels wide."""
    chart = Chart(PAPER_WIDTH)
    left = MARGIN + NAMES + BETWEEN
    room = PAPER_WIDTH - MARGIN - left
    a_person = fit_bars([(bar.total, bar.bar_label) for bar in bars], room, room)
    for bar in bars:
        middle = chart.y + ROW / 2
        lines = fit_lines(f"{bar.number}. ", name_point(bar), NAMES, 2)
        for number, line in enumerate(lines):
            chart.write(MARGIN, middle + LINE * (number - (len(lines) - 1) / 2), line)
        width = bar.total * a_person
        chart.bar(left, middle - BAR / 2, width, BAR)
        chart.write(left + width + BESIDE, middle, bar.bar_label)
        chart.down(ROW)
    return chart.png()


def describe_bars(bars: Sequence[BoardPoint]) -> str:
    """Say what the chart shows, in words."""
    told = (f"Point {bar.number}, {shorten(name_point(bar), LONGEST_NAME)}: {_people(bar)}." for bar in bars)
    return shorten(f"Bar chart. {' '.join(told)}", LONGEST_ALT)


def _people(bar: BoardPoint) -> str:
    return f"{'at least ' if bar.at_least else ''}{count_people(bar.total)}"
