"""What a reviewer reads of a point's people and of a draft's state, in words."""

from __future__ import annotations

from bot.models.reviews import Draft
from bot.models.summaries import KeyPoint, Kind, Review, Summary
from bot.summaries.output.point_groups import (
    count_confirmed_people,
    count_confirmed_private,
    count_possible_people,
    count_possible_private,
    is_verbatim,
)
from bot.summaries.review.publication import NOT_CHECKED
from bot.text.words import plural

KINDS = {
    Kind.EXPERIENCE: "Experience",
    Kind.CONCERN: "Concern",
    Kind.PROPOSAL: "Proposal",
    Kind.QUESTION: "Question",
    Kind.OFFER: "Offer of help",
    Kind.PRAISE: "Praise",
    Kind.VIEW: "View",
}
LENGTHS = (400, 300, 220, 160, 120, 80, 50, 30)
"""How many characters of each quote are tried; the first at which a card fits is taken."""
CHECKED = "Every supporter was confirmed by a person."
PUBLISH = "Publish"
CONFIRMED, BY_PROGRAM = "confirmed", "found by the program"
TO_CONFIRM = "Not checked by a person: {supporters} still to confirm."


def review_of(point: KeyPoint) -> Review:
    """Return what a person made of a point; nothing yet where nobody looked at it."""
    return point.review or Review()


def people_line(point: KeyPoint) -> str:
    """Write "3 confirmed, 2 found by the program, 1 possible" without what is none; private replies separately."""
    people = _counts(count_confirmed_people(point), point.people, count_possible_people(point))
    private = _counts(count_confirmed_private(point), point.private, count_possible_private(point))
    return f"{people or 'nobody'}; private replies: {private}" if private else people or "nobody"


def _counts(confirmed: int, everybody: int, possible: int) -> str:
    counts = {CONFIRMED: confirmed, BY_PROGRAM: everybody - confirmed, "possible": possible}
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def count_unconfirmed(summary: Summary) -> int:
    """Count the supporters, once a point, whom nobody has confirmed."""
    return sum(point.heard - count_confirmed_people(point) - count_confirmed_private(point) for point in summary.points)


def count_unticked(summary: Summary) -> int:
    """Count the quotes that would be shown and that nobody has ticked as naming nobody."""
    return sum(
        quote.message not in (*review_of(point).unnamed, *review_of(point).unquoted)
        for point in summary.points
        for quote in point.quotes
    )


def count_unticked_headings(summary: Summary) -> int:
    """Count the headings that are words of a quote that is not ticked as naming nobody; they are shown all the same."""
    verbatim = (point for point in summary.points if point.quotes and is_verbatim(point))
    return sum(
        point.quotes[0].message in review_of(point).unquoted or point.quotes[0].message not in review_of(point).unnamed
        for point in verbatim
    )


def format_progress(draft: Draft) -> str:
    """Say how far the review has come, in one sentence."""
    points = draft.summary.points
    if not any(count_confirmed_people(point) + count_confirmed_private(point) for point in points):
        return NOT_CHECKED
    waiting = count_unconfirmed(draft.summary)
    if not waiting:
        return CHECKED
    return TO_CONFIRM.format(supporters=plural(waiting, "supporter"))
