"""The numbers of a page's charts: bars by their share of a width, so that the page only has to draw them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.summaries.output.alt_text import days_in_words
from bot.summaries.output.days import MOST_DAYS, Days, by_week
from bot.summaries.output.document import Paper
from bot.text.dates import date_text

BAR_WIDTH, DAYS_WIDTH, DAYS_HEIGHT = 200, 720, 160
_ROOM_ABOVE = 24
_FEWEST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in pixels of its chart; ``label`` stands above it and is empty where there is no room."""

    x: float
    y: float
    width: float
    height: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class DaysChart:
    """Replies over time. ``words`` say the same; ``rows`` are the dates and numbers of every bar."""

    unit: str
    words: str
    first: str
    last: str
    bars: tuple[Bar, ...]
    rows: tuple[tuple[str, int], ...]


def people_bars(paper: Paper) -> dict[int, tuple[float, float]]:
    """For each point's number: the width of its people's bar, and how much of it a person confirmed."""
    most = max((point.people for point in paper.points), default=1)
    step = BAR_WIDTH / max(most, 1)
    return {
        point.number: (round(point.people * step, 1), round((point.confirmed or 0) * step, 1)) for point in paper.points
    }


def days_chart(days: Days) -> DaysChart | None:
    """The chart of replies over time; None where there are fewer than two days, which a sentence tells as well."""
    if len(days) < 2:
        return None
    shown, unit = (days, "day") if len(days) <= MOST_DAYS else (by_week(days), "week")
    most = max(1, *(count for _, count in shown))
    step = DAYS_WIDTH / max(len(shown), _FEWEST_STEPS)
    bars = []
    for number, (_, count) in enumerate(shown):
        height = (DAYS_HEIGHT - _ROOM_ABOVE) * count / most
        label = str(count) if count and (len(shown) <= 14 or count == most) else ""
        left, width = step * number + step * 0.15, step * 0.7
        bars.append(Bar(round(left, 1), round(DAYS_HEIGHT - height, 1), round(width, 1), round(height, 1), label))
    words = days_in_words(days).removeprefix("Second, ")
    rows = tuple((date_text(day), count) for day, count in shown if count)
    first, last = date_text(shown[0][0]), date_text(shown[-1][0])
    return DaysChart(unit, words[0].upper() + words[1:], first, last, tuple(bars), rows)
