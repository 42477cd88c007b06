"""The picture of a summary: people per point by kind, and replies over time, as a PNG with alternative text.

Drawing loads a font and Pillow, so it runs in the worker.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.models.groups import StaffGroups
from bot.models.summaries import Summary
from bot.render.chart import BAR, BESIDE, INSIDE, LINE, MARGIN, Chart, fit_bars
from bot.render.palette import QUIET
from bot.summaries.disclosure.staff_groups import TITLE as STAFF_TITLE
from bot.summaries.disclosure.staff_groups import describe_table, list_rows
from bot.summaries.output.alt_text import NO_POINTS, describe_picture, label_point
from bot.summaries.output.counts import DIFFERS, NOT_A_SURVEY, format_standing, format_total, has_presses
from bot.summaries.output.days import MOST_DAYS, Days, fill_days, group_by_week
from bot.summaries.output.plain_text import IN_PRIVATE, IN_PRIVATE_ALONE
from bot.summaries.output.point_groups import Numbered, group_points
from bot.text.dates import format_date
from bot.text.mentions import anonymise_ids
from bot.text.words import plural

LONGEST_BAR, GAP = 520, 22
DAYS_HEIGHT, MOST_NAMED_BARS = 260, 10

WROTE, AGREED = "Wrote it", "Said “same here”, in an answer or a reaction"
PRESSED = "Said “same here”: answered, reacted or tapped"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, 720 pixels wide, and what it shows in words (at most 1,024 UTF-16 units, Discord's limit)."""

    png: bytes
    alt: str


def draw_summary(summary: Summary, days: Days, title: str = "") -> Picture:
    """Draw people per point, replies over time if there is more than one day, and staff groups if they may be shown.

    ``days`` are days with their numbers of replies; ``title`` is a line above the charts.
    The same arguments give the same bytes.
    """
    days = fill_days(days)
    chart = Chart()
    if title:
        chart.words(anonymise_ids(title), most=2, bold=True)
        chart.down(GAP)
    _draw_points(chart, summary)
    if len(days) > 1:
        _draw_days(chart, days)
    if summary.staff is not None:
        _draw_staff(chart, summary.staff)
    return Picture(chart.png(), describe_picture(summary, days))


def _draw_points(chart: Chart, summary: Summary) -> None:
    chart.words("People per point", bold=True)
    groups = group_points(summary)
    if not groups:
        chart.words(NO_POINTS)
        return
    chart.words(f"This summary is {format_standing(summary)}.", colour=QUIET)
    pressed = has_presses(point for _, points in groups for _, point in points)
    _draw_legend(chart, PRESSED if pressed else AGREED)
    rows = [(point.total, format_total(point)) for _, points in groups for _, point in points]
    a_person = fit_bars(rows, LONGEST_BAR)
    for kind, points in groups:
        chart.down(GAP)
        chart.words(kind.label, bold=True, colour=QUIET)
        _draw_group(chart, points, a_person)
    if pressed:
        chart.words(NOT_A_SURVEY, most=3, colour=QUIET)


def _draw_legend(chart: Chart, agreed: str) -> None:
    for text, hatched in ((WROTE, False), (agreed, True)):
        chart.bar(MARGIN, chart.y + 6, 46, LINE - 14, hatched=hatched)
        chart.words(text, most=2, left=MARGIN + 62, colour=QUIET)


def _draw_group(chart: Chart, points: Numbered, a_person: float) -> None:
    for number, point in points:
        chart.words(label_point(point), label=f"{number}. ", most=2)
        chart.down(4)
        if point.total:
            whole, solid = point.total * a_person, point.wrote * a_person
            if solid < whole:
                chart.bar(MARGIN + solid, chart.y, whole - solid, BAR, hatched=True)
            if solid:
                chart.bar(MARGIN, chart.y, solid, BAR)
            chart.write(MARGIN + whole + BESIDE, chart.y + BAR / 2, format_total(point))
            chart.down(BAR + 8)
        if point.views is not None and point.views.differs:
            chart.words(DIFFERS)
        if point.private:  # not in the bar, since somebody may be in both
            chart.words(IN_PRIVATE if point.total else IN_PRIVATE_ALONE)
        chart.down(GAP - 8)


def _draw_days(chart: Chart, days: Days) -> None:
    shown, unit = (days, "day") if len(days) <= MOST_DAYS else (group_by_week(days), "week")
    chart.down(2 * GAP)
    chart.words(f"Replies a {unit}", bold=True)
    chart.down(LINE)
    most = max(1, *(count for _, count in shown))
    step = INSIDE / max(len(shown), 5)
    for number, (_, count) in enumerate(shown):
        left, height = MARGIN + step * number, DAYS_HEIGHT * count / most
        top = chart.y + DAYS_HEIGHT - height
        if count:
            chart.bar(left + step * 0.14, top, step * 0.72, height)
        if len(shown) <= MOST_NAMED_BARS or number == _highest(shown):
            chart.write(left + step / 2, top - LINE / 2, str(count), align="center")
    chart.down(DAYS_HEIGHT)
    chart.line(chart.y)
    _draw_dates(chart, shown, unit)


def _draw_staff(chart: Chart, staff: StaffGroups) -> None:
    rows = list_rows(staff)
    labelled = [(count, plural(count, "person", "people")) for _, count in rows]
    a_person = fit_bars(labelled, LONGEST_BAR)
    chart.down(2 * GAP)
    chart.words(STAFF_TITLE, bold=True)
    chart.words(describe_table(staff), most=3, colour=QUIET)
    for number, ((group, _), (count, label)) in enumerate(zip(rows, labelled, strict=True)):
        chart.down(GAP)
        chart.words(group)
        chart.down(4)
        chart.labelled_bar(count * a_person, label, hatched=number >= len(staff.groups))


def _highest(days: Days) -> int:
    return max(range(len(days)), key=lambda number: days[number][1])


def _draw_dates(chart: Chart, shown: Days, unit: str) -> None:
    first, last = format_date(shown[0][0]), format_date(shown[-1][0])
    span = first if first == last else f"{first} to {last}"
    chart.down(8)
    chart.words(span if unit == "day" else f"Weeks from Monday, {span}", most=2)
