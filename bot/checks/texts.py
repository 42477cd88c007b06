"""Results of a check in plain words, the same in Discord and in papers."""

from __future__ import annotations

from bot.checks.results import CheckResult, PointResult
from bot.models.checks import CheckPoint
from bot.models.views import Choice
from bot.summaries.output.counts import DIFFERS, NOT_A_SURVEY
from bot.summaries.output.point_groups import ERASED
from bot.text.quotes import mark_facilitators, quote
from bot.text.words import plural

SAME = f"{{people}} said “{Choice.SAME.label.lower()}”."
TAPPED = "{people} tapped."
LEAST_SHOWN = "Numbers below five aren’t shown."


def format_heading(point: CheckPoint) -> str:
    """Return a point's heading; if a deletion took its words, say so."""
    return point.heading or ERASED


def quote_heading(words: str, point: CheckPoint) -> str:
    """Return a point's heading, perhaps cut or escaped, marked as somebody's own words or as a facilitator's."""
    if not point.heading:
        return words
    return quote(words) if point.verbatim else mark_facilitators(words)


def point_in_words(result: PointResult) -> str:
    """Say what people tapped about a point, without its heading; empty if too few did."""
    return format_same(result.same, differs=result.differs)


def format_same(same: int, *, differs: bool) -> str:
    """Say how many people tapped "Same here", and whether it differs; empty for 0, which is no number to show."""
    if not same:
        return ""
    told = SAME.format(people=plural(same, "person", "people"))
    return f"{told} {DIFFERS}" if differs else told


def result_notes(result: CheckResult) -> str:
    """Say what is under all results: how many people tapped, if that may be shown, and what the numbers are not."""
    tapped = [TAPPED.format(people=plural(result.people, "person", "people"))] if result.people else []
    return " ".join((*tapped, LEAST_SHOWN, NOT_A_SURVEY))
