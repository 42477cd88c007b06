"""A summary as one HTML file: accessible, printable, without scripts, and asking nothing of any other machine."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render.pages import render_page
from bot.summaries.disclosure.staff_groups import TITLE, describe_table, list_rows
from bot.summaries.output.alt_text import days_in_words
from bot.summaries.output.counts import BESIDE, CHECKED, NOT_A_SURVEY, PROPOSED
from bot.summaries.output.days import MOST_DAYS, Days, group_by_week
from bot.summaries.output.document import Paper
from bot.summaries.output.markdown import METHOD, NOTHING_CHECKED, NOTHING_SHARED
from bot.summaries.output.plain_text import UNQUOTED

BAR_WIDTH, DAYS_WIDTH, DAYS_HEIGHT = 200, 720, 160
_ROOM_ABOVE = 24
_FEWEST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in pixels of its chart; ``label`` is above it and is empty if there is no room."""

    x: float
    y: float
    width: float
    height: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class DaysChart:
    """Replies over time, by the ``unit`` "day" or "week"; ``words`` say the same."""

    unit: str
    words: str
    bars: tuple[Bar, ...]


def render_summary_page(paper: Paper) -> str:
    """Render the whole file as text, to be written as UTF-8. The same paper gives the same text."""
    return render_page(
        "summary",
        paper=paper,
        bars=people_bars(paper),
        chart=days_chart(paper.days),
        bar_width=BAR_WIDTH,
        days_width=DAYS_WIDTH,
        days_height=DAYS_HEIGHT,
        unquoted=UNQUOTED,
        proposed=PROPOSED,
        beside=BESIDE,
        checked=CHECKED,
        survey=NOT_A_SURVEY,
        method=METHOD,
        nothing_shared=NOTHING_SHARED,
        nothing_checked=NOTHING_CHECKED,
        staff_title=TITLE,
        staff_note=describe_table(paper.staff) if paper.staff is not None else "",
        staff_rows=list_rows(paper.staff) if paper.staff is not None else (),
    )


def people_bars(paper: Paper) -> dict[int, tuple[float, float]]:
    """Measure, for each point's number, the width of its people's bar, and how much of it is of those who wrote it."""
    most = max((point.total for point in paper.points), default=1)
    step = BAR_WIDTH / max(most, 1)
    return {point.number: (round(point.total * step, 1), round(point.wrote * step, 1)) for point in paper.points}


def days_chart(days: Days) -> DaysChart | None:
    """Measure the chart of replies over time; None for fewer than two days, for which a sentence is enough."""
    if len(days) < 2:
        return None
    shown, unit = (days, "day") if len(days) <= MOST_DAYS else (group_by_week(days), "week")
    most = max(1, *(count for _, count in shown))
    step = DAYS_WIDTH / max(len(shown), _FEWEST_STEPS)
    bars = []
    for number, (_, count) in enumerate(shown):
        height = (DAYS_HEIGHT - _ROOM_ABOVE) * count / most
        label = str(count) if count and (len(shown) <= 14 or count == most) else ""
        left, width = step * number + step * 0.15, step * 0.7
        bars.append(Bar(round(left, 1), round(DAYS_HEIGHT - height, 1), round(width, 1), round(height, 1), label))
    return DaysChart(unit, days_in_words(days), tuple(bars))
