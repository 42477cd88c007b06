"""The picture of a summary: people a point by kind, and replies over time, as a PNG with alternative text.

matplotlib is slow to import and draws for a while, so this runs in the worker. Everything is placed by hand in pixels:
a chart library's own labels are too small on a phone and overlap when they are long.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.models.groups import StaffGroups
from bot.models.summaries import KeyPoint, Summary
from bot.summaries.alternative import NO_POINTS, alternative, people_in_words
from bot.summaries.breakdowns import TITLE as STAFF_TITLE
from bot.summaries.breakdowns import about, rows_of
from bot.summaries.colours import BLUE, EDGE, INK, PALE, PAPER, QUIET, as_png
from bot.summaries.days import MOST_DAYS, Days, by_week, date_text, filled
from bot.summaries.grouping import (
    ONE_PERSON,
    TITLES,
    Numbered,
    confirmed_people,
    grouped,
    is_reviewed,
    point_heading,
    raised_by_one,
)
from bot.summaries.lettering import Lettering
from bot.summaries.paper import is_quote
from bot.summaries.plain_text import count_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, MARGIN = 1000, 44
INSIDE = WIDTH - 2 * MARGIN
TEXT, TITLE, LINE = 31, 37, 41
"""Pixels. A phone shows the picture at about a third of its width, so this text is as large there as a message's."""
LONGEST_BAR, BAR, GAP = 520, 34, 22
DAYS_HEIGHT, MOST_NAMED_BARS = 260, 10

HATCH = "///"
Align = Literal["left", "center", "right"]

FOUND = "Found by the program, not checked by a person"
CONFIRMED = "Confirmed by a person"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, 1,000 pixels wide, and what it shows in words (at most 1,024 UTF-16 units, Discord's limit)."""

    png: bytes
    alt: str


def picture(summary: Summary, days: Days, title: str = "") -> Picture:
    """Draw the charts: two, and a third where people by staff group may be shown.

    ``days`` are days with their numbers of replies; ``title`` is a line above the charts.
    The same arguments give the same bytes.
    """
    import matplotlib

    days = filled(days)
    with matplotlib.rc_context():
        matplotlib.rcdefaults()  # a machine's own settings would change what is drawn
        matplotlib.rcParams["hatch.linewidth"] = 2
        sheet = Sheet()
        if title:
            sheet.words(title, most=2, bold=True)
            sheet.down(GAP)
        _draw_points(sheet, summary)
        _draw_days(sheet, days)
        if summary.staff is not None:
            _draw_staff(sheet, summary.staff)
        return Picture(sheet.png(), alternative(summary, days))


class Sheet:
    """A sheet of paper as wide as WIDTH that grows downwards; coordinates are pixels from its upper left corner."""

    def __init__(self) -> None:
        from matplotlib.figure import Figure

        self.y = float(MARGIN)
        self._plain, self._bold = Lettering(TEXT), Lettering(TITLE, bold=True)
        self._figure = Figure(dpi=100, facecolor=PAPER)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def down(self, pixels: float) -> None:
        """Leave room."""
        self.y += pixels

    def words(self, text: str, *, most: int = 1, bold: bool = False, colour: str = INK, left: float = MARGIN) -> None:
        """Write a text in at most ``most`` lines, and go on below it."""
        lettering = self._bold if bold else self._plain
        for line in lettering.lines(lettering.shown(text), WIDTH - MARGIN - left, most):
            self.write(left, self.y + LINE / 2, line, bold=bold, colour=colour)
            self.y += LINE + (TITLE - TEXT if bold else 0)

    def write(
        self, x: float, y: float, text: str, *, bold: bool = False, colour: str = INK, align: Align = "left"
    ) -> None:
        """Write one line whose middle is at a height."""
        lettering = self._bold if bold else self._plain
        drawn = self._axes.text(x, y, text, color=colour, font=lettering.path, fontsize=lettering.points)
        drawn.set_parse_math(False)  # "$" is money here
        drawn.set_horizontalalignment(align)
        drawn.set_verticalalignment("center_baseline")

    def bar(self, x: float, y: float, width: float, height: float, *, hatched: bool = False) -> None:
        """A bar from its upper left corner: filled, or pale with a hatch."""
        from matplotlib.patches import Rectangle

        face, hatch = (PALE, HATCH) if hatched else (BLUE, None)
        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=face, edgecolor=BLUE, hatch=hatch, linewidth=2))

    def line(self, y: float) -> None:
        """A thin line across the paper."""
        self._axes.plot((MARGIN, WIDTH - MARGIN), (y, y), color=EDGE, linewidth=1.5)

    def width_of(self, text: str) -> float:
        """How wide a plain text is."""
        return self._plain.width(text)

    def png(self) -> bytes:
        """The sheet as a PNG."""
        from matplotlib.patches import Rectangle

        height = round(self.y + MARGIN)
        self._figure.set_size_inches(WIDTH / 100, height / 100)
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)
        self._axes.add_patch(Rectangle((1, 1), WIDTH - 2, height - 2, fill=False, edgecolor=EDGE, linewidth=2))
        raw = io.BytesIO()
        self._figure.savefig(raw, format="rgba", dpi=100)
        return as_png(raw.getvalue(), WIDTH, height)


