"""Results of a check in plain words, the same in Discord, in papers and beside the picture."""

from __future__ import annotations

from bot.checks.results import CheckResult, GroupResult, PointResult
from bot.models.checks import LEAST_VIEWS, Answer, CheckPoint
from bot.summaries.output.point_groups import ERASED
from bot.text.words import plural

FEW = f"Fewer than {LEAST_VIEWS} people gave a view, so there are no figures."
FEW_ANSWERED = f"Fewer than {LEAST_VIEWS} people answered this point, so there are no figures."
NOBODY_ELSE = "This tells nothing of people who did not answer."
DIVIDES = "People divide on this point."
SMALL_GROUPS = "Small groups are not shown, so that nobody can be known by their group."
TOOK_PART = "{people} gave a view."
SHARE = "{some} of {people} say “{answer}”"


def format_participants(result: CheckResult | None) -> str:
    """Say how many people gave a view, and of whom that tells nothing; FEW where there are no figures."""
    if result is None:
        return FEW
    return f"{TOOK_PART.format(people=plural(result.people, 'person', 'people'))} {NOBODY_ELSE}"


def format_heading(point: CheckPoint | PointResult) -> str:
    """Return a point's heading; where a deletion took its words, that it did."""
    return point.heading or ERASED


def quote_heading(words: str, point: CheckPoint | PointResult) -> str:
    """Return a point's heading, perhaps cut or escaped, in quotation marks where it is somebody's own words."""
    return f"“{words}”" if point.verbatim and point.heading else words


def point_in_words(point: PointResult) -> str:
    """Say what people said of a point, without its heading: each number with the number it is out of."""
    if not point.is_shown:
        return FEW_ANSWERED
    told = [_shares(point)] if point.known else []
    told += [_unknown(point)] if point.counts[Answer.UNKNOWN] else []
    told += [DIVIDES] if point.divided else []
    return " ".join(told)


def rate_in_words(point: PointResult) -> str:
    """Write how many said "not where I work" of a point, for papers.

    For example "not where I work: 3 of 18 people, 2 more do not know".
    """
    if not point.is_shown:
        return f"{Answer.NOT.label}: no figure, since fewer than {LEAST_VIEWS} people answered"
    more = point.counts[Answer.UNKNOWN]
    if not point.known:
        return f"{Answer.NOT.label}: no figure, since all {more} people who answered do not know"
    doubt = f", {more} more {'does' if more == 1 else 'do'} not know" if more else ""
    return f"{Answer.NOT.label}: {point.not_here} of {point.known} people{doubt}"


def counts_in_words(point: PointResult) -> str:
    """Return the four numbers of a point, the shortest way: "12 true, 2 partly, 4 not, 3 do not know"."""
    if not point.is_shown:
        return f"fewer than {LEAST_VIEWS} answered"
    numbers = ", ".join(f"{point.counts[answer]} {answer.brief}" for answer in Answer)
    return f"{numbers}; people divide" if point.divided else numbers


def group_in_words(group: GroupResult) -> str:
    """Say how many people of a staff group gave a view."""
    return f"{group.group}: {plural(group.people, 'person', 'people')}"


def _shares(point: PointResult) -> str:
    """Say what those say who can tell: agreement first."""
    others = (f"{point.counts[answer]} say “{answer.label}”" for answer in (Answer.PARTLY, Answer.NOT))
    agree = SHARE.format(some=point.true, people=plural(point.known, "person", "people"), answer=Answer.TRUE.label)
    return f"{agree}, {', '.join(others)}."


def _unknown(point: PointResult) -> str:
    number = point.counts[Answer.UNKNOWN]
    if not point.known:
        return f"All {number} people who answered say “{Answer.UNKNOWN.label}”."
    return f"{number} more {'says' if number == 1 else 'say'} “{Answer.UNKNOWN.label}”."
