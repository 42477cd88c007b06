"""The picture in words, for those who do not see it: the same points, people and days."""

from __future__ import annotations

from bot.models.summaries import KeyPoint, Summary
from bot.summaries.disclosure.staff_groups import format_table
from bot.summaries.output.counts import NOT_A_SURVEY, format_count, format_standing, has_presses
from bot.summaries.output.days import MOST_DAYS, Days, group_by_week
from bot.summaries.output.document import is_quote
from bot.summaries.output.point_groups import group_points, point_heading
from bot.text.dates import format_date
from bot.text.mentions import anonymise_ids
from bot.text.quotes import mark_facilitators, quote
from bot.text.words import plural, shorten

LONGEST = 1024
"""Discord takes no more for the alternative text of an attachment; counted in UTF-16 units, the stricter reading."""
_LENGTHS = (240, 160, 110, 80, 60, 45, 30, 20, 12)
"""How many characters of each statement are tried; the first at which everything fits is taken."""
NO_POINTS = "No two people raised the same thing."


def describe_picture(summary: Summary, days: Days) -> str:
    """Say what the picture shows, in at most LONGEST characters. ``days`` are days and their numbers of replies."""
    texts = (f"{points_in_words(summary, days, length)}{_after_points(summary, days)}" for length in _LENGTHS)
    return next((text for text in texts if count_units(text) <= LONGEST), _in_brief(summary, days))


def points_in_words(summary: Summary, days: Days, length: int) -> str:
    """Return the people of each shared point by kind, with up to ``length`` characters of each statement."""
    groups = [
        f"{kind.label}: {' '.join(_point(number, point, length) for number, point in points)}"
        for kind, points in group_points(summary)
    ]
    survey = [NOT_A_SURVEY] if has_presses(summary.points) else []
    return " ".join([_format_opening(summary, days), *(groups or [NO_POINTS]), *survey])


def days_in_words(days: Days) -> str:
    """Return the replies over time, with the day or week that had the most."""
    if not days:
        return "Replies a day: there are none."
    shown, unit = (days, "day") if len(days) <= MOST_DAYS else (group_by_week(days), "week")
    total = plural(sum(count for _, count in days), "reply", "replies")
    top, most = max(shown, key=lambda day: day[1])
    if len(shown) == 1:
        return f"Replies a {unit}: {total} on {format_date(top)}."
    when = f"on {format_date(top)}" if unit == "day" else f"in the week of {format_date(top)}"
    return (
        f"Replies a {unit} from {format_date(days[0][0])} to {format_date(days[-1][0])}: {total}, most {when} ({most})."
    )


def count_units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _format_opening(summary: Summary, days: Days) -> str:
    charts = ("One chart", "Two charts", "Three charts")[(len(days) > 1) + (summary.staff is not None)]
    return f"{charts}, {format_standing(summary)}. People per point."


def _after_points(summary: Summary, days: Days) -> str:
    """Write the other charts, each after a space: replies over time, and people by staff group."""
    told = [days_in_words(days)] if len(days) > 1 else []
    told += [] if summary.staff is None else [format_table(summary.staff)]
    return "".join(f" {words}" for words in told)


def label_point(point: KeyPoint, length: int = LONGEST) -> str:
    """Return up to ``length`` characters of a point's heading, marked as a quotation or as a facilitator's words."""
    heading = shorten(anonymise_ids(point_heading(point)), length)
    if point.review is not None and point.review.words:
        return mark_facilitators(heading)
    return quote(heading) if is_quote(heading) else heading


def _point(number: int, point: KeyPoint, length: int) -> str:
    return f"{number}. {label_point(point, length)} ({format_count(point).removesuffix('.')})."


def _in_brief(summary: Summary, days: Days) -> str:
    points = [point for _, group in group_points(summary) for point in group]
    raised = plural(len(points), "point was", "points were")
    return f"{_format_opening(summary, days)} {raised} raised by several.{_after_points(summary, days)}"