def _draw_points(sheet: Sheet, summary: Summary) -> None:
    sheet.words("People a point", bold=True)
    checked, groups = is_reviewed(summary), grouped(summary)
    _draw_legend(sheet, checked)
    largest = max((point.people for _, points in groups for _, point in points), default=1)
    for kind, points in groups:
        sheet.down(GAP)
        sheet.words(TITLES[kind], bold=True, colour=QUIET)
        _draw_group(sheet, points, LONGEST_BAR / largest, checked)
    if not groups:
        sheet.words(NO_POINTS)
    single = raised_by_one(summary)
    if single:
        sheet.down(GAP)
        sheet.words(f"{ONE_PERSON}: {count_of(len(single), 'point', 'points')}")


def _draw_legend(sheet: Sheet, checked: bool) -> None:
    for text, hatched in ((CONFIRMED, False), (FOUND, True)):
        if checked or hatched:
            sheet.bar(MARGIN, sheet.y + 6, 46, LINE - 14, hatched=hatched)
            sheet.words(text, left=MARGIN + 62, colour=QUIET)


def _draw_group(sheet: Sheet, points: Numbered, a_person: float, checked: bool) -> None:
    for number, point in points:
        sheet.words(f"{number}. {_label(point)}", most=2)
        confirmed = confirmed_people(point)
        whole, solid = point.people * a_person, confirmed * a_person
        sheet.down(4)
        if not point.people:
            sheet.words(count_of(point.private, "private reply", "private replies"))
            sheet.down(GAP)
            continue
        if confirmed < point.people:
            sheet.bar(MARGIN + solid, sheet.y, whole - solid, BAR, hatched=True)
        if confirmed:
            sheet.bar(MARGIN, sheet.y, solid, BAR)
        sheet.write(MARGIN + whole + 14, sheet.y + BAR / 2, people_in_words(point, checked))
        sheet.down(BAR + GAP)
        if point.private:  # apart from the bar, since somebody may be in both
            sheet.down(8 - GAP)
            sheet.words(f"and {count_of(point.private, 'private reply', 'private replies')}")
            sheet.down(GAP)


def _label(point: KeyPoint) -> str:
    by_reviewer = point.review is not None and point.review.words
    heading = point_heading(point)
    if by_reviewer:
        return f"{heading} (facilitator’s words)"
    return f"“{heading}”" if is_quote(heading) else heading


def _draw_days(sheet: Sheet, days: Days) -> None:
    shown, unit = (days, "day") if len(days) <= MOST_DAYS else (by_week(days), "week")
    sheet.down(2 * GAP)
    sheet.words(f"Replies a {unit}", bold=True)
    if not days:
        sheet.words("There are no replies.")
        return
    sheet.down(LINE)
    most = max(1, *(count for _, count in shown))
    step = INSIDE / max(len(shown), 5)
    for number, (_, count) in enumerate(shown):
        left, height = MARGIN + step * number, DAYS_HEIGHT * count / most
        top = sheet.y + DAYS_HEIGHT - height
        if count:
            sheet.bar(left + step * 0.14, top, step * 0.72, height)
        if len(shown) <= MOST_NAMED_BARS or number == _highest(shown):
            sheet.write(left + step / 2, top - LINE / 2, str(count), align="center")
    sheet.down(DAYS_HEIGHT)
    sheet.line(sheet.y)
    _draw_dates(sheet, shown, unit)


def _draw_staff(sheet: Sheet, staff: StaffGroups) -> None:
    rows = rows_of(staff)
    a_person = LONGEST_BAR / max(count for _, count in rows)
    sheet.down(2 * GAP)
    sheet.words(STAFF_TITLE, bold=True)
    sheet.words(about(staff), most=3, colour=QUIET)
    for number, (group, count) in enumerate(rows):
        sheet.down(GAP)
        sheet.words(group)
        sheet.down(4)
        sheet.bar(MARGIN, sheet.y, count * a_person, BAR, hatched=number >= len(staff.groups))
        sheet.write(MARGIN + count * a_person + 14, sheet.y + BAR / 2, count_of(count, "person", "people"))
        sheet.down(BAR)


def _highest(days: Days) -> int:
    return max(range(len(days)), key=lambda number: days[number][1])


def _draw_dates(sheet: Sheet, shown: Days, unit: str) -> None:
    first, last = date_text(shown[0][0]), date_text(shown[-1][0])
    span = first if first == last else f"{first} to {last}"
    sheet.down(8)
    sheet.words(span if unit == "day" else f"Weeks from Monday, {span}", most=2)
